"""Labels and amounts in the words and units of the form, for the sentences of the findings."""

from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal
from functools import cache
from typing import Any

from junheng.registry.catalogue import tables
from junheng.registry.checks.returns import Return
from junheng.schema import Column, Kind

YUAN_IN_A_WAN = 10_000
LISTED = 4
"""As many columns are named one by one; more are “…等 n 栏”."""


@cache
def column_of(name: str) -> Column:
    """The declared column of a per-school table or of the county form."""
    return next(
        table.columns()[name]
        for table in tables().values()
        if (table.per_school or table.form) and name in table.columns()
    )


def digits(number: int | Decimal) -> str:
    """A number without exponent and without trailing zeros."""
    if isinstance(number, int):
        return str(number)
    text = f"{number:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def amount(column: Column, value: Any) -> str:
    """A value as the form shows it: 260 万元, “是”, “九年一贯制”; — where there is none."""
    if value is None:
        return "—"
    if isinstance(value, bool):
        return "“是”" if value else "“否”"
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, str):
        return f"“{column.choices.get(value, value)}”"
    if column.kind is Kind.YEAR:
        return f"{value} 年"
    if column.unit == "万元":
        value = Decimal(value) / YUAN_IN_A_WAN
    return f"{digits(value)} {column.unit}".rstrip()


def after(word: str, column: Column, value: Any) -> str:
    """A word and a value: 为 260 万元, but 为“是”."""
    text = amount(column, value)
    return word + text if text.startswith("“") else f"{word} {text}"


def said(subject: Return, name: str) -> str:
    """“label”为 value, with the value meant where the unit was evidently mistaken."""
    column = column_of(name)
    text = f"“{column.label}”{after('为', column, subject.filed(name))}"
    if name in subject.meant:
        text += f"（{after('疑似应为', column, subject.meant[name])}）"
    return text


def labels(names: Iterable[str]) -> str:
    found = [f"“{column_of(each).label}”" for each in names]
    return "、".join(found) if len(found) <= LISTED else f"{found[0]}等 {len(found)} 栏"


def summed(subject: Return, names: Sequence[str], total: int | Decimal) -> str:
    """One side of a relation in words: its columns that apply, and their sum."""
    shown = [each for each in names if each not in subject.nothing]
    if len(shown) == 1:
        return said(subject, shown[0])
    if not shown:
        return "没有适用的栏目"
    return f"{labels(shown)}合计为 {amount(column_of(shown[0]), total)}"


def more_than(subject: Return, names: Sequence[str], total: int | Decimal) -> str:
    return _beyond(subject, names, total, "多于", "大于")


def less_than(subject: Return, names: Sequence[str], total: int | Decimal) -> str:
    return _beyond(subject, names, total, "少于", "小于")


def _beyond(
    subject: Return, names: Sequence[str], total: int | Decimal, counted: str, measured: str
) -> str:
    """多于“Y”的 12 间, 大于“A”、“B”之和 12 ㎡."""
    shown = [each for each in names if each not in subject.nothing] or list(names[:1])
    column = column_of(shown[0])
    word = counted if column.kind is Kind.INT else measured
    link = "的" if len(shown) == 1 else "之和"
    return f"{word}{labels(shown)}{link} {amount(column, total)}"


def mean(left: str, right: str, value: int | Decimal, per: int | Decimal) -> str:
    """A ratio in words: 平均每人约 2600 元, or 之比约 1.36."""
    unit = column_of(left).unit
    if column_of(right).unit != "人":
        return f"之比约 {quotient(value, per)}"
    return f"平均每人约 {quotient(value, per)} {'元' if unit == '万元' else unit}"


def quotient(numerator: int | Decimal, denominator: int | Decimal) -> str:
    """A ratio for the eye, two decimals; never used to decide."""
    return digits((Decimal(numerator) / Decimal(denominator)).quantize(Decimal("0.01")))
