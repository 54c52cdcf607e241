"""Numbers in running sentences: short, rounded half up, and never on the wrong side of what stands beside."""

from fractions import Fraction

import pytest
from diagnosis.target_cases import target

from junheng.diagnosis.comparing import difference_words, goal_words, with_unit
from junheng.diagnosis.telling import told


@pytest.mark.parametrize(
    ("value", "words"),
    [
        ("0", "0"), ("5", "5"), ("-5", "-5"), ("1234567.5", "1,234,567.5"), ("0.5", "0.5"),
        ("2.345", "2.35"), ("2.3449", "2.34"), ("-2.345", "-2.35"), ("0.004", "0"), ("-0.004", "0"),
        ("0.005", "0.01"), ("99.996", "100"), ("10.10", "10.1"), ("0.07", "0.07"), ("-0.5", "-0.5"),
    ],
)  # fmt: skip
def test_a_number_has_two_places_at_the_most_and_no_idle_noughts(value, words):
    assert told(Fraction(value)) == words


@pytest.mark.parametrize(
    ("value", "beside", "words"),
    [
        ("99.996", "100", "99.996"), ("100.004", "100", "100.004"), ("100", "100", "100"),
        ("0.004", "0", "0.004"), ("-0.004", "0", "-0.004"), ("0.0000001", "0", "0.0000001"),
        ("0.000000001", "0", "0.000000001"), ("1/10000000000", "0", "1/10000000000"),
        ("99.9999999996", "100", "249999999999/2500000000"), ("0.1", "50", "0.1"), ("99.996", "99.998", "99.996"),
    ],
)  # fmt: skip
def test_as_many_places_are_told_as_keep_it_on_its_side(value, beside, words):
    assert told(Fraction(value), Fraction(beside)) == words


def test_every_number_beside_it_is_heeded():
    assert told(Fraction("99.996"), Fraction(50), Fraction(100)) == "99.996"
    assert told(Fraction("99.996"), Fraction(100), Fraction(50)) == "99.996"


def test_a_distance_is_never_told_as_nothing_and_of_shares_in_points():
    assert difference_words(Fraction("0.001"), target()) == "0.001 所"
    assert difference_words(Fraction("1.001"), target()) == "1 所"
    assert difference_words(Fraction("2.5"), target(unit="%")) == "2.5 个百分点"
    assert difference_words(Fraction(3), target(unit="")) == "3"


def test_a_value_bears_the_unit_of_its_target():
    assert with_unit(Fraction("99.996"), target(unit="%"), Fraction(100)) == "99.996%"
    assert with_unit(Fraction(3), target()) == "3 所"
    assert goal_words(target()) == "≥ 150 所"
    assert goal_words(target(every="year")) == "≥ 150 所（每年）"
