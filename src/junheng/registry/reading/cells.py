"""What one cell says, by the declared kind of its column: state, value, at most one problem."""

from collections.abc import Callable

from junheng.registry.reading.choices import no_choice, read_bool, read_choice
from junheng.registry.reading.dates import read_date
from junheng.registry.reading.numbers import (
    WRITE_ZERO_OR,
    plain_amount,
    plain_counts,
    read_number,
)
from junheng.registry.reading.outcome import BLANK, NOT_APPLICABLE, Outcome, Problem, filed, unclear
from junheng.registry.reading.plain import cleaned, is_even, narrowed
from junheng.registry.reading.sandbox.wire import NOTHING, PLAIN, Cell, Sheet
from junheng.registry.reading.texts import plain_code, read_code, read_text
from junheng.registry.reading.words import words
from junheng.schema import Column, Kind

FAILED = ("-", "e")

ERRORS = {
    "#REF!": "引用的单元格已不存在",
    "#N/A": "查找不到",
    "#DIV/0!": "除数是 0",
    "#VALUE!": "参与计算的不是数",
    "#NAME?": "公式里的名称写错",
    "#NUM!": "算不出数",
    "#NULL!": "区域写错",
}


REMEMBERED = 20_000
LONG = 10
"""Digits of a number that no one counts."""


class Reader:
    """Reads the cells of one column, each different content once."""

    def __init__(self, column: Column, *, date_1904: bool = False) -> None:
        self.column = column
        self._date_1904 = date_1904
        self._known: dict[tuple[str, str, int], Outcome] = {}

    def read(self, cell: Cell | None) -> Outcome:
        """The outcome of a cell; None is a cell without content."""
        if cell is None:
            return BLANK
        key = (cell.kind, cell.text, cell.look)
        outcome = self._known.get(key)
        if outcome is None:
            outcome = understand(cell, self.column, date_1904=self._date_1904)
            if len(self._known) < REMEMBERED:
                self._known[key] = outcome
        return outcome


class Codes:
    """What the codes of a file were found to say, by column; sheets share their key columns."""

    def __init__(self) -> None:
        self._met: list[tuple[Column, dict[str, Outcome]]] = []

    def of(self, column: Column) -> dict[str, Outcome] | None:
        """Of columns declared alike; None for a column of anything but codes."""
        if column.kind is not Kind.CODE:
            return None
        for known, met in self._met:
            if known == column:
                return met
        self._met.append((column, {}))
        return self._met[-1][1]


class Outcomes(dict[int, Outcome]):
    """The same for a whole sheet, where contents have numbers: number → what it says in the column."""

    def __init__(self, column: Column, sheet: Sheet, met: dict[str, Outcome] | None) -> None:
        """`met` are codes that stood as texts in such a column of another sheet."""
        super().__init__({NOTHING: BLANK})
        self.noted: set[int] = set()
        """Contents about which there is something to say."""
        self._met = met
        self._column = column
        self._contents = sheet.contents
        self._date_1904 = sheet.date_1904
        self._counts = plain_counts(column)
        self._is_text = column.kind is Kind.TEXT
        self._is_amount = column.kind in AMOUNTS

    def __missing__(self, content: int) -> Outcome:
        cell = self._contents[content]
        outcome = self._plain(cell) or self._understood(cell)
        if outcome.problem is not None or cell.formula:
            self.noted.add(content)
        self[content] = outcome
        return outcome

    def _understood(self, cell: Cell) -> Outcome:
        return understand(cell, self._column, date_1904=self._date_1904)

    def _plain(self, cell: Cell) -> Outcome | None:
        """Most cells are what they look like, and need no further look."""
        if cell.kind == "s":
            if self._met is not None:
                return self._code(cell, self._met)
            return filed(cell.text) if self._is_text and is_even(cell.text) else None
        if cell.kind != "n" or cell.look != PLAIN:
            return None
        if self._is_amount:
            amount = plain_amount(cell.text, self._column)
            return None if amount is None else filed(amount)
        text = cell.text
        if len(text) < LONG and text.isascii() and text.isdigit() and int(text) in self._counts:
            return filed(int(text))
        return None

    def _code(self, cell: Cell, met: dict[str, Outcome]) -> Outcome:
        """A code of a school stands on every sheet."""
        outcome = met.get(cell.text)
        if outcome is None:
            code = plain_code(cell.text, self._column)
            outcome = self._understood(cell) if code is None else filed(code)
            met[cell.text] = outcome
        return outcome


def understand(cell: Cell, column: Column, *, date_1904: bool = False) -> Outcome:
    """State and value of a filled cell, in facts units; one problem where it does not fit."""
    if cell.kind == "-":
        mend = "请在 Excel 或 WPS 中打开，等它算完后保存，或直接填数"
        return unclear("V11", cell, column, "是没有结果的公式", mend)
    if cell.kind == "e" or cell.text in ERRORS:
        why = ERRORS.get(cell.text, "公式出错")
        return unclear("V09", cell, column, f"是公式错误（{why}）", "请改正公式，或直接填写结果")
    if cell.kind == "s":
        state = _state(cell, column)
        if state is not None:
            return state
    return _value(cell, column, date_1904=date_1904)


def _state(cell: Cell, column: Column) -> Outcome | None:
    """Blank, — and 无 are kept apart from one another and from 0."""
    said = narrowed(cell.text).lower()
    if not said:
        return BLANK
    if said in words().not_applicable:
        return NOT_APPLICABLE
    if said in words().asked:
        mend = f"请说明是 0 还是不适用：{WRITE_ZERO_OR}，还没有查清的留空"
        if column.kind in (Kind.TEXT, Kind.CODE, Kind.ENUM, Kind.BOOL, Kind.DATE):
            mend = "请说明：本校不涉及的填 —，有的写明，还没有查清的留空"
        return unclear("V08", cell, column, "分不清是没有（0）还是不适用（—）", mend)
    return None


def _value(cell: Cell, column: Column, *, date_1904: bool) -> Outcome:
    if column.kind in NUMBERS:
        return read_number(cell, column, date_1904=date_1904)
    if column.kind is Kind.DATE:
        return read_date(cell, column, date_1904=date_1904)
    if column.kind is Kind.ENUM and cell.kind == "b":
        return no_choice(column)
    return _SIMPLE[column.kind](cell, column)


AMOUNTS = frozenset((Kind.AREA, Kind.MONEY, Kind.COORDINATE, Kind.DECIMAL))
NUMBERS = frozenset((Kind.INT, Kind.YEAR, Kind.AREA, Kind.MONEY, Kind.COORDINATE, Kind.DECIMAL))
_SIMPLE: dict[Kind, Callable[[Cell, Column], Outcome]] = {
    Kind.BOOL: read_bool,
    Kind.ENUM: read_choice,
    Kind.TEXT: read_text,
    Kind.CODE: read_code,
}


def explanation(cell: Cell) -> str | None:
    """Text of a 异常说明 cell; a dash or 无 explains nothing."""
    if cell.kind in FAILED:
        return None
    said = narrowed(cell.text).lower()
    if said in words().not_applicable or said in words().asked:
        return None
    return cleaned(cell.text) or None


def explanation_problem(cell: Cell, column: Column) -> Problem | None:
    """A formula in a 异常说明 cell that failed."""
    if cell.kind not in FAILED:
        return None
    found = f"“{column.label}”的异常说明是没有结果或出错的公式（{cell.text or '空'}）"
    return Problem("V09", found, "异常说明应为文字", "请直接写明原因，或清空")
