"""The table of pupils by year: every wrong cell named in one pass, in Chinese; what it tells, as it was written."""

from pathlib import Path

import pytest
from openpyxl import Workbook
from plan.compliance.years import as_filed, forecast, text_of

from junheng.errors import MisuseError, UnreadableFileError
from junheng.indicators.stages import pupils_of
from junheng.plan.compliance import joined, read_pupils
from junheng.plan.compliance.ahead.returns import outlooks_of
from junheng.registry import Facts
from junheng.sample import make_county
from junheng.schema import Stage

HEAD = "学校代码,学段,学年,在校生数,班数"


@pytest.fixture(scope="module")
def facts() -> Facts:
    return Facts.from_rows(make_county(seed=5, schools=9, year=2025), year=2025)


@pytest.fixture(scope="module")
def primary(facts: Facts) -> str:
    rows = facts["schools"].iter_rows(named=True)
    return next(r["school_code"] for r in rows if r["school_type"] == "primary")


def written(tmp_path: Path, *rows: str, head: str = HEAD) -> Path:
    path = tmp_path / "学生数.csv"
    path.write_text("\n".join([head, *rows, ""]), encoding="utf-8")
    return path


def told(path: Path, facts: Facts) -> str:
    with pytest.raises(UnreadableFileError) as caught:
        read_pupils(path, facts, latest=2035)
    return str(caught.value)


def test_a_table_is_read_as_it_was_written(facts: Facts, tmp_path: Path) -> None:
    counts = as_filed(facts, 2028, lambda n: n + 7)
    path = tmp_path / "学生数.csv"
    path.write_text(text_of(counts), encoding="gb18030")
    found = read_pupils(path, facts, latest=2035)
    assert found.counts == forecast(counts).counts
    assert (found.sha256, found.years) == (forecast(counts).sha256, (2028,))
    assert found.files[0].file == "学生数.csv"


def test_a_workbook_is_read_the_same_whatever_its_columns_order(
    facts: Facts, tmp_path: Path
) -> None:
    counts = as_filed(facts, 2028)
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(["各校学生数（预测）"])
    sheet.append(["班数", "学年", "学校代码", "在校生数", "学段", "备注"])
    for c in counts:
        sheet.append([c.classes, f"{c.year}学年", c.school, c.pupils, c.stage.label, "x"])
    path = tmp_path / "学生数.xlsx"
    book.save(path)
    assert read_pupils(path, facts, latest=2035).counts == forecast(counts).counts


def book_of(tmp_path: Path, **sheets: list[list[object]]) -> Path:
    """A workbook with these sheets, row by row."""
    book = Workbook()
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(row)
    book.remove(book.worksheets[0])
    path = tmp_path / "学生数.xlsx"
    book.save(path)
    return path


HEADING: list[object] = [*HEAD.split(",")]


def test_every_sheet_with_the_heading_is_read(facts: Facts, primary: str, tmp_path: Path) -> None:
    path = book_of(
        tmp_path,
        说明=[["一张表一个学年"]],
        甲=[HEADING, [primary, "小学", 2028, 1000, 20]],
        乙=[["预测"], HEADING, [primary, "小学", 2029, 2000, 40]],
    )
    found = read_pupils(path, facts, latest=2035)
    assert [(c.year, c.pupils, c.classes) for c in found.counts] == [(2028, 1000, 20), (2029, 2000, 40)]  # fmt: skip


def test_what_two_sheets_say_and_a_sheet_that_cannot_be_read_are_named(
    facts: Facts, primary: str, tmp_path: Path
) -> None:
    row: list[object] = [primary, "小学", 2028, 1000, 20]
    path = book_of(
        tmp_path, 甲=[HEADING, row], 乙=[HEADING, row], 丙=[["学校代码", "学段", "学年", "学生数"], row],
        丁=[row],
    )  # fmt: skip
    said = told(path, facts)
    assert "有3处不能用" in said
    assert "工作表“乙”第2行“学校代码”（A2）" in said
    assert "工作表“甲”第2行已经写了" in said
    assert "工作表“丙”第1行像是表头，没有“在校生数、班数”" in said
    assert f"工作表“丁”第1行有学校代码“{primary}”，工作表却没有表头" in said


def test_a_column_that_stands_twice_is_refused(facts: Facts, primary: str, tmp_path: Path) -> None:
    path = written(tmp_path, f"{primary},小学,2028,100,3,200", head=f"{HEAD},在校生数")
    assert "第1行“在校生数”写了2列（D1、F1），只能有一列" in told(path, facts)


def test_codes_and_numbers_as_spreadsheets_write_them_are_taken(
    facts: Facts, primary: str, tmp_path: Path
) -> None:
    path = written(tmp_path, f'{primary}.0,小学,2028.0,"1,200.0",３０')
    (count,) = read_pupils(path, facts, latest=2035).counts
    assert (count.school, count.year, count.pupils, count.classes) == (primary, 2028, 1200, 30)


def test_what_is_no_plain_number_is_named_for_what_it_is(
    facts: Facts, primary: str, tmp_path: Path
) -> None:
    path = book_of(
        tmp_path,
        表=[
            HEADING,
            [primary, "小学", 2028, "1,0,0,0", 3],
            [primary, "小学", 2029, True, 3],
            [primary, "小学", 2030, "=100+1", 3],
            ["=A2", "=B2", "=C2", "=D2", "=E2"],
            [primary, "小学", 2031, 100, 0.5],
        ],
    )
    from openpyxl import load_workbook

    book = load_workbook(path)
    book["表"]["E6"].number_format = "0%"
    book["表"]["C2"].number_format = "yyyy-mm-dd"
    book.save(path)
    said = told(path, facts)
    for each in (
        "第2行“学年”（C2）“2028”（按日期显示），",
        "第2行“在校生数”（D2）“1,0,0,0”，",
        "第3行“在校生数”（D3）“TRUE”（逻辑值），",
        "第4行“在校生数”（D4）是公式没有算出的值，",
        "第5行“学校代码”（A5）是公式没有算出的值，",
        "第5行“班数”（E5）是公式没有算出的值，",
        "第6行“班数”（E6）“0.5”（按百分数显示），",
    ):
        assert each in said, (each, said)


def test_every_wrong_cell_is_named_in_one_pass(facts: Facts, primary: str, tmp_path: Path) -> None:
    said = told(
        written(
            tmp_path,
            "9999999999,小学,2028,100,3",
            f"{primary},幼儿园,2028,100,3",
            f"{primary},初中,2028,100,3",
            f"{primary},小学,2025,100,3",
            f"{primary},小学,2036,100,3",
            f"{primary},小学,2028,很多,",
            f"{primary},小学,2028,-5,3",
            f"{primary},小学,2028,100.5,3",
            f"{primary},小学,2028,100,0",
            f"{primary},小学,2029,100,3",
            f"{primary},小学,2029,101,3",
            "",
        ),
        facts,
    )
    for each in (
        "有11处不能用",
        "第2行“学校代码”（A2）“9999999999”，应当是封存里有的学校代码",
        "第3行“学段”（B3）“幼儿园”，应当是小学、初中或高中",
        f"第4行“学段”（B4）“初中”，应当是{primary} 有的学段（小学）",
        "第5行“学年”（C5）“2025”，应当是2026到2035",
        "第6行“学年”（C6）“2036”",
        "第7行“在校生数”（D7）“很多”，应当是0到20000的整数",
        "第7行“班数”（E7）是空的",
        "第8行“在校生数”（D8）“-5”",
        "第9行“在校生数”（D9）“100.5”",
        "第10行“班数”（E10）“100名学生、0个班”，应当是有学生就至少有一个班",
        "第12行“学校代码”（A12）",
        "第11行已经写了",
        "请写成五列",
    ):
        assert each in said, (each, said)


@pytest.mark.parametrize(
    ("head", "rows", "said"),
    [
        ("学校,学段,学年,在校生数,班数", (), "没有找到表头（第1行是“学校、学段、学年、在校生数、班数”）"),
        (HEAD, (), "表头下面没有一行数"),
        ("", (), "没有找到表头（是空的）"),
    ],
)  # fmt: skip
def test_a_table_without_head_or_rows_is_named(
    facts: Facts, tmp_path: Path, head: str, rows: tuple[str, ...], said: str
) -> None:
    assert said in told(written(tmp_path, *rows, head=head), facts)


def test_no_workbook_and_damaged_text_are_refused(facts: Facts, tmp_path: Path) -> None:
    path = tmp_path / "学生数.xlsx"
    path.write_bytes(b"not a workbook")
    assert "学生数.xlsx" in told(path, facts)


def test_parts_of_the_pupils_are_never_more_than_there_are(facts: Facts) -> None:
    """Of migrant children, whom their county counts wherever they are, it is left open how many stay."""
    (out,) = outlooks_of(facts, forecast(as_filed(facts, 2028, lambda n: n // 4)), 2028)
    rows = [r for r in facts.schools.iter_rows(named=True) if r["school_code"] in out.values]
    settled = set()
    for row in rows:
        then = {**row, **out.values[row["school_code"]]}
        pupils = {stage: pupils_of(then, stage) or 0 for stage in Stage}
        compulsory = pupils[Stage.PRIMARY] + pupils[Stage.JUNIOR]
        assert then["boarders"] is None or then["boarders"] <= sum(pupils.values())
        zoned = then["in_zone_enrolment_primary"]
        assert zoned is None or zoned <= pupils[Stage.PRIMARY]
        if (row["migrant_children_enrolled"] or 0) > compulsory:
            assert then["migrant_children_enrolled"] is None
            settled.add("open")
        else:
            assert then["migrant_children_enrolled"] == row["migrant_children_enrolled"]
            settled.add("kept")
    assert settled == {"open", "kept"}


def test_two_files_that_contradict_each_other_are_named(facts: Facts) -> None:
    one = forecast(as_filed(facts, 2028), file="学生数.csv")
    same = joined(one, forecast(as_filed(facts, 2028), as_filed(facts, 2029), file="另一份.csv"))
    assert same.years == (2028, 2029)
    counts = as_filed(facts, 2028)
    import msgspec

    other = [msgspec.structs.replace(counts[0], pupils=counts[0].pupils + 1), *counts[1:]]
    with pytest.raises(MisuseError, match=f"{counts[0].school} {counts[0].stage.label} 2028学年") as caught:  # fmt: skip
        joined(one, forecast(other, file="班额.json"))
    assert "“学生数.csv”是" in str(caught.value)
    assert "“班额.json”是" in str(caught.value)
    assert str(caught.value).count("2028学年") == 1


def test_nobody_is_told_at_a_stage_that_a_school_has_not(facts: Facts) -> None:
    from junheng.plan.compliance.ahead.returns import stages_told

    types = dict(facts["schools"].select("school_code", "school_type").iter_rows())
    for code, stages in stages_told(facts).items():
        if types[code] == "primary":
            assert stages == (Stage.PRIMARY,)


def test_numbers_of_schools_that_are_not_there_are_refused(facts: Facts) -> None:
    import msgspec

    counts = as_filed(facts, 2028)
    strange = msgspec.structs.replace(counts[0], school="0000000000")
    with pytest.raises(MisuseError, match="0000000000（小学）"):
        outlooks_of(facts, forecast([strange, *counts]), 2028)
