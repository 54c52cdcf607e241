"""Dates out of cells: true date cells, and the ways in which dates are typed."""

import re
from datetime import date, timedelta
from decimal import Decimal

from junheng.registry.reading.outcome import Outcome, filed, unclear
from junheng.registry.reading.plain import narrowed
from junheng.registry.reading.sandbox.wire import DATE, Cell
from junheng.schema import Column

FIRST, LAST = date(1900, 1, 1), date(2199, 12, 31)
EPOCH_1900, EPOCH_1904 = date(1899, 12, 30), date(1904, 1, 1)
NO_LEAP_DAY = 60
"""Serial 60 is 29 February 1900, a day that Excel believes in; before it, days are one off."""

_TYPED = re.compile(
    r"(\d{4}) ?(?:年|[-/.]) ?(\d{1,2}) ?(?:月|[-/.]) ?(\d{1,2}) ?日?"
    r"(?:[ T]\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?Z?)?",
    re.ASCII,
)
_COMPACT = re.compile(r"(\d{4})(\d{2})(\d{2})", re.ASCII)
_SERIAL = re.compile(r"\d{5}(?:\.\d+)?", re.ASCII)

WRITE = "请按“年-月-日”填写，如 2025-09-01"


def from_serial(serial: Decimal, *, date_1904: bool = False) -> date | None:
    """The day of a date cell; None where there is no such day. A time of day is dropped."""
    if not abs(serial) < 120_000:
        return None
    days = int(serial)
    if date_1904:
        day = EPOCH_1904 + timedelta(days)
    elif days == NO_LEAP_DAY or days < 1:
        return None
    else:
        day = EPOCH_1900 + timedelta(days if days > NO_LEAP_DAY else days + 1)
    return day if FIRST <= day <= LAST else None


def read_date(cell: Cell, column: Column, *, date_1904: bool = False) -> Outcome:
    """A date cell, or a text in one of the usual ways; a bare serial number is named."""
    if cell.kind == "n" and cell.look == DATE:
        day = from_serial(_number(cell.text), date_1904=date_1904)
        return filed(day) if day else unclear("V12", cell, column, "不是存在的日期", WRITE)
    if cell.kind == "b":
        return unclear("V12", cell, column, "是逻辑值，不是日期", WRITE)
    return _from_text(narrowed(cell.text), cell, column)


def _from_text(text: str, cell: Cell, column: Column) -> Outcome:
    typed = _TYPED.fullmatch(text) or _COMPACT.fullmatch(text)
    if typed:
        day = _day(int(typed[1]), int(typed[2]), int(typed[3]))
        return filed(day) if day else unclear("V12", cell, column, "不是存在的日期", WRITE)
    if _SERIAL.fullmatch(text):
        day = from_serial(_number(text))
        if day:
            why = f"是日期的内部序号（相当于 {day.isoformat()}）"
            return unclear("V14", cell, column, why, f"如果是这一天，请改填 {day.isoformat()}")
    return unclear("V12", cell, column, "读不出日期（须有年、月、日）", WRITE)


def _day(year: int, month: int, day: int) -> date | None:
    try:
        found = date(year, month, day)
    except ValueError:
        return None
    return found if FIRST <= found <= LAST else None


def _number(text: str) -> Decimal:
    """A stored number; one too strange to be a day comes back as a number that is none."""
    short = re.fullmatch(r"-?\d{1,7}(?:\.\d{1,30})?", text, re.ASCII)
    return Decimal(text) if short else Decimal(-1_000_000)
