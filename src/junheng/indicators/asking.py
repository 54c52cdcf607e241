"""Which schools an indicator asks, and why it does not ask another (standards.md §§1, 6, 7).

compulsory    every school with compulsory pupils, teaching points of under 50 pupils included;
              special-education and vocational schools are outside, as in L1–L7
public        of these, the public ones
funded        of these, those of which any row filed public funds: private schools need not
zoned         of these, rows that are public, 城区 or 镇区 and not boarding, each by its own codes
urban_zoned   of these, rows in 城区 only
vocational    vocational schools
"""

from collections.abc import Callable
from typing import Any

from junheng.indicators.columns import STAGES_JUDGED
from junheng.indicators.definition import Asks
from junheng.indicators.filed import FiledSchool
from junheng.registry import school_columns
from junheng.registry.applicability import CONDITIONS
from junheng.schema import Stage

OUTSIDE_TYPES = frozenset({"special", "vocational"})
ZONED_BY = ("ownership", "urban_rural_code", "boarding_school")
URBAN = "11"
ZONED_GUESS = {"ownership": "public", "urban_rural_code": URBAN, "boarding_school": False}
"""What would let a row be zoned, where it did not file it."""


def stages_asked(school: FiledSchool) -> tuple[Stage, ...]:
    """The compulsory stages at which a school has pupils, or has not said how many."""
    return tuple(s for s in STAGES_JUDGED if s in school.row["stages"] and school.pupils(s) != 0)


def why_not_asked(asks: Asks, school: FiledSchool) -> str:
    """Empty where the school is asked."""
    return _POPULATIONS[asks](school) if asks else "看区县填报表"


def _compulsory(school: FiledSchool) -> str:
    if school.row["school_type"] in OUTSIDE_TYPES:
        return "学校类型不在范围内"
    if not any(stage in school.row["stages"] for stage in STAGES_JUDGED):
        return "没有义务教育学段"
    return "" if stages_asked(school) else "尚无学生"


def _public(school: FiledSchool) -> str:
    reason = _compulsory(school)
    return reason or ("民办学校不在范围内" if school.row["ownership"] == "private" else "")


def _funded(school: FiledSchool) -> str:
    reason = _compulsory(school)
    filed = any(member["public_funds_budget_prev_yuan"] is not None for member in school.members)
    if reason or filed or school.row["ownership"] != "private":
        return reason
    return "民办学校没有填报公用经费（可以不填）"


def _zoned(school: FiledSchool) -> str:
    reason = _compulsory(school)
    if reason or any(zoned_rows(school, stage, urban=False) for stage in STAGES_JUDGED):
        return reason
    return "不是城区、镇区的公办非寄宿学校"


def _urban_zoned(school: FiledSchool) -> str:
    reason = _compulsory(school)
    if reason or any(zoned_rows(school, stage, urban=True) for stage in STAGES_JUDGED):
        return reason
    return "不是城区的公办非寄宿学校"


def _vocational(school: FiledSchool) -> str:
    return "" if school.row["school_type"] == "vocational" else "不是职业学校"


_POPULATIONS: dict[str, Callable[[FiledSchool], str]] = {
    "compulsory": _compulsory,
    "public": _public,
    "funded": _funded,
    "zoned": _zoned,
    "urban_zoned": _urban_zoned,
    "vocational": _vocational,
}


NOBODY: dict[str, str] = {
    "compulsory": "没有义务教育学校",
    "public": "没有公办学校",
    "funded": "没有填报公用经费的学校",
    "zoned": "没有城区、镇区的公办非寄宿学校",
    "urban_zoned": "没有城区的公办非寄宿学校",
    "vocational": "没有职业学校",
}
"""What to say where no school is asked."""


def zoned_rows(
    school: FiledSchool, stage: Stage, *, urban: bool
) -> list[tuple[dict[str, Any], tuple[str, ...]]]:
    """The rows with pupils at `stage` that are zoned, or may be, each with what it did not say of it."""
    found = []
    for member in school.members:
        silent = tuple(
            school_columns()[column].label for column in ZONED_BY if member[column] is None
        )
        taken = member | {c: v for c, v in ZONED_GUESS.items() if member[c] is None}
        inside = CONDITIONS[f"zoned_{stage}"](taken) and member[f"enrolment_{stage}"] != 0
        if inside and (not urban or str(taken["urban_rural_code"]).startswith(URBAN)):
            found.append((member, silent))
    return found
