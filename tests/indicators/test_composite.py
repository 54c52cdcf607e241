"""The composite of 2012: a mean of roots against its limit, exact however near they are."""

from decimal import Decimal, localcontext
from fractions import Fraction

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from junheng.indicators import Sample, composite, composite_exceeds, cv, roots_exceed

pytestmark = pytest.mark.slow

fractions = st.fractions(min_value=0, max_value=4, max_denominator=10_000)
LIMITS = (Fraction("0.65"), Fraction("0.55"))
TINY = Fraction(1, 10**60)


def of_cv(coefficient: Fraction, mean: Fraction = Fraction(1000)) -> Sample:
    """Two schools of equal size whose CV is exactly `coefficient`."""
    return Sample((mean * (1 + coefficient), mean * (1 - coefficient)), (100, 100))


@given(st.lists(fractions, min_size=1, max_size=8))
def test_a_sum_of_fractions_equal_to_its_bound_does_not_exceed_it(roots):
    squares, total = [root * root for root in roots], sum(roots)
    assert roots_exceed(squares, total) is False
    assert roots_exceed(squares, total - TINY) is True
    assert roots_exceed(squares, total + TINY) is False


@given(st.lists(fractions, min_size=1, max_size=8), st.integers(-(10**6), 10**6))
def test_a_sum_of_roots_is_decided_as_by_eighty_digits(squares, offset):
    with localcontext() as context:
        context.prec = 80
        exact = sum(((Decimal(q.numerator) / q.denominator).sqrt() for q in squares), Decimal(0))
    bound = Fraction(exact) + offset * Fraction(1, 10**40)
    assume(offset != 0)
    assert roots_exceed(squares, bound) is (offset < 0)


def test_roots_that_differ_from_their_bound_only_after_many_digits_are_told_apart():
    # √2 + √3 to a hundred digits, one unit in the last place to either side.
    with localcontext() as context:
        context.prec = 110
        exact = Fraction(Decimal(2).sqrt() + Decimal(3).sqrt())
    near = Fraction(int(exact * 10**100), 10**100)
    squares = [Fraction(2), Fraction(3)]
    assert roots_exceed(squares, near) is True
    assert roots_exceed(squares, near + Fraction(1, 10**100)) is False


def test_nothing_to_add_up_does_not_exceed_nothing():
    assert roots_exceed([], Fraction(0)) is False
    assert roots_exceed([Fraction(2)], Fraction(-1)) is True


@given(
    st.lists(st.fractions(min_value=0, max_value=1, max_denominator=1000), min_size=8, max_size=8)
)
def test_the_figure_shown_is_the_mean_of_the_coefficients(coefficients):
    samples = [of_cv(each) for each in coefficients]
    assert composite(samples, "weighted") == pytest.approx(float(sum(coefficients) / 8))


@given(
    st.lists(st.fractions(0, "1/4", max_denominator=100), min_size=4, max_size=4),
    st.sampled_from(LIMITS),
)
def test_a_county_exactly_on_the_limit_passes_and_one_unit_above_fails(offsets, limit):
    eight = [limit + sign * each for each in offsets for sign in (1, -1)]
    on_the_limit = [of_cv(each) for each in eight]
    above = [*on_the_limit[:-1], of_cv(eight[-1] + Fraction(1, 10**15))]
    assert composite_exceeds(on_the_limit, "weighted", limit) is False
    assert composite_exceeds(above, "weighted", limit) is True


def test_irrational_coefficients_around_the_limit_are_decided_where_floats_cannot():
    # P = (1, 2): the weighted CV is √2/3 of the difference over the mean, never a fraction.
    def irrational(difference: Fraction) -> Sample:
        mean = Fraction(1000)
        return Sample((mean + difference * Fraction(2, 3), mean - difference / 3), (1, 2))

    limit = LIMITS[0]
    with localcontext() as context:
        context.prec = 60
        wanted = Fraction(Decimal(3) * Decimal("0.65") * 1000 / Decimal(2).sqrt())
    step = Fraction(1, 10**25)
    below, above = irrational(wanted - step), irrational(wanted + step)
    assert cv(below, "weighted") == cv(above, "weighted")
    assert composite_exceeds([below], "weighted", limit) is False
    assert composite_exceeds([above], "weighted", limit) is True


def test_a_coefficient_that_is_undefined_leaves_the_composite_undefined():
    samples = [of_cv(Fraction(1, 2)), Sample((Fraction(0), Fraction(0)), (1, 1))]
    assert composite(samples, "weighted") is None
    assert composite_exceeds(samples, "weighted", LIMITS[0]) is None
    assert composite([], "weighted") is None
