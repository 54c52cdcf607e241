"""The cells of a sheet as they go over the wire: each different content once, all else numbers.

A city's workbook has 240,000 cells and a fourth as many different contents, sheet by sheet. Most
rows have their cells in the same columns, which is their shape; so a row is the number of its
shape, and one number a cell, that of its content.
"""

from array import array
from collections.abc import Iterable
from typing import Any

from junheng.registry.reading.sandbox.wire import NOTHING, NUMBERS, PLAIN

Content = tuple[str, str, int, bool]
"""Kind, text, look, formula: see `wire.Cell`."""


class _Numbered(dict[Any, int]):
    """What plainly stands in cells of one kind → the number under which cells refer to it."""

    def __init__(self, kind: str, grid: "Grid") -> None:
        super().__init__()
        self._kind = kind
        self._keep, self._measure = grid.contents.append, grid.lengths.append
        self._contents = grid.contents

    def __missing__(self, text: str) -> int:
        self[text] = number = len(self._contents)
        self._keep((0, self._kind, text))
        self._measure(len(text))
        return number


class Grid:
    """Rows with filled cells, as they are read."""

    def __init__(self) -> None:
        self.contents: list[tuple[Any, ...]] = [(0, "s", "")]
        """As `wire.Cell` has them: what is plain says no more than its kind and its text."""
        self.lengths: list[int] = [0]
        """Characters of each content."""
        self.texts = _Numbered("s", self)
        self.texts[""] = NOTHING
        self.digits = _Numbered("n", self)
        self._known: dict[Content, int] = {}
        """Others."""
        self._shapes: dict[tuple[int, ...], int] = {}
        self._numbers = array(NUMBERS)
        self._hidden = bytearray()
        self._shape_of = array(NUMBERS)
        self._which = array(NUMBERS)

    def content(self, content: Content) -> int:
        """The number under which cells refer to this content."""
        kind, text, look, formula = content
        if look == PLAIN and not formula:
            if kind == "s":
                return self.texts[text]
            if kind == "n":
                return self.digits[text]
        number = self._known.get(content)
        if number is None:
            self._known[content] = number = len(self.contents)
            self.contents.append((0, *content))
            self.lengths.append(len(text))
        return number

    def shape(self, columns: tuple[int, ...]) -> int:
        """The number under which rows refer to their columns."""
        return self._shapes.setdefault(columns, len(self._shapes))

    def add(self, row: int, columns: Iterable[int], which: list[int], *, hidden: bool) -> None:
        """One row, its filled cells in the order in which they were met."""
        self.add_all([row], [hidden], [self.shape(tuple(columns))], which)

    def add_all(
        self, rows: list[int], hidden: list[bool], shapes: list[int], which: list[int]
    ) -> None:
        """Several rows; `which` are the contents of their cells, row after row."""
        self._numbers.fromlist(rows)  # three times as fast as to extend
        self._hidden.extend(hidden)
        self._shape_of.fromlist(shapes)
        self._which.fromlist(which)

    def packed(self) -> tuple[object, ...]:
        """The fields of `wire.Sheet` from `contents` to `which`; nothing is added afterwards."""
        for known in (self.texts, self.digits, self._known):
            known.clear()  # what is sent next needs the memory
        return (
            self.contents,
            self._numbers.tobytes(),
            bytes(self._hidden),
            list(self._shapes),
            self._shape_of.tobytes(),
            self._which.tobytes(),
        )
