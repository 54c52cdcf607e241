"""Quantities: the expression that an engine runs and the exact value of a row are the same amount."""

from fractions import Fraction

import narwhals as nw
import polars as pl
import pytest

from junheng.indicators.combining import ONE, NotLess, Product
from junheng.indicators.quantity import Amount, Difference, Only, Shared, Sum, plain
from junheng.schema import Stage

MANY, FEW, AREA = Amount("many", 1), Amount("few", 1), Amount("area", 100)
NONE, BLANK = Amount("none", 1), Amount("blank", 1)
LABELS = {"many": "学生数", "few": "教师数", "area": "面积", "none": "无", "blank": "空"}
ROW = {
    "many": 12, "few": 5, "area": 1250, "none": 0, "blank": None, "stage": "primary",
    "weighted_pupils": 100, "weighted_pupils_school": 400, "weight_scale": 1,
}  # fmt: skip
AMOUNTS = {  # what each is worth in natural units
    "a sum": (MANY + FEW, Fraction(17)),
    "a sum with zero": (MANY + NONE, Fraction(12)),
    "a difference": (FEW - MANY, Fraction(-7)),
    "an area": (AREA, Fraction("12.5")),
    "a product": (Product(MANY, FEW), Fraction(60)),
    "a product of areas": (Product(AREA, AREA), Fraction("156.25")),
    "above its floor": (NotLess(MANY, FEW), Fraction(12)),
    "below its floor": (NotLess(FEW, MANY), Fraction(12)),
    "on its floor": (NotLess(FEW, FEW), Fraction(5)),
    "at this stage": (Only(Stage.PRIMARY, MANY), Fraction(12)),
    "at the other stage": (Only(Stage.JUNIOR, MANY), Fraction(0)),
    "a quarter of the school": (Shared(AREA), Fraction("3.125")),
    "one": (ONE, Fraction(1)),
}


def on_polars(quantity) -> Fraction | None:
    """The amount as an engine works it out."""
    frame = nw.from_native(pl.DataFrame([ROW]))
    below = quantity.denominator(nw.Int64())
    above = frame.select(quantity.numerator(nw.Int64()).alias("n"))["n"][0]
    shared = 1 if below is None else frame.select(below.alias("d"))["d"][0]
    return None if above is None else Fraction(above, shared * quantity.scale)


@pytest.mark.parametrize("case", AMOUNTS)
def test_an_amount_is_the_same_exactly_and_on_an_engine(case):
    quantity, worth = AMOUNTS[case]
    assert quantity.exact(ROW) == worth
    assert on_polars(quantity) == worth


@pytest.mark.parametrize("made", [Sum, Difference, Product, NotLess])
@pytest.mark.parametrize("pair", [(MANY, BLANK), (BLANK, MANY), (BLANK, BLANK)])
def test_a_blank_on_either_side_leaves_an_amount_unknown(made, pair):
    assert made(*pair).exact(ROW) is None


def test_a_share_of_a_blank_is_unknown():
    assert Shared(BLANK).exact(ROW) is None


@pytest.mark.parametrize("pair", [(NONE, BLANK), (BLANK, NONE), (NONE, MANY)])
def test_nothing_times_something_not_filed_is_nothing(pair):
    assert Product(*pair).exact(ROW) == 0


def test_only_what_is_nothing_makes_a_product_nothing():
    for left in (-1, 1):
        assert Product(Amount("left", 1), FEW).exact({**ROW, "left": left}) == left * 5


def test_a_product_brackets_its_sums_in_words_and_in_numbers():
    product = Product(MANY + FEW, FEW)
    assert product.words(LABELS) == "（学生数＋教师数）×教师数"
    assert product.numbers(ROW) == "（12＋5）×5"
    assert list(product.columns()) == ["many", "few", "few"]


@pytest.mark.parametrize(
    ("inner", "floor", "shown"),
    [(MANY, FEW, "12"), (FEW, MANY, "12"), (BLANK, FEW, "缺"), (MANY, BLANK, "12")],
)
def test_a_floor_is_shown_where_it_counts(inner, floor, shown):
    assert NotLess(inner, floor).numbers(ROW) == shown


def test_an_amount_on_its_floor_is_shown_as_it_was_filed():
    assert NotLess(Product(FEW, ONE), FEW).numbers(ROW) == "5×1"


def test_one_reads_nothing_and_is_told_as_one():
    assert (list(ONE.columns()), ONE.words(LABELS), ONE.numbers(ROW)) == ([], "1", "1")


def test_what_does_not_count_at_a_stage_is_shown_as_zero():
    assert Only(Stage.JUNIOR, MANY).numbers(ROW) == "0"
    assert Only(Stage.PRIMARY, MANY).numbers(ROW) == "12"


def test_a_share_of_everything_is_shown_without_its_weights():
    whole = {**ROW, "weighted_pupils": 400}
    assert Shared(AREA).numbers(ROW) == "12.5×100÷400"
    assert Shared(AREA).numbers(whole) == "12.5"


@pytest.mark.parametrize(
    ("value", "scale", "text"),
    [
        (None, 1, "缺"), (0, 100, "0"), (1200, 1, "1200"), (1200, 100, "12"), (1250, 100, "12.5"),
        (1201, 100, "12.01"), (2000, 100, "20"), (1, 100, "0.01"),
    ],
)  # fmt: skip
def test_a_number_is_written_exactly_and_without_idle_zeros(value, scale, text):
    assert plain(value, scale) == text
