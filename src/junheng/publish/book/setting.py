"""How much text a cell holds: lines, their breaks and the height they take, in fixed-width terms.

Excel sets row heights by itself only for cells that are not merged, and WPS not always; so heights
are worked out here: a column of width w is 7 w + 5 pixels, a Chinese character is as wide as high.
"""

from collections.abc import Sequence
from functools import lru_cache

from junheng.publish.wrapping import wrapped
from junheng.registry.template.wording import display_width

PIXELS_PER_WIDTH, CELL_PADDING, SPARE = 7, 5, 8
PIXELS_PER_POINT = 96 / 72
LINE_SPACING, ROW_PADDING = 1.45, 2.5


def capacity(widths: Sequence[float], size: float) -> int:
    """Half-width characters of `size` points in a cell that spans columns of these widths."""
    pixels = sum(PIXELS_PER_WIDTH * width + CELL_PADDING for width in widths) - SPARE
    return max(int(pixels / (size * PIXELS_PER_POINT / 2)), 2)


def points_wide(widths: Sequence[float]) -> float:
    """Points that columns of these widths take side by side."""
    return sum(PIXELS_PER_WIDTH * width + CELL_PADDING for width in widths) / PIXELS_PER_POINT


@lru_cache(maxsize=8192)
def broken(text: str, width: int) -> tuple[str, ...]:
    """Lines of at most `width` half-width characters."""
    return tuple(
        line for paragraph in text.split("\n") for line in wrapped(paragraph, width, display_width)
    )


def height(lines: int, size: float) -> float:
    """Points that so many lines take."""
    return round(lines * size * LINE_SPACING + ROW_PADDING, 1)
