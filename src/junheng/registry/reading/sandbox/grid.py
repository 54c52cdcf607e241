"""The filled cells of a sheet as they go over the wire: each different content once, all else numbers.

A city's workbook has 240,000 cells and a fourth as many different contents, sheet by sheet. One
entry of `which` a cell says which content stands there, one entry of `columns` in which column.
"""

from array import array

from junheng.registry.reading.sandbox.wire import NUMBERS, SMALL_NUMBERS

Content = tuple[str, str, int, bool]
"""Kind, text, look, formula: see `wire.Cell`."""


class Grid:
    """Rows of filled cells, as they are read."""

    def __init__(self) -> None:
        self.contents: list[Content] = []
        self.lengths: list[int] = []
        """Characters of each content."""
        self._known: dict[Content, int] = {}
        self._numbers = array(NUMBERS)
        self._hidden = bytearray()
        self._ends = array(NUMBERS)
        self._columns = array(SMALL_NUMBERS)
        self._which = array(NUMBERS)

    def content(self, content: Content) -> int:
        """The number under which cells refer to this content."""
        number = self._known.get(content)
        if number is None:
            number = self._known[content] = len(self.contents)
            self.contents.append(content)
            self.lengths.append(len(content[1]))
        return number

    def add(self, row: int, columns: list[int], which: list[int], *, hidden: bool) -> None:
        """One row, its filled cells in the order in which they were met."""
        self._numbers.append(row)
        self._hidden.append(hidden)
        self._columns.fromlist(columns)  # three times as fast as to extend
        self._which.fromlist(which)
        self._ends.append(len(self._which))

    def packed(self) -> tuple[object, ...]:
        """The fields of `wire.Sheet` from `contents` to `which`; nothing is added afterwards."""
        self._known.clear()  # what is sent next needs the memory
        return (
            [(0, *content) for content in self.contents],
            self._numbers.tobytes(),
            bytes(self._hidden),
            self._ends.tobytes(),
            self._columns.tobytes(),
            self._which.tobytes(),
        )
