"""Workbooks as other programs write them read like ours."""

import shutil
import subprocess
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from handmade import (
    MAIN,
    OFFICE,
    ONE,
    Typed,
    codes_row,
    found,
    inline,
    minimal,
    only,
    parts,
    register_xml,
    sheet_xml,
    write_book,
    zipped,
)

from junheng.registry import Filing, Record, State, read, tables
from junheng.registry.layout import slots
from junheng.schema import Column, Kind

CODE, NAME, TYPE = inline(ONE), inline("示例县第一小学"), inline("小学")
GOOD = (CODE, NAME, TYPE)


def register(path: Path, content: dict[str, str]) -> Record:
    """The one row of the register; no cell of it is wrong."""
    filing = read([zipped(path / "手工.xlsx", content)])
    (record,) = filing.of("register")
    assert [each.check for each in filing.blocking if each.check[0] == "V"] == []
    return record


def named(record: Record) -> tuple[Any, ...]:
    return (record.key[0], record.value("school_name"), record.value("school_type"))


AS_FILED = (ONE, "示例县第一小学", "primary")


# --- XML as it may be written ------------------------------------------------------------------


def test_inline_strings_are_read(tmp_path: Path) -> None:
    assert named(register(tmp_path, parts(register_xml(*GOOD)))) == AS_FILED


def test_shared_strings_are_read_with_rich_text_and_without_phonetic_guides(tmp_path: Path) -> None:
    shared = (
        f'<sst xmlns="{MAIN}"><si><t>{ONE}</t></si>'
        "<si><r><rPr><b/></rPr><t>示例县</t></r><r><t>第一小学</t></r>"
        "<rPh sb='0' eb='1'><t>しれい</t></rPh></si>"
        "<si><t xml:space='preserve'> 小学 </t></si></sst>"
    )
    cells = [f'<c t="s"><v>{n}</v></c>' for n in range(3)]
    assert named(register(tmp_path, parts(register_xml(*cells), sharedStrings=shared))) == AS_FILED


def test_strings_of_formulas_are_read(tmp_path: Path) -> None:
    name = '<c t="str"><f>"示例县"&amp;"第一小学"</f><v>示例县第一小学</v></c>'
    assert named(register(tmp_path, parts(register_xml(CODE, name, TYPE)))) == AS_FILED


def test_a_formula_whose_result_is_an_empty_text_is_blank(tmp_path: Path) -> None:
    name = '<c t="str"><f>IF(A1="","","x")</f><v></v></c>'
    record = register(tmp_path, parts(register_xml(CODE, name, TYPE)))
    assert record.entries["school_name"].state is State.BLANK
    assert found(read([tmp_path]), "V10") == [], "nothing to say of nothing"


@pytest.mark.parametrize(
    "cell", ["<c><f>1+1</f></c>", "<c><f>1+1</f><v/></c>", "<c><f/><v></v></c>"]
)
def test_a_formula_that_was_never_computed_is_named(tmp_path: Path, cell: str) -> None:
    filing = read([zipped(tmp_path / "手工.xlsx", parts(register_xml(CODE, cell, TYPE)))])
    (finding,) = found(filing, "V11")
    assert finding.origin.cell == "B5"


def test_cells_and_rows_without_addresses_are_placed_by_their_order(tmp_path: Path) -> None:
    rows = "<row/><row/>" + codes_row().replace(' r="3"', "") + "<row/>"
    row = f"<row><c/><c/>{inline('x')}</row>".replace("<c/><c/>", "".join(GOOD[:2]))
    record = register(tmp_path, parts(sheet_xml(rows + row.replace(inline("x"), TYPE))))
    assert named(record) == AS_FILED
    assert record.origin.cell == "A5"


def test_a_gap_in_the_addresses_is_a_gap_in_the_columns(tmp_path: Path) -> None:
    """A cell without an address stands right of the one before it, even if that one is empty."""
    record = register(tmp_path, parts(register_xml(CODE, '<c r="B5"/>', TYPE)))
    assert named(record) == (ONE, None, "primary")
    row = f"<row>{inline(ONE, 'A5')}{inline('示例县第一小学', 'B5')}{inline('小学', 'C5')}</row>"
    content = parts(sheet_xml(codes_row() + row))
    assert named(register(tmp_path, content)) == AS_FILED
    assert register(tmp_path, content).origin.cell == "A5", "the row is known from its cells"


def test_tags_with_a_prefix_are_read(tmp_path: Path) -> None:
    sheet = register_xml(*GOOD)
    for tag in ("worksheet", "sheetData", "row", "c", "is", "t"):
        sheet = sheet.replace(f"<{tag} ", f"<x:{tag} ").replace(f"<{tag}>", f"<x:{tag}>")
        sheet = sheet.replace(f"</{tag}>", f"</x:{tag}>")
    sheet = sheet.replace("xmlns=", "xmlns:x=")
    assert named(register(tmp_path, parts(sheet))) == AS_FILED


def test_the_namespace_of_strict_workbooks_is_read(tmp_path: Path) -> None:
    content = {
        name: text.replace(MAIN, "http://purl.oclc.org/ooxml/spreadsheetml/main").replace(
            OFFICE, "http://purl.oclc.org/ooxml/officeDocument/relationships"
        )
        for name, text in parts(register_xml(*GOOD)).items()
    }
    assert named(register(tmp_path, content)) == AS_FILED


@pytest.mark.parametrize("target", ["/xl/worksheets/sheet1.xml", "./worksheets/sheet1.xml",
                                    "worksheets\\sheet1.xml", "../xl/worksheets/sheet1.xml",
                                    "Worksheets/Sheet1.xml"])  # fmt: skip
def test_targets_may_be_absolute_dotted_or_with_backslashes(tmp_path: Path, target: str) -> None:
    content = parts(register_xml(*GOOD))
    relations = "xl/_rels/workbook.xml.rels"
    content[relations] = content[relations].replace("worksheets/sheet1.xml", target)
    assert named(register(tmp_path, content)) == AS_FILED


def test_a_package_without_root_relations_is_read(tmp_path: Path) -> None:
    content = parts(register_xml(*GOOD))
    del content["_rels/.rels"]
    assert named(register(tmp_path, content)) == AS_FILED


@pytest.mark.parametrize("encoding", ["utf-16", "utf-8-sig"])
def test_parts_in_another_encoding_are_read(tmp_path: Path, encoding: str) -> None:
    content: dict[str, Any] = dict(parts(register_xml(*GOOD)))
    sheet = content["xl/worksheets/sheet1.xml"].replace('encoding="UTF-8"', 'encoding="UTF-16"')
    if encoding != "utf-16":
        sheet = sheet.replace('encoding="UTF-16"', "")
    content["xl/worksheets/sheet1.xml"] = sheet.encode(encoding)
    assert named(register(tmp_path, content)) == AS_FILED


def test_escaped_characters_are_given_back(tmp_path: Path) -> None:
    name = inline("示例县_x000D_\n第一_x5C0F_学_x0041")
    record = register(tmp_path, parts(register_xml(CODE, name, TYPE)))
    assert record.value("school_name") == "示例县\n第一小学_x0041"


def test_comments_processing_instructions_and_cdata_are_no_matter(tmp_path: Path) -> None:
    name = '<c t="inlineStr"><!-- 甲 --><is><t><![CDATA[示例县第一]]>小<?x y?>学</t></is></c>'
    assert named(register(tmp_path, parts(register_xml(CODE, name, TYPE)))) == AS_FILED


def test_elements_of_extensions_are_not_taken_for_cells(tmp_path: Path) -> None:
    after = (
        '<extLst><ext><x14:c xmlns:x14="urn:x"><x14:v>9</x14:v></x14:c></ext></extLst>'
        "<dataValidations><dataValidation><formula1>A1</formula1></dataValidation></dataValidations>"
    )
    assert named(register(tmp_path, parts(register_xml(*GOOD, after=after)))) == AS_FILED


def test_a_chart_sheet_is_passed_over(tmp_path: Path) -> None:
    content = parts(register_xml(*GOOD), chartsheet="<chartsheet/>")
    content["xl/workbook.xml"] = content["xl/workbook.xml"].replace(
        "</sheets>", '<sheet name="图" sheetId="2" r:id="x0"/></sheets>'
    )
    assert named(register(tmp_path, content)) == AS_FILED


@pytest.mark.parametrize("true", ["1", "true"])
def test_hidden_is_understood_in_both_spellings(tmp_path: Path, true: str) -> None:
    sheet = register_xml(*GOOD, before=f'<cols><col min="2" max="2" hidden="{true}"/></cols>')
    content = parts(sheet.replace('<row r="5">', f'<row r="5" hidden="{true}">'))
    content["xl/workbook.xml"] = content["xl/workbook.xml"].replace(
        "<sheet ", '<sheet state="veryHidden" '
    )
    assert len(found(read([zipped(tmp_path / "藏.xlsx", content)]), "S23")) == 3


def test_rows_and_columns_without_height_or_width_are_hidden_too(tmp_path: Path) -> None:
    sheet = register_xml(*GOOD, before='<cols><col min="2" max="2" width="0"/></cols>')
    content = parts(sheet.replace('<row r="5">', '<row r="5" ht="0" customHeight="1">'))
    assert len(found(read([zipped(tmp_path / "藏.xlsx", content)]), "S23")) == 2


def test_dates_from_1904_are_read(tmp_path: Path) -> None:
    day = Typed(date(2016, 9, 1), "yyyy-mm-dd")
    path = write_book(tmp_path / "甲.xlsx", minimal(county={"rotation_rule_date": day}))
    book = openpyxl.load_workbook(path)
    book.epoch = openpyxl.utils.datetime.CALENDAR_MAC_1904
    book.save(path)
    assert read([path]).of("county")[0].value("rotation_rule_date") == date(2016, 9, 1)


# --- round trips -------------------------------------------------------------------------------

SAMPLES: dict[Kind, list[tuple[Any, Any]]] = {
    Kind.INT: [(0, 0), (7, 7)],
    Kind.YEAR: [(2012, 2012)],
    Kind.AREA: [(0, Decimal("0.00")), (902.7, Decimal("902.70")), (0.3, Decimal("0.30"))],
    Kind.MONEY: [(94.6, Decimal("94.60")), (0.07, Decimal("0.07")), (12, Decimal("12.00"))],
    Kind.COORDINATE: [(34.123457, Decimal("34.123457"))],
    Kind.DECIMAL: [(0.123456, Decimal("0.123456")), (9, Decimal("9.000000"))],
    Kind.BOOL: [("是", True), ("否", False), (True, True)],
    Kind.TEXT: [("示例“甲”,<乙>&", "示例“甲”,<乙>&"), ("=1+1", "=1+1")],
    Kind.DATE: [(Typed(date(2025, 3, 1), "yyyy-mm-dd"), date(2025, 3, 1))],
}
HASH = "0123456789abcdef" * 4
CODES = {
    "[0-9]{10}": [("0141000009", "0141000009")],
    "[0-9A-Z]{6}": [("012A3Z", "012A3Z")],
    "[0-9A-Z]{6}|[0-9]{10}": [("012A3Z", "012A3Z"), ("0141000009", "0141000009")],
    "(L|GV|QL|SR|VT|X)[0-9]{1,2}": [("GV15", "GV15"), ("x2", "X2")],
    "C[0-9]{2}[.][0-9]{1,2}[a-z]?": [
        ("C03.10", "C03.10"),
        ("c05.2", "C05.2"),
        ("C03.2n", "C03.2n"),
    ],
    "[0-9a-f]{64}": [(HASH, HASH), (HASH.upper(), HASH)],
}


def samples(column: Column) -> list[tuple[Any, Any]]:
    """(as typed, as filed) for one column; the last one typed is —."""
    if column.kind is Kind.ENUM:
        found_ = [(word, code) for code, word in column.choices.items()]
    elif column.kind is Kind.CODE:
        found_ = CODES[column.pattern]
    elif column.name == "lon":
        found_ = [(113.625431, Decimal("113.625431"))]
    else:
        found_ = SAMPLES[column.kind]
        found_ = [each for each in found_ if each[1] or column.minimum == "0"]
    if column.unit == "万元":
        return [(typed, (filed * 10_000).quantize(Decimal("0.01"))) for typed, filed in found_]
    return found_


def every_column() -> tuple[dict[str, list[dict[str, Any]]], dict[tuple[str, str], list[Any]]]:
    """Rows that hold every sample of every column, and what must be read, in row order."""
    rows: dict[str, list[dict[str, Any]]] = {}
    filed: dict[tuple[str, str], list[Any]] = {}
    for table in tables().values():
        depth = 1 if table.form else max(len(samples(column)) for column in table.column)
        rows[table.name] = [{} for _ in range(depth)]
        for column in table.column:
            listed = samples(column)
            taken = [listed[n % len(listed)] for n in range(depth)]
            if column.name in ("school_code", "old_code"):
                taken = [(f"{n:010d}", f"{n:010d}") for n in range(depth)]
            elif column.name in ("file_name", "item") and column.kind is Kind.TEXT:
                taken = [(f"{typed}{n}", f"{read_}{n}") for n, (typed, read_) in enumerate(taken)]
            for row, (typed, _) in zip(rows[table.name], taken, strict=True):
                row[column.name] = typed
            filed[table.name, column.name] = [value for _, value in taken]
    return rows, filed


def check_round_trip(filing: Filing, filed: dict[tuple[str, str], list[Any]]) -> None:
    assert [each.sentence for each in filing.blocking] == []
    for (table, column), values in filed.items():
        read_ = [record.value(column) for record in filing.of(table)]
        assert read_ == values, f"{table}.{column}"
        assert [type(each) for each in read_] == [type(each) for each in values]


def test_every_kind_of_column_comes_back_from_xlsxwriter(tmp_path: Path) -> None:
    rows, filed = every_column()
    check_round_trip(read([write_book(tmp_path / "甲.xlsx", rows)]), filed)


def test_every_kind_of_column_comes_back_from_openpyxl(tmp_path: Path) -> None:
    rows, filed = every_column()
    path = write_book(tmp_path / "甲.xlsx", rows)
    openpyxl.load_workbook(path).save(path)
    check_round_trip(read([path]), filed)


def converted(path: Path, kind: str) -> Path:
    """The file as LibreOffice saves it."""
    office = shutil.which("soffice") or shutil.which("libreoffice")
    if office is None:
        pytest.skip("没有 LibreOffice，不能转换")
    folder = path.parent / kind.partition(":")[0]
    profile = (path.parent / "profile").as_uri()
    command = [office, f"-env:UserInstallation={profile}", "--headless",
               "--convert-to", kind, "--outdir", str(folder), str(path)]  # fmt: skip
    subprocess.run(command, check=True, capture_output=True, timeout=180)
    (made,) = folder.iterdir()
    return made


@pytest.mark.slow
def test_every_kind_of_column_comes_back_from_libreoffice(tmp_path: Path) -> None:
    rows, filed = every_column()
    path = converted(write_book(tmp_path / "甲.xlsx", rows), "xlsx")
    check_round_trip(read([path]), filed)


@pytest.mark.slow
def test_formulas_hidden_rows_and_merges_come_back_from_libreoffice(tmp_path: Path) -> None:
    def edit(sheets: Any, _: Any) -> None:
        sheets["seats"].set_row(4, None, None, {"hidden": True})
        at = [slot.code for slot in slots("finance")].index("public_funds_budget_prev_yuan")
        sheets["finance"].merge_range(4, at, 4, at + 1, 95)

    rows = minimal(
        seats={"enrolment_primary": Typed(600, formula="=300*2")},
        staffing={"full_time_teachers_primary": Typed("#DIV/0!", formula="=1/0")},
    )
    filing = read([converted(write_book(tmp_path / "甲.xlsx", rows, edit=edit), "xlsx")])
    assert {each.check for each in filing.findings} == {"V10", "V09", "S23", "S24"}
    assert filing.of("seats")[0].value("enrolment_primary") == 600


@pytest.mark.slow
@pytest.mark.parametrize(("kind", "code"), [("ods", "S05"), ("xls", "S04")])
def test_other_formats_of_libreoffice_are_named(tmp_path: Path, kind: str, code: str) -> None:
    path = converted(write_book(tmp_path / "甲.xlsx", minimal()), kind)
    assert only(read([path])).check == code
