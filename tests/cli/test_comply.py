"""junheng plan comply, and plan check: the whole road on files alone."""

import json
import re
import sys
from fractions import Fraction
from pathlib import Path

import pytest
from openpyxl import load_workbook

from junheng.cli import run
from junheng.cli.planning import _watched
from junheng.plan.compliance import Progress
from junheng.sample import fill_workbook

pytestmark = pytest.mark.slow

ON = ("--on", "2026-03-31")
LIMITS = 'budget_yuan = "1"\n'


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("comply")
    book, out = folder / "县.xlsx", folder / "库"
    fill_workbook(book, seed=5, schools=9, year=2025)
    assert run(["seal", str(book), "-o", str(out), "--year", "2025", "--by", "人", "--on", "2025-10-20"]) == 0  # fmt: skip
    return out


@pytest.fixture(scope="module")
def written(store: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("plan")
    assert run(["plan", "comply", str(store), *ON, "--by", "2028", "-o", str(out)]) == 0
    return out / "方案.json"


def test_the_plan_holds_when_it_is_checked_from_its_files(
    written: Path, store: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["plan", "check", str(written), str(store)]) == 0
    said = capsys.readouterr().out
    assert "核对一致：方案成立" in said
    assert re.search(r"L5 .*：未达标 → 达标", said)


def test_the_screen_tells_actions_cost_and_proof(
    store: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["plan", "comply", str(store), *ON, "--by", "2028"]) == 0
    said = capsys.readouterr().out
    for word in (
        "全部达到",
        "费用下界",
        "同一引擎精确评估：与方案一致",
        "示例价格, 未核对",
        "演示数据",
    ):
        assert word in said


def test_the_book_has_its_lists(written: Path) -> None:
    book = load_workbook(written.parent / "达标方案.xlsx")
    assert book.sheetnames == [
        "结论", "措施", "逐校", "新增用地", "经费", "条款费用", "前后对比", "要求", "差异系数", "证书", "凭据", "价格",
    ]  # fmt: skip
    reach = {row[1]: row[5] for row in book["证书"].iter_rows(values_only=True) if row[1]}
    assert (reach["L1"], reach["VT1"]) == ("本方案约束", "已经达标")
    lines = [code for code in reach if re.fullmatch(r"[A-Z]{1,2}\d+", str(code))]
    assert len(lines) == 32 + 7


def changed(written: Path, tmp_path: Path, change: str) -> Path:
    """The plan with one thing altered after it was written."""
    held = json.loads(written.read_text(encoding="utf-8"))
    action = held["plan"]["actions"][0]
    if change == "cost":
        action["cost_yuan"] = "1"
    elif change == "amount":
        action["amount"] += 1
    elif change == "effect":
        column = next(iter(action["effects"]))
        action["effects"][column] = str(2 * int(action["effects"][column]))
    elif change == "gone":
        held["plan"]["actions"] = held["plan"]["actions"][1:]
    path = tmp_path / "改.json"
    path.write_text(json.dumps(held, ensure_ascii=False), encoding="utf-8")
    return path


@pytest.mark.parametrize("change", ["cost", "amount", "effect", "gone"])
def test_an_altered_plan_is_found(
    written: Path, store: Path, tmp_path: Path, change: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["plan", "check", str(changed(written, tmp_path, change)), str(store)]) == 1
    said = capsys.readouterr().out
    assert "与证书里的哈希不符" in said
    assert "核对不一致" in said


@pytest.mark.parametrize("change", ["cost", "amount", "effect", "gone"])
def test_even_with_its_hash_made_good_an_altered_plan_is_found(
    written: Path, store: Path, tmp_path: Path, change: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """Nothing that a plan says of itself is believed."""
    from junheng.studies import read_plan

    path = changed(written, tmp_path, change)
    held = json.loads(path.read_text(encoding="utf-8"))
    held["certificate"]["plan"] = read_plan(path)[0].hash
    path.write_text(json.dumps(held, ensure_ascii=False), encoding="utf-8")
    assert run(["plan", "check", str(path), str(store)]) == 1
    assert "哈希不符" not in capsys.readouterr().out


def test_other_facts_are_refused(
    written: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    book, out = tmp_path / "县.xlsx", tmp_path / "库"
    fill_workbook(book, seed=6, schools=9, year=2025)
    run(["seal", str(book), "-o", str(out), "--year", "2025", "--by", "人", "--on", "2025-10-20"])
    capsys.readouterr()
    assert run(["plan", "check", str(written), str(out)]) == 1
    assert "不能套用" in capsys.readouterr().err


def test_a_plan_within_too_little_money_ends_with_status_one(
    store: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["plan", "comply", str(store), *ON, "--by", "2028", "--budget", "1元"]) == 1
    assert "达不到的要求" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("--by", "2025"), "应当在 2026 到 2035 之间"),
        (("--by", "2028", "--budget", "很多"), "金额“很多”看不懂"),
        (("--by", "2028", "--county", "1"), "没有区县 1"),
    ],
)
def test_what_cannot_be_asked_is_said(
    store: Path, words: tuple[str, ...], told: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["plan", "comply", str(store), *ON, *words]) == 2
    assert told in capsys.readouterr().err


def test_a_file_that_is_no_plan_is_named(
    store: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "别的.json"
    path.write_text("{}", encoding="utf-8")
    assert run(["plan", "check", str(path), str(store)]) == 1
    assert "不是达标方案文件" in capsys.readouterr().err


def test_on_a_terminal_progress_tells_cost_and_gap(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """The cost is a fraction: it is rounded exactly, and once crashed every plan before a terminal."""
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True)
    with _watched() as told:
        assert told(Progress("求解", Fraction(25_555_550, 3), 8_000_000.0, 0.0125))
        assert told(Progress("开始", None, 0.0, None))
    assert capsys.readouterr().err.splitlines() == [
        "求解：费用851.9万元，差距 1.25%（Ctrl-C 用现有的方案结束）",
        "开始：还没有方案（Ctrl-C 用现有的方案结束）",
    ]
