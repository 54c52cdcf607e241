"""What can be met with less money: the fewest requirements left unmet under each of several budgets.

Of the requirements the coefficients of variation are set aside first: what is left is a linear
programme whose whole-number optimum is found within seconds, and is a bound, for no plan leaves fewer
requirements unmet than it leaves of the others. The plan found is then judged with every
coefficient, exactly. A plan for less money is one for more: the points never get worse with money.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from math import ceil, inf

from junheng.plan.compliance.checking import Unmet, broken, overstepped, unmet
from junheng.plan.compliance.effort import at_least
from junheng.plan.compliance.problem import Cap, Problem
from junheng.plan.compliance.programme import Programme
from junheng.plan.compliance.repairing import repaired, whole
from junheng.plan.compliance.searching import Effort, Progress

POINTS = 10
"""Budgets between nothing and what the whole plan costs."""
STEPS = 100
"""Additions tried to bring a coefficient within its limit with what money is left."""


@dataclass(frozen=True)
class Point:
    """The best found for one budget."""

    budget: Fraction
    """Yuan, all counties together."""
    amounts: tuple[int, ...]
    cost: Fraction
    """Yuan; not above the budget."""
    unmet: Unmet
    fewest: int
    """No plan for this money leaves fewer unmet."""


def steps_of(cost: Fraction, points: int) -> list[Fraction]:
    """So many budgets above nothing, in whole yuan, the last of them the cost."""
    return [Fraction(ceil(cost * k / points)) if k < points else cost for k in range(1, points + 1)]


def frontier(
    problem: Problem,
    whole_plan: tuple[Sequence[int], int, float],
    budgets: Sequence[Fraction],
    *,
    effort: Effort,
    told: Callable[[Progress], bool] = lambda _: True,
) -> Iterator[Point]:
    """A point for no money and one for each budget, from the least.

    `whole_plan`: its amounts, how few unmet are proven whatever it costs, and the least that so
    few cost: with less money there is at least one more. Ends early, with the points so far, where
    `told` says False."""
    full, fewest, bound = whole_plan
    cost = problem.cost(full)
    best = tuple(0 for _ in problem.levers)
    left = unmet(problem, best)
    yield Point(Fraction(0), best, Fraction(0), left, 0 if _free(problem) else len(left))
    each = replace(effort, seconds=effort.seconds / max(1, len(set(budgets))))
    for budget in sorted(set(budgets)):
        tried, least = [best], fewest
        if budget >= cost:
            tried.append(tuple(full))
        else:
            found, least = _within(problem, budget, each)
            tried += found
        best = min(tried, key=lambda each: (len(unmet(problem, each)), problem.cost(each)))
        left, spent = unmet(problem, best), problem.cost(best)
        least = max(least, fewest + (budget < bound))
        yield Point(budget, best, spent, left, min(least, len(left)))
        step = f"经费{float(budget) / 10_000:,.1f}万元，{len(left)}项达不到"
        if not told(Progress(step, spent, 0.0, None)):
            return


def _free(problem: Problem) -> bool:
    """Whether something can be done for nothing."""
    return any(not lever.cost and lever.sign >= 0 for lever in problem.levers)


def _within(
    problem: Problem, budget: Fraction, effort: Effort
) -> tuple[list[tuple[int, ...]], int]:
    """Plans that this money pays, and how few unmet are proven to be unavoidable with it.

    The bound is of all the money. A fine amount is rounded up to the yuan after it was found: where
    that overspends, a second plan is sought with so much money kept back."""
    paid = {i: lever.cost for i, lever in enumerate(problem.levers) if lever.cost}
    money = Cap("经费", paid, budget)
    bounded = replace(problem, caps=(*problem.caps, money))
    plans, fewest = _found(bounded, bounded, effort)
    kept = sum((lever.cost for lever in problem.levers if lever.fine), Fraction(0))
    if kept and min((len(unmet(bounded, each)) for each in plans), default=inf) > fewest:
        less = replace(money, most=max(Fraction(0), budget - kept))
        plans += _found(replace(problem, caps=(*problem.caps, less)), bounded, effort)[0]
    return plans, fewest


def _found(asked: Problem, bounded: Problem, effort: Effort) -> tuple[list[tuple[int, ...]], int]:
    """Plans for one limit of money that are within the other, and the bound of the one."""
    programme = Programme(replace(asked, spreads=()), giving_up=True)
    found = programme.fewest_given_up(seconds=effort.seconds, nodes=effort.nodes)
    fewest = max(0, at_least(found.bound))
    if not found.amounts:
        return [], fewest
    held = whole(bounded, found.amounts)
    mended = repaired(bounded, held, overstepped(bounded, held), steps=STEPS)
    return [each for each in (held, mended) if not broken(bounded, each)], fewest


__all__ = ["POINTS", "Point", "frontier", "steps_of"]
