"""Printed numbers never contradict the verdict beside them."""

from decimal import Decimal
from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from junheng.diagnosis import PartIndicator, Verdict
from junheng.publish.digits import (
    amount_text,
    cv_text,
    exact_text,
    shown_cv,
    shown_value,
    value_text,
)

HALF = Fraction(1, 2)
LIMITS = st.sampled_from([Fraction(x) for x in ("4.2", "1", "0.9", "5.8", "10.2", "2500", "2.3")])


def judged(value: Fraction, limit: Fraction, floor: Fraction) -> PartIndicator:
    verdict = Verdict.PASS if value >= limit else Verdict.FAIL
    return PartIndicator(
        "L1", value.numerator, value.denominator, value, limit, floor, verdict, value >= floor,
        near=False, gap=None, numbers="",
    )  # fmt: skip


@st.composite
def beside_a_line(draw: st.DrawFn) -> PartIndicator:
    """Values on, just beside, or far from the limit or the floor."""
    limit = draw(LIMITS)
    floor = limit * Fraction("0.85")
    line = draw(st.sampled_from([limit, floor]))
    away = Fraction(draw(st.integers(-3, 3)), draw(st.integers(1, 10**9)))
    return judged(max(line + away, Fraction(0)), limit, floor)


@given(beside_a_line())
def test_a_printed_value_stands_on_the_side_of_limit_and_floor_on_which_the_exact_one_stands(
    each: PartIndicator,
) -> None:
    printed = Fraction(value_text(each).replace(",", ""))
    assert each.value is not None
    assert (printed >= each.limit) is (each.value >= each.limit)
    assert (printed >= each.floor) is (each.value >= each.floor)


@given(beside_a_line())
def test_what_a_cell_holds_agrees_with_the_verdict_too_and_prints_as_the_text(
    each: PartIndicator,
) -> None:
    found = shown_value(each)
    assert found is not None
    assert (Fraction(found.number) >= each.limit) is (each.verdict is Verdict.PASS)
    assert found.text == value_text(each)


@given(
    st.floats(0, 3)
    | st.sampled_from([0.5, 0.45]).flatmap(lambda line: st.floats(line - 1e-9, line + 1e-9)),
    st.sampled_from([HALF, Fraction("0.45")]),
)
def test_a_printed_cv_looks_above_its_limit_only_where_it_fails(cv: float, limit: Fraction) -> None:
    verdict = Verdict.FAIL if Fraction(cv) > limit else Verdict.PASS
    found = shown_cv(cv, limit, verdict)
    assert found is not None
    assert found.true or "精确值略高于限值" in cv_text(cv, limit, verdict)
    assert (Fraction(found.text) > limit) is (verdict is Verdict.FAIL and found.true)


def test_a_cv_that_would_round_to_its_limit_gets_more_digits() -> None:
    assert cv_text(0.5004, HALF, Verdict.FAIL) == "0.5004"
    assert cv_text(0.50000004, HALF, Verdict.FAIL) == "0.50000004"
    assert cv_text(0.4996, HALF, Verdict.PASS) == "0.500"


def test_where_no_digits_suffice_words_say_what_exact_fractions_found() -> None:
    assert cv_text(0.5, HALF, Verdict.FAIL) == "0.500000000000（精确值略高于限值）"
    hair = judged(HALF - Fraction(1, 10**15), HALF, HALF / 2)
    assert value_text(hair) == "0.500000000000（精确值未达到标准）"


def test_limits_keep_every_digit_and_amounts_lose_idle_zeros() -> None:
    assert exact_text(Fraction("4.505")) == "4.505"
    assert exact_text(HALF, least=2) == "0.50"
    assert exact_text(Fraction(2000)) == "2,000"
    assert amount_text(Fraction(3), "人") == "3人"
    assert amount_text(Fraction("1234.50"), "㎡") == "1,234.5㎡"
    assert amount_text(Fraction(-120), "元", signed=True) == "-120元"


def test_a_missing_value_is_a_word_and_never_a_zero() -> None:
    blank = PartIndicator(
        "L1", None, None, None, HALF, HALF, Verdict.NO_DATA, None, near=False, gap=None, numbers=""
    )
    assert value_text(blank) == "缺数据"
    assert shown_value(blank) is None
    assert cv_text(None, HALF, Verdict.NO_DATA) == "缺数据"


def test_digits_are_added_one_by_one_from_two_to_what_is_needed() -> None:
    assert value_text(judged(Fraction("4.1999"), Fraction("4.2"), Fraction("3.57"))) == "4.1999"
    assert value_text(judged(Fraction("4.196"), Fraction("4.2"), Fraction("3.57"))) == "4.196"
    assert value_text(judged(Fraction("4.19"), Fraction("4.2"), Fraction("3.57"))) == "4.19"
    found = shown_value(judged(Fraction("4.1949996"), Fraction("4.2"), Fraction("3.57")))
    assert found is not None
    assert Decimal(found.text) < Decimal("4.2"), "not even after rounding twice"
