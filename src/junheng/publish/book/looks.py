"""Fonts, lines, fills and number formats of the result book, each made once.

Fills are light enough to print in grey; the tones differ in weight too, and never stand alone.
"""

from typing import Any

from xlsxwriter import Workbook
from xlsxwriter.format import Format

from junheng.publish.book.cells import Number, Tone
from junheng.registry.colours import BAND_FILL, LINE

BODY, HEAD, NOTE = "宋体", "黑体", "仿宋"
SIZE, UPPER_SIZE, NOTE_SIZE = 10, 9.5, 10.5
_RULED = {"border": 1, "border_color": f"#{LINE}"}
TONES: dict[Tone, dict[str, Any]] = {
    Tone.PLAIN: {},
    Tone.GOOD: {"bg_color": "#EDF6EB", "font_color": "#1D5B2A"},
    Tone.NEAR: {"bg_color": "#FFF3C4", "font_color": "#6B5200"},
    Tone.NEAR_BAD: {"bg_color": "#FBDDC6", "font_color": "#9A3412", "bold": True},
    Tone.BAD: {"bg_color": "#F3B8B3", "font_color": "#7F0A0A", "bold": True},
    Tone.OPEN: {"bg_color": "#D9D9D9", "font_color": "#333333", "italic": True},
}


class Looks:
    """The formats of one workbook; the same wish gives the same format."""

    def __init__(self, book: Workbook) -> None:
        self._book = book
        self._made: dict[tuple[tuple[str, Any], ...], Format] = {}
        self._plain: dict[str, Format] = {}

    def make(self, **wishes: Any) -> Format:
        key = tuple(sorted(wishes.items()))
        if key not in self._made:
            base = {"font_name": BODY, "font_size": SIZE, "valign": "vcenter"}
            self._made[key] = self._book.add_format({**base, **wishes})
        return self._made[key]

    @property
    def title(self) -> Format:
        return self.make(font_name=HEAD, font_size=16, bold=True)

    @property
    def subtitle(self) -> Format:
        return self.make(font_color="#404040")

    @property
    def note(self) -> Format:
        return self.make(font_name=NOTE, font_size=NOTE_SIZE)

    @property
    def section(self) -> Format:
        return self.make(font_name=HEAD, font_size=12, bold=True, bottom=2, bottom_color="#1F3864")

    def heading(self, *, upper: bool = False) -> Format:
        size = UPPER_SIZE if upper else SIZE
        return self.make(
            font_name=HEAD, font_size=size, bold=not upper, align="center", text_wrap=True,
            bg_color=f"#{BAND_FILL}", **_RULED,
        )  # fmt: skip

    def text(self, *, align: str = "left", **wishes: Any) -> Format:
        """Ruled text; the plain ones, of which a book has tens of thousands, are kept at hand."""
        if wishes:
            return self.make(align=align, text_wrap=True, **_RULED, **wishes)
        if align not in self._plain:
            self._plain[align] = self.make(align=align, text_wrap=True, **_RULED)
        return self._plain[align]

    def word(self, tone: Tone, **wishes: Any) -> Format:
        return self.make(align="center", text_wrap=True, **{**_RULED, **TONES[tone], **wishes})

    def count(self, *, align: str = "right") -> Format:
        return self.make(align=align, num_format="#,##0", **_RULED)

    def number(self, number: Number, **wishes: Any) -> Format:
        digits = "#,##0" + ("." + "0" * number.places if number.places else "")
        digits += f'"{number.suffix}"' if number.suffix else ""
        if number.signed:
            digits = f"+{digits};-{digits};0"
        return self.make(
            align="right", num_format=digits, **{**_RULED, **TONES[number.tone], **wishes}
        )
