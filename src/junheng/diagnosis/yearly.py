"""Judging a target that is due anew in each calendar year."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from fractions import Fraction

from junheng.diagnosis.comparing import (
    difference_words,
    goal_words,
    lacking,
    line,
    meets,
    on_course,
    tolerance_words,
    with_unit,
)
from junheng.diagnosis.levels import recovery
from junheng.diagnosis.lights import Light, Outcome, met_word, missed_word
from junheng.diagnosis.points import Point
from junheng.diagnosis.trajectory import Base, expected
from junheng.standards import Target


@dataclass(frozen=True)
class _Year:
    """One year and its last figure."""

    year: int
    point: Point | None
    met: bool
    closed: bool
    missing: Fraction

    @property
    def last(self) -> date:
        return date(self.year, 12, 31)


def judge_yearly(
    target: Target, points: Sequence[Point], on: date, recover_by: date | None
) -> Outcome:
    """Every year from the start to the deadline (or, without one, the last and the present year)."""
    years = _years(target, points, on)
    if not years:
        return Outcome(Light.NO_DATA, "", "第一年还没有开始")
    outcome = _judged(target, years)
    if outcome.missing:
        found, more = recovery(outcome.missing, outcome.point, None, on, recover_by)
        outcome = replace(outcome, pace=found, hints=(*outcome.hints, *more))
    hints = [tolerance_words(target), *outcome.hints]
    return replace(outcome, hints=tuple(hint for hint in hints if hint))


def _years(target: Target, points: Sequence[Point], on: date) -> list[_Year]:
    last = min(on.year, target.due.year) if target.due else on.year
    first = target.period_start.year if target.period_start else last - 1
    if target.due is None:
        first = max(first, last - 1)
    found = []
    for year in range(first, last + 1):
        own = [point for point in points if point.on.year == year]
        point = own[-1] if own else None
        value = point.value if point else None
        met = value is not None and meets(target, value)
        lacks = Fraction() if met or value is None else lacking(target, value)
        found.append(_Year(year, point, met, on > date(year, 12, 31), lacks))
    return found


def _judged(target: Target, years: Sequence[_Year]) -> Outcome:
    told = "；".join(_told(target, each) for each in years) + f"（要求 {goal_words(target)}）"
    known = [each for each in years if each.point]
    point = known[-1].point if known else None
    missed = [each for each in years if each.closed and each.point and not each.met]
    if missed:
        missing = sum((each.missing for each in missed), Fraction(0))
        named = "、".join(f"{each.year} 年" for each in missed)
        reason = f"{told}；{named}没有完成，一共差 {difference_words(missing, target)}"
        return Outcome(
            Light.OVERDUE, missed_word(target.force), reason, missed[-1].point, missing=missing
        )
    blank = [each for each in years if each.closed and not each.point]
    if blank and (target.due is not None or not known):
        named = "、".join(f"{each.year} 年" for each in blank)
        return Outcome(Light.NO_DATA, "", f"{told}；缺 {named}的数", point)
    return _running(target, years, told, point)


def _running(target: Target, years: Sequence[_Year], told: str, point: Point | None) -> Outcome:
    """No closed year was missed: the present one decides."""
    present = years[-1]
    if present.met:
        done = target.due is None or present.year == target.due.year
        light = Light.MET if done else Light.ON_COURSE
        return Outcome(light, met_word(target.force) if done else "本年已完成", told, point)
    if present.closed:
        return Outcome(Light.MET, met_word(target.force), told, point)
    if present.point is None or present.point.value is None:
        if len(years) > 1:
            return Outcome(Light.ON_COURSE, "未到期", f"{told}；本年还没有登记", point)
        return Outcome(Light.NO_DATA, "", f"{told}；本年还没有登记", point)
    base = Base(Fraction(0), date(present.year, 1, 1), given=True)
    should_be = expected(base, line(target), present.last, present.point.on)
    good = on_course(target, present.point.value, should_be, falling=False)
    reason = f"{told}；按全年直线到这一天应为 {with_unit(should_be, target, present.point.value)}"
    return Outcome(
        Light.ON_COURSE if good else Light.BEHIND,
        "未到期",
        reason,
        present.point,
        base=base,
        expected=should_be,
        missing=present.missing,
    )


def _told(target: Target, each: _Year) -> str:
    if each.point is None or each.point.value is None:
        return f"{each.year} 年没有数"
    return f"{each.year} 年 {with_unit(each.point.value, target, line(target))}"
