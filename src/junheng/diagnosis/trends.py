"""Judging a target without end value: this period against the one before."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from fractions import Fraction

import msgspec

from junheng.diagnosis.comparing import difference_words, goal_words, with_unit
from junheng.diagnosis.levels import recovery
from junheng.diagnosis.lights import Light, Outcome, missed_word
from junheng.diagnosis.points import Point
from junheng.diagnosis.trajectory import Base, expected
from junheng.standards import Target

NAMED = 5


def judge_trend(
    target: Target, points: Sequence[Point], on: date, recover_by: date | None
) -> Outcome:
    """The latest figure against the last of an earlier calendar year."""
    point = points[-1]
    earlier = [each for each in points if each.on.year < point.on.year]
    if not earlier:
        return Outcome(
            Light.NO_DATA,
            "",
            f"只有 {point.on.year} 年一期的数，没有上一期可比（{goal_words(target)}）",
            point,
        )
    previous = earlier[-1]
    if point.parts or previous.parts:
        return _by_parts(target, point, previous)
    assert point.value is not None
    assert previous.value is not None
    if target.goal is not None:
        return _multiplied(target, point, previous, on, recover_by)
    return _single(target, point, previous)


def _change(target: Target, now: Fraction, before: Fraction) -> tuple[bool, str]:
    """Whether the change is what the target asks, and what it is."""
    if now > before:
        return target.comparator != "falling", "提高"
    if now < before:
        return target.comparator == "falling", "下降"
    return target.comparator == "not_falling", "持平"


def _single(target: Target, point: Point, previous: Point) -> Outcome:
    assert point.value is not None
    assert previous.value is not None
    now, before = point.value, previous.value
    good, change = _change(target, now, before)
    step = abs(now - before)
    by = f" {difference_words(step, target)}" if step else ""
    reason = (
        f"{point.on.year} 年 {with_unit(now, target, before)}，"
        f"{previous.on.year} 年 {with_unit(before, target, now)}，{change}{by}（要求{goal_words(target)}）"
    )
    hints = ("提示：与上期持平，没有减少，也没有增加",) if good and not step else ()
    light = Light.ON_COURSE if good else Light.BEHIND
    word = "本期符合" if good else _missed(target)
    missing = None if good else step
    return Outcome(light, word, reason, point, previous, missing=missing, hints=hints)


def _missed(target: Target) -> str:
    if target.force == "trend":
        return {"rising": "没有提高", "falling": "没有下降"}.get(target.comparator, "减少了")
    return missed_word(target.force)


def _by_parts(target: Target, point: Point, previous: Point) -> Outcome:
    """Several figures, each against its own of the previous period: all must go the right way."""
    both = [label for label in point.parts if label in previous.parts]
    if not both:
        return Outcome(Light.NO_DATA, "", "两期没有可以对比的数", point, previous)
    changes = {label: _change(target, point.parts[label], previous.parts[label]) for label in both}
    bad = [f"{label}{change}" for label, (good, change) in changes.items() if not good]
    alone = len({*point.parts, *previous.parts}) - len(both)
    hints = (f"{alone} 项只有一期，没有比",) if alone else ()
    years = f"{point.on.year} 年比 {previous.on.year} 年"
    if not bad:
        reason = f"{years}，{len(both)} 项全部符合（{goal_words(target)}）"
        return Outcome(Light.ON_COURSE, "本期符合", reason, point, previous, hints=hints)
    named = "、".join(bad[:NAMED]) + (" 等" if len(bad) > NAMED else "")
    reason = f"{years}，{len(both)} 项中有 {len(bad)} 项不符合（要求{goal_words(target)}）：{named}"
    return Outcome(Light.BEHIND, _missed(target), reason, point, previous, hints=hints)


def _multiplied(
    target: Target, point: Point, previous: Point, on: date, recover_by: date | None
) -> Outcome:
    """So many times the previous period; while the year lasts, the straight line through it."""
    assert target.goal is not None
    assert point.value is not None
    assert previous.value is not None
    goal, closes = target.goal * previous.value, date(point.on.year, 12, 31)
    plain = msgspec.structs.replace(target, unit="")  # figures are schools, the unit is 倍
    told = (
        f"{point.on.year} 年 {with_unit(point.value, plain)}，{previous.on.year} 年 "
        f"{with_unit(previous.value, plain)}，应到 {with_unit(goal, plain)}"
    )
    if point.value >= goal:
        return Outcome(Light.ON_COURSE, "本期符合", told, point, previous)
    missing = goal - point.value
    known = Outcome(
        Light.BEHIND,
        _missed(target),
        f"{told}，还差 {difference_words(missing, plain)}",
        point,
        previous,
    )
    known = replace(known, missing=missing)
    if on <= closes:
        base = Base(previous.value, previous.on, given=False)
        should_be = expected(base, goal, closes, point.on)
        light = Light.ON_COURSE if point.value >= should_be else Light.BEHIND
        known = replace(known, light=light, word="未到期", base=base, expected=should_be)
    elif target.due is not None and on > target.due:
        known = replace(known, light=Light.OVERDUE)
    found, hints = recovery(missing, point, closes, on, recover_by)
    return replace(known, pace=found, hints=hints)
