"""What one cell says: values kept exactly, slips read through, everything else named."""

from datetime import date
from decimal import Decimal

import pytest

from junheng.registry import State, school_columns, tables
from junheng.registry.reading.cells import understand
from junheng.registry.reading.outcome import Outcome
from junheng.registry.reading.sandbox.wire import DATE, PADDED, PERCENT, PLAIN, SCALED, Cell
from junheng.schema import Column, Kind

COLUMNS = {c.name: c for t in reversed(tables().values()) for c in t.column} | dict(
    school_columns()
)

PUPILS = "enrolment_primary"  # 人
AREA = "teaching_auxiliary_area_m2"  # ㎡
WAN = "equipment_value_yuan"  # asked in 万元
YUAN = "fund_standard_primary_yuan"  # asked in 元
YEAR = "founding_year"
DAY = "lease_start"
BOOL = "boarding_school"
TYPE = "school_type"
CODE = "school_code"
UNIT = "location_unit"
NAME = "school_name"
LON = "lon"


def typed(text: str, column: str) -> Outcome:
    """A text cell, or a cell of a CSV file."""
    return understand(Cell(1, "s", text), COLUMNS[column])


def number(text: str, column: str, look: int = PLAIN) -> Outcome:
    """A number cell, as stored."""
    return understand(Cell(1, "n", text, look), COLUMNS[column])


def check(outcome: Outcome) -> str:
    """The code of what is wrong; such a cell has no value."""
    assert outcome.problem is not None, f"taken as {outcome.value!r}"
    assert outcome.state is State.UNCLEAR
    assert outcome.value is None
    assert outcome.problem.found
    assert outcome.problem.allowed
    assert outcome.problem.mend
    return outcome.problem.check


def value(outcome: Outcome) -> object:
    assert outcome.problem is None, outcome.problem
    assert outcome.state is State.FILED
    return outcome.value


# --- numbers -----------------------------------------------------------------------------------

READ_THROUGH = [
    ("45", PUPILS, 45),
    ("４５", PUPILS, 45),
    ("  45 ", PUPILS, 45),
    ("\u300045\u00a0", PUPILS, 45),
    ("45\n", PUPILS, 45),
    ("\u200b45", PUPILS, 45),
    ("1,234", PUPILS, 1234),
    ("1，234", PUPILS, 1234),
    ("2 000 ", PUPILS, 2000),
    ("2\u00a0000", PUPILS, 2000),
    ("+45", PUPILS, 45),
    ("45.0", PUPILS, 45),
    ("０", PUPILS, 0),
    ("-0", PUPILS, 0),
    ("45人", PUPILS, 45),
    ("45 名", PUPILS, 45),
    ("45（人）", PUPILS, 45),
    ("902.7", AREA, Decimal("902.70")),
    ("902.7㎡", AREA, Decimal("902.70")),
    ("902.7 平方米", AREA, Decimal("902.70")),
    ("902.7m2", AREA, Decimal("902.70")),
    ("902。7", AREA, Decimal("902.70")),
    ("９０２．７", AREA, Decimal("902.70")),
    (".5", AREA, Decimal("0.50")),
    ("3.5万元", WAN, Decimal("35000.00")),
    ("3.5万", WAN, Decimal("35000.00")),
    ("0.0001", WAN, Decimal("1.00")),
    ("￥720", YUAN, Decimal("720.00")),
    ("720.5元", YUAN, Decimal("720.50")),
    ("1998年", YEAR, 1998),
    ("113.62°", LON, Decimal("113.620000")),
    ("1年级", "grade", 1),
]


@pytest.mark.parametrize(("text", "column", "expected"), READ_THROUGH)
def test_a_slip_that_loses_no_meaning_is_read_through(
    text: str, column: str, expected: object
) -> None:
    assert value(typed(text, column)) == expected


STORED = [
    ("45", PUPILS, 45),
    ("4.5E1", PUPILS, 45),
    ("902.70000000000005", AREA, Decimal("902.70")),
    ("0.30000000000000004", AREA, Decimal("0.30")),
    ("94.599999999999994", WAN, Decimal("946000.00")),
    ("1998", YEAR, 1998),
    ("113.625431", LON, Decimal("113.625431")),
    ("-0", AREA, Decimal("0.00")),
]


@pytest.mark.parametrize(("text", "column", "expected"), STORED)
def test_a_number_cell_gives_the_decimal_that_was_typed(
    text: str, column: str, expected: object
) -> None:
    got = value(number(text, column))
    assert got == expected
    assert str(got) == str(expected), "with its declared places, and never minus zero"


@pytest.mark.parametrize(
    ("text", "column", "code"),
    [
        ("约45", PUPILS, "V01"),
        ("四十五", PUPILS, "V01"),
        ("45²", PUPILS, "V01"),
        ("①", PUPILS, "V01"),
        ("1,23", PUPILS, "V01"),
        ("4 5", PUPILS, "V01"),
        ("1.2.3", AREA, "V01"),
        ("12+3", PUPILS, "V01"),
        ("=12+3", PUPILS, "V01"),
        ("45-50", PUPILS, "V01"),
        ("nan", PUPILS, "V01"),
        ("NaN", AREA, "V01"),
        ("inf", AREA, "V01"),
        ("-Infinity", AREA, "V01"),
        ("∞", AREA, "V01"),
        ("9" * 5000, PUPILS, "V01"),
        ("1e999999999", PUPILS, "V19"),
        ("2.14E+09", PUPILS, "V19"),
        ("-5", PUPILS, "V03"),
        ("－5", PUPILS, "V03"),
        ("−5", AREA, "V03"),
        ("1000000000000", PUPILS, "V04"),
        ("20001", PUPILS, "V04"),
        ("45.5", PUPILS, "V02"),
        ("902.705", AREA, "V05"),
        ("3.50001", WAN, "V05"),
        ("720.005", YUAN, "V05"),
        ("113.6254311", LON, "V05"),
        ("72.9", LON, "V03"),
        ("45%", PUPILS, "V07"),
        ("４５％", PUPILS, "V07"),
        ("35000元", WAN, "V06"),
        ("￥35000", WAN, "V06"),
        ("0.072万元", YUAN, "V06"),
        ("12亩", AREA, "V06"),
        ("1.2万", PUPILS, "V06"),
        ("45班级", PUPILS, "V01"),
        ("2025-2026", YEAR, "V01"),
        ("2025—2026学年", YEAR, "V01"),
        ("1998年9月", YEAR, "V01"),
        ("1998.9", YEAR, "V02"),
        ("98", YEAR, "V03"),
        ("113°37′", LON, "V01"),
    ],
)
def test_a_text_that_is_no_number_of_the_column_is_named(text: str, column: str, code: str) -> None:
    assert check(typed(text, column)) == code


@pytest.mark.parametrize(
    ("text", "column", "look", "code"),
    [
        ("NaN", AREA, PLAIN, "V01"),
        ("INF", AREA, PLAIN, "V01"),
        ("1E+400", AREA, PLAIN, "V04"),
        ("1E+999999999", PUPILS, PLAIN, "V04"),
        ("1E-999999999", AREA, PLAIN, "V05"),
        ("1E+999999999", "grade", PLAIN, "V04"),
        ("-1", AREA, PLAIN, "V03"),
        ("0.45000000000000001", PUPILS, PLAIN, "V02"),
        ("0.45", PUPILS, PERCENT, "V07"),
        ("45901", PUPILS, DATE, "V13"),
        ("1998", YEAR, DATE, "V13"),
        ("36039", YEAR, DATE, "V13"),
        ("2600000", WAN, SCALED, "V20"),
    ],
)
def test_a_number_cell_that_does_not_fit_is_named(
    text: str, column: str, look: int, code: str
) -> None:
    assert check(number(text, column, look)) == code


def test_too_many_decimals_are_never_rounded_in_silence_but_the_rounded_number_is_offered() -> None:
    problem = typed("902.705", AREA).problem
    assert problem is not None
    assert "902.71" in problem.mend
    problem = typed("3.00005", WAN).problem
    assert problem is not None
    assert "3.0001" in problem.mend


def test_another_unit_is_converted_for_the_eye_only() -> None:
    problem = typed("35000元", WAN).problem
    assert problem is not None
    assert "35000元是 3.5 万元" in problem.mend
    problem = typed("0.072万元", YUAN).problem
    assert problem is not None
    assert "720 元" in problem.mend


def test_a_number_shown_as_a_date_says_which_date() -> None:
    problem = number("45901", PUPILS, DATE).problem
    assert problem is not None
    assert "2025-09-01" in problem.found


def test_a_logical_value_is_no_number() -> None:
    assert check(understand(Cell(1, "b", "1"), COLUMNS[PUPILS])) == "V01"


# --- states ------------------------------------------------------------------------------------

ONE_OF_EACH_KIND = [PUPILS, AREA, WAN, YEAR, DAY, BOOL, TYPE, CODE, NAME, LON]


@pytest.mark.parametrize("column", ONE_OF_EACH_KIND)
@pytest.mark.parametrize(
    "text", ["—", "-", "－", "--", "——", "–", "／", "/", "不适用", " — ", "－－"]
)
def test_a_dash_says_not_applicable_in_every_kind_of_column(text: str, column: str) -> None:
    assert typed(text, column).state is State.NOT_APPLICABLE


@pytest.mark.parametrize("column", ONE_OF_EACH_KIND)
@pytest.mark.parametrize("text", ["", " ", "\u3000", "\u00a0", "\n", "\u200b", "\ufeff"])
def test_spaces_alone_are_blank(text: str, column: str) -> None:
    assert typed(text, column) == Outcome(State.BLANK)


@pytest.mark.parametrize("column", ONE_OF_EACH_KIND)
@pytest.mark.parametrize("text", ["无", "没有", "暂无", " 无 ", "?", "？", "N/A", "null"])
def test_none_is_asked_about_and_never_taken_for_zero(text: str, column: str) -> None:
    assert check(typed(text, column)) == "V08"


def test_zero_blank_dash_and_none_are_four_different_things() -> None:
    said = [typed(text, PUPILS) for text in ("0", "", "—", "无")]
    assert [each.state for each in said] == [
        State.FILED, State.BLANK, State.NOT_APPLICABLE, State.UNCLEAR,
    ]  # fmt: skip
    assert said[0].value == 0


@pytest.mark.parametrize("column", ONE_OF_EACH_KIND)
@pytest.mark.parametrize("error", ["#REF!", "#N/A", "#DIV/0!", "#VALUE!", "#NAME?", "#SPILL!"])
def test_an_error_value_is_named_in_every_kind_of_column(error: str, column: str) -> None:
    assert check(understand(Cell(1, "e", error), COLUMNS[column])) == "V09"


@pytest.mark.parametrize("column", ONE_OF_EACH_KIND)
def test_a_formula_without_a_result_is_named(column: str) -> None:
    assert check(understand(Cell(1, "-", "", 0, True), COLUMNS[column])) == "V11"


# --- yes, no and choices -----------------------------------------------------------------------


@pytest.mark.parametrize(
    "text", ["是", " 是 ", "√", "✔", "TRUE", "true", "Y", "y", "1", "１", "是。"]
)
def test_yes_is_understood_in_its_usual_ways(text: str) -> None:
    assert value(typed(text, BOOL)) is True


@pytest.mark.parametrize("text", ["否", "×", "FALSE", "N", "n", "0", "０", "不是", "Ｘ"])
def test_no_is_understood_in_its_usual_ways(text: str) -> None:
    assert value(typed(text, BOOL)) is False


def test_logical_cells_and_the_numbers_one_and_zero_are_yes_and_no() -> None:
    assert value(understand(Cell(1, "b", "1"), COLUMNS[BOOL])) is True
    assert value(understand(Cell(1, "b", "0"), COLUMNS[BOOL])) is False
    assert value(number("1", BOOL)) is True
    assert value(number("0", BOOL)) is False


@pytest.mark.parametrize("text", ["部分是", "是否", "有", "2", "大概"])
def test_neither_yes_nor_no_is_named(text: str) -> None:
    assert check(typed(text, BOOL)) == "V16"


@pytest.mark.parametrize(
    ("text", "column", "code"),
    [
        ("小学", TYPE, "primary"),
        (" 小 学 ", TYPE, "primary"),
        ("primary", TYPE, "primary"),
        ("Primary", TYPE, "primary"),
        ("九年一贯制", TYPE, "nine_year"),
        ("九年一贯制学校", TYPE, "nine_year"),
        ("特殊教育", TYPE, "special"),
        ("初级中学", TYPE, "junior"),
        ("完全小学", TYPE, "primary"),
        ("公办", "ownership", "public"),
        ("公办学校", "ownership", "public"),
        ("121镇中心区", "urban_rural_code", "121"),
        ("121 镇中心区", "urban_rural_code", "121"),
        ("镇中心区", "urban_rural_code", "121"),
        ("１２１", "urban_rural_code", "121"),
        ("GCJ-02", "crs", "gcj02"),
        ("gcj02", "crs", "gcj02"),
        ("GCJ-02(高德、腾讯)", "crs", "gcj02"),
    ],
)
def test_a_choice_is_taken_by_its_word_or_its_code(text: str, column: str, code: str) -> None:
    assert value(typed(text, column)) == code


def test_a_coded_choice_may_stand_as_a_number() -> None:
    assert value(number("121", "urban_rural_code")) == "121"
    assert value(number("121.0", "urban_rural_code")) == "121"


def test_every_choice_of_every_column_is_taken_by_its_word_and_by_its_code() -> None:
    for table in tables().values():
        for column in table.column:
            for code, word in column.choices.items():
                assert value(understand(Cell(1, "s", word), column)) == code, column.name
                assert value(understand(Cell(1, "s", code), column)) == code, column.name


def test_a_short_word_that_two_choices_share_means_neither() -> None:
    choices = {"south": "东区（南）", "north": "东区（北）"}
    column = Column(name="x", label="片区", number="0", kind=Kind.ENUM, choices=choices)
    assert value(understand(Cell(1, "s", "东区(北)"), column)) == "north"
    assert check(understand(Cell(1, "s", "东区"), column)) == "V15"


def test_a_near_miss_is_named_with_a_suggestion() -> None:
    outcome = typed("小学校", TYPE)
    assert check(outcome) == "V15"
    assert outcome.problem is not None
    assert "是否“小学”" in outcome.problem.mend


def test_a_word_like_no_choice_is_named_without_a_suggestion() -> None:
    outcome = typed("其他情况", TYPE)
    assert check(outcome) == "V15"
    assert outcome.problem is not None
    assert "是否" not in outcome.problem.mend
    assert check(understand(Cell(1, "b", "1"), COLUMNS[TYPE])) == "V15"


# --- dates -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "text",
    [
        "2025-09-01", "2025-9-1", "2025/9/1", "2025.9.1", "2025年9月1日", "2025年09月01日",
        "20250901", "２０２５－０９－０１", "2025 年 9 月 1 日", "2025-09-01 00:00:00",
        "2025-09-01T00:00:00",
    ],
)  # fmt: skip
def test_a_date_is_understood_in_its_usual_ways(text: str) -> None:
    assert value(typed(text, DAY)) == date(2025, 9, 1)


def test_a_date_cell_is_a_date_in_either_date_system() -> None:
    assert value(number("45901", DAY, DATE)) == date(2025, 9, 1)
    assert value(number("45901.75", DAY, DATE)) == date(2025, 9, 1)
    cell = Cell(1, "n", "44439", DATE)
    assert value(understand(cell, COLUMNS[DAY], date_1904=True)) == date(2025, 9, 1)
    assert value(understand(Cell(1, "d", "2025-09-01"), COLUMNS[DAY])) == date(2025, 9, 1)
    assert value(number("20250901", DAY)) == date(2025, 9, 1)


def test_days_before_march_1900_are_counted_as_excel_counts_them() -> None:
    assert value(number("1", DAY, DATE)) == date(1900, 1, 1)
    assert value(number("59", DAY, DATE)) == date(1900, 2, 28)
    assert check(number("60", DAY, DATE)) == "V12", "29 February 1900 never was"
    assert value(number("61", DAY, DATE)) == date(1900, 3, 1)


def test_a_bare_serial_number_is_named_with_the_day_it_would_be() -> None:
    for outcome in (number("45901", DAY), typed("45901", DAY)):
        assert check(outcome) == "V14"
        assert outcome.problem is not None
        assert "2025-09-01" in outcome.problem.mend


@pytest.mark.parametrize(
    "text", ["2025-02-30", "2025年9月", "25/9/1", "9/1/2025", "2025-13-01", "去年", "0", "1e9"]
)
def test_what_is_no_day_is_named(text: str) -> None:
    assert check(typed(text, DAY)) == "V12"


@pytest.mark.parametrize("text", ["-5", "0", "1E+300", "99999999999", "NaN"])
def test_a_date_cell_without_a_day_is_named(text: str) -> None:
    assert check(number(text, DAY, DATE)) == "V12"


# --- codes and texts ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    "text",
    [
        "2141000001", "２１４１０００００１", " 2141000001 ", "2141 000001", "2141-000001",
        "'2141000001", '="2141000001"', "2141000001\t",
    ],
)  # fmt: skip
def test_a_code_typed_as_text_keeps_its_digits(text: str) -> None:
    assert value(typed(text, CODE)) == "2141000001"


def test_a_code_may_stand_as_a_number_of_the_right_length() -> None:
    assert value(number("2141000001", CODE)) == "2141000001"
    assert value(number("2.141000001E9", CODE)) == "2141000001"
    assert value(number("410199", UNIT)) == "410199"


def test_a_format_that_shows_leading_zeros_gives_them_back() -> None:
    assert value(number("41000001", CODE, PADDED + 10)) == "0041000001"


def test_a_lost_leading_zero_is_named_with_the_code_it_may_have_been() -> None:
    for outcome in (number("141000001", CODE), typed("141000001", CODE)):
        assert check(outcome) == "V18"
        assert outcome.problem is not None
        assert "疑似丢失开头的0" in outcome.problem.found
        assert "0141000001" in outcome.problem.mend


@pytest.mark.parametrize("text", ["2.14E+09", "2.141E9", "２．１４Ｅ＋０９"])
def test_a_code_in_scientific_notation_is_named(text: str) -> None:
    assert check(typed(text, CODE)) == "V19"


def test_digits_that_a_number_cell_cannot_hold_are_named() -> None:
    assert check(number("4.1010519900101123E+17", CODE)) == "V19"


@pytest.mark.parametrize("text", ["21410000011", "214100000a", "学校一", "21410000.1"])
def test_a_code_out_of_its_pattern_is_named(text: str) -> None:
    assert check(typed(text, CODE)) == "V17"


def test_a_total_row_is_recognised_by_its_code() -> None:
    outcome = typed("合计", CODE)
    assert check(outcome) == "V17"
    assert outcome.problem is not None
    assert "合计行" in outcome.problem.mend


def test_letters_of_a_code_are_made_capital() -> None:
    assert value(typed("zz410x", UNIT)) == "ZZ410X"


def test_a_text_is_trimmed_and_loses_only_what_cannot_be_seen() -> None:
    said = " 示例县\u3000第１小学（东校区）\x07\u200b "
    assert value(typed(said, NAME)) == "示例县 第1小学（东校区）"
    assert value(typed("第一行\r\n 第二行", NAME)) == "第一行\n第二行"


@pytest.mark.parametrize("text", ["=1+1", "+86", "@name", '=HYPERLINK("x")'])
def test_a_text_that_looks_like_a_formula_stays_a_text(text: str) -> None:
    assert value(typed(text, NAME)) == text


def test_a_number_in_a_text_column_is_its_digits() -> None:
    assert value(number("1", "class_no")) == "1"
    assert value(number("1.0", "class_no")) == "1"
    assert value(number("36.5", "class_no")) == "36.5"


def test_a_class_number_that_excel_made_a_date_is_named() -> None:
    assert check(number("45659", "class_no", DATE)) == "V13"
    assert check(number("0.5", "class_no", PERCENT)) == "V07"


# --- all columns -------------------------------------------------------------------------------

ALL = [
    pytest.param(column, id=f"{table.name}.{column.name}")
    for table in tables().values()
    for column in table.column
]


@pytest.mark.parametrize("column", ALL)
def test_the_declared_example_of_every_column_is_understood(column: Column) -> None:
    outcome = understand(Cell(1, "s", column.example), column)
    assert outcome.problem is None
    if column.example not in ("", "—"):
        assert outcome.state is State.FILED


NUMERIC = (Kind.INT, Kind.YEAR, Kind.AREA, Kind.MONEY, Kind.COORDINATE)


@pytest.mark.parametrize("column", [p for p in ALL if p.values[0].kind in NUMERIC])
def test_least_and_greatest_are_allowed_and_the_next_number_is_not(column: Column) -> None:
    for bound, beyond, code in ((column.minimum, -1, "V03"), (column.maximum, 1, "V04")):
        assert value(understand(Cell(1, "s", bound), column)) is not None
        outside = Cell(1, "s", str(int(bound) + beyond))
        assert check(understand(outside, column)) == code


@pytest.mark.parametrize("column", ALL)
def test_a_finding_names_the_column_the_text_and_what_is_allowed(column: Column) -> None:
    problem = understand(Cell(1, "e", "#REF!"), column).problem
    assert problem is not None
    assert column.label in problem.found
    assert "#REF!" in problem.found
    assert not problem.found.endswith(("。", "，"))
    assert not problem.allowed.endswith(("。", "，"))
    assert not problem.mend.endswith(("。", "，"))
