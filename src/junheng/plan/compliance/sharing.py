"""Money that does not do for all: which county gets how much, so that the fewest requirements stay unmet.

A yuan is given a price μ in requirements. Then every county is a problem of its own: least
(given up + μ × yuan). The sum over the counties less μ × budget bounds the fewest that can stay unmet, whatever μ;
and for a plan with at most F unmet the same sum less F, over μ, bounds what it costs. μ is sought by
halving until the counties together spend about the budget. Of all plans that were met on the way one
a county is taken, the fewest unmet that the money pays, and what is left of it is spent one by one.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import ceil, inf, sqrt

import highspy
import numpy as np

from junheng.plan.compliance.checking import broken, overstepped, unmet
from junheng.plan.compliance.effort import SURE, Answer, Effort, Progress, bound_for
from junheng.plan.compliance.footing import Footing
from junheng.plan.compliance.outward import most_of
from junheng.plan.compliance.problem import Cap, Problem
from junheng.plan.compliance.programme import Programme
from junheng.plan.compliance.repairing import mending, repaired, whole
from junheng.plan.compliance.solver import quiet_model, solved
from junheng.plan.compliance.splitting import Piece, Split

HALVINGS = 6
"""Prices tried; each solves every county once."""
NODES = 60
"""Of a county at one price."""


@dataclass(frozen=True)
class _Plan:
    """One plan of one county."""

    left: int
    cost: Fraction
    amounts: tuple[int, ...]


class _County:
    """A piece, its programme and every plan of it that was met."""

    def __init__(self, piece: Piece, answer: Answer) -> None:
        self.piece = piece
        self.programme = Programme(piece.problem, giving_up=True) if piece.levers else None
        self.plans: list[_Plan] = []
        self.keep(tuple(0 for _ in piece.levers))
        self.keep(answer.amounts)
        if self.programme is not None:
            self.programme.cut_at(answer.amounts)

    def keep(self, amounts: tuple[int, ...]) -> _Plan | None:
        problem = self.piece.problem
        if broken(problem, amounts):
            return None
        plan = _Plan(len(unmet(problem, amounts)), problem.cost(amounts), amounts)
        self.plans.append(plan)
        return plan

    def at(self, price: float, seconds: float) -> tuple[float, Fraction]:
        """The bound of (given up + price × yuan), and what the plan found there spends."""
        if self.programme is None:
            return float(self.plans[0].left), Fraction(0)
        known = min(self.plans, key=lambda p: p.left + price * float(p.cost))
        start = self.programme.completed(known.amounts, unmet(self.piece.problem, known.amounts))
        found = self.programme.least_weighed(price, seconds=seconds, nodes=NODES, start=start)
        if found.amounts:
            held = whole(self.piece.problem, found.amounts)
            self.programme.cut_at(found.amounts)
            self.keep(held)
            over = overstepped(self.piece.problem, held)
            mended = repaired(self.piece.problem, held, over)
            self.keep(mended)
        best = min(self.plans, key=lambda p: p.left + price * float(p.cost))
        return found.bound, best.cost


def share(
    problem: Problem, parted: Split, answers: Sequence[Answer], *,
    effort: Effort, told: Callable[[Progress], bool],
) -> Answer | None:  # fmt: skip
    """The fewest unmet for the money of the one limit across the pieces; None where that limit is of
    something else than money."""
    (money,) = parted.ties
    if any(weight != problem.levers[i].cost for i, weight in money.weights.items()):
        return None
    counties = [_County(*each) for each in zip(parted.pieces, answers, strict=True)]
    fewest, best, bounds = 0, None, []
    for price in _prices(counties, money, effort):
        total = price.total - SURE
        fewest = max(fewest, ceil(total - price.yuan * float(money.most) - SURE))
        bounds.append((total, price.yuan))
        best = _best(problem, parted, counties, money, best)
        left = len(unmet(problem, best))
        step = f"经费按每项{1 / price.yuan / 10_000:,.0f}万元分配，{left}项达不到，至少{fewest}项"
        if not told(Progress(step, problem.cost(best), 0.0, None)) or left <= fewest:
            break
    assert best is not None, "there is at least one price"
    held, cost = unmet(problem, best), problem.cost(best)
    least = max((total - len(held)) / yuan for total, yuan in bounds)
    return Answer(best, cost, bound_for(cost, max(0.0, least)), held, min(fewest, len(held)))


@dataclass(frozen=True)
class _Price:
    yuan: float
    """Requirements a yuan."""
    total: float
    """Least (given up + price × yuan) of all counties, a bound."""


def _prices(counties: Sequence[_County], money: Cap, effort: Effort) -> Iterator[_Price]:
    """Prices at which all counties were asked, ever nearer to spending just the money."""
    nothing = sum(county.plans[0].left for county in counties)
    full = [county.plans[-1] for county in counties]
    gained, spent = nothing - sum(p.left for p in full), float(sum(p.cost for p in full))
    price = max(1, gained) / max(1.0, spent)
    low, high = 0.0, inf
    seconds = effort.seconds / (HALVINGS * max(1, len(counties)))
    for _ in range(HALVINGS):
        told = [county.at(price, seconds) for county in counties]
        yield _Price(price, sum(bound for bound, _ in told))
        if sum(cost for _, cost in told) > money.most:
            low = price
            price = price * 2 if high == inf else sqrt(low * high)
        else:
            high = price
            price = price / 2 if low == 0 else sqrt(low * high)


def _best(
    problem: Problem, parted: Split, counties: Sequence[_County], money: Cap,
    before: tuple[int, ...] | None,
) -> tuple[int, ...]:  # fmt: skip
    """One plan a county, the fewest unmet that the money pays; the rest of the money spent."""
    amounts = [0] * len(problem.levers)
    for piece, plan in zip(parted.pieces, _picked(counties, money), strict=True):
        for lever, number in zip(piece.levers, plan.amounts, strict=True):
            amounts[lever] = number
    found = _spent(problem, tuple(amounts), money)
    if before is None or len(unmet(problem, found)) < len(unmet(problem, before)):
        return found
    return before


def _picked(counties: Sequence[_County], money: Cap) -> list[_Plan]:
    """The choice of plans with the fewest unmet; of as few the cheapest, nearly."""
    plans = [(c, plan) for c, county in enumerate(counties) for plan in county.plans]
    model, unit = quiet_model(), max(1.0, float(money.most))
    costs = [plan.left + float(plan.cost) / (2 * unit) for _, plan in plans]
    for place in range(len(plans)):
        model.addVar(0, 1)
        model.changeColIntegrality(place, highspy.HighsVarType.kInteger)
    every = np.arange(len(plans), dtype=np.int32)
    most = most_of([plan.cost for _, plan in plans], money.most, unit)
    model.addRow(-inf, most, len(plans), every,
                 np.array([float(plan.cost) / unit for _, plan in plans]))  # fmt: skip
    for c in range(len(counties)):
        mine = np.array([i for i, (county, _) in enumerate(plans) if county == c], dtype=np.int32)
        model.addRow(1, 1, len(mine), mine, np.ones(len(mine)))
    found = solved(
        model, costs, levers=len(plans), gap=0.0, absolute=1e-6, seconds=inf, nodes=10_000
    )
    chosen = {c: plan for (c, plan), x in zip(plans, found.amounts, strict=True) if round(x)}
    return [chosen[c] for c in range(len(counties))]


def _spent(problem: Problem, amounts: tuple[int, ...], money: Cap) -> tuple[int, ...]:
    """The amounts with the cheapest needs met one by one while the money lasts."""
    footing = Footing(problem, amounts)
    left = money.most - sum(w * amounts[i] for i, w in money.weights.items() if amounts[i])
    steps = sorted(mending(problem, footing, unmet(problem, amounts).needs))
    for cost, number, lever in steps:
        if cost <= left and footing.room(lever) >= number:
            footing.add(lever, number)
            left -= cost
    found = tuple(footing.held)
    better = len(unmet(problem, found)) < len(unmet(problem, amounts))
    return found if better and not broken(problem, found) else amounts
