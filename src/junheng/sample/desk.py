"""A filled workbook on the desk: cells by table, key and column, and what was changed in them."""

import io
import re
import zipfile
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import openpyxl
from openpyxl.cell.cell import Cell
from openpyxl.worksheet.worksheet import Worksheet

from junheng.registry import table_of, tables
from junheng.registry.layout import (
    CODE_ROW,
    FIRST_ROW,
    FORM_CODE,
    FORM_FIRST_ROW,
    FORM_VALUE,
    NOT_APPLICABLE,
)
from junheng.registry.whole_file import write_whole

Raw = Any
"""What openpyxl finds in a cell: int, float, str, datetime, None."""


EPOCH = (1980, 1, 1, 0, 0, 0)
PROPERTIES = "docProps/core.xml"
MODIFIED = re.compile(rb"(<dcterms:modified[^>]*>)[^<]*")


@dataclass(frozen=True)
class Change:
    """One cell that was typed over, or (with `merged`) a range that was merged."""

    sheet: str
    cell: str
    was: Raw
    put: Raw
    number_format: str = "General"
    """Format of the cell before the change."""
    merged: str = ""
    """Range merged, for example B7:B8; `cell` is its first cell."""
    hidden: int = 0
    """Number of the row that was hidden; `cell` is its first cell."""


class Desk:
    """A workbook written by `write_filled`, open for editing."""

    def __init__(self, path: Path) -> None:
        self.book = openpyxl.load_workbook(path)
        self.changes: list[Change] = []
        self.free = [code for code in self.schools if code in self._families]
        """Schools in whose return nothing was changed yet, and on which no mistake leans."""

    def save(self, path: Path) -> None:
        """Write the workbook whole; the same cells give the same bytes."""
        content = io.BytesIO()
        self.book.save(content)
        write_whole(path, timeless(content.getvalue()))

    @cached_property
    def schools(self) -> list[str]:
        """School codes in order of filing."""
        return list(self.rows("schools"))

    @cached_property
    def _families(self) -> dict[str, str]:
        """School → the main school with which it is taken together."""
        parents = {code: self.value(code, "parent_school_code") for code in self.schools}
        return {c: p if isinstance(p, str) and p in parents else c for c, p in parents.items()}

    def use(self, code: str) -> None:
        """Let no other mistake touch this school or a row that merges with it."""
        family = self._families[code]
        self.free = [c for c in self.free if self._families[c] != family]

    @cached_property
    def _columns(self) -> dict[str, dict[str, int]]:
        found = {}
        for name, table in tables().items():
            if not table.form:
                sheet = self.sheet(name)
                found[name] = {
                    str(cell.value): cell.column for cell in sheet[CODE_ROW] if cell.value
                }
        return found

    @cached_property
    def _rows(self) -> dict[str, dict[str, list[int]]]:
        """Table → first key → its row numbers."""
        found: dict[str, dict[str, list[int]]] = {}
        for name, columns in self._columns.items():
            sheet, at = self.sheet(name), columns[tables()[name].key[0]]
            found[name] = {}
            for number in range(FIRST_ROW, sheet.max_row + 1):
                key = sheet.cell(number, at).value
                if key is not None:
                    found[name].setdefault(str(key), []).append(number)
        return found

    @cached_property
    def _form(self) -> dict[str, int]:
        sheet = self.sheet("county")
        return {
            str(sheet.cell(number, FORM_CODE + 1).value): number
            for number in range(FORM_FIRST_ROW, sheet.max_row + 1)
        }

    def sheet(self, table: str) -> Worksheet:
        found = self.book[tables()[table].label]
        assert isinstance(found, Worksheet), "a declared table is a worksheet"
        return found

    def rows(self, table: str) -> dict[str, list[int]]:
        return self._rows[table]

    def last_row(self, table: str) -> int:
        """Number of the last row that holds a record."""
        filled = [number for numbers in self._rows[table].values() for number in numbers]
        return max(filled, default=FIRST_ROW - 1)

    def codes(self, table: str) -> dict[str, int]:
        """Code of the hidden row → number of the sheet column."""
        return self._columns[table]

    def at(self, table: str, number: int, column: str) -> Cell:
        """The cell of a row sheet."""
        cell = self.sheet(table).cell(number, self._columns[table][column])
        assert isinstance(cell, Cell), "a data cell is not merged"
        return cell

    def cell(self, code: str, column: str) -> Cell:
        """The cell of a per-school column; the key itself is that of 学校基本情况."""
        table = table_of(column).name
        return self.at(table, self._rows[table][code][0], column)

    def form_cell(self, column: str) -> Cell:
        cell = self.sheet("county").cell(self._form[column], FORM_VALUE + 1)
        assert isinstance(cell, Cell), "the value cell of the form is not merged"
        return cell

    def value(self, code: str, column: str) -> Raw:
        return self.cell(code, column).value

    def number(self, code: str, column: str) -> float | int | None:
        """The number that stands there; None for blank, — and words."""
        value = self.value(code, column)
        return value if isinstance(value, int | float) and not isinstance(value, bool) else None

    def applies(self, code: str, column: str) -> bool:
        return bool(self.value(code, column) != NOT_APPLICABLE)

    def put(self, cell: Cell, value: Raw) -> None:
        """Type `value` over what stands in the cell."""
        change = Change(cell.parent.title, cell.coordinate, cell.value, value, cell.number_format)
        self.changes.append(change)
        cell.value = value

    def reformat(self, cell: Cell, number_format: str) -> None:
        """Change how the cell shows its value."""
        self.put(cell, cell.value)
        cell.number_format = number_format

    def merge(self, first: Cell, last: Cell) -> None:
        """Merge a range; all but its first cell lose what they held, as in Excel."""
        sheet, whole = first.parent, f"{first.coordinate}:{last.coordinate}"
        assert isinstance(sheet, Worksheet), "cells of a written workbook stand on a worksheet"
        for row in sheet[whole]:
            for cell in row:
                if cell.coordinate != first.coordinate:
                    self.put(cell, None)
        sheet.merge_cells(whole)
        self.changes.append(
            Change(sheet.title, first.coordinate, first.value, first.value, merged=whole)
        )

    def clear_row(self, table: str, number: int) -> None:
        """Empty every cell of a row, as a clerk who deletes its contents."""
        for cell in self.sheet(table)[number]:
            if cell.value is not None:
                self.put(cell, None)

    def copy_row(self, table: str, number: int) -> Cell:
        """Write the row once more under the last one; the key cell of the copy."""
        values = {column: self.at(table, number, column).value for column in self.codes(table)}
        return self.add_row(table, {c: v for c, v in values.items() if v is not None})

    def add_row(self, table: str, values: dict[str, Raw]) -> Cell:
        """Write a new row under the last one; its key cell."""
        number = self.last_row(table) + 1
        for column, value in values.items():
            self.put(self.at(table, number, column), value)
        key = tables()[table].key
        self._rows[table].setdefault(str(values[key[0]]), []).append(number)
        return self.at(table, number, key[-1])

    def hide_row(self, table: str, number: int) -> None:
        sheet = self.sheet(table)
        sheet.row_dimensions[number].hidden = True
        first = sheet.cell(number, 1)
        self.changes.append(
            Change(sheet.title, first.coordinate, first.value, first.value, hidden=number)
        )

    def recode(self, code: str, new: str) -> None:
        """Give a school another code on every sheet."""
        for table, rows in self._rows.items():
            if "school_code" in self.codes(table):
                for number in rows.get(code, []):
                    self.put(self.at(table, number, "school_code"), new)

    def taken(self) -> tuple[Change, ...]:
        """The changes since the last call."""
        found, self.changes = tuple(self.changes), []
        return found

    def undo(self, changes: tuple[Change, ...]) -> None:
        """Put back what was there, last change first."""
        for change in reversed(changes):
            sheet = self.book[change.sheet]
            assert isinstance(sheet, Worksheet), "changes were made on worksheets"
            if change.merged:
                sheet.unmerge_cells(change.merged)
                continue
            if change.hidden:
                sheet.row_dimensions[change.hidden].hidden = False
                continue
            cell = sheet[change.cell]
            cell.value = change.was
            cell.number_format = change.number_format


def timeless(package: bytes) -> bytes:
    """The same workbook without the time of saving, which openpyxl takes from the clock."""
    content = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(package)) as source,
        zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as target,
    ):
        for name in source.namelist():
            part = source.read(name)
            if name == PROPERTIES:
                part = MODIFIED.sub(rb"\g<1>2025-09-01T00:00:00Z", part)
            info = zipfile.ZipInfo(name, EPOCH)
            info.compress_type = zipfile.ZIP_DEFLATED
            target.writestr(info, part)
    return content.getvalue()
