"""From the schools of today to the neighbour model: who is short of rooms, who has some, who is near."""

from collections.abc import Mapping, Sequence
from fractions import Fraction

from junheng.plan.class_size.alone import alone, largest_at_best
from junheng.plan.class_size.cohorts import POINT, Arrivals, rolled, top_grade
from junheng.plan.class_size.law import Law
from junheng.plan.class_size.present import GRADES, STAGE_OF, SchoolNow
from junheng.plan.class_size.problem import Cap, Site, Way
from junheng.plan.distance import metres_between
from junheng.schema import Stage


def sites_of(
    schools: Sequence[SchoolNow], coming: Arrivals, law: Law, *, reorganise: bool
) -> dict[str, Site]:
    """Every school of a county as the model sees it; those short of rooms in some year may send."""
    ratios = county_ratios(schools)
    return {s.code: _site(s, coming, law, ratios, reorganise=reorganise) for s in schools}


def county_ratios(schools: Sequence[SchoolNow]) -> dict[Stage, Fraction]:
    """Full-time teachers a class over the county, by stage; stages without classes are left out."""
    found = {}
    for stage in GRADES:
        teachers = sum(s.teachers.get(stage, 0) for s in schools)
        classes = sum(s.classes_of(stage) for s in schools)
        if classes:
            found[stage] = Fraction(teachers, classes)
    return found


def _site(
    school: SchoolNow,
    coming: Arrivals,
    law: Law,
    ratios: Mapping[Stage, Fraction],
    *,
    reorganise: bool,
) -> Site:
    grades = [g for stage in school.stages for g in GRADES[stage]]
    limits = {g: law.limits[STAGE_OF[g]] for g in grades}
    rooms = max(school.rooms - school.senior_rooms, school.classes)
    keep = not reorganise
    found = alone(school, coming, limits, keep=keep)
    sends = any(sum(each.values()) > rooms for each in found.legal)
    spared = largest_at_best(found, limits, rooms, keep=keep) if sends else None
    merges = keep and spared is not None and spared >= law.super_large
    bare = alone(school, coming, limits, keep=False) if merges else found
    fewest = bare.fewest if sends else found.legal
    return Site(
        code=school.code,
        limits=limits,
        stage={g: STAGE_OF[g] for g in grades},
        first=frozenset(GRADES[stage][0] for stage in school.stages),
        last={g: top_grade(school, STAGE_OF[g]) for g in grades},
        pupils={g: school.pupils(g) for g in grades},
        classes={g: len(school.sizes[g]) for g in grades},
        keep=keep,
        classes_now=school.classes,
        arrivals=coming.by_school[school.code],
        rooms=rooms,
        convertible=len(school.convertible) if sends else 0,
        sends=sends,
        receives=not sends and school.public and school.school_type != POINT,
        excess=tuple(max(0, sum(each.values()) - rooms) for each in fewest),
        alone=found.pupils,
        fewest=fewest,
        spared=spared,
        merges=merges,
        largest_not_large=law.large - 1,
        largest_not_super=law.super_large - 1,
        teachers=school.teachers,
        teachers_a_class={
            stage: Fraction(school.teachers[stage], school.classes_of(stage))
            if school.classes_of(stage)
            else ratios.get(stage, Fraction(0))
            for stage in school.stages
        },
    )


def ways_of(schools: Sequence[SchoolNow], sites: Mapping[str, Site], *, within_m: int) -> list[Way]:
    """From every school short of rooms to every public neighbour of a common stage with rooms."""
    senders = [s for s in schools if sites[s.code].sends and s.school_type != POINT]
    receivers = [s for s in schools if sites[s.code].receives]
    found = []
    for sender in senders:
        for receiver in receivers:
            if sender.position is None or receiver.position is None:
                continue
            metres = metres_between(sender.position, receiver.position)
            if metres <= within_m and set(sender.stages) & set(receiver.stages):
                found.append(Way(sender.code, receiver.code, metres))
    return found


def caps_of(
    schools: Sequence[SchoolNow], sites: Mapping[str, Site], coming: Arrivals, law: Law
) -> list[Cap]:
    """Size caps (GV4) of the schools that take pupils in, campuses counted with their main school.

    Where a school is above its cap without any transfer, it may stay so, but not grow."""
    groups: dict[str, list[SchoolNow]] = {}
    for school in schools:
        groups.setdefault(school.head, []).append(school)
    types = {school.code: school.school_type for school in schools}
    found = []
    for head, members in groups.items():
        cap = law.size_caps.get(types.get(head, ""))
        if cap is None or not any(sites[m.code].receives for m in members):
            continue
        alone = [sum(each) for each in zip(*(_totals(m, coming) for m in members), strict=True)]
        found.append(Cap(tuple(m.code for m in members), tuple(max(cap, n) for n in alone)))
    return found


def _totals(school: SchoolNow, coming: Arrivals) -> list[int]:
    pupils = {g: school.pupils(g) for g in school.grades}
    found = []
    for arriving in coming.by_school[school.code]:
        pupils = rolled(pupils, school, arriving)
        found.append(sum(pupils.values()))
    return found
