"""A page that is read from top to bottom: title, verdict, sections, small tables, sentences."""

from collections.abc import Iterator, Sequence

from junheng.publish.book.cells import Cell, Number, Tone, Word
from junheng.publish.book.listing import FOOT_MARGIN, MARGIN, Sheet
from junheng.publish.book.looks import HEAD, SIZE
from junheng.publish.book.setting import broken, capacity, height

SCALE = 75
"""Per cent: columns are a quarter wider where a program lacks the font that they are counted in."""
PAPER_TALL = (210 / 25.4 - MARGIN - FOOT_MARGIN) * 72 - 12
"""Points of a lying sheet between its margins, a line less: fonts differ a little."""
REASON_SIZE, TEXT_SIZE = 11.5, 10.5
Span = tuple[int, int]
"""First and last column of a cell on the page."""


class Page:
    """Writes downwards on a fixed grid of columns."""

    def __init__(self, sheet: Sheet, widths: Sequence[float]) -> None:
        self.sheet = sheet
        self.widths = widths
        self.row = 0
        self._tall = 0.0
        self._blocks: list[tuple[int, float]] = []
        for index, width in enumerate(widths):
            sheet.sheet.set_column(index, index, width)

    @property
    def whole(self) -> Span:
        return (0, len(self.widths) - 1)

    def title(self, text: str, subtitle: str) -> None:
        looks = self.sheet.looks
        self._merged(
            text, self.whole, looks.make(font_name=HEAD, font_size=20, bold=True, align="center")
        )
        self._down(30)
        self._merged(
            subtitle, self.whole, looks.make(align="center", font_color="#404040", text_wrap=True)
        )
        self._down(self._height(subtitle, self.whole))

    def notice(self, text: str) -> None:
        """A line that must not be overlooked."""
        form = self.sheet.looks.word(Tone.NEAR, bold=True)
        self._merged(text, self.whole, form)
        self._down(20)

    def verdict(self, word: Word, lines: Sequence[str]) -> None:
        """The verdict large on the left, its reasons on the right."""
        form = self.sheet.looks.word(
            word.tone, font_name=HEAD, font_size=26, bold=True, italic=False
        )
        text = "\n".join(lines)
        span = (2, self.whole[1])
        height = max(56.0, self._height(text, span, REASON_SIZE) + 8)
        self._merged(word.text, (0, 1), form)
        self._merged(text, span, self.sheet.looks.text(font_size=REASON_SIZE, indent=1))
        self._down(height)

    def section(self, text: str) -> None:
        """A heading; where what follows does not fit the sheet of paper, both go to the next."""
        self._blocks.append((self.row, self._tall))
        self._down(6)
        form = self.sheet.looks.section
        for index in range(len(self.widths)):
            self.sheet.sheet.write_blank(self.row, index, None, form)
        self.sheet.sheet.write_string(self.row, 0, text, form)
        self._down(20)

    def finish(self) -> None:
        """Scale the page and turn the paper before sections that would be torn.

        A scale, not "fit to width": with that, Excel heeds no breaks of ours."""
        self.sheet.sheet.set_print_scale(SCALE)
        self.sheet.sheet.set_h_pagebreaks(list(self._breaks(PAPER_TALL * 100 / SCALE)))

    def _breaks(self, sheet_tall: float) -> Iterator[int]:
        """Rows before which a new sheet of paper begins."""
        ends = [*(tall for _, tall in self._blocks[1:]), self._tall]
        top = 0.0
        for (row, start), end in zip(self._blocks, ends, strict=True):
            room = sheet_tall - (start - top) % sheet_tall
            long = end - start > sheet_tall
            if end - start > room and (not long or room < sheet_tall / 3):
                top = start
                yield row

    def sentences(self, lines: Sequence[str]) -> None:
        """One paragraph a row."""
        form = self.sheet.looks.make(text_wrap=True, font_size=TEXT_SIZE, align="left")
        for line in lines:
            self._merged(line, self.whole, form)
            self._down(self._height(line, self.whole, TEXT_SIZE))

    def headings(self, cells: Sequence[tuple[Span, str]], *, upper: bool = False) -> None:
        form = self.sheet.looks.heading(upper=upper)
        for span, text in cells:
            self._merged(text, span, form)
        self._down(max(self._height(text, span) for span, text in cells) + 4)

    def cells(self, row: Sequence[tuple[Span, Cell, str]]) -> None:
        """One table row: (columns, cell, alignment of text)."""
        for span, cell, align in row:
            if span[0] == span[1]:
                self.sheet.put(self.row, span[0], cell, align=align)
            else:
                self._merged(_text(cell), span, self.sheet.looks.text(align=align))
        self._down(max(self._height(_text(cell), span) for span, cell, _ in row))

    def link(self, sheet: str, told: str) -> None:
        """A line of the contents, with a link to the sheet."""
        looks = self.sheet.looks
        blue = looks.make(font_color="#1F4FA3", underline=1)
        self.sheet.sheet.write_url(self.row, 0, f"internal:'{sheet}'!A1", blue, sheet)
        self._merged(told, (2, self.whole[1]), looks.make(align="left"))
        self._down(16)

    def _merged(self, text: str, span: Span, form: object) -> None:
        if span[0] == span[1]:
            self.sheet.sheet.write_string(self.row, span[0], text, form)
        else:
            self.sheet.sheet.merge_range(self.row, span[0], self.row, span[1], text, form)

    def _height(self, text: str, span: Span, size: float = SIZE) -> float:
        width = capacity(self.widths[span[0] : span[1] + 1], size)
        return height(len(broken(text, width)), size)

    def _down(self, height: float) -> None:
        self._tall += height
        self.sheet.sheet.set_row(self.row, height)
        self.row += 1


def _text(cell: Cell) -> str:
    if isinstance(cell, Word):
        return cell.text
    return "" if cell is None or isinstance(cell, int | Number) else cell
