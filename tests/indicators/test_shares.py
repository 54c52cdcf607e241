"""The share of each school in a coefficient of variation: exact, and equal to what changes show."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from junheng.indicators import VARIANTS, Sample, moments

pytestmark = pytest.mark.slow

values = st.fractions(min_value=0, max_value=10_000, max_denominator=1000)
variants = st.sampled_from(tuple(VARIANTS))


@st.composite
def samples(draw) -> Sample:
    pairs = draw(st.lists(st.tuples(values, st.integers(1, 5000)), min_size=1, max_size=9))
    return Sample(tuple(x for x, _ in pairs), tuple(p for _, p in pairs))


def mean(sample: Sample, variant: str) -> Fraction:
    if VARIANTS[variant].pooled:
        total = sum(x * p for x, p in zip(sample.values, sample.pupils, strict=True))
        return total / sum(sample.pupils)
    return sum(sample.values) / len(sample.values)


def shares(sample: Sample, variant: str) -> tuple[tuple[int, ...], int]:
    found = moments(sample, variant)
    return found.terms, found.variance


def variance(sample: Sample, variant: str) -> Fraction:
    """S² as the engine has it: CV² times the square of the mean."""
    found = moments(sample, variant)
    if found.total == 0:
        return Fraction(0)
    squared = Fraction(found.variance, found.divisor * found.total**2)
    return squared * mean(sample, variant) ** 2


def slope(sample: Sample, variant: str, index: int) -> Fraction:
    """Central difference of S² in one school's value; S² is quadratic, so the step does not matter."""
    step = Fraction(1, 7)
    x = sample.values[index]
    high = variance(sample.replaced(index, x + step), variant)
    low = variance(sample.replaced(index, x - step), variant)
    return (high - low) / (2 * step)


@given(samples(), variants)
def test_shares_sum_to_the_variance_exactly(sample, variant):
    terms, total = shares(sample, variant)
    assert len(terms) == len(sample.values)
    assert all(term >= 0 for term in terms)
    assert sum(terms) == total


@given(samples(), variants)
def test_every_value_lies_on_its_exact_side_of_the_mean(sample, variant):
    about = mean(sample, variant)
    for away, value in zip(moments(sample, variant).away, sample.values, strict=True):
        assert (away > 0, away < 0) == (value > about, value < about)


@given(samples(), variants)
def test_shares_are_zero_only_where_all_values_are_equal(sample, variant):
    _, total = shares(sample, variant)
    assert (total == 0) is (len(set(sample.values)) == 1)


@given(samples(), st.sampled_from(("weighted", "unweighted_pop", "unweighted_sample")))
def test_a_share_is_what_a_small_change_of_that_school_shows(sample, variant):
    # About their own mean the deviations cancel, so dS²/dX = 2·a·(X − mean)/D, and the school's
    # share of S² is half of it times its deviation.
    terms, total = shares(sample, variant)
    whole = variance(sample, variant)
    for index, term in enumerate(terms):
        deviation = sample.values[index] - mean(sample, variant)
        share = Fraction(term, total) if total else Fraction(0)
        assert share * whole == slope(sample, variant, index) * deviation / 2


@given(samples())
def test_about_the_pooled_mean_the_change_of_the_mean_is_counted_apart(sample):
    variant = "pooled_unweighted"
    terms, total = shares(sample, variant)
    whole, about = variance(sample, variant), mean(sample, variant)
    deviations = [x - about for x in sample.values]
    everyone, n = sum(sample.pupils), len(sample.values)
    for index, term in enumerate(terms):
        moved = -2 * sum(deviations) / n * Fraction(sample.pupils[index], everyone)
        own = slope(sample, variant, index) - moved
        share = Fraction(term, total) if total else Fraction(0)
        assert share * whole == own * deviations[index] / 2
