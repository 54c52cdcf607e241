"""The returns of a planned year: pupils by grade, classes by size, the class list."""

from collections.abc import Sequence
from typing import Any

from junheng.plan.class_size.options import Done
from junheng.plan.class_size.paths import SchoolYearPath
from junheng.plan.class_size.present import GRADES, STAGE_OF, bins
from junheng.plan.later_returns import campuses_of, later_return
from junheng.plan.nouns import Outlook
from junheng.registry import Facts
from junheng.registry.applicability import JUNIOR_TYPES, PRIMARY_TYPES
from junheng.schema import Stage

OWN_TYPES = {Stage.PRIMARY: PRIMARY_TYPES, Stage.JUNIOR: JUNIOR_TYPES}


def outlooks_of(facts: Facts, done: Sequence[Done], years: Sequence[int]) -> tuple[Outlook, ...]:
    """For each year, what the schools of the plan would file."""
    filed = {row["school_code"]: row for row in facts.schools.iter_rows(named=True)}
    senior = [
        r
        for r in facts["classes"].iter_rows(named=True)
        if STAGE_OF.get(r["grade"]) is Stage.SENIOR
    ]
    codes = {each.school.code for each in done}
    found = []
    for index, year in enumerate(years):
        rows = [dict(row) for row in senior if row["school_code"] in codes]
        rows += [row for each in done for row in _class_list(each.school.code, each.path[index])]
        values = {
            each.school.code: _values(each, each.path[index], filed[each.school.code], year)
            for each in done
        }
        campuses = campuses_of(facts, values)
        listed = {"classes": tuple(rows)} | ({"campuses": campuses} if campuses else {})
        found.append(Outlook(year, values, listed))
    return tuple(found)


def _values(done: Done, state: SchoolYearPath, filed: dict[str, Any], year: int) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for stage in done.school.stages:
        own = done.school.school_type in OWN_TYPES[stage]
        pupils = sum(state.pupils[g] for g in GRADES[stage])
        found[f"enrolment_{stage}" if own else f"attached_{stage}_enrolment"] = pupils
        found |= {f"enrolment_grade_{g}": state.pupils[g] for g in GRADES[stage]}
        sizes = [n for g in GRADES[stage] for n in state.sizes[g]]
        found[f"class_count_{stage}"] = len(sizes)
        found[f"max_class_size_{stage}"] = max(sizes, default=0)
        for column, low, high in bins():
            inside = [n for n in sizes if low <= n and (high is None or n <= high)]
            found[f"{column}_{stage}"] = len(inside)
    return later_return(filed, found, year)


def _class_list(code: str, state: SchoolYearPath) -> list[dict[str, Any]]:
    return [
        {
            "school_code": code,
            "grade": grade,
            "class_no": str(number),
            "stage": STAGE_OF[grade].value,
            "pupils": pupils,
        }
        for grade, sizes in sorted(state.sizes.items())
        for number, pupils in enumerate(sizes, start=1)
    ]
