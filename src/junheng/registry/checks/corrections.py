"""Corrected values: does the corrected column exist, and does the return say the same? (filing.md §0)"""

import unicodedata
from decimal import Decimal, InvalidOperation
from functools import cache
from typing import Any

from junheng.registry.catalogue import school_columns
from junheng.registry.checks.kinds import Outcome, kind_of_filing
from junheng.registry.checks.returns import Round, problem_at
from junheng.registry.checks.wording import YUAN_IN_A_WAN, after
from junheng.registry.filing import Record
from junheng.registry.layout import NO, YES
from junheng.schema import Column

WORDS = {YES: True, NO: False}


def _plain(text: str) -> str:
    return "".join(unicodedata.normalize("NFKC", text).split()).lower()


@cache
def _by_name() -> dict[str, Column]:
    """Columns by every name a clerk may write: heading, label, code."""
    return {
        _plain(name): column
        for column in school_columns().values()
        for name in (column.label, column.heading, column.name, column.filing_name)
        if name
    }


def _field(row: Record) -> Column | None:
    return _by_name().get(_plain(str(row.value("field") or "")))


@kind_of_filing
def corrected_field_exists(round_: Round) -> Outcome:
    for rows in round_.rows["corrections"].values():
        for row in rows:
            if row.value("field") is not None and _field(row) is None:
                yield problem_at(row, "field", f"没有名为“{row.value('field')}”的栏目")


@kind_of_filing
def corrected_value_filed(round_: Round) -> Outcome:
    """The corrected value is the one that stands in the return."""
    for code, rows in round_.rows["corrections"].items():
        school = round_.schools.get(code)
        for row in rows if school is not None else ():
            column, text = _field(row), row.value("corrected_value")
            if school is None or column is None or not isinstance(text, str):
                continue
            filed = school.values.get(column.name)
            if filed is not None and not _same(column, text, filed):
                found = f"更正数为“{text}”，而填报表中“{column.label}”{after('为', column, filed)}"
                yield problem_at(row, "corrected_value", found)


def _same(column: Column, text: str, filed: Any) -> bool:
    if isinstance(filed, bool):
        return WORDS.get(_plain(text)) is filed
    if isinstance(filed, int | Decimal):
        number = _number(text.removesuffix(column.unit))
        scale = YUAN_IN_A_WAN if column.unit == "万元" else 1
        return number is not None and number * scale == filed
    words = {_plain(str(filed)), _plain(column.choices.get(str(filed), ""))}
    return _plain(text) in words


def _number(text: str) -> Decimal | None:
    try:
        number = Decimal(_plain(text).replace(",", ""))
    except InvalidOperation:
        return None
    return number if number.is_finite() else None
