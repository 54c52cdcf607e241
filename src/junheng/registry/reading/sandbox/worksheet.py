"""One worksheet, cell by cell as it streams past: only filled cells are kept.

Nothing is allocated by address: a lone cell at XFD1048576 costs one tuple, a million formatted
empty rows cost nothing.
"""

from collections.abc import Collection
from string import digits as DIGITS  # noqa: N812
from typing import Any

from junheng.registry.reading.sandbox.budget import Budget
from junheng.registry.reading.sandbox.grid import Grid
from junheng.registry.reading.sandbox.package import Local, Package, damaged, new_parser, ordinal
from junheng.registry.reading.sandbox.places import (
    LAST_COLUMN,
    LAST_ROW,
    Columns,
    is_hidden,
    is_row_hidden,
)
from junheng.registry.reading.sandbox.sieve import Sieve
from junheng.registry.reading.sandbox.tiles import (
    BEFORE_ROWS,
    ROW,
    ROWS_LOOKED_AT,
    Rows,
    Standing,
)
from junheng.registry.reading.sandbox.values import value_of
from junheng.registry.reading.sandbox.wire import PLAIN
from junheng.registry.reading.sandbox.written import Written


class Enough(Exception):  # noqa: N818 - no error: the rest of the sheet is of no interest
    """Raised to stop the parser."""


class Worksheet:
    """Reads one sheet part into rows of filled cells."""

    def __init__(
        self,
        strings: list[str],
        looks: dict[str, int],
        written: Written,
        budget: Budget,
        marks: Collection[str] | None,
    ) -> None:
        """`marks` None: read to the end whatever stands there."""
        self.grid = Grid()
        self.hidden_columns: list[tuple[int, int]] = []
        self.merges: list[tuple[int, int, int, int]] = []
        self.whole = True
        self._strings = strings
        self._looks = looks
        self._budget = budget
        self._local = Local()
        self._columns = Columns()
        self._at = Standing(frozenset(marks) if marks is not None else None)
        self._filled: list[tuple[int, int]] = []
        """Column and content of the cells of the row that is open."""
        self._cell: dict[str, str] | None = None
        self._pieces: list[str] = []
        self._value_in = ""
        self._collect = self._pieces.append
        self._formula = False
        self._guides = 0
        self._run = False
        self._tiles = Rows(written, self._columns, budget, self.grid, self._at)
        self._parser: Any = None
        self._sieve: Any = None

    def read(self, package: Package, part: str) -> "Worksheet":
        self._parser = new_parser(self._start, self._end)
        self._sieve = Sieve(self._parser, BEFORE_ROWS, ROW, self._tiles.take)
        try:
            package.feed(part, self._parser, self._sieve.through)
        except Enough:
            self.whole = False
        finally:
            self._parser = self._sieve = None  # they hold one another
            del self._tiles  # and these remember much that no other sheet says
        return self

    def _start(self, tag: str, attributes: dict[str, str]) -> None:
        name = self._local[tag]
        if name == "c":
            if self._cell is not None:
                raise damaged(f"第 {self._at.row} 行有单元格套着单元格")
            self._cell = attributes
        elif self._cell is not None:
            self._inside_cell(name)
        elif name == "row":
            self._open_row(attributes)
        elif name == "sheetData" and not self._at.row and not self._filled:
            self._sieve.opened = self._parser.CurrentByteIndex
        elif name == "col":
            self._hide_columns(attributes)
        elif name == "mergeCell":
            self._merge(attributes.get("ref", ""))

    def _inside_cell(self, name: str) -> None:
        if name == "v" or (name == "t" and not self._guides):
            # Rich text has a t in each run; any other second value would silently join the first.
            filled = "r" if self._run else name
            if self._pieces and (filled, self._value_in) != ("r", "r"):
                raise damaged(f"第 {self._at.row} 行有单元格写了两个值")
            self._value_in = filled
            self._parser.CharacterDataHandler = self._collect
        elif name == "f":
            self._formula = True
        elif name == "r":
            self._run = True
        elif name == "rPh":
            self._guides += 1

    def _end(self, tag: str) -> None:
        name = self._local[tag]
        if name == "c":
            attributes, self._cell = self._cell, None
            assert attributes is not None
            if self._pieces or self._formula:
                self._keep(attributes)
            elif "r" in attributes:
                self._at.skipped = attributes["r"]
            else:
                self._placed(None)
        elif self._cell is not None:
            self._parser.CharacterDataHandler = None
            if name == "rPh":
                self._guides -= 1
            elif name == "r":
                self._run = False
        elif name == "row":
            self._sieve.closed = self._parser.CurrentByteIndex
            self._close_row()

    def _open_row(self, attributes: dict[str, str]) -> None:
        at = self._at
        at.row_stated = "r" in attributes
        at.row = ordinal(attributes.get("r"), at.row + 1)
        if not 1 <= at.row <= LAST_ROW:
            raise damaged(f"第 {at.row} 行不存在")
        if at.marks is not None and at.row > ROWS_LOOKED_AT:
            raise Enough
        at.row_hidden = is_row_hidden(attributes)
        at.column = 0
        at.skipped = ""

    def _close_row(self) -> None:
        if self._filled:
            columns, which = map(list, zip(*self._filled, strict=True))
            self.grid.add(self._at.row, columns, which, hidden=self._at.row_hidden)
            self._filled.clear()

    def _keep(self, attributes: dict[str, str]) -> None:
        raw = "".join(self._pieces)
        self._pieces.clear()
        formula, self._formula = self._formula, False
        column = self._placed(attributes.get("r"))
        try:
            kind, text = value_of(attributes.get("t"), raw, self._strings, formula=formula)
        except IndexError:
            raise damaged(f"第 {self._at.row} 行引用了不存在的文字") from None
        if not text and not formula:
            return
        if self._at.marks is not None and text in self._at.marks:
            self._at.marks = None
        self._budget.spend(len(text))
        look = self._looks.get(attributes.get("s", "0"), PLAIN) if kind == "n" else PLAIN
        self._filled.append((column, self.grid.content((kind, text, look, formula))))

    def _placed(self, reference: str | None) -> int:
        """Column of a cell; some writers leave the address out and count on the order."""
        if self._at.skipped and reference is None:
            self._at.column = self._columns[self._at.skipped.rstrip(DIGITS)]
        self._at.skipped = ""
        if reference is None:
            self._at.column += 1
            return self._at.column
        letters = reference.rstrip(DIGITS)
        self._at.column = self._columns[letters]
        if not self._at.row_stated:
            self._at.row = ordinal(reference[len(letters) :], self._at.row)
        return self._at.column

    def _hide_columns(self, attributes: dict[str, str]) -> None:
        first, last = ordinal(attributes.get("min")), ordinal(attributes.get("max"))
        if 1 <= first <= last and (is_hidden(attributes) or attributes.get("width") == "0"):
            self._budget.spend(0)
            self.hidden_columns.append((first, min(last, LAST_COLUMN)))

    def _merge(self, reference: str) -> None:
        first, _, last = reference.replace("$", "").partition(":")
        if last:
            self._budget.spend(0)
            self.merges.append((*self._address(first), *self._address(last)))

    def _address(self, reference: str) -> tuple[int, int]:
        letters = reference.rstrip(DIGITS)
        row = ordinal(reference[len(letters) :])
        if not 1 <= row <= LAST_ROW:
            raise damaged(f"合并区域“{reference[:20]}”不存在")
        return row, self._columns[letters]
