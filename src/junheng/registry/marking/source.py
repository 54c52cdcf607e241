"""The file to be marked, as a workbook: an .xlsx as it is, a CSV as a sheet of texts."""

import io
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from xlsxwriter import Workbook

from junheng.registry.catalogue import tables
from junheng.registry.layout import MARKS_SHEET, slots
from junheng.registry.reading.process import Sandbox
from junheng.registry.reading.sandbox.container import kind_of
from junheng.registry.reading.sandbox.wire import Limits, Sheet

FORBIDDEN = str.maketrans(dict.fromkeys("[]:*?/\\'", "_"))
LONGEST_NAME = 31
WIDTH = 14

Was = dict[str, dict[str, str]]
"""Sheet → cell → the fill it had before it was last marked."""


@dataclass(frozen=True)
class Source:
    """A workbook to be marked."""

    content: bytes
    was: Was = field(default_factory=dict)
    """What the last marking noted down."""
    renamed: Mapping[str, str] = field(default_factory=dict)
    """Sheet name in the findings → in the workbook, where they differ."""


def source_of(path: Path, limits: Limits) -> Source:
    """The file as a workbook. Raises Refused where it is none or would do harm."""
    text = kind_of(path) == "text"
    headings = [slot.heading for name, t in tables().items() if not t.form for slot in slots(name)]
    with Sandbox(limits) as sandbox:
        read = sandbox.read(path, [MARKS_SHEET], headings if text else [])
        sheets = [each for each in read if isinstance(each, Sheet)]
    if text:
        return Source(_as_workbook(sheets[0]), renamed={path.stem: sheet_name(path.stem)})
    return Source(path.read_bytes(), _record(sheets))


def sheet_name(stem: str) -> str:
    """Name of the sheet that a CSV becomes: its own, as far as Excel allows."""
    return stem.translate(FORBIDDEN)[:LONGEST_NAME] or "CSV"


def _record(sheets: list[Sheet]) -> Was:
    was: Was = {}
    for sheet in sheets:
        if sheet.name != MARKS_SHEET:
            continue
        for row in sheet.rows:
            texts = [cell.text for cell in row.cells]
            if len(texts) == 3:
                was.setdefault(texts[0], {})[texts[1]] = texts[2]
    return was


def _as_workbook(sheet: Sheet) -> bytes:
    content = io.BytesIO()
    book = Workbook(content, {"in_memory": True})
    page = book.add_worksheet(sheet_name(sheet.name))
    text = book.add_format({"num_format": "@", "font_name": "宋体"})
    for row in sheet.rows:
        for cell in row.cells:
            page.write_string(row.number - 1, cell.column - 1, cell.text, text)
    widest = max((cell.column for row in sheet.rows for cell in row.cells), default=1)
    page.set_column(0, widest - 1, WIDTH, text)
    book.close()
    return content.getvalue()
