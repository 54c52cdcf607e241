"""How large the classes of a stage are, as far as anything filed shows."""

from fractions import Fraction

import pytest

from junheng.indicators.class_sizes import ClassSizes, bins

HIGHS = [each.high for each in bins()]
SIZES = len(HIGHS)


def sizes(listed=(), filed=None, **by_bin) -> ClassSizes:
    """Classes by the place of their bin: b0 the smallest; the others none."""
    counts = tuple(by_bin.get(f"b{n}", 0) for n in range(SIZES))
    return ClassSizes(
        tuple(listed), counts, tuple(map(bool, counts)), () if filed is None else (filed,)
    )


def test_the_bins_follow_one_another_from_one_pupil_upwards_and_the_last_is_open():
    lows, highs = [each.low for each in bins()], [each.high for each in bins()]
    assert (lows[0], highs[-1]) == (1, None)
    assert lows[1:] == [high + 1 for high in highs[:-1]]


@pytest.mark.parametrize(
    ("listed", "filed", "largest"),
    [((), None, None), ((30, 44, 12), None, 44), ((), 41, 41), ((30,), 41, 41), ((50,), 41, 50),
     ((), 0, 0)],
)  # fmt: skip
def test_the_largest_class_is_the_largest_that_was_filed(listed, filed, largest):
    assert sizes(listed, filed).largest == largest


def test_a_filled_bin_says_how_large_the_largest_class_is_at_least():
    low = bins()[2].low
    assert sizes(filed=1, b0=2, b2=1).largest == low
    assert sizes(filed=low + 1, b2=1).largest == low + 1
    assert sizes(b2=1).largest is None


def test_the_bins_alone_bound_the_largest_class():
    assert sizes().between is None
    assert sizes(b1=3, b0=1).between == (bins()[1].low, bins()[1].high)
    assert sizes(b1=3, b0=None).between == (bins()[1].low, None)


def test_a_row_that_does_not_say_leaves_what_the_others_said():
    counts = tuple(4 if n == 1 else 0 for n in range(SIZES))
    filled, high = tuple(map(bool, counts)), HIGHS[1]
    told = ClassSizes((), counts, filled, (high + 9,), owed=True)
    assert told.largest is None
    assert told.between == (high + 9, high + 9)
    silent = ClassSizes((), (None,) * SIZES, filled, (1,), owed=True)
    assert silent.between == (bins()[1].low, None)
    listed = ClassSizes((high + 9,), counts, filled, (), owed=True)
    assert listed.largest is None, "who listed its classes does not speak for the other"
    assert listed.between == (high + 9, high + 9)


def test_classes_over_a_limit_are_counted_on_the_list():
    assert sizes([45, 46, 47]).over(Fraction(45)) == 2


def test_without_a_list_the_bins_count_where_the_limit_ends_one_of_them():
    limit = Fraction(HIGHS[1])
    assert sizes(b1=4, b2=3, **{f"b{SIZES - 1}": 2}).over(limit) == 3 * (SIZES != 3) + 2
    assert sizes(b1=4).over(limit) == 0
    assert sizes(b1=4).over(limit + 1) is None
    assert sizes(b2=None).over(limit) is None
    assert sizes(b1=None, b2=3).over(limit) == 3
