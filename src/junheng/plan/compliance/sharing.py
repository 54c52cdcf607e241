"""Money that does not do for all: which county gets how much, so that the fewest requirements stay unmet.

A yuan is given a price μ in requirements. Then every county is a problem of its own: least
(given up + μ × yuan). The sum over the counties less μ × budget bounds the fewest that can stay unmet, whatever μ;
and for a plan with at most F unmet the same sum less F, over μ, bounds what it costs. Every plan of a
county is a line over the prices, and the counties' lowest lines an estimate from above of that concave
bound: the next price is where it is highest. First coefficients of variation are set aside, for without
them a county is answered within a second; at the prices found so, the counties are asked with them
(`weighing`). Of all plans that were met on the way one a county is taken, the fewest unmet that the
money pays, and what is left of it is spent one by one.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import partial
from math import ceil, inf
from time import perf_counter

import highspy
import numpy as np

from junheng.plan.compliance.checking import broken, unmet
from junheng.plan.compliance.deciding import LEAST_SECONDS
from junheng.plan.compliance.effort import Answer, Effort, Progress, UntilEnded, bound_for
from junheng.plan.compliance.footing import Footing
from junheng.plan.compliance.outward import NUDGE, most_of
from junheng.plan.compliance.problem import Cap, Problem
from junheng.plan.compliance.repairing import mending
from junheng.plan.compliance.solver import quiet_model, solved
from junheng.plan.compliance.splitting import Split
from junheng.plan.compliance.weighing import Line, Weighed

LOOSE, EXACT = 8, 4
"""Prices tried at most without coefficients and with them, not counting the one that is asked at again."""
LOOSE_TIME = 0.2
"""Of the time, for the prices without coefficients."""
UNSURE = 1e-3
"""Requirements: what the solver's tolerances may come to, all counties together."""
NEAR, NEARER = 1 / 2, 1 / 16
"""Requirements between bounds and plans, all counties together, that are not worth looking for; and where
no other price says more, but the plans at the best one leave room for one requirement more to be proven."""
ALIKE = 1e-2
"""Prices nearer than this share are one."""
HALVINGS, LESS = 60, 5
"""Of the prices; how often less money is asked for."""


def share(
    problem: Problem, parted: Split, answers: Sequence[Answer], *,
    effort: Effort, told: UntilEnded,
) -> Answer | None:  # fmt: skip
    """The fewest unmet for the money of the one limit across the pieces; None where there are several, or
    where it is not of all the money: what it does not count has no price."""
    if len(parted.ties) != 1:
        return None
    until = perf_counter() + effort.seconds
    (money,) = parted.ties
    if money.weights != {i: lever.cost for i, lever in enumerate(problem.levers) if lever.cost}:
        return None
    counties = [Weighed(*each) for each in zip(parted.pieces, answers, strict=True)]
    fewest, best, bounds = 0, _best(problem, parted, counties, money, None), []
    for price in _priced(counties, money, effort, told):
        fewest = max(fewest, price.least(money))
        bounds.append(price)
        best = _best(problem, parted, counties, money, best)
        left = len(unmet(problem, best))
        step = f"经费按每项{1 / price.yuan / 10_000:,.0f}万元分配，{left}项达不到，至少{fewest}项"
        if not told(Progress(step, problem.cost(best), 0.0, None)) or left <= fewest:
            break
    for step, looked in _looking(counties, bounds[-1].yuan, effort):
        if len(unmet(problem, best)) <= fewest or perf_counter() >= until:
            break
        if not told(Progress(step, problem.cost(best), 0.0, None)):
            break
        looked()
        best = _best(problem, parted, counties, money, best)
    held, cost = unmet(problem, best), problem.cost(best)
    least = max((each.total - UNSURE - len(held)) / each.yuan for each in bounds)
    return Answer(best, cost, bound_for(cost, max(0.0, least)), held, min(fewest, len(held)))


@dataclass(frozen=True)
class _Price:
    yuan: float
    """Requirements a yuan."""
    total: float
    """Least (given up + price × yuan) of all counties, a bound."""

    def least(self, money: Cap) -> int:
        """No plan for the money leaves fewer unmet."""
        return ceil(self.beyond(money) - UNSURE)

    def beyond(self, money: Cap) -> float:
        """The bound on requirements unmet, as it is."""
        return self.total - self.yuan * float(money.most)


def _priced(
    counties: Sequence[Weighed], money: Cap, effort: Effort, told: UntilEnded
) -> Iterator[_Price]:
    """Prices at which all counties were asked, without coefficients and then with them; until `told`
    says that it is enough."""
    tried: list[float] = []
    for _ in range(LOOSE):
        price = _highest([county.loose for county in counties], money)
        left = effort.seconds * LOOSE_TIME - _spent_by(counties)
        if _known(price, tried) or (tried and left <= 0):
            break
        tried.append(price)
        seconds = max(LEAST_SECONDS, left / len(counties))
        yield _Price(price, sum(county.loosely(price, seconds) for county in counties))
    exact: list[_Price] = []
    while asked := _asked_next(counties, money, exact):
        if exact and effort.seconds <= _spent_by(counties):
            break
        price, near = asked
        total = 0.0
        for number, (county, seconds) in enumerate(_shares(counties, price, effort)):
            total += county.exactly(price, near=near / len(counties), seconds=seconds)
            step = f"按每项{1 / price / 10_000:,.0f}万元，已求解{number + 1}／{len(counties)}"
            if not told(Progress(step, None, 0.0, None)):
                return
        exact.append(_Price(price, total))
        yield exact[-1]


def _asked_next(
    counties: Sequence[Weighed], money: Cap, exact: Sequence[_Price]
) -> tuple[float, float] | None:
    """The next price to ask at with coefficients, and how near plans the bounds must be: where the known
    plans say no new price, the one with the highest bound once more and nearer, if that may prove more."""
    price = _highest([county.plans for county in counties], money)
    if len(exact) < EXACT and not _known(price, [each.yuan for each in exact]):
        return price, NEAR
    highest = max(exact, key=lambda each: each.beyond(money))
    best = sum(county.best(highest.yuan).at(highest.yuan) for county in counties)
    again = sum(each.yuan == highest.yuan for each in exact) > 1
    if again or replace(highest, total=best).least(money) <= highest.least(money):
        return None
    return highest.yuan, NEARER


def _looking(
    counties: Sequence[Weighed], price: float, effort: Effort
) -> Iterator[tuple[str, Callable[[], None]]]:
    """Steps that look for more plans of each county next to its best: rounded answers of all first, then
    the solver's; what they are called, and to do them."""
    for look in (Weighed.beside, Weighed.around):
        for asked, (county, seconds) in enumerate(_shares(counties, price, effort)):
            step = f"各区县最好的方案旁边还有哪些，{asked + 1}／{len(counties)}"
            yield step, partial(look, county, price, seconds)


def _shares(
    counties: Sequence[Weighed], price: float, effort: Effort
) -> Iterator[tuple[Weighed, float]]:
    """The counties and their seconds, the easy first: what one does not need the others have."""
    easy = sorted(counties, key=lambda county: county.overstepped(price))
    for number, county in enumerate(easy):
        left = effort.seconds - _spent_by(counties)
        yield county, max(LEAST_SECONDS, left / (len(counties) - number))


def _known(price: float, tried: Sequence[float]) -> bool:
    return any(abs(price - known) <= ALIKE * known for known in tried)


def _highest(lines: Sequence[Sequence[Line]], money: Cap) -> float:
    """The price at which Σ of the lowest lines less price × money is highest: there what the cheapest
    plans cost goes from above the money to below it."""
    costs = [np.array([float(line.cost) for line in each]) for each in lines]
    left = [np.array([line.left for line in each]) for each in lines]

    def spent(price: float) -> float:
        found = (cost[np.argmin(n + price * cost)] for n, cost in zip(left, costs, strict=True))
        return float(sum(found))

    low, high = 0.0, 1.0  # a requirement a yuan: nothing is bought
    for _ in range(HALVINGS):
        price = (low + high) / 2
        low, high = (price, high) if spent(price) > float(money.most) else (low, price)
    return high


def _spent_by(counties: Sequence[Weighed]) -> float:
    return sum(county.spent for county in counties)


def _best(
    problem: Problem, parted: Split, counties: Sequence[Weighed], money: Cap,
    before: tuple[int, ...] | None,
) -> tuple[int, ...]:  # fmt: skip
    """One plan a county, the fewest unmet that the money pays; the rest of the money spent."""
    amounts = parted.in_whole(plan.amounts for plan in _picked(counties, money))
    found = _spent(problem, amounts, money)
    if before is None or len(unmet(problem, found)) < len(unmet(problem, before)):
        return found
    return before


def _picked(counties: Sequence[Weighed], money: Cap) -> list[Line]:
    """The choice of plans with the fewest unmet; of as few the cheapest, nearly. The solver lets a little
    more money pass than there is: then it is asked for so much less."""
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
    for _ in range(LESS):
        found = solved(
            model, costs, levers=len(plans), gap=0.0, absolute=1e-6, seconds=inf, nodes=10_000
        )
        taken = zip(plans, found.amounts, strict=False)
        chosen = {c: plan for (c, plan), x in taken if round(x)}
        over = sum((plan.cost for plan in chosen.values()), Fraction(0)) - money.most
        if len(chosen) == len(counties) and over <= 0:
            return [chosen[c] for c in range(len(counties))]
        most -= max(0.0, float(over) / unit) + NUDGE
        model.changeRowBounds(0, -inf, most)
    return [min(county.plans, key=lambda plan: plan.cost) for county in counties]


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
    better = len(unmet(problem, found)) < len(
        unmet(problem, amounts)
    )  # the bare amounts are within it
    return found if better and not broken(problem, found) else amounts
