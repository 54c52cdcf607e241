"""One county at a price: what its requirements and yuan come to at the least equals trying everything."""

from fractions import Fraction
from itertools import product
from math import inf

import pytest
from plan.compliance.tiny import problem

from junheng.plan.compliance.checking import broken, unmet
from junheng.plan.compliance.effort import Answer
from junheng.plan.compliance.problem import Problem
from junheng.plan.compliance.solver import ending
from junheng.plan.compliance.splitting import Piece
from junheng.plan.compliance.weighing import Weighed

PRICES = (Fraction(1, 2), Fraction(1, 5), Fraction(1, 11), Fraction(1, 40))
"""Requirements a yuan; levers cost one to twelve."""
NEAR = 0.01
SEEDS = range(400, 424)


def alone(asked: Problem) -> Weighed:
    """The whole problem as a piece of which nothing but doing nothing is known."""
    places = tuple(range(len(asked.levers))), tuple(range(len(asked.needs)))
    piece = Piece(
        asked, *places, tuple(range(len(asked.spreads))), tuple(range(len(asked.demands)))
    )
    nothing = tuple(0 for _ in asked.levers)
    return Weighed(piece, Answer(nothing, Fraction(0), 0.0, unmet(asked, nothing), 0))


def reached(asked: Problem) -> list[tuple[int, Fraction]]:
    """(unmet, yuan) of every plan."""
    every = product(*(range((lever.most or 0) + 1) for lever in asked.levers))
    allowed = (amounts for amounts in every if not broken(asked, amounts))
    return sorted({(len(unmet(asked, amounts)), asked.cost(amounts)) for amounts in allowed})


@pytest.mark.parametrize("seed", SEEDS)
def test_the_least_at_a_price_is_found_and_proven(seed: int) -> None:
    asked = problem(seed)
    plans = reached(asked)
    for price in PRICES:
        county = alone(asked)
        least = float(min(left + price * cost for left, cost in plans))
        assert county.loosely(float(price), 60) <= least + 1e-6
        bound = county.exactly(float(price), near=NEAR, seconds=60)
        assert least - 2 * NEAR <= bound <= least + 1e-6
        assert county.best(float(price)).at(float(price)) <= bound + 2 * NEAR


@pytest.mark.parametrize("seed", SEEDS[:8])
def test_plans_around_the_best_leave_one_or_two_more_and_fewer(seed: int) -> None:
    """With the coefficients met that the best meets: the cheapest of those there are, or one that leaves
    fewer and costs no more."""
    asked, price = problem(seed), float(PRICES[1])
    county = alone(asked)
    county.exactly(price, near=NEAR, seconds=60)
    best = county.best(price)
    dropped = set(unmet(asked, best.amounts).spreads)
    every = product(*(range((lever.most or 0) + 1) for lever in asked.levers))
    plans = [(unmet(asked, amounts), amounts) for amounts in every if not broken(asked, amounts)]
    county.around(price, 60)
    for number in range(max(0, best.left - 2), best.left + 3):
        costs = [
            asked.cost(amounts)
            for left, amounts in plans
            if len(left) == number and dropped.issuperset(left.spreads)
        ]
        if costs:
            assert min(plan.cost for plan in county.plans if plan.left <= number) <= min(costs)


@pytest.mark.parametrize("seed", SEEDS)
def test_plans_that_meet_one_coefficient_more_or_fewer_are_met_beside_the_best(seed: int) -> None:
    """Where they come to no more than half a requirement above it."""
    asked, price = problem(seed), PRICES[1]
    every = product(*(range((lever.most or 0) + 1) for lever in asked.levers))
    plans = {a: unmet(asked, a) for a in every if not broken(asked, a)}

    def comes_to(amounts: tuple[int, ...]) -> tuple[Fraction, int]:
        left, cost = len(plans[amounts]), asked.cost(amounts)
        return left + price * cost, left

    county, best = alone(asked), min(plans, key=comes_to)
    county.keep(best)
    county.beside(float(price), 60)
    for place in range(len(asked.spreads)):
        dropped = set(plans[best].spreads) ^ {place}
        near = [a for a, left in plans.items() if dropped.issuperset(left.spreads)]
        least, left = min(map(comes_to, near), default=(inf, 0))
        if least <= comes_to(best)[0] + Fraction(1, 2):
            assert any(p.left <= left and p.left + price * p.cost <= least for p in county.plans)


def test_nothing_more_is_looked_for_once_it_is_ended() -> None:
    """Ctrl-C is heard between two programmes as well, not only after the county."""
    for look in (Weighed.beside, Weighed.around):
        county, other = alone(problem(SEEDS[0])), alone(problem(SEEDS[0]))
        look(county, float(PRICES[1]), 60)
        with ending(lambda: True):
            look(other, float(PRICES[1]), 60)
        assert len(other.plans) < len(county.plans)
