"""A row cut apart at its own number, which ends its own address and that of each of its cells.

    <row r="7" ht="15"><c r="A7" s="3"/><c r="B7" s="3"><v>12</v></c>   cut at   7"   gives
    <row r="    ht="15"><c r="A    s="3"/><c r="B    s="3"><v>12</v></c>

Such a strip ends one cell and opens the next. Programs write a row like the row before, so that
nearly every strip was met already, and a cell costs one look into a dictionary. Nothing is lost by
cutting: where each strip is of this form to the last character, so is the row.
"""

import re
from collections.abc import Callable

from junheng.registry.reading.sandbox.grid import Grid
from junheng.registry.reading.sandbox.places import Columns
from junheng.registry.reading.sandbox.references import OddReferenceError
from junheng.registry.reading.sandbox.wire import NOTHING, PLAIN, Refused
from junheng.registry.reading.sandbox.written import SAID, Remembered, Written

CELL, ROW_BEGINS = '<c r="', '<row r="'
"""How a cell and a row begin."""
ENDS, BEGINS, HEAD = 0, -1, -2
"""Instead of the column that a strip opens: the row ends; it begins; or, from HEAD on downwards,
the attributes of the row end: twice the column of its first cell (0: it has none), and one more
where it is hidden."""
FRAME = 2
"""Strips of a row before the first that ends a cell."""
WIDE, MANY = 1000, 500
"""Strips, and shapes of so many at most, that are kept in mind."""

_USUAL: Callable[[str], re.Match[str] | None] = re.compile(
    r'(?: s="([0-9]{1,9}+)")?+(?:(?: t="n")?+><v>([0-9]++(?:\.[0-9]++)?+)</v>|'
    r' t="inlineStr"><is><t(?: xml:space="preserve")?+>([^<]++)</t></is>|'
    r' t="s"><v>([0-9]{1,9}+)</v>)</c>(?:<c r="([A-Z]++))?+'
).fullmatch
"""A number in digits, a text of its own or a shared one, and what opens behind it."""
_HEAD = re.compile(rf'({SAID}) ?>(?:<c r="([^"<>]++))?+')
"""What stands behind the number of a row."""


class OtherwiseError(ValueError):
    """The row is written in another way."""


class Strips(Remembered[tuple[int, int]]):
    """Strip → the number of the content that ends in it, and what opens."""

    def __init__(
        self, written: Written, grid: Grid, columns: Columns, hidden: Callable[[str], bool | None]
    ) -> None:
        """`hidden` says by the attributes of a row, as written, whether it is hidden; None where
        the parser must decide."""
        super().__init__()
        self._written = written
        self._grid = grid
        self._columns = columns
        self._hidden = hidden
        self._look = written.looks.get
        self._texts, self._digits = grid.texts, grid.digits

    def __missing__(self, strip: str) -> tuple[int, int]:
        self.characters += len(strip)
        usual = _USUAL(strip)
        try:
            if usual is None:
                found = self._cell(strip) or self._frame(strip)
            else:
                style, digits, text, shared, letters = usual.groups()
                if digits is not None:
                    look = self._look(style or "0", PLAIN)
                    number = (
                        self._grid.content(("n", digits, look, False))
                        if look
                        else self._digits[digits]
                    )
                elif text is not None:
                    plain = "&" not in text and "_x" not in text
                    number = self._texts[text if plain else self._written.meant(text)]
                else:
                    number = self._texts[self._written.shared(int(shared))]
                found = number, ENDS if letters is None else self._columns[letters]
        except (OddReferenceError, Refused, IndexError):
            raise OtherwiseError from None
        self[strip] = found
        return found

    def _cell(self, strip: str) -> tuple[int, int] | None:
        """A strip that ends a cell written in a less usual way."""
        written, opened, letters = strip.rpartition(CELL)
        content = self._written[written if opened else letters]
        if content is None:
            return None
        number = self._grid.content(content) if isinstance(content, tuple) else NOTHING
        return number, self._columns[letters] if opened else ENDS

    def _frame(self, strip: str) -> tuple[int, int]:
        """A strip that begins the row, or ends its attributes."""
        if strip == ROW_BEGINS:
            return NOTHING, BEGINS
        head = _HEAD.fullmatch(strip)
        hidden = None if head is None else self._hidden(head[1])
        if head is None or hidden is None:
            raise OtherwiseError
        return NOTHING, HEAD - 2 * (self._columns[head[2]] if head[2] else ENDS) - hidden


class Shape:
    """Of a row."""

    __slots__ = ("columns", "hidden", "number")

    def __init__(self, columns: tuple[int, ...], *, hidden: bool) -> None:
        self.columns = columns
        """Of its cells, in the order in which they were met."""
        self.hidden = hidden
        self.number: int | None = None
        """In the grid, once such a row was entered whole."""

    @property
    def distinct(self) -> bool:
        """No two cells stand in one column."""
        return len(set(self.columns)) == len(self.columns)


class Shapes(dict[tuple[int, ...], Shape | None]):
    """What the strips of a row open → its shape; None where they make no row."""

    def of(self, opened: tuple[int, ...]) -> Shape | None:
        if opened in self:
            return self[opened]
        shape = _shape(opened)
        if len(opened) <= WIDE:
            if len(self) > MANY:
                self.clear()
            self[opened] = shape
        return shape


def _shape(opened: tuple[int, ...]) -> Shape | None:
    if len(opened) < FRAME or opened[0] != BEGINS or opened[1] > HEAD:
        return None
    first, hidden = divmod(HEAD - opened[1], 2)
    *columns, end = first, *opened[FRAME:]
    if end != ENDS or min(columns, default=1) <= ENDS:
        return None
    return Shape(tuple(columns), hidden=bool(hidden))
