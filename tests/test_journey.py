"""One journey by the command line: template, filling, check, marking, sealing, verdict, explanation."""

import json
import os
import re
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import polars as pl
import pytest
from openpyxl import load_workbook

from junheng.cli import run
from junheng.registry.layout import INSTRUCTIONS_SHEET, RESULTS_SHEET, sheet_names

ON = "2026-03-31"
SEALED = ("--year", "2025", "--by", "填报员", "--on", "2025-10-20")
COUNTY = "410199"


@dataclass(frozen=True)
class Said:
    """What one command answered."""

    status: int
    out: str
    err: str


Junheng = Callable[..., Said]


@pytest.fixture
def junheng(capsys: pytest.CaptureFixture[str]) -> Junheng:
    """The command line in this process; a traceback would come out as the exception itself."""

    def call(*words: object) -> Said:
        status = run([str(word) for word in words])
        captured = capsys.readouterr()
        return Said(status, captured.out, captured.err)

    return call


@pytest.fixture(scope="session")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A county's workbook as a clerk filled it."""
    book = tmp_path_factory.mktemp("filled") / "示例县.xlsx"
    assert run(["sample", str(book)]) == 0
    return book


@pytest.fixture(scope="session")
def faulty(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The same with mistakes in it."""
    book = tmp_path_factory.mktemp("faulty") / "有错的示例县.xlsx"
    assert run(["sample", str(book), "--errors", "12"]) == 0
    return book


@pytest.fixture(scope="session")
def store(filled: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The workbook sealed."""
    folder = tmp_path_factory.mktemp("store")
    assert run(["seal", str(filled), "-o", str(folder), *SEALED]) == 0
    return folder


# --- the road ----------------------------------------------------------------------------------


def test_the_template_has_every_sheet_and_its_instructions(
    tmp_path: Path, junheng: Junheng
) -> None:
    said = junheng("template", tmp_path / "空白.xlsx", "--year", "2025", "--county", "示例县")
    assert (said.status, said.err) == (0, "")
    sheets = load_workbook(tmp_path / "空白.xlsx", read_only=True).sheetnames
    assert {INSTRUCTIONS_SHEET, *sheet_names()} <= set(sheets)


def test_an_empty_template_is_refused_for_what_is_not_filled(
    tmp_path: Path, junheng: Junheng
) -> None:
    junheng("template", tmp_path / "空白.xlsx")
    said = junheng("check", tmp_path / "空白.xlsx")
    assert said.status == 1
    assert "必须改" in said.out
    assert "没有“区县填报表”" in said.out


def test_a_well_filled_workbook_passes(filled: Path, junheng: Junheng) -> None:
    said = junheng("check", filled)
    assert (said.status, said.err) == (0, "")


def test_a_faulty_workbook_is_refused_and_marked(
    faulty: Path, tmp_path: Path, junheng: Junheng
) -> None:
    marked = tmp_path / "标注.xlsx"
    before = faulty.read_bytes()
    said = junheng("check", faulty, "--mark", marked)
    assert said.status == 1
    assert "必须改" in said.out
    assert faulty.read_bytes() == before, "the clerk's own file is never touched"
    assert RESULTS_SHEET in load_workbook(marked, read_only=True).sheetnames


def test_a_marked_workbook_can_be_handed_in_again(
    faulty: Path, tmp_path: Path, junheng: Junheng
) -> None:
    marked = tmp_path / faulty.name
    first = json.loads(junheng("check", faulty, "--mark", marked, "--json").out)
    second = json.loads(junheng("check", marked, "--json").out)
    told = [
        [(f["check"], f["sheet"], f["cell"]) for f in each["findings"]] for each in (first, second)
    ]
    assert told[0] == told[1]


def test_a_faulty_workbook_is_not_sealed(faulty: Path, tmp_path: Path, junheng: Junheng) -> None:
    said = junheng("seal", faulty, "-o", tmp_path / "库", *SEALED)
    assert said.status == 1
    assert "不能封存" in said.err
    assert not (tmp_path / "库").exists()


def test_sealing_names_the_snapshot(filled: Path, tmp_path: Path, junheng: Junheng) -> None:
    said = junheng("seal", filled, "-o", tmp_path / "库", *SEALED)
    assert (said.status, said.err) == (0, "")
    seal = Path(said.out.splitlines()[-1])
    assert (seal / "seal.json").is_file()
    assert json.loads((seal / "seal.json").read_text(encoding="utf-8"))["by"] == "填报员"


def test_assessing_leaves_the_verdict_and_every_file(
    store: Path, tmp_path: Path, junheng: Junheng
) -> None:
    out = tmp_path / "结果"
    said = junheng("assess", store, "--on", ON, "-o", out)
    assert (said.status, said.err) == (0, ""), "whatever the verdict is"
    assert "未达标" in said.out
    names = sorted(each.name for each in out.iterdir())
    assert names == ["assessment.json", "assessment.parquet", "receipt.json", "结果册.xlsx"]
    for name in names:
        assert name in said.out, "the terminal says where the file is"
    record = json.loads((out / "assessment.json").read_text(encoding="utf-8"))
    assert record["counties"][0]["verdict"] == "未达标"
    assert len(pl.read_parquet(out / "assessment.parquet")) > 0
    assert load_workbook(out / "结果册.xlsx", read_only=True).sheetnames


def test_what_is_printed_for_machines_is_what_is_written(
    store: Path, tmp_path: Path, junheng: Junheng
) -> None:
    said = junheng("assess", store, "--on", ON, "-o", tmp_path, "--json")
    written = json.loads((tmp_path / "assessment.json").read_text(encoding="utf-8"))
    assert json.loads(said.out) == written


def test_a_verdict_can_be_opened_down_to_its_cell(
    store: Path, filled: Path, junheng: Junheng
) -> None:
    record = json.loads(junheng("assess", store, "--on", ON, "--json").out)
    failing = next(p for p in record["counties"][0]["parts"] if p["verdict"] == "未达标")
    wrong = next(i for i in failing["indicators"] if i["verdict"] == "未达标")
    words = ("--school", failing["school_code"], "--indicator", wrong["indicator"])
    said = junheng("explain", store, "--on", ON, *words)
    assert (said.status, said.err) == (0, "")
    assert failing["school_name"] in said.out
    assert re.search(rf"{filled.name} \S+!\$?[A-Z]+\$?\d+", re.sub(r"\s+", " ", said.out))


def test_a_coefficient_of_variation_can_be_opened(store: Path, junheng: Junheng) -> None:
    said = junheng("explain", store, "--on", ON, "--county", COUNTY, "--indicator", "L5")
    assert (said.status, said.err) == (0, "")
    assert "差异系数" in said.out


def test_last_year_prefills_the_next_form(tmp_path: Path, junheng: Junheng) -> None:
    store = tmp_path / "库"
    junheng("sample", tmp_path / "示例县.xlsx", "--schools", "12")
    junheng("seal", tmp_path / "示例县.xlsx", "-o", store, *SEALED)
    said = junheng("template", tmp_path / "2026.xlsx", "--from", store, "--year", "2026")
    assert (said.status, said.err) == (0, "")
    said = junheng("template", tmp_path / "各校", "--from", store, "--year", "2026", "--per-school")
    assert (said.status, said.err) == (0, "")
    assert len(list((tmp_path / "各校").glob("*.xlsx"))) == 13


@pytest.mark.skipif(os.name == "nt", reason="Windows 没有这种权限位")
def test_colleagues_can_read_what_was_written(
    store: Path, tmp_path: Path, junheng: Junheng
) -> None:
    junheng("assess", store, "--on", ON, "-o", tmp_path / "结果")
    written = [*(tmp_path / "结果").iterdir(), *(store / "facts").iterdir(), *store.glob("*/*/*")]
    assert [each for each in written if not each.stat().st_mode & 0o004] == []


# --- the same bytes ----------------------------------------------------------------------------


@pytest.mark.slow
def test_assessing_again_anywhere_gives_the_same_bytes(store: Path, tmp_path: Path) -> None:
    places = (
        {"PYTHONHASHSEED": "1", "TZ": "UTC", "LC_ALL": "C.UTF-8", "POLARS_MAX_THREADS": "1"},
        {"PYTHONHASHSEED": "77", "TZ": "Asia/Shanghai", "LC_ALL": "C", "POLARS_MAX_THREADS": "8"},
    )
    found = []
    for number, place in enumerate(places):
        out = tmp_path / str(number)
        words = ["assess", str(store), "--on", ON, "-o", str(out)]
        subprocess.run(
            [sys.executable, "-m", "junheng", *words], env={**os.environ, **place}, check=True,
            capture_output=True,
        )  # fmt: skip
        found.append({each.name: each.read_bytes() for each in out.iterdir()})
    assert found[0] == found[1]


# --- misuse ------------------------------------------------------------------------------------

MISUSE: dict[str, tuple[str, ...]] = {
    "a path that is not there": ("check", "没有这个文件.xlsx"),
    "a store that is not there": ("assess", "没有这个库", "--on", ON),
    "a day that is none": ("assess", "{store}", "--on", "2026-02-30"),
    "a day in other words": ("seal", "{filled}", "-o", "库", "--year", "2025", "--by", "甲", "--on", "昨天"),
    "a day before any clause": ("assess", "{store}", "--on", "2001-01-01"),
    "an unknown school": ("explain", "{store}", "--on", ON, "--school", "0000000000"),
    "an unknown county": ("explain", "{store}", "--on", ON, "--county", "000000", "--indicator", "L5"),
    "an unknown indicator": ("explain", "{store}", "--on", ON, "--county", COUNTY, "--indicator", "L9"),
    "a county without an indicator": ("explain", "{store}", "--on", ON, "--county", COUNTY),
    "neither school nor county": ("explain", "{store}", "--on", ON),
    "an unknown variant": ("assess", "{store}", "--on", ON, "--variant", "mean"),
    "an unknown relaxation": ("assess", "{store}", "--on", ON, "--relax", "X9"),
    "nobody who seals": ("seal", "{filled}", "-o", "库", "--year", "2025", "--by", " ", "--on", ON),
    "a year in words": ("check", "{filled}", "--year", "今年"),
    "an option that does not exist": ("check", "{filled}", "--fast"),
    "a command that does not exist": ("bless", "{filled}"),
    "no snapshot at all": ("assess", "--on", ON),
    "a missing day": ("assess", "{store}"),
    "schools nobody knows": ("template", "各校", "--per-school"),
    "too few schools": ("sample", "县.xlsx", "--schools", "1"),
}  # fmt: skip


@pytest.mark.parametrize("words", MISUSE.values(), ids=MISUSE)
def test_misuse_is_answered_in_chinese_and_leaves_nothing(
    words: tuple[str, ...],
    store: Path,
    filled: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    junheng: Junheng,
) -> None:
    monkeypatch.chdir(tmp_path)
    said = junheng(*(word.format(store=store, filled=filled) for word in words))
    assert said.status == 2, said
    assert_chinese(said.err)
    assert list(tmp_path.iterdir()) == []


FAULTS: dict[str, tuple[str, bytes]] = {
    "not a workbook": ("报表.xlsx", b"nothing of the kind"),
    "an empty file": ("报表.xlsx", b""),
    "a web page": ("报表.xlsx", b"<html><table></table></html>"),
    "an old workbook": ("报表.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(512)),
}


@pytest.mark.parametrize("fault", FAULTS.values(), ids=FAULTS)
def test_a_file_that_cannot_be_read_is_answered_with_what_to_do(
    fault: tuple[str, bytes], tmp_path: Path, junheng: Junheng
) -> None:
    (tmp_path / fault[0]).write_bytes(fault[1])
    said = junheng("check", tmp_path / fault[0])
    assert said.status == 1
    assert "请" in said.out
    assert_no_traceback(said.out + said.err)


def test_an_empty_folder_is_answered_with_what_to_do(tmp_path: Path, junheng: Junheng) -> None:
    said = junheng("check", tmp_path)
    assert said.status in (1, 2)
    assert "请" in said.out + said.err
    assert_no_traceback(said.out + said.err)


def test_an_altered_snapshot_is_refused(filled: Path, tmp_path: Path, junheng: Junheng) -> None:
    seal = Path(junheng("seal", filled, "-o", tmp_path / "库", *SEALED).out.splitlines()[-1])
    text = (seal / "seal.json").read_text(encoding="utf-8")
    (seal / "seal.json").write_text(text.replace("填报员", "另一人"), encoding="utf-8")
    said = junheng("assess", seal, "--on", ON, "-o", tmp_path / "结果")
    assert said.status == 1
    assert_chinese(said.err)
    assert not (tmp_path / "结果").exists()


def assert_chinese(text: str) -> None:
    """One sentence for the person at the keyboard: Chinese, no traceback, no English sentence."""
    assert_no_traceback(text)
    assert re.search(r"[\u4e00-\u9fff]", text)
    assert re.search(r"(?:[A-Za-z']{2,} ){3,}", text) is None, "no English sentence"


def assert_no_traceback(text: str) -> None:
    assert "Traceback" not in text
    assert "Error" not in text
