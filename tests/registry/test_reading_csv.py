"""CSV files as clerks make them: encodings, separators, quotes, headings anywhere."""

import csv
import io
from pathlib import Path

import pytest
from handmade import COUNTY, ONE, TWO, found, only

from junheng.registry import Filing, Level, State, read, tables
from junheng.registry.layout import FORM_HEADINGS, slots

ROW = {
    "school_code": ONE,
    "school_name": "示例县第一小学",
    "school_type": "小学",
    "location_unit": COUNTY,
}
REGISTER = [slot for slot in slots("register") if slot.code in ROW]
HEADINGS = [slot.heading for slot in REGISTER]
VALUES = [ROW[slot.code] for slot in REGISTER]
CODE_AT = [slot.code for slot in REGISTER].index("school_code")


def text_of(*rows: list[str], separator: str = ",") -> str:
    out = io.StringIO()
    csv.writer(out, delimiter=separator).writerows(rows)
    return out.getvalue()


def reading(folder: Path, content: str | bytes, *, name: str = "学校名册.csv") -> Filing:
    path = folder / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode("utf-8"))
    return read([path])


def said(filing: Filing) -> set[str]:
    """Codes of the findings, but for the sheets that a lone CSV file does not bring."""
    return {each.check for each in filing.findings} - {"S12"}


def name_read(filing: Filing) -> object:
    (record,) = filing.of("register")
    return record.value("school_name")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "gbk"])
@pytest.mark.parametrize("separator", [",", "\t", ";", "，"])
def test_encodings_and_separators_are_told_from_the_content(
    tmp_path: Path, encoding: str, separator: str
) -> None:
    content = text_of(HEADINGS, VALUES, separator=separator).encode(encoding)
    filing = reading(tmp_path, content)
    assert said(filing) == set()
    assert name_read(filing) == "示例县第一小学"


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-be", "utf-16-le"])
def test_utf16_with_its_mark_is_read_and_remarked(tmp_path: Path, encoding: str) -> None:
    text = text_of(HEADINGS, VALUES, separator="\t")
    marked = text if encoding == "utf-16" else "\ufeff" + text
    filing = reading(tmp_path, marked.encode(encoding))
    assert name_read(filing) == "示例县第一小学"
    (remark,) = found(filing, "S25")
    assert remark.level is Level.NOTE
    assert "UTF-16" in remark.found


def test_utf16_without_its_mark_is_named(tmp_path: Path) -> None:
    filing = reading(tmp_path, "school_code,school_name\n2141000001,x\n".encode("utf-16-le"))
    assert only(filing).check == "S09"
    assert "UTF-16" in only(filing).found


def test_bytes_that_cannot_be_read_are_named_with_their_line(tmp_path: Path) -> None:
    good = text_of(HEADINGS, VALUES).encode("utf-8")
    filing = reading(tmp_path, good + b"2141000002,\xff\xfe\xff,x\r\n")
    assert only(filing).check == "S09"
    assert "第 3 行" in only(filing).found


def test_a_damaged_utf8_file_is_not_taken_for_gb18030(tmp_path: Path) -> None:
    """Its bytes would decode, into other characters."""
    good = text_of(["学校代码", "学校名称"], [ONE, "示例县小"]).encode("utf-8")
    first = good.index("示例县".encode())
    other = (
        good[:at] + bytes([byte]) + good[at + 1 :]
        for at in range(first, len(good))
        for byte in range(0x30, 0xFF)
    )
    damaged = next(
        each for each in other if decodes(each, "gb18030") and not decodes(each, "utf-8")
    )
    filing = reading(tmp_path, damaged)
    assert only(filing).check == "S09"
    assert "UTF-8" in only(filing).found


def decodes(content: bytes, encoding: str) -> bool:
    try:
        content.decode(encoding)
    except UnicodeDecodeError:
        return False
    return True


def test_binary_content_is_named(tmp_path: Path) -> None:
    assert only(reading(tmp_path, b"\x01\x02\0\x03" * 100)).check == "S09"


def test_an_address_is_the_one_a_spreadsheet_shows(tmp_path: Path) -> None:
    long = "示例县\n第一小学"
    rows = [HEADINGS, [], [v if h != "学校名称" else long for h, v in zip(HEADINGS, VALUES, strict=True)],
            ["214100000" if at == CODE_AT else "" for at in range(len(HEADINGS))]]  # fmt: skip
    filing = reading(tmp_path, text_of(*rows))
    (lost,) = found(filing, "V18")
    letter = "ABCDEFGH"[CODE_AT]
    assert (lost.origin.sheet, lost.origin.cell) == ("学校名册", f"{letter}4")
    assert filing.of("register")[0].value("school_name") == long


def test_headings_may_stand_below_a_title_and_in_any_order(tmp_path: Path) -> None:
    rows = [["示例县学校名册"], ["说明：列出每一所学校。"], HEADINGS[::-1], VALUES[::-1]]
    filing = reading(tmp_path, text_of(*rows))
    assert name_read(filing) == "示例县第一小学"
    assert said(filing) == set()


def test_codes_may_stand_in_place_of_headings_or_above_them(tmp_path: Path) -> None:
    codes = [slot.code for slot in REGISTER]
    for head in ([codes], [codes, HEADINGS]):
        filing = reading(tmp_path, text_of(*head, VALUES))
        assert name_read(filing) == "示例县第一小学"
        assert said(filing) == set()


@pytest.mark.parametrize(
    "name",
    ["学校名册.csv", "register.csv", "示例县-学校名册.csv", "示例县_学校名册.csv",
     "2025 示例县 register.csv", "示例县—学校名册.CSV", "随便.csv"],
)  # fmt: skip
def test_the_table_is_told_from_the_name_or_from_the_headings(tmp_path: Path, name: str) -> None:
    filing = reading(tmp_path, text_of(HEADINGS, VALUES), name=name)
    assert name_read(filing) == "示例县第一小学"


def test_every_table_can_be_told_from_its_own_head(tmp_path: Path) -> None:
    for table in tables().values():
        row = [slot.column.example if slot.column else "" for slot in slots(table.name)]
        for head in ([s.code for s in slots(table.name)], [s.heading for s in slots(table.name)]):
            filing = reading(tmp_path, text_of(head, row), name="无名.csv")
            assert [record.table for record in filing.records] == [table.name]


def test_a_file_with_none_of_our_headings_is_named(tmp_path: Path) -> None:
    filing = reading(tmp_path, "甲,乙\n1,2\n", name="随便.csv")
    assert said(filing) == {"S13", "S11"}


def test_a_file_with_the_name_of_a_table_but_without_its_head_is_named(tmp_path: Path) -> None:
    assert said(reading(tmp_path, "甲,乙\n1,2\n")) == {"S14"}


def test_the_county_form_may_run_downwards_or_across(tmp_path: Path) -> None:
    columns = tables()["county"].column
    answers = {
        "county_name": "示例县",
        "county_code": COUNTY,
        "filing_year": "2025",
        "rotated": "70",
    }
    down = [list(FORM_HEADINGS)] + [
        ["", str(n), c.heading, answers.get(c.name, ""), "", ""] for n, c in enumerate(columns, 1)
    ]
    across = [[c.heading for c in columns], [answers.get(c.name, "") for c in columns]]
    for rows in (down, across):
        filing = reading(tmp_path, text_of(*rows), name="区县填报表.csv")
        (county,) = filing.of("county")
        assert county.key == (COUNTY,)
        assert county.value("rotated") == 70
        assert county.entries["rotated_key"].state is State.BLANK


def test_a_code_that_excel_shortened_while_saving_as_csv_is_named(tmp_path: Path) -> None:
    row = ["2.141E+09" if at == CODE_AT else value for at, value in enumerate(VALUES)]
    assert "V19" in said(reading(tmp_path, text_of(HEADINGS, row)))


def test_a_code_guarded_against_excel_is_understood(tmp_path: Path) -> None:
    for guarded in (f'="{ONE}"', f"'{ONE}", f"{ONE}\t"):
        row = [guarded if at == CODE_AT else value for at, value in enumerate(VALUES)]
        (record,) = reading(tmp_path, text_of(HEADINGS, row)).of("register")
        assert record.key == (ONE,)


def test_an_odd_quote_that_swallows_the_rest_is_named(tmp_path: Path) -> None:
    content = text_of(HEADINGS) + f'{ONE},"示例县\n' + "x" * 200_000
    filing = reading(tmp_path, content)
    assert only(filing).check == "S09"
    assert "引号" in only(filing).found


def test_a_quoted_separator_stays_in_its_cell(tmp_path: Path) -> None:
    name = "示例县,第一；小学"
    row = [name if v == ROW["school_name"] else v for v in VALUES]
    assert name_read(reading(tmp_path, text_of(HEADINGS, row))) == name


def test_a_folder_of_csv_files_is_one_filing(tmp_path: Path) -> None:
    for table in tables().values():
        if table.form or table.per_school or table.name == "register":
            head = [slot.heading for slot in slots(table.name)]
            key = COUNTY if table.form else ONE
            row = [key if s.code in table.key else "" for s in slots(table.name)]
            (tmp_path / f"示例县-{table.label}.csv").write_text(
                text_of(head, row), encoding="utf-8"
            )
    filing = read([tmp_path])
    assert filing.findings == ()
    assert len(filing.sources) == len(filing.records)
    assert filing.template_version is None


def test_two_rows_of_one_school_in_two_csv_files_are_compared(tmp_path: Path) -> None:
    changed = ["另一个名字" if v == ROW["school_name"] else v for v in VALUES]
    for name, row in (("东", VALUES), ("西", changed)):
        (tmp_path / f"{name}-学校名册.csv").write_text(text_of(HEADINGS, row), encoding="utf-8")
    (finding,) = found(read([tmp_path]), "S22")
    assert "示例县第一小学" in finding.found
    assert "另一个名字" in finding.found


def test_lines_may_end_in_any_way(tmp_path: Path) -> None:
    other = [TWO if at == CODE_AT else value for at, value in enumerate(VALUES)]
    for ending in ("\r\n", "\n", "\r"):
        content = text_of(HEADINGS, VALUES, other).replace("\r\n", ending)
        filing = reading(tmp_path, content)
        assert [record.key for record in filing.of("register")] == [(ONE,), (TWO,)]
