"""The whole-number programme of the compliance question, for HiGHS, with the cones cut by tangents.

Columns   amounts of the levers; for each need of a part, whether it stays behind; for each spread
          its mean and one τ a part; where requirements may be given up, which are
Rows      limits and floors, the rule of each part, demands, caps, pools, means, lifted spreads,
          and as many tangents as have been asked for
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from fractions import Fraction
from math import inf

import highspy
import numpy as np

from junheng.plan.compliance.checking import Unmet, everything
from junheng.plan.compliance.covering import rests
from junheng.plan.compliance.numbers import Cone, Row, cone_of, row_of
from junheng.plan.compliance.outward import NUDGE, least_of, most_of, off_of, reaches
from junheng.plan.compliance.problem import Lever, Problem
from junheng.plan.compliance.solver import Found, Heard, quiet_model, solved

Terms = dict[int, float]
FIRST_RATIOS = (-0.6, -0.2, 0.2, 1.0)
"""Where every part is cut to begin with; the relaxation and each answer add their own."""
AROUND = (-1, 0, 1, 2)
"""Whole units, counted from the one below an amount, at which every part is cut around it."""
NEAR = 0.02
"""Share of an amount within which rounding may look; of few units the next ones."""
WEIGHED_GAP = 0.003
"""Absolute, of requirements: so near is near enough where they are weighed against yuan."""
FINER = 100
"""Scaled costs are so much greater where they are weighed: a yuan is then far above the tolerance."""
WHOLE_GAP, COST_GAP = 0.7, 1e-6
"""Absolute gaps: of a count of requirements, where below one nothing is left to gain; of a scaled cost."""


class Programme:
    """One model, built once, cut and solved again and again."""

    def __init__(self, problem: Problem, *, giving_up: bool | Unmet = False) -> None:
        """`giving_up`: whether requirements may be given up, or which."""
        self.problem = problem
        if not isinstance(giving_up, Unmet):
            giving_up = everything(problem) if giving_up else Unmet()
        self.may_needs, self.may_spreads, self.may_demands = map(
            frozenset, (giving_up.needs, giving_up.spreads, giving_up.demands)
        )
        self.model = quiet_model()
        self.costs: list[float] = []
        self.whole: list[int] = []
        """Columns of whole numbers."""
        self.given_up: list[int] = []
        self.behind: dict[int, tuple[Row, int, int | None]] = {}
        """Need → its row, and the columns that say whether it stays behind and is given up."""
        self.waived: dict[tuple[str, int], int] = {}
        """Kind and place of demands and spreads → the column that says whether it is given up."""
        self.scale = max([1.0, *(float(lever.cost) for lever in problem.levers)])
        self.reach = reaches(problem)
        self._levers()
        self._parts()
        self._linear()
        self.cones = [cone_of(problem, spread) for spread in problem.spreads]
        self.lifted = [self._spread(place, cone) for place, cone in enumerate(self.cones)]
        for place, cone in enumerate(self.cones):
            for ratio in FIRST_RATIOS:
                self.cut(place, [ratio] * len(cone.bases))

    # --- building --------------------------------------------------------------------------------

    def _column(self, low: float, high: float, *, cost: float = 0.0, whole: bool = False) -> int:
        place = len(self.costs)
        self.model.addVar(low, high)
        self.costs.append(cost)
        if whole:
            self.model.changeColIntegrality(place, highspy.HighsVarType.kInteger)
            self.whole.append(place)
        return place

    def _row(self, low: float, high: float, terms: Mapping[int, float]) -> None:
        columns = np.fromiter(terms, dtype=np.int32, count=len(terms))
        values = np.fromiter(terms.values(), dtype=np.float64, count=len(terms))
        self.model.addRow(low, high, len(terms), columns, values)

    def _giving_up(self, place: int, among: Collection[int]) -> int | None:
        """The column that says whether a requirement is given up; None where it may not be."""
        if place not in among:
            return None
        place = self._column(0, 1, whole=True)
        self.given_up.append(place)
        return place

    def _levers(self) -> None:
        for lever in self.problem.levers:
            self._column(0, _high(lever), cost=float(lever.cost) / self.scale, whole=not lever.fine)

    def _parts(self) -> None:
        for part in self.problem.parts:
            behind = {n: self._column(0, 1, whole=True) for n in part.needs}
            for n, place in behind.items():
                row = row_of(self.problem, self.problem.needs[n])
                self.behind[n] = (row, place, self._need(n, row, place))
            allowed = len(part.needs) - part.needed
            self._row(-highspy.kHighsInf, allowed, dict.fromkeys(behind.values(), 1.0))

    def _need(self, need: int, row: Row, behind: int) -> int | None:
        terms = {lever: float(step) for lever, step in row.steps.items()}
        terms[behind] = float(row.limit - row.floor)
        scale = max(1.0, abs(float(row.limit)) / 100)
        least = float(row.limit)
        given_up = self._giving_up(need, self.may_needs)
        if given_up is not None:
            self._row(-highspy.kHighsInf, 1, {behind: 1.0, given_up: 1.0})
            lowest = least - 10 * abs(least) if row.least is None else float(row.least)
            terms[given_up] = max(0.0, least - lowest)
        self._scaled(terms, least, scale)
        for rest in rests(self.problem, row, self.reach):
            terms = {lever: float(step) for lever, step in rest.steps.items()}
            terms[behind] = float(rest.limit - rest.floor)
            if given_up is not None:
                terms[given_up] = float(rest.limit)
            self._scaled(terms, float(rest.limit), scale)
        return given_up

    def _scaled(self, terms: Mapping[int, float], least: float, scale: float) -> None:
        held = {key: value / scale for key, value in terms.items()}
        self._row(least / scale - NUDGE, highspy.kHighsInf, held)

    def _linear(self) -> None:
        for place, demand in enumerate(self.problem.demands):
            terms = {lever: float(s) for lever, s in demand.slopes.items()}
            given_up = self._giving_up(place, self.may_demands)
            if given_up is not None:
                self.waived["demand", place] = given_up
                taken = sum(min(0.0, s) * self._most(lever) for lever, s in terms.items())
                terms[given_up] = max(0.0, -float(demand.base) - taken)
            self._row(least_of(-float(demand.base)), highspy.kHighsInf, terms)
        for cap in self.problem.caps:
            scale = max(1.0, float(max(cap.weights.values(), default=1)))
            weights = {lever: float(w) / scale for lever, w in cap.weights.items()}
            self._row(-highspy.kHighsInf, most_of(cap.weights.values(), cap.most, scale), weights)
        for levers in self.problem.pools.values():
            self._row(0, 0, {lever: float(self.problem.levers[lever].sign) for lever in levers})

    def _most(self, lever: int) -> float:
        most = self.problem.levers[lever].most
        return 1e6 if most is None else float(most)

    def _spread(self, place: int, cone: Cone) -> tuple[int, tuple[int, ...]]:
        """Columns m and τ, and the rows that hold them."""
        mean = self._column(-highspy.kHighsInf, highspy.kHighsInf)
        parts = tuple(self._column(0, highspy.kHighsInf) for _ in cone.bases)
        terms: Terms = {mean: 1.0}
        for weight, slopes in zip(cone.mean_weights, cone.slopes, strict=True):
            for lever, slope in slopes.items():
                terms[lever] = terms.get(lever, 0.0) - weight * slope
        base = sum(w * y for w, y in zip(cone.mean_weights, cone.bases, strict=True))
        self._row(base, base, terms)
        lifted: Terms = dict(zip(parts, cone.variance_weights, strict=True))
        lifted[mean] = -cone.square
        given_up = self._giving_up(place, self.may_spreads)
        if given_up is not None:
            self.waived["spread", place] = given_up
            lifted[given_up] = -off_of(cone, self.reach)
        self._row(-highspy.kHighsInf, NUDGE, lifted)
        if cone.least_mean:  # a coefficient over nothing at all is undefined, not within its limit
            above = {mean: 1.0} if given_up is None else {mean: 1.0, given_up: cone.least_mean}
            self._row(cone.least_mean, highspy.kHighsInf, above)
        return mean, parts

    def cut(self, spread: int, ratios: Sequence[float]) -> None:
        """One more tangent a part: τ − 2ρ (y − m) + ρ² m ≥ 0."""
        mean, parts = self.lifted[spread]
        cone = self.cones[spread]
        for part, base, slopes, ratio in zip(parts, cone.bases, cone.slopes, ratios, strict=True):
            terms: Terms = {part: 1.0, mean: 2 * ratio + ratio**2}
            for lever, slope in slopes.items():
                terms[lever] = -2 * ratio * slope
            self._row(2 * ratio * base, highspy.kHighsInf, terms)

    def cut_at(self, amounts: Sequence[float]) -> None:
        """Tangents where the values of these amounts touch their cones."""
        held = dict(enumerate(amounts))
        for place, cone in enumerate(self.cones):
            ratios = cone.ratios(held)
            if ratios is not None:
                self.cut(place, ratios)

    def cut_around(self, amounts: Sequence[float]) -> None:
        """Tangents at the whole numbers of units next to these amounts: there the cones are exact."""
        held = dict(enumerate(amounts))
        for place, cone in enumerate(self.cones):
            for steps in AROUND:
                ratios = cone.ratios(held, steps=steps)
                if ratios is not None:
                    self.cut(place, ratios)

    def give_up_at_most(self, number: int, among: Unmet | None = None) -> None:
        """From now on no more requirements, or of these no more, are given up than so many."""
        columns = self.given_up
        if among is not None:
            needs = [self.behind[n][2] for n in among.needs if n in self.behind]
            demands = [self.waived.get(("demand", d)) for d in among.demands]
            columns = [column for column in (*needs, *demands) if column is not None]
        self._row(-highspy.kHighsInf, number, dict.fromkeys(columns, 1.0))

    def completed(self, amounts: Sequence[int], left: Unmet) -> list[float]:
        """All columns where the levers are at these amounts, which leave this unmet.

        The solver is given them all: what it has to complete itself it searches for, and tells the
        bound of that search as if it were of this one."""
        values = [0.0] * len(self.costs)
        values[: len(amounts)] = map(float, amounts)
        for need, (row, behind, given_up) in self.behind.items():
            reached = sum((s * amounts[lever] for lever, s in row.steps.items()), Fraction(0))
            values[behind] = float(reached < row.limit and need not in left.needs)
            if given_up is not None:
                values[given_up] = float(need in left.needs)
        for kind, places in (("demand", left.demands), ("spread", left.spreads)):
            for place in places:
                if (kind, place) in self.waived:
                    values[self.waived[kind, place]] = 1.0
        held = dict(enumerate(values[: len(amounts)]))
        for (mean, parts), cone in zip(self.lifted, self.cones, strict=True):
            values[mean], shares = cone.mean(held), cone.ratios(held) or ()
            for part, share in zip(parts, shares, strict=False):
                values[part] = share**2 * values[mean]
        return values

    # --- solving ---------------------------------------------------------------------------------

    def least_cost(
        self, *, gap: float, seconds: float, nodes: int, start: Sequence[float] = (),
        heard: Heard | None = None,
    ) -> Found:  # fmt: skip
        """The least cost, in yuan, down to the relative gap, or until `heard` says enough."""
        hear = None if heard is None else (lambda bound, x: heard(bound * self.scale, x))
        found = solved(
            self.model, self.costs, levers=len(self.problem.levers), gap=gap, absolute=COST_GAP,
            seconds=seconds, nodes=nodes, start=start, heard=hear,
        )  # fmt: skip
        return replace(found, value=found.value * self.scale, bound=found.bound * self.scale)

    def fewest_given_up(self, *, seconds: float, nodes: int) -> Found:
        """As few requirements given up as can be."""
        costs = [0.0] * len(self.costs)
        for place in self.given_up:
            costs[place] = 1.0
        return solved(
            self.model, costs, levers=len(self.problem.levers), gap=0.0, absolute=WHOLE_GAP,
            seconds=seconds, nodes=nodes,
        )  # fmt: skip

    def weighed(self, price: float) -> tuple[list[float], float]:
        """Costs of all columns for number given up + price × yuan, and what one given up comes to."""
        # In yuan, scaled: in requirements a yuan would cost less than the solver's tolerance, nothing.
        costs = [cost * FINER for cost in self.costs]
        each = FINER / (price * self.scale)
        for place in self.given_up:
            costs[place] = each
        return costs, each

    def least_weighed(
        self, price: float, *, seconds: float, nodes: int, enough: float = inf,
        start: Sequence[float] = (),
    ) -> Found:  # fmt: skip
        """Least number given up + price × yuan; that it is no less than `enough` is all there is to know."""
        costs, each = self.weighed(price)
        found = solved(
            self.model, costs, levers=len(self.problem.levers), gap=0.0,
            absolute=WEIGHED_GAP * each, seconds=seconds, nodes=nodes, start=start,
            heard=lambda bound, _: bound >= enough * each,
        )  # fmt: skip
        return replace(found, value=found.value / each, bound=found.bound / each)

    def rounded(
        self, around: Sequence[float], free: frozenset[int], *, gap: float, seconds: float, nodes: int,
        heard: Heard | None = None,
    ) -> Found:  # fmt: skip
        """The least cost among the amounts next to these, of `free` levers any: soon found. What is
        heard of a bound holds for these amounts only."""
        for i, amount in enumerate(around):
            lever = self.problem.levers[i]
            if i in free or lever.fine:
                continue
            wide = NEAR * amount
            low, high = np.floor(amount - wide + 1e-6), np.ceil(amount + wide - 1e-6)
            most = min(_high(lever), max(high, low) + 1)
            self.model.changeColBounds(i, max(0.0, low), most)
        found = self.least_cost(gap=gap, seconds=seconds, nodes=nodes, heard=heard)
        for i, lever in enumerate(self.problem.levers):
            self.model.changeColBounds(i, 0.0, _high(lever))
        return found


def _high(lever: Lever) -> float:
    return highspy.kHighsInf if lever.most is None else float(lever.most)
