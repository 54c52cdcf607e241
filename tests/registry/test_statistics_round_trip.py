"""Statistics of an invented county, written in several layouts and read back value by value."""

import csv
import json
from collections import Counter
from pathlib import Path

import openpyxl
import pytest
from registry.statistics_books import School, Style, wide, write_set

from junheng.registry import Level, State, check, read, tables
from junheng.registry.filing import Filing
from junheng.registry.layout import ORIGINS_SHEET
from junheng.registry.statistics import Imported, read_statistics, shipped, write_imported
from junheng.sample import make_county

pytestmark = pytest.mark.slow

CODE = "410199"


@pytest.fixture(scope="module")
def schools() -> list[School]:
    """Every type of school, some not counted, some private."""
    return wide(make_county(seed=1, schools=60))


def held(imported: Imported) -> dict[tuple[str, str], object]:
    return {(c, n): f.value for c, found in imported.values.items() for n, f in found.items()}


def expected(schools: list[School], columns: set[str]) -> dict[tuple[str, str], object]:
    """Every figure of the county that stands in a form of its set."""
    return {
        (school["school_code"], column): school[column]
        for school in schools
        for column in columns
        if school[column] is not None
        and not (school["school_type"] == "special" and column in NOT_OF_SPECIAL)
    }


NOT_OF_SPECIAL = frozenset(
    {c.name for name in ("seats", "staffing", "quality") for c in tables()[name].column}
    - {"school_code", "enrolment_primary", "enrolment_junior"}
)
"""The set of a special-education school has no classes, teachers or graduates that are read."""

MAPPED = {each.column for form in shipped().form for each in form.field} | {
    "school_code", "school_name", "school_type", "location_unit", "counts_as_school",
}  # fmt: skip

STYLES = {
    "merged": Style(),
    "repeated": Style(headings="repeated"),
    "once": Style(headings="once"),
    "moved": Style(moved=3, extra=True),
    "moved and repeated": Style(moved=5, headings="repeated", ordinals=False),
    "moved and once": Style(moved=7, headings="once", extra=True, sums=False),
    "numbers as text": Style(text=True),
    "one book": Style(file="全部.xlsx"),
    "known by words": Style(title="{title}", sheet="{title}", file="2025学年统计.xlsx"),
    "known by file": Style(title="2025-2026学年初报表", sheet="表", file="{form}.xlsx"),
    "number alone": Style(title="2025/2026学年", sheet="{form}", file="导出.xlsx"),
}


@pytest.mark.parametrize("style", STYLES.values(), ids=STYLES)
def test_every_mapped_value_comes_back_exactly_whatever_the_layout(
    style: Style, schools: list[School], tmp_path: Path
) -> None:
    imported = read_statistics(write_set(tmp_path, schools, style), year=2025, county=CODE)
    assert [each.sentence for each in imported.blocking] == []
    wanted = expected(schools, MAPPED)
    attached = [c for _, c in wanted if c.startswith("attached_")]
    assert len(attached) >= 2, "the county has attached classes of both stages"
    assert held(imported) == {
        k: v for k, v in wanted.items() if v != 0 or not k[1].startswith("attached_")
    }
    assert {each.check for each in imported.findings} <= {"I06", "I05"}


def test_the_workbook_reads_back_with_the_same_values_and_the_rest_blank(
    schools: list[School], tmp_path: Path
) -> None:
    imported = read_statistics(write_set(tmp_path / "统计", schools), year=2025, county=CODE)
    out, _ = write_imported(tmp_path / "county.xlsx", imported)
    filing = read([out])
    assert [each.sentence for each in filing.findings if each.level is Level.MUST_FIX] == []
    assert filed(filing) == held(imported)
    (county,) = filing.of("county")
    assert county.value("county_code") == CODE
    assert county.value("county_name") == "示例县"
    assert county.value("filing_year") == 2025
    assert {r.key for r in filing.of("register")} == {(s["school_code"],) for s in schools}


def filed(filing: Filing) -> dict[tuple[str, str], object]:
    return {
        (record.key[0], name): entry.value
        for record in filing.records
        for name, entry in record.entries.items()
        if record.table in ("schools", "seats", "staffing", "facilities", "finance", "quality")
        and entry.state is State.FILED
    }


def test_the_cells_said_to_be_left_are_those_that_the_check_asks_for(
    schools: list[School], tmp_path: Path
) -> None:
    imported = read_statistics(write_set(tmp_path / "统计", schools), year=2025, county=CODE)
    out, _ = write_imported(tmp_path / "county.xlsx", imported)
    found = [each for each in check(read([out])).findings if each.level is Level.MUST_FIX]
    assert {each.check for each in found} == {"S51"}, "nothing is wrong but what is blank"
    asked_for = Counter(tables()[each.table].label for each in found)
    assert asked_for == {each.label: each.left for each in imported.asked}
    columns = {each.label: set(each.columns) for each in imported.asked}
    assert "网络多媒体教室间数" not in columns["校舍场地设备"]
    assert "音乐教室总间数" in columns["校舍场地设备"]


def test_every_value_names_its_file_sheet_and_cell(schools: list[School], tmp_path: Path) -> None:
    style = Style(moved=3, extra=True)
    files = write_set(tmp_path / "统计", schools, style)
    imported = read_statistics(files, year=2025, county=CODE)
    _, beside = write_imported(tmp_path / "county.xlsx", imported)
    books = {path.name: openpyxl.load_workbook(path) for path in files}
    record = json.loads(beside.read_bytes())
    assert {each["file"] for each in record["files"]} == set(books)
    looked = 0
    for columns in record["schools"].values():
        for source, cell, raw in columns.values():
            place = record["sources"][source]
            value = books[place["file"]][place["sheet"]][cell].value
            assert str(value) == raw or float(value) == float(raw)
            looked += 1
    assert looked == len(held(imported))


def test_the_sheet_of_origins_gives_column_and_row_of_a_value(
    schools: list[School], tmp_path: Path
) -> None:
    files = write_set(tmp_path / "统计", schools)
    out, _ = write_imported(
        tmp_path / "county.xlsx", read_statistics(files, year=2025, county=CODE)
    )
    rows = list(openpyxl.load_workbook(out)[ORIGINS_SHEET].iter_rows(values_only=True))
    column = next(row for row in rows if row[1] == "七年级人数")
    assert column[:4] == ("学生与班级", "七年级人数", "教基3115.xlsx", "教基3115")
    heads = next(row for row in rows if row[0] == "学校代码")
    place = heads.index("教基3115.xlsx 教基3115的行")
    code = next(s["school_code"] for s in schools if s["school_type"] == "junior")
    number = next(row[place] for row in rows if row[0] == code)
    cell = openpyxl.load_workbook(files[5])["教基3115"][f"{column[4]}{number}"]
    school = next(s for s in schools if s["school_code"] == code)
    assert cell.value == school["enrolment_grade_7"]


def test_the_same_files_give_the_same_bytes(schools: list[School], tmp_path: Path) -> None:
    files = write_set(tmp_path / "统计", schools[:12])
    written = [
        write_imported(
            tmp_path / name, read_statistics(order, year=2025, county=CODE, partial=True)
        )
        for name, order in (("a.xlsx", files), ("b.xlsx", files[::-1]))
    ]
    assert written[0][0].read_bytes() == written[1][0].read_bytes()
    assert written[0][1].read_bytes() == written[1][1].read_bytes()


def test_a_csv_file_is_read_as_well(schools: list[School], tmp_path: Path) -> None:
    (book,) = write_set(
        tmp_path, schools, file="全部.xlsx", headings="repeated", without=ALL_BUT_PUPILS
    )
    with (tmp_path / "教基3112.csv").open("w", encoding="gb18030", newline="") as file:
        for row in openpyxl.load_workbook(book)["教基3112"].iter_rows(values_only=True):
            csv.writer(file).writerow(["" if each is None else each for each in row])
    by_csv = read_statistics([tmp_path / "教基3112.csv"], year=2025, county=CODE, partial=True)
    by_book = read_statistics([book], year=2025, county=CODE, partial=True)
    assert held(by_csv) == held(by_book)
    assert {each.check for each in by_csv.blocking} == {"I13"}, "attached classes name no type"


ALL_BUT_PUPILS = [form.form for form in shipped().form if form.form != "教基3112"]


def test_a_total_that_is_not_there_is_added_up_from_the_grades(
    schools: list[School], tmp_path: Path
) -> None:
    (path,) = write_set(tmp_path, schools, without=ALL_BUT_PUPILS)
    book = openpyxl.load_workbook(path)
    sheet = book["教基3112"]
    at = next(c.column for c in sheet[3] if c.value == "合计")
    sheet.cell(3, at).value = "不知是什么"
    book.save(path)
    imported = read_statistics([path], year=2025, county=CODE, partial=True)
    for school in schools:
        if school["school_type"] in ("primary", "nine_year"):
            found = imported.values[school["school_code"]]["enrolment_primary"]
            assert found.value == school["enrolment_primary"]
            assert found.origin.cell.count("+") == 5


def test_equipment_in_yuan_is_not_taken_for_wan(schools: list[School], tmp_path: Path) -> None:
    forms = [form.form for form in shipped().form if form.form not in ("教基1001", "教基5176")]
    _, path = write_set(tmp_path, schools, without=forms)
    book = openpyxl.load_workbook(path)
    sheet = book.active
    (head,) = [
        c for row in sheet.iter_rows(max_row=3) for c in row if c.value == "固定资产总值（万元）"
    ]
    head.value = "固定资产总值（元）"
    book.save(path)
    imported = read_statistics([tmp_path], year=2025, county=CODE, partial=True)
    code = schools[0]["school_code"]
    found = imported.values[code]["equipment_value_yuan"]
    assert found.value * 10_000 == schools[0]["equipment_value_yuan"]
