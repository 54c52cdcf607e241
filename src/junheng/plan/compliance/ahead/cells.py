"""Cells of a table of pupils: what stands in one, a whole number out of it, and how it is told to the user."""

import re

from junheng.registry.reading.numbers import stored_number
from junheng.registry.reading.plain import narrowed
from junheng.registry.reading.rows import says
from junheng.registry.reading.sandbox.wire import DATE, PERCENT, SCALED, Cell
from junheng.registry.reading.texts import as_digits

LONGEST = 40
"""Characters of a cell that are repeated."""
PLAIN = re.compile(r"[0-9]{1,9}(?:\.0+)?")
GROUPED = re.compile(r"[0-9]{1,3}(?:,[0-9]{3})+(?:\.0+)?")
CODE = re.compile(r"([0-9]+)\.0+")
"""A code that a spreadsheet wrote as a number."""
OTHERWISE = {DATE: "按日期显示", PERCENT: "按百分数显示", SCALED: "显示的数与实际的数不同"}
NO_VALUE = {"-": "公式没有算出的值", "e": "公式出错", "b": "逻辑值", "d": "存成了日期"}


def is_filled(cell: Cell | None) -> bool:
    """Whether anything stands in it: a formula without a value does."""
    return cell is not None and says(cell)


def text_in(cell: Cell | None) -> str:
    """The text, or the digits of a number; empty where there is neither."""
    if cell is None or cell.kind not in "ns":
        return ""
    if cell.kind == "n":
        return "" if cell.look in OTHERWISE else as_digits(cell)
    return narrowed(cell.text)


def code_in(cell: Cell | None) -> str:
    """A code of digits, without the nought that a spreadsheet may have put after it."""
    text = text_in(cell)
    found = CODE.fullmatch(text)
    return found[1] if found else text


def whole_in(cell: Cell | None, *, tail: str = "") -> int | None:
    """A whole number from nought, with or without commas between thousands; `tail` may stand after it."""
    text = text_in(cell).removesuffix(tail).rstrip()
    if not (PLAIN.fullmatch(text) or GROUPED.fullmatch(text)):
        return None
    number = stored_number(text.replace(",", ""))
    return None if number is None else int(number)


def told(cell: Cell | None) -> str:
    """What stands there, in words."""
    if cell is None or not is_filled(cell):
        return "是空的"
    odd = NO_VALUE.get(cell.kind, OTHERWISE.get(cell.look, "") if cell.kind == "n" else "")
    if cell.kind == "-":
        return f"是{odd}"
    seen = narrowed(cell.text)
    if cell.kind == "n":
        seen = as_digits(cell)
    elif cell.kind == "b":
        seen = "TRUE" if cell.text == "1" else "FALSE"
    return f"“{seen[:LONGEST]}”" + (f"（{odd}）" if odd else "")


__all__ = ["code_in", "is_filled", "text_in", "told", "whole_in"]
