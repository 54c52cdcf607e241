"""One value against one limit, by hand: which side it is on, how near, and what is lacking."""

from dataclasses import replace
from fractions import Fraction

import pytest

from junheng.diagnosis import Verdict
from junheng.diagnosis.figures import figure_of, holds, near, shortfall
from junheng.indicators import CATALOGUE, ClassSizes, Measurement

EACH = replace(CATALOGUE["GV8"], gap_unit="㎡", step=Fraction(1, 100))
SIZES = ("le_25", "26_30", "31_35", "36_40", "41_45", "46_50", "51_55", "56_60", "61_65", "ge_66")


def measured(value, slope=None, sizes=None, reason=""):
    found = Measurement(None, value, "", (), reason, sizes)
    found.__dict__["slope"] = slope  # what one natural unit adds, as if worked out
    return found


def figure(value, sign, limit, **more):
    exact = None if value is None else Fraction(value)
    return figure_of(EACH, measured(exact, **more), sign, Fraction(limit), Fraction(1, 20))


def in_bins(**counts):
    found = tuple(counts.get(f"b{name}", 0) for name in SIZES)
    return ClassSizes((), found, tuple(map(bool, found)), ())


def test_of_a_school_that_told_in_part_the_classes_counted_are_at_least_so_many():
    counts = (None,) * len(SIZES)
    sizes = ClassSizes((51, 40), counts, (False,) * len(SIZES), (), owed=True)
    assert figure(None, "≤", 50, sizes=sizes).gap == "至少1个班超过50㎡"


@pytest.mark.parametrize(("filled", "filed"), [("", 51), ("51_55", 12)])
def test_of_a_school_that_told_in_part_what_is_known_by_it_is_said(filled, filed):
    """By its largest class, or by the bin that another of its rows filled."""
    some = tuple(name == filled for name in SIZES)
    sizes = ClassSizes((), (None,) * len(SIZES), some, (filed,), owed=True)
    found = figure(None, "≤", 50, sizes=sizes)
    assert found.verdict is Verdict.FAIL
    assert found.gap == "已知最大的至少51㎡"
    assert figure(None, "≤", 51, sizes=sizes).verdict is Verdict.NO_DATA


@pytest.mark.parametrize(
    ("sign", "under", "on", "over"),
    [
        ("≥", False, True, True), ("≤", True, True, False),
        (">", False, False, True), ("<", True, False, False),
    ],
)  # fmt: skip
def test_each_sign_holds_on_its_own_side(sign, under, on, over):
    found = [holds(Fraction(value), sign, Fraction(10)) for value in (9, 10, 11)]
    assert found == [under, on, over]


def test_exactly_the_margin_away_is_not_near():
    ten, margin = Fraction(10), Fraction(1, 20)
    assert not near(Fraction("9.5"), ten, margin)
    assert not near(Fraction("10.5"), ten, margin)
    assert near(Fraction("9.51"), ten, margin)
    assert near(Fraction("10.49"), ten, margin)


@pytest.mark.parametrize(
    ("sign", "value", "gap"),
    [
        # One more adds 4: what lacks 1 is a quarter, in steps of 0.01.
        ("≥", 9, "还差0.25㎡"), ("≤", 11, "多0.25㎡"), ("≥", "9.99", "还差0.01㎡"),
        # More than the limit must be one step beyond it.
        (">", 9, "还差0.26㎡"), ("<", 11, "多0.26㎡"), (">", 10, "还差0.01㎡"),
        (">", "9.99", "还差0.01㎡"),
    ],
)  # fmt: skip
def test_what_is_lacking_is_told_in_whole_steps_of_the_natural_unit(sign, value, gap):
    found = figure(value, sign, 10, slope=Fraction(4))
    assert (found.verdict, found.gap) == (Verdict.FAIL, gap)


def test_without_knowing_what_a_unit_adds_only_the_classes_over_are_told():
    assert figure(11, "≤", 10).gap == ""
    found = figure(None, "≤", 45, sizes=in_bins(b46_50=2))
    assert (found.verdict, found.gap) == (Verdict.FAIL, "2个班超过45㎡")


@pytest.mark.parametrize(
    ("bins", "verdict"),
    [
        ({"b41_45": 1}, Verdict.PASS), ({"b46_50": 1}, Verdict.FAIL), ({"bge_66": 1}, Verdict.FAIL),
        ({}, Verdict.NO_DATA), ({"b41_45": 1, "b26_30": None}, Verdict.NO_DATA),
    ],
)  # fmt: skip
def test_bins_decide_where_both_their_ends_stand_on_one_side(bins, verdict):
    assert figure(None, "≤", 45, sizes=in_bins(**bins)).verdict is verdict


def test_a_bin_across_the_limit_and_a_bin_open_at_the_top_decide_nothing():
    assert figure(None, "≤", 43, sizes=in_bins(b41_45=1)).verdict is Verdict.NO_DATA
    assert figure(None, "≥", 60, sizes=in_bins(bge_66=1)).verdict is Verdict.NO_DATA
    assert figure(None, "≤", 45).verdict is Verdict.NO_DATA


def test_nothing_to_measure_is_not_applicable_and_lacks_nothing():
    found = figure(None, "≥", 10, reason="没有可比的基数")
    assert (found.verdict, found.gap, found.near) == (Verdict.NOT_APPLICABLE, "", False)


def test_the_shortfall_is_a_share_of_the_limit_and_whole_where_the_limit_is_nothing():
    assert shortfall(figure(9, "≥", 10)) == Fraction(1, 10)
    assert shortfall(figure(12, "≤", 10)) == Fraction(1, 5)
    assert shortfall(figure(10, "≥", 10)) == 0
    assert shortfall(figure(None, "≥", 10)) == 0
    assert shortfall(figure(1, "≤", 0)) == 1
    assert shortfall(figure(None, "≤", 45, sizes=in_bins(b46_50=2))) == 0
