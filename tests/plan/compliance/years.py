"""Counties of the sample with pupils by year: tables drawn from what was filed, and what the engine says."""

from collections.abc import Callable, Mapping
from datetime import date

from junheng.diagnosis import Verdict, assess_facts
from junheng.indicators.stages import pupils_of
from junheng.plan.class_size.present import bins
from junheng.plan.compliance import Forecast
from junheng.plan.compliance.ahead.nouns import Count, Told, sealed
from junheng.plan.nouns import Plan
from junheng.registry import Facts
from junheng.schema import Stage

ON, BY = date(2026, 3, 31), 2028
RESOURCES = ("L1", "L2", "L3", "L4", "L5", "L6", "L7", "GV3", "GV9", "GV12")
Grown = Callable[[int], int]


def as_filed(facts: Facts, year: int, grown: Grown = lambda n: n) -> list[Count]:
    """Every school's pupils as they were filed, changed by `grown`; classes in the same proportion."""
    found = []
    for row in facts.schools.iter_rows(named=True):
        for stage in (Stage.PRIMARY, Stage.JUNIOR):
            pupils, classes = pupils_of(row, stage), row[f"class_count_{stage}"]
            if not pupils or not classes:
                continue
            then = grown(pupils)
            found.append(
                Count(
                    school=row["school_code"], stage=stage, year=year, pupils=then,
                    classes=max(1, round(classes * then / pupils)) if then else 0,
                )
            )  # fmt: skip
    return found


def forecast(*counts: list[Count], file: str = "学生数.csv") -> Forecast:
    told = Told(kind="table", file=file, sha256="0" * 64)
    return sealed([told], [each for listed in counts for each in listed])


def text_of(counts: list[Count]) -> str:
    """The counts as the CSV that a user would hand in."""
    rows = [f"{c.school},{c.stage.label},{c.year},{c.pupils},{c.classes}" for c in counts]
    return "\n".join(["学校代码,学段,学年,在校生数,班数", *rows, ""])


def lines(facts: Facts, on: date = ON) -> Mapping[str, Verdict]:
    (county,) = assess_facts(facts, on=on).counties
    return {line.code: line.verdict for line in county.lines if line.code in RESOURCES}


def passes(plan: Plan, facts: Facts, year: int) -> bool:
    """Whether everything that the plan answers for is met in a year, by the ordinary engine."""
    return set(lines(plan.apply(facts, year=year).facts).values()) == {Verdict.PASS}


def small_classes(rows: dict[str, list[dict]]) -> dict[str, list[dict]]:
    """The same county with no class above forty pupils, as far as lists and counts of sizes tell."""
    for row in rows["classes"]:
        row["pupils"] = min(row["pupils"] or 0, 40)
    for row in rows["seats"]:
        for stage in (Stage.PRIMARY, Stage.JUNIOR):
            sized = [f"{column}_{stage}" for column, _, _ in bins()]
            if None not in (row[each] for each in sized):
                every = sum(row[each] for each in sized)
                row.update(dict.fromkeys(sized, 0) | {sized[0]: every})
            if row[f"max_class_size_{stage}"] is not None:
                row[f"max_class_size_{stage}"] = min(row[f"max_class_size_{stage}"], 40)
    return rows
