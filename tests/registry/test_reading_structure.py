"""Sheets, columns, rows and keys: what stands where, and what is wrong with it."""

from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from handmade import (
    COUNTY,
    ONE,
    SHEETS,
    TWO,
    Typed,
    at,
    form_at,
    found,
    minimal,
    only,
    write_book,
)

from junheng.registry import Filing, Level, State, read, tables
from junheng.registry.layout import (
    CODE_ROW,
    FIRST_ROW,
    FORM_FIRST_ROW,
    FORM_LABEL,
    FORM_VALUE,
    HEADING_ROW,
    slots,
    template_version,
)
from junheng.registry.reading import checks

PUPILS = "enrolment_primary"


def reading(path: Path, **options: Any) -> Filing:
    """The filing of a workbook with one county and one school; `options` of `write_book`."""
    rows = options.pop("rows", None) or minimal()
    return read([write_book(path / "示例县.xlsx", rows, **options)])


def position(table: str, code: str) -> int:
    return [slot.code for slot in slots(table)].index(code)


# --- a workbook as it should be ----------------------------------------------------------------


def test_a_workbook_as_it_should_be_gives_its_records_and_no_finding(tmp_path: Path) -> None:
    filing = reading(tmp_path, rows=minimal(seats={PUPILS: 600, f"{PUPILS}!explanation": "新建"}))
    assert filing.findings == ()
    assert filing.template_version == template_version()
    (seats,) = filing.of("seats")
    assert seats.key == (ONE,)
    entry = seats.entries[PUPILS]
    assert (entry.state, entry.value, entry.explanation) == (State.FILED, 600, "新建")
    assert entry.origin.file == "示例县.xlsx"
    assert entry.origin.sheet == "学生与班级"
    assert entry.origin.cell == at("seats", PUPILS)
    assert entry.origin.raw == "600"
    (county,) = filing.of("county")
    assert county.key == (COUNTY,)
    assert county.entries["filing_year"].value == 2025
    assert county.entries["filing_year"].origin.cell == form_at("filing_year")


def test_every_declared_column_has_an_entry_at_its_own_cell(tmp_path: Path) -> None:
    filing = reading(tmp_path)
    for record in filing.records:
        table = tables()[record.table]
        assert list(record.entries) == list(table.columns())
        cells = [entry.origin.cell for entry in record.entries.values()]
        assert len(set(cells)) == len(cells)


def test_the_source_is_named_by_its_content(tmp_path: Path) -> None:
    import hashlib

    filing = reading(tmp_path)
    content = (tmp_path / "示例县.xlsx").read_bytes()
    (source,) = filing.sources
    assert source.sha256 == hashlib.sha256(content).hexdigest()
    assert source.size == len(content)


def test_every_check_code_has_a_title_and_a_group() -> None:
    for code, each in checks().items():
        assert code == each.code
        assert code[0] in "SV"
        assert each.title


# --- states of a cell, through a real file -----------------------------------------------------


def test_money_asked_in_ten_thousands_is_held_in_yuan_exactly(tmp_path: Path) -> None:
    filing = reading(
        tmp_path,
        rows=minimal(
            facilities={"equipment_value_yuan": 94.6}, county={"fund_standard_primary_yuan": 720}
        ),
    )
    value = filing.of("facilities")[0].value("equipment_value_yuan")
    assert str(value) == "946000.00"
    assert str(filing.of("county")[0].value("fund_standard_primary_yuan")) == "720.00"


def test_the_noise_of_binary_numbers_is_gone_and_the_stored_text_is_kept(tmp_path: Path) -> None:
    filing = reading(tmp_path, rows=minimal(facilities={"campus_area_m2": 902.7000000000001}))
    (entry,) = [r.entries["campus_area_m2"] for r in filing.of("facilities")]
    assert entry.value == Decimal("902.70")
    assert entry.origin.raw.startswith("902.7")


def test_a_true_date_cell_is_a_date_and_a_serial_number_is_named(tmp_path: Path) -> None:
    day = Typed(date(2016, 9, 1), "yyyy-mm-dd")
    filing = reading(tmp_path, rows=minimal(county={"rotation_rule_date": day}))
    assert filing.of("county")[0].value("rotation_rule_date") == date(2016, 9, 1)
    filing = reading(tmp_path, rows=minimal(county={"rotation_rule_date": 42614}))
    assert only(filing).check == "V14"
    assert only(filing).origin.cell == form_at("rotation_rule_date")


def test_a_count_that_is_shown_as_a_date_or_divided_is_named(tmp_path: Path) -> None:
    for look, code in (
        ("yyyy-mm-dd", "V13"),
        ('yyyy"年"m"月"d"日"', "V13"),
        ("0%", "V07"),
        ('0!.0,"万"', "V20"),
        ("0.0,", "V20"),
    ):
        filing = reading(tmp_path, rows=minimal(seats={PUPILS: Typed(600, look)}))
        assert only(filing).check == code, look


@pytest.mark.parametrize(
    "look", ["0", "#,##0", "#,##0.00_);[Red](#,##0.00)", '0"人"', "G/通用格式", "[>=100]0;0", "@"]
)
def test_an_ordinary_number_format_changes_nothing(tmp_path: Path, look: str) -> None:
    filing = reading(tmp_path, rows=minimal(seats={PUPILS: Typed(600, look)}))
    assert filing.findings == ()
    assert filing.of("seats")[0].value(PUPILS) == 600


def test_a_formula_counts_by_its_stored_result_with_a_remark(tmp_path: Path) -> None:
    filing = reading(tmp_path, rows=minimal(seats={PUPILS: Typed(600, formula="=300*2")}))
    assert filing.of("seats")[0].value(PUPILS) == 600
    finding = only(filing)
    assert (finding.level, finding.check) == (Level.NOTE, "V10")
    assert finding.origin.cell == at("seats", PUPILS)
    assert "公式" in finding.found


def test_a_column_of_formulas_gets_one_remark(tmp_path: Path) -> None:
    rows = minimal()
    rows["classes"] = [
        {
            "school_code": ONE, "grade": 1, "class_no": str(n), "stage": "小学",
            "pupils": Typed(40, formula="=20*2"),
        }
        for n in range(5)
    ]  # fmt: skip
    finding = only(reading(tmp_path, rows=rows))
    assert finding.check == "V10"
    assert "5 个单元格" in finding.found


def test_a_formula_that_failed_or_was_never_computed_is_named(tmp_path: Path) -> None:
    for value, code in (("#REF!", "V09"), ("#N/A", "V09"), ("#DIV/0!", "V09")):
        filing = reading(tmp_path, rows=minimal(seats={PUPILS: Typed(value, formula="=A1")}))
        assert only(filing).check == code
        assert filing.of("seats")[0].entries[PUPILS].state is State.UNCLEAR


def test_a_failed_formula_in_an_explanation_is_named_there(tmp_path: Path) -> None:
    said = Typed("#REF!", formula="=A1")
    filing = reading(tmp_path, rows=minimal(seats={PUPILS: 600, f"{PUPILS}!explanation": said}))
    assert only(filing).check == "V09"
    assert only(filing).origin.cell == at("seats", f"{PUPILS}!explanation")
    entry = filing.of("seats")[0].entries[PUPILS]
    assert (entry.value, entry.explanation) == (600, None)


@pytest.mark.parametrize("said", ["—", "无", " "])
def test_an_explanation_that_explains_nothing_is_none(tmp_path: Path, said: str) -> None:
    filing = reading(tmp_path, rows=minimal(seats={PUPILS: 600, f"{PUPILS}!explanation": said}))
    assert filing.of("seats")[0].entries[PUPILS].explanation is None
    assert filing.findings == ()


def test_a_value_finding_names_table_key_column_and_cell(tmp_path: Path) -> None:
    finding = only(reading(tmp_path, rows=minimal(seats={PUPILS: "约600"})))
    assert (finding.level, finding.check) == (Level.MUST_FIX, "V01")
    assert (finding.table, finding.key, finding.column) == ("seats", (ONE,), PUPILS)
    assert str(finding.origin) == f"示例县.xlsx 学生与班级!{at('seats', PUPILS)}"
    assert finding.origin.raw == "约600"


# --- columns -----------------------------------------------------------------------------------


def move(table: str, code: str, to: int) -> Any:
    """An edit that writes a column's code, heading and value elsewhere."""

    def edit(sheets: Any, _: Any) -> None:
        slot = slots(table)[position(table, code)]
        for row, text in ((CODE_ROW, slot.code), (HEADING_ROW, slot.heading)):
            sheets[table].write_string(row - 1, to, text)
            sheets[table].write_string(row - 1, position(table, code), "")
        sheets[table].write_number(FIRST_ROW - 1, to, 777)

    return edit


def test_a_column_that_was_moved_is_found_by_its_heading(tmp_path: Path) -> None:
    end = len(slots("seats")) + 3
    filing = reading(tmp_path, edit=move("seats", PUPILS, end))
    assert filing.findings == ()
    assert filing.of("seats")[0].value(PUPILS) == 777


@pytest.mark.parametrize("codes", [True, False])
@pytest.mark.parametrize("headings", [True, False])
def test_codes_or_headings_alone_are_enough(tmp_path: Path, codes: bool, headings: bool) -> None:
    rows = minimal(seats={PUPILS: 600, f"{PUPILS}!explanation": "新建"})
    filing = reading(tmp_path, rows=rows, codes=codes, headings=headings)
    if codes or headings:
        assert filing.findings == ()
        entry = filing.of("seats")[0].entries[PUPILS]
        assert (entry.value, entry.explanation) == (600, "新建")
    else:
        assert {each.check for each in filing.findings} == {"S14"}
        assert len(found(filing, "S14")) == len(rows)
        assert filing.records == ()


def test_headings_are_known_without_unit_with_breaks_and_in_any_width(tmp_path: Path) -> None:
    def edit(sheets: Any, _: Any) -> None:
        here = position("seats", PUPILS)
        sheets["seats"].write_string(HEADING_ROW - 1, here, " 小学\n学生人数*")
        there = position("facilities", "campus_area_m2")
        sheets["facilities"].write_string(HEADING_ROW - 1, there, "占地面积(m2)")
        there = position("facilities", "music_rooms_ge_96")
        sheets["facilities"].write_string(HEADING_ROW - 1, there, "96m²及以上音乐教室间数")
        there = position("facilities", "art_rooms_ge_90")
        sheets["facilities"].write_string(HEADING_ROW - 1, there, "90 m2及以上美术教室间数")

    rows = minimal(seats={PUPILS: 600}, facilities={"campus_area_m2": 9})
    filing = reading(tmp_path, rows=rows, edit=edit, codes=False)
    assert filing.findings == ()
    assert filing.of("seats")[0].value(PUPILS) == 600
    assert filing.of("facilities")[0].value("campus_area_m2") == 9


def test_swapped_headings_are_named_and_neither_column_is_believed(tmp_path: Path) -> None:
    one, two = (
        position("staffing", "full_time_teachers_primary"),
        position("staffing", "full_time_teachers_junior"),
    )

    def edit(sheets: Any, _: Any) -> None:
        for here, there in ((one, two), (two, one)):
            heading = slots("staffing")[there].heading
            sheets["staffing"].write_string(HEADING_ROW - 1, here, heading)

    rows = minimal(staffing={"full_time_teachers_primary": 66, "full_time_teachers_junior": 44})
    filing = reading(tmp_path, rows=rows, edit=edit)
    assert [each.check for each in filing.findings] == ["S16", "S16"]
    assert all(each.level is Level.MUST_FIX for each in filing.findings)
    entries = filing.of("staffing")[0].entries
    for name in ("full_time_teachers_primary", "full_time_teachers_junior"):
        assert entries[name].state is State.UNCLEAR
        assert entries[name].value is None


def test_a_heading_in_another_unit_is_named_and_the_column_is_not_read(tmp_path: Path) -> None:
    def edit(sheets: Any, _: Any) -> None:
        here = position("facilities", "equipment_value_yuan")
        text = "教学仪器设备资产值（账面原值）（元）"
        sheets["facilities"].write_string(HEADING_ROW - 1, here, text)

    for codes in (True, False):
        rows = minimal(facilities={"equipment_value_yuan": 2600000})
        filing = reading(tmp_path, rows=rows, edit=edit, codes=codes)
        assert only(filing).check == "S18"
        assert "万元" in only(filing).allowed
        entry = filing.of("facilities")[0].entries["equipment_value_yuan"]
        assert entry.state is State.UNCLEAR


def test_a_heading_that_was_reworded_is_remarked_and_read_by_its_code(tmp_path: Path) -> None:
    def edit(sheets: Any, _: Any) -> None:
        here = position("seats", PUPILS)
        sheets["seats"].write_string(HEADING_ROW - 1, here, "学生总数")

    filing = reading(tmp_path, rows=minimal(seats={PUPILS: 600}), edit=edit)
    assert (only(filing).level, only(filing).check) == (Level.NOTE, "S19")
    assert filing.of("seats")[0].value(PUPILS) == 600


def test_a_repeated_column_is_named_and_neither_is_believed(tmp_path: Path) -> None:
    def edit(sheets: Any, _: Any) -> None:
        end, slot = len(slots("seats")), slots("seats")[position("seats", PUPILS)]
        sheets["seats"].write_string(CODE_ROW - 1, end, slot.code)
        sheets["seats"].write_number(FIRST_ROW - 1, end, 700)

    filing = reading(tmp_path, rows=minimal(seats={PUPILS: 600}), edit=edit)
    assert only(filing).check == "S17"
    assert filing.of("seats")[0].entries[PUPILS].state is State.UNCLEAR


def test_a_missing_column_is_named_once_and_its_cells_are_not_called_blank(tmp_path: Path) -> None:
    def edit(sheets: Any, _: Any) -> None:
        for code in (PUPILS, "class_count_primary"):
            for row in (CODE_ROW, HEADING_ROW):
                sheets["seats"].write_string(row - 1, position("seats", code), "")

    finding = only(reading(tmp_path, edit=edit))
    assert (finding.level, finding.check) == (Level.MUST_FIX, "S14")
    assert "小学学生人数" in finding.found
    filing = reading(tmp_path, edit=edit)
    assert filing.of("seats")[0].entries[PUPILS].state is State.UNCLEAR


def test_a_missing_optional_column_is_only_remarked(tmp_path: Path) -> None:
    def edit(sheets: Any, _: Any) -> None:
        for row in (CODE_ROW, HEADING_ROW):
            sheets["schools"].write_string(row - 1, position("schools", "group_id"), "")

    finding = only(reading(tmp_path, edit=edit))
    assert (finding.level, finding.check) == (Level.NOTE, "S14")


@pytest.mark.parametrize("heading", ["备注", ""])
def test_a_column_of_ones_own_is_remarked_and_not_read(tmp_path: Path, heading: str) -> None:
    def edit(sheets: Any, _: Any) -> None:
        end = len(slots("seats"))
        if heading:
            sheets["seats"].write_string(HEADING_ROW - 1, end, heading)
        sheets["seats"].write_string(FIRST_ROW - 1, end, "数据来自学籍系统")

    finding = only(reading(tmp_path, edit=edit))
    assert (finding.level, finding.check) == (Level.NOTE, "S15")
    assert heading in finding.found


def test_a_plain_heading_of_explanations_belongs_to_the_column_on_its_left(tmp_path: Path) -> None:
    def edit(sheets: Any, _: Any) -> None:
        here = position("seats", f"{PUPILS}!explanation")
        sheets["seats"].write_string(HEADING_ROW - 1, here, "异常说明")

    rows = minimal(seats={PUPILS: 600, f"{PUPILS}!explanation": "新建"})
    filing = reading(tmp_path, rows=rows, edit=edit, codes=False)
    assert filing.findings == ()
    assert filing.of("seats")[0].entries[PUPILS].explanation == "新建"


# --- rows and keys -----------------------------------------------------------------------------


def test_blank_rows_are_passed_over_even_formatted_and_with_spaces(tmp_path: Path) -> None:
    def edit(sheets: Any, book: Any) -> None:
        boxed = book.add_format({"border": 1})
        for row in range(FIRST_ROW, FIRST_ROW + 50):
            for column in range(5):
                sheets["seats"].write_blank(row, column, None, boxed)
        sheets["seats"].write_string(FIRST_ROW + 60, 0, "　 ")
        sheets["seats"].write_string(FIRST_ROW + 70, 0, ONE[:-1] + "9")

    filing = reading(tmp_path, edit=edit)
    assert filing.findings == ()
    assert [record.origin.cell for record in filing.of("seats")] == ["A5", "A76"]


def test_a_row_with_only_the_name_for_the_eye_is_blank(tmp_path: Path) -> None:
    rows = minimal()
    rows["seats"].append({"school_name!shown": "示例县第二小学"})
    filing = reading(tmp_path, rows=rows)
    assert filing.findings == ()
    assert len(filing.of("seats")) == 1


def test_a_row_without_its_key_is_named_and_kept_without_a_name(tmp_path: Path) -> None:
    for key in ({}, {"school_code": "—"}):
        rows = minimal()
        rows["seats"].append({**key, PUPILS: 600, "class_count_primary": "十二"})
        filing = reading(tmp_path, rows=rows)
        assert [each.check for each in filing.findings] == ["S20", "V01"]
        assert filing.findings[0].origin.cell == "A6"
        assert [record.key for record in filing.of("seats")] == [(ONE,), ("",)]


def test_a_row_whose_key_cannot_be_read_has_one_finding_for_it(tmp_path: Path) -> None:
    rows = minimal()
    rows["seats"].append({"school_code": "214100000", PUPILS: 600})
    filing = reading(tmp_path, rows=rows)
    assert only(filing).check == "V18"
    assert [record.key for record in filing.of("seats")] == [(ONE,), ("",)]


def test_a_repeated_key_is_named_with_both_rows(tmp_path: Path) -> None:
    rows = minimal()
    rows["seats"].append({"school_code": ONE, PUPILS: 600})
    filing = reading(tmp_path, rows=rows)
    finding = only(filing)
    assert (finding.level, finding.check) == (Level.MUST_FIX, "S21")
    assert "A5 与 A6" in finding.found
    assert [record.origin.cell for record in filing.of("seats")] == ["A5", "A6"]
    assert (finding.key, finding.origin.cell) == ((ONE,), "A6")


def test_a_key_of_several_columns_may_share_its_parts(tmp_path: Path) -> None:
    rows = minimal()
    rows["classes"] = [
        {"school_code": ONE, "grade": grade, "class_no": number, "stage": "小学", "pupils": 40}
        for grade in (1, 2)
        for number in (1, "2")
    ]
    filing = reading(tmp_path, rows=rows)
    assert filing.findings == ()
    assert [r.key for r in filing.of("classes")] == [
        (ONE, "1", "1"), (ONE, "1", "2"), (ONE, "2", "1"), (ONE, "2", "2"),
    ]  # fmt: skip


# --- hidden and merged -------------------------------------------------------------------------


def test_hidden_rows_with_data_are_read_and_remarked(tmp_path: Path) -> None:
    def edit(sheets: Any, _: Any) -> None:
        for row in (5, 6, 8, 20):
            sheets["seats"].set_row(row, None, None, {"hidden": True})

    rows = minimal()
    rows["seats"] += [{"school_code": f"{int(ONE) + n}", PUPILS: 600} for n in range(1, 5)]
    filing = reading(tmp_path, rows=rows, edit=edit)
    assert (only(filing).level, only(filing).check) == (Level.NOTE, "S23")
    assert "第 6—7、9 行" in only(filing).found
    assert len(filing.of("seats")) == 5


def test_hidden_columns_with_data_are_read_and_remarked(tmp_path: Path) -> None:
    def edit(sheets: Any, _: Any) -> None:
        here = position("seats", PUPILS)
        sheets["seats"].set_column(here, here + 3, None, None, {"hidden": True})

    filing = reading(tmp_path, rows=minimal(seats={PUPILS: 600}), edit=edit)
    assert only(filing).check == "S23"
    assert "小学学生人数" in only(filing).found
    assert filing.of("seats")[0].value(PUPILS) == 600
    assert reading(tmp_path, edit=edit).findings == (), "hidden without data"


def test_a_hidden_sheet_with_data_is_read_and_remarked(tmp_path: Path) -> None:
    filing = reading(
        tmp_path,
        rows=minimal(seats={PUPILS: 600}),
        edit=lambda sheets, _: sheets["seats"].hide(),
    )
    assert only(filing).check == "S23"
    assert only(filing).origin.sheet == "学生与班级"
    assert filing.of("seats")[0].value(PUPILS) == 600


def test_the_code_row_and_the_code_column_are_hidden_without_a_word(tmp_path: Path) -> None:
    def edit(sheets: Any, _: Any) -> None:
        for name, sheet in sheets.items():
            if name == "county":
                sheet.set_column(0, 0, None, None, {"hidden": True})
            else:
                sheet.set_row(CODE_ROW - 1, None, None, {"hidden": True})

    assert reading(tmp_path, edit=edit).findings == ()


def test_merged_cells_in_the_data_are_named_and_only_the_first_has_the_value(
    tmp_path: Path,
) -> None:
    here = position("seats", PUPILS)

    def edit(sheets: Any, _: Any) -> None:
        sheets["seats"].merge_range(FIRST_ROW - 1, here, FIRST_ROW, here, 600)

    rows = minimal()
    rows["seats"].append({"school_code": TWO})
    filing = reading(tmp_path, rows=rows, edit=edit)
    finding = only(filing)
    assert (finding.level, finding.check) == (Level.MUST_FIX, "S24")
    assert finding.origin.cell == at("seats", PUPILS)
    assert f"{at('seats', PUPILS)}:{at('seats', PUPILS, FIRST_ROW + 1)}" in finding.found
    one, two = filing.of("seats")
    assert one.value(PUPILS) == 600
    assert two.entries[PUPILS].state is State.UNCLEAR


def test_a_merged_key_is_one_finding_and_the_row_below_has_no_name(tmp_path: Path) -> None:
    def edit(sheets: Any, _: Any) -> None:
        sheets["seats"].merge_range(FIRST_ROW - 1, 0, FIRST_ROW, 0, ONE)

    rows = minimal()
    rows["seats"].append({PUPILS: 600})
    filing = reading(tmp_path, rows=rows, edit=edit)
    assert only(filing).check == "S24"
    assert [record.key for record in filing.of("seats")] == [(ONE,), ("",)]


def test_merged_titles_and_merged_cells_below_the_data_are_no_matter(tmp_path: Path) -> None:
    def edit(sheets: Any, _: Any) -> None:
        sheets["seats"].merge_range(0, 0, 0, 10, "学生与班级")
        sheets["seats"].merge_range(40, 0, 50, 10, "")

    assert reading(tmp_path, edit=edit).findings == ()


# --- sheets and version ------------------------------------------------------------------------


def test_a_missing_sheet_is_named(tmp_path: Path) -> None:
    rows = minimal()
    del rows["staffing"], rows["finance"]
    finding = only(reading(tmp_path, rows=rows))
    assert (finding.level, finding.check) == (Level.MUST_FIX, "S12")
    assert "教师、经费" in finding.found
    assert str(finding.origin) == "示例县.xlsx"


def test_a_sheet_that_may_be_left_out_is_not_missed(tmp_path: Path) -> None:
    assert not found(reading(tmp_path), "S12")


def test_an_unknown_sheet_with_content_is_remarked(tmp_path: Path) -> None:
    def edit(_: Any, book: Any) -> None:
        book.add_worksheet("我的草稿").write_row(0, 0, ["甲", "乙"])
        book.add_worksheet("Sheet3")

    finding = only(reading(tmp_path, edit=edit))
    assert (finding.level, finding.check) == (Level.NOTE, "S13")
    assert finding.origin.sheet == "我的草稿"


def test_instructions_samples_and_own_sheets_are_passed_over(tmp_path: Path) -> None:
    def edit(_: Any, book: Any) -> None:
        for name in ("填报说明", "填报示例", "样表", "_junheng_lists", "校验结果"):
            book.add_worksheet(name).write_row(0, 0, ["school_code", "约45", "2141000001"])

    assert reading(tmp_path, edit=edit).findings == ()


@pytest.mark.parametrize("name", ["教师表", "5.教师", "教师 ", "示例县-教师", "随便一个名字"])
def test_a_renamed_sheet_is_recognised_by_its_name_or_its_head(tmp_path: Path, name: str) -> None:
    SHEETS["staffing"] = name
    try:
        filing = reading(tmp_path, rows=minimal(staffing={"full_time_teachers_primary": 66}))
    finally:
        SHEETS["staffing"] = "教师"
    assert filing.findings == ()
    assert filing.of("staffing")[0].value("full_time_teachers_primary") == 66


def test_a_sheet_of_the_template_without_any_head_is_named(tmp_path: Path) -> None:
    def edit(sheets: Any, _: Any) -> None:
        for row in (CODE_ROW, HEADING_ROW):
            for column in range(len(slots("finance"))):
                sheets["finance"].write_string(row - 1, column, "")

    finding = only(reading(tmp_path, edit=edit))
    assert (finding.level, finding.check) == (Level.MUST_FIX, "S14")
    assert finding.origin.sheet == "经费"


def test_an_absent_version_is_a_remark_where_all_headings_match(tmp_path: Path) -> None:
    filing = reading(tmp_path, version=None)
    assert (only(filing).level, only(filing).check) == (Level.NOTE, "S10")
    assert filing.template_version is None


def test_another_version_blocks_only_where_the_headings_differ_too(tmp_path: Path) -> None:
    filing = reading(tmp_path, version="0-00000000")
    assert (only(filing).level, only(filing).check) == (Level.NOTE, "S10")
    assert filing.template_version == "0-00000000"

    def edit(sheets: Any, _: Any) -> None:
        for row in (CODE_ROW, HEADING_ROW):
            sheets["seats"].write_string(row - 1, position("seats", PUPILS), "")

    filing = reading(tmp_path, version="0-00000000", edit=edit)
    assert {(each.level, each.check) for each in filing.findings} == {
        (Level.MUST_FIX, "S10"), (Level.MUST_FIX, "S14"),
    }  # fmt: skip


# --- the county form ---------------------------------------------------------------------------


def emptied(sheet: Any, row: int) -> None:
    """Clear an item of the form; XlsxWriter forgets a plain blank, so the cells get no text."""
    for column in range(FORM_VALUE + 1):
        sheet.write_string(row, column, "")


def test_the_county_form_may_carry_only_code_name_and_year(tmp_path: Path) -> None:
    filing = reading(tmp_path)
    (county,) = filing.of("county")
    assert filing.findings == ()
    assert county.entries["rotated"].state is State.BLANK


def test_a_county_form_without_any_answer_is_no_record(tmp_path: Path) -> None:
    rows = minimal()
    rows["county"] = [{}]
    filing = reading(tmp_path, rows=rows)
    assert filing.of("county") == ()
    assert filing.findings == ()


def test_a_county_form_without_its_code_is_named(tmp_path: Path) -> None:
    rows = minimal()
    rows["county"] = [{"county_name": "示例县"}]
    finding = only(reading(tmp_path, rows=rows))
    assert finding.check == "S20"
    assert finding.origin.cell == form_at("county_code")


def test_moved_items_of_the_county_form_are_found(tmp_path: Path) -> None:
    def edit(sheets: Any, _: Any) -> None:
        names = [each.name for each in tables()["county"].column]
        first, last = FORM_FIRST_ROW - 1, FORM_FIRST_ROW - 1 + len(names) + 5
        here = first + names.index("rotated")
        sheets["county"].write_row(last, 0, ["rotated", 99, "实际交流轮岗教师数（人）", 70])
        emptied(sheets["county"], here)

    filing = reading(tmp_path, edit=edit)
    assert filing.findings == ()
    assert filing.of("county")[0].value("rotated") == 70


def test_a_county_item_whose_label_and_code_disagree_is_named(tmp_path: Path) -> None:
    names = [each.name for each in tables()["county"].column]

    def edit(sheets: Any, _: Any) -> None:
        row = FORM_FIRST_ROW - 1 + names.index("rotated")
        sheets["county"].write_string(row, FORM_LABEL, "优质高中招生计划总人数（人）")

    filing = reading(tmp_path, rows=minimal(county={"rotated": 70}), edit=edit)
    assert "S16" in {each.check for each in filing.findings}
    assert filing.of("county")[0].entries["rotated"].state is State.UNCLEAR


def test_repeated_missing_and_own_items_of_the_county_form_are_named(tmp_path: Path) -> None:
    names = [each.name for each in tables()["county"].column]
    end = FORM_FIRST_ROW - 1 + len(names)

    def edit(sheets: Any, _: Any) -> None:
        row = FORM_FIRST_ROW - 1 + names.index("rotated")
        emptied(sheets["county"], row)
        sheets["county"].write_row(end, 0, ["migrant_eligible", "", "", 5])
        sheets["county"].write_string(end + 1, FORM_LABEL, "联系人电话")
        sheets["county"].write_string(end + 1, FORM_VALUE, "0371")

    filing = reading(tmp_path, edit=edit)
    assert [each.check for each in filing.findings] == ["S17", "S14", "S15"]


def test_a_county_item_in_another_unit_is_named(tmp_path: Path) -> None:
    names = [each.name for each in tables()["county"].column]

    def edit(sheets: Any, _: Any) -> None:
        row = FORM_FIRST_ROW - 1 + names.index("civil_servant_mean_pay_prev_yuan")
        label = tables()["county"].columns()["civil_servant_mean_pay_prev_yuan"].label
        sheets["county"].write_string(row, FORM_LABEL, f"{label}（元）")

    assert only(reading(tmp_path, edit=edit)).check == "S18"


@pytest.mark.parametrize("codes", [True, False])
@pytest.mark.parametrize("headings", [True, False])
def test_the_county_form_is_read_by_codes_or_by_labels(
    tmp_path: Path, codes: bool, headings: bool
) -> None:
    if codes or headings:
        rows = {"county": minimal(county={"rotated": 70})["county"]}
        filing = reading(tmp_path, rows=rows, codes=codes, headings=headings)
        assert filing.of("county")[0].value("rotated") == 70
        assert {each.check for each in filing.findings} == {"S12"}
