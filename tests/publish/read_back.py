"""Reading a written result book back: its lists as rows by heading."""

from collections.abc import Iterator
from fractions import Fraction
from typing import Any

from openpyxl import Workbook
from openpyxl.cell.cell import Cell
from openpyxl.utils import range_boundaries
from openpyxl.worksheet.worksheet import Worksheet

Row = dict[str, Any]
HALF_A_MILLIONTH = Fraction(1, 2_000_000)


def heading_row(sheet: Worksheet) -> int:
    """Row of the headings: where the filter stands."""
    return int(range_boundaries(sheet.auto_filter.ref)[1])


def headings(sheet: Worksheet) -> list[str]:
    """Headings from left to right; the words above a group stand before, “L1 …/数值”."""
    row = heading_row(sheet)
    first = next(
        r
        for r in range(1, row + 1)
        if sheet.cell(r, 1).has_style and sheet.cell(r, 1).border.left.style
    )
    found = []
    for column in range(1, sheet.max_column + 1):
        above = [_above(sheet, r, column) for r in range(first, row)]
        found.append("/".join([*filter(None, above), str(sheet.cell(row, column).value)]))
    return found


def _above(sheet: Worksheet, row: int, column: int) -> str:
    for merged in sheet.merged_cells.ranges:
        if merged.min_row <= row <= merged.max_row and merged.min_col <= column <= merged.max_col:
            return str(sheet.cell(merged.min_row, merged.min_col).value or "")
    return str(sheet.cell(row, column).value or "")


def cells(sheet: Worksheet) -> Iterator[dict[str, Cell]]:
    """The records of a list, cell by heading."""
    names = headings(sheet)
    assert len(set(names)) == len(names), "a heading stands once"
    for row in sheet.iter_rows(min_row=heading_row(sheet) + 1, max_col=len(names)):
        yield dict(zip(names, row, strict=True))


def rows(book: Workbook, name: str) -> list[Row]:
    """The records of a list, value by heading."""
    return [{k: cell.value for k, cell in record.items()} for record in cells(book[name])]


def close(cell: Any, exact: Fraction | float | None) -> bool:
    """Whether a cell holds the exact number to the six places that are kept; empty for none."""
    if exact is None or cell is None:
        return exact is None and cell is None
    return abs(Fraction(str(cell)) - Fraction(exact)) <= HALF_A_MILLIONTH
