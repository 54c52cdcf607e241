"""junheng years and junheng screen from the command line."""

import json
from datetime import date
from pathlib import Path

import pytest

from junheng import registry
from junheng.cli import run
from junheng.registry.template import write_filled
from junheng.sample import make_years, marks_of

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def store(tmp_path_factory) -> Path:
    """Three years of a small county, read from workbooks and sealed."""
    folder = tmp_path_factory.mktemp("years")
    for year, rows in make_years(seed=3, schools=24).items():
        book = folder / f"{year}.xlsx"
        write_filled(
            book, rows, marks_of(rows, year=year), year=year, county_name="示例县（演示数据）"
        )
        report = registry.check(registry.read([book]), year=year)
        registry.seal(report, folder / "库", year=year, by="填报员", on=date(year, 10, 20))
    return folder / "库"


def seals(store: Path) -> list[str]:
    return [str(path) for path in sorted((store / "seals").iterdir())]


def test_a_store_stands_for_all_its_years(store, capsys):
    assert run(["years", str(store)]) == 0
    told = capsys.readouterr().out
    assert "2023—2024学年" in told
    assert "2025—2026学年" in told


def test_snapshots_may_be_named_one_by_one_and_a_gap_is_said(store, capsys):
    first, _, last = seals(store)
    assert run(["years", first, last]) == 0
    assert "没有2024—2025学年的封存" in capsys.readouterr().out


def test_json_holds_the_years_asked_for(store, capsys):
    assert run(["years", str(store), "--indicator", "L5", "--json"]) == 0
    record = json.loads(capsys.readouterr().out)
    assert record["years"] == [2023, 2024, 2025]
    assert {s["indicator"] for c in record["counties"] for s in c["spreads"]} == {"L5"}


def test_the_files_are_written_where_asked(store, tmp_path, capsys):
    assert run(["years", str(store), "-o", str(tmp_path)]) == 0
    assert run(["screen", str(store), "-o", str(tmp_path)]) == 0
    assert {p.name for p in tmp_path.iterdir()} == {
        "years.json", "历年册.xlsx", "screening.json", "疑点册.xlsx"
    }  # fmt: skip
    assert "已写出" in capsys.readouterr().out


def test_days_are_chosen_by_year(store, capsys):
    words = ["years", str(store), "--on", "2026-03-31", "--day", "2024=2025-06-30", "--json"]
    assert run(words) == 0
    (county,) = json.loads(capsys.readouterr().out)["counties"]
    assert [y["on"] for y in county["years"]] == ["2026-03-31", "2025-06-30", "2026-03-31"]


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["--school", "9999999999"], "没有学校“9999999999”"),
        (["--county", "410101"], "没有区县“410101”"),
        (["--indicator", "L9"], "没有指标“L9”"),
        (["--day", "去年"], "“去年”看不懂"),
        (["--day", "2020=2021-03-31"], "没有这一学年的封存"),
    ],
)
def test_what_is_not_there_is_said_in_a_sentence(store, capsys, words, said):
    assert run(["years", str(store), *words]) == 2
    assert said in capsys.readouterr().err


def test_the_same_year_twice_is_refused(store, capsys):
    assert run(["screen", seals(store)[0], str(store)]) == 2
    assert "2023学年有两次封存" in capsys.readouterr().err


def test_an_unknown_screen_is_named_with_the_known_ones(store, capsys):
    assert run(["screen", str(store), "--kind", "nonsense"]) == 2
    assert "class_limit" in capsys.readouterr().err


def test_the_screen_as_json_says_its_days_and_what_was_not_run(store, capsys):
    assert run(["screen", seals(store)[2], "--json"]) == 0
    record = json.loads(capsys.readouterr().out)
    assert record["years"][0]["on"] == "2026-03-31"
    assert {each["kind"] for each in record["unscreened"]} >= {"repeated", "equipment_returned"}
