"""Whole amounts of what a solver answers in parts of a yuan: what rounding up overspends is paid in another
year where another has it, and only else taken back from what is needed."""

from fractions import Fraction

import pytest
from plan.compliance.tiny import problem

from junheng.plan.compliance.checking import broken, unmet
from junheng.plan.compliance.climbing import Climb
from junheng.plan.compliance.effort import Effort
from junheng.plan.compliance.problem import Cap, Lever, Need, PartRule, Problem
from junheng.plan.compliance.programme import Programme
from junheng.plan.compliance.repairing import repaired, whole

ONE = Fraction(1)


def two_years(*, first: int, second: int) -> Problem:
    """A school that needs 101 yuan of equipment, some of it paid in the year before."""
    return Problem(
        (Lever("equipment", ONE, fine=True), Lever("early", Fraction(0), fine=True)),
        (Need("L6", Fraction(0), {0: ONE}, Fraction(101), Fraction(90)),),
        (PartRule("school", (0,), 1),), (), (),
        (
            Cap("early is no more than all", {0: -ONE, 1: ONE}, Fraction(0)),
            Cap("first year", {1: ONE}, Fraction(first)),
            Cap("second year", {0: ONE, 1: -ONE}, Fraction(second)),
        ),
    )  # fmt: skip


@pytest.mark.parametrize(
    ("first", "second", "amounts", "expected"),
    [
        (50, 60, (100.6, 40.6), (101, 41)),
        (50, 60, (100.6, 40.0), (101, 41)),  # a yuan more comes early
        (40, 60, (100.6, 40.0), (100, 40)),  # the first year has none to give
        (40, 61, (100.6, 40.2), (101, 40)),  # early was rounded up for nothing
    ],
)
def test_a_yuan_too_much_is_paid_in_the_other_year(
    first: int, second: int, amounts: tuple[float, ...], expected: tuple[int, ...]
) -> None:
    asked = two_years(first=first, second=second)
    held = whole(asked, amounts)
    assert held == expected
    assert not broken(asked, held)


def test_what_is_taken_back_for_one_limit_oversteps_no_other() -> None:
    """Nothing comes early of what is not done."""
    fine = [
        Lever(name, Fraction(cost), fine=True) for name, cost in (("a", 1), ("b", 1), ("early", 0))
    ]
    asked = Problem(
        tuple(fine),
        (
            Need("a", Fraction(0), {0: ONE}, Fraction(11, 2), ONE),
            Need("b", Fraction(0), {1: ONE}, Fraction(9, 2), ONE),
        ),
        (PartRule("a", (0,), 1), PartRule("b", (1,), 1)), (), (),
        (
            Cap("early is no more than all", {2: ONE, 0: -ONE}, Fraction(0)),
            Cap("all", {0: ONE, 1: ONE}, Fraction(10)),
            Cap("first year", {2: ONE}, Fraction(6)),
            Cap("second year", {0: ONE, 1: ONE, 2: -ONE}, Fraction(5)),
        ),
    )  # fmt: skip
    assert not broken(asked, whole(asked, (5.5, 4.5, 5.5)))


def test_what_came_early_is_not_spared_without_it() -> None:
    asked = two_years(first=150, second=0)
    held = (150, 150)
    assert not broken(asked, held)
    assert not broken(asked, repaired(asked, held, ()))


def test_without_a_plan_that_meets_all_the_best_that_was_met_is_the_answer() -> None:
    """What a search came upon that leaves something unmet is better than no answer."""
    asked = problem(102)
    nothing = tuple(0 for _ in asked.levers)
    climb = Climb(asked, Programme(asked), 0, Effort(), lambda _: True)
    assert climb._answer() is None
    climb._take(nothing)
    answer = climb._answer()
    assert answer is not None
    assert (answer.amounts, answer.unmet, answer.bound) == (nothing, unmet(asked, nothing), 0.0)
    assert answer.unmet
    best = [lever.most or 0 for lever in asked.levers]
    for amounts in (tuple(best), nothing):
        climb._take(amounts)
    known = climb._answer()
    assert known is not None
    assert broken(asked, best) or len(known.unmet) <= len(unmet(asked, best))
