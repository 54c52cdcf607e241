"""The classes of today: how many, how large, in which grade, and the rooms and teachers beside them.

From the class list where one was filed; else from the size bins of the stage and the pupils of each
grade. The classes of a grade are then inferred: one by one they go to the grade whose classes would
be the largest, and the pupils of a grade sit evenly.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from junheng.indicators.stages import pupils_of, stages_of
from junheng.plan.class_size.law import Law
from junheng.plan.class_size.rooms import Convertible, convertible_rooms
from junheng.plan.class_size.sizes import even
from junheng.plan.distance import Position, position
from junheng.registry import Facts, school_columns, tables
from junheng.schema import Stage

GRADES: dict[Stage, range] = {
    Stage.PRIMARY: range(1, 7),
    Stage.JUNIOR: range(7, 10),
    Stage.SENIOR: range(10, 13),
}
STAGE_OF = {grade: stage for stage, grades in GRADES.items() for grade in grades}
Row = dict[str, Any]


@dataclass(frozen=True)
class SizeCount:
    """Classes of one stage by size."""

    classes: int
    over: int
    """Above the limit of the clause in force."""
    large: int
    super_large: int
    largest: int
    exact: bool
    """False where a size had to be inferred because a limit lies inside a bin."""


@dataclass(frozen=True)
class SchoolNow:
    """One filed row with compulsory classes, as it is today. Campuses and points are rows of their own."""

    county: str
    code: str
    name: str
    school_type: str
    public: bool
    head: str
    """The school into which it is counted; itself where it counts."""
    stages: tuple[Stage, ...]
    sizes: Mapping[int, tuple[int, ...]]
    """Grade → size of each class; grades without pupils are there with ()."""
    listed: bool
    """Whether a class list was filed; else the split by grade is inferred."""
    counts: Mapping[Stage, SizeCount]
    rooms: int
    senior_rooms: int
    """Classrooms that senior classes take."""
    senior_inferred: bool
    convertible: tuple[Convertible, ...]
    teachers: Mapping[Stage, int]
    position: Position | None

    def pupils(self, grade: int) -> int:
        return sum(self.sizes.get(grade, ()))

    def pupils_of(self, stage: Stage) -> int:
        return sum(sum(each) for g, each in self.sizes.items() if STAGE_OF[g] is stage)

    @property
    def everyone(self) -> int:
        """All compulsory pupils."""
        return sum(self.pupils_of(stage) for stage in self.stages)

    @property
    def grades(self) -> tuple[int, ...]:
        return tuple(sorted(self.sizes))

    @property
    def classes(self) -> int:
        return sum(len(each) for each in self.sizes.values())

    def classes_of(self, stage: Stage) -> int:
        return sum(len(each) for g, each in self.sizes.items() if STAGE_OF[g] is stage)

    @property
    def free_rooms(self) -> int:
        """Classrooms that no class of today takes; negative where classes sit elsewhere."""
        return self.rooms - self.senior_rooms - self.classes


@dataclass(frozen=True)
class Unknown:
    """A school whose return lacks what the plan needs."""

    county: str
    code: str
    name: str
    wanting: tuple[str, ...]
    """What to file, in the words of the form."""


def schools_now(facts: Facts, laws: Mapping[str, Law]) -> tuple[list[SchoolNow], list[Unknown]]:
    """Every filed row with compulsory stages whose county is in `laws`, by code."""
    lists = _lists(facts)
    found, unknown = [], []
    for row in facts.schools.iter_rows(named=True):
        law = laws.get(row["location_unit"])
        if law is None or row["school_type"] in law.excluded_types:
            continue
        stages = tuple(s for s in law.limits if s in stages_of(row["school_type"], row))
        if not stages:
            continue
        wanting = _wanting(row, stages)
        if wanting:
            unknown.append(
                Unknown(row["location_unit"], row["school_code"], row["school_name"], wanting)
            )
        else:
            found.append(_school(facts, row, stages, law, lists.get(row["school_code"], {})))
    return found, unknown


def _lists(facts: Facts) -> dict[str, dict[int, list[int]]]:
    """School → grade → class sizes, of the filed class lists."""
    found: dict[str, dict[int, list[int]]] = {}
    for row in facts["classes"].iter_rows(named=True):
        if row["pupils"] is not None:
            found.setdefault(row["school_code"], {}).setdefault(row["grade"], []).append(
                row["pupils"]
            )
    return found


def _wanting(row: Row, stages: Iterable[Stage]) -> tuple[str, ...]:
    needed = ["regular_classrooms"]
    for stage in stages:
        needed += [f"enrolment_grade_{grade}" for grade in GRADES[stage]]
        needed += [f"class_count_{stage}", f"full_time_teachers_{stage}"]
        needed += [f"{column}_{stage}" for column, _, _ in bins()]
    missing = [school_columns()[c].label for c in needed if row[c] is None]
    missing += [
        f"{stage.label}各年级人数（合计与{stage.label}学生人数不符）"
        for stage in stages
        if not missing
        and sum(row[f"enrolment_grade_{g}"] for g in GRADES[stage]) != pupils_of(row, stage)
    ]
    return tuple(missing)


def _school(
    facts: Facts, row: Row, stages: tuple[Stage, ...], law: Law, listed: dict[int, list[int]]
) -> SchoolNow:
    senior, inferred = _senior_rooms(row, listed, law)
    use_list = _agrees(row, stages, listed)
    sizes: dict[int, tuple[int, ...]] = {}
    for stage in stages:
        if use_list:
            sizes |= {g: tuple(sorted(listed.get(g, ()), reverse=True)) for g in GRADES[stage]}
        else:
            sizes |= inferred_sizes(
                {g: row[f"enrolment_grade_{g}"] for g in GRADES[stage]}, row[f"class_count_{stage}"]
            )
    return SchoolNow(
        county=row["location_unit"],
        code=row["school_code"],
        name=row["school_name"],
        school_type=row["school_type"],
        public=row["ownership"] == "public",
        head=row["school_code"] if row["counts_as_school"] is not False else row["parent_school_code"] or "",
        stages=stages,
        sizes=sizes,
        listed=use_list,
        counts={s: _counts(row, s, law, [n for g in GRADES[s] for n in sizes[g]], use_list) for s in stages},
        rooms=row["regular_classrooms"],
        senior_rooms=senior,
        senior_inferred=inferred,
        convertible=convertible_rooms(facts, row, law),
        teachers={s: row[f"full_time_teachers_{s}"] for s in stages},
        position=_position(row),
    )  # fmt: skip


def _agrees(row: Row, stages: Iterable[Stage], listed: dict[int, list[int]]) -> bool:
    """Whether the class list holds every class and every pupil of the compulsory grades."""
    return bool(listed) and all(
        sum(len(listed.get(g, ())) for g in GRADES[stage]) == row[f"class_count_{stage}"]
        and all(sum(listed.get(g, ())) == row[f"enrolment_grade_{g}"] for g in GRADES[stage])
        for stage in stages
    )


def inferred_sizes(pupils: Mapping[int, int], classes: int) -> dict[int, tuple[int, ...]]:
    """`classes` shared out over the grades so that the largest mean class is as small as can be.

    Every grade with pupils has a class, even where fewer classes were filed (复式班 are then told apart).
    """
    counts = {grade: int(count > 0) for grade, count in pupils.items()}
    for _ in range(classes - sum(counts.values())):
        fullest = max(
            (g for g in pupils if counts[g]),
            key=lambda g: (Fraction(pupils[g], counts[g]), -g),
            default=None,
        )
        if fullest is None:
            break
        counts[fullest] += 1
    return {grade: even(pupils[grade], counts[grade]) for grade in pupils}


def _senior_rooms(row: Row, listed: dict[int, list[int]], law: Law) -> tuple[int, bool]:
    """Classrooms of the senior classes: counted on the class list, else inferred from the pupils."""
    on_list = sum(len(listed.get(g, ())) for g in GRADES[Stage.SENIOR])
    if on_list:
        return on_list, False
    pupils = [row[f"enrolment_grade_{g}"] or 0 for g in GRADES[Stage.SENIOR]]
    return sum(-(-each // law.senior_class) for each in pupils), any(pupils)


def bins() -> list[tuple[str, int, int | None]]:
    """Size bins of the form: (column without stage, lowest, highest; None = open)."""
    found: list[tuple[str, int, int | None]] = []
    for column in tables()["seats"].columns():
        name = column.removesuffix("_primary")
        if not (column.startswith("classes_") and column.endswith("_primary")):
            continue
        low, high = name.split("_")[1:]
        if low == "le":
            found.append((name, 1, int(high)))
        else:
            found.append((name, int(high), None) if low == "ge" else (name, int(low), int(high)))
    return found


def _counts(row: Row, stage: Stage, law: Law, sizes: list[int], listed: bool) -> SizeCount:
    over, inside = _above(row, stage, law.limits[stage] + 1, sizes, listed)
    large, _ = _above(row, stage, law.large, sizes, listed)
    super_large, _ = _above(row, stage, law.super_large, sizes, listed)
    filed = row[f"max_class_size_{stage}"]
    largest = max(sizes, default=0) if filed is None else filed
    return SizeCount(row[f"class_count_{stage}"], over, large, super_large, largest, not inside)


def _above(row: Row, stage: Stage, least: int, sizes: list[int], listed: bool) -> tuple[int, bool]:
    """Classes of at least `least` pupils, and whether that had to be inferred."""
    on_edge = any(low == least for _, low, _ in bins())
    if listed or not on_edge:
        return sum(size >= least for size in sizes), not listed
    return sum(row[f"{name}_{stage}"] for name, low, _ in bins() if low >= least), False


def _position(row: Row) -> Position | None:
    if row["lon"] is None or row["lat"] is None or row["crs"] is None:
        return None
    return position(float(row["lon"]), float(row["lat"]), row["crs"])
