"""One worksheet, cell by cell as it streams past: only filled cells are kept.

Nothing is allocated by address: a lone cell at XFD1048576 costs one tuple, a million formatted
empty rows cost nothing.
"""

from collections.abc import Collection
from string import ascii_uppercase
from string import digits as DIGITS  # noqa: N812
from typing import Any

from junheng.registry.reading.sandbox.package import (
    TOO_BIG,
    Local,
    Package,
    damaged,
    new_parser,
    ordinal,
)
from junheng.registry.reading.sandbox.strings import too_many_characters, unescaped
from junheng.registry.reading.sandbox.wire import PLAIN, Limits, Refused

LAST_COLUMN, LAST_ROW = 16_384, 1_048_576
ROWS_LOOKED_AT = 20
"""A sheet is left after these rows if none of them shows a mark of the template."""

KINDS = {"s": "s", "str": "s", "inlineStr": "s", "b": "b", "e": "e", "d": "d", "n": "n", None: "n"}

WireCell = tuple[int, str, str, int, bool]
WireRow = tuple[int, bool, list[WireCell]]


class Enough(Exception):  # noqa: N818 - no error: the rest of the sheet is of no interest
    """Raised to stop the parser."""


class Columns(dict[str, int]):
    """Column letters → number, worked out once each."""

    def __missing__(self, letters: str) -> int:
        number = 0
        for letter in letters.upper():
            number = number * 26 + ascii_uppercase.find(letter) + 1
        if not (letters.isalpha() and letters.isascii() and number <= LAST_COLUMN):
            raise damaged(f"单元格地址“{letters[:10]}…”不存在")
        self[letters] = number
        return number


class Budget:
    """What is left of a file's cells and characters, shared by its sheets."""

    def __init__(self, limits: Limits) -> None:
        self.limits = limits
        self._cells = limits.cells
        self._characters = limits.characters

    def spend(self, characters: int) -> None:
        self._cells -= 1
        self._characters -= characters
        if self._cells < 0:
            raise Refused("S07", f"有内容的单元格超过 {self.limits.cells} 个，没有读取", TOO_BIG)
        if self._characters < 0:
            raise too_many_characters(self.limits)


class Worksheet:
    """Reads one sheet part into rows of filled cells."""

    def __init__(
        self,
        strings: list[str],
        looks: dict[str, int],
        budget: Budget,
        marks: Collection[str] | None,
    ) -> None:
        """`marks` None: read to the end whatever stands there."""
        self.rows: list[WireRow] = []
        self.hidden_columns: list[tuple[int, int]] = []
        self.merges: list[tuple[int, int, int, int]] = []
        self.whole = True
        self._strings = strings
        self._looks = looks
        self._budget = budget
        self._marks = marks
        self._local = Local()
        self._columns = Columns()
        self._row = 0
        self._row_hidden = False
        self._row_stated = True
        self._cells: list[WireCell] = []
        self._column = 0
        self._skipped = ""
        self._cell: dict[str, str] | None = None
        self._pieces: list[str] = []
        self._filled = ""
        self._collect = self._pieces.append
        self._formula = False
        self._guides = 0
        self._run = False
        self._parser: Any = None

    def read(self, package: Package, part: str) -> "Worksheet":
        self._parser = new_parser(self._start, self._end)
        try:
            package.feed(part, self._parser)
        except Enough:
            self.whole = False
        finally:
            self._parser = None
        return self

    def _start(self, tag: str, attributes: dict[str, str]) -> None:
        name = self._local[tag]
        if name == "c":
            if self._cell is not None:
                raise damaged(f"第 {self._row} 行有单元格套着单元格")
            self._cell = attributes
        elif self._cell is not None:
            self._inside_cell(name)
        elif name == "row":
            self._open_row(attributes)
        elif name == "col":
            self._hide_columns(attributes)
        elif name == "mergeCell":
            self._merge(attributes.get("ref", ""))

    def _inside_cell(self, name: str) -> None:
        if name == "v" or (name == "t" and not self._guides):
            # Rich text has a t in each run; any other second value would silently join the first.
            filled = "r" if self._run else name
            if self._pieces and (filled, self._filled) != ("r", "r"):
                raise damaged(f"第 {self._row} 行有单元格写了两个值")
            self._filled = filled
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
                self._skipped = attributes["r"]
            else:
                self._placed(None)
        elif self._cell is not None:
            self._parser.CharacterDataHandler = None
            if name == "rPh":
                self._guides -= 1
            elif name == "r":
                self._run = False
        elif name == "row" and self._cells:
            self.rows.append((self._row, self._row_hidden, self._cells))
            self._cells = []

    def _open_row(self, attributes: dict[str, str]) -> None:
        self._row_stated = "r" in attributes
        self._row = ordinal(attributes.get("r"), self._row + 1)
        if not 1 <= self._row <= LAST_ROW:
            raise damaged(f"第 {self._row} 行不存在")
        if self._marks is not None and self._row > ROWS_LOOKED_AT:
            raise Enough
        self._row_hidden = _hidden(attributes) or attributes.get("ht") == "0"
        self._column = 0
        self._skipped = ""

    def _keep(self, attributes: dict[str, str]) -> None:
        raw = "".join(self._pieces)
        self._pieces.clear()
        formula, self._formula = self._formula, False
        column = self._placed(attributes.get("r"))
        kind, text = self._value(attributes.get("t"), raw, formula=formula)
        if not text and not formula:
            return
        if self._marks is not None and text in self._marks:
            self._marks = None
        self._budget.spend(len(text))
        look = self._looks.get(attributes.get("s", "0"), PLAIN) if kind == "n" else PLAIN
        self._cells.append((column, kind, text, look, formula))

    def _placed(self, reference: str | None) -> int:
        """Column of a cell; some writers leave the address out and count on the order."""
        if self._skipped and reference is None:
            self._column = self._columns[self._skipped.rstrip(DIGITS)]
        self._skipped = ""
        if reference is None:
            self._column += 1
            return self._column
        letters = reference.rstrip(DIGITS)
        self._column = self._columns[letters]
        if not self._row_stated:
            self._row = ordinal(reference[len(letters) :], self._row)
        return self._column

    def _value(self, written: str | None, raw: str, *, formula: bool) -> tuple[str, str]:
        """Kind and text of the cell; `-` is a formula whose result was never stored."""
        if written == "s":
            index = ordinal(raw.strip())
            if not 0 <= index < len(self._strings):
                raise damaged(f"第 {self._row} 行引用了不存在的文字")
            return "s", self._strings[index]
        kind = KINDS.get(written, "s")
        if kind == "s":
            return "s", unescaped(raw)
        text = raw.strip()
        return ("-" if formula and not text else kind), text

    def _hide_columns(self, attributes: dict[str, str]) -> None:
        first, last = ordinal(attributes.get("min")), ordinal(attributes.get("max"))
        if 1 <= first <= last and (_hidden(attributes) or attributes.get("width") == "0"):
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


def _hidden(attributes: dict[str, str]) -> bool:
    return attributes.get("hidden") in ("1", "true")
