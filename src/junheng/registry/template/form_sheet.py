"""The county form: one record, filled downwards."""

from typing import Any

from xlsxwriter import Workbook
from xlsxwriter.utility import xl_range, xl_rowcol_to_cell

from junheng.registry.layout import (
    FORM_CODE,
    FORM_EXPLANATION,
    FORM_FIRST_ROW,
    FORM_HEADING_ROW,
    FORM_HEADINGS,
    FORM_HELP,
    FORM_LABEL,
    FORM_NUMBER,
    FORM_VALUE,
    NOT_APPLICABLE,
    NOTE_ROW,
    TITLE_ROW,
)
from junheng.registry.template.choices import Lists, explanation_prompt, validation
from junheng.registry.template.contents import Contents
from junheng.registry.template.heading_notes import box
from junheng.registry.template.looks import LINE_HEIGHT, Looks
from junheng.registry.template.row_sheet import put, put_text, set_up_page
from junheng.registry.template.wording import heading_note, help_text, line_count, requirement
from junheng.schema import Column, Table

WIDTHS = {
    FORM_CODE: 8, FORM_NUMBER: 6, FORM_LABEL: 34, FORM_VALUE: 20, FORM_EXPLANATION: 20, FORM_HELP: 42,
}  # fmt: skip


def write_form(
    book: Workbook, table: Table, title: str, contents: Contents, looks: Looks, lists: Lists
) -> None:
    """Write the form of `table` with what `contents` says of its one record."""
    sheet: Any = book.add_worksheet(table.label)
    _head(sheet, table, title, looks)
    for number, column in enumerate(table.column, 1):
        _item(sheet, number, table, column, looks)
        _answer(sheet, FORM_FIRST_ROW + number - 2, column, contents, looks)
        row = FORM_FIRST_ROW + number - 2
        options = validation(column, xl_rowcol_to_cell(row, FORM_VALUE), lists)
        sheet.data_validation(row, FORM_VALUE, row, FORM_VALUE, options)
        sheet.set_row(row, _height(column, contents))
    last = FORM_FIRST_ROW + len(table.column) - 2
    values = xl_range(FORM_FIRST_ROW - 1, FORM_VALUE, last, FORM_VALUE)
    sheet.ignore_errors({"number_stored_as_text": values})
    sheet.freeze_panes(FORM_FIRST_ROW - 1, FORM_VALUE)
    set_up_page(sheet, landscape=False, pages=1)
    sheet.repeat_rows(FORM_HEADING_ROW - 1)


def _head(sheet: Any, table: Table, title: str, looks: Looks) -> None:
    for position, wide in WIDTHS.items():
        options = {"hidden": True} if position == FORM_CODE else {}
        sheet.set_column(position, position, wide, None, options)
    across = sum(WIDTHS.values()) - WIDTHS[FORM_CODE]
    sheet.merge_range(TITLE_ROW - 1, FORM_NUMBER, TITLE_ROW - 1, FORM_HELP, title, looks.title)
    sheet.set_row(TITLE_ROW - 1, 30)
    note = f"说明：{table.note}"
    sheet.merge_range(NOTE_ROW - 1, FORM_NUMBER, NOTE_ROW - 1, FORM_HELP, note, looks.note)
    sheet.set_row(NOTE_ROW - 1, line_count(note, across) * LINE_HEIGHT + 6)
    for position, heading in enumerate(FORM_HEADINGS):
        sheet.write_string(FORM_HEADING_ROW - 1, position, heading, looks.aid_heading)
    sheet.set_row(FORM_HEADING_ROW - 1, 22)


def _item(sheet: Any, number: int, table: Table, column: Column, looks: Looks) -> None:
    row = FORM_FIRST_ROW + number - 2
    sheet.write_string(row, FORM_CODE, column.name, looks.code)
    sheet.write_number(row, FORM_NUMBER, number, looks.number)
    sheet.write_string(row, FORM_LABEL, column.heading, looks.label(requirement(column)))
    note = heading_note(table, column)
    sheet.write_comment(row, FORM_LABEL, note, box(note))
    sheet.write_string(row, FORM_HELP, help_text(column), looks.text(aid=True, font_size=10))


def _height(column: Column, contents: Contents) -> float:
    value = contents.form_row.get(column.name)
    lines = max(
        line_count(help_text(column), WIDTHS[FORM_HELP] - 2),
        line_count(column.heading, WIDTHS[FORM_LABEL] - 4),
        line_count(str(value or ""), WIDTHS[FORM_VALUE] - 3),
    )
    return max(22, lines * LINE_HEIGHT + 5)


def _answer(sheet: Any, row: int, column: Column, contents: Contents, looks: Looks) -> None:
    """The value cell and, where the column has one, its 异常说明."""
    record = contents.form_row
    key = contents.key("county", record)
    cell = (row, FORM_VALUE)
    if column.name in contents.inapplicable.get(("county", key), frozenset()):
        sheet.write_string(*cell, NOT_APPLICABLE, looks.inapplicable(column))
    else:
        look = looks.value(column, carried=contents.carried)
        put(sheet, cell, column, record.get(column.name), look)
    beside = (row, FORM_EXPLANATION)
    if not column.explained:
        sheet.write_blank(*beside, None, looks.text(aid=True))
        return
    text = contents.explanations.get(("county", key, column.name), "")
    put_text(sheet, beside, text, looks.text())
    sheet.data_validation(*beside, *beside, explanation_prompt())
