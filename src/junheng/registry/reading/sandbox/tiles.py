"""Rows and shared strings as Excel, WPS, LibreOffice and the usual libraries write them.

One pattern a kind of item, which accounts for every character: attributes in their usual order, no
comment, nothing nested that is not named here. What does not fit is left to the parser (`sieve`),
whose readings these must equal to the last character.
"""

import re
from collections.abc import Iterator
from itertools import compress
from string import digits as DIGITS  # noqa: N812

from junheng.registry.reading.sandbox.budget import Budget
from junheng.registry.reading.sandbox.grid import Grid
from junheng.registry.reading.sandbox.places import LAST_ROW, Columns, is_row_hidden
from junheng.registry.reading.sandbox.references import OddReferenceError, resolved
from junheng.registry.reading.sandbox.strips import (
    CELL,
    FRAME,
    ROW_BEGINS,
    OtherwiseError,
    Shape,
    Shapes,
    Strips,
)
from junheng.registry.reading.sandbox.values import unescaped
from junheng.registry.reading.sandbox.wire import NOTHING, Refused
from junheng.registry.reading.sandbox.written import (
    EMPTY,
    SAID,
    Remembered,
    Written,
    attributes_of,
)

ROW, STRING = "</row>", "</si>"
"""How the items end."""
BEFORE_ROWS = re.compile(rb"<sheetData>")
BEFORE_STRINGS = re.compile(rb'<sst(?: [A-Za-z:]+="[^"<&>]*")*>')
ROWS_LOOKED_AT = 20
"""A sheet is left after these rows if none of them shows a mark of the template."""
SPARSE = 4
"""So many times as many cells as are filled: the empty ones of the row are left out."""

_OPEN = re.compile(rf'<row r="([0-9]{{1,7}}+)"({SAID}) ?(/?)>')
_NUMBER = re.compile(r'<row r="([0-9]{1,7}+)"')
_STRING = re.compile(r'<si><t(?: xml:space="preserve")?+>([^<]*+)</t></si>')


class Standing:
    """How far the reading of a sheet has come; kept alike by the parser's handlers and by tiles."""

    def __init__(self, marks: frozenset[str] | None) -> None:
        self.marks = marks
        """Texts that show the sheet to be of interest; None: it is, whatever stands there."""
        self.row = 0
        self.row_hidden = False
        self.row_stated = True
        """The row said its number; if not, the addresses of its cells may."""
        self.column = 0
        self.skipped = ""
        """Address of the empty cell just before, if it had one; its digits do not matter."""


class _Taken:
    """Rows taken one after another, before they are entered all at once."""

    def __init__(self) -> None:
        self.numbers: list[int] = []
        self.hidden: list[bool] = []
        self.shapes: list[int] = []
        self.which: list[int] = []
        """Contents of the cells, row after row."""


class Rows:
    """Takes rows."""

    def __init__(
        self, written: Written, columns: Columns, budget: Budget, grid: Grid, standing: Standing
    ) -> None:
        self.written = written
        self.columns = columns
        self.budget = budget
        self.grid = grid
        self.standing = standing
        self._hidden: Remembered[bool | None] = Remembered()
        """Attributes of a row as written → whether it is hidden; None where the parser must decide."""
        self._scarce = False
        """The budget does not suffice for many rows: they are counted one by one."""
        self._strips = Strips(written, grid, columns, self._is_hidden)
        self._shapes = Shapes()
        self._length = grid.lengths.__getitem__

    def take(self, text: str, at: int) -> int:
        begun = -1
        while at > begun:
            begun = at
            if self.standing.marks is None and not self._scarce:
                at = self._many(text, at)
            at = self._some(text, at)
        return at

    def _many(self, text: str, at: int) -> int:
        """Takes rows as long as they consist of strips that can be understood."""
        begun, last, number, hidden, taken = at, "", 0, False, _Taken()
        for last, number, shape, contents in self._understood(text, at):
            at += len(last) + len(ROW)
            hidden = shape.hidden
            filled = len(contents) - contents.count(NOTHING)
            if shape.number is not None and SPARSE * filled > len(contents):
                taken.shapes.append(shape.number)
                taken.which += contents[FRAME:]
            elif filled:
                self._note(taken, shape, contents[FRAME:], filled)
            else:
                continue
            taken.numbers.append(number)
            taken.hidden.append(hidden)
        if not self._enter(taken):
            self._scarce = True
            return begun
        if last:
            opening = _OPEN.match(last)
            assert opening is not None, "taken just now"
            self._stand(last[opening.end() :], number, hidden=hidden)
        return at

    def _understood(self, text: str, at: int) -> Iterator[tuple[str, int, Shape, tuple[int, ...]]]:
        """Rows up to the first that is written otherwise: what is written, the number, the shape,
        and the contents of its strips."""
        self._strips.forget_if_large()
        known, number, end = self._strips.__getitem__, self.standing.row, len(ROW)
        opened: tuple[int, ...] | None = None
        shape: Shape | None = None
        while (stop := text.find(ROW, at)) >= 0:
            row, at, number = text[at:stop], stop + end, number + 1
            said = f'{number}"'
            if not row.startswith(said, len(ROW_BEGINS)):
                opening = _NUMBER.match(row)
                if opening is None:
                    return
                said, number = opening[0][len(ROW_BEGINS) :], int(opening[1])
            try:
                contents, opens = zip(*map(known, row.split(said)), strict=True)
            except OtherwiseError:
                return
            if opens != opened:
                shape, opened = self._shapes.of(opens), opens
            if shape is None or not 1 <= number <= LAST_ROW:
                return
            yield row, number, shape, contents

    def _note(self, taken: _Taken, shape: Shape, which: tuple[int, ...], filled: int) -> None:
        """A row of a new shape, or one of few filled cells, whose others are left out."""
        columns = shape.columns
        if shape.distinct and SPARSE * filled > len(which) + FRAME:
            number = shape.number = self.grid.shape(columns)
        else:
            number = self.grid.shape(tuple(compress(columns, which)))
            which = tuple(filter(None, which))
        taken.shapes.append(number)
        taken.which += which

    def _enter(self, taken: _Taken) -> bool:
        """False where the rows would break a limit; nothing is entered then."""
        which = taken.which
        filled = len(which) - which.count(NOTHING)
        if not self.budget.spend_at_once(filled, sum(map(self._length, which))):
            return False
        self.grid.add_all(taken.numbers, taken.hidden, taken.shapes, which)
        return True

    def _some(self, text: str, at: int) -> int:
        """Takes one row that need not be written like others, and those without cells before it."""
        while (opening := _OPEN.match(text, at)) is not None:
            digits, said, closed = opening.groups()
            number = int(digits)
            hidden = self._is_hidden(said)
            if hidden is None or not 1 <= number <= LAST_ROW:
                break
            if self.standing.marks is not None and number > ROWS_LOOKED_AT:
                break
            end = opening.end()
            row = ""
            if not closed:
                stop = text.index(ROW, end)
                row, end = text[end:stop], stop + len(ROW)
            cells = self._one_by_one(row)
            if cells is None or not self._keep(number, *cells, hidden=hidden):
                break
            at = end
            self._stand(row, number, hidden=hidden)
            if not closed:
                break
        return at

    def _one_by_one(self, row: str) -> tuple[list[int], list[int]] | None:
        """Columns and contents of the filled cells; None where the parser must decide."""
        cells = self._apart(row)
        if cells is None:
            return None
        try:
            columns = [self.columns[letters] for letters, _ in cells]
        except Refused:
            return None
        filled = [(c, n) for c, (_, n) in zip(columns, cells, strict=True) if n > NOTHING]
        return [column for column, _ in filled], [number for _, number in filled]

    def _apart(self, row: str) -> list[tuple[str, int]] | None:
        """Column letters and content of every cell of a row; None where one is written otherwise."""
        before, *pieces = row.split(CELL)
        if before:
            return None
        found = []
        for piece in pieces:
            address, _, written = piece.partition('"')
            content = self.written[written]
            if content is None:
                return None
            number = self.grid.content(content) if isinstance(content, tuple) else content
            found.append((address.rstrip(DIGITS), number))
        return found

    def _keep(self, row: int, columns: list[int], which: list[int], *, hidden: bool) -> bool:
        """False where the row would break a limit: the parser finds at which cell."""
        if not which:
            return True
        if not self.budget.spend_at_once(len(which), sum(map(self._length, which))):
            return False
        marks = self.standing.marks
        if marks is not None and any(self.grid.contents[each][2] in marks for each in which):
            self.standing.marks = None
        self.grid.add(row, columns, which, hidden=hidden)
        return True

    def _stand(self, row: str, number: int, *, hidden: bool) -> None:
        """As the parser's handlers would stand after the last row that was taken."""
        standing = self.standing
        cells = self._apart(row)
        assert cells is not None, "taken just now"
        standing.row, standing.row_hidden, standing.row_stated = number, hidden, True
        standing.skipped = cells[-1][0] if cells and cells[-1][1] == EMPTY else ""
        *_, last = "", *(letters for letters, number in cells if number != EMPTY)
        standing.column = self.columns[last] if last else 0

    def _is_hidden(self, said: str) -> bool | None:
        if said in self._hidden:
            return self._hidden[said]
        attributes = attributes_of(said)
        self._hidden.forget_if_large()
        self._hidden.characters += len(said)
        self._hidden[said] = hidden = (
            None if attributes is None or "r" in attributes else is_row_hidden(attributes)
        )
        return hidden


class Strings:
    """Takes shared strings."""

    def __init__(self, budget: Budget, found: list[str]) -> None:
        self.budget = budget
        self.found = found

    def take(self, text: str, at: int) -> int:
        while (string := _STRING.match(text, at)) is not None:
            try:
                raw = resolved(string[1])
            except OddReferenceError:
                break
            self.keep(raw)
            at = string.end()
        return at

    def keep(self, raw: str) -> None:
        text = unescaped(raw)
        self.budget.spend_characters(len(text))
        self.found.append(text)
