"""Variance, Theil and Gini: known values, exact decomposition, and what leaves them as they are."""

from fractions import Fraction
from math import log

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from oracle import dispersion as textbook

from junheng.indicators import Sample, decompose, dispersion
from junheng.indicators.dispersion import exact_sum

pytestmark = pytest.mark.slow

values = st.fractions(min_value=0, max_value=10_000, max_denominator=100_000)
pupils = st.integers(1, 20_000)
parts = st.lists(st.tuples(values, pupils, st.sampled_from("甲乙丙")), min_size=1, max_size=14)


def sample_of(pairs) -> Sample:
    return Sample(tuple(Fraction(p[0]) for p in pairs), tuple(p[1] for p in pairs))


def divided(cast):
    sample = sample_of(cast)
    return decompose(sample, [key for _, _, key in cast], dispersion(sample))


# --- known values ------------------------------------------------------------------------------


@given(values, st.lists(pupils, min_size=1, max_size=9))
def test_equal_values_have_no_inequality_at_all(value, sizes):
    assume(value)
    found = dispersion(sample_of([(value, size) for size in sizes]))
    assert (found.variance, found.theil, found.gini) == (0, 0.0, 0)


@given(pupils, pupils, values, values)
def test_two_schools_have_the_closed_forms(p, q, x, y):
    assume(p * x + q * y)
    found, everyone = dispersion(sample_of([(x, p), (y, q)])), p + q
    middle = (p * x + q * y) / everyone
    assert found.mean == middle
    assert found.variance == Fraction(p * q, everyone**2) * (x - y) ** 2
    assert found.gini == Fraction(p * q, everyone**2) * abs(x - y) / middle


def test_where_one_of_ten_pupils_has_everything_the_indices_are_those_of_the_books():
    found = dispersion(sample_of([(Fraction(10), 1), (Fraction(0), 9)]))
    assert found.gini == Fraction(9, 10)
    assert found.theil == pytest.approx(log(10), rel=1e-15)
    assert found.variance == 9


@pytest.mark.parametrize("value", [Fraction(1, 3), Fraction(10**15 + 1, 7)])
def test_a_hair_of_difference_is_told_to_its_own_digits(value):
    """Of 3 and 7 pupils that differ by h, T is 0.21 h²/2; ln of the ratio itself would drown it."""
    hair = Fraction(1, 10**7)
    found = dispersion(sample_of([(value, 3), (value * (1 + hair), 7)]))
    assert found.gini == pytest.approx(float(hair) * 0.21, rel=1e-6, abs=0)
    assert found.theil == pytest.approx(float(hair) ** 2 * 0.105, rel=1e-6, abs=0)


@pytest.mark.parametrize("cast", [[(0, 5), (0, 7)], [(-1, 5), (3, 7)], [(-3, 5), (1, 7)]])
def test_shares_of_nothing_and_of_less_than_nothing_are_not_told(cast):
    sample = sample_of(cast)
    found = dispersion(sample)
    assert (found.theil, found.gini) == (None, None)
    split = decompose(sample, ["甲", "乙"], found)
    assert (split.theil_between, split.theil_within) == (None, None)
    assert split.between + split.within == found.variance


def test_a_group_in_which_nobody_has_anything_takes_part():
    split = divided([(Fraction(0), 5, "甲"), (Fraction(4), 5, "乙"), (Fraction(8), 5, "乙")])
    assert split.groups["甲"].theil is None
    assert split.theil_between + split.theil_within == pytest.approx(split.whole.theil, abs=1e-12)


# --- the decomposition -------------------------------------------------------------------------


@given(parts)
def test_between_and_within_are_the_whole(cast):
    split = divided(cast)
    assert split.between + split.within == split.whole.variance
    assert sum(split.within_of(key) for key in split.groups) == split.within
    if split.whole.theil is not None:
        theil = split.theil_between + split.theil_within
        assert theil == pytest.approx(split.whole.theil, rel=1e-12, abs=1e-12)


@given(parts)
def test_the_figures_are_those_of_the_definitions(cast):
    split = divided(cast)
    groups = {}
    for value, size, key in cast:
        groups.setdefault(key, []).append((value, size))
    population = [(x, p) for x, p, _ in cast]
    assert list(split.groups) == list(groups)
    assert split.whole.variance == textbook.variance(population)
    assert split.within == textbook.within_variance(groups.values())
    assert split.between == textbook.between_variance(groups.values())
    if split.whole.mean:
        near = {"rel": 1e-12, "abs": 1e-12}
        assert split.whole.gini == textbook.gini(population)
        assert split.whole.theil == pytest.approx(textbook.theil(population), **near)
        told = (split.theil_between, split.theil_within)
        assert told[0] == pytest.approx(textbook.theil_between(groups.values()), **near)
        assert told[1] == pytest.approx(textbook.theil_within(groups.values()), **near)


@given(st.lists(st.tuples(values, st.integers(1, 9)), min_size=1, max_size=6))
def test_a_part_counts_as_so_many_pupils(cast):
    alone = [(value, 1) for value, size in cast for _ in range(size)]
    whole, counted = dispersion(sample_of(cast)), dispersion(sample_of(alone))
    assert (whole.mean, whole.variance, whole.gini) == (
        counted.mean,
        counted.variance,
        counted.gini,
    )
    assert whole.theil == (
        None if counted.theil is None else pytest.approx(counted.theil, rel=1e-12, abs=1e-12)
    )


# --- what leaves them as they are --------------------------------------------------------------


@given(parts, st.fractions(min_value="1/100", max_value=100))
def test_multiplying_all_values_changes_no_relative_figure(cast, factor):
    one, other = divided(cast), divided([(x * factor, p, k) for x, p, k in cast])
    assert other.whole.gini == one.whole.gini
    assert other.whole.theil == (
        None if one.whole.theil is None else pytest.approx(one.whole.theil, rel=1e-12, abs=1e-15)
    )
    assert other.between == one.between * factor**2
    assert other.within == one.within * factor**2


@given(parts, st.randoms())
def test_the_order_of_schools_changes_no_bit(cast, chance):
    mixed = list(cast)
    chance.shuffle(mixed)
    one, other = divided(cast), divided(mixed)
    assert other.whole == one.whole
    assert (other.between, other.within) == (one.between, one.within)
    assert (other.theil_between, other.theil_within) == (one.theil_between, one.theil_within)


@given(st.lists(values, max_size=40))
def test_fractions_added_in_pairs_are_their_sum(terms):
    assert exact_sum(terms) == sum(terms, Fraction(0))
