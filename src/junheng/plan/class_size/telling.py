"""One school's answer: what it needs if nobody moves, what the plan makes of it, what becomes of it."""

from collections.abc import Mapping, Sequence
from math import ceil

from junheng.plan.class_size.alone import untouched
from junheng.plan.class_size.cohorts import Arrivals, kept
from junheng.plan.class_size.law import Law
from junheng.plan.class_size.options import Done
from junheng.plan.class_size.outcome import GradeYear, Outcome, SchoolPlan, SchoolYear
from junheng.plan.class_size.paths import pupils_of_years
from junheng.plan.class_size.present import STAGE_OF
from junheng.plan.class_size.problem import Site, Way
from junheng.plan.class_size.reasons import why_unmended
from junheng.plan.class_size.sizes import minimum_classes
from junheng.schema import Stage


def school_plan(
    done: Done,
    coming: Arrivals,
    sites: Mapping[str, Site],
    ways: Sequence[Way],
    law: Law,
    years: Sequence[int],
    *,
    within_m: int,
    acted: bool,
) -> SchoolPlan:
    """The answer for one school; `acted` = some action is planned for it."""
    told = _years(done, coming, law, years)
    legal = all(each.legal for each in told)
    outcome = Outcome.UNMENDED if not legal else Outcome.MENDED if acted else Outcome.LEGAL
    lacking = 0 if legal else max(each.rooms_lacking for each in told)
    reason = (
        ""
        if legal
        else why_unmended(done.school, sites, ways, rooms_to_build=lacking, within_m=within_m)
    )
    return SchoolPlan(done.school, told, outcome, reason, lacking)


def _years(done: Done, coming: Arrivals, law: Law, years: Sequence[int]) -> tuple[SchoolYear, ...]:
    before = pupils_of_years(done.school, coming, ())
    legal: Mapping[int, int] = {g: len(done.school.sizes[g]) for g in done.school.grades}
    bare = untouched(done.school, before, done.site.rooms)
    found = []
    for year, pupils, carried, state in zip(years, before, bare, done.path, strict=True):
        held = kept(legal, done.school) if done.site.keep else {}
        legal = {
            g: max(held.get(g, 0), minimum_classes(n, law.limits[STAGE_OF[g]]))
            for g, n in pupils.items()
        }
        needed = sum(legal.values())
        grades = tuple(
            GradeYear(
                grade=g,
                stage=STAGE_OF[g],
                pupils_before=pupils[g],
                pupils=state.pupils[g],
                kept=carried[g],
                needed=minimum_classes(pupils[g], law.limits[STAGE_OF[g]]),
                sizes=state.sizes[g],
                limit=law.limits[STAGE_OF[g]],
            )
            for g in sorted(pupils)
        )
        found.append(
            SchoolYear(
                year=year,
                grades=grades,
                classes_needed=needed,
                to_open=max(0, needed - done.site.classes_now),
                rooms_lacking=max(0, needed - done.site.rooms),
                teachers_lacking=_teachers(done.site, legal),
                classes=state.classes,
                legal=all(g.over == 0 for g in grades),
            )
        )
    return tuple(found)


def _teachers(site: Site, classes: Mapping[int, int]) -> dict[Stage, int]:
    """Teachers lacking for those classes at the school's own teachers a class."""
    found = {}
    for stage, ratio in site.teachers_a_class.items():
        count = sum(n for g, n in classes.items() if STAGE_OF[g] is stage)
        found[stage] = max(0, ceil(ratio * count - site.teachers.get(stage, 0)))
    return found
