"""What else a school's return says once its pupils and classes are others: parts of the pupils, flags, cells.

A planned year must read as a return could be filed: the checks that stop a return are asked of every
projection (`studies.projected`). What nobody knows of such a year is left blank, never made up.
"""

from collections.abc import Container, Mapping
from typing import Any

from junheng.indicators.columns import STAGES_JUDGED
from junheng.indicators.stages import pupils_of
from junheng.registry import Facts, school_columns
from junheng.registry.applicability import applies
from junheng.registry.checks.rule import rule_of
from junheng.registry.checks.small import has_small_classes, is_small
from junheng.schema import Stage

BOUNDED = {"in_zone_enrolment_primary": Stage.PRIMARY, "in_zone_enrolment_junior": Stage.JUNIOR}
"""Parts of the pupils of a stage: kept as filed, but never more than the pupils there are."""
WITHOUT_SENIOR = {"complete": "junior", "twelve_year": "nine_year"}
"""What a school with senior classes is once nobody is in them."""
SMALL, SMALL_CLASSES = "small_school_flag", "small_class_flag"
MIGRANTS = "migrant_children_enrolled"
Row = Mapping[str, Any]


def later_return(row: Row, told: Mapping[str, Any], year: int) -> dict[str, Any]:
    """`told` and what follows from it: column → value of the school's return in `year`.

    `row` is the wide row that was filed, `told` its columns that say pupils and classes then."""
    found = dict(told)
    now = {**row, **found}
    if row["school_type"] in WITHOUT_SENIOR and now["enrolment_senior"] == 0:
        found["school_type"] = WITHOUT_SENIOR[row["school_type"]]
        now |= found
    pupils = {stage: pupils_of(now, stage) or 0 for stage in Stage}
    compulsory = sum(pupils[stage] for stage in STAGES_JUDGED)
    for column, stage in BOUNDED.items():
        if row[column] is not None:
            found[column] = min(row[column], pupils[stage])
    if row["boarders"] is not None:
        found["boarders"] = min(row["boarders"], sum(pupils.values()))
    if (row[MIGRANTS] or 0) > compulsory:
        found[MIGRANTS] = None  # where the others went is not known, and their county counts them
    now |= found
    found |= _flags(now, compulsory)
    now |= {**found, "school_year": year}
    return found | {
        name: None
        for name, column in school_columns().items()
        if now.get(name) and not applies(column, now)
    }


def _flags(now: dict[str, Any], pupils: int) -> dict[str, bool]:
    """The flags that the numbers decide, where they were filed and the numbers are known."""
    found: dict[str, bool] = {}
    settlement = str(now["urban_rural_code"] or "")
    if not settlement:
        return found
    few, sizes = rule_of(SMALL), rule_of(SMALL_CLASSES)
    if now[few.at] is not None:
        found[few.at] = is_small(few, settlement, pupils)
    largest = [now[f"max_class_size_{stage}"] for stage in STAGES_JUDGED if pupils_of(now, stage)]
    if now[sizes.at] is None or not largest or None in largest:
        return found
    small = has_small_classes(sizes, settlement, max(largest))
    if not small or pupils < sizes.numbers["small_below"]:  # larger schools answer as they see it
        found[sizes.at] = small
    return found


def campuses_of(facts: Facts, told: Container[str]) -> tuple[dict[str, Any], ...]:
    """The campuses of these schools, without their pupils: nobody says which campus they will be at."""
    return tuple(
        {**row, "pupils": None}
        for row in facts["campuses"].iter_rows(named=True)
        if row["school_code"] in told
    )


__all__ = ["BOUNDED", "campuses_of", "later_return"]
