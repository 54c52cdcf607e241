"""Files that cannot be read are named with the way to mend them, and hide nothing of the others."""

import os
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import hostile
import pytest
from handmade import ONE, TWO, found, inline, minimal, only, parts, register_xml, write_book, zipped

from junheng.errors import MisuseError
from junheng.registry import Finding, Level, State, read

PUPILS = "enrolment_primary"
Make = Callable[[Path], Path]


def refusal(path: Path) -> Finding:
    """The one finding on a file that is not read; nothing of it is taken."""
    filing = read([path])
    assert filing.records == ()
    finding = only(filing)
    assert finding.level is Level.MUST_FIX
    assert finding.origin.file == path.name
    assert finding.mend
    return finding


def workbook(path: Path, **more: Any) -> Path:
    return write_book(path, minimal(**more))


def written(path: Path, content: bytes) -> Path:
    path.write_bytes(content)
    return path


NOT_READ: list[tuple[str, str, str, Make]] = [
    ("空文件.xlsx", "S02", "空的", lambda p: written(p, b"")),
    ("空文件.csv", "S02", "空的", lambda p: written(p, b"")),
    ("文字.xlsx", "S01", "不是 Excel 工作簿", lambda p: written(p, "这是一段文字".encode())),
    ("乱字节.xlsx", "S01", "不是 Excel 工作簿", lambda p: written(p, bytes(range(256)) * 20)),
    ("加密.xlsx", "S03", "密码", lambda p: hostile.ole2(p, "EncryptionInfo", "EncryptedPackage")),
    ("旧.xls", "S04", ".xls", lambda p: hostile.ole2(p, "Workbook")),
    ("旧.et", "S04", ".et", lambda p: hostile.ole2(p, "Workbook")),
    ("改了名.xlsx", "S04", "旧的二进制格式", lambda p: hostile.ole2(p, "Workbook")),
    ("文档.wps", "S05", "Word", lambda p: hostile.ole2(p, "WordDocument")),
    ("演示.xlsx", "S05", "演示文稿", lambda p: hostile.ole2(p, "PowerPoint Document")),
    ("表.numbers", "S05", "Numbers", lambda p: hostile.zip_of(p, "Index/Document.iwa")),
    ("表.ods", "S05", ".ods", lambda p: hostile.zip_of(p, "mimetype", "content.xml")),
    ("表.xlsb", "S05", ".xlsb", lambda p: hostile.zip_of(p, "xl/workbook.bin")),
    ("文档.xlsx", "S05", ".docx", lambda p: hostile.zip_of(p, "word/document.xml")),
    ("演示2.xlsx", "S05", ".pptx", lambda p: hostile.zip_of(p, "ppt/presentation.xml")),
    ("打包.xlsx", "S05", "压缩包", lambda p: hostile.zip_of(p, "甲校.xlsx", "乙校.xlsx")),
    ("别的.xlsx", "S01", "没有工作簿", lambda p: hostile.zip_of(p, "readme.txt")),
    ("佐证.xlsx", "S05", "PDF", lambda p: written(p, b"%PDF-1.7\n")),
    ("网页.xlsx", "S05", "网页", lambda p: written(p, b"<html><table></table></html>")),
    ("旧网页.xls", "S05", "网页", lambda p: written(p, b"\xef\xbb\xbf\r\n<?xml version='1.0'?>")),
    ("照片.xlsx", "S05", "图片", lambda p: written(p, b"\x89PNG\r\n\x1a\n")),
    ("空包.xlsx", "S01", "没有工作簿", lambda p: zipped(p, {})),
]  # fmt: skip


@pytest.mark.parametrize(
    ("name", "code", "says", "make"), NOT_READ, ids=[each[0] for each in NOT_READ]
)
def test_what_is_no_workbook_is_named_for_what_it_is(
    tmp_path: Path, name: str, code: str, says: str, make: Make
) -> None:
    finding = refusal(make(tmp_path / name))
    assert finding.check == code
    assert says in finding.found


@pytest.mark.parametrize("name", ["旧.xls", "旧.et", "表.ods"])
def test_another_format_comes_with_the_way_to_save_it_as_a_workbook(
    tmp_path: Path, name: str
) -> None:
    make = {each[0]: each[3] for each in NOT_READ}[name]
    assert "另存为" in refusal(make(tmp_path / name)).mend
    assert ".xlsx" in refusal(tmp_path / name).mend


@pytest.mark.parametrize("share", [0.02, 0.3, 0.6, 0.9, 0.99])
def test_a_truncated_workbook_is_named(tmp_path: Path, share: float) -> None:
    content = workbook(tmp_path / "全.xlsx").read_bytes()
    path = written(tmp_path / "断.xlsx", content[: int(len(content) * share)])
    assert refusal(path).check == "S06"
    assert "不完整" in refusal(path).found


def test_a_workbook_with_a_damaged_part_is_named(tmp_path: Path) -> None:
    sheet = register_xml(inline("2141000001"))
    for broken in (sheet[:-20], sheet.replace("<row", "<<row"), "", "not xml"):
        path = zipped(tmp_path / "坏.xlsx", parts(broken))
        assert refusal(path).check == "S06"


def test_a_part_whose_checksum_is_wrong_is_named(tmp_path: Path) -> None:
    path = tmp_path / "坏.xlsx"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_STORED) as archive:
        for name, text in parts(register_xml(inline("2141000001"))).items():
            archive.writestr(name, text)
    path.write_bytes(path.read_bytes().replace(b"2141000001", b"2141000002"))
    assert refusal(path).check == "S06"


@pytest.mark.parametrize(
    "missing", ["xl/worksheets/sheet1.xml", "xl/workbook.xml", "xl/_rels/workbook.xml.rels"]
)
def test_a_workbook_that_lacks_a_part_is_named(tmp_path: Path, missing: str) -> None:
    content = parts(register_xml(inline("2141000001")))
    del content[missing]
    assert refusal(zipped(tmp_path / "缺.xlsx", content)).check in ("S01", "S06", "S11")


@pytest.mark.parametrize(
    "cell",
    [
        '<c r="XFE1" t="inlineStr"><is><t>x</t></is></c>',
        '<c r="AAAAAAAAAAAA5"><v>1</v></c>',
        '<c r="5"><v>1</v></c>',
        '<c r="É5"><v>1</v></c>',
        '<c t="s"><v>99</v></c>',
        '<c t="s"><v>-1</v></c>',
        '<c t="s"><v>x</v></c>',
        '</row><row r="1048577"><c><v>1</v></c>',
        '</row><row r="0"><c><v>1</v></c>',
    ],
)
def test_an_address_or_a_reference_that_cannot_be_is_damage(tmp_path: Path, cell: str) -> None:
    path = zipped(tmp_path / "坏.xlsx", parts(register_xml(cell)))
    assert refusal(path).check == "S06"


def test_a_workbook_protected_inside_the_zip_is_named(tmp_path: Path) -> None:
    path = hostile.encrypted_zip(tmp_path / "密.xlsx", workbook(tmp_path / "开.xlsx"))
    assert refusal(path).check == "S03"


def test_sizes_that_lie_are_damage(tmp_path: Path) -> None:
    path = hostile.lying_sizes(tmp_path / "谎.xlsx", workbook(tmp_path / "开.xlsx"))
    assert refusal(path).check == "S06"


def test_a_workbook_without_a_sheet_of_the_template_is_named(tmp_path: Path) -> None:
    for name, sheet in (("Sheet1", "<c/>"), ("Sheet1", "")):
        path = zipped(tmp_path / "空.xlsx", parts(register_xml(sheet), name=name))
        path = zipped(path, {**parts('<worksheet xmlns="x"/>', name=name)})
        assert refusal(path).check == "S11"


def test_a_password_that_only_guards_against_editing_does_not_hinder_reading(
    tmp_path: Path,
) -> None:
    def edit(sheets: Any, _: Any) -> None:
        for sheet in sheets.values():
            sheet.protect("secret")

    path = write_book(tmp_path / "保护.xlsx", minimal(seats={PUPILS: 600}), edit=edit)
    filing = read([path])
    assert filing.findings == ()
    assert filing.of("seats")[0].value(PUPILS) == 600


def test_a_renamed_workbook_is_read_by_its_content(tmp_path: Path) -> None:
    path = workbook(tmp_path / "其实是新格式.et", seats={PUPILS: 600})
    assert read([path]).of("seats")[0].value(PUPILS) == 600


def test_one_bad_file_hides_nothing_of_the_others(tmp_path: Path) -> None:
    workbook(tmp_path / "乙.xlsx", seats={PUPILS: "约600"})
    hostile.ole2(tmp_path / "甲.xls", "Workbook")
    hostile.xml_bomb(tmp_path / "丙.xlsx")
    written(tmp_path / "丁.xlsx", b"")
    filing = read([tmp_path])
    assert {(f.origin.file, f.check) for f in filing.findings} == {
        ("甲.xls", "S04"), ("丙.xlsx", "S07"), ("丁.xlsx", "S02"), ("乙.xlsx", "V01"),
    }  # fmt: skip
    assert len(filing.of("seats")) == 1


@pytest.mark.skipif(sys.platform == "win32", reason="权限位只在 POSIX 系统上有")
def test_a_file_that_may_not_be_read_is_named(tmp_path: Path) -> None:
    if os.geteuid() == 0:
        pytest.skip("管理员可以读任何文件")
    path = workbook(tmp_path / "锁.xlsx")
    path.chmod(0)
    assert refusal(path).check == "S01"


# --- which files -------------------------------------------------------------------------------


def test_a_path_that_is_not_there_is_misuse(tmp_path: Path) -> None:
    with pytest.raises(MisuseError, match="找不到"):
        read([tmp_path / "没有.xlsx"])


def test_a_folder_without_anything_to_read_is_misuse(tmp_path: Path) -> None:
    (tmp_path / "说明.pdf").write_bytes(b"%PDF")
    with pytest.raises(MisuseError, match="没有工作簿"):
        read([tmp_path])


def test_no_path_at_all_is_misuse() -> None:
    with pytest.raises(MisuseError):
        read([])


def test_a_folder_is_searched_and_lock_files_and_hidden_files_are_passed_over(
    tmp_path: Path,
) -> None:
    (tmp_path / "城区").mkdir()
    (tmp_path / ".回收站").mkdir()
    workbook(tmp_path / "城区" / "甲.xlsx")
    for name in ("~$甲.xlsx", ".~甲.xlsx", ".回收站/乙.xlsx"):
        written(tmp_path / name, b"\0" * 165)
    written(tmp_path / "照片.jpg", b"\xff\xd8\xff")
    filing = read([tmp_path])
    assert [source.file for source in filing.sources] == ["甲.xlsx"]
    assert filing.findings == ()


def test_a_file_given_twice_is_read_once(tmp_path: Path) -> None:
    path = workbook(tmp_path / "甲.xlsx")
    filing = read([path, tmp_path, tmp_path / "." / "甲.xlsx"])
    assert len(filing.sources) == 1


def test_files_that_share_a_name_are_told_apart_by_their_folders(tmp_path: Path) -> None:
    for folder in ("一小", "二小"):
        (tmp_path / folder).mkdir()
        workbook(tmp_path / folder / "填报表.xlsx", seats={PUPILS: f"约{folder}"})
    workbook(tmp_path / "三小.xlsx", seats={PUPILS: "约"})
    files = {f.origin.file for f in found(read([tmp_path]), "V01")}
    assert files == {"一小/填报表.xlsx", "二小/填报表.xlsx", "三小.xlsx"}


def test_the_order_in_which_files_are_given_changes_nothing(tmp_path: Path) -> None:
    one = workbook(tmp_path / "甲.xlsx", seats={PUPILS: 1})
    two = workbook(tmp_path / "乙.xlsx", seats={PUPILS: 2})
    assert read([one, two]) == read([two, one])


# --- several files, one school -----------------------------------------------------------------


def two_files(folder: Path, one: dict[str, Any], two: dict[str, Any]) -> Any:
    workbook(folder / "甲.xlsx", **one)
    workbook(folder / "乙.xlsx", **two)
    return read([folder])


def test_one_school_in_two_files_that_agree_is_one_record(tmp_path: Path) -> None:
    filing = two_files(tmp_path, {"seats": {PUPILS: 600}}, {"seats": {PUPILS: "６００"}})
    assert filing.findings == ()
    assert len(filing.of("seats")) == len(filing.of("county")) == 1
    assert filing.of("seats")[0].value(PUPILS) == 600


def test_a_blank_in_one_file_gives_way_to_the_value_in_the_other(tmp_path: Path) -> None:
    filing = two_files(
        tmp_path,
        {"seats": {PUPILS: 600}},
        {"seats": {"class_count_primary": 12, f"{PUPILS}!explanation": "新建"}},
    )
    assert filing.findings == ()
    (seats,) = filing.of("seats")
    assert (seats.value(PUPILS), seats.value("class_count_primary")) == (600, 12)
    assert seats.entries[PUPILS].explanation == "新建"
    assert seats.entries[PUPILS].origin.file == "甲.xlsx"
    assert seats.entries["class_count_primary"].origin.file == "乙.xlsx"


@pytest.mark.parametrize("other", [601, "—", 0])
def test_two_files_that_disagree_are_named_with_both_cells(tmp_path: Path, other: object) -> None:
    filing = two_files(tmp_path, {"seats": {PUPILS: 600}}, {"seats": {PUPILS: other}})
    finding = only(filing)
    assert (finding.level, finding.check) == (Level.MUST_FIX, "S22")
    assert "两个文件对同一学校" in finding.found
    for file in ("甲.xlsx", "乙.xlsx"):
        assert file in finding.sentence
    assert (finding.table, finding.key, finding.column) == ("seats", (ONE,), PUPILS)
    entry = filing.of("seats")[0].entries[PUPILS]
    assert (entry.state, entry.value) == (State.UNCLEAR, None)


def test_every_file_that_disagrees_is_named(tmp_path: Path) -> None:
    for number, name in enumerate("甲乙丙丁"):
        workbook(tmp_path / f"{name}.xlsx", seats={PUPILS: number if name != "丁" else None})
    assert len(found(read([tmp_path]), "S22")) == 2


def test_a_county_form_is_joined_from_the_files_of_its_schools(tmp_path: Path) -> None:
    filing = two_files(tmp_path, {"county": {"rotated": 70}}, {})
    assert filing.findings == ()
    assert filing.of("county")[0].value("rotated") == 70


def test_schools_of_different_files_stay_apart(tmp_path: Path) -> None:
    workbook(tmp_path / "甲.xlsx")
    rows = minimal()
    for table in ("register", "schools", "seats", "staffing", "facilities", "finance", "quality"):
        rows[table][0]["school_code"] = TWO
    write_book(tmp_path / "乙.xlsx", rows)
    filing = read([tmp_path])
    assert filing.findings == ()
    assert {record.key for record in filing.of("seats")} == {(ONE,), (TWO,)}


def test_a_sheet_that_one_file_lacks_may_stand_in_another(tmp_path: Path) -> None:
    rows = minimal()
    county = {name: rows.pop(name) for name in ("county", "register")}
    write_book(tmp_path / "县.xlsx", county)
    write_book(tmp_path / "校.xlsx", rows)
    assert read([tmp_path]).findings == ()
    assert [f.check for f in read([tmp_path / "县.xlsx"]).findings] == ["S12"]


def test_two_versions_of_the_template_are_both_told(tmp_path: Path) -> None:
    write_book(tmp_path / "甲.xlsx", minimal(), version="0-1")
    write_book(tmp_path / "乙.xlsx", minimal(), version="0-2")
    filing = read([tmp_path])
    assert filing.template_version == "0-1、0-2"
    assert [f.check for f in filing.findings] == ["S10", "S10"]
