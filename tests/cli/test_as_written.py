"""Words of the command line read without the library's validator: the same values as with it."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Annotated

import pytest
import typer

from junheng.cli import run
from junheng.cli.chinese import ChineseCommand
from junheng.errors import MisuseError


def told(
    names: list[str],
    out: Path,
    year: int = 2025,
    share: float = 0.5,
    few: Annotated[int, typer.Option(min=1, max=3)] = 2,
    more: Annotated[list[Path] | None, typer.Option()] = None,
    by: str | None = None,
    loud: Annotated[bool, typer.Option("--loud")] = False,
    late: Annotated[bool, typer.Option("--late/--early")] = True,
) -> None:
    """Tell what came."""
    seen.append((names, out, year, share, few, more, by, loud, late))


seen: list[tuple[object, ...]] = []


def read(cls: type | None, words: list[str]) -> tuple[object, ...]:
    """What a command is given for these words; with the library's own class, or with ours."""
    app = typer.Typer(add_completion=False)
    app.command(cls=cls)(told)
    app(words, standalone_mode=False)
    return seen.pop()


@pytest.mark.parametrize(
    "words",
    [
        ["a", "b", "c"],
        ["甲", "-", "o", "--year", "2024", "--few", "3", "--more", "x", "--more", "y/z"],
        ["a", "o", "--year", "+7", "--by", "", "--loud", "--early"],
        ["a", "o", "--year", "-7", "--share", "0.25", "--by", "12"],
        ["a", "o", "--year", "2024.0"],
        ["a", "o", "--year", " 12 "],
        ["a", "o", "--year", "1_000"],
    ],
)
def test_values_are_those_of_the_library(words: list[str]) -> None:
    ours, theirs = read(ChineseCommand, words), read(None, words)
    assert ours == theirs
    assert [*map(type, ours)] == [*map(type, theirs)]


@pytest.mark.parametrize("words", [["--year", "20a"], ["--few", "4"], ["--year", "九"]])
def test_what_the_library_refuses_is_refused(words: list[str]) -> None:
    for cls in (ChineseCommand, None):
        with pytest.raises(typer.BadParameter):
            read(cls, ["a", "o", *words])


def test_a_refusal_by_the_library_is_still_a_chinese_sentence(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    assert run(["sample", str(tmp_path / "x"), "--years", "20"]) == 2
    assert "不能大于10" in capsys.readouterr().err


def test_assess_loads_no_validator() -> None:
    program = (
        "import json, sys, junheng.cli; status = junheng.cli.run(sys.argv[1:]); "
        "print(json.dumps([status, sorted({m.partition('.')[0] for m in sys.modules})]))"
    )
    asked = ["assess", "没有", "--engine", "polars", "--on", "2026-03-31"]  # no -o
    done = subprocess.run(
        [sys.executable, "-c", program, *asked],
        check=False, capture_output=True, text=True, timeout=120,
    )  # fmt: skip
    status, met = json.loads(done.stdout)
    assert status == MisuseError.exit_status, done.stderr
    assert not {"pydantic", "polars", "rich"} & set(met)
