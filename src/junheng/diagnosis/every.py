"""Clauses that every school must meet by itself: GV3, GV4, GV5, GV6, GV13 by school, QL4."""

from collections.abc import Iterator
from fractions import Fraction

from junheng.diagnosis.case import Case, from_points, measure_of
from junheng.diagnosis.figures import figure_of, limits, sentence, shortfall
from junheng.diagnosis.lines import ClauseVerdict, Figure, SchoolPoint
from junheng.diagnosis.verdict import Verdict, worst
from junheng.errors import DeclarationError
from junheng.indicators import (
    NOBODY,
    FiledSchool,
    Indicator,
    Measurement,
    any_school,
    measure_school,
    room_bounds,
    stages_asked,
    why_not_asked,
)
from junheng.schema import Stage
from junheng.standards import Clause, Demand, Document

ROOM_KINDS = ("music", "art")
ALL = "all"
BOTH_STAGES = "nine_year"
"""What a school of another type is that has primary and junior classes (a senior school with both)."""


def judge_every(demand: Demand, case: Case) -> ClauseVerdict:
    """Every school that the clause asks; a school that did not file leaves it open."""
    each = measure_of(demand)
    numbers = numbers_of(demand, each)
    asked = [s for s in case.filed.schools if not why_not_asked(each.asks, s)]
    points = [_point(demand, each, numbers, school, case) for school in asked]
    absent = [] if each.asks == "vocational" else _absent(case)
    ordered = sorted(
        (*(p for p, _ in points), *absent),
        key=lambda point: (-max(map(shortfall, point.figures), default=0), point.school_code),
    )
    wanting = [
        *(
            f"{point.school_name}（{point.school_code}）：{o}"
            for point, owing in points
            for o in owing
        ),
        *(f"{point.school_name}（{point.school_code}）：{point.reason}" for point in absent),
    ]
    if not ordered and each.asks != "vocational" and not any_school(case.filed):
        return ClauseVerdict(demand, Verdict.NO_DATA, (), (), ("没有学校填报",), ("各校填报表",))
    return from_points(demand, ordered, wanting=wanting, nobody=NOBODY[each.asks])


def numbers_of(demand: Demand, each: Indicator) -> dict[str, Fraction]:
    """The clause's numbers as the indicator reads them; raises DeclarationError where one is missing."""
    clause = demand.clause
    found = {name: clause.number(name) for name in clause.numbers}
    for column in each.ratio.columns():
        name = column.removeprefix("law_")
        if name != column and (name not in found or found[name].denominator != 1):
            raise DeclarationError(
                demand.document.name, f"code = {clause.code}", f"numbers 里要有整数“{name}”"
            )
    if "least_area_m2" in found:
        for kind in ROOM_KINDS:
            if f"accepted_{kind}_rooms" in each.ratio.columns():
                area = found["least_area_m2"]
                found[f"least_{kind}_m2"] = area
                on_a_bound(demand.document, clause.code, kind, "least_area_m2", area)
    return found


def on_a_bound(document: Document, code: str, kind: str, name: str, area: Fraction) -> None:
    """Raises DeclarationError where an area cuts a bin: its rooms could not be told apart."""
    if area not in room_bounds(kind):
        known = "、".join(str(each) for each in sorted(room_bounds(kind)))
        raise DeclarationError(
            document.name,
            f"code = {code}",
            f"填报表按面积分档，{name} 只能是各档的下限（{known}）",
        )


def _point(
    demand: Demand, each: Indicator, numbers: dict[str, Fraction], school: FiledSchool, case: Case
) -> tuple[SchoolPoint, tuple[str, ...]]:
    """The school judged, and what it did not file."""
    found, figures = _measured(demand, each, numbers, school, case)
    wider = case.allowances.rooms.get(school.code)
    if wider and worst([figure.verdict for figure in figures]) is not Verdict.PASS:
        # Who meets the clause as it stands needs no file on what an exception would add.
        found, figures = _measured(demand, each, {**numbers, **wider}, school, case)
    verdict = worst([figure.verdict for figure in figures])
    owing = tuple(o for m in found for o in m.owing) if verdict is Verdict.NO_DATA else ()
    reason = _reason(verdict, figures, found, owing)
    granted = [
        code
        for code in case.allowances.granted.get(school.code, ())
        if set(case.standard.relaxations[code][0].touches) & set(demand.clause.indicators)
    ]
    if granted:
        reason = "；".join(filter(None, (reason, f"已按例外{'、'.join(granted)}放宽")))
    return SchoolPoint(school.code, school.name, verdict, figures, reason), owing


def _measured(
    demand: Demand, each: Indicator, numbers: dict[str, Fraction], school: FiledSchool, case: Case
) -> tuple[list[Measurement], tuple[Figure, ...]]:
    stages = stages_asked(school) if each.by_stage else (None,)
    found = [measure_school(each, school, stage, numbers) for stage in stages]
    return found, tuple(f for m in found for f in _figures(demand, each, m, school, case))


def _reason(
    verdict: Verdict,
    figures: tuple[Figure, ...],
    found: list[Measurement],
    owing: tuple[str, ...],
) -> str:
    if verdict is Verdict.FAIL:
        return "；".join(sentence(f) for f in figures if f.verdict is Verdict.FAIL)
    if verdict is Verdict.NO_DATA:
        return f"没有填报{'、'.join(owing)}"
    reasons = dict.fromkeys(m.reason for m in found if m.reason)
    return "；".join(reasons) if verdict is Verdict.NOT_APPLICABLE else ""


def _figures(
    demand: Demand, each: Indicator, found: Measurement, school: FiledSchool, case: Case
) -> Iterator[Figure]:
    clause = demand.clause
    given = list(limits(clause, limit_keys(school, found.stage)))
    if not given:
        raise DeclarationError(
            demand.document.name,
            f"code = {clause.code}",
            f"没有学校类型“{school.row['school_type']}”的限值",
        )
    for sign, limit in given:
        wider = case.allowances.sizes.get(school.code) if _about_size(clause) else None
        yield figure_of(
            each,
            found,
            sign,
            limit if wider is None else max(limit, wider),
            case.standard.near_margin,
        )


def _about_size(clause: Clause) -> bool:
    """Whether the clause limits schools by type, which is what X5 and X6 widen."""
    return (clause.measure or clause.code) == "GV4"


def limit_keys(school: FiledSchool, stage: Stage | None = None) -> tuple[str, ...]:
    """Under what a limit for the school may stand: its type, what its stages make it, all."""
    if stage is not None:
        return (stage, ALL)
    stages = stages_asked(school)
    return (school.row["school_type"], *(stages if len(stages) == 1 else (BOTH_STAGES,)), ALL)


def _absent(case: Case) -> list[SchoolPoint]:
    return [
        SchoolPoint(each.code, each.name, Verdict.NO_DATA, (), each.reason)
        for each in case.filed.absent
    ]
