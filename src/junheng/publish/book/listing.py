"""A list on a sheet of its own: title, notes, sticky headings, a filter, one record a row, print set-up."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from xlsxwriter.worksheet import Worksheet

from junheng.publish.book.cells import Cell, Number, Word
from junheng.publish.book.looks import NOTE_SIZE, SIZE, UPPER_SIZE, Looks
from junheng.publish.book.setting import broken, capacity, height, points_wide

A4, A3 = 9, 8
WIDE = {A4: 297, A3: 420}
"""Millimetres of a lying sheet."""
LEAST_SIZE = 7.6
"""Points: a list whose text would print smaller on A4 goes on A3."""
MARGIN, FOOT_MARGIN = 0.4, 0.6
"""Inches."""
NOTHING = "（无）"
GAP, FILTER_ROOM = 6.0, 9.0
"""Points of air; points below a heading for the filter button."""


@dataclass(frozen=True)
class Heading:
    """A column: what stands above it, its width in half-width characters, how text is set."""

    text: str
    width: float
    align: Literal["left", "center"] = "left"
    above: tuple[str, ...] = ()
    """Upper heading rows, from the top; neighbours with the same words share one cell."""


@dataclass(frozen=True)
class Listing:
    """A sheet that holds one list."""

    name: str
    title: str
    notes: Sequence[str]
    headings: Sequence[Heading]
    rows: Sequence[Sequence[Cell]]
    sticky: int
    """So many columns stay in sight."""
    empty: str = NOTHING
    """What is said where there are no rows."""


class Sheet:
    """A worksheet that knows how to write our cells."""

    def __init__(self, sheet: Worksheet, looks: Looks) -> None:
        self.sheet = sheet
        self.looks = looks

    def put(self, row: int, column: int, cell: Cell, *, align: str = "left") -> None:
        """Write one cell; text stays text, whatever sign it starts with."""
        looks = self.looks
        if cell is None or cell == "":
            self.sheet.write_blank(row, column, None, looks.text(align=align))
        elif isinstance(cell, Number):
            self.sheet.write_number(row, column, cell.value, looks.number(cell))
        elif isinstance(cell, Word):
            self._word(row, column, cell)
        elif isinstance(cell, int):
            form = looks.count(align="center" if align == "center" else "right")
            self.sheet.write_number(row, column, cell, form)
        else:
            self.sheet.write_string(row, column, cell, looks.text(align=align))

    def _word(self, row: int, column: int, cell: Word) -> None:
        form = self.looks.word(cell.tone)
        if cell.text:
            self.sheet.write_string(row, column, cell.text, form)
        else:
            self.sheet.write_blank(row, column, None, form)

    def printed(self, *, left: str, right: str, landscape: bool = True) -> None:
        """A4, one page wide, with name, page number and fingerprint."""
        if landscape:
            self.sheet.set_landscape()
        self.sheet.set_paper(A4)
        self.sheet.fit_to_pages(1, 0)
        self.sheet.set_margins(MARGIN, MARGIN, MARGIN, FOOT_MARGIN)
        self.sheet.center_horizontally()
        safe_left, safe_right = left.replace("&", "&&"), right.replace("&", "&&")
        self.sheet.set_footer(f"&L&9 {safe_left}　&A&C&9第 &P 页，共 &N 页&R&9 {safe_right}")


def printed_size(widths: Sequence[float], paper: int) -> float:
    """Points of our text where columns of these widths are fitted to a lying sheet."""
    room = (WIDE[paper] / 25.4 - 2 * MARGIN) * 72
    return SIZE * min(1.0, room / points_wide(widths))


def write_listing(sheet: Sheet, listing: Listing, subtitle: str) -> None:
    """Title, subtitle, notes, headings and rows of a listing; a wide one is printed on A3."""
    if printed_size([heading.width for heading in listing.headings], A4) < LEAST_SIZE:
        sheet.sheet.set_paper(A3)
    for index, heading in enumerate(listing.headings):
        sheet.sheet.set_column(index, index, heading.width)
    row = _lead(sheet, listing, subtitle)
    first = row
    row = _headings(sheet, listing.headings, row)
    last = _rows(sheet, listing, row)
    sheet.sheet.freeze_panes(row, listing.sticky)
    sheet.sheet.autofilter(row - 1, 0, last - 1, len(listing.headings) - 1)
    sheet.sheet.repeat_rows(first, row - 1)


def _lead(sheet: Sheet, listing: Listing, subtitle: str) -> int:
    """Title, subtitle and notes; unmerged, so that they stay whole beside the sticky columns."""
    sheet.sheet.set_row(0, 24)
    sheet.sheet.write_string(0, 0, listing.title, sheet.looks.title)
    row = 1
    width = capacity([heading.width for heading in listing.headings], NOTE_SIZE)
    for text in (subtitle, *listing.notes):
        form = sheet.looks.subtitle if row == 1 else sheet.looks.note
        for line in broken(text, width):
            sheet.sheet.write_string(row, 0, line, form)
            sheet.sheet.set_row(row, height(1, NOTE_SIZE))
            row += 1
    sheet.sheet.set_row(row, GAP)
    return row + 1


def _headings(sheet: Sheet, headings: Sequence[Heading], row: int) -> int:
    levels = max(len(heading.above) for heading in headings)
    for level in range(levels):
        _upper(sheet, headings, level, row)
        row += 1
    for index, heading in enumerate(headings):
        sheet.sheet.write_string(row, index, heading.text, sheet.looks.heading())
    lines = max(len(broken(h.text, capacity([h.width], SIZE))) for h in headings)
    sheet.sheet.set_row(row, height(lines, SIZE) + FILTER_ROOM)
    return row + 1


def _upper(sheet: Sheet, headings: Sequence[Heading], level: int, row: int) -> None:
    """One upper heading row: runs of the same words become one cell."""
    texts = [h.above[level] if level < len(h.above) else "" for h in headings]
    form = sheet.looks.heading(upper=True)
    lines, start = 1, 0
    for end in range(1, len(texts) + 1):
        if end < len(texts) and texts[end] == texts[start] and texts[start]:
            continue
        if end - start > 1:
            sheet.sheet.merge_range(row, start, row, end - 1, texts[start], form)
        else:
            sheet.sheet.write_string(row, start, texts[start], form)
        width = capacity([h.width for h in headings[start:end]], UPPER_SIZE)
        lines = max(lines, len(broken(texts[start], width)))
        start = end
    sheet.sheet.set_row(row, height(lines, UPPER_SIZE))


def _rows(sheet: Sheet, listing: Listing, first: int) -> int:
    aligns = [heading.align for heading in listing.headings]
    widths = [capacity([heading.width], SIZE) for heading in listing.headings]
    row = first
    for row, cells in enumerate(listing.rows or [_empty(listing)], start=first):
        for index, (cell, align) in enumerate(zip(cells, aligns, strict=True)):
            sheet.put(row, index, cell, align=align)
        sheet.sheet.set_row(row, row_height(cells, widths))
    return row + 1


def _empty(listing: Listing) -> list[Cell]:
    return [listing.empty, *[None] * (len(listing.headings) - 1)]


def row_height(cells: Sequence[Cell], widths: Sequence[int]) -> float:
    """Height that holds the longest text of the row; widths in half-width characters."""
    lines = 1
    for cell, width in zip(cells, widths, strict=True):
        text = cell.text if isinstance(cell, Word) else cell
        if isinstance(text, str) and (len(text) * 2 > width or "\n" in text):
            lines = max(lines, len(broken(text, width)))
    return height(lines, SIZE)
