"""Which year each thing is done in: money by year and source, people by year.

What a year asks is met by what is done before it, and after the year that asked something last. All of
that is taken to be done in the asking year itself unless it is brought forward; how much of each kind
is brought forward to each earlier year is a lever of its own, the schools apart. A kind is what costs
the same, in one county: which school of it comes first changes neither money nor requirements. So many
years cost a few dozen levers beside those of one year, and without limits by year there are none.

Money of a source may be for some items only. It suffices where, of every set of sources, what
nobody else may pay is no more than they have (max-flow min-cut): one row a set and year.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from itertools import combinations

from junheng.plan.compliance.asking import Asked
from junheng.plan.compliance.limits import PEOPLE, Budget, Limits, limit_words, limited
from junheng.plan.compliance.problem import Cap, Lever, Problem
from junheng.plan.compliance.strangers import Known, refuse_strange

ONE = Fraction(1)


@dataclass(frozen=True)
class Kind:
    """Levers of one county that cost the same and are counted together in every limit by year."""

    county: str
    item: str
    label: str
    once: Fraction
    yearly: Fraction
    fine: bool
    pool: str
    levers: tuple[int, ...]
    leaving: tuple[int, ...] = ()
    """Of a pool: the levers by which teachers leave; as many leave in a year as arrive."""
    first: int = 0
    """First year in which some of it can be done, after the year that asked before."""
    year: int = 0
    """The year that asks for it: done then unless it is brought forward."""


@dataclass(frozen=True)
class Schedule:
    """The kinds, and the levers that bring some of one forward to an earlier year."""

    last: int
    """Up to whose end yearly costs are paid."""
    first: int
    """First year in which something can be done."""
    own: int
    """Levers of the ways to act; those that bring forward follow."""
    kinds: tuple[Kind, ...]
    ahead: tuple[tuple[int, int], ...]
    """By lever after those: place of the kind, year."""

    def dated(self, amounts: Sequence[int]) -> list[tuple[int, int, int]]:
        """(lever, year, amount) of everything done, schools in the order of the problem."""
        early: dict[int, dict[int, int]] = {}
        for (place, year), number in zip(self.ahead, amounts[self.own :], strict=True):
            early.setdefault(place, {})[year] = number
        found: list[tuple[int, int, int]] = []
        for place, kind in enumerate(self.kinds):
            for levers in (kind.levers, kind.leaving):
                found += _filled(levers, amounts, early.get(place, {}), kind.year)
        return found

    def amounts(self, dated: Sequence[tuple[int, int, int]]) -> tuple[int, ...]:
        """The amounts that these are; what is done in the asking year is not brought forward."""
        found = [0] * (self.own + len(self.ahead))
        kind_of = {lever: k for k, kind in enumerate(self.kinds) for lever in kind.levers}
        places = {each: self.own + i for i, each in enumerate(self.ahead)}
        for lever, year, number in dated:
            found[lever] += number
            place = places.get((kind_of.get(lever, -1), year))
            if place is not None:
                found[place] += number
        return tuple(found)


def _filled(
    levers: Sequence[int], amounts: Sequence[int], early: dict[int, int], asking: int
) -> Iterator[tuple[int, int, int]]:
    """Units dealt out to years, the earliest year to the first levers."""
    waiting = [[year, number] for year, number in sorted(early.items()) if number]
    for lever in levers:
        left = amounts[lever]
        while left and waiting:
            number = min(left, waiting[0][1])
            yield lever, waiting[0][0], number
            left, waiting[0][1] = left - number, waiting[0][1] - number
            if not waiting[0][1]:
                waiting.pop(0)
        if left:
            yield lever, asking, left


def schedule_of(asked: Asked, limits: Limits, *, first: int, by: int, last: int) -> Schedule:
    """The kinds of the levers; nothing is brought forward where no limit speaks of a year."""
    years = asked.years or (by,)
    when = asked.when or (by,) * len(asked.ways)
    held: dict[tuple[str, str, Fraction, Fraction, str, int], list[int]] = {}
    leaving: dict[tuple[str, int], list[int]] = {}
    for lever, ((site, way), year) in enumerate(zip(asked.ways, when, strict=True)):
        if way.sign < 0:
            leaving.setdefault((way.pool, year), []).append(lever)
        else:
            key = (site.county, way.item, way.once, way.yearly, way.pool, year)
            held.setdefault(key, []).append(lever)
    kinds = []
    for (county, item, once, yearly, pool, year), levers in held.items():
        way, gone = asked.ways[levers[0]][1], leaving.get((pool, year), [])
        after = max((y + 1 for y in years if y < year), default=first)
        kinds.append(Kind(county, item, way.label, once, yearly, way.fine, pool, tuple(levers), tuple(gone), after, year))  # fmt: skip
    ahead = tuple(
        (k, year)
        for k, kind in enumerate(kinds)
        for year in (range(kind.first, kind.year) if limits.by_year else ())
        if kind.levers
    )
    return Schedule(last, first, len(asked.ways), tuple(kinds), ahead)


def brought_forward(problem: Problem, schedule: Schedule) -> Problem:
    """The problem with the levers that bring things forward: no more of a kind than is done of it."""
    levers, caps = list(problem.levers), []
    for kind, year in schedule.ahead:
        held = schedule.kinds[kind]
        cost = held.yearly * (held.year - year)
        levers.append(Lever(f"{held.label}（{year}学年先做）", cost, fine=held.fine))
    for place, whole in enumerate(schedule.kinds):
        early = [schedule.own + i for i, (k, _) in enumerate(schedule.ahead) if k == place]
        if early:
            weights = {**dict.fromkeys(early, ONE), **dict.fromkeys(whole.levers, -ONE)}
            caps.append(
                Cap(f"{whole.county} {whole.label}先做的不多于要做的", weights, Fraction(0))
            )
    return replace(problem, levers=tuple(levers), caps=(*problem.caps, *caps))


def within(
    asked: Asked, limits: Limits, *, known: Known, first: int, by: int, last: int | None = None
) -> tuple[Schedule, Problem]:
    """The asked problem within all its limits, paid up to the end of `last` (`by` where nothing is said).

    Raises MisuseError for schools, counties and years that are not there."""
    end = by if last is None else last
    refuse_strange(asked, limits, known, first=first, by=end)
    schedule = schedule_of(asked, limits, first=first, by=by, last=end)
    problem = brought_forward(limited(asked, limits), schedule)
    caps = [*_totals(problem, schedule, limits), *_quotas(schedule, limits)]
    if limits.budgets:
        for year in range(first, end + 1):
            given = [each for each in limits.budgets if each.year == year]
            caps += _money(schedule, year, given)
    return schedule, replace(problem, caps=(*problem.caps, *caps))


def _totals(problem: Problem, schedule: Schedule, limits: Limits) -> Iterator[Cap]:
    """Money that is not told by year: of each county, and of all together."""
    county_of = {lever: k.county for k in schedule.kinds for lever in (*k.levers, *k.leaving)}
    for i, (kind, _) in enumerate(schedule.ahead):
        county_of[schedule.own + i] = schedule.kinds[kind].county
    wholes = [(each.code, each.budget_yuan) for each in limits.counties]
    for county, most in (*wholes, ("", limits.budget)):
        if most is not None and (not county or county in county_of.values()):
            weights = {
                i: lever.cost
                for i, lever in enumerate(problem.levers)
                if lever.cost and county in ("", county_of[i])
            }
            yield Cap(
                f"{county}经费最多{float(Fraction(most)) / 10_000:,.1f}万元",
                weights,
                Fraction(most),
            )


def _done(schedule: Schedule, place: int, year: int) -> dict[int, Fraction]:
    """Units of a kind done in a year, in terms of the levers."""
    kind = schedule.kinds[place]
    early = {y: schedule.own + i for i, (k, y) in enumerate(schedule.ahead) if k == place}
    if year != kind.year:
        return {early[year]: ONE} if year in early else {}
    return {**dict.fromkeys(kind.levers, ONE), **dict.fromkeys(early.values(), -ONE)}


def _paid(schedule: Schedule, place: int, year: int) -> dict[int, Fraction]:
    """Yuan that a kind costs in a year: once for what is done then, and yearly for what stays."""
    kind = schedule.kinds[place]
    found: dict[int, Fraction] = {}
    for then in range(kind.first, min(year, kind.year) + 1):
        price = kind.yearly + (kind.once if then == year else 0)
        for lever, share in _done(schedule, place, then).items():
            found[lever] = found.get(lever, Fraction(0)) + share * price
    return {lever: weight for lever, weight in found.items() if weight}


def _money(schedule: Schedule, year: int, given: Sequence[Budget]) -> Iterator[Cap]:
    """Of every set of budgets: what nobody else may pay is no more than they hold."""
    for number in range(len(given) + 1):
        for some in combinations(given, number):
            others = [each for each in given if each not in some]
            theirs = [
                place
                for place, kind in enumerate(schedule.kinds)
                if not any(each.pays(kind.county, kind.item) for each in others)
            ]
            weights: dict[int, Fraction] = {}
            for place in theirs:
                weights |= _paid(schedule, place, year)
            if weights:
                named = "、".join(each.name for each in some) or "没有经费"
                total = sum((Fraction(each.yuan) for each in some), Fraction(0))
                told = f"{year}学年{named}（{float(total) / 10_000:,.1f}万元）"
                yield Cap(told, weights, total)


def _quotas(schedule: Schedule, limits: Limits) -> Iterator[Cap]:
    for quota in limits.quotas:
        for key, items in PEOPLE.items():
            most = getattr(quota, key)
            if most is None:
                continue
            weights: dict[int, Fraction] = {}
            for place, kind in enumerate(schedule.kinds):
                if kind.county == quota.county and kind.item in items:
                    weights |= _done(schedule, place, quota.year)
            name = limit_words(f"{quota.county} {quota.year}学年", key, most)
            yield Cap(name, weights, Fraction(most))


__all__ = ["Kind", "Schedule", "brought_forward", "schedule_of", "within"]
