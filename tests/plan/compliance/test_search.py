"""The search finds what trying everything finds: fewest unmet requirements, then least cost."""

from fractions import Fraction
from functools import cache

import pytest
from plan.compliance.tiny import best, problem

from junheng.plan.compliance.checking import broken, unmet
from junheng.plan.compliance.searching import Effort, search

pytestmark = pytest.mark.slow

EXACT = Effort(gap=0.0)
FEW = 60
"""So many seeds in every run, the rest in make prove."""


@cache
def tried(seed: int) -> tuple[int, Fraction]:
    return best(problem(seed))


def compare(seed: int) -> None:
    asked = problem(seed)
    few, cost = tried(seed)
    answer = search(asked, effort=EXACT)
    assert answer is not None
    assert not broken(asked, answer.amounts)
    assert unmet(asked, answer.amounts) == answer.unmet
    assert (len(answer.unmet), answer.cost) == (few, cost)
    assert answer.fewest <= few
    assert answer.bound <= float(cost) + 1e-6
    assert asked.cost(answer.amounts) == answer.cost


@pytest.mark.parametrize("seed", range(FEW))
def test_a_tiny_problem_is_answered_as_by_trying_everything(seed: int) -> None:
    compare(seed)


@pytest.mark.prove
@pytest.mark.parametrize("seed", range(FEW, 400))
def test_more_tiny_problems_are_answered_as_by_trying_everything(seed: int) -> None:
    compare(seed)


def test_the_tiny_problems_are_of_every_kind() -> None:
    """Not a suite of problems that are solved by doing nothing, nor of impossible ones only."""
    found = [tried(seed) for seed in range(FEW)]
    assert sum(few > 0 for few, _ in found) > 5
    assert sum(few == 0 and cost > 0 for few, cost in found) > 5
    assert any(problem(seed).pools for seed in range(FEW))
    assert any(problem(seed).caps for seed in range(FEW))
