"""What is known to go wrong in WPS, looked for in the files. WPS itself was not run.

Word reads the total width of a table, WPS its grid: both must say the same. The rest are features
of which WPS reports damage or which it drops, as far as they are known (docs/howto/reports.md).
"""

import re
import zipfile
from collections.abc import Iterator
from pathlib import Path

from lxml import etree
from word_reading import W

WORD_FAULTS = {
    r"<w:sdt\b": "content controls",
    r"<mc:AlternateContent": "alternatives by version",
    r"<w:altChunk": "embedded foreign text",
    r"<w:pict\b|<v:shape": "drawings in VML",
    r"<w:object\b": "embedded objects",
    r"<wp:anchor": "floating pictures",
    r'w:type="(pct|auto)"': "widths that are not in twentieths of a point",
    r"Theme=": "fonts of the theme instead of fonts by name",
    r"<w:tblpPr": "floating tables",
    r"<w:updateFields": "a question when the file is opened",
    r"<w:framePr": "text frames",
}
"""Pattern → what it is."""
EXCEL_FAULTS = {
    r"<x14:|<extLst": "extensions of later versions",
    r"<tableParts": "tables over merged headings",
    r"<f>": "formulas without a value",
}
SHEET_ORDER = (
    "sheetPr", "dimension", "sheetViews", "sheetFormatPr", "cols", "sheetData", "sheetProtection",
    "autoFilter", "mergeCells", "conditionalFormatting", "dataValidations", "hyperlinks",
    "printOptions", "pageMargins", "pageSetup", "headerFooter", "rowBreaks", "colBreaks", "ignoredErrors", "drawing",
    "legacyDrawing",
)  # fmt: skip
"""Children of a worksheet in the order of the schema; WPS calls a file damaged that has another."""
PROPERTIES = (
    "tblStyle", "tblpPr", "tblW", "jc", "tblInd", "tblBorders", "shd", "tblLayout", "tblCellMar",
    "tblLook",
)  # fmt: skip
CELL_PROPERTIES = ("tcW", "gridSpan", "vMerge", "tcBorders", "shd", "noWrap", "tcMar", "vAlign")


def word_faults(path: Path) -> Iterator[str]:
    """Everything in a Word file that WPS is known to stumble over."""
    with zipfile.ZipFile(path) as package:
        parts = {
            name: package.read(name).decode()
            for name in package.namelist()
            if name.endswith(".xml")
        }
    for name, text in parts.items():
        if name.startswith("word/") and "theme" not in name:
            for pattern, told in WORD_FAULTS.items():
                if re.search(pattern, text):
                    yield f"{path.name} {name}: {told}"
    for name, text in parts.items():
        if re.fullmatch(r"word/(document|header\d*|footer\d*)\.xml", name):
            yield from (f"{path.name}: {told}" for told in _tables(etree.fromstring(text.encode())))


def _tables(root: etree._Element) -> Iterator[str]:
    for table in root.iter(f"{W}tbl"):
        if next(table.iterdescendants(f"{W}tbl"), None) is not None:
            yield "a table in a table"
        grid = [int(each.get(f"{W}w")) for each in table.findall(f"{W}tblGrid/{W}gridCol")]
        total = int(table.find(f"{W}tblPr/{W}tblW").get(f"{W}w"))
        if sum(grid) != total:
            yield f"gridCol {sum(grid)} ≠ tblW {total}"
        if not _ordered(table.find(f"{W}tblPr"), PROPERTIES):
            yield "properties of a table out of order"
        for row in table.findall(f"{W}tr"):
            yield from _row(row, grid)


def _row(row: etree._Element, grid: list[int]) -> Iterator[str]:
    at = 0
    for cell in row.findall(f"{W}tc"):
        told = cell.find(f"{W}tcPr")
        span = told.find(f"{W}gridSpan")
        columns = 1 if span is None else int(span.get(f"{W}val"))
        if int(told.find(f"{W}tcW").get(f"{W}w")) != sum(grid[at : at + columns]):
            yield "a cell is not as wide as its columns"
        if not _ordered(told, CELL_PROPERTIES):
            yield "properties of a cell out of order"
        if cell[-1].tag != f"{W}p":
            yield "a cell does not end with a paragraph"
        at += columns
    if at != len(grid):
        yield f"{at} cells in a grid of {len(grid)}"


def _ordered(element: etree._Element, order: tuple[str, ...]) -> bool:
    names = [etree.QName(each).localname for each in element]
    return [each for each in order if each in names] == names


def excel_faults(path: Path) -> Iterator[str]:
    """Everything in a workbook that WPS is known to stumble over."""
    with zipfile.ZipFile(path) as package:
        sheets = {
            n: package.read(n) for n in package.namelist() if n.startswith("xl/worksheets/sheet")
        }
    for name, content in sheets.items():
        text = content.decode()
        for pattern, told in EXCEL_FAULTS.items():
            if re.search(pattern, text):
                yield f"{path.name} {name}: {told}"
        kinds = [etree.QName(each).localname for each in etree.fromstring(content)]
        if list(dict.fromkeys(kinds)) != [each for each in SHEET_ORDER if each in kinds]:
            yield f"{path.name} {name}: parts out of order: {kinds}"
