"""Cohorts rolling up: the pupils of every school and grade in the years to come, if nobody moves.

This year's grade g is next year's grade g + 1; grades 1 and 7 take the entrants; nobody drops out.
A teaching point opens no grade above its highest: its pupils go on to the school into which it is
counted, or, where it stands alone, leave the count and are told as `leavers`.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from junheng.plan.class_size.entrants import Entrants
from junheng.plan.class_size.present import GRADES, STAGE_OF, SchoolNow
from junheng.schema import Stage

POINT = "teaching_point"
Coming = dict[str, list[dict[int, int]]]
"""School → by year, grade → pupils."""


@dataclass(frozen=True)
class Arrivals:
    """Pupils who come into a school from outside its own rolling cohorts, by year and grade."""

    by_school: Mapping[str, tuple[Mapping[int, int], ...]]
    """School → for each later year, grade → pupils."""
    repeated: frozenset[tuple[str, int]]
    """(school, grade) whose entrants were not given for some year, so this year's were repeated."""
    leavers: Mapping[tuple[str, int], int]
    """(teaching point, year) → pupils who outgrew it and whose next school is not known."""


def top_grade(school: SchoolNow, stage: Stage) -> int:
    """The highest grade to which a school takes its pupils in a stage."""
    last = GRADES[stage][-1]
    if school.school_type != POINT:
        return last
    return max(
        (g for g in school.grades if STAGE_OF[g] is stage and school.pupils(g)), default=last
    )


def arrivals(schools: Sequence[SchoolNow], entrants: Entrants, years: Sequence[int]) -> Arrivals:
    """Entrants, and the pupils who go on from teaching points, for each of the years."""
    coming: Coming = {s.code: [{} for _ in years] for s in schools}
    repeated: set[tuple[str, int]] = set()
    for school in schools:
        for first in (GRADES[stage][0] for stage in school.stages):
            for index, year in enumerate(years):
                pupils, given = entrants.of(school, year, first)
                coming[school.code][index][first] = pupils
                if not given:
                    repeated.add((school.code, first))
    leavers = _onward(schools, coming, years)
    return Arrivals(
        {code: tuple(each) for code, each in coming.items()}, frozenset(repeated), leavers
    )


def _onward(
    schools: Sequence[SchoolNow], coming: Coming, years: Sequence[int]
) -> dict[tuple[str, int], int]:
    """Send those who outgrow a teaching point to its main school; return those with none."""
    leavers: dict[tuple[str, int], int] = {}
    by_code = {school.code: school for school in schools}
    for point in schools:
        for stage in point.stages:
            last = top_grade(point, stage)
            if last == GRADES[stage][-1]:
                continue
            onward = by_code.get(point.head)
            for index, year in enumerate(years):
                pupils = _outgrown(point, coming[point.code], index, GRADES[stage][0], last)
                if onward is None or onward is point or stage not in onward.stages:
                    leavers[point.code, year] = leavers.get((point.code, year), 0) + pupils
                else:
                    into = coming[onward.code][index]
                    into[last + 1] = into.get(last + 1, 0) + pupils
    return leavers


def _outgrown(
    point: SchoolNow, coming: Sequence[Mapping[int, int]], index: int, first: int, last: int
) -> int:
    """Pupils who were in the point's highest grade the year before."""
    back = last - index
    return point.pupils(back) if back >= first else coming[first - back - 1][first]


def rolled(
    pupils: Mapping[int, int], school: SchoolNow, coming: Mapping[int, int]
) -> dict[int, int]:
    """The grades of a school one year later."""
    found: dict[int, int] = {}
    for stage in school.stages:
        last = top_grade(school, stage)
        for grade in GRADES[stage]:
            stays = grade > GRADES[stage][0] and grade <= last
            found[grade] = (pupils.get(grade - 1, 0) if stays else 0) + coming.get(grade, 0)
    return found


def kept(classes: Mapping[int, int], school: SchoolNow) -> dict[int, int]:
    """Classes that go up with their cohorts: none in an entrance grade."""
    return {
        grade: classes.get(grade - 1, 0)
        if GRADES[stage][0] < grade <= top_grade(school, stage)
        else 0
        for stage in school.stages
        for grade in GRADES[stage]
    }
