"""历年册, 疑点册 and the terminal views: gaps stay empty, marks stand, nothing contradicts its verdict."""

from datetime import date
from io import StringIO
from pathlib import Path

import pytest
from openpyxl import load_workbook
from rich.cells import cell_len
from rich.console import Console
from worked.building import COUNTY, rows_of, school

from junheng.publish import show_screening, show_years, write_screening, write_years
from junheng.registry import EXPLAINED, Facts, Snapshot
from junheng.studies import ScreenStudy, Years, assess, screen, side_by_side

ON = date(2026, 3, 31)
CROWDED = {"class_count_primary": 20, "regular_classrooms": 9, "max_class_size_primary": 10}


def snapshot(year, *schools, marks=(), **more) -> Snapshot:
    county = [{"county_code": COUNTY, "county_name": "示例县", "filing_year": year}]
    rows = rows_of(list(schools), county=county, **more)
    seal = {"by": "王敏", "on": f"{year}-10-20"}
    return Snapshot(Path(f"{year}-seal"), Facts.from_rows(rows, marks, year=year), seal)


def held() -> list[Snapshot]:
    """2022, 2024, 2025: a gap, a change of type, a jump with its reason and one without."""

    def primary(code, **filed):
        return school(code, "primary", {"primary": 200}, founding_year=1990, **filed)

    linked = {"old_code": "2141000001", "new_code": "3141000001", "change": "type_changed",
              "document": "批复.pdf", "changed_on": date(2024, 7, 1)}  # fmt: skip
    marks = [("facilities", "2141000002", "sports_ground_area_m2", EXPLAINED, "操场扩建")]
    return [
        snapshot(2022, primary("2141000001"), primary("2141000002")),
        snapshot(
            2024,
            primary("3141000001", sports_ground_area_m2="1500"),
            primary("2141000002", sports_ground_area_m2="1500"),
            lineage=[linked],
        ),
        snapshot(
            2025,
            primary("3141000001", sports_ground_area_m2="1400", campus_area_m2="9000"),
            primary("2141000002", sports_ground_area_m2="2500", **CROWDED),
            marks=marks,
        ),
    ]


@pytest.fixture(scope="module")
def years() -> Years:
    variants = ("", "", "unweighted_pop")
    return side_by_side(assess(s, on=ON, variant=v) for s, v in zip(held(), variants, strict=True))


@pytest.fixture(scope="module")
def book(years, tmp_path_factory):
    return load_workbook(write_years(years, tmp_path_factory.mktemp("years"))[1])


@pytest.fixture(scope="module")
def questions() -> ScreenStudy:
    return screen(held())


def cells(sheet) -> list[list]:
    return [[cell.value for cell in row] for row in sheet.iter_rows()]


def row_of(sheet, *firsts) -> dict:
    """The first row that begins with these values, by heading."""
    rows = cells(sheet)
    heads = next(row for row in rows if firsts and row[0] in ("学段", "方面", "学校代码", "指标"))
    found = next(row for row in rows if tuple(row[: len(firsts)]) == firsts)
    return dict(zip(heads, found, strict=True))


def text_of(view, width=120) -> str:
    console = Console(width=width, record=True, highlight=False, file=StringIO())
    console.print(view)
    return console.export_text()


def test_the_sheets_are_in_the_order_of_reading(book):
    assert book.sheetnames == [
        "历年结论", "差异系数历年", "差异系数图", "指标历年", "学校历年结论", "学校历年数值",
        "口径变化", "学校沿革", "大变化与说明", "依据",
    ]  # fmt: skip


def test_a_year_without_a_snapshot_is_named_and_left_empty(book):
    row = row_of(book["差异系数历年"], "小学", "L5")
    assert row["2023—2024学年没有封存"] is None
    assert row["2022—2023学年"] == 0
    assert row["2025—2026学年"] > 0


def test_a_value_stands_under_its_year_along_one_school(book):
    rows = cells(book["学校历年数值"])
    line = next(row for row in rows if row[0] == "3141000001" and row[3] == "L5")
    assert [float(v) if v is not None else None for v in line[6:10]] == [40, None, 7.5, 7]


def test_the_line_of_a_school_says_where_it_came_from(book):
    rows = cells(book["学校历年结论"])
    line = next(row for row in rows if row[0] == "3141000001")
    assert "代码2141000001→3141000001" in line[-1]


def test_the_year_of_another_variant_is_marked_and_listed(book):
    assert row_of(book["差异系数历年"], "小学", "L5")["口径变化的学年"] == "2025—2026学年"
    told = [row for row in cells(book["口径变化"]) if "差异系数算法" in row]
    assert told
    assert "各项差异系数" in told[0]


def test_a_jump_stands_beside_its_reason_or_says_that_there_is_none(book):
    rows = {row[0]: row for row in cells(book["大变化与说明"]) if row[0] and row[0].isdigit()}
    assert "操场扩建" in rows["2141000002"]


def test_each_indicator_has_a_chart(book):
    assert len(book["差异系数图"]._charts) == 7


def test_the_same_years_give_the_same_bytes(years, tmp_path):
    one, other = (write_years(years, tmp_path / name) for name in ("a", "b"))
    assert [p.read_bytes() for p in one] == [p.read_bytes() for p in other]


def test_the_terminal_says_gaps_marks_lineage_and_reasons(years):
    told = text_of(show_years(years))
    assert "没有2023—2024学年的封存：空着，不推算" in told
    assert "没有封存" in told
    assert "＊" in told
    assert "改变类型：2141000001" in told
    assert "异常说明：操场扩建" in told
    assert "；没有异常说明" not in text_of(show_years(years.only(school="2141000002")))


def test_one_school_is_shown_alone(years):
    told = text_of(show_years(years.only(school="2141000001"), schools=True))
    assert "3141000001" in told
    assert "2141000002" not in told
    assert "校际差异系数" not in told


def test_one_indicator_is_shown_with_every_school(years):
    told = text_of(show_years(years, indicator="L5"))
    assert "7.50" in told
    assert "7.00" in told
    assert "L6" not in told


def test_eighty_columns_are_enough(years):
    assert all(cell_len(line) <= 80 for line in text_of(show_years(years), width=80).splitlines())


# --- the screen --------------------------------------------------------------------------------


def test_every_question_says_that_it_is_none_but_a_question(questions):
    told = text_of(show_screening(questions))
    assert "不是结论，更不是指控" in told
    assert "可能的正当原因：功能教室改作普通教室" in told
    assert "请对方提供：班级与教室对照表" in told
    assert "多出11个班" in told


def test_nothing_found_is_not_said_to_be_proof(questions):
    assert "没有发现不等于没有问题" in text_of(show_screening(questions.only(county="000001")))


def test_what_could_not_be_looked_for_is_said(questions):
    assert "设备值达标一年后又回落：需要相邻3个学年的数据，只有2个" in text_of(
        show_screening(questions)
    )


def test_the_book_of_questions_has_numbers_causes_margins_and_what_was_not_done(
    questions, tmp_path
):
    book = load_workbook(write_screening(questions, tmp_path)[1])
    assert book.sheetnames == ["疑点", "筛查办法", "没有做的"]
    asked = next(
        row for row in cells(book["疑点"]) if row[2] == "班级比普通教室多，班额却都在限额以内"
    )
    assert "2141000002" in asked[3]
    assert "多出11个班" in asked[6]
    methods = [row for row in cells(book["筛查办法"]) if row[0] == "rooms_lacking"]
    assert methods[0][5] == "平台约定"
    assert "多10%以上" in methods[0][4]
