"""The third goal: as few teachers moved as can be, at no more cost and with no more left unmet."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from time import perf_counter

from junheng.plan.compliance.checking import broken, unmet
from junheng.plan.compliance.effort import Answer, Effort, at_least, bound_for
from junheng.plan.compliance.problem import Cap, Problem
from junheng.plan.compliance.programme import Programme
from junheng.plan.compliance.relaxation import relax
from junheng.plan.compliance.repairing import whole
from junheng.plan.compliance.worth import Group, without

FREE, ONE = Fraction(0), Fraction(1)
HALF = 1 / 2
"""Of a teacher: below, nothing is left to gain."""
ROUNDS, NODES = 4, 20
"""Of the search: what is left to gain at the same cost is little, and the bound is near."""
SHARE = 1 / 4
"""Of the search's time."""


@dataclass(frozen=True)
class Moved:
    """An answer, and how many teachers change school in it."""

    answer: Answer
    teachers: int
    fewest: int
    """No plan that meets the same, at no more cost, moves fewer."""


def least_moved(problem: Problem, answer: Answer, *, effort: Effort) -> Moved:
    """The answer, or one as cheap that meets as much and moves fewer teachers; looked for no longer than
    a share of the search's time."""
    until = perf_counter() + effort.seconds * SHARE
    now = moved(problem, answer.amounts)
    if not now:
        return Moved(answer, 0, 0)
    asked = _counted(problem, answer)
    relaxed = relax(asked)
    fewest = min(now, at_least(relaxed.bound))
    if fewest == now:
        return Moved(answer, now, now)
    programme = Programme(asked)
    for amounts in (answer.amounts, relaxed.amounts):
        programme.cut_at(amounts)
    start = programme.completed(answer.amounts, unmet(asked, answer.amounts))
    for _ in range(ROUNDS):
        rest = until - perf_counter()
        if rest <= 0:
            break
        found = programme.least_cost(gap=HALF / now, seconds=rest, nodes=NODES, start=start)
        fewest = max(fewest, min(now, at_least(found.bound)))
        if not found.amounts or found.value >= now - HALF:
            break
        held = whole(asked, found.amounts)
        left = unmet(problem, held)
        if not broken(asked, held) and len(left) <= len(answer.unmet):
            cost = problem.cost(held)
            calm = Answer(held, cost, bound_for(cost, answer.bound), left, answer.fewest)
            return Moved(calm, moved(problem, held), fewest)
        programme.cut_at(found.amounts)
    return Moved(answer, now, fewest)


def _counted(problem: Problem, answer: Answer) -> Problem:
    """The problem where only moving costs, and money is a limit; what is unmet is not asked."""
    left = answer.unmet
    money = {i: lever.cost for i, lever in enumerate(problem.levers) if lever.cost}
    levers = tuple(
        replace(lever, cost=ONE if lever.pool and lever.sign > 0 else FREE)
        for lever in problem.levers
    )
    asked = replace(problem, levers=levers, caps=(*problem.caps, Cap("费用", money, answer.cost)))
    gone = Group("", "", frozenset(left.needs), frozenset(left.spreads), frozenset(left.demands))
    return without(asked, gone)


def moved(problem: Problem, amounts: Sequence[int]) -> int:
    """Teachers who change school, counted where they arrive."""
    return sum(
        n for lever, n in zip(problem.levers, amounts, strict=True) if lever.pool and lever.sign > 0
    )
