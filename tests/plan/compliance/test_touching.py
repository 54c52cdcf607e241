"""Money that is just enough: what one purchase mends is not proven impossible for its exact price."""

from datetime import date
from fractions import Fraction

import pytest

from junheng.plan.compliance.checking import broken, unmet
from junheng.plan.compliance.limits import Limits
from junheng.plan.compliance.problem import Problem
from junheng.plan.compliance.question import pose
from junheng.plan.compliance.searching import search
from junheng.registry import Facts
from junheng.sample import make_county

pytestmark = pytest.mark.slow

ON, BY = date(2026, 3, 31), 2028


def facts(seed: int) -> Facts:
    return Facts.from_rows(make_county(seed=seed, schools=12, year=2025), year=2025)


def cheapest_help(problem: Problem) -> tuple[Fraction, int]:
    """The least price of one unit that mends something, and what it leaves unmet."""
    amounts, found = [0] * len(problem.levers), []
    today = len(unmet(problem, amounts))
    for place, lever in enumerate(problem.levers):
        if lever.cost and not lever.pool and not lever.fine:
            amounts[place] = 1
            if not broken(problem, amounts) and len(unmet(problem, amounts)) < today:
                found.append((lever.cost, len(unmet(problem, amounts))))
            amounts[place] = 0
    return min(found)


@pytest.mark.parametrize("seed", [3, 5, 11])
def test_a_budget_of_just_one_helpful_purchase_is_not_proven_too_little(seed: int) -> None:
    county = facts(seed)
    price, left = cheapest_help(pose(county, on=ON, by=BY).problem)
    asked = pose(county, on=ON, by=BY, limits=Limits(budget=price)).problem
    answer = search(asked)
    assert answer is not None
    assert not broken(asked, answer.amounts)
    assert answer.fewest <= len(answer.unmet) <= left
