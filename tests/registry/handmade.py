"""Small workbooks for the reader's tests: by table and column, or XML by XML."""

import zipfile
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape

import xlsxwriter
from xlsxwriter.utility import xl_rowcol_to_cell

from junheng.registry import Filing, Finding, tables
from junheng.registry.layout import (
    CODE_ROW,
    FIRST_ROW,
    FORM_CODE,
    FORM_EXPLANATION,
    FORM_FIRST_ROW,
    FORM_HEADING_ROW,
    FORM_HEADINGS,
    FORM_LABEL,
    FORM_VALUE,
    HEADING_ROW,
    VERSION_SHEET,
    slots,
    template_version,
)

ONE, TWO = "2141000001", "2141000002"
COUNTY = "410199"
SHEETS = {table.name: table.label for table in tables().values()}


@dataclass(frozen=True)
class Typed:
    """A cell typed with a number format, or a formula with its cached result."""

    value: Any
    look: str = "General"
    formula: str = ""


Row = Mapping[str, Any]
Rows = Mapping[str, Sequence[Row]]
Edit = Callable[[Mapping[str, Any], xlsxwriter.Workbook], None]


def minimal(**more: Row) -> dict[str, list[dict[str, Any]]]:
    """One county with one school in every table that a filing needs; `more` by table."""
    county = {"county_name": "示例县", "county_code": COUNTY, "filing_year": 2025}
    school = {"school_code": ONE, "school_name": "示例县第一小学", "school_type": "小学"}
    rows: dict[str, list[dict[str, Any]]] = {"county": [county], "register": [dict(school)]}
    for table in tables().values():
        if table.per_school:
            rows[table.name] = [dict(school) if table.name == "schools" else {"school_code": ONE}]
    for name, row in more.items():
        rows.setdefault(name, [{}])[0].update(row)
    return rows


def write_book(
    path: Path,
    rows: Rows,
    *,
    edit: Edit | None = None,
    version: str | None = "",
    codes: bool = True,
    headings: bool = True,
) -> Path:
    """Write `rows` as typed, on the sheets where the layout wants them.

    `version` None: no version sheet; empty: the present one. `edit` works on the open sheets.
    """
    book = xlsxwriter.Workbook(path)
    sheets = {}
    for table, typed in rows.items():
        sheets[table] = sheet = book.add_worksheet(SHEETS[table])
        if tables()[table].form:
            _write_form(book, sheet, table, typed[0], codes=codes, headings=headings)
        else:
            _write_rows(book, sheet, table, typed, codes=codes, headings=headings)
    if edit is not None:
        edit(sheets, book)
    if version is not None:
        hidden = book.add_worksheet(VERSION_SHEET)
        hidden.write_row(0, 0, ["template", version or template_version()])
        hidden.very_hidden()
    book.close()
    return path


def _write_rows(
    book: Any, sheet: Any, table: str, rows: Sequence[Row], *, codes: bool, headings: bool
) -> None:
    sheet.write_string(0, 0, f"{SHEETS[table]}（演示数据）")
    for at, slot in enumerate(slots(table)):
        if codes:
            sheet.write_string(CODE_ROW - 1, at, slot.code)
        if headings:
            sheet.write_string(HEADING_ROW - 1, at, slot.heading)
        for number, row in enumerate(rows, FIRST_ROW - 1):
            _put(book, sheet, number, at, row.get(slot.code))


def _write_form(
    book: Any, sheet: Any, table: str, row: Row, *, codes: bool, headings: bool
) -> None:
    if headings:
        sheet.write_row(FORM_HEADING_ROW - 1, 0, FORM_HEADINGS)
    for number, column in enumerate(tables()[table].column, FORM_FIRST_ROW - 1):
        if codes:
            sheet.write_string(number, FORM_CODE, column.name)
        if headings:
            sheet.write_string(number, FORM_LABEL, column.heading)
        _put(book, sheet, number, FORM_VALUE, row.get(column.name))
        _put(book, sheet, number, FORM_EXPLANATION, row.get(f"{column.name}!explanation"))


def _put(book: Any, sheet: Any, row: int, column: int, value: Any) -> None:
    typed = value if isinstance(value, Typed) else Typed(value)
    look = book.add_format({"num_format": typed.look}) if typed.look != "General" else None
    if typed.formula:
        sheet.write_formula(row, column, typed.formula, look, typed.value)
        return
    match typed.value:
        case None:
            return
        case bool():
            sheet.write_boolean(row, column, typed.value, look)
        case str():
            sheet.write_string(row, column, typed.value, look)
        case datetime() | date():
            sheet.write_datetime(row, column, typed.value, look)
        case int() | float() | Decimal():
            sheet.write_number(row, column, typed.value, look)


def at(table: str, code: str, row: int = FIRST_ROW) -> str:
    """Address of a column's cell on its sheet."""
    position = [slot.code for slot in slots(table)].index(code)
    return str(xl_rowcol_to_cell(row - 1, position))


def form_at(column: str) -> str:
    """Address of an item's value on the county form."""
    position = [each.name for each in tables()["county"].column].index(column)
    return str(xl_rowcol_to_cell(FORM_FIRST_ROW - 1 + position, FORM_VALUE))


def found(filing: Filing, check: str) -> list[Finding]:
    """The findings of one check."""
    return [each for each in filing.findings if each.check == check]


def only(filing: Filing) -> Finding:
    """The single finding of a filing."""
    assert len(filing.findings) == 1, [each.sentence for each in filing.findings]
    return filing.findings[0]


# --- XML by XML --------------------------------------------------------------------------------

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"
CODES = ["school_code", "school_name", "school_type", "location_unit"]
STYLES = f'<styleSheet xmlns="{MAIN}"><cellXfs><xf numFmtId="0"/></cellXfs></styleSheet>'


def inline(text: str, reference: str = "") -> str:
    """A cell with its text inside, as LibreOffice and many programs write it."""
    placed = f' r="{reference}"' if reference else ""
    return f'<c{placed} t="inlineStr"><is><t>{escape(text)}</t></is></c>'


def sheet_xml(rows: str, *, after: str = "", before: str = "") -> str:
    return (
        f'<?xml version="1.0" encoding="UTF-8"?><worksheet xmlns="{MAIN}">{before}'
        f"<sheetData>{rows}</sheetData>{after}</worksheet>"
    )


def codes_row(number: int = CODE_ROW) -> str:
    return f'<row r="{number}">' + "".join(inline(code) for code in CODES) + "</row>"


def register_xml(*values: str, after: str = "", before: str = "") -> str:
    """A 学校名册 sheet: its code row, and one row of given cell XML at row 5."""
    return sheet_xml(
        codes_row() + f'<row r="5">{"".join(values)}</row>', after=after, before=before
    )


def parts(sheet: str, *, name: str = "学校名册", **more: str) -> dict[str, str]:
    """The parts of a workbook with one sheet; `more` by file stem: styles, sharedStrings."""
    kinds = "".join(
        f'<Relationship Id="x{n}" Type="{OFFICE}/{kind}" Target="{kind}.xml"/>'
        for n, kind in enumerate(more)
    )
    return {
        "_rels/.rels": f'<Relationships xmlns="{PACKAGE}"><Relationship Id="rId1" '
        f'Type="{OFFICE}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": f'<workbook xmlns="{MAIN}" xmlns:r="{OFFICE}"><sheets>'
        f'<sheet name="{name}" sheetId="1" r:id="rId1"/></sheets></workbook>',
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{PACKAGE}"><Relationship Id="rId1" '
        f'Type="{OFFICE}/worksheet" Target="worksheets/sheet1.xml"/>{kinds}</Relationships>',
        "xl/worksheets/sheet1.xml": sheet,
        **{f"xl/{kind}.xml": text for kind, text in more.items()},
    }


def zipped(path: Path, content: Mapping[str, str | bytes]) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in content.items():
            archive.writestr(name, text)
    return path
