"""Who sends whom where: the least disturbance with which as many schools as possible become legal.

Given   pupils and classes of each school and grade now, arrivals[t], rooms, convertible rooms,
        ways (i, j, metres) from schools short of rooms to neighbours with rooms, prices
Choose  sent[t, i, j, g]   pupils who go to j instead of i from year t, entering it in grade g
        classes[t, s, g]   classes; never fewer than the cohort already has
        converted[t, s]    rooms converted by then; hired[t, s, stage] teachers added by then
        unmet[t, s]        the school stays above the limit in that year; large[t, s] with a 大班额
So that every class holds at most the limit (unmet: at most the largest class if nobody moved), all
        classes fit into the rooms, and no receiver passes its size cap;
first as few unmet school-years as possible, then as few with a 大班额, then as few enrolled pupils
moved, then as few entrants diverted, then least money (classes opened, rooms converted, teachers,
transfers).
All numbers are whole and every goal is solved to proven optimality. Components that share no way
are solved apart, which changes nothing: every goal is a sum over them.
"""

from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from typing import Any

import highspy

from junheng.plan.class_size.problem import Assignment, Cap, Rates, Site, Transfer, Way
from junheng.plan.model import Sought, new_model, solve_in_order, whole_values
from junheng.plan.nouns import Goal
from junheng.schema import Stage

GOALS = (
    ("超限的校次（学校×学年）", "校次"),
    ("仍有大班额的校次（学校×学年）", "校次"),
    ("转到邻校的在校生", "人"),
    ("分流到邻校的新生", "人"),
    ("费用（参加分流计算的学校）", "元"),
)
WHOLE = highspy.HighsVarType.kInteger
Terms = list[tuple[Any, Fraction]]


def assign(
    sites: Sequence[Site], ways: Sequence[Way], caps: Sequence[Cap], rates: Rates, *, years: int
) -> Assignment:
    """The optimal assignment of pupils to neighbours."""
    transfers: list[Transfer] = []
    unmet: set[tuple[str, int]] = set()
    large: set[tuple[str, int]] = set()
    converted: dict[tuple[str, int], int] = {}
    totals = [Goal(name, unit, Fraction(0), Fraction(0)) for name, unit in GOALS]
    for component in _components(sites, ways, caps):
        found = _Model(*component, rates, years).solved()
        transfers += found.transfers
        unmet |= found.unmet
        large |= found.large
        converted |= found.converted
        totals = [
            Goal(a.goal, a.unit, a.value + b.value, a.bound + b.bound)
            for a, b in zip(totals, found.goals, strict=True)
        ]
    order = sorted(transfers, key=lambda t: (t.year, t.sender, t.grade, t.receiver))
    return Assignment(tuple(order), frozenset(unmet), frozenset(large), converted, tuple(totals))


def _components(
    sites: Sequence[Site], ways: Sequence[Way], caps: Sequence[Cap]
) -> Iterator[tuple[list[Site], list[Way], list[Cap]]]:
    """Schools linked by ways or caps; those that neither send nor receive are left out."""
    ties = [(w.sender, w.receiver) for w in ways]
    ties += [(cap.codes[0], code) for cap in caps for code in cap.codes]
    root = {site.code: site.code for site in sites}

    def top(code: str) -> str:
        while root[code] != code:
            code = root[code]
        return code

    for one, other in ties:
        root[max(top(one), top(other))] = min(top(one), top(other))
    used = {w.sender for w in ways} | {w.receiver for w in ways}
    wanted = sorted({top(s.code) for s in sites if s.sends or s.code in used})
    for code in wanted:
        inside = [s for s in sites if top(s.code) == code]
        codes = {s.code for s in inside}
        yield (
            inside,
            [w for w in ways if w.sender in codes],
            [c for c in caps if c.codes[0] in codes],
        )


class _Model:
    """One component as a whole-number programme."""

    def __init__(
        self, sites: list[Site], ways: list[Way], caps: list[Cap], rates: Rates, years: int
    ) -> None:
        self.m = new_model()
        self.sites = {s.code: s for s in sites}
        self.rates, self.years = rates, years
        self.sent: dict[tuple[int, Way, int], Any] = {}
        self.flows: dict[tuple[int, str, int], list[Any]] = {}
        self.pupils: dict[tuple[int, str, int], Any] = {}
        self.classes: dict[tuple[int, str, int], Any] = {}
        self.unmet: dict[tuple[int, str], Any] = {}
        self.large: dict[tuple[int, str], Any] = {}
        self.converted: dict[tuple[int, str], Any] = {}
        self.money: Terms = []
        for year in range(years):
            for way in ways:
                self._choose_sent(year, way)
            for site in sites:
                self._roll(year, site)
                self._house(year, site)
        for site in sites:
            self._pay(site)
        for cap in caps:
            self._cap(cap)

    def _choose_sent(self, year: int, way: Way) -> None:
        sender, receiver = self.sites[way.sender], self.sites[way.receiver]
        for grade in sender.limits:
            if not offers(receiver, grade):
                continue
            sent = self.m.addVariable(lb=0, ub=sender.everyone, type=WHOLE)
            self.sent[year, way, grade] = sent
            self.flows.setdefault((year, sender.code, grade), []).append(sent * -1)
            self.flows.setdefault((year, receiver.code, grade), []).append(sent * 1)
            price = self.rates.transfer(
                entrant=grade in sender.first,
                metres=way.metres,
                years=self.years_there(year, way, grade),
            )
            self.money.append((sent, price))

    def years_there(self, year: int, way: Way, grade: int) -> int:
        """Years of the horizon in which pupils sent in that grade attend the receiver."""
        return min(self.years - year, self.sites[way.receiver].last[grade] - grade + 1)

    def _roll(self, year: int, site: Site) -> None:
        """Pupils by grade: a whole number where nobody can move, else a variable."""
        for grade in site.limits:
            before: Any = 0
            if site.goes_up_to(grade):
                before = (
                    self.pupils[year - 1, site.code, grade - 1]
                    if year
                    else site.pupils.get(grade - 1, 0)
                )
            flows = self.flows.get((year, site.code, grade), [])
            come = site.arrivals[year].get(grade, 0)
            if isinstance(before, int) and not flows:
                self.pupils[year, site.code, grade] = come + before
                continue
            count = self.m.addVariable(lb=0)
            self.pupils[year, site.code, grade] = count
            terms = flows if isinstance(before, int) else [*flows, before * 1]
            constant = come + (before if isinstance(before, int) else 0)
            self.m.addConstr(count - _sum(terms) == constant)

    def _house(self, year: int, site: Site) -> None:
        """Classes by grade, and the rooms that must hold them."""
        rooms = site.rooms
        over: Any = 0
        if site.sends and site.short[year]:
            over = self.unmet[year, site.code] = self.m.addBinary()
            if site.may_be_large(year):
                self.large[year, site.code] = self.m.addBinary()
        for grade, limit in site.limits.items():
            self._seat(year, site, grade, limit, over)
        terms = [self.classes[year, site.code, g] * 1 for g in site.limits]
        if site.convertible:
            made = self.m.addVariable(lb=0, ub=site.convertible, type=WHOLE)
            self.converted[year, site.code] = made
            if year:
                self.m.addConstr(made >= self.converted[year - 1, site.code])
            terms.append(made * -1)
        if not isinstance(over, int) and site.excess[year]:
            terms.append(over * -site.excess[year])
        self.m.addConstr(_sum(terms) <= rooms)

    def _seat(self, year: int, site: Site, grade: int, limit: int, over: Any) -> None:
        pupils = self.pupils[year, site.code, grade]
        k = self.m.addVariable(lb=0, type=WHOLE)
        self.classes[year, site.code, grade] = k
        if isinstance(over, int):
            self.m.addConstr(k * limit - pupils >= 0)
        else:
            everyone = max(site.everyone, 1)
            self.m.addConstr(k * limit + over * everyone - pupils >= 0)
            most = max(limit, site.largest_allowed(year, large=False))
            large = self.large.get((year, site.code))
            slack = 0 if large is None else large * everyone
            self.m.addConstr(k * most + slack - pupils >= 0)
            self.m.addConstr(k * max(limit, site.ceilings[year]) - pupils >= 0)
        if site.keep and site.goes_up_to(grade):
            if year:
                self.m.addConstr(k >= self.classes[year - 1, site.code, grade - 1])
            else:
                self.m.addConstr(k >= site.classes.get(grade - 1, 0))

    def _pay(self, site: Site) -> None:
        """What the school's classes, conversions and teachers cost up to the last year."""
        opened: Any = None
        for year in range(self.years):
            total = _sum([self.classes[year, site.code, g] * 1 for g in site.limits])
            more = self.m.addVariable(lb=0)
            self.m.addConstr(more - total >= -site.classes_now)
            if opened is not None:
                self.m.addConstr(more >= opened)
            opened = more
        self.money.append((opened, self.rates.opening))
        if site.convertible:
            last = self.converted[self.years - 1, site.code]
            self.money.append((last, self.rates.conversion))
        for stage, ratio in site.teachers_a_class.items():
            self._hire(site, stage, ratio)

    def _hire(self, site: Site, stage: Stage, ratio: Fraction) -> None:
        before: Any = None
        have = site.teachers.get(stage, 0) * ratio.denominator
        for year in range(self.years):
            hired = self.m.addVariable(lb=0, type=WHOLE)
            grades = [g for g in site.limits if site.stage[g] is stage]
            need = _sum([self.classes[year, site.code, g] * ratio.numerator for g in grades])
            self.m.addConstr(hired * ratio.denominator - need >= -have)
            if before is not None:
                self.m.addConstr(hired >= before)
            before = hired
            self.money.append((hired, self.rates.teacher_year))

    def _cap(self, cap: Cap) -> None:
        for year, most in enumerate(cap.pupils):
            counted = [self.pupils[year, c, g] for c in cap.codes for g in self.sites[c].limits]
            variables = [each * 1 for each in counted if not isinstance(each, int)]
            rest = sum(each for each in counted if isinstance(each, int))
            if variables:
                self.m.addConstr(_sum(variables) <= most - rest)

    def solved(self) -> Assignment:
        moves: Terms = []
        diverts: Terms = []
        for (_, way, grade), sent in self.sent.items():
            into = diverts if grade in self.sites[way.sender].first else moves
            into.append((sent, Fraction(1)))
        above = [(u, Fraction(1)) for u in self.unmet.values()]
        crowded = [(v, Fraction(1)) for v in self.large.values()]
        terms = (above, crowded, moves, diverts, self.money)
        proven = solve_in_order(
            self.m,
            [Sought(n, unit, tuple(each)) for (n, unit), each in zip(GOALS, terms, strict=True)],
        )
        return Assignment(
            tuple(self._transfers()),
            frozenset((code, year) for (year, code), v in self._values(self.unmet) if v),
            frozenset((code, year) for (year, code), v in self._values(self.large) if v),
            {(code, year): v for (year, code), v in self._values(self.converted)},
            tuple(proven),
        )

    def _transfers(self) -> Iterator[Transfer]:
        for (year, way, grade), pupils in self._values(self.sent):
            if pupils:
                yield Transfer(
                    year, way.sender, way.receiver, grade, pupils, way.metres,
                    self.years_there(year, way, grade), grade in self.sites[way.sender].first,
                )  # fmt: skip

    def _values(self, variables: Mapping[Any, Any]) -> list[tuple[Any, int]]:
        return list(zip(variables, whole_values(self.m, list(variables.values())), strict=True))


def offers(site: Site, grade: int) -> bool:
    """Whether a school takes others' pupils into a grade: a new school only into entrance grades."""
    if not site.receives or grade not in site.limits or grade > site.last[grade]:
        return False
    same = [g for g in site.limits if site.stage[g] is site.stage[grade]]
    return grade in site.first or any(site.pupils.get(g, 0) for g in same)


def _sum(terms: Sequence[Any]) -> Any:
    return highspy.Highs.qsum(terms)
