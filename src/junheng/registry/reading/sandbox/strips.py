"""The cells of a row cut apart at the row's own number, which ends the address of each of them.

    <c r="A7" s="3"/><c r="B7" s="3"><v>12</v></c>   cut at   7"   gives
    <c r="A    s="3"/><c r="B    s="3"><v>12</v></c>

Such a strip ends one cell and opens the next. Programs write a row like the row before, so that
nearly every strip was met already, and a cell costs one look into a dictionary. Nothing is lost by
cutting: where each strip is of this form to the last character, so is the row.
"""

from itertools import compress
from typing import Generic, TypeVar

from junheng.registry.reading.sandbox.grid import Content, Grid
from junheng.registry.reading.sandbox.places import Columns
from junheng.registry.reading.sandbox.wire import Refused

CELL = '<c r="'
"""How a cell begins."""
REMEMBERED, REMEMBERED_CHARACTERS = 1 << 18, 1 << 23
"""Ways of writing kept in mind; what a sheet says in the end is counted by its budget."""
EMPTY, MUTE = -1, -2
"""Instead of the number of a content: nothing stands in the cell; or spaces at most."""
BEGINS, NOTHING, ENDS = -1, 0, 0
"""Instead of one more than that number: the strip begins the row; nothing stands in the cell.
Instead of a column: no cell comes after."""

Understood = TypeVar("Understood")


class Remembered(dict[str, Understood], Generic[Understood]):
    """What was understood, by how it was written; the memory that it takes has a limit."""

    characters = 0
    """In the keys; whoever adds one counts it (an entry is made for every cell of some files)."""

    def forget_if_large(self) -> None:
        if len(self) > REMEMBERED or self.characters > REMEMBERED_CHARACTERS:
            self.clear()
            self.characters = 0


class OtherwiseError(ValueError):
    """The row is written in another way."""


class Strips(Remembered[tuple[int, int]]):
    """Strip → one more than the number of the content that ends in it, and the column that opens."""

    def __init__(
        self, written: Remembered[Content | int | None], grid: Grid, columns: Columns
    ) -> None:
        """`written`: a cell as written behind its address → its content, a negative number where
        nothing stands there, None where the parser must decide."""
        super().__init__()
        self._written = written
        self._grid = grid
        self._columns = columns

    def number(self, written: str) -> int | None:
        """The same, contents by their number in the grid."""
        content = self._written[written]
        return self._grid.content(content) if isinstance(content, tuple) else content

    def cells(self, row: str, number: str) -> tuple[list[int], list[int]] | None:
        """Columns and contents of the filled cells of a row, which says its number so; None where
        it is written otherwise."""
        if not row:
            return [], []
        try:
            contents, columns = zip(*map(self.__getitem__, row.split(number + '"')), strict=True)
            end = columns.index(ENDS)
        except ValueError:  # one of these strips is none, or none of them ends the row
            return None
        which = contents[1:]
        if contents[0] != BEGINS or BEGINS in which or end < len(which):
            return None
        return list(compress(columns, which)), [each - 1 for each in which if each]

    def __missing__(self, strip: str) -> tuple[int, int]:
        self.forget_if_large()
        self.characters += len(strip)
        written, opened, letters = strip.rpartition(CELL)
        if not opened:
            written, letters = letters, ""
        number = self.number(written) if written else EMPTY
        if number is None:
            raise OtherwiseError
        try:
            column = self._columns[letters] if opened else ENDS
        except Refused:
            raise OtherwiseError from None
        content = max(number + 1, NOTHING) if written else BEGINS
        self[strip] = found = content, column
        return found
