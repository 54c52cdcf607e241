"""The coefficient of variation: exact on its limit, in all variants; how it answers to changes."""

from fractions import Fraction

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from junheng.indicators import VARIANTS, Sample, cv, deviation_of, exceeds, mean_of, moments

pytestmark = pytest.mark.slow

LIMITS = (Fraction("0.50"), Fraction("0.45"))
STEP = Fraction(1, 10**6)
"""Far less than 0.01 m² a pupil adds."""
values = st.fractions(min_value=0, max_value=10_000, max_denominator=100_000)
pupils = st.integers(1, 20_000)
counts = st.integers(1, 400)
variants = st.sampled_from(tuple(VARIANTS))


@st.composite
def samples(draw, fewest: int = 1) -> Sample:
    pairs = draw(st.lists(st.tuples(values, pupils), min_size=fewest, max_size=12))
    return Sample(tuple(x for x, _ in pairs), tuple(p for _, p in pairs))


def squared(sample: Sample, variant: str) -> Fraction | None:
    """CV² by the definition of standards.md §4, term by term."""
    n, everyone = len(sample.values), sum(sample.pupils)
    pairs = list(zip(sample.values, sample.pupils, strict=True))
    pooled = sum(x * p for x, p in pairs) / everyone
    mean = sum(sample.values) / n if variant.startswith("unweighted") else pooled
    if mean == 0:
        return None
    if variant == "weighted":
        return sum(p * (x - mean) ** 2 for x, p in pairs) / everyone / mean**2
    freedom = max(n - 1, 1) if variant == "unweighted_sample" else n
    return sum((x - mean) ** 2 for x, _ in pairs) / freedom / mean**2


def told(sample: Sample, variant: str) -> Fraction | None:
    found = moments(sample, variant)
    return Fraction(found.variance, found.divisor * found.total**2) if found.total else None


@given(samples(), variants)
def test_the_integers_are_the_definition(sample, variant):
    assert told(sample, variant) == squared(sample, variant)


@given(samples(), variants)
def test_the_figure_shown_is_the_root_of_the_exact_square(sample, variant):
    exact, shown = squared(sample, variant), cv(sample, variant)
    assert (shown is None) is (exact is None)
    if shown is not None:
        assert shown == pytest.approx(float(exact) ** 0.5, rel=1e-12, abs=1e-12)
        mean, deviation = mean_of(sample, variant), deviation_of(sample, variant)
        assert deviation == pytest.approx(shown * mean, rel=1e-12, abs=1e-12)


@given(samples(), variants, st.fractions(min_value=0, max_value=2, max_denominator=1000))
def test_the_verdict_is_that_of_the_exact_square(sample, variant, limit):
    exact = squared(sample, variant)
    assert exceeds(sample, variant, limit) is (None if exact is None else exact > limit**2)


# --- exactly on the limit ----------------------------------------------------------------------


def judged_at_and_above(sample: Sample, index: int, variant: str, limit: Fraction) -> None:
    assert told(sample, variant) == limit**2
    assert exceeds(sample, variant, limit) is False
    nearer, farther = (sample.values[index] + step for step in (-STEP, STEP))
    assert exceeds(sample.replaced(index, farther), variant, limit) is True
    assert exceeds(sample.replaced(index, nearer), variant, limit) is False


@given(counts, counts, counts, st.fractions(min_value=1, max_value=5000), st.sampled_from(LIMITS))
def test_two_schools_weighted_exactly_on_the_limit_pass(a, b, times, mean, limit):
    # With P = (a², b²)·k the weighted deviation is ab/(a² + b²) of the difference.
    assume(b > limit * a)
    sizes = (a * a * times, b * b * times)
    difference = limit * mean * (a * a + b * b) / (a * b)
    high = mean + difference * b * b / (a * a + b * b)
    sample = Sample((high, high - difference), sizes)
    judged_at_and_above(sample, 0, "weighted", limit)


@given(pupils, pupils, st.fractions(min_value=1, max_value=5000), st.sampled_from(LIMITS))
def test_two_schools_of_equal_weight_exactly_on_the_limit_pass(p, q, mean, limit):
    sample = Sample((mean * (1 + limit), mean * (1 - limit)), (p, q))
    judged_at_and_above(sample, 0, "unweighted_pop", limit)


@given(pupils, st.fractions(min_value=1, max_value=5000), st.sampled_from(LIMITS))
def test_three_schools_by_sample_deviation_exactly_on_the_limit_pass(p, mean, limit):
    sample = Sample((mean * (1 + limit), mean, mean * (1 - limit)), (p, p + 1, p + 2))
    judged_at_and_above(sample, 0, "unweighted_sample", limit)


@given(counts, st.fractions(min_value=1, max_value=5000), st.sampled_from(LIMITS))
def test_two_schools_of_one_to_seven_about_the_pooled_mean_exactly_on_the_limit_pass(
    p, mean, limit
):
    # √((1² + 7²)/2) = 5: the unweighted deviation about the pooled mean is 5/8 of the difference.
    difference = limit * mean * Fraction(8, 5)
    high = mean + difference * Fraction(7, 8)
    sample = Sample((high, high - difference), (p, 7 * p))
    judged_at_and_above(sample, 0, "pooled_unweighted", limit)


# --- T7 to T11 as properties -------------------------------------------------------------------


@given(values.filter(bool), st.lists(pupils, min_size=1, max_size=9), variants)
def test_equal_values_have_a_coefficient_of_exactly_zero(value, sizes, variant):
    sample = Sample((value,) * len(sizes), tuple(sizes))
    assert cv(sample, variant) == 0
    assert exceeds(sample, variant, Fraction(0)) is False


@given(st.lists(pupils, min_size=1, max_size=9), variants)
def test_a_mean_of_zero_leaves_the_coefficient_undefined(sizes, variant):
    sample = Sample((Fraction(0),) * len(sizes), tuple(sizes))
    assert cv(sample, variant) is None
    assert exceeds(sample, variant, Fraction(1, 2)) is None
    assert cv(Sample((), ()), variant) is None


@given(samples(), variants, st.fractions(min_value="1/100", max_value=100))
def test_multiplying_all_values_changes_nothing(sample, variant, factor):
    scaled = Sample(tuple(x * factor for x in sample.values), sample.pupils)
    assert told(scaled, variant) == told(sample, variant)


@given(samples(), st.data())
def test_dividing_a_school_leaves_the_weighted_coefficient(sample, data):
    index = data.draw(st.integers(0, len(sample.values) - 1))
    first = data.draw(st.integers(1, max(1, sample.pupils[index] - 1)))
    assume(first < sample.pupils[index])
    divided = Sample(
        (*sample.values, sample.values[index]),
        (*sample.pupils[:index], first, *sample.pupils[index + 1 :], sample.pupils[index] - first),
    )
    assert told(divided, "weighted") == told(sample, "weighted")


@given(values, values, st.integers(2, 20_000), pupils)
def test_dividing_one_of_two_schools_changes_the_unweighted_coefficients(x, y, p, q):
    assume(x != y)
    whole, divided = Sample((x, y), (p, q)), Sample((x, x, y), (1, p - 1, q))
    for variant in ("unweighted_pop", "unweighted_sample"):
        assert told(divided, variant) != told(whole, variant)


@given(samples(), variants, st.randoms())
def test_the_order_of_schools_changes_no_bit(sample, variant, chance):
    pairs = list(zip(sample.values, sample.pupils, strict=True))
    chance.shuffle(pairs)
    other = Sample(tuple(x for x, _ in pairs), tuple(p for _, p in pairs))
    assert cv(other, variant) == cv(sample, variant)
    assert mean_of(other, variant) == mean_of(sample, variant)
    assert told(other, variant) == told(sample, variant)


# --- the integers alone, without the float before them -----------------------------------------

HALF = Sample((Fraction(3), Fraction(1)), (1, 1))
"""Mean 2, deviation 1: a CV of exactly 1/2, but √(1/2) by the sample deviation."""
HAIR = Fraction(1, 10**15)


@pytest.mark.parametrize("variant", ["weighted", "unweighted_pop", "pooled_unweighted"])
@pytest.mark.parametrize("factor", [Fraction(1), Fraction(1, 7), Fraction(1000, 3)])
def test_integers_tell_a_hair_on_either_side_of_the_limit(variant, factor):
    scaled = Sample(tuple(x * factor for x in HALF.values), HALF.pupils)
    for limit, above in ((Fraction(1, 2), False), (Fraction(1, 2) - HAIR, True)):
        assert moments(scaled, variant).exceeds(limit) is above
        assert exceeds(scaled, variant, limit) is above
    assert moments(scaled, variant).exceeds(Fraction(1, 2) + HAIR) is False


@pytest.mark.parametrize(
    ("limit", "above"), [("0", True), ("0.3", True), ("0.7", True), ("0.71", False), ("3", False)]
)
def test_integers_compare_squares_whatever_the_limit(limit, above):
    assert moments(HALF, "unweighted_sample").exceeds(Fraction(limit)) is above


def test_integers_are_undefined_only_where_the_mean_is_nothing():
    assert moments(Sample((Fraction(0),), (5,)), "weighted").exceeds(Fraction(1)) is None
    for value in (1, -1):
        one = moments(Sample((Fraction(value),), (1,)), "unweighted_pop")
        assert one.total == value
        assert one.exceeds(Fraction(0)) is False


def test_one_school_alone_has_no_spread_in_any_variant():
    for variant in VARIANTS:
        assert told(Sample((Fraction(7),), (30,)), variant) == 0
        assert cv(Sample((Fraction(7),), (30,)), variant) == 0


def test_equal_thirds_have_a_deviation_of_exactly_nothing():
    thirds = Sample((Fraction(1, 3),) * 3, (7, 11, 13))
    assert {deviation_of(thirds, variant) for variant in VARIANTS} == {0.0}


def test_the_deviation_shown_is_that_of_two_unequal_schools():
    assert deviation_of(HALF, "unweighted_pop") == 1
    assert deviation_of(Sample((Fraction(3), Fraction(1)), (3, 1)), "weighted") ** 2 == (
        pytest.approx(0.75)
    )
    assert told(HALF, "unweighted_sample") == Fraction(1, 2)
