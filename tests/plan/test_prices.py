"""Price lists are read strictly, and every refusal names the file and the key."""

import tomllib
from fractions import Fraction
from pathlib import Path

import pytest

from junheng.errors import DeclarationError, MisuseError, UnreadableFileError
from junheng.plan import ITEMS, load_prices, parse_prices

GOOD = """
title = "某市价格"
status = "财政局核对"
source = "造价站"
date = 2026-01-01
[[price]]
item = "class_opening"
unit = "元/班"
amount = "18000.50"
source = "造价站"
date = 2026-01-01
confidence = "M"
"""


def test_the_demonstration_list_prices_every_item_and_says_that_nobody_checked_it() -> None:
    prices = load_prices()
    assert "未核对" in prices.status
    assert {price.item for price in prices.prices} == set(ITEMS)
    assert all(price.source and price.confidence == "D" for price in prices.prices)


def test_amounts_are_exact() -> None:
    assert parse_prices(GOOD, file="价格.toml").amount("class_opening") == Fraction("18000.5")


def test_a_price_by_subject_goes_before_the_general_one() -> None:
    prices = load_prices()
    general = prices.amount("teacher_hiring")
    assert prices.amount("teacher_hiring", subject="pe", qualification="bachelor") > general
    assert prices.amount("teacher_hiring", subject="pe", qualification="doctorate") == general


def test_a_missing_price_is_named_never_zero() -> None:
    with pytest.raises(MisuseError, match=r"价格\.toml.*room_conversion"):
        parse_prices(GOOD, file="价格.toml").amount("room_conversion")


@pytest.mark.parametrize(
    ("before", "after", "named"),
    [
        ('"class_opening"', '"class_openings"', "class_openings"),
        ('"元/班"', '"万元/班"', "unit"),
        ('"18000.50"', "18000.5", "amount"),
        ('"18000.50"', '"-1"', "amount"),
        ('confidence = "M"', 'confidence = "X"', "confidence"),
        ('source = "造价站"\ndate = 2026-01-01\nc', 'source = " "\ndate = 2026-01-01\nc', "source"),
        ('title = "某市价格"', 'titel = "某市价格"', "titel"),
        ("date = 2026-01-01\nconf", 'date = "2026"\nconf', "date"),
        ("[[price]]", "[price]", "price"),
    ],
)
def test_a_wrong_list_is_refused_with_file_and_key(before: str, after: str, named: str) -> None:
    with pytest.raises(DeclarationError, match=named) as refused:
        parse_prices(GOOD.replace(before, after), file="价格.toml")
    assert "价格.toml" in str(refused.value)


def test_a_double_price_is_refused() -> None:
    twice = GOOD + GOOD[GOOD.index("[[price]]") :]
    with pytest.raises(DeclarationError, match="重复"):
        parse_prices(twice, file="价格.toml")


def test_a_file_that_is_no_text_is_named(tmp_path: Path) -> None:
    path = tmp_path / "价格.toml"
    path.write_bytes(GOOD.encode("gbk"))
    with pytest.raises(UnreadableFileError, match=r"价格\.toml"):
        load_prices(path)


def test_the_list_is_the_file_it_was_read_from(tmp_path: Path) -> None:
    path = tmp_path / "价格.toml"
    path.write_text(GOOD, encoding="utf-8")
    assert tomllib.loads(GOOD)["title"] == load_prices(path).title
    assert load_prices(path).file == str(path)
