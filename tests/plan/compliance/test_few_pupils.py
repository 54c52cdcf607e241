"""Schools of a few pupils, where one unit more is many limits: what is given up must not cut off true plans."""

from fractions import Fraction
from itertools import product

import pytest
from plan.compliance.tiny import VARIANTS, best, problem

from junheng.plan.compliance.problem import Lever, Need, PartRule, Problem, Spread
from junheng.plan.compliance.searching import Effort, search

EXACT = Effort(gap=0.0)
ONE = Fraction(1)


def two_parts(step: int, variant: str, most: int | None) -> Problem:
    """One part at twice the limit, one at nothing that a single unit lifts by so many limits."""
    needs = (
        Need("large", Fraction(2), {}, ONE, Fraction(85, 100)),
        Need("small", Fraction(0), {0: Fraction(step)}, ONE, Fraction(85, 100)),
    )
    return Problem(
        (Lever("unit", ONE, most),), needs,
        (PartRule("large", (0,), 1), PartRule("small", (1,), 1)),
        (Spread("CV", (0, 1), (50, 3), variant, Fraction(3, 10)),),
    )  # fmt: skip


@pytest.mark.parametrize(
    ("step", "variant", "most"), list(product((14, 20, 30, 50), VARIANTS, (3, None)))
)
def test_one_unit_of_many_limits_is_bought_where_it_mends_more_than_it_spoils(
    step: int, variant: str, most: int | None
) -> None:
    few, cost = best(two_parts(step, variant, 3))
    answer = search(two_parts(step, variant, most), effort=EXACT)
    assert answer is not None
    assert (len(answer.unmet), answer.cost) == (few, cost)
    assert answer.fewest <= few


@pytest.mark.parametrize("seed", range(40))
def test_tiny_schools_are_answered_as_by_trying_everything(seed: int) -> None:
    asked = problem(seed, between=(3, 20))
    few, cost = best(asked)
    answer = search(asked, effort=EXACT)
    assert answer is not None
    assert (len(answer.unmet), answer.cost) == (few, cost)
    assert answer.fewest <= few
