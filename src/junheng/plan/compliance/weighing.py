"""One county at a price of the yuan: what it had better meet and what leave, and what that proves.

Least (given up + price × yuan). Without the coefficients of variation that is answered within a second,
exactly: schools hardly depend on each other. Which coefficients had better be met is decided outside the
programme, best first: each node meets some, gives some up, and says nothing of the others, which makes it a
bound. One that the answer of a node oversteps is met in one child and given up in the other. A node is
looked at without whole numbers first, which mostly does; only the best is solved.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from fractions import Fraction
from heapq import heappop, heappush
from math import inf

import highspy
import numpy as np

from junheng.plan.compliance.checking import broken, everything, overstepped, unmet
from junheng.plan.compliance.effort import SURE, Answer
from junheng.plan.compliance.footing import Footing
from junheng.plan.compliance.problem import Problem
from junheng.plan.compliance.programme import Programme
from junheng.plan.compliance.repairing import repaired, whole
from junheng.plan.compliance.solver import Found
from junheng.plan.compliance.splitting import Piece

NODES = 500
"""Of the solver, for one programme."""
LOOKED, SOLVED = 200, 40
"""Nodes of the search over coefficients: looked at without whole numbers, and solved."""
LOOSE_ROUNDS = 30
"""Programmes without whole numbers, each with the tangents of the answer before."""
SETTLED = 1e-3
"""Requirements: a loose bound that rises by less has come to its tangents."""
LEAST_SECONDS = 0.2
"""For a county at a price, and for a programme that was begun."""
BESIDE, BESIDE_GAP = (2, 1, -1, -2), 0.001
"""Requirements more than the best plan leaves, ever fewer; relative gap of what that costs."""
NEAR = 0.01
"""Requirements between a bound and a plan that are not worth looking for."""
MENDED, STEPS = 4, 60
"""Coefficients that are mended in an answer without them, and additions tried for each: a plan for little
money is far from most of them, and to try them all takes minutes."""


Kept = frozenset[int]


@dataclass(frozen=True)
class Line:
    """What one plan leaves unmet and costs: at every price it comes to left + price × cost."""

    left: int
    cost: Fraction
    amounts: tuple[int, ...]

    def at(self, price: float) -> float:
        return self.left + price * float(self.cost)


@dataclass(order=True)
class _Node:
    """A share of the plans: those that meet some coefficients and give some up."""

    bound: float
    number: int
    kept: Kept = field(compare=False)
    dropped: Kept = field(compare=False)


class Weighed:
    """A piece, its programme without coefficients, and every plan of it that was met."""

    def __init__(self, piece: Piece, answer: Answer) -> None:
        self.piece = piece
        self.linear = replace(piece.problem, spreads=())
        self.programme = _programme(self.linear) if piece.levers else None
        self.spent = 0.0
        """Seconds of the solver."""
        self.plans: list[Line] = []
        self.loose: list[Line] = []
        """The same with coefficients apart."""
        for amounts in (tuple(0 for _ in piece.levers), answer.amounts):
            self.keep(amounts)

    def keep(self, amounts: tuple[int, ...]) -> Line | None:
        """A plan that is met; None where it oversteps a limit."""
        problem = self.piece.problem
        if broken(problem, amounts):
            return None
        cost = problem.cost(amounts)
        left = unmet(problem, amounts)
        self.loose.append(Line(len(left) - len(left.spreads), cost, amounts))
        self.plans.append(Line(len(left), cost, amounts))
        return self.plans[-1]

    def best(self, price: float) -> float:
        """The least that a known plan comes to."""
        return min(plan.at(price) for plan in self.plans)

    def overstepped(self, price: float) -> int:
        """Coefficients that the best plan without them is over."""
        best = min(self.loose, key=lambda plan: plan.at(price))
        return len(overstepped(self.piece.problem, best.amounts))

    def loosely(self, price: float, seconds: float) -> float:
        """The bound without coefficients; plans of the answer, as it is and mended, are kept."""
        if self.programme is None:
            return self.best(price) - len(overstepped(self.piece.problem, ()))
        found = self.solve(self.programme, price, seconds)
        if found.amounts:
            held = whole(self.linear, found.amounts)
            self.keep(held)
            over = overstepped(self.piece.problem, held)
            if 0 < len(over) <= MENDED:
                self.keep(repaired(self.piece.problem, held, over, steps=STEPS))
        return found.bound

    def exactly(self, price: float, seconds: float) -> float:
        """The bound with coefficients; plans that are met on the way are kept."""
        if self.programme is None:
            return self.best(price)
        return _Search(self, price, seconds).run()

    def beside(self, price: float, seconds: float) -> None:
        """Look for plans that leave one or two more or fewer than the best at this price, with the same
        coefficients met: between the lowest lines, for money to come out even."""
        if self.programme is None:
            return
        best = min(self.plans, key=lambda plan: plan.at(price))
        problem, before, until = self.piece.problem, self.spent, self.spent + seconds
        left = unmet(problem, best.amounts)
        programme = _keeping(problem, frozenset(range(len(problem.spreads))) - set(left.spreads))
        _loose(programme, price)
        self.spent += programme.model.getRunTime()
        for more in BESIDE:
            number = len(left) - len(left.spreads) + more
            if number < 0 or self.spent >= until:
                break
            programme.give_up_at_most(number)
            found = programme.least_cost(gap=BESIDE_GAP, seconds=max(LEAST_SECONDS, until - self.spent), nodes=NODES)  # fmt: skip
            self.spent = before + programme.model.getRunTime()
            if found.amounts:
                held = whole(problem, found.amounts)
                self.keep(held)
                self.keep(repaired(problem, held, overstepped(programme.problem, held)))

    def solve(
        self, programme: Programme, price: float, seconds: float, enough: float = inf
    ) -> Found:
        """One run of the solver, its time counted."""
        begun = programme.model.getRunTime()
        found = programme.least_weighed(price, seconds=seconds, nodes=NODES, enough=enough)
        self.spent += programme.model.getRunTime() - begun
        return found


def _programme(problem: Problem) -> Programme:
    """Every need and demand may be given up; coefficients are met."""
    return Programme(problem, giving_up=replace(everything(problem), spreads=()))


def _keeping(problem: Problem, kept: Kept) -> Programme:
    """The programme that meets these coefficients and is not asked the others."""
    return _programme(replace(problem, spreads=tuple(problem.spreads[s] for s in sorted(kept))))


@dataclass
class _Met:
    """What is known where some coefficients are met, whatever becomes of the others."""

    programme: Programme
    bound: float
    """Without whole numbers until it is solved."""
    solved: bool = False
    amounts: tuple[int, ...] = ()
    """Of the last answer; empty where there was none."""
    again: bool = False
    """Whether another round, with the tangents of that answer, might say more."""


class _Search:
    """One search over which coefficients are met."""

    def __init__(self, county: Weighed, price: float, seconds: float) -> None:
        self.county, self.problem = county, county.piece.problem
        self.price, self.until = price, county.spent + seconds
        self.met: dict[Kept, _Met] = {}

    def run(self) -> float:
        """No plan comes to less."""
        nobody: Kept = frozenset()
        waiting, made = [_Node(0.0, 0, nobody, nobody)], 0
        while waiting[0].bound < self._best() - NEAR and not self._ended():
            node = heappop(waiting)
            bound = self._bound(node)
            if bound > node.bound:  # another may be the lowest now
                heappush(waiting, replace(node, bound=bound))
                continue
            met = self.met[node.kept]
            if not met.solved:
                self._solve(node, met)
                heappush(waiting, node)
                continue
            worst = self._overstepped(node, met)
            if worst is None:  # nothing to decide: the rest is between solver and repair
                heappush(waiting, node)
                if not met.again:
                    break
                self._solve(node, met)
                continue
            for kept, dropped in (({worst}, nobody), (nobody, {worst})):
                made += 1
                child = _Node(node.bound, made, node.kept | kept, node.dropped | dropped)
                heappush(waiting, child)
        return min(waiting[0].bound, self._best())

    def _best(self) -> float:
        return self.county.best(self.price)

    def _ended(self) -> bool:
        spent = self.county.spent >= self.until
        solved = sum(met.solved for met in self.met.values())
        return spent or len(self.met) >= LOOKED or solved >= SOLVED

    def _bound(self, node: _Node) -> float:
        """What the node is known to come to, looked at if it was not yet."""
        if node.kept not in self.met:
            self.met[node.kept] = self._look(node.kept)
        return max(node.bound, self.met[node.kept].bound + len(node.dropped))

    def _look(self, kept: Kept) -> _Met:
        programme = _keeping(self.problem, kept)
        bound = _loose(programme, self.price) if kept else 0.0
        self.county.spent += programme.model.getRunTime()
        return _Met(programme, bound)

    def _solve(self, node: _Node, met: _Met) -> None:
        """Bound and answer of the programme that meets the node's coefficients."""
        first, before, met.solved, met.again = not met.solved, met.bound, True, False
        left = max(LEAST_SECONDS, self.until - self.county.spent)
        enough = self._best() - NEAR - len(node.dropped)
        found = self.county.solve(met.programme, self.price, left, enough)
        met.bound = max(before, inf if found.possible is False else found.bound)
        if not found.amounts:
            return
        met.amounts = whole(self.problem, found.amounts)
        self.county.keep(met.amounts)
        over = [s for s in overstepped(self.problem, met.amounts) if s in node.kept]
        if over:
            self.county.keep(repaired(self.problem, met.amounts, over))
            met.programme.cut_at(found.amounts)
        met.again = bool(over) and (first or met.bound > before + NEAR / 2)

    def _overstepped(self, node: _Node, met: _Met) -> int | None:
        """The coefficient furthest over its limit of which the node says nothing yet."""
        if not met.amounts:
            return None
        said = node.kept | node.dropped
        left = [place for place in overstepped(self.problem, met.amounts) if place not in said]
        sums = Footing(self.problem, met.amounts).sums

        def far(place: int) -> float:
            each = sums[place]
            return each.now / (each.limit * each.mean**2) if each.mean > 0 else inf

        return max(left, key=far, default=None)


def _loose(programme: Programme, price: float) -> float:
    """The bound without whole numbers; tangents where they were needed stay in the programme."""
    model, columns, whole = programme.model, len(programme.costs), programme.whole
    costs, each = programme.weighed(price)
    _taken_as(model, whole, highspy.HighsVarType.kContinuous)
    model.changeColsCost(columns, np.arange(columns, dtype=np.int32), np.array(costs))
    bound, amounts = -inf, []
    for _ in range(LOOSE_ROUNDS):
        model.run()
        if model.getModelStatus() != highspy.HighsModelStatus.kOptimal:
            break
        before, bound = bound, model.getInfo().objective_function_value / each
        amounts = list(model.getSolution().col_value[: len(programme.problem.levers)])
        if bound - before < SETTLED:
            break
        programme.cut_at(amounts)
    if amounts:
        programme.cut_around(amounts)
    _taken_as(model, whole, highspy.HighsVarType.kInteger)
    return max(0.0, bound - SURE)


def _taken_as(model: highspy.Highs, columns: Sequence[int], kind: highspy.HighsVarType) -> None:
    places = np.array(columns, dtype=np.int32)
    model.changeColsIntegrality(len(columns), places, np.array([kind] * len(columns)))
