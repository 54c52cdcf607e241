"""One filled workbook a county, or Parquet in the layout of the facts, each with its origins."""

from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TYPE_CHECKING, Any

import msgspec
import polars as pl

from junheng.errors import RefusedError
from junheng.registry.applicability import applies
from junheng.registry.catalogue import school_columns, table_of, tables
from junheng.registry.facts import NOT_APPLICABLE, TYPES, schema_of
from junheng.registry.filing import Value
from junheng.registry.layout import ORIGINS_SHEET
from junheng.registry.rosters.placing import inapplicable
from junheng.registry.rosters.taking import Counted
from junheng.registry.rosters.telling import origins
from junheng.registry.template.prefill import certainly_not
from junheng.registry.whole_file import write_whole

if TYPE_CHECKING:
    from xlsxwriter import Workbook

Row = dict[str, Value | None]
BESIDE = "来源.json"
WIDE = "schools_wide.parquet"
ROWS_AT_ONCE = 16_384
"""Schools that are written in one go: what does not apply to each is a thousand letters a school."""


def write_workbooks(folder: Path, counted: Counted) -> list[Path]:
    """A workbook a county, 410199示例县.xlsx, with its origins on sheet 数据来源 and beside it.

    Blank cells are still to type. Raises RefusedError where something has to be mended first.
    """
    _refuse(counted)
    folder.mkdir(parents=True, exist_ok=True)
    written = []
    for code in counted.schools["location_unit"].unique().sort():
        schools = counted.schools.filter(pl.col("location_unit") == code)
        path = folder / f"{code}{_safe(counted.counties.get(code, ''))}.xlsx"
        _workbook(path, code, schools, counted)
        written.append(path)
    write_whole(folder / BESIDE, _record(counted))
    return written


def write_parquet(folder: Path, counted: Counted) -> list[Path]:
    """The tables that registers fill, one Parquet file each, columns and units as in the facts,
    and schools_wide.parquet with all of them side by side, one row a school, county and year.

    Raises RefusedError where something has to be mended first.
    """
    _refuse(counted)
    folder.mkdir(parents=True, exist_ok=True)
    with ThreadPoolExecutor(1) as beside:  # the list of classes takes as long as all the others
        classes = beside.submit(_parquet, folder / "classes.parquet", counted.classes)
        written = [_parquet(folder / f"{name}.parquet", t) for name, t in _tables(counted.schools)]
        wide = _parquet(folder / WIDE, _wide(counted), rows=ROWS_AT_ONCE)
        written += [classes.result(), wide]
    write_whole(folder / BESIDE, _record(counted))
    return written


def _tables(schools: pl.DataFrame) -> Iterator[tuple[str, pl.DataFrame]]:
    """The tables of the form that have a row a school, each with all of its columns."""
    for table in tables().values():
        if table.per_school or table.name == "register":
            yield (
                table.name,
                schools.select(
                    pl.col(name) if name in schools.columns else pl.lit(None, kind).alias(name)
                    for name, kind in schema_of(table).items()
                ),
            )


def _wide(counted: Counted) -> pl.DataFrame:
    """All columns of the schools side by side."""
    schools = counted.schools
    return schools.select(
        pl.col("location_unit").alias("county"),
        pl.lit(counted.year, pl.Int64).alias("year"),
        counted.rows.select(pl.any_horizontal(pl.exclude("school_code").is_not_null()))
        .to_series()
        .alias("filed"),
        inapplicable(schools).alias("not_applicable"),
        *(
            pl.col(name)
            if name in schools.columns
            else pl.lit(None, TYPES[column.kind]).alias(name)
            for name, column in school_columns().items()
        ),
    )


def _parquet(path: Path, frame: pl.DataFrame, *, rows: int | None = None) -> Path:
    aside = path.with_name(f".writing-{path.name}")
    try:
        frame.write_parquet(aside, compression="lz4", statistics=False, row_group_size=rows)
        aside.replace(path)
    finally:
        aside.unlink(missing_ok=True)
    return path


def _refuse(counted: Counted) -> None:
    if counted.blocking:
        raise RefusedError(
            f"还有 {len(counted.blocking)} 处必须改，没有写出任何文件。请先改正台账。"
        )


def _safe(name: str) -> str:
    return "".join(each for each in name if each.isalnum())[:30]


def _workbook(path: Path, code: str, schools: pl.DataFrame, counted: Counted) -> None:
    from junheng.registry.template import write_filled

    held = list(schools.iter_rows(named=True))
    year, name = counted.year, counted.counties.get(code, "")
    rows: dict[str, list[Row]] = {
        "county": [{"county_code": code, "county_name": name or None, "filing_year": year}],
        "classes": list(
            counted.classes.join(schools.select("school_code"), on="school_code", how="semi")
            .sort("school_code", "grade", pl.col("class_no").str.len_chars(), "class_no")
            .iter_rows(named=True)
        ),
    }
    for table in tables().values():
        if table.per_school or table.name == "register":
            rows[table.name] = [{c.name: each.get(c.name) for c in table.column} for each in held]
    write_filled(
        path,
        rows,
        _marks(held, code, year),
        year=year,
        county_name=name,
        more=lambda book: _origins_sheet(book, schools, counted),
    )


def _marks(
    held: Sequence[Mapping[str, Any]], code: str, year: int
) -> Iterator[tuple[str, str, str, str, str]]:
    """— where a column does not apply whatever else the school will file."""
    columns = [c for c in school_columns().values() if c.applies != "always"]
    for each in held:
        school = {**each, "school_year": year}
        for column in columns:
            if each.get(column.name) is None and certainly_not(column, school):
                key = str(each["school_code"])
                yield table_of(column.name).name, key, column.name, NOT_APPLICABLE, ""
    special = any(each["school_type"] == "special" for each in held)
    for item in tables()["county"].column:
        if not applies(item, {"special_schools": special}):
            yield "county", code, item.name, NOT_APPLICABLE, ""


def _given(counted: Counted) -> Iterator[tuple[str, str, str, str]]:
    """(table, heading, files, how) of every column that a register gave."""
    files = {each.roster.name: "、".join(each.files) for each in counted.taken}
    for column, (roster, how) in origins([each.roster for each in counted.taken]).items():
        if column in counted.schools.columns and counted.schools[column].count():
            yield table_of(column).label, school_columns()[column].label, files[roster.name], how


def _origins_sheet(book: "Workbook", schools: pl.DataFrame, counted: Counted) -> None:
    """Columns first (which register, how counted), then schools (how many rows of each)."""
    sheet: Any = book.add_worksheet(ORIGINS_SHEET)
    bold = book.add_format({"bold": True, "text_wrap": True, "valign": "top"})
    sheet.set_column(0, 0, 14)
    sheet.set_column(1, 3, 30)
    sheet.write_string(0, 0, "数据来源：由台账汇总的每一栏怎样数出", bold)
    sheet.write_string(1, 0, "没有列出的栏目没有汇总，要填；空着的格台账里没有说，不是 0。")
    for column, text in enumerate(("表", "栏目", "台账文件", "怎样数")):
        sheet.write_string(3, column, text, bold)
    row = 4
    for said in _given(counted):
        for column, text in enumerate(said):
            sheet.write_string(row, column, text)
        row += 1
    own = counted.rows.join(schools.select("school_code"), on="school_code", how="semi")
    labels = {each.roster.name: each.roster.label for each in counted.taken}
    heads = ["学校代码", *(f"{labels[name]}的行数" for name in own.columns[1:])]
    for column, text in enumerate(heads):
        sheet.write_string(row + 1, column, text, bold)
    for place, (code, *numbers) in enumerate(own.sort("school_code").iter_rows(), row + 2):
        sheet.write_string(place, 0, code)
        for column, number in enumerate(numbers, 1):
            if number is not None:
                sheet.write_number(place, column, number)


def _record(counted: Counted) -> bytes:
    """The files by content, and how every column was counted."""
    record = {
        "format": "junheng aggregate 1",
        "year": counted.year,
        "files": [{"file": s.file, "sha256": s.sha256, "size": s.size} for s in counted.sources],
        "registers": [
            {"register": t.roster.label, "files": t.files, "rows": t.rows} for t in counted.taken
        ],
        "columns": [
            {"table": table, "column": heading, "files": files, "how": how}
            for table, heading, files, how in _given(counted)
        ],
        "schools": len(counted.schools),
    }
    return msgspec.json.format(msgspec.json.encode(record), indent=1)
