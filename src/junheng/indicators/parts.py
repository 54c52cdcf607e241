"""From facts to stage parts: who is measured, after merging, with which pupils (standards.md §§1, 3).

Rows that do not count as a school (不计校数) merge into their parent first; then schools outside
the scope are left out, each with its reason; then each school becomes one part a stage, with its
pupils weighted for sharing. X1 and X2 change what is counted, here and nowhere else.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from math import lcm
from typing import Any

import polars as pl

from junheng.indicators.definition import CATALOGUE, HUNDREDTHS, part_columns
from junheng.indicators.relaxing import RelaxationUse, relax
from junheng.registry import NOT_APPLICABLE, Facts, school_columns
from junheng.registry.applicability import (
    JUNIOR_TYPES,
    PRIMARY_TYPES,
    SENIOR_TYPES,
    must_fill,
)
from junheng.schema import Column, Merge, Stage
from junheng.standards import Standard

School = dict[str, Any]
"""A wide facts row of one school; after merging, of a school with its uncounted rows."""

ATTACHED_PRIMARY_TYPES = frozenset({"junior"})
ATTACHED_JUNIOR_TYPES = frozenset({"senior", "vocational"})


@dataclass(frozen=True)
class LeftOut:
    """A school, or a stage of one, that is not measured, and why."""

    county: str
    code: str
    name: str
    reason: str


@dataclass(frozen=True)
class Missing:
    """A school that should be measured and has no return, or a return without its pupils."""

    county: str
    code: str
    name: str
    stages: tuple[Stage, ...]
    reason: str


@dataclass(frozen=True)
class Parts:
    """The parts of all counties in the facts, sorted by county, school, stage."""

    frame: pl.DataFrame
    left_out: tuple[LeftOut, ...]
    missing: tuple[Missing, ...]
    relaxations: tuple[RelaxationUse, ...]


def build_parts(facts: Facts, standard: Standard) -> Parts:
    """Everything that enters L1–L7 and the coefficients of variation, and everything that does not."""
    excluded = frozenset(standard.role("scope").clause.excluded_types)
    schools, orphans = merged(facts, excluded)
    schools, uses = relax(schools, facts, standard)
    counted = _Counted(standard)
    rows = [row for school in schools for row in counted.parts(school)]
    counted.missing += [*orphans, *_not_filed(facts, standard)]
    frame = pl.DataFrame(rows, schema=_schema(), orient="row").sort(
        "county", "school_code", "stage_order"
    )
    return Parts(
        frame,
        tuple(sorted(counted.left_out, key=_place)),
        tuple(sorted(counted.missing, key=_place)),
        uses,
    )


def _place(item: LeftOut | Missing) -> tuple[str, str, str]:
    return (item.county, item.code, item.reason)


# --- merging ---------------------------------------------------------------------------------


def merged(facts: Facts, excluded: frozenset[str]) -> tuple[list[School], list[Missing]]:
    """Schools with their uncounted rows added in, and the uncounted rows whose parent is not there.

    An uncounted row of an excluded type (附设特教班) merges into nobody: its pupils do not count,
    so neither do its teachers and rooms, and what it left blank is nothing its host lacks.
    """
    inapplicable = {
        (k, c) for t, k, c, m, _ in facts.marks.iter_rows() if m == NOT_APPLICABLE and t != "county"
    }
    rows = {
        row["school_code"]: _without_classes(row, inapplicable)
        for row in facts.schools.iter_rows(named=True)
    }
    children: dict[str, list[School]] = defaultdict(list)
    orphans = []
    heads = []
    for row in rows.values():
        if row["counts_as_school"] is not False or row["school_type"] in excluded:
            heads.append(row)
            continue
        parent = rows.get(row["parent_school_code"])
        if parent is None or parent["counts_as_school"] is False:
            orphans.append(
                Missing(
                    row["location_unit"],
                    row["school_code"],
                    row["school_name"],
                    _stages_of(row["school_type"]),
                    "不计校数，但主校没有填报",
                )
            )
        else:
            children[parent["school_code"]].append(row)
    return [_merge(row, children[row["school_code"]], inapplicable) for row in heads], orphans


def _without_classes(row: School, inapplicable: set[tuple[str, str]]) -> School:
    """The row with no pupils in the attached classes that it says — it does not have."""
    columns = ("attached_primary_enrolment", "attached_junior_enrolment")
    denied = [c for c in columns if row[c] is None and (row["school_code"], c) in inapplicable]
    return {**row, **dict.fromkeys(denied, 0)}


def _merge(parent: School, children: list[School], inapplicable: set[tuple[str, str]]) -> School:
    """One school out of a parent and its uncounted rows; a sum with a missing value is missing."""
    group = [parent, *children]
    stages = _union(group)
    whole: School = {
        **parent,
        "stages": stages,
        "merged": [each["school_code"] for each in children],
    }
    for stage in Stage:
        whole[f"pupils_{stage}"] = _sum(pupils_of(each, stage) for each in group)
    if not children:
        return whole
    for name, column in school_columns().items():
        if column.merge is Merge.PARENT:
            continue
        whole[name] = _total(group, column, inapplicable)
    return whole


def _total(group: list[School], column: Column, inapplicable: set[tuple[str, str]]) -> Any:
    """Sum (or greatest) of what the rows filed; None where one of them had to file it and did not.

    A blank where nothing had to be filed (不适用, a stage the row lacks, an exception it does not
    claim) adds nothing to the others.
    """
    name = column.name
    filed = [each[name] for each in group if each[name] is not None]
    owing = any(
        each[name] is None
        and (each["school_code"], name) not in inapplicable
        and must_fill(column, each)
        for each in group
    )
    if owing or not filed:
        return None
    return max(filed) if column.merge is Merge.MAX else sum(filed)


def _union(group: list[School]) -> frozenset[Stage]:
    return frozenset(stage for each in group for stage in _stages_of(each["school_type"], each))


def _stages_of(school_type: str, row: Mapping[str, Any] | None = None) -> tuple[Stage, ...]:
    """Stages that a type has by itself, and those attached to it where the row says so."""
    row = row or {}
    found = []
    if school_type in PRIMARY_TYPES or (
        school_type in ATTACHED_PRIMARY_TYPES and row.get("attached_primary_enrolment") != 0 and row
    ):
        found.append(Stage.PRIMARY)
    if school_type in JUNIOR_TYPES or (
        school_type in ATTACHED_JUNIOR_TYPES and row.get("attached_junior_enrolment") != 0 and row
    ):
        found.append(Stage.JUNIOR)
    if school_type in SENIOR_TYPES:
        found.append(Stage.SENIOR)
    return tuple(found)


def pupils_of(row: School, stage: Stage) -> int | None:
    """Pupils of a stage in one filed row, attached classes included; None where not filed."""
    own = {Stage.PRIMARY: PRIMARY_TYPES, Stage.JUNIOR: JUNIOR_TYPES, Stage.SENIOR: SENIOR_TYPES}[
        stage
    ]
    attached = {Stage.PRIMARY: ATTACHED_PRIMARY_TYPES, Stage.JUNIOR: ATTACHED_JUNIOR_TYPES}.get(
        stage, frozenset()
    )
    if row["school_type"] in own:
        return _count(row[f"enrolment_{stage}"])
    return _count(row[f"attached_{stage}_enrolment"]) if row["school_type"] in attached else 0


def _count(value: Any) -> int | None:
    return None if value is None else int(value)


def _sum(values: Iterable[Any]) -> Any:
    listed = list(values)
    return None if any(each is None for each in listed) else sum(listed)


# --- scope and parts -------------------------------------------------------------------------


class _Counted:
    """Applies the scope clauses to one school after another and collects what falls out."""

    def __init__(self, standard: Standard) -> None:
        self.standard = standard
        self.left_out: list[LeftOut] = []
        self.missing: list[Missing] = []
        self.excluded = frozenset(standard.role("scope").clause.excluded_types)
        self.fewest = standard.role("scope_point").clause.number("fewest_pupils")
        weights = standard.weights
        self.scale = lcm(*(weight.denominator for weight in weights.values()))
        self.weights = {stage: int(weight * self.scale) for stage, weight in weights.items()}

    def parts(self, school: School) -> Iterator[School]:
        reason = self._reason_out(school)
        if reason:
            self.left_out.append(
                LeftOut(
                    school["location_unit"], school["school_code"], school["school_name"], reason
                )
            )
            return
        unknown = tuple(s for s in Stage if school[f"pupils_{s}"] is None)
        if unknown:
            judged = tuple(s for s in self.standard.stages if s in school["stages"])
            self._miss(school, judged, f"{'、'.join(s.label for s in unknown)}学生数没有填报")
            return
        yield from self._filled(school)

    def _miss(self, school: School, stages: tuple[Stage, ...], reason: str) -> None:
        self.missing.append(
            Missing(
                school["location_unit"],
                school["school_code"],
                school["school_name"],
                stages,
                reason,
            )
        )

    def _reason_out(self, school: School) -> str | None:
        compulsory = [school[f"pupils_{stage}"] for stage in self.standard.stages]
        total = _sum(compulsory)
        if school["school_type"] in self.excluded:
            return f"学校类型不在范围内（{self.standard.role('scope').citation}）"
        if not any(stage in school["stages"] for stage in self.standard.stages):
            return "没有义务教育学段"
        if (
            school["school_type"] == "teaching_point"
            and total is not None
            and 0 < total < self.fewest
        ):
            return f"教学点不足{self.fewest}人（{self.standard.role('scope_point').citation}）"
        return "尚无学生" if total == 0 else None

    def _filled(self, school: School) -> Iterator[School]:
        weighted = {stage: school[f"pupils_{stage}"] * self.weights[stage] for stage in Stage}
        combined = sum(school[f"pupils_{stage}"] > 0 for stage in Stage) > 1
        for order, stage in enumerate(self.standard.stages):
            pupils = school[f"pupils_{stage}"]
            if pupils == 0:
                if stage in school["stages"]:
                    self.left_out.append(
                        LeftOut(
                            school["location_unit"],
                            school["school_code"],
                            school["school_name"],
                            f"{stage.part_label}尚无学生",
                        )
                    )
                continue
            yield {
                "county": school["location_unit"],
                "school_code": school["school_code"],
                "school_name": school["school_name"],
                "school_type": school["school_type"],
                "ownership": school["ownership"],
                "urban_rural_code": school["urban_rural_code"],
                "stage": stage.value,
                "stage_order": order,
                "combined": combined,
                "merged": "、".join(school["merged"]),
                "pupils": pupils,
                "weighted_pupils": weighted[stage],
                "weighted_pupils_school": sum(weighted.values()),
                "weight_scale": self.scale,
                **_inputs(school, stage),
            }


@cache
def _read_columns() -> tuple[str, ...]:
    """Parts columns that some indicator reads."""
    read = {column for each in CATALOGUE.values() for column in each.ratio.columns()} - {"pupils"}
    return tuple(sorted(read))


def _inputs(school: School, stage: Stage) -> dict[str, int | None]:
    """The indicator inputs of one part as integers: counts, 0.01 m², fen."""
    found: dict[str, int | None] = {}
    for name in _read_columns():
        own = f"{name}_{stage}"
        elsewhere = name not in school and own not in school
        value = 0 if elsewhere else school[own if own in school else name]
        hundredths = part_columns()[name].kind in HUNDREDTHS
        found[name] = None if value is None else int(value * 100 if hundredths else value)
    return found


def _schema() -> pl.Schema:
    texts = (
        "county",
        "school_code",
        "school_name",
        "school_type",
        "ownership",
        "urban_rural_code",
        "stage",
    )
    counts = (
        "pupils",
        "weighted_pupils",
        "weighted_pupils_school",
        "weight_scale",
        *_read_columns(),
    )
    return pl.Schema(
        {
            **dict.fromkeys(texts, pl.String()),
            "stage_order": pl.Int64(),
            "combined": pl.Boolean(),
            "merged": pl.String(),
            **dict.fromkeys(counts, pl.Int64()),
        }
    )


# --- schools without a return ----------------------------------------------------------------


def _not_filed(facts: Facts, standard: Standard) -> list[Missing]:
    filed = set(facts["schools"]["school_code"])
    excluded = standard.role("scope").clause.excluded_types
    found = []
    for row in facts["register"].iter_rows(named=True):
        stages = tuple(s for s in standard.stages if s in _stages_of(row["school_type"]))
        if row["school_code"] not in filed and row["school_type"] not in excluded and stages:
            found.append(
                Missing(
                    row["location_unit"],
                    row["school_code"],
                    row["school_name"],
                    stages,
                    "在学校名册上，没有填报",
                )
            )
    return found


__all__ = ["LeftOut", "Missing", "Parts", "School", "build_parts", "merged", "pupils_of"]
