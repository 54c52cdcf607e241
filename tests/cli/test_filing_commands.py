"""junheng evidence, check and seal with the folder of the evidence and several earlier years."""

import csv
import hashlib
import json
from datetime import date
from pathlib import Path

import pytest
from registry.county_of_eight import DASH, YEAR, changed, put
from registry.papers import plan

from junheng.cli import run
from junheng.registry.template import write_filled

pytestmark = pytest.mark.slow

CONTENT = b"%PDF-1.4 /Type /Page "
HASH = hashlib.sha256(CONTENT).hexdigest()


def workbook(path: Path, *changes, year: int = YEAR) -> Path:
    """The clean county of eight as a workbook."""
    rows = changed(*changes, put("county", "410199", filing_year=year))
    plain = {
        table: [{k: None if v == DASH else v for k, v in row.items()} for row in by_key.values()]
        for table, by_key in rows.items()
    }
    marks = [
        (table, key, column, "不适用", "")
        for table, by_key in rows.items()
        for key, row in by_key.items()
        for column, value in row.items()
        if value == DASH
    ]
    write_filled(path, plain, marks, year=year)
    return path


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "材料").mkdir()
    (tmp_path / "材料" / "布局规划.pdf").write_bytes(CONTENT)
    return tmp_path / "材料"


def test_evidence_lists_the_files_and_writes_what_can_be_copied(folder, tmp_path, capsys) -> None:
    out = tmp_path / "清单.csv"
    assert run(["evidence", str(folder), "-o", str(out)]) == 0
    printed = capsys.readouterr()
    assert printed.out.split() == [HASH, str(len(CONTENT)), "1页", "布局规划.pdf"]
    assert "共 1 份" in printed.err
    with out.open(encoding="utf-8-sig", newline="") as file:
        [row] = csv.DictReader(file)
    assert row == {"文件名": "布局规划.pdf", "文件校验值（SHA-256）": HASH,
                   "字节数": str(len(CONTENT)), "页数": "1"}  # fmt: skip


def test_evidence_of_no_folder_is_a_mistake_of_the_call(tmp_path, capsys) -> None:
    assert run(["evidence", str(tmp_path / "没有")]) == 2
    assert "找不到" in capsys.readouterr().err
    (tmp_path / "甲.pdf").write_bytes(CONTENT)
    assert run(["evidence", str(tmp_path / "甲.pdf")]) == 2
    assert "不是文件夹" in capsys.readouterr().err


def test_a_name_cannot_steer_the_terminal(folder, capsys) -> None:
    (folder / "a\x1b[2J\nb.pdf").write_bytes(b"x")
    assert run(["evidence", str(folder)]) == 0
    assert "a?[2J?b.pdf" in capsys.readouterr().out


def test_check_verifies_the_files(folder, tmp_path, capsys) -> None:
    right = workbook(tmp_path / "对.xlsx", plan(sha256=HASH))
    assert run(["check", str(right), "--evidence", str(folder), "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["findings"] == []
    wrong = workbook(tmp_path / "错.xlsx", plan(sha256="1" * 64))
    assert run(["check", str(wrong), "--evidence", str(folder)]) == 1
    assert HASH in capsys.readouterr().out.replace("\n", "").replace(" ", "")


def test_check_takes_the_day_of_filing(tmp_path, capsys) -> None:
    book = workbook(tmp_path / "县.xlsx", plan(sha256=HASH, valid_to=date(2025, 10, 1)))
    codes = {}
    for on in ("2025-10-01", "2025-10-02"):
        assert run(["check", str(book), "--on", on, "--json"]) == 0
        codes[on] = [f["check"] for f in json.loads(capsys.readouterr().out)["findings"]]
    assert codes == {"2025-10-01": [], "2025-10-02": ["R106"]}


def test_seal_refuses_a_wrong_file_and_records_the_right_one(folder, tmp_path, capsys) -> None:
    words = ["-o", str(tmp_path / "库"), "--year", str(YEAR), "--by", "示例填报员",
             "--on", "2025-10-20", "--evidence", str(folder)]  # fmt: skip
    wrong = workbook(tmp_path / "错.xlsx", plan(sha256="1" * 64))
    assert run(["seal", str(wrong), *words]) == 1
    assert "必须改" in capsys.readouterr().err
    right = workbook(tmp_path / "对.xlsx", plan(sha256=HASH))
    assert run(["seal", str(right), *words]) == 0
    sealed = json.loads(Path(capsys.readouterr().out.splitlines()[-1], "seal.json").read_bytes())
    assert sealed["evidence"] == [{"file": "布局规划.pdf", "sha256": HASH, "bytes": len(CONTENT)}]


def test_last_may_be_given_for_several_years_each_once(tmp_path, capsys) -> None:
    last = workbook(tmp_path / "去年.xlsx", year=YEAR - 1)
    then = workbook(tmp_path / "三年前.xlsx", year=YEAR - 3)
    book = workbook(tmp_path / "今年.xlsx")
    words = ["check", str(book), "--json", "--last", str(last)]
    assert run([*words, "--last", str(then)]) == 0
    told = {each["check"] for each in json.loads(capsys.readouterr().out)["unverified"]}
    assert "§7.4" not in told
    assert run([*words, "--last", str(last)]) == 2
    assert f"{YEAR - 1} 年" in capsys.readouterr().err
