"""What the other levers of a need must come to alone: true of every plan, and the bound by halves so much nearer."""

from fractions import Fraction
from itertools import product

import pytest
from plan.compliance.tiny import problem

from junheng.plan.compliance.checking import broken
from junheng.plan.compliance.covering import Rest, rests
from junheng.plan.compliance.numbers import row_of
from junheng.plan.compliance.outward import reaches
from junheng.plan.compliance.problem import Lever, Need, PartRule, Problem
from junheng.plan.compliance.relaxation import relax


def two_tiers(land: int | None, needed: int = 1) -> Problem:
    """Ten units are missing, eight to the floor: cheap ones on the land there is, dear ones on the roof."""
    levers = (Lever("ground", Fraction(5), land), Lever("roof", Fraction(50)))
    steps = {0: Fraction(1), 1: Fraction(1)}
    need = Need("L5", Fraction(0), steps, Fraction(10), Fraction(8))
    return Problem(levers, (need,), (PartRule("1", (0,), needed),), ())


def told(asked: Problem) -> list[Rest]:
    return list(rests(asked, row_of(asked, asked.needs[0]), reaches(asked)))


def test_the_dear_lever_alone_comes_to_what_the_land_leaves() -> None:
    assert told(two_tiers(6)) == [Rest({1: Fraction(1)}, Fraction(4), Fraction(2))]
    assert told(two_tiers(9)) == [Rest({1: Fraction(1)}, Fraction(1), Fraction(0))]


def test_nothing_is_said_where_the_land_does_for_all() -> None:
    assert told(two_tiers(10)) == []
    assert told(two_tiers(None)) == []


def test_halves_cost_what_whole_choices_do() -> None:
    """Behind by half would cost the land alone, were it not for the row: 8 on ground at 5 is 40."""
    asked = two_tiers(6, needed=0)
    assert relax(asked).bound == pytest.approx(6 * 5 + 2 * 50, rel=1e-4)
    assert relax(two_tiers(6)).bound == pytest.approx(6 * 5 + 4 * 50, rel=1e-4)


@pytest.mark.parametrize("seed", range(60))
def test_every_plan_keeps_every_row(seed: int) -> None:
    asked = problem(seed)
    reach = reaches(asked)
    plans = [
        amounts
        for amounts in product(*(range((lever.most or 0) + 1) for lever in asked.levers))
        if not broken(asked, amounts)
    ]
    for need in asked.needs:
        for rest in rests(asked, row_of(asked, need), reach):
            assert rest.limit > 0
            for amounts in plans:
                alone = sum(step * amounts[lever] for lever, step in rest.steps.items())
                value = need.value(amounts)
                assert value < need.limit or alone >= rest.limit
                assert value < need.floor or alone >= rest.floor
