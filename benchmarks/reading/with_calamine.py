"""The yardstick: python-calamine reads every cell of a workbook and keeps none."""

import sys

from python_calamine import CalamineWorkbook

book = CalamineWorkbook.from_path(sys.argv[1])
cells = sum(
    cell != ""
    for name in book.sheet_names
    for row in book.get_sheet_by_name(name).to_python()
    for cell in row
)
sys.stdout.write(f"{cells}\n")
