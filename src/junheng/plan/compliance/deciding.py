"""Which coefficients of variation a county had better meet at a price of the yuan, best first.

Each node meets some, gives some up, and says nothing of the others, which makes it a bound. It is
answered without whole numbers; a coefficient that the answer oversteps is met in one child and given up in
the other. Where there is none the answer is rounded, and made whole with its choices held; only then, if bound and
plan are still apart, is the programme of the node solved.
"""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field, replace
from heapq import heappop, heappush
from math import inf
from time import perf_counter
from typing import Protocol

from junheng.plan.compliance.checking import everything, overstepped, unmet
from junheng.plan.compliance.footing import Footing
from junheng.plan.compliance.halves import Halved, given_up, halved, held_to
from junheng.plan.compliance.numbers import Cone, cone_of
from junheng.plan.compliance.problem import Problem
from junheng.plan.compliance.programme import Programme
from junheng.plan.compliance.repairing import roundings
from junheng.plan.compliance.solver import is_ended

NODES = 500
"""Of the solver, for one programme."""
LOOKED, SOLVED = 300, 40
"""Nodes of the search: answered without whole numbers, and solved."""
HELD_SECONDS, SOLVE_SECONDS = 5.0, 15.0
"""For a programme with its choices held, and for one as it is: what is still open then stays so."""
LEAST_SECONDS = 0.2
"""For a programme that was begun, and for a county at a price."""
OVER = 1e-4
"""Share of a limit, squared, that a coefficient of amounts by halves is over where it is overstepped."""

Kept = frozenset[int]


class Plan(Protocol):
    """A plan that is known."""

    @property
    def amounts(self) -> tuple[int, ...]: ...
    def at(self, price: float) -> float: ...


class Plans(Protocol):
    """Where the plans go that are met on the way."""

    def keep(self, amounts: tuple[int, ...]) -> object: ...
    def keep_near(
        self, found: Sequence[float], given_up: Collection[int]
    ) -> tuple[int, ...] | None: ...
    def best(self, price: float) -> Plan: ...


def keeping(problem: Problem, kept: Kept) -> Programme:
    """The programme that meets these coefficients and is not asked the others; everything else may be
    given up."""
    asked = replace(problem, spreads=tuple(problem.spreads[s] for s in sorted(kept)))
    return Programme(asked, giving_up=replace(everything(asked), spreads=()))


@dataclass(order=True)
class _Node:
    """A share of the plans: those that meet some coefficients and give some up."""

    bound: float
    number: int
    kept: Kept = field(compare=False)
    dropped: Kept = field(compare=False)


@dataclass
class _Met:
    """What is known where some coefficients are met, whatever becomes of the others."""

    programme: Programme
    near: Halved
    bound: float
    over: dict[int, float]
    """Coefficients that the last answer oversteps, and how far."""
    tried: bool = False
    """Whether it was rounded."""
    solved: bool = False
    again: bool = True
    """Whether another run of the solver, with the tangents of the last answer, might say more."""


class Deciding:
    """One search over which coefficients are met."""

    def __init__(
        self, problem: Problem, plans: Plans, price: float, *, near: float, seconds: float
    ) -> None:
        """`near`: requirements between a bound and a plan that are not worth looking for."""
        self.problem, self.plans, self.price, self.near = problem, plans, price, near
        self.until = perf_counter() + seconds
        self.cones: list[Cone] = [cone_of(problem, spread) for spread in problem.spreads]
        self.met: dict[Kept, _Met] = {}

    def run(self) -> float:
        """No plan comes to less."""
        nobody: Kept = frozenset()
        waiting, made = [_Node(0.0, 0, nobody, nobody)], 0
        while waiting[0].bound < self._best() - self.near and not self._ended():
            node = heappop(waiting)
            bound = self._bound(node)
            if bound > node.bound:  # another may be the lowest now
                heappush(waiting, replace(node, bound=bound))
                continue
            met = self.met[node.kept]
            worst = self._overstepped(node, met)
            if worst is None:
                heappush(waiting, node)
                if not met.again:  # the rest is between solver and repair
                    break
                self._answer(node, met)
                continue
            for kept, dropped in (({worst}, nobody), (nobody, {worst})):
                made += 1
                child = _Node(node.bound, made, node.kept | kept, node.dropped | dropped)
                heappush(waiting, child)
        return min(waiting[0].bound, self._best())

    def _best(self) -> float:
        return self.plans.best(self.price).at(self.price)

    def _ended(self) -> bool:
        spent = perf_counter() >= self.until
        solved = sum(met.solved for met in self.met.values())
        return spent or is_ended() or len(self.met) >= LOOKED or solved >= SOLVED

    def _left(self) -> float:
        return max(LEAST_SECONDS, self.until - perf_counter())

    def _bound(self, node: _Node) -> float:
        """What the node is known to come to, looked at if it was not yet."""
        if node.kept not in self.met:
            programme = keeping(self.problem, node.kept)
            near = halved(programme, self.price)
            over = dict(self._over_by_halves(near))
            self.met[node.kept] = _Met(programme, near, near.bound, over)
        return max(node.bound, self.met[node.kept].bound + len(node.dropped))

    def _overstepped(self, node: _Node, met: _Met) -> int | None:
        """The coefficient furthest over its limit of which the node says nothing yet."""
        left = [place for place in met.over if place not in node.kept | node.dropped]
        return max(left, key=met.over.__getitem__, default=None)

    def _over_by_halves(self, near: Halved) -> Iterator[tuple[int, float]]:
        amounts = dict(enumerate(near.columns[: len(self.problem.levers)]))
        for place, cone in enumerate(self.cones if amounts else ()):
            ratios = cone.ratios(amounts)
            weighed = zip(cone.variance_weights, ratios or (), strict=False)
            share = sum(v * r**2 for v, r in weighed) / cone.square if ratios else inf
            if share > 1 + OVER:
                yield place, share

    def _over(self, amounts: tuple[int, ...]) -> Iterator[tuple[int, float]]:
        sums = Footing(self.problem, amounts).sums
        for place in overstepped(self.problem, amounts):
            each = sums[place]
            yield place, each.now / (each.limit * each.mean**2) if each.mean > 0 else inf

    # --- answers ---------------------------------------------------------------------------------

    def _answer(self, node: _Node, met: _Met) -> None:
        """Plans of the node next to its answer by halves; the next time its programme is solved."""
        if not met.tried and met.near.columns:
            met.tried = True
            self._round(node, met)
        else:
            self._solve(node, met)

    def _round(self, node: _Node, met: _Met) -> None:
        levers = len(self.problem.levers)
        left = given_up(met.programme, met.near, node.dropped)
        for amounts in roundings(self.problem, met.near.columns[:levers], left):
            self.plans.keep(amounts)
        if met.bound + len(node.dropped) < self._best() - self.near:
            seconds = min(HELD_SECONDS, self._left())
            found = held_to(
                met.programme, met.near, self.price, seconds=seconds, nodes=NODES, start=self._start(met)
            )  # fmt: skip
            self.plans.keep_near(found.amounts, node.dropped)

    def _solve(self, node: _Node, met: _Met) -> None:
        """Bound and answer of the programme that meets the node's coefficients."""
        first, before, met.solved, met.again = not met.solved, met.bound, True, False
        found = met.programme.least_weighed(
            self.price, seconds=min(SOLVE_SECONDS, self._left()), nodes=NODES, start=self._start(met),
            enough=self._best() - self.near - len(node.dropped),
        )  # fmt: skip
        met.bound = max(before, inf if found.possible is False else found.bound)
        held = self.plans.keep_near(found.amounts, node.dropped)
        if held is None:
            return
        met.over = dict(self._over(held))
        if met.over.keys() & node.kept:
            met.programme.cut_at(found.amounts)
            met.again = first or met.bound > before + self.near / 2

    def _start(self, met: _Met) -> Sequence[float]:
        """All columns of the best plan, where it meets what the programme does."""
        amounts = self.plans.best(self.price).amounts
        left = unmet(met.programme.problem, amounts)
        return () if left.spreads else met.programme.completed(amounts, left)
