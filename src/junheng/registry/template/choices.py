"""Drop-downs and bounds on the data cells: they ask, they never block, so pasting stays possible."""

from datetime import date
from typing import Any

from xlsxwriter import Workbook
from xlsxwriter.utility import xl_rowcol_to_cell

from junheng.registry.code_shapes import shapes
from junheng.registry.layout import LISTS_SHEET, NO, NOT_APPLICABLE, YES
from junheng.registry.template.wording import (
    allowed,
    may_be_inapplicable,
    shortened,
)
from junheng.schema import Column, Kind

LONGEST_INLINE = 255
"""Characters Excel takes for a list inside a validation, commas included."""
LONGEST_TITLE, LONGEST_MESSAGE = 32, 255
FIRST_DATE, LAST_DATE = date(1900, 1, 1), date(9999, 12, 31)
_NUMBERS = {Kind.INT, Kind.YEAR, Kind.AREA, Kind.MONEY, Kind.COORDINATE, Kind.DECIMAL}
_WHOLE = {Kind.INT, Kind.YEAR}


class Lists:
    """The lists too long for a validation, one named column each on a hidden sheet."""

    def __init__(self, book: Workbook) -> None:
        self._book = book
        self._sheet: Any = None
        self._names: dict[tuple[str, ...], str] = {}

    def source(self, words: tuple[str, ...]) -> list[str] | str:
        """What a validation takes as its list: the words, or the name of their range."""
        if len(",".join(words)) <= LONGEST_INLINE:
            return list(words)
        if words not in self._names:
            self._names[words] = self._add(words)
        return f"={self._names[words]}"

    def _add(self, words: tuple[str, ...]) -> str:
        if self._sheet is None:
            self._sheet = self._book.add_worksheet(LISTS_SHEET)
            self._sheet.hide()
        column, name = len(self._names), f"_list{len(self._names) + 1}"
        self._sheet.write_column(0, column, words)
        first = xl_rowcol_to_cell(0, column, row_abs=True, col_abs=True)
        last = xl_rowcol_to_cell(len(words) - 1, column, row_abs=True, col_abs=True)
        # A name, not a sheet reference: Excel moves lists on other sheets to an extension
        # that other programs drop.
        self._book.define_name(name, f"='{LISTS_SHEET}'!{first}:{last}")
        return name


def validation(column: Column, cell: str, lists: Lists) -> dict[str, Any]:
    """XlsxWriter options for the cells of `column`; `cell` is the first of them."""
    words = allowed(column)
    message = f"{words}。{column.note}" if column.note else f"{words}。"
    return {
        **_rule(column, cell, lists),
        "input_title": shortened(column.heading, LONGEST_TITLE),
        "input_message": shortened(message, LONGEST_MESSAGE),
        "error_type": "warning",
        "error_title": "请核对",
        "error_message": shortened(
            f"这里应填：{words}。确认无误可以继续，校验时会再次提示。", LONGEST_MESSAGE
        ),
    }


def explanation_prompt() -> dict[str, Any]:
    return {
        "validate": "any",
        "input_title": "异常说明",
        "input_message": "左边的数值与上年或其他项目相差较大、但确实无误的，在此写明原因；没有不填。",
    }


def _rule(column: Column, cell: str, lists: Lists) -> dict[str, Any]:
    either = may_be_inapplicable(column)
    if column.kind is Kind.BOOL or column.choices:
        words = (YES, NO) if column.kind is Kind.BOOL else tuple(column.choices.values())
        source = lists.source((*words, NOT_APPLICABLE) if either else words)
        return {"validate": "list", "source": source}
    if column.kind is Kind.TEXT or (column.kind is Kind.CODE and len(shapes(column)) != 1):
        return {"validate": "any"}
    return _either(column, cell) if either else _plain(column)


def _plain(column: Column) -> dict[str, Any]:
    if column.kind is Kind.CODE:
        return {"validate": "length", "criteria": "==", "value": _length(column)}
    if column.kind is Kind.DATE:
        return {
            "validate": "date",
            "criteria": "between",
            "minimum": FIRST_DATE,
            "maximum": LAST_DATE,
        }
    kind = {"validate": "integer" if column.kind in _WHOLE else "decimal"}
    if not column.maximum:
        return {**kind, "criteria": ">=", "value": column.minimum}
    return {**kind, "criteria": "between", "minimum": column.minimum, "maximum": column.maximum}


def _either(column: Column, cell: str) -> dict[str, Any]:
    """The same bounds as a formula that also lets — pass."""
    if column.kind is Kind.CODE:
        test = f"LEN({cell})={_length(column)}"
    elif column.kind is Kind.DATE:
        test = f"ISNUMBER({cell})"
    else:
        tests = [f"ISNUMBER({cell})", f"{cell}>={column.minimum}"]
        tests += [f"{cell}<={column.maximum}"] if column.maximum else []
        tests += [f"INT({cell})={cell}"] if column.kind in _WHOLE else []
        test = f"AND({','.join(tests)})"
    return {"validate": "custom", "value": f'=OR({cell}="{NOT_APPLICABLE}",{test})'}


def _length(column: Column) -> int:
    (shape,) = shapes(column)
    return shape.length
