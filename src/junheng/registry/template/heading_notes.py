"""The size of a note's box, so that the whole text is seen."""

from typing import Any

from junheng.registry.template.wording import line_count

FONT, SIZE = "宋体", 10
CHARACTERS_ACROSS = 40
PIXELS_ACROSS, PIXELS_A_LINE, PIXELS_AROUND = 300, 18, 14


def size(text: str) -> tuple[int, int]:
    """Pixels across and down that show `text` without scrolling."""
    return PIXELS_ACROSS, line_count(text, CHARACTERS_ACROSS) * PIXELS_A_LINE + PIXELS_AROUND


def box(text: str) -> dict[str, Any]:
    """XlsxWriter options of a note."""
    width, height = size(text)
    return {
        "width": width,
        "height": height,
        "font_name": FONT,
        "font_size": SIZE,
        "author": "填报说明",
    }
