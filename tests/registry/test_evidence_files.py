"""The folder of evidence: every file once, by its composed name, and nothing outside it."""

import hashlib
import os
import unicodedata
from pathlib import Path

import pytest
from registry.county_of_eight import COUNTY, JUNIOR, PRIMARY, YEAR, changed, filing
from registry.papers import CONTENT, HASH, charter, lineage, plan, signed, survey

from junheng.errors import JunhengError, MisuseError
from junheng.registry import Level, Report, check
from junheng.registry.evidence_files import BLOCK, as_csv
from junheng.registry.evidence_files import survey as surveyed


def laid_out(folder: Path, files: dict[str, bytes]) -> Path:
    for name, content in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    folder.mkdir(exist_ok=True)
    return folder


def names(folder: Path) -> list[str]:
    return list(surveyed(folder).files)


# --- what lies there ---------------------------------------------------------------------------


def test_every_file_is_listed_with_its_hash_and_size(tmp_path: Path) -> None:
    big = os.urandom(BLOCK + 7)
    laid_out(tmp_path, {"甲.pdf": CONTENT, "三/乙.docx": big, "空.txt": b""})
    found = surveyed(tmp_path).files
    assert list(found) == ["三/乙.docx", "甲.pdf", "空.txt"]
    for name, content in (("三/乙.docx", big), ("甲.pdf", CONTENT), ("空.txt", b"")):
        assert found[name].sha256 == hashlib.sha256(content).hexdigest()
        assert found[name].size == len(content)


def test_pages_of_a_plain_pdf_are_counted_wherever_a_block_ends(tmp_path: Path) -> None:
    page, tree = b"<< /Type /Page /Parent 1 0 R >>\n", b"<< /Type /Pages /Count 3 >>\n"
    for filler in (0, BLOCK - 10, BLOCK - 14, BLOCK - 16, BLOCK - 20, BLOCK):
        content = b"%PDF-1.4" + b" " * max(0, filler - 8) + page + tree + page * 2
        (tmp_path / "甲.pdf").write_bytes(content)
        assert surveyed(tmp_path).files["甲.pdf"].pages == 3, filler


def test_pages_that_cannot_be_counted_without_unpacking_are_not_guessed(tmp_path: Path) -> None:
    laid_out(tmp_path, {"甲.pdf": b"%PDF-1.7 /ObjStm", "乙.docx": b"/Type /Page "})
    assert [each.pages for each in surveyed(tmp_path).files.values()] == [None, None]


def test_what_systems_leave_behind_is_passed_over(tmp_path: Path) -> None:
    left = {
        ".DS_Store": b"",
        "~$甲.docx": b"",
        "__MACOSX/甲": b"",
        "Thumbs.db": b"",
        "甲.pdf": b"1",
    }
    assert names(laid_out(tmp_path, left)) == ["甲.pdf"]


def test_a_link_out_of_the_folder_is_named_and_not_read(tmp_path: Path) -> None:
    secret = tmp_path / "密.txt"
    secret.write_text("不可外泄", encoding="utf-8")
    (tmp_path / "外").mkdir()
    folder = laid_out(tmp_path / "材料", {"甲.pdf": CONTENT})
    (folder / "外链.pdf").symlink_to(secret)
    (folder / "外夹").symlink_to(tmp_path / "外", target_is_directory=True)
    (folder / "断链.pdf").symlink_to(folder / "没有")
    (folder / "自己.pdf").symlink_to(folder / "自己.pdf")
    (folder / "内链.pdf").symlink_to(folder / "甲.pdf")
    found = surveyed(folder)
    assert list(found.files) == ["内链.pdf", "甲.pdf"]
    assert found.files["内链.pdf"].sha256 == HASH
    assert set(found.outside) == {"外链.pdf", "外夹", "断链.pdf", "自己.pdf"}


def test_a_pipe_in_the_folder_does_not_hang_the_reading(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "管.pdf")
    assert names(laid_out(tmp_path, {"甲.pdf": CONTENT})) == ["甲.pdf"]


def test_what_is_no_folder_is_refused(tmp_path: Path) -> None:
    with pytest.raises(MisuseError, match="不是文件夹"):
        surveyed(tmp_path / "没有")


def test_two_names_that_differ_in_their_form_only_are_refused(tmp_path: Path) -> None:
    laid_out(tmp_path, {unicodedata.normalize(form, "é.pdf"): b"1" for form in ("NFC", "NFD")})
    if len(list(tmp_path.iterdir())) == 1:
        pytest.skip("这个文件系统自己统一文件名的编码")
    with pytest.raises(JunhengError, match="只有编码不同"):
        surveyed(tmp_path)


def test_the_list_is_a_csv_that_no_spreadsheet_computes(tmp_path: Path) -> None:
    text = as_csv(surveyed(laid_out(tmp_path, {"=1+1.pdf": CONTENT}))).decode("utf-8-sig")
    assert text.splitlines() == [
        "文件名,文件校验值（SHA-256）,字节数,页数", f"'=1+1.pdf,{HASH},{len(CONTENT)},",
    ]  # fmt: skip


# --- against the rows --------------------------------------------------------------------------


def verified(folder: Path, *changes) -> Report:
    return check(filing(changed(*changes)), year=YEAR, evidence=folder)


def codes(report: Report) -> list[str]:
    return [each.check for each in report.findings]


def test_a_file_as_it_was_hashed_is_verified_and_nothing_is_said(tmp_path: Path) -> None:
    report = verified(laid_out(tmp_path, {"布局规划.pdf": CONTENT}), plan(), plan(indicator="GV2"))
    assert report.findings == ()
    assert [(s.file, s.sha256, s.size) for s in report.evidence] == [
        ("布局规划.pdf", HASH, len(CONTENT))
    ]
    assert not any("--evidence" in reason for _, reason in report.unverified)


def test_without_the_folder_nothing_is_verified_and_that_is_said() -> None:
    report = check(filing(changed(plan())), year=YEAR)
    assert report.findings == report.evidence == ()
    assert any("--evidence" in reason for _, reason in report.unverified)


def test_another_file_under_the_name_must_be_mended_with_both_hashes_told(tmp_path: Path) -> None:
    report = verified(laid_out(tmp_path, {"布局规划.pdf": b"another"}), plan())
    [found] = report.findings
    assert found.level is Level.MUST_FIX
    assert HASH in found.found
    assert hashlib.sha256(b"another").hexdigest() in found.found
    assert report.evidence == ()


def test_a_blank_hash_is_given_to_fill_in(tmp_path: Path) -> None:
    [found] = verified(laid_out(tmp_path, {"布局规划.pdf": CONTENT}), plan(sha256=None)).findings
    assert (found.check, found.level) == ("R115", Level.NOTE)
    assert HASH in found.mend


def test_a_missing_file_with_a_blank_hash_is_told_once(tmp_path: Path) -> None:
    assert codes(verified(tmp_path, plan(sha256=None))) == ["R113"]


def test_names_are_compared_in_their_composed_form(tmp_path: Path) -> None:
    folder = laid_out(tmp_path, {unicodedata.normalize("NFD", "Café规划.pdf"): CONTENT})
    assert codes(verified(folder, plan(file_name="Café规划.pdf"))) == []
    assert (
        codes(verified(folder, plan(file_name=unicodedata.normalize("NFD", "Café规划.pdf")))) == []
    )


@pytest.mark.parametrize(
    "name", ["../密.pdf", "/etc/hostname", "..", "甲/../../密.pdf", "C:\\密.pdf"]
)
def test_a_row_cannot_point_out_of_the_folder(tmp_path: Path, name: str) -> None:
    (tmp_path / "密.pdf").write_bytes(CONTENT)
    folder = laid_out(tmp_path / "材料", {})
    assert codes(verified(folder, plan(file_name=name))) == ["R113"]


def test_schools_may_call_their_files_alike_each_in_its_own_folder(tmp_path: Path) -> None:
    folder = laid_out(
        tmp_path, {f"{PRIMARY}示例县第一小学/章程.pdf": b"1", f"{JUNIOR}/章程.pdf": b"2"}
    )
    right = (charter(PRIMARY, b"1"), charter(JUNIOR, b"2"))
    assert codes(verified(folder, *right)) == []
    exchanged = (charter(PRIMARY, b"2"), charter(JUNIOR, b"1"))
    assert codes(verified(folder, *exchanged)) == ["R114", "R114"]


def test_the_folder_of_another_school_is_not_searched(tmp_path: Path) -> None:
    folder = laid_out(tmp_path, {f"{JUNIOR}/章程.pdf": b"2"})
    report = verified(folder, charter(PRIMARY, b"2"), charter(JUNIOR, b"2"))
    assert [(each.check, each.key[1]) for each in report.findings] == [("R113", PRIMARY)]


def test_a_file_may_lie_in_any_folder_while_its_name_is_the_only_one(tmp_path: Path) -> None:
    folder = laid_out(tmp_path, {"GV1/布局规划.pdf": CONTENT})
    assert codes(verified(folder, plan())) == []
    laid_out(folder, {"旧/布局规划.pdf": b"old"})
    missing, *unnamed = verified(folder, plan()).findings[::-1]
    assert "2 个" in missing.found
    assert {each.check for each in unnamed} <= {"R116"}
    assert codes(verified(folder, plan(file_name="GV1/布局规划.pdf"))) == ["R116"]
    assert codes(verified(folder, plan(file_name="GV1\\布局规划.pdf"))) == ["R116"]


def test_a_file_that_only_a_lineage_or_a_result_names_is_named(tmp_path: Path) -> None:
    folder = laid_out(tmp_path, {"结果.pdf": CONTENT, "声明.pdf": CONTENT, "批复.pdf": b"x"})
    signatures = [signed(f"VT{n}") for n in range(1, 8)]
    rows = (
        survey("合计", satisfied=1, sampled=2),
        *signatures,
        lineage("renamed", PRIMARY, PRIMARY),
    )
    report = verified(folder, *rows)
    assert codes(report) == []
    assert [each.file for each in report.evidence] == ["声明.pdf", "结果.pdf"]


def test_what_nobody_names_and_what_leads_out_is_noted(tmp_path: Path) -> None:
    folder = laid_out(tmp_path / "材料", {"草稿.docx": b"x"})
    (folder / "外链.pdf").symlink_to(tmp_path)
    report = verified(folder)
    assert [(each.level, each.check, each.origin.file) for each in report.findings] == [
        (Level.NOTE, "R116", "外链.pdf"), (Level.NOTE, "R116", "草稿.docx"),
    ]  # fmt: skip
    assert report.acceptable


def test_a_county_unit_is_not_mistaken_for_the_school_its_code_begins(tmp_path: Path) -> None:
    folder = laid_out(tmp_path, {f"{COUNTY}/布局规划.pdf": CONTENT, "布局规划.pdf": b"old"})
    assert codes(verified(folder, plan())) == ["R116"]
