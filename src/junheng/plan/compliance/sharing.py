"""Money that does not do for all: which county gets how much, so that the fewest requirements stay unmet.

A yuan is given a price μ in requirements. Then every county is a problem of its own: least
(given up + μ × yuan). The sum over the counties less μ × budget bounds the fewest that can stay unmet, whatever μ;
and for a plan with at most F unmet the same sum less F, over μ, bounds what it costs. The bound is
concave in μ, and what the counties leave and spend at one price is a line above it: the next price is
where the lines on either side of the budget meet. At these prices the coefficients of variation are
set aside, for without them a county is answered within a second or two and exactly; a plan is judged
with them, and mended. At the best price the counties are then asked with their coefficients too. Of all
plans that were met on the way one a county is taken, the fewest unmet that the money pays, and what is
left of it is spent one by one.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from math import ceil, inf

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

PRICES = 8
"""Tried at most; each solves every county once, without its coefficients."""
LINEAR_NODES, NODES = 2_000, 60
"""Of a county at one price, without its coefficients and with them."""
PRICED, ONCE = 0.7, 1 / 2
"""Of the time, for the prices, the rest being for the counties with their coefficients; and of what is
left of that, for all counties at one price."""
LEAST_SECONDS = 0.2
"""For a county at a price."""
MENDED, STEPS = 4, 60
"""Coefficients that are mended in one plan, and additions tried for each: a plan for little money is far
from most of them, and to try them all takes minutes."""
ALIKE = 1e-3
"""Prices nearer than this share are one."""


@dataclass(frozen=True)
class _Plan:
    """One plan of one county."""

    left: int
    cost: Fraction
    amounts: tuple[int, ...]


@dataclass(frozen=True)
class _Told:
    """What one county answered at one price."""

    bound: float
    """Of (given up + price × yuan)."""
    left: int
    """Given up in the answer, coefficients apart."""
    cost: Fraction


class _County:
    """A piece, its programme without coefficients, and every plan of it that was met."""

    def __init__(self, piece: Piece, answer: Answer) -> None:
        self.piece = piece
        self.linear = replace(piece.problem, spreads=())
        self.programme = Programme(self.linear, giving_up=True) if piece.levers else None
        self.plans: list[_Plan] = []
        self.nothing, self.full = tuple(0 for _ in piece.levers), answer.amounts
        self.keep(self.nothing)
        self.keep(self.full)

    def keep(self, amounts: tuple[int, ...]) -> None:
        problem = self.piece.problem
        if not broken(problem, amounts):
            self.plans.append(_Plan(len(unmet(problem, amounts)), problem.cost(amounts), amounts))

    def line(self, amounts: tuple[int, ...], bound: float = 0.0) -> _Told:
        cost = self.piece.problem.cost(amounts)
        return _Told(bound, len(unmet(self.linear, amounts)), cost)

    def at(self, price: float, seconds: float) -> _Told:
        """The answer without coefficients; plans of it, as it is and mended, are kept."""
        if self.programme is None:
            return self.line((), float(len(unmet(self.linear, ()))))
        found = self.programme.least_weighed(price, seconds=seconds, nodes=LINEAR_NODES)
        if not found.amounts:
            return self.line(self.nothing, found.bound)
        return self.line(self._kept(found.amounts), found.bound)

    def exactly(self, price: float, seconds: float) -> float:
        """The bound with coefficients, and plans from there."""
        if self.programme is None:
            return float(self.plans[0].left)
        programme = Programme(self.piece.problem, giving_up=True)
        known = min(self.plans, key=lambda p: p.left + price * float(p.cost))
        programme.cut_at(known.amounts)
        start = programme.completed(known.amounts, unmet(self.piece.problem, known.amounts))
        found = programme.least_weighed(price, seconds=seconds, nodes=NODES, start=start)
        if found.amounts:
            self._kept(found.amounts)
        return found.bound

    def _kept(self, amounts: Sequence[float]) -> tuple[int, ...]:
        held = whole(self.piece.problem, amounts)
        self.keep(held)
        over = overstepped(self.piece.problem, held)
        if 0 < len(over) <= MENDED:
            self.keep(repaired(self.piece.problem, held, over, steps=STEPS))
        return held


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
    for price in _priced(counties, money, effort):
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


def _priced(counties: Sequence[_County], money: Cap, effort: Effort) -> Iterator[_Price]:
    """Prices at which all counties were asked, ever nearer to the best; that one then exactly."""
    poor = _sum(county.line(county.nothing) for county in counties)
    rich = _sum(county.line(county.full) for county in counties)
    each = ONCE / len(counties)
    tried: dict[float, list[_Told]] = {}
    for _ in range(PRICES):
        spent = float(rich.cost - poor.cost)
        price = max(1, poor.left - rich.left) / max(1.0, spent)
        near = any(abs(price - known) <= ALIKE * known for known in tried)
        if near or (tried and _spent_by(counties) >= effort.seconds * PRICED):
            break
        tried[price] = [
            county.at(price, _share(effort.seconds * PRICED - _spent_by(counties), each))
            for county in counties
        ]
        together = _sum(tried[price])
        yield _Price(price, together.bound)
        if together.cost > money.most:
            rich = together
        else:
            poor = together

    def bound(price: float) -> float:
        return _sum(tried[price]).bound - price * float(money.most)

    price = max(tried, key=bound)
    seconds = _share(effort.seconds - _spent_by(counties), 1 / len(counties))
    pairs = zip(counties, tried[price], strict=True)
    yield _Price(price, sum(max(t.bound, c.exactly(price, seconds)) for c, t in pairs))


def _spent_by(counties: Sequence[_County]) -> float:
    """Seconds of the solver."""
    return sum(c.programme.model.getRunTime() for c in counties if c.programme is not None)


def _share(left: float, share: float) -> float:
    return max(LEAST_SECONDS, left * share)


def _sum(told: Iterable[_Told]) -> _Told:
    each = list(told)
    return _Told(
        sum(t.bound for t in each), sum(t.left for t in each),
        sum((t.cost for t in each), Fraction(0)),
    )  # fmt: skip


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
