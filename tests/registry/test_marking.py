"""The marked workbook: the same one, wrong cells coloured, reasons beside them, a list of all."""

import io
import re
import zipfile
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from lxml import etree
from openpyxl import Workbook, load_workbook
from openpyxl.comments import Comment
from openpyxl.styles import PatternFill
from xlsxwriter import Workbook as Written

from junheng.errors import JunhengError, UnreadableFileError
from junheng.registry import Facts, Finding, Level, Origin
from junheng.registry.colours import LEVEL_FILL
from junheng.registry.layout import INSTRUCTIONS_SHEET, MARKS_SHEET, RESULTS_SHEET
from junheng.registry.marking import mark
from junheng.registry.marking.grid import Grid
from junheng.registry.reading import read
from junheng.registry.template import write_filled
from junheng.sample import make_county, marks_of

pytestmark = pytest.mark.slow

SEATS = "学生与班级"
RED, ORANGE, BLUE = (f"FF{LEVEL_FILL[level]}" for level in Level)
LIST_FROM = 4


@pytest.fixture(scope="module")
def source(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("filled") / "示例县.xlsx"
    rows = {**make_county(seed=3, schools=6), "classes": [], "rooms": []}
    write_filled(path, rows, marks_of(rows, year=2025), year=2025)
    return path


def finding(
    cell: str,
    found: str = "不是数",
    *,
    level: Level = Level.MUST_FIX,
    sheet: str = SEATS,
    file: str = "示例县.xlsx",
    check: str = "V03",
) -> Finding:
    return Finding(level, check, Origin(file, sheet, cell), found, "应为整数", "请改正")


def marked(source: Path, tmp_path: Path, *findings: Finding) -> Path:
    out = tmp_path / "标注.xlsx"
    mark(source, findings, out)
    return out


def colour_at(book: Workbook, cell: str, sheet: str = SEATS) -> str | None:
    fill = book[sheet][cell].fill
    return str(fill.fgColor.rgb) if fill.patternType == "solid" else None


def note_at(book: Workbook, cell: str, sheet: str = SEATS) -> str:
    note = book[sheet][cell].comment
    return note.text if note is not None else ""


def listing(book: Workbook) -> list[tuple[Any, ...]]:
    return list(book[RESULTS_SHEET].iter_rows(min_row=LIST_FROM, values_only=True))


def looks(path: Path) -> dict[tuple[str, str], tuple[Any, ...]]:
    """Everything openpyxl sees of every cell that is not on a sheet of ours."""
    return {
        (sheet.title, cell.coordinate): (
            cell.value,
            cell.number_format,
            cell.fill.fgColor.rgb if cell.fill.patternType else None,
            (cell.font.name, cell.font.b, cell.font.color.rgb if cell.font.color else None),
            (cell.border.left.style, cell.alignment.horizontal, cell.alignment.wrap_text),
            cell.comment.text if cell.comment else None,
        )
        for sheet in load_workbook(path)
        if sheet.title not in (RESULTS_SHEET, MARKS_SHEET)
        for row in sheet.iter_rows()
        for cell in row
        if cell.value is not None or cell.comment
    }


def test_each_group_has_its_colour_and_the_reason_stands_beside_the_cell(
    source: Path, tmp_path: Path
) -> None:
    book = load_workbook(
        marked(
            source,
            tmp_path,
            finding("C5"),
            finding("C6", "增加35%", level=Level.EXPLAIN),
            finding("C7", "全角数字", level=Level.NOTE),
        )
    )
    assert [colour_at(book, cell) for cell in ("C5", "C6", "C7")] == [RED, ORANGE, BLUE]
    assert note_at(book, "C6") == (
        "【校验】\n请说明（V03）：增加35%。\n规则：应为整数。\n改法：请改正。"
    )


def test_several_findings_on_one_cell_stand_in_one_note_gravest_first(
    source: Path, tmp_path: Path
) -> None:
    book = load_workbook(
        marked(
            source,
            tmp_path,
            finding("C5", "甲", level=Level.NOTE),
            finding("C5", "乙", level=Level.MUST_FIX),
            finding("C5", "丙", level=Level.EXPLAIN),
        )
    )
    assert colour_at(book, "C5") == RED
    note = note_at(book, "C5")
    assert note.index("1. 必须改（V03）：乙") < note.index("2. 请说明（V03）：丙")
    assert note.index("2. 请说明（V03）：丙") < note.index("3. 提示（V03）：甲")


def test_the_note_of_a_heading_keeps_its_text_and_the_reason_follows(
    source: Path, tmp_path: Path
) -> None:
    before = note_at(load_workbook(source), "C4")
    book = load_workbook(marked(source, tmp_path, finding("C4", "表头被改动")))
    assert before
    assert note_at(book, "C4").startswith(f"{before}\n【校验】\n必须改（V03）：表头被改动")


def test_everything_else_of_the_workbook_stays_as_it_was(source: Path, tmp_path: Path) -> None:
    out = marked(source, tmp_path, finding("C5"), finding("C4"))
    before, after = looks(source), looks(out)
    changed = {where for where in before | after if before.get(where) != after.get(where)}
    assert changed == {(SEATS, "C5"), (SEATS, "C4")}
    old, new = load_workbook(source), load_workbook(out)
    for sheet in old:
        twin = new[sheet.title]
        assert twin.sheet_state == sheet.sheet_state
        assert twin.freeze_panes == sheet.freeze_panes
        assert twin.print_title_rows == sheet.print_title_rows
        assert twin.merged_cells.ranges == sheet.merged_cells.ranges
        widths = {k: (d.width, d.hidden) for k, d in sheet.column_dimensions.items()}
        assert {k: (d.width, d.hidden) for k, d in twin.column_dimensions.items()} == widths
        rules = [(v.type, v.formula1, str(v.sqref)) for v in sheet.data_validations.dataValidation]
        assert rules == [
            (v.type, v.formula1, str(v.sqref)) for v in twin.data_validations.dataValidation
        ]


def test_parts_that_are_not_concerned_pass_through_byte_for_byte(
    source: Path, tmp_path: Path
) -> None:
    out = marked(source, tmp_path, finding("C5"))
    with zipfile.ZipFile(source) as old, zipfile.ZipFile(out) as new:
        changed = {name for name in old.namelist() if old.read(name) != new.read(name)}
    assert changed == {
        "[Content_Types].xml",
        "xl/_rels/workbook.xml.rels",
        "xl/workbook.xml",
        "xl/styles.xml",
        "xl/worksheets/sheet1.xml",  # no longer the sheet that is shown on opening
        "xl/worksheets/sheet5.xml",
        "xl/comments4.xml",
        "xl/drawings/vmlDrawing4.vml",
    }


def test_the_results_come_first_sorted_by_group_then_as_one_walks_through_the_workbook(
    source: Path, tmp_path: Path
) -> None:
    out = marked(
        source,
        tmp_path,
        finding("D10", level=Level.NOTE, sheet="区县填报表"),
        finding("D6", sheet="教师"),
        finding("E5"),
        finding("C10"),
        finding("C6"),
        finding("", "第三小学没有填报", sheet="", level=Level.EXPLAIN),
    )
    book = load_workbook(out)
    assert book.sheetnames[0] == RESULTS_SHEET
    assert book.active.title == RESULTS_SHEET
    assert [sheet.title for sheet in book if sheet.sheet_view.tabSelected] == [RESULTS_SHEET]
    assert [row[:5] for row in listing(book)] == [
        (1, "必须改", "V03", SEATS, "E5"),
        (2, "必须改", "V03", SEATS, "C6"),
        (3, "必须改", "V03", SEATS, "C10"),
        (4, "必须改", "V03", "教师", "D6"),
        (5, "请说明", "V03", "—", "—"),
        (6, "提示", "V03", "区县填报表", "D10"),
    ]
    assert listing(book)[4][5:] == ("第三小学没有填报。", "应为整数。", "请改正。")
    assert book[RESULTS_SHEET]["A1"].value == "校验结果：必须改 4 处，请说明 1 处，提示 1 处"


def test_an_address_in_the_list_leads_to_its_cell(source: Path, tmp_path: Path) -> None:
    book = load_workbook(marked(source, tmp_path, finding("C5"), finding("", sheet="")))
    links = {
        cell.coordinate: cell.hyperlink.location
        for row in book[RESULTS_SHEET].iter_rows()
        for cell in row
        if cell.hyperlink
    }
    assert links == {"E5": f"'{SEATS}'!C5"}


def test_findings_of_other_files_are_passed_over(source: Path, tmp_path: Path) -> None:
    book = load_workbook(marked(source, tmp_path, finding("C5", file="邻县.xlsx")))
    assert colour_at(book, "C5") is None
    assert listing(book) == []
    assert book[RESULTS_SHEET]["A1"].value == "校验结果：没有发现问题"


@pytest.mark.parametrize("cell", ["C5", "M60", "C60", "XFD1048576", "A1"])
def test_a_cell_is_marked_wherever_it_is_and_whether_it_was_ever_written_or_not(
    source: Path, tmp_path: Path, cell: str
) -> None:
    book = load_workbook(marked(source, tmp_path, finding(cell)))
    assert colour_at(book, cell) == RED
    assert "【校验】" in note_at(book, cell)


def test_a_blank_cell_that_is_marked_keeps_the_number_format_of_its_column(
    source: Path, tmp_path: Path
) -> None:
    book = load_workbook(marked(source, tmp_path, finding("A60"), finding("C60")))
    assert book[SEATS]["A60"].number_format == "@"
    assert book[SEATS]["C60"].number_format == "#,##0"


def test_marking_again_puts_new_marks_in_the_place_of_the_old(source: Path, tmp_path: Path) -> None:
    once = marked(source, tmp_path, finding("C5"), finding("C4"), finding("E5", level=Level.NOTE))
    again = tmp_path / "again.xlsx"
    mark(once, [finding("C6", file="标注.xlsx")], again)
    book = load_workbook(again)
    assert [colour_at(book, cell) for cell in ("C5", "C6")] == [None, RED]
    assert colour_at(book, "E5") == colour_at(load_workbook(source), "E5")
    assert note_at(book, "C5") == ""
    assert note_at(book, "C4") == note_at(load_workbook(source), "C4")
    assert book.sheetnames.count(RESULTS_SHEET) == 1
    assert [row[4] for row in listing(book)] == ["C6"]


def test_taking_all_marks_off_gives_back_what_was(source: Path, tmp_path: Path) -> None:
    cells = ["A4", "C4", "C5", "D5", "E5", "F6", "E6"]
    once = marked(source, tmp_path, *(finding(cell) for cell in cells))
    bare = tmp_path / "bare.xlsx"
    mark(once, [], bare)
    assert looks(bare) == looks(source)


def test_marking_in_place_and_twice_the_same_gives_the_same_bytes(
    source: Path, tmp_path: Path
) -> None:
    findings = [finding("C5"), finding("M60"), finding("C4")]
    out = marked(source, tmp_path, *findings)
    first = out.read_bytes()
    mark(source, findings, out)
    assert out.read_bytes() == first
    copy = tmp_path / "示例县.xlsx"
    copy.write_bytes(source.read_bytes())
    mark(copy, findings, copy)
    mark(copy, findings, copy)
    assert colour_at(load_workbook(copy), "C5") == RED
    assert note_at(load_workbook(copy), "C5").count("【校验】") == 1


def test_the_legend_of_the_instructions_keeps_its_colours(source: Path, tmp_path: Path) -> None:
    once = marked(source, tmp_path, finding("C5"))
    bare = tmp_path / "bare.xlsx"
    mark(once, [], bare)
    fills = {
        cell.value: cell.fill.fgColor.rgb
        for row in load_workbook(bare)[INSTRUCTIONS_SHEET].iter_rows()
        for cell in row
    }
    assert [fills[level] for level in Level] == [RED, ORANGE, BLUE]


def test_marks_come_off_after_the_rows_were_moved_to_other_addresses(
    source: Path, tmp_path: Path
) -> None:
    once = marked(source, tmp_path, finding("C5"))
    book = load_workbook(once)
    book[SEATS].insert_rows(5)
    moved = tmp_path / "moved.xlsx"
    book[SEATS].move_range("A6:Z20", rows=0)
    book.save(moved)
    assert colour_at(load_workbook(moved), "C6") == RED
    bare = tmp_path / "bare.xlsx"
    mark(moved, [], bare)
    assert colour_at(load_workbook(bare), "C6") is None


def test_a_colour_the_clerk_gave_comes_back_with_the_clerks_own_note(
    source: Path, tmp_path: Path
) -> None:
    own = tmp_path / "示例县.xlsx"
    book = load_workbook(source)
    book[SEATS]["C5"].fill = PatternFill("solid", fgColor="FF00FF00")
    book[SEATS]["C5"].comment = Comment("张老师已核对", "张")
    book.save(own)
    once = marked(own, tmp_path, finding("C5"))
    assert colour_at(load_workbook(once), "C5") == RED
    assert note_at(load_workbook(once), "C5").startswith("张老师已核对\n【校验】")
    bare = tmp_path / "bare.xlsx"
    mark(once, [], bare)
    assert colour_at(load_workbook(bare), "C5") == "FF00FF00"
    assert note_at(load_workbook(bare), "C5") == "张老师已核对"


def test_the_box_of_a_note_is_big_enough_for_its_text(source: Path, tmp_path: Path) -> None:
    out = marked(source, tmp_path, finding("C5"), finding("C6", "很长的问题" * 40))

    def points_down(row: int) -> float:
        with zipfile.ZipFile(out) as archive:
            drawing = etree.fromstring(archive.read("xl/drawings/vmlDrawing4.vml"))
        (shape,) = (
            each
            for each in drawing.iterfind("{*}shape")
            if each.findtext(".//{*}Row") == str(row - 1) and each.findtext(".//{*}Column") == "2"
        )
        found = re.search(r"height:([\d.]+)pt", shape.get("style"))
        assert found is not None
        return float(found[1])

    assert points_down(5) >= 4 * 13
    assert points_down(6) >= 14 * 13


def test_a_box_spans_the_rows_and_columns_it_needs() -> None:
    grid = Grid(heights={4: 60.0}, columns=[(1, 2, 10.0, 0), (3, 3, 0.0, 0)])
    # Beside B4, column C hidden: from C over D to G (68 pixels each) into H, from row 3 into 5.
    assert grid.anchor((4, 2), 300, 100) == "2, 15, 2, 10, 7, 43, 4, 10"


def test_a_finding_inside_a_merged_area_is_shown_where_the_area_is_seen(tmp_path: Path) -> None:
    path = tmp_path / "合并.xlsx"
    with Written(path) as book:
        book.add_worksheet(SEATS).merge_range("B2:C4", "合并")
    out = marked(path, tmp_path, finding("C3", file=path.name), finding("B2", file=path.name))
    found = load_workbook(out)
    assert colour_at(found, "B2") == RED
    assert "2. 必须改" in note_at(found, "B2")


def test_formulas_keep_their_last_results(tmp_path: Path) -> None:
    path = tmp_path / "公式.xlsx"
    with Written(path) as book:
        sheet = book.add_worksheet(SEATS)
        sheet.write_formula("B2", "=1+2", None, 3)
    out = marked(path, tmp_path, finding("B2", file=path.name))
    assert load_workbook(out, data_only=True)[SEATS]["B2"].value == 3
    assert load_workbook(out)[SEATS]["B2"].value == "=1+2"
    assert colour_at(load_workbook(out), "B2") == RED


def test_an_empty_sheet_without_notes_or_drawings_takes_marks(tmp_path: Path) -> None:
    path = tmp_path / "空.xlsx"
    with Written(path) as book:
        book.add_worksheet(SEATS)
        chart = book.add_chart({"type": "bar"})
        chart.add_series({"values": f"={SEATS}!$A$1:$A$2"})
        book.add_worksheet("图").insert_chart("B2", chart)
    beside = finding("B1", sheet="图", file=path.name)
    out = marked(path, tmp_path, finding("B2", file=path.name), beside)
    found = load_workbook(out)
    assert colour_at(found, "B2") == RED
    assert "【校验】" in note_at(found, "B2")
    assert "【校验】" in note_at(found, "B1", "图")
    assert len(found["图"]._charts) == 1


def test_print_titles_stay_with_their_sheets_though_a_sheet_was_put_first(
    source: Path, tmp_path: Path
) -> None:
    out = marked(source, tmp_path)
    with zipfile.ZipFile(out) as archive:
        book = etree.fromstring(archive.read("xl/workbook.xml"))
    names = [each.get("name") for each in book.iterfind(".//{*}sheet")]
    titles = [
        (names[int(each.get("localSheetId"))], each.text.split("!")[0].strip("'"))
        for each in book.iterfind(".//{*}definedName")
    ]
    assert len(titles) > 10
    assert all(sheet == named for sheet, named in titles)


def test_the_marked_workbook_reads_back_as_the_same_facts(source: Path, tmp_path: Path) -> None:
    out = marked(source, tmp_path, finding("C5"), finding("M60"), finding("A1"))
    filing = read([out])
    assert [each.sentence for each in filing.findings] == []
    facts = Facts.of(filing.records, year=2025)
    assert facts.fingerprint == Facts.of(read([source]).records, year=2025).fingerprint


def test_what_the_reader_finds_is_marked_and_once_mended_is_clean(
    source: Path, tmp_path: Path
) -> None:
    wrong = tmp_path / "示例县.xlsx"
    book = load_workbook(source)
    kept = book[SEATS]["C5"].value
    book[SEATS]["C5"] = "约一千"
    book.save(wrong)
    out = marked(wrong, tmp_path, *read([wrong]).findings)
    shown = load_workbook(out)
    assert colour_at(shown, "C5") == RED
    assert "约一千" in note_at(shown, "C5")
    shown[SEATS]["C5"] = kept
    shown.save(out)
    assert [each.sentence for each in read([out]).findings] == []


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
def test_a_csv_comes_back_as_a_workbook_of_texts(tmp_path: Path, encoding: str) -> None:
    path = tmp_path / f"{SEATS}.csv"
    text = "学校代码（标识码）,小学学生人数（人）\n0141000001,=1+2\n"
    path.write_bytes(text.encode(encoding))
    out = tmp_path / "标注.xlsx"
    mark(path, [finding("B2", file=path.name)], out)
    book = load_workbook(out)
    rows = list(book[SEATS].iter_rows(values_only=True))
    assert rows == [("学校代码（标识码）", "小学学生人数（人）"), ("0141000001", "=1+2")]
    assert book[SEATS]["B2"].data_type == "s"
    assert colour_at(book, "B2") == RED
    assert [row[4] for row in listing(book)] == ["B2"]


def test_a_csv_with_a_name_that_no_sheet_can_bear_still_has_its_marks(tmp_path: Path) -> None:
    path = tmp_path / f"[{'很长的文件名' * 8}].csv"
    path.write_text("学校代码（标识码）,甲\n2141000001,1\n", encoding="utf-8")
    out = tmp_path / "标注.xlsx"
    mark(path, [finding("B2", sheet=path.stem, file=path.name)], out)
    book = load_workbook(out)
    assert colour_at(book, "B2", book.sheetnames[1]) == RED


@pytest.mark.parametrize(
    "content",
    [b"", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 512, b"PK\x03\x04junk", b"\x89PNG\r\n"],
)
def test_what_is_no_workbook_is_refused_by_name_and_nothing_is_written(
    tmp_path: Path, content: bytes
) -> None:
    path = tmp_path / "坏.xlsx"
    path.write_bytes(content)
    with pytest.raises(UnreadableFileError, match="坏"):
        mark(path, [], tmp_path / "标注.xlsx")
    assert [each.name for each in tmp_path.iterdir()] == ["坏.xlsx"]


def test_a_sheet_too_big_to_hold_is_refused_in_a_sentence(tmp_path: Path) -> None:
    path = tmp_path / "大.xlsx"
    with Written(path) as book:
        book.add_worksheet(SEATS).write("A1", 1)
    content = io.BytesIO()
    with zipfile.ZipFile(path) as old, zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            part = old.read(name)
            if name.endswith("sheet1.xml"):
                part = part.replace(b"</sheetData>", b" " * (200 << 20) + b"</sheetData>")
            new.writestr(name, part)
    path.write_bytes(content.getvalue())
    with pytest.raises(JunhengError, match="大"):
        mark(path, [finding("A1", file=path.name)], tmp_path / "标注.xlsx")


def test_characters_that_xml_cannot_hold_do_no_harm(source: Path, tmp_path: Path) -> None:
    out = marked(source, tmp_path, finding("C5", "含有\x0b控制\x00字符<&>\ud800"))
    book = load_workbook(out)
    assert "<&>" in note_at(book, "C5")
    assert "<&>" in listing(book)[0][5]


def in_other_prefix(content: bytes) -> bytes:
    """The same sheet as another program may write it: prefixed, rows and cells without address."""
    root = etree.fromstring(content)
    space = etree.QName(root).namespace
    twin = etree.Element(root.tag, root.attrib, nsmap={"x": space})
    twin.extend(list(root))
    text = etree.tostring(twin, xml_declaration=True, encoding="UTF-8").decode()
    for name in ("sheetData", "row", "c", "v", "f", "is", "t"):
        text = text.replace(f"<{name} ", f"<x:{name} ")
    return text.encode()


def test_another_prefix_and_missing_addresses_are_understood(tmp_path: Path) -> None:
    path = tmp_path / "前缀.xlsx"
    with Written(path) as book:
        sheet = book.add_worksheet(SEATS)
        sheet.write_row("A1", [1, 2, 3])
        sheet.write_row("A2", [4, 5, 6])
    content = io.BytesIO()
    with zipfile.ZipFile(path) as old, zipfile.ZipFile(content, "w") as new:
        for name in old.namelist():
            part = old.read(name)
            if name.endswith("sheet1.xml"):
                part = in_other_prefix(part).replace(b' r="B2"', b"").replace(b' r="2"', b"")
            new.writestr(name, part)
    path.write_bytes(content.getvalue())
    out = marked(path, tmp_path, *(finding(c, file=path.name) for c in ("B2", "E2", "B9")))
    found = load_workbook(out)
    assert [colour_at(found, cell) for cell in ("B2", "E2", "B9")] == [RED, RED, RED]
    assert found[SEATS]["B2"].value == 5


def test_the_record_of_former_fills_is_kept_where_nobody_sees_it(
    source: Path, tmp_path: Path
) -> None:
    book = load_workbook(marked(source, tmp_path, finding("C5")))
    assert book[MARKS_SHEET].sheet_state == "veryHidden"
    rows: Sequence[tuple[Any, ...]] = list(book[MARKS_SHEET].iter_rows(values_only=True))
    assert [row[:2] for row in rows] == [(SEATS, "C5")]


def test_dates_and_true_values_pass_unchanged(tmp_path: Path) -> None:
    path = tmp_path / "日期.xlsx"
    book = Workbook()
    book.active.title = SEATS
    book.active.append([date(2025, 9, 1), True, 94.6, "0141000001"])
    book.save(path)
    out = marked(path, tmp_path, *(finding(c, file=path.name) for c in ("A1", "B1", "C1", "D1")))
    row = next(load_workbook(out)[SEATS].iter_rows(values_only=True))
    assert (row[0].date(), *row[1:]) == (date(2025, 9, 1), True, 94.6, "0141000001")
