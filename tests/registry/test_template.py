"""The blank workbook: every declared column stands where the layout says, and looks as it asks."""

import io
import os
import subprocess
import sys
from pathlib import Path

import msgspec
import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet
from xlsxwriter import Workbook as Written

from junheng.errors import JunhengError
from junheng.registry import colours, tables
from junheng.registry.applicability import CONDITIONS
from junheng.registry.filing import Level
from junheng.registry.layout import (
    CODE_ROW,
    FIRST_ROW,
    FORM_CODE,
    FORM_FIRST_ROW,
    FORM_HEADING_ROW,
    FORM_HEADINGS,
    FORM_LABEL,
    FORM_VALUE,
    HEADING_ROW,
    INSTRUCTIONS_SHEET,
    LISTS_SHEET,
    VERSION_SHEET,
    sheet_names,
    slots,
    template_version,
)
from junheng.registry.reading import read
from junheng.registry.template import write_template
from junheng.registry.template.choices import Lists, validation
from junheng.registry.template.wording import (
    SCHOOL_WORDS,
    Requirement,
    may_be_inapplicable,
    requirement,
)
from junheng.schema import Column, Kind, Table

ROW_TABLES = [name for name, table in tables().items() if not table.form]
FONT_OF = {
    Requirement.ALWAYS: colours.REQUIRED_FONT,
    Requirement.CONDITIONAL: colours.CONDITIONAL_FONT,
    Requirement.OPTIONAL: colours.OPTIONAL_FONT,
}
NUMBERS = {Kind.INT, Kind.YEAR, Kind.AREA, Kind.MONEY, Kind.COORDINATE}


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    where = tmp_path_factory.mktemp("blank") / "示例县.xlsx"
    write_template(where, county_name="示例县", year=2025)
    return where


@pytest.fixture(scope="module")
def book(path: Path) -> Workbook:
    return load_workbook(path)


def columns_of(table: str) -> list[tuple[int, Column]]:
    """(sheet column from 1, declared column) of the value cells of a row table."""
    return [
        (position, slot.column)
        for position, slot in enumerate(slots(table), 1)
        if slot.role == "value" and slot.column is not None
    ]


def validation_at(sheet: Worksheet, row: int, column: int) -> DataValidation:
    where = sheet.cell(row, column).coordinate
    found = [each for each in sheet.data_validations.dataValidation if where in each.sqref]
    assert len(found) == 1, f"{sheet.title}!{where} has {len(found)} validations"
    return found[0]


def test_the_instructions_come_first_and_every_table_follows_in_declared_order(
    book: Workbook,
) -> None:
    visible = [sheet.title for sheet in book if sheet.sheet_state == "visible"]
    assert visible == [INSTRUCTIONS_SHEET, *sheet_names()]


def test_the_template_version_is_read_back_from_a_sheet_nobody_sees(book: Workbook) -> None:
    sheet = book[VERSION_SHEET]
    assert sheet.sheet_state == "veryHidden"
    assert (sheet["A1"].value, sheet["B1"].value) == ("template", template_version())


@pytest.mark.parametrize("table", ROW_TABLES)
def test_every_column_has_its_heading_with_unit_over_its_hidden_code(
    book: Workbook, table: str
) -> None:
    sheet = book[tables()[table].label]
    for position, slot in enumerate(slots(table), 1):
        assert sheet.cell(HEADING_ROW, position).value == slot.heading
        assert sheet.cell(CODE_ROW, position).value == slot.code
    assert sheet.max_column == len(slots(table))
    assert sheet.row_dimensions[CODE_ROW].hidden


@pytest.mark.parametrize("table", ROW_TABLES)
def test_required_headings_are_red_and_bold_and_conditional_ones_differ(
    book: Workbook, table: str
) -> None:
    sheet = book[tables()[table].label]
    for position, column in columns_of(table):
        font = sheet.cell(HEADING_ROW, position).font
        assert font.color.rgb == f"FF{FONT_OF[requirement(column)]}", column.name
        assert bool(font.b) is (requirement(column) is not Requirement.OPTIONAL), column.name


@pytest.mark.parametrize("table", ROW_TABLES)
def test_every_heading_bears_a_note_with_its_number_and_what_is_to_know(
    book: Workbook, table: str
) -> None:
    sheet = book[tables()[table].label]
    for position, column in columns_of(table):
        note = sheet.cell(HEADING_ROW, position).comment
        assert note is not None
        assert note.text.startswith(f"【{column.number}】{column.heading}")
        assert column.note in note.text


@pytest.mark.parametrize("table", ROW_TABLES)
def test_choices_drop_down_and_numbers_are_bounded_and_nothing_blocks(
    book: Workbook, table: str
) -> None:
    sheet = book[tables()[table].label]
    for position, column in columns_of(table):
        for row in (FIRST_ROW, FIRST_ROW + 2_000):
            expect_validation(validation_at(sheet, row, position), column)


def expect_validation(found: DataValidation, column: Column) -> None:
    assert found.errorStyle == "warning", column.name
    assert found.prompt
    if column.kind is Kind.BOOL or column.choices:
        words = list(column.choices.values()) if column.choices else ["是", "否"]
        dash = ["—"] if may_be_inapplicable(column) else []
        assert found.type == "list"
        assert found.formula1 == f'"{",".join([*words, *dash])}"', column.name
    elif column.kind in NUMBERS and may_be_inapplicable(column):
        assert found.type == "custom"
        assert '="—"' in found.formula1
        assert f"<={column.maximum}" in found.formula1
    elif column.kind in NUMBERS:
        assert found.type == ("whole" if column.kind in (Kind.INT, Kind.YEAR) else "decimal")
        assert (found.formula1, found.formula2) == (column.minimum, column.maximum)
    elif column.kind is Kind.DATE:
        assert found.type in ("date", "custom")


@pytest.mark.parametrize("table", ROW_TABLES)
def test_codes_and_texts_are_formatted_as_text_so_that_leading_zeros_survive(
    book: Workbook, table: str
) -> None:
    sheet = book[tables()[table].label]
    for position, column in columns_of(table):
        text = column.kind in (Kind.CODE, Kind.TEXT, Kind.ENUM, Kind.BOOL)
        for row in (FIRST_ROW, FIRST_ROW + 20):
            assert (sheet.cell(row, position).number_format == "@") is text, column.name


@pytest.mark.parametrize("table", ROW_TABLES)
def test_headings_stay_in_sight_on_screen_and_on_paper(book: Workbook, table: str) -> None:
    sheet = book[tables()[table].label]
    beside = "C" if slots(table)[0].code == "school_code" else "B"
    assert sheet.freeze_panes == f"{beside}{FIRST_ROW}"
    assert sheet.print_title_rows == f"${HEADING_ROW}:${HEADING_ROW}"
    assert sheet.sheet_properties.pageSetUpPr.fitToPage
    assert sheet.page_setup.fitToHeight == 0


def test_no_more_than_one_validation_stands_on_a_cell_and_prompts_fit(book: Workbook) -> None:
    for sheet in book:
        for each in sheet.data_validations.dataValidation:
            assert len(each.prompt or "") <= 255
            assert len(each.promptTitle or "") <= 32
            assert len(each.formula1 or "") <= 257


def test_the_county_form_runs_downwards_with_a_hidden_code_column(book: Workbook) -> None:
    table = tables()["county"]
    sheet = book[table.label]
    assert sheet.column_dimensions["A"].hidden
    headings = [sheet.cell(FORM_HEADING_ROW, n).value for n in range(1, len(FORM_HEADINGS) + 1)]
    assert tuple(headings) == FORM_HEADINGS
    for row, column in enumerate(table.column, FORM_FIRST_ROW):
        expect_item(sheet, row, column, table)


def expect_item(sheet: Worksheet, row: int, column: Column, table: Table) -> None:
    label = sheet.cell(row, FORM_LABEL + 1)
    assert sheet.cell(row, FORM_CODE + 1).value == column.name
    assert label.value == column.heading
    assert label.font.color.rgb == f"FF{FONT_OF[requirement(column)]}"
    assert label.comment is not None
    expect_validation(validation_at(sheet, row, FORM_VALUE + 1), column)


def test_name_and_year_are_already_filled_in(book: Workbook) -> None:
    sheet = book["区县填报表"]
    values = {
        sheet.cell(row, FORM_CODE + 1).value: sheet.cell(row, FORM_VALUE + 1).value
        for row in range(FORM_FIRST_ROW, sheet.max_row + 1)
    }
    filled = {name: value for name, value in values.items() if value is not None}
    assert filled == {"county_name": "示例县", "filing_year": 2025}


def test_the_instructions_explain_signs_colours_groups_steps_and_every_column(
    book: Workbook,
) -> None:
    sheet = book[INSTRUCTIONS_SHEET]
    cells = [cell for row in sheet.iter_rows() for cell in row if cell.value is not None]
    words = [str(cell.value) for cell in cells]
    assert {"0", "空", "—", "无", "必须改", "请说明", "提示"} <= set(words)
    assert any("2025年9月1日" in each for each in words)
    assert any("2024年1月1日至12月31日" in each for each in words)
    assert any(template_version() in each for each in words)
    for step in ("填写", "校验", "改正", "封存"):
        assert any(step in each for each in words)
    for table in tables().values():
        assert any(each.startswith(f"工作表“{table.label}”") for each in words)
        assert {column.label for column in table.column} <= set(words)
    fills = {cell.value: cell.fill.fgColor.rgb for cell in cells}
    for level in Level:
        assert fills[level] == f"FF{colours.LEVEL_FILL[level]}"


def test_the_sample_rows_show_a_primary_school_with_words_not_codes(book: Workbook) -> None:
    sheet = book[INSTRUCTIONS_SHEET]
    shown = {
        row[1].value: row[5].value
        for row in sheet.iter_rows(min_row=20)
        if row[1].value is not None
    }
    assert shown["学校类型"] == "小学"
    assert shown["小学班级总数"] == "27"
    assert shown["初中班级总数"] == "—"
    assert shown["是否计校数"] == "是"


def test_the_reader_takes_the_blank_template_as_its_own(path: Path, tmp_path: Path) -> None:
    assert read([path]).template_version == template_version()
    nobody = tmp_path / "空白.xlsx"
    write_template(nobody)
    filing = read([nobody])
    assert filing.records == ()
    assert filing.findings == ()


def test_two_runs_give_the_same_bytes_whatever_the_seed_zone_and_locale(
    path: Path, tmp_path: Path
) -> None:
    program = (
        "import sys; from pathlib import Path; from junheng.registry.template import write_template;"
        "write_template(Path(sys.argv[1]), county_name='示例县', year=2025)"
    )
    other = tmp_path / "other.xlsx"
    changed = {"PYTHONHASHSEED": "7", "TZ": "America/Lima", "LC_ALL": "C", "PYTHONUTF8": "1"}
    subprocess.run(
        [sys.executable, "-c", program, str(other)], check=True, env={**os.environ, **changed}
    )
    assert other.read_bytes() == path.read_bytes()


def test_a_list_too_long_for_a_validation_goes_to_a_hidden_sheet_under_a_name() -> None:
    words = {str(n): f"选项{n:03}" for n in range(100)}
    column = msgspec.structs.replace(tables()["schools"].columns()["ownership"], choices=words)
    content = io.BytesIO()
    with Written(content) as written:
        sheet = written.add_worksheet("表")
        lists = Lists(written)
        sheet.data_validation(0, 0, 9, 0, validation(column, "A1", lists))
        sheet.data_validation(0, 1, 9, 1, validation(column, "B1", lists))
    book = load_workbook(io.BytesIO(content.getvalue()))
    hidden = book[LISTS_SHEET]
    assert hidden.sheet_state == "hidden"
    assert [row[0].value for row in hidden.iter_rows()] == list(words.values())
    (found,) = {each.formula1 for each in book["表"].data_validations.dataValidation}
    assert book.defined_names[found.lstrip("=")].attr_text == f"'{LISTS_SHEET}'!$A$1:$A$100"


def test_a_choice_that_may_not_apply_offers_the_dash_too() -> None:
    ownership = tables()["schools"].columns()["ownership"]
    column = msgspec.structs.replace(ownership, applies="leased")
    with Written(io.BytesIO()) as written:
        written.add_worksheet("表")
        assert validation(column, "A1", Lists(written))["source"] == ["公办", "民办", "—"]


def test_every_condition_says_in_words_whom_it_means() -> None:
    assert set(SCHOOL_WORDS) == set(CONDITIONS) - {"never"}


def test_a_folder_that_is_not_there_is_named_in_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(JunhengError, match="没有文件夹"):
        write_template(tmp_path / "不存在" / "示例县.xlsx")


def test_nothing_is_left_beside_a_file_that_could_not_be_put_in_place(tmp_path: Path) -> None:
    (tmp_path / "示例县.xlsx").mkdir()
    with pytest.raises(JunhengError, match="写不进去"):
        write_template(tmp_path / "示例县.xlsx")
    assert [each.name for each in tmp_path.iterdir()] == ["示例县.xlsx"]
