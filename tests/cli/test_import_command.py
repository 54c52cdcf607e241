"""junheng import on the command line: written, explained, refused."""

from pathlib import Path

import openpyxl
import pytest
from registry.statistics_books import wide, write_set

from junheng.cli import run
from junheng.sample import make_county

pytestmark = pytest.mark.slow


@pytest.fixture
def statistics(tmp_path: Path) -> Path:
    folder = tmp_path / "统计"
    write_set(folder, wide(make_county(seed=1, schools=24)), extra=True)
    return folder


def test_it_writes_the_workbook_and_says_what_is_left_to_type(
    statistics: Path, tmp_path: Path, capsys
) -> None:
    out = tmp_path / "county.xlsx"
    words = ["import", str(statistics), "-o", str(out), "--year", "2025", "--county", "410199"]
    assert run(words) == 0
    said = capsys.readouterr().out
    assert out.is_file()
    assert (tmp_path / "county.来源.json").is_file()
    assert "共 24 所学校" in said
    assert "经费：已填 0 格，还要填" in said
    assert "数据来源" in said
    assert "数据来源" in openpyxl.load_workbook(out, read_only=True).sheetnames


def test_explain_shows_headings_taken_and_not_recognised_and_writes_nothing(
    statistics: Path, tmp_path: Path, capsys
) -> None:
    words = ["import", str(statistics), "--year", "2025", "--county", "410199", "--explain"]
    before = sorted(tmp_path.rglob("*"))
    assert run(words) == 0
    said = capsys.readouterr().out
    assert "“在校生数/一年级” → 一年级人数（人）" in said
    assert "没有认出（不取）：E3“备注/其他”" in said
    assert sorted(tmp_path.rglob("*")) == before


def test_faults_stop_it_and_leave_an_older_workbook_alone(
    statistics: Path, tmp_path: Path, capsys
) -> None:
    out = tmp_path / "county.xlsx"
    out.write_bytes(b"before")
    assert run(["import", str(statistics), "-o", str(out), "--year", "2024"]) == 1
    caught = capsys.readouterr()
    assert "I04 教基1001.xlsx 教基1001" in caught.out
    assert "--county" in caught.out
    assert "没有写出任何文件" in caught.err
    assert out.read_bytes() == b"before"
    assert sorted(each.name for each in tmp_path.iterdir()) == ["county.xlsx", "统计"]


@pytest.mark.parametrize(
    "words",
    [[], ["-o", "x.xlsx", "--unit", "示例县"], ["-o", "x.xlsx", "--mapping", "没有.toml"]],
    ids=["no output", "unit without code", "no mapping"],
)
def test_a_wrong_call_is_named(words: list[str], statistics: Path, capsys) -> None:
    assert run(["import", str(statistics), "--year", "2025", *words]) == 2
    assert capsys.readouterr().err.strip()
