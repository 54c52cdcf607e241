"""A value of the facts as it stands in a cell: the asked unit, the Chinese word, the exact number.

Decimals are handed to XlsxWriter as Decimal, which prints them digit by digit; through float,
94.6 would be written as 94.59999999999999.
"""

from datetime import date
from decimal import Decimal

from junheng.registry.filing import Value
from junheng.registry.layout import NO, YES
from junheng.schema import Column, Kind

DIGITS_OF_WAN = 4
"""万 moves the point by four digits."""


def shown(column: Column, value: Value) -> str | int | Decimal | date:
    """The content of the cell: money in the unit of the heading, words for codes."""
    if isinstance(value, bool):
        return YES if value else NO
    if isinstance(value, Decimal):
        return plain(value.scaleb(-DIGITS_OF_WAN) if column.unit == "万元" else value)
    if isinstance(value, str):
        return column.choices.get(value, value)
    return value


def plain(number: Decimal) -> Decimal:
    """The same number without trailing zeros and without an exponent."""
    text = format(number, "f")
    return Decimal(text.rstrip("0").rstrip(".") if "." in text else text)


def example(column: Column) -> str:
    """The declared example as a clerk would write it."""
    return column.choices.get(column.example, column.example)


NUMBER_FORMAT = {
    Kind.INT: "#,##0",
    Kind.AREA: "#,##0.00",
    Kind.MONEY: "#,##0.00##",
    Kind.COORDINATE: "0.00####",
    Kind.DECIMAL: "0.######",
    Kind.YEAR: "0",
    Kind.DATE: "yyyy-mm-dd",
}


def number_format(column: Column) -> str:
    """Excel number format; text where leading zeros and signs must survive."""
    return NUMBER_FORMAT.get(column.kind, "@")
