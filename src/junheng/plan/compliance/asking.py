"""From facts to the problem: what is required of some counties, year by year, and what can be done when.

What is bought stays: a lever is one way to act in one of the years in which something new is asked,
and counts in that year and every later one. What each year asks is worked out on that year's returns
(`requiring`), and set beside the others here.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from fractions import Fraction

from junheng.diagnosis import CountyVerdict
from junheng.errors import RefusedError
from junheng.indicators import FiledCounty, Parts
from junheng.plan.compliance.acting import Acting, Site
from junheng.plan.compliance.cut_short import cut_short
from junheng.plan.compliance.problem import Cap, Demand, Lever, Need, PartRule, Problem, Spread
from junheng.plan.compliance.requiring import BY_COUNTY, BY_SCHOOL, Beyond, InYear, Required
from junheng.plan.compliance.ways import Way
from junheng.plan.pricing import PriceList
from junheng.schema import Stage

ONE = Fraction(1)


@dataclass(frozen=True)
class Asked:
    """The problem, and what its numbers are about."""

    problem: Problem
    ways: tuple[tuple[Site, Way], ...]
    """By lever."""
    parts: tuple[tuple[str, str, Stage], ...]
    """By part rule: school code, name, stage."""
    needs: tuple[tuple[int, str], ...]
    """By need: place of its part, indicator."""
    spreads: tuple[tuple[str, Stage, str], ...]
    """By spread: county, stage, indicator."""
    demands: tuple[tuple[str, str, str, str], ...]
    """By demand: line, clause, school code (empty = the county), county code."""
    mains: Mapping[str, str] = field(default_factory=dict)
    """Return → the school that it is counted with, of these counties."""
    years: tuple[int, ...] = ()
    """The years in which something new is asked; empty = one year, that of the plan."""
    when: tuple[int, ...] = ()
    """By lever: the year from which on it counts."""
    part_years: tuple[int, ...] = ()
    spread_years: tuple[int, ...] = ()
    demand_years: tuple[int, ...] = ()
    """By part rule, spread and demand: the year that asks it."""
    beyond: tuple[Beyond, ...] = ()
    """What a class-size plan leaves unmet, whatever is done here."""
    papers: tuple[str, ...] = ()
    """Exceptions that hold on the day asked and not in one of these years, in words."""


def ask(
    counties: Sequence[tuple[CountyVerdict, FiledCounty]], parts: Parts, prices: PriceList,
    *, years: int,
) -> Asked:  # fmt: skip
    """The problem of these counties together in one year; yearly costs are paid for so many years.

    Raises RefusedError naming every school whose return lacks what must be known."""
    return ask_over([InYear(0, counties, parts)], prices, last=years - 1)


def ask_over(years: Sequence[InYear], prices: PriceList, *, last: int) -> Asked:
    """The problem of these years together; yearly costs are paid up to the end of the last.

    Raises RefusedError naming every school whose return lacks what must be known."""
    lacking = [told for each in years for county, _ in each.counties for told in _lacking(county)]
    lacking = list(dict.fromkeys(lacking))
    if lacking:
        raise RefusedError(
            f"数据不全，不能做达标方案：{cut_short(lacking)}。请补报、重新封存后再做。"
        )
    acting = Acting(prices)
    for each in years:
        for county, filed in each.counties:
            for school in filed.schools:
                acting.enter(school, county.code, each.more.get(school.code, ()))
    woven = _Woven(acting, [each.year for each in years], last)
    for place, each in enumerate(years):
        woven.add(Required(acting, each), place)
    return woven.asked()


def _lacking(county: CountyVerdict) -> Iterator[str]:
    yield from (f"{m.name}（{m.code}）{m.reason}" for m in county.missing)
    for part in county.parts:
        blank = [each.indicator for each in part.indicators if each.value is None]
        if blank:
            yield f"{part.school_name}（{part.school_code}）{part.stage.part_label}没有填报{'、'.join(blank)}所需的数"


def in_words(year: int) -> str:
    """What is added to the name of a requirement where several years ask."""
    return f"（{year}学年）"


def bare(name: str, year: int) -> str:
    """The name of a requirement without its year."""
    return name.removesuffix(in_words(year))


class _Woven:
    """One problem over all years: what a way adds in a year is what was done of it by then.

    A way that only a later year has use for can be taken in every year: money may be there before.

    Levers of the last year come first: where a unit may be bought now or later at the same price, the
    later is tried first."""

    def __init__(self, acting: Acting, years: Sequence[int], last: int) -> None:
        self.acting, self.years, self.last = acting, tuple(years), last
        self.several = len(years) > 1
        self.places: dict[tuple[int, int], int] = {}
        """(way, place of the year) → lever."""
        for place in reversed(range(len(years))):
            for way in range(len(acting.ways)):
                self.places[way, place] = len(self.places)
        self.needs: list[Need] = []
        self.about_needs: list[tuple[int, str]] = []
        self.rules: list[tuple[PartRule, tuple[str, str, Stage], int]] = []
        self.spreads: list[tuple[Spread, tuple[str, Stage, str], int]] = []
        self.demands: list[tuple[Demand, tuple[str, str, str, str], int]] = []
        self.beyond: list[Beyond] = []

    def add(self, required: Required, place: int) -> None:
        year, first, parts = self.years[place], len(self.needs), len(self.rules)
        for need, part, code in required.needs:
            slopes = self._by_then(need.slopes, place)
            self.needs.append(replace(need, name=self._named(need.name, year), slopes=slopes))
            self.about_needs.append((parts + part, code))
        for rule, about in required.rules:
            held = replace(rule, name=self._named(rule.name, year), needs=tuple(first + n for n in rule.needs))  # fmt: skip
            self.rules.append((held, about, year))
        for spread, where in required.spreads:
            moved = replace(spread, name=self._named(spread.name, year), needs=tuple(first + n for n in spread.needs))  # fmt: skip
            self.spreads.append((moved, where, year))
        for demand, what in required.demands:
            slopes = self._by_then(demand.slopes, place)
            asked = replace(demand, name=self._named(demand.name, year), slopes=slopes)
            self.demands.append((asked, what, year))
        self.beyond += required.beyond

    def _named(self, name: str, year: int) -> str:
        return f"{name}{in_words(year)}" if self.several else name

    def _by_then(self, slopes: Mapping[int, Fraction], place: int) -> dict[int, Fraction]:
        """Everything of a way that was done by the year of this place."""
        return {
            self.places[way, then]: slope
            for way, slope in slopes.items()
            for then in range(place + 1)
        }

    def _levers(self) -> Iterator[Lever]:
        for way, place in self.places:
            (site, act), year = self.acting.ways[way], self.years[place]
            cost = act.once + act.yearly * (self.last - year + 1)
            pool = f"{act.pool}/{year}" if act.pool and self.several else act.pool
            name = self._named(f"{site.name}{act.label}", year)
            yield Lever(name, cost, act.most, pool, act.sign, act.fine)

    def _caps(self) -> Iterator[Cap]:
        """What there is of a way, and of several, over all years together."""
        held: dict[int, list[int]] = {}
        for (way, _), lever in self.places.items():
            held.setdefault(way, []).append(lever)
        for cap in self.acting.caps:
            weights = {lever: w for way, w in cap.weights.items() for lever in held[way]}
            yield replace(cap, weights=weights)
        for way, levers in held.items():
            site, act = self.acting.ways[way]
            if act.most is not None and len(levers) > 1:
                name = f"{site.name}{act.label}各年合计最多{act.most:,}{act.unit}"
                yield Cap(name, dict.fromkeys(levers, ONE), Fraction(act.most))

    def asked(self) -> Asked:
        problem = Problem(
            tuple(self._levers()), tuple(self.needs), tuple(rule for rule, *_ in self.rules),
            tuple(spread for spread, *_ in self.spreads),
            tuple(demand for demand, *_ in self.demands), tuple(self._caps()),
        )  # fmt: skip
        return Asked(
            problem,
            tuple(self.acting.ways[way] for way, _ in self.places),
            tuple(about for _, about, _ in self.rules),
            tuple(self.about_needs),
            tuple(where for _, where, _ in self.spreads),
            tuple(what for _, what, _ in self.demands),
            self.acting.mains,
            self.years,
            tuple(self.years[place] for _, place in self.places),
            tuple(year for *_, year in self.rules),
            tuple(year for *_, year in self.spreads),
            tuple(year for *_, year in self.demands),
            tuple(self.beyond),
        )


__all__ = ["BY_COUNTY", "BY_SCHOOL", "Asked", "InYear", "Site", "ask", "ask_over", "bare"]
