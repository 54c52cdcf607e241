"""The template filled with what the statistics hold, and where every value comes from."""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import msgspec
from xlsxwriter import Workbook

from junheng.errors import RefusedError
from junheng.garbage import uncollected
from junheng.registry.applicability import applies
from junheng.registry.catalogue import table_of, tables
from junheng.registry.facts import NOT_APPLICABLE
from junheng.registry.filing import Value
from junheng.registry.layout import ORIGINS_SHEET
from junheng.registry.reading.addresses import letters
from junheng.registry.statistics.nouns import Found, Imported, Page, Taken
from junheng.registry.template import write_filled
from junheng.registry.whole_file import write_whole

Row = dict[str, Value | None]


def write_imported(path: Path, imported: Imported) -> tuple[Path, Path]:
    """Write the filled template to `path` and the origins beside it; returns both paths.

    Every school has its row on every per-school sheet and on the register; what does not apply
    to its type is —, the rest is blank. Sheet 数据来源 names for every column the file, sheet and
    heading it was read from, and for every school the row; the JSON beside holds each value's
    cell and text. Both files appear whole or not at all. Raises RefusedError where something has
    to be mended first.
    """
    if imported.blocking:
        raise RefusedError(f"还有 {len(imported.blocking)} 处必须改，没有写出任何文件。请先改正。")
    rows = rows_of(imported)
    year = int(str(imported.county["filing_year"]))
    name = str(imported.county.get("county_name", ""))
    beside = path.with_name(path.stem + ".来源.json")
    with uncollected():
        write_filled(
            path,
            rows,
            _marks(rows, imported),
            year=year,
            county_name=name,
            more=lambda book: _origins_sheet(book, imported),
        )
        write_whole(beside, _origins_json(imported))
    return path, beside


def rows_of(imported: Imported) -> dict[str, list[Row]]:
    """Rows by table in facts units; None where nothing is known."""
    found: dict[str, list[Row]] = {}
    for table in tables().values():
        if table.form:
            found[table.name] = [{c.name: imported.county.get(c.name) for c in table.column}]
        elif table.per_school or table.name == "register":
            found[table.name] = [
                {c.name: _value(values, c.name, code, imported) for c in table.column}
                for code, values in sorted(imported.values.items())
            ]
    return found


def _value(values: Mapping[str, Found], column: str, code: str, imported: Imported) -> Value | None:
    if column == "school_code":
        return code
    if column in values:
        return values[column].value
    return imported.county.get("county_code") if column == "location_unit" else None


def _marks(
    rows: Mapping[str, list[Row]], imported: Imported
) -> Iterator[tuple[str, str, str, str, str]]:
    """— where a column does not apply whatever else the school will file."""
    for code, columns in imported.inapplicable.items():
        for column in sorted(columns):
            yield table_of(column).name, code, column, NOT_APPLICABLE, ""
    special = any(s["school_type"] == "special" for s in rows["schools"])
    (form,) = rows["county"]
    for item in tables()["county"].column:
        if not applies(item, {"special_schools": special}):
            yield "county", str(form["county_code"]), item.name, NOT_APPLICABLE, ""


def _sources(imported: Imported) -> dict[tuple[int, int], tuple[Page, Taken]]:
    """Every (sheet, headings) that gave a value, in reading order."""
    used = {
        (id(found.page), id(found.taken)): (found.page, found.taken)
        for values in imported.values.values()
        for found in values.values()
    }
    order = {id(page): number for number, page in enumerate(imported.pages)}
    return dict(sorted(used.items(), key=lambda e: (order[e[0][0]], e[1][1].headings[0].column)))


def _origins_sheet(book: Workbook, imported: Imported) -> None:
    """Columns first (which file, sheet, heading), then schools (which row on each sheet)."""
    sheet: Any = book.add_worksheet(ORIGINS_SHEET)
    bold = book.add_format({"bold": True, "text_wrap": True, "valign": "top"})
    sheet.set_column(0, 0, 14)
    sheet.set_column(1, 5, 22)
    sheet.write_string(0, 0, "数据来源：由教育事业统计导入的每个值出自哪里", bold)
    sheet.write_string(
        1, 0, "一个值的单元格 ＝ 上表的“列”＋下表的“行”。没有列出的栏目没有导入，要填。"
    )
    for column, text in enumerate(("表", "栏目", "文件", "工作表", "列", "表头")):
        sheet.write_string(3, column, text, bold)
    row = 4
    for page, taken in _sources(imported).values():
        at = "＋".join(letters(heading.column) for heading in taken.headings)
        said = (*_named(taken.field.column), page.file, page.sheet, at, _shown(taken))
        for column, text in enumerate(said):
            sheet.write_string(row, column, text)
        row += 1
    _rows_of_schools(sheet, row + 1, imported, bold)


def _rows_of_schools(sheet: Any, row: int, imported: Imported, bold: Any) -> None:
    heads = ["学校代码", "学校名称", *(f"{p.file} {p.sheet}的行" for p in imported.pages)]
    for column, text in enumerate(heads):
        sheet.write_string(row, column, text, bold)
    place = {id(page): number for number, page in enumerate(imported.pages)}
    for code, values in sorted(imported.values.items()):
        row += 1
        sheet.write_string(row, 0, code)
        if "school_name" in values:
            sheet.write_string(row, 1, str(values["school_name"].value))
        for page, number in {id(f.page): f.row for f in values.values()}.items():
            sheet.write_number(row, 2 + place[page], number)


def _named(column: str) -> tuple[str, str]:
    table = table_of(column)
    return table.label, table.columns()[column].label


def _shown(taken: Taken) -> str:
    return " ＋ ".join(heading.shown for heading in taken.headings)


def _origins_json(imported: Imported) -> bytes:
    """Each value's place: sources once, then school → column → [source, cell, text]."""
    sources = _sources(imported)
    number = {key: place for place, key in enumerate(sources)}
    record = {
        "format": "junheng import 1",
        "files": [{"file": s.file, "sha256": s.sha256, "size": s.size} for s in imported.sources],
        "sources": [
            {"column": taken.field.column, "file": page.file, "sheet": page.sheet,
             "form": page.form.form, "heading": _shown(taken), "unit": taken.unit}
            for page, taken in sources.values()
        ],
        "schools": {
            code: {
                name: [number[id(f.page), id(f.taken)], f.origin.cell, f.raw]
                for name, f in sorted(values.items())
            }
            for code, values in sorted(imported.values.items())
        },
    }  # fmt: skip
    return msgspec.json.format(msgspec.json.encode(record), indent=1)
