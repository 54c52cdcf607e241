"""A sheet of one record a row: title, note, hidden codes, headings, records."""

from typing import Any

from xlsxwriter import Workbook
from xlsxwriter.format import Format
from xlsxwriter.utility import xl_range, xl_rowcol_to_cell

from junheng.registry.layout import (
    CODE_ROW,
    FIRST_ROW,
    HEADING_ROW,
    NOT_APPLICABLE,
    NOTE_ROW,
    TITLE_ROW,
    Slot,
    slots,
)
from junheng.registry.template.cells import shown
from junheng.registry.template.choices import Lists, explanation_prompt, validation
from junheng.registry.template.contents import Contents, Row
from junheng.registry.template.heading_notes import box
from junheng.registry.template.looks import (
    LINE_HEIGHT,
    Looks,
    has_long_choices,
    is_long_code,
    wraps,
)
from junheng.registry.template.wording import (
    display_width,
    heading_note,
    line_count,
    requirement,
)
from junheng.schema import Column, Kind, Table

WIDTH = {Kind.CODE: 15, Kind.TEXT: 20, Kind.DATE: 12, Kind.ENUM: 14, Kind.BOOL: 10}
NUMBER_WIDTH, NAME_WIDTH, EXPLANATION_WIDTH = 10, 33, 18
LONG_CODE_WIDTH, LONG_CHOICE_WIDTH = 35, 28
"""A hash of 64 characters, or a long word of a drop-down, stands in two lines."""
MOST_HEADING_LINES = 4
PAGE_WIDTH, NARROW = 120, 90
"""Half-width characters that are still readable across A4, lying and standing."""
PIXELS_A_CHARACTER, PIXELS_A_GLYPH = (8, 8.6), 13.4
"""Of one character of column width, by the font found, and of a heading's Chinese character."""
GUARDED_ROWS = 5_000
MARGINS = {"left": 0.4, "right": 0.4, "top": 0.6, "bottom": 0.7}
SIGNATURES = "&L填报人：＿＿＿＿＿＿　　审核人：＿＿＿＿＿＿　　单位负责人：＿＿＿＿＿＿"
PAGE_NUMBER = "&R第 &P 页，共 &N 页"


def width(slot: Slot) -> int:
    """Width of a sheet column: fit for its values, its heading on at most four lines."""
    if slot.role == "shown_name" or slot.code == "school_name":
        return NAME_WIDTH
    if slot.role == "explanation" or slot.column is None:
        return EXPLANATION_WIDTH
    if is_long_code(slot.column):
        return LONG_CODE_WIDTH
    if has_long_choices(slot.column):
        return LONG_CHOICE_WIDTH
    needed = -(-display_width(slot.heading) // MOST_HEADING_LINES) + 3
    least = max(WIDTH.get(slot.column.kind, NUMBER_WIDTH), needed)
    return min(range(least, least + 5), key=lambda w: (_splits(slot.heading, w), w))


def _splits(heading: str, wide: int) -> int:
    """On how many of the usual screens a line of the heading would end inside its （unit）."""
    start = heading.rfind("（") if heading.endswith("）") else len(heading)
    lines = (int(wide * pixels / PIXELS_A_GLYPH) for pixels in PIXELS_A_CHARACTER)
    return sum(any(start < at < len(heading) for at in range(n, len(heading), n)) for n in lines)


class RowSheet:
    """Writes one row table into `book`."""

    def __init__(self, book: Workbook, table: Table, looks: Looks, lists: Lists) -> None:
        self.sheet: Any = book.add_worksheet(table.label)
        self.table = table
        self.looks = looks
        self.lists = lists
        self.slots = slots(table.name)
        self.widths = [width(slot) for slot in self.slots]
        self.beside = 2 if self.slots[0].code == "school_code" else 1
        """Columns that stay in sight: the school's code and name."""
        self.pages = max(1, round(sum(self.widths) / PAGE_WIDTH - 0.1))

        self.empty = [self._look(slot, carried=False) for slot in self.slots]
        self.ruled = self.empty
        self.roomy = [
            (slot, wide)
            for slot, wide in zip(self.slots, self.widths, strict=True)
            if slot.role != "value" or slot.column is None or wraps(slot.column)
        ]
        """The columns whose text may take several lines."""
        self.greyed = {column.name: looks.inapplicable(column) for column in table.column}

    def _look(self, slot: Slot, *, carried: bool) -> Format:
        if slot.role == "value" and slot.column is not None:
            return self.looks.value(slot.column, carried=carried)
        return self.looks.text(aid=slot.role == "shown_name")

    def write(self, name: str, term: str, contents: Contents) -> None:
        """Write the sheet with the records of `contents`; `name` and `term` make its title."""
        rows = contents.rows.get(self.table.name, ())
        self.ruled = [self._look(slot, carried=contents.carried) for slot in self.slots]
        # On a sheet of several pages the table's own name stands in the repeated columns.
        own = "" if self.pages > 1 else f"：{self.table.label}"
        self._head(f"{name}{own}{term}")
        for number, row in enumerate(rows, FIRST_ROW - 1):
            self._record(number, row, contents)
        end = FIRST_ROW - 1 + len(rows)
        for number in range(end, end + contents.spare):
            self._empty(number)
        self._guard(max(GUARDED_ROWS, end + GUARDED_ROWS // 5))
        self._set_up_page()

    def _head(self, title: str) -> None:
        for position, (slot, wide) in enumerate(zip(self.slots, self.widths, strict=True)):
            self.sheet.set_column(position, position, wide, self.looks.unruled(slot.column))
        self._title(title)
        self.sheet.set_row(CODE_ROW - 1, None, None, {"hidden": True})
        lines = 1
        for position, slot in enumerate(self.slots):
            self.sheet.write_string(CODE_ROW - 1, position, slot.code, self.looks.code)
            self._heading(position, slot)
            lines = max(lines, line_count(slot.heading, self.widths[position] - 1.5))
        self.sheet.set_row(HEADING_ROW - 1, lines * LINE_HEIGHT + 8)

    def _title(self, title: str) -> None:
        """Title and note over the first page; the repeated columns carry the table's name."""
        first, last = 0, len(self.widths) - 1
        if self.pages > 1:
            first = self.beside
            last = next(i for i in range(last) if sum(self.widths[: i + 1]) >= PAGE_WIDTH)
            self._across(TITLE_ROW, 0, first - 1, self.table.label, self.looks.running_title)
        across = sum(self.widths[first : last + 1])
        self._across(TITLE_ROW, first, last, title, self.looks.title)
        self.sheet.set_row(TITLE_ROW - 1, line_count(title, across / 1.5) * 24 + 8)
        note = f"说明：{self.table.note}"
        self._across(NOTE_ROW, first, last, note, self.looks.note)
        self.sheet.set_row(NOTE_ROW - 1, line_count(note, across * 0.84) * LINE_HEIGHT + 6)

    def _across(self, row: int, first: int, last: int, text: str, look: Format) -> None:
        if first == last:
            self.sheet.write_string(row - 1, first, text, look)
        else:
            self.sheet.merge_range(row - 1, first, row - 1, last, text, look)

    def _heading(self, position: int, slot: Slot) -> None:
        cell = (HEADING_ROW - 1, position)
        if slot.role != "value" or slot.column is None:
            self.sheet.write_string(*cell, slot.heading, self.looks.aid_heading)
            return
        self.sheet.write_string(*cell, slot.heading, self.looks.heading(requirement(slot.column)))
        text = heading_note(self.table, slot.column)
        self.sheet.write_comment(*cell, text, box(text))

    def _record(self, number: int, row: Row, contents: Contents) -> None:
        key = contents.key(self.table.name, row)
        inapplicable = contents.inapplicable.get((self.table.name, key), frozenset())
        for position, (slot, look) in enumerate(zip(self.slots, self.ruled, strict=True)):
            cell = (number, position)
            column = slot.column
            if column is None:
                name = contents.names.get(str(row.get("school_code")), "")
                put_text(self.sheet, cell, name, look)
            elif slot.role == "explanation":
                text = contents.explanations.get((self.table.name, key, column.name), "")
                put_text(self.sheet, cell, text, look)
            elif column.name in inapplicable:
                self.sheet.write_string(*cell, NOT_APPLICABLE, self.greyed[column.name])
            else:
                put(self.sheet, cell, column, row.get(column.name), look)
        self._make_room(number, row, key, contents)

    def _make_room(self, number: int, row: Row, key: str, contents: Contents) -> None:
        """Height for wrapped text: not every program finds it by itself on opening."""
        lines = 1
        for slot, wide in self.roomy:
            if slot.column is None:
                text = contents.names.get(str(row.get("school_code")), "")
            elif slot.role == "explanation":
                text = contents.explanations.get((self.table.name, key, slot.column.name), "")
            else:
                value = str(row.get(slot.code) or "")
                text = slot.column.choices.get(value, value)
            lines = max(lines, line_count(text, wide - 2)) if text else lines
        if lines > 1:
            self.sheet.set_row(number, lines * LINE_HEIGHT + 2)

    def _empty(self, number: int) -> None:
        for position, look in enumerate(self.empty):
            self.sheet.write_blank(number, position, None, look)

    def _guard(self, last: int) -> None:
        first = FIRST_ROW - 1
        for position, slot in enumerate(self.slots):
            if slot.column is None:
                continue
            start = xl_rowcol_to_cell(first, position)
            options = (
                validation(slot.column, start, self.lists)
                if slot.role == "value"
                else explanation_prompt()
            )
            self.sheet.data_validation(first, position, last, position, options)
        whole = xl_range(first, 0, last, len(self.slots) - 1)
        self.sheet.ignore_errors({"number_stored_as_text": whole})

    def _set_up_page(self) -> None:
        self.sheet.freeze_panes(FIRST_ROW - 1, self.beside)
        set_up_page(self.sheet, landscape=sum(self.widths) > NARROW, pages=self.pages)
        self.sheet.repeat_rows(HEADING_ROW - 1)
        if self.pages > 1:
            self.sheet.repeat_columns(0, self.beside - 1)


def put(sheet: Any, cell: tuple[int, int], column: Column, value: Any, look: Format) -> None:
    """Write one value as what it is: text as text, a number as a number, a day as a day."""
    if value is None:
        sheet.write_blank(*cell, None, look)
        return
    content = shown(column, value)
    if isinstance(content, str):
        put_text(sheet, cell, content, look)
    elif column.kind is Kind.DATE:
        sheet.write_datetime(*cell, content, look)
    else:
        sheet.write_number(*cell, content, look)


def put_text(sheet: Any, cell: tuple[int, int], text: str, look: Format) -> None:
    """Write text; nothing to say leaves the cell empty, not an empty text."""
    if text:
        sheet.write_string(*cell, text, look)
    else:
        sheet.write_blank(*cell, None, look)


def set_up_page(sheet: Any, *, landscape: bool, pages: int, signed: bool = True) -> None:
    """A4, `pages` wide and as long as needed; `signed` leaves a place to sign at the foot."""
    if landscape:
        sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(pages, 0)
    sheet.set_margins(**MARGINS)
    sheet.set_footer((SIGNATURES if signed else "") + PAGE_NUMBER)
