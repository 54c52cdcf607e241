"""junheng plan class-size from the command line."""

import json
from pathlib import Path

import pytest

from junheng.cli import run
from junheng.cli.planning import metres
from junheng.errors import MisuseError
from junheng.sample import fill_workbook


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("plan")
    fill_workbook(folder / "示例县.xlsx", seed=1, schools=24)
    words = ["seal", str(folder / "示例县.xlsx"), "-o", str(folder / "库"), "--year", "2025"]
    assert run([*words, "--by", "填报人", "--on", "2025-10-20"]) == 0
    return folder / "库"


def asked(store: Path, *words: str) -> list[str]:
    return ["plan", "class-size", str(store), "--on", "2026-03-31", *words]


def test_the_plan_is_printed_and_written(
    store: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(asked(store, "-o", str(tmp_path))) == 0
    text = capsys.readouterr().out
    assert "班额方案" in text
    assert "已写出" in text
    assert sorted(p.name for p in tmp_path.iterdir()) == ["class_size.json", "班额方案.xlsx"]


def test_json_is_nothing_but_json(store: Path, capfd: pytest.CaptureFixture[str]) -> None:
    """The solver must not write to standard output: hence the file descriptor is watched."""
    assert run(asked(store, "--years", "1", "--within", "1.5km", "--json")) == 0
    record = json.loads(capfd.readouterr().out)
    assert record["format"] == "junheng class-size plan 1"
    assert record["within_m"] == 1500
    assert record["years"] == [2026]


@pytest.mark.parametrize(
    ("text", "length"),
    [("2km", 2000), ("1.5km", 1500), ("800m", 800), ("0.25公里", 250), ("90米", 90)],
)
def test_distances_are_read_exactly(text: str, length: int) -> None:
    assert metres(text) == length


@pytest.mark.parametrize("text", ["2", "2 miles", "-1km", "km", "1,5km"])
def test_other_distances_are_refused(text: str) -> None:
    with pytest.raises(MisuseError, match="2km"):
        metres(text)


@pytest.mark.parametrize(
    ("words", "status", "told"),
    [
        (["--prices", "没有.toml"], 2, "没有.toml"),
        (["--entrants", "没有.csv"], 2, "没有.csv"),
        (["--within", "far"], 2, "far"),
        (["--years", "4"], 2, "不能大于3"),
    ],
)
def test_what_does_not_fit_is_a_sentence(
    store: Path, words: list[str], status: int, told: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(asked(store, *words)) == status
    said = capsys.readouterr().err
    assert told in said
    assert "Traceback" not in said


def test_a_wrong_price_list_is_refused_with_file_and_key(
    store: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "价格.toml"
    path.write_text('title = "某市"\n', encoding="utf-8")
    assert run(asked(store, "--prices", str(path))) == 1
    said = capsys.readouterr().err
    assert "价格.toml" in said
    assert "status" in said
