"""Where things stand on a sheet: addresses, column widths, row heights."""

import re
from collections.abc import Callable
from dataclasses import dataclass, field

Cell = tuple[int, int]
"""(row, column), from 1."""

ADDRESS = re.compile(r"\$?([A-Z]{1,3})\$?([1-9][0-9]{0,6})")
LAST_ROW, LAST_COLUMN = 1_048_576, 16_384
PIXELS_A_CHARACTER, PIXELS_OF_PADDING = 7, 5
PIXELS_A_POINT = 4 / 3
BESIDE, ABOVE = 15, 10
"""Pixels by which a note's box stands off its cell."""


def cell_of(address: str) -> Cell | None:
    """A7 → (7, 1); of a range its first cell; None where it is no address."""
    found = ADDRESS.match(address.strip().upper())
    if found is None:
        return None
    column = 0
    for letter in found[1]:
        column = column * 26 + ord(letter) - 64
    row = int(found[2])
    return (row, column) if row <= LAST_ROW and column <= LAST_COLUMN else None


@dataclass
class Grid:
    """Sizes of one sheet."""

    default_height: float = 15.0
    default_width: float = 9.0
    heights: dict[int, float] = field(default_factory=dict)
    columns: list[tuple[int, int, float, int]] = field(default_factory=list)
    """(first, last, width, format) of every stretch of columns."""

    def style_of_column(self, column: int) -> int:
        return next((s for first, last, _, s in self.columns if first <= column <= last), 0)

    def width(self, column: int) -> int:
        """Pixels across."""
        stretches = (w for first, last, w, _ in self.columns if first <= column <= last)
        wide = next(stretches, self.default_width)
        return int(wide * PIXELS_A_CHARACTER + PIXELS_OF_PADDING) if wide else 0

    def height(self, row: int) -> int:
        """Pixels down."""
        return int(self.heights.get(row, self.default_height) * PIXELS_A_POINT)

    def anchor(self, cell: Cell, width: int, height: int) -> str:
        """Anchor of a box beside `cell`: column, pixels, row, pixels of two corners, from 0."""
        top = max(1, cell[0] - 1)
        left = min(cell[1] + 1, LAST_COLUMN)
        right, into_right = self._along(left, BESIDE + width, self.width)
        bottom, into_bottom = self._along(top, ABOVE + height, self.height)
        corners = (left - 1, BESIDE, top - 1, ABOVE, right - 1, into_right, bottom - 1, into_bottom)
        return ", ".join(str(each) for each in corners)

    def _along(self, start: int, pixels: int, size: Callable[[int], int]) -> tuple[int, int]:
        number = start
        while pixels >= size(number) and number < start + 1000:
            pixels -= size(number)
            number += 1
        return number, pixels
