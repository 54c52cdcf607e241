"""A plan at prices changed by hand is checked at those prices, from its files alone."""

import json
from pathlib import Path

import pytest
from plan.compliance.sealing import sealed

import junheng
from junheng.cli import run
from junheng.plan import load_prices
from junheng.plan.compliance import as_priced, repriced

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("repriced")
    board = junheng.assess(sealed(folder), on="2026-03-31").comply(by=2028)
    board.reprice("gymnasium_area", 1).reprice("equipment", "1.5").solve().write(folder / "方案")
    return folder


def test_a_plan_at_changed_prices_holds_at_them(
    made: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["plan", "check", str(made / "方案" / "方案.json"), str(made / "库")]) == 0
    assert "新建体育馆改为1元；购置教学仪器设备改为1.50元" in capsys.readouterr().out


def test_the_change_that_is_told_is_the_one_that_is_priced(
    made: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    held = json.loads((made / "方案" / "方案.json").read_text(encoding="utf-8"))
    told = held["plan"]["settings"]["prices_sha256"]
    held["plan"]["settings"]["prices_sha256"] = told.replace("=1+", "=2+")
    path = tmp_path / "改.json"
    path.write_text(json.dumps(held, ensure_ascii=False), encoding="utf-8")
    assert run(["plan", "check", str(path), str(made / "库")]) == 1
    assert "费用、作用与价格表" in capsys.readouterr().out


def test_what_is_no_change_of_this_list_changes_nothing() -> None:
    prices = load_prices()
    changed = repriced(repriced(prices, "music_room", 7), "art_room", 3)
    assert as_priced(prices, changed.sha256) == changed
    for other in (
        prices.sha256,
        "0" * 64,
        f"{prices.sha256}+music_room=-1",
        f"{'0' * 64}+music_room=1",
    ):
        assert as_priced(prices, other) is prices
