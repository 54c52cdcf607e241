"""The neighbour model of one component as a whole-number programme; `neighbours` says what it asks."""

from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from typing import Any

import highspy

from junheng.plan.class_size.goals import GOALS
from junheng.plan.class_size.problem import Assignment, Cap, Rates, Site, Transfer, Way, offers
from junheng.plan.model import Follows, Solved, Sought, new_model, solve_in_order
from junheng.schema import Stage

WHOLE = highspy.HighsVarType.kInteger
COUNTED, PATIENCE = ("校次", "班"), 10
"""What is counted first is worth a longer search: schools and classes, not pupils and money."""
Terms = list[tuple[Any, Fraction]]


class Programme:
    """Variables and constraints of one component; `solved` answers it."""

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
        self.super_large: dict[tuple[int, str], Any] = {}
        self.merged: dict[tuple[int, str, int], Any] = {}
        self.following: list[Follows] = []
        self.above: Terms = []
        self.above_super: Terms = []
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
            sent = self.m.addVariable(lb=0, ub=sender.alone[year][grade], type=WHOLE)
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
        key = year, site.code
        for grade in site.limits:
            self._count_classes(year, site, grade)
        self._keep_to_limit(year, site)
        terms = [self.classes[year, site.code, g] * 1 for g in site.limits]
        if site.convertible:
            made = self.m.addVariable(lb=0, ub=site.convertible, type=WHOLE)
            self.converted[key] = made
            if year:
                self.m.addConstr(made >= self.converted[year - 1, site.code])
            terms.append(made * -1)
        if key in self.unmet and site.excess[year]:
            terms.append(self.unmet[key] * -site.excess[year])
        self.m.addConstr(_sum(terms) <= site.rooms)

    def _count_classes(self, year: int, site: Site, grade: int) -> None:
        """At least one class where anybody sits, and those that come up with the cohort."""
        least = 0 if site.sends else site.fewest[year][grade]
        k = self.m.addVariable(lb=least, type=WHOLE)
        self.classes[year, site.code, grade] = k
        if site.sends and site.alone[year][grade]:
            self.m.addConstr(k * site.alone[year][grade] - self.pupils[year, site.code, grade] >= 0)
        if not (site.keep and site.goes_up_to(grade)):
            return
        kept = k
        if site.merges:
            merged = self.merged[year, site.code, grade] = self.m.addVariable(lb=0, type=WHOLE)
            kept = k + merged
        if year:
            self.m.addConstr(kept - self.classes[year - 1, site.code, grade - 1] >= 0)
        else:
            self.m.addConstr(kept >= site.classes.get(grade - 1, 0))

    def _keep_to_limit(self, year: int, site: Site) -> None:
        """Every class within the limit, but for the steps that are chosen to be passed."""
        key, limits = (year, site.code), site.limits
        if not site.sends:
            for grade, limit in limits.items():
                self._seat(year, site, grade, limit, None)
            return
        self.unmet[key] = self.m.addBinary()
        rooms = site.rooms + site.convertible
        self._leave(year, site, limits, rooms, self.unmet[key])
        for grade, limit in limits.items():
            self.above += self._seat(year, site, grade, limit, self.unmet[key])
        for most, chosen in (
            (site.largest_not_large, self.large),
            (site.largest_not_super, self.super_large),
        ):
            if site.may_pass(year, most):
                chosen[key] = self.m.addBinary()
                held = {g: max(limit, most) for g, limit in limits.items()}
                self._leave(year, site, held, rooms + site.excess[year], chosen[key])
            for grade, limit in limits.items():
                above = self._seat(year, site, grade, max(limit, most), chosen.get(key))
                if chosen is self.super_large:
                    self.above_super += above

    def _leave(
        self, year: int, site: Site, most: Mapping[int, int], rooms: int, passed: Any
    ) -> None:
        """What the rooms imply, said outright: the search would find it class by class."""
        least = site.must_leave(year, most, rooms)
        if least is None:
            self.m.addConstr(passed >= 1)
        elif least:
            counts = [self.pupils[year, site.code, g] for g in site.limits]
            stay = [each * 1 for each in counts if not isinstance(each, int)]
            rest = sum(site.alone[year].values()) - sum(n for n in counts if isinstance(n, int))
            self.m.addConstr(_sum([*stay, passed * -least]) <= rest - least)

    def _seat(self, year: int, site: Site, grade: int, most: int, passed: Any) -> Terms:
        """Hold a grade to `most` a class; where `passed` may be chosen, count the pupils above."""
        pupils, k = self.pupils[year, site.code, grade], self.classes[year, site.code, grade]
        crowd = 0 if passed is None else site.crowd(year, grade, most)
        if not crowd:
            self.m.addConstr(k * most - pupils >= 0)
            return []
        above = self.m.addVariable(lb=0, ub=crowd)
        self.m.addConstr(k * most + above - pupils >= 0)
        self.m.addConstr(passed * crowd - above >= 0)
        fixed = pupils if isinstance(pupils, int) else 0
        sitting = () if isinstance(pupils, int) else ((pupils, 1),)
        self.following.append(Follows(above, (*sitting, (k, -most)), fixed))
        return [(above, Fraction(1))]

    def _pay(self, site: Site) -> None:
        """What the school's classes, conversions and teachers cost up to the last year."""
        opened: Any = None
        for year in range(self.years):
            classes = [self.classes[year, site.code, g] for g in site.limits]
            more = self.m.addVariable(lb=0)
            self.m.addConstr(more - _sum([k * 1 for k in classes]) >= -site.classes_now)
            self.following.append(
                Follows(more, tuple((k, 1) for k in classes), -site.classes_now, after=opened)
            )
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
            need = tuple((self.classes[year, site.code, g], ratio.numerator) for g in grades)
            self.m.addConstr(
                hired * ratio.denominator - _sum([k * each for k, each in need]) >= -have
            )
            self.following.append(Follows(hired, need, -have, ratio.denominator, after=before))
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
        terms = (
            _counted(self.super_large),
            _counted(self.merged),
            _counted(self.large),
            _counted(self.unmet),
            self.above_super,
            moves,
            self.above,
            diverts,
            self.money,
        )
        sought = [
            Sought(name, unit, tuple(each), PATIENCE if unit in COUNTED else 1)
            for (name, unit), each in zip(GOALS, terms, strict=True)
        ]
        proven = solve_in_order(self.m, sought, self.following)
        return Assignment(
            tuple(self._transfers(proven)),
            _chosen(proven, self.unmet),
            _chosen(proven, self.large),
            _chosen(proven, self.super_large),
            {(code, year): v for (year, code), v in _values(proven, self.converted)},
            _by_grade(proven, self.classes),
            _by_grade(proven, self.merged),
            proven.goals,
        )

    def _transfers(self, proven: Solved) -> Iterator[Transfer]:
        for (year, way, grade), pupils in _values(proven, self.sent):
            if pupils:
                yield Transfer(
                    year, way.sender, way.receiver, grade, pupils, way.metres,
                    self.years_there(year, way, grade), grade in self.sites[way.sender].first,
                )  # fmt: skip


def _values(proven: Solved, variables: Mapping[Any, Any]) -> list[tuple[Any, int]]:
    return list(zip(variables, proven.whole(list(variables.values())), strict=True))


def _chosen(proven: Solved, variables: Mapping[tuple[int, str], Any]) -> frozenset[tuple[str, int]]:
    return frozenset((code, year) for (year, code), v in _values(proven, variables) if v)


def _by_grade(
    proven: Solved, variables: Mapping[tuple[int, str, int], Any]
) -> dict[tuple[str, int], dict[int, int]]:
    found: dict[tuple[str, int], dict[int, int]] = {}
    for (year, code, grade), count in _values(proven, variables):
        found.setdefault((code, year), {})[grade] = count
    return found


def _counted(chosen: Mapping[Any, Any]) -> Terms:
    return [(each, Fraction(1)) for each in chosen.values()]


def _sum(terms: Sequence[Any]) -> Any:
    return highspy.Highs.qsum(terms)
