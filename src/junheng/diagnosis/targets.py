"""The lights of a policy's targets, at every place that the facts or the progress rows speak of."""

from collections.abc import Hashable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from fractions import Fraction
from typing import Any

from junheng.diagnosis.comparing import TRENDS, with_unit
from junheng.diagnosis.levels import judge_level
from junheng.diagnosis.lights import Beside, Light, Outcome, TargetVerdict
from junheng.diagnosis.measures import MEASURES, County
from junheng.diagnosis.points import Ignored, Point, Progress, place_name, progress_of
from junheng.diagnosis.trends import judge_trend
from junheng.diagnosis.yearly import judge_yearly
from junheng.registry import Facts
from junheng.standards import Policy, Promise, Standard, Target
from junheng.years import SchoolYear

UNITS = "units"
"""Under this name a record holds which counties stand in facts."""


@dataclass(frozen=True)
class Board:
    """Every target of the policies in force, judged; and what took no part."""

    policy: Policy
    verdicts: tuple[TargetVerdict, ...]
    """In the order of the documents; a commitment has one verdict a place."""
    ignored: tuple[Ignored, ...]
    places: tuple[str, ...]
    """Units whose facts were given."""


def judge_targets(
    several: Sequence[Facts], policy: Policy, *, recover_by: date | None = None
) -> Board:
    """All targets on the policy's day. Facts counted after that day are ignored, and listed."""
    late = [facts for facts in several if SchoolYear(facts.year).first_day > policy.on]
    used = sorted((facts for facts in several if facts not in late), key=lambda f: f.year)
    progress, ignored = progress_of(used, policy)
    dropped = tuple(
        Ignored("", "", SchoolYear(f.year).first_day, f"{SchoolYear(f.year)}的数据晚于 {policy.on}")
        for f in late
    )
    record = _Record(used, progress, policy)
    verdicts = tuple(
        verdict
        for promise in policy.promises.values()
        for verdict in _of_promise(promise, record, recover_by)
    )
    return Board(policy, verdicts, (*ignored, *dropped), record.counties)


class _Record:
    """Everything known: facts by year, progress rows, and the figures computed from the facts."""

    def __init__(self, several: Sequence[Facts], progress: Progress, policy: Policy) -> None:
        self.several = several
        self.progress = progress
        self.policy = policy
        self._worked_out: list[dict[Hashable, Any]] = [{UNITS: _units(f)} for f in several]
        self.counties = tuple(sorted({code for each in self._worked_out for code in each[UNITS]}))
        self._standards: dict[str, Standard] = {}
        self._computed: dict[tuple[str, str, str], tuple[Point, ...]] = {}

    def points(self, target: Target, place: str) -> tuple[Point, ...]:
        """Figures of a target at a place, in order of date; on one date facts go before a row."""
        rows = self.progress.get((target.code, place), [])
        found = {point.on: point for point in rows}
        promised = [point.recovery for point in rows if point.recovery]
        for point in self._from_facts(target, place):
            if point.known or point.on not in found:
                found[point.on] = point
        points = tuple(found[day] for day in sorted(found))
        return tuple(_promised(point, promised[-1]) for point in points) if promised else points

    def _from_facts(self, target: Target, place: str) -> tuple[Point, ...]:
        if target.data_source != "facts" or place not in self.counties:
            return ()
        key = (target.formula, place, str(sorted(target.numbers.items())))
        if key not in self._computed:
            measure = MEASURES[target.formula]
            found: dict[date, Point] = {}
            for facts, worked_out in zip(self.several, self._worked_out, strict=True):
                if place in worked_out[UNITS]:
                    county = County(facts, place, self._standard(place), target, worked_out)
                    found |= {p.on: p for p in measure(county) if p.known or p.on not in found}
            self._computed[key] = tuple(found.values())
        return self._computed[key]

    def _standard(self, place: str) -> Standard:
        if place not in self._standards:
            self._standards[place] = Standard.at(place, self.policy.on)
        return self._standards[place]


def _promised(point: Point, recovery: date) -> Point:
    """A computed figure with the recovery date that was filed for its target."""
    return point if point.recovery else replace(point, recovery=recovery)


def _units(facts: Facts) -> set[str]:
    return {
        *facts["county"]["county_code"],
        *facts["register"]["location_unit"],
        *facts["schools"]["location_unit"],
    } - {None}


def _of_promise(
    promise: Promise, record: _Record, recover_by: date | None
) -> Iterator[TargetVerdict]:
    """A verdict for every place that is bound; one for the whole scope where nobody speaks."""
    target, policy = promise.target, record.policy
    whole = policy.whole(promise)
    bound = []
    if target.binds == "each":
        filed = {place for code, place in record.progress if code == target.code}
        bound = [
            place for place in sorted({*record.counties, *filed})
            if place != whole and policy.covers(target.scope, place)
        ]  # fmt: skip
    if not bound or record.progress.get((target.code, whole)):
        bound = [whole, *bound]
    for place in bound:
        yield TargetVerdict(
            promise,
            place,
            place_name(place, record.several),
            place == whole,
            judge_target(
                target,
                record.points(target, place),
                policy.on,
                recover_by=recover_by,
                elsewhere=_elsewhere(promise, record) if place == whole else "",
            ),
            tuple(_beside(promise, place, record)),
        )


def _elsewhere(promise: Promise, record: _Record) -> str:
    """What single units declared of a figure that is asked of the whole; it never stands for it."""
    target = promise.target
    latest = [
        points[-1].value
        for (code, place), points in record.progress.items()
        if code == target.code and place != record.policy.whole(promise)
    ]
    known = [value for value in latest if value is not None]
    if target.binds == "each" or not known:
        return ""
    total = "" if target.unit == "%" else f"，合计 {with_unit(sum(known, Fraction(0)), target)}"
    return f"{len(known)} 个单位登记了自己的数{total}，不能代替整个范围的数"


def _beside(promise: Promise, place: str, record: _Record) -> Iterator[Beside]:
    for other in promise.others:
        points = [p for p in record.points(other, place) if p.value is not None]
        same = other.formula == promise.target.formula
        if points and not (same and other.data_source == "facts"):
            yield Beside(other.code, other.title, other.reading, points[-1])


def judge_target(
    target: Target,
    points: Sequence[Point],
    on: date,
    *,
    recover_by: date | None = None,
    elsewhere: str = "",
) -> Outcome:
    """One target at one place on `on`, from its figures in order of date.

    `recover_by` takes the place of the recovery date filed with the figure.
    Without a number the light is 无数字指标, never 达成."""
    trend = target.comparator in TRENDS
    if target.goal is None and not trend:
        return Outcome(Light.NO_NUMBER, "", _without_number(target))
    known = [point for point in points if point.known and point.on <= on]
    if not known:
        return Outcome(Light.NO_DATA, "", _without_data(target, points, elsewhere))
    if trend:
        return judge_trend(target, known, on, recover_by)
    judge = judge_yearly if target.every else judge_level
    return judge(target, known, on, recover_by)


def _without_number(target: Target) -> str:
    note = target.note or "原文没有数字。"
    return f"没有可以判断的数字：{note.rstrip('。')}"


def _without_data(target: Target, points: Sequence[Point], elsewhere: str) -> str:
    lacking = "；".join(dict.fromkeys(f"{p.on} {p.lacking}" for p in points if p.lacking))
    if lacking:
        return lacking
    todo = f"没有登记实际数：{target.measure}"
    return f"{todo}；{elsewhere}" if elsewhere else todo
