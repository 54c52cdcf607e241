"""Judging a target with a number: against the deadline, and before it against the straight line."""

from collections.abc import Sequence
from dataclasses import replace
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
from junheng.diagnosis.lights import Light, Outcome, met_word, missed_word
from junheng.diagnosis.points import Point
from junheng.diagnosis.trajectory import Base, Pace, expected, pace
from junheng.standards import Target


def judge_level(
    target: Target, points: Sequence[Point], on: date, recover_by: date | None
) -> Outcome:
    """The latest figure against the number; `points` hold at least one value, in order of date."""
    point = points[-1]
    value = point.value
    assert value is not None, "points without a value were left out"
    told = f"{point.on} 为 {with_unit(value, target, line(target))}"
    if meets(target, value):
        outcome = Outcome(
            Light.MET, met_word(target.force), f"{told}，已达到（{goal_words(target)}）", point
        )
    else:
        outcome = _unmet(target, points, on, f"{told}，要求 {goal_words(target)}")
        outcome = _mended(outcome, target, on, recover_by)
    hints = [tolerance_words(target), *outcome.hints]
    return replace(outcome, hints=tuple(hint for hint in hints if hint))


def _unmet(target: Target, points: Sequence[Point], on: date, told: str) -> Outcome:
    point = points[-1]
    assert point.value is not None
    missing = lacking(target, point.value)
    lack = f"还差 {difference_words(missing, target)}" if missing else "须多于这个数"
    known = Outcome(Light.BEHIND, missed_word(target.force), "", point, missing=missing)
    if target.due is None:
        named = f"（{target.due_text}）" if target.due_text else ""
        reason = f"{told}，{lack}；没有写期限{named}"
        return replace(known, reason=reason)
    if on > target.due:
        late = (on - target.due).days
        hints = () if point.on > target.due else ("期限以后没有新的数",)
        reason = f"{told}，{lack}；已过期限 {target.due} 共 {late} 天"
        return replace(known, light=Light.OVERDUE, reason=reason, hints=hints)
    return _before(target, points, known, f"{told}，{lack}")


def _before(target: Target, points: Sequence[Point], known: Outcome, told: str) -> Outcome:
    """Not yet due: on the straight line from the base, or below it."""
    assert target.due is not None
    point, goal, base = points[-1], line(target), base_of(target, points)
    assert point.value is not None
    if base is None:
        reason = f"{told}；没有基数，判断不了进度快慢"
        hints = ("请登记一个更早的数作基数",)
        return replace(known, light=Light.NO_DATA, word="未到期", reason=reason, hints=hints)
    should_be = expected(base, goal, target.due, point.on)
    whose = "原文起点" if base.given else "首次登记"
    how = f"按直线（{whose} {base.on} 为 {with_unit(base.value, target)}）到这一天应为 {with_unit(should_be, target, point.value)}"
    # Who stood at the goal and has left it is not on the way there.
    left = base.value == goal
    good = not left and on_course(target, point.value, should_be, falling=base.value > goal)
    light = Light.ON_COURSE if good else Light.BEHIND
    behind = "" if good else f"，落后 {difference_words(abs(should_be - point.value), target)}"
    return replace(
        known,
        light=light,
        word="未到期",
        reason=f"{told}；{how}{behind}",
        base=base,
        expected=should_be,
    )


def base_of(target: Target, points: Sequence[Point]) -> Base | None:
    """The base that the policy gives, else the first figure before the one that is judged."""
    if target.base_value is not None and target.base_date is not None:
        return Base(Fraction(target.base_value), target.base_date, given=True)
    first = points[0]
    if first.value is None or first.on >= points[-1].on:
        return None
    return Base(first.value, first.on, given=False)


def _mended(outcome: Outcome, target: Target, on: date, recover_by: date | None) -> Outcome:
    """The pace that would make up what is missing, or why there is none."""
    missing = outcome.missing
    if not missing:
        return outcome
    found, hint = recovery(missing, outcome.point, target.due, on, recover_by)
    return replace(outcome, pace=found, hints=(*outcome.hints, *hint))


def recovery(
    missing: Fraction, point: Point | None, due: date | None, on: date, recover_by: date | None
) -> tuple[Pace | None, tuple[str, ...]]:
    """The pace to the date given by option, else filed with the figure, else the deadline ahead."""
    promised = point.recovery if point else None
    dates = [(recover_by, "选项指定"), (promised, "登记的承诺日期"), (due, "原定期限")]
    ahead = [(day, whose) for day, whose in dates if day is not None and day > on]
    passed = [f"{whose} {day} 已过" for day, whose in dates[:2] if day is not None and day <= on]
    if ahead:
        return pace(missing, on, *ahead[0]), tuple(passed)
    return None, (*passed, "没有可用的补齐日期：请登记承诺补齐日期，或用 --recover-by 指定")
