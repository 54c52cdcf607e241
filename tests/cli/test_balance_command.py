"""junheng balance from the command line, and the same call in Python."""

import json
from datetime import date
from pathlib import Path

import polars as pl
import pytest
from sample.in_memory import filing

import junheng
from junheng import registry
from junheng.cli import run
from junheng.registry.checks import check
from junheng.sample import make_unit, units_of
from junheng.studies import balance_record

pytestmark = pytest.mark.slow

YEARS = (2025, 2026)


@pytest.fixture(scope="module")
def store(tmp_path_factory) -> Path:
    """Two years of a city of two small units, sealed."""
    folder = tmp_path_factory.mktemp("city") / "库"
    made = [make_unit(unit, seed=4, years=YEARS) for unit in units_of(2, 24)]
    for year in YEARS:
        rows = {table: [r for one in made for r in one[year][table]] for table in made[0][year]}
        report = check(filing(rows, year), year=year)
        registry.seal(report, folder, year=year, by="填报员", on=date(year, 10, 20))
    return folder


def seals(store: Path) -> list[str]:
    return [str(path) for path in sorted((store / "seals").iterdir())]


def test_a_store_stands_for_all_its_years(store, capsys):
    assert run(["balance", str(store)]) == 0
    told = capsys.readouterr().out
    assert "示例市（演示数据）市域均衡　2025—2027学年" in told
    assert "国家没有给市域" in told
    assert "小学区县之间占方差历年" in told


def test_json_holds_the_stage_and_the_indicators_asked_for(store, capsys):
    words = ["--stage", "初中", "--indicator", "L5", "--indicator", "L1", "--json"]
    assert run(["balance", str(store), *words]) == 0
    record = json.loads(capsys.readouterr().out)
    assert {(f["stage"], f["indicator"]) for f in record["figures"]} == {
        ("junior", "L1"), ("junior", "L5")
    }  # fmt: skip
    assert [y["year"] for y in record["years"]] == [2025, 2026]
    assert [y["on"] for y in record["years"]] == ["2026-03-31", "2027-03-31"]


def test_the_files_are_written_where_asked(store, tmp_path, capsys):
    assert run(["balance", seals(store)[1], "-o", str(tmp_path), "--on", "2027-03-31"]) == 0
    assert {path.name for path in tmp_path.iterdir()} == {
        "balance.json", "balance.parquet", "市域均衡.xlsx"
    }  # fmt: skip
    assert capsys.readouterr().out.count("已写出") == 3
    table = pl.read_parquet(tmp_path / "balance.parquet")
    assert set(table["by"]) == {"all", "unit", "settlement", "ownership"}


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["--stage", "大学"], "没有学段“大学”。请写 primary（小学）或 junior（初中）"),
        (["--stage", "senior"], "没有学段“senior”的数"),
        (["--indicator", "L9"], "没有指标“L9”的数"),
        (["--day", "去年"], "“去年”看不懂"),
        (["--variant", "x"], "没有名为“x”的差异系数算法"),
    ],
)
def test_what_is_not_there_is_said_in_a_sentence(store, capsys, words, said):
    assert run(["balance", str(store), *words]) == 2
    assert said in capsys.readouterr().err


def test_the_same_year_twice_is_refused(store, capsys):
    assert run(["balance", seals(store)[0], str(store)]) == 2
    assert "每个区县每个学年只能给一次" in capsys.readouterr().err


@pytest.mark.slow
def test_python_gives_the_same_figures(store, capsys, tmp_path):
    board = junheng.follow(*seals(store)).balance()
    assert run(["balance", str(store), "--json"]) == 0
    assert json.loads(capsys.readouterr().out) == balance_record(board.study)
    assert "市域均衡" in repr(board.indicator("L5"))
    assert board.table["year"].unique().sort().to_list() == [2025, 2026]
    last = junheng.assess(seals(store)[1], on="2027-03-31").balance()
    assert last.study.figures == board.study.at(2026)
    assert [path.name for path in last.write(tmp_path)][-1] == "市域均衡.xlsx"
