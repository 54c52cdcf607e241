"""The third goal: of the plans that meet as much for as little, one that moves the fewest teachers."""

from dataclasses import replace
from fractions import Fraction
from itertools import product

import pytest
from plan.compliance.tiny import problem

from junheng.plan.compliance.checking import Unmet, broken, unmet
from junheng.plan.compliance.disruption import least_moved, moved
from junheng.plan.compliance.effort import Answer, Effort
from junheng.plan.compliance.problem import Lever, Need, PartRule, Problem
from junheng.plan.compliance.searching import search

EXACT = Effort(gap=0.0)
FREE = Fraction(0)


def fewest(asked: Problem, few: int, cost: Fraction) -> int:
    """Teachers moved in the calmest plan that is as good, by trying every amount."""
    ranges = [range((lever.most or 0) + 1) for lever in asked.levers]
    return min(
        moved(asked, amounts)
        for amounts in product(*ranges)
        if asked.cost(amounts) <= cost
        and not broken(asked, amounts)
        and len(unmet(asked, amounts)) <= few
    )


def cheap_moves(seed: int) -> Problem:
    """A tiny problem where moving costs nothing: only the third goal speaks against it."""
    asked = problem(seed)
    levers = tuple(replace(each, cost=FREE) if each.pool else each for each in asked.levers)
    return replace(asked, levers=levers)


MOVING = [seed for seed in range(80) if cheap_moves(seed).pools][:30]


@pytest.mark.parametrize("seed", MOVING)
def test_as_few_are_moved_as_by_trying_everything(seed: int) -> None:
    asked = cheap_moves(seed)
    answer = search(asked, effort=EXACT)
    assert answer is not None
    found = least_moved(asked, answer, effort=EXACT)
    least = fewest(asked, len(answer.unmet), answer.cost)
    assert least <= found.teachers == moved(asked, found.answer.amounts)
    assert found.answer.cost <= answer.cost
    assert len(found.answer.unmet) <= len(answer.unmet)
    if not answer.unmet:
        assert found.fewest <= least == found.teachers


def test_a_move_that_is_not_needed_is_taken_back() -> None:
    """Two parts that have enough, one of which sent the other a teacher for nothing."""
    levers = (Lever("out", FREE, 1, "pool", -1), Lever("in", FREE, 1, "pool", 1))
    needs = tuple(
        Need(str(i), Fraction(10), {i: Fraction(sign)}, Fraction(5), Fraction(4))
        for i, sign in enumerate((-1, 1))
    )
    asked = Problem(levers, needs, tuple(PartRule(str(i), (i,), 1) for i in range(2)), ())
    idle = Answer((1, 1), FREE, 0.0, Unmet(), 0)
    found = least_moved(asked, idle, effort=EXACT)
    assert (found.teachers, found.fewest, found.answer.amounts) == (0, 0, (0, 0))
