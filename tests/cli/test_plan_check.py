"""junheng plan check, given files that somebody altered and whose hash was made good again."""

import json
from collections.abc import Callable
from contextlib import suppress
from copy import deepcopy
from pathlib import Path
from typing import Any

import pytest

from junheng.cli import run
from junheng.sample import fill_workbook

Record = dict[str, Any]
Forged = Callable[..., tuple[int, str]]


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("check")
    book, out = folder / "县.xlsx", folder / "库"
    fill_workbook(book, seed=5, schools=12, year=2025)
    assert run(["seal", str(book), "-o", str(out), "--year", "2025", "--by", "人", "--on", "2025-10-20"]) == 0  # fmt: skip
    return out


@pytest.fixture(scope="module")
def record(store: Path, tmp_path_factory: pytest.TempPathFactory) -> Record:
    out = tmp_path_factory.mktemp("plan")
    assert run(["plan", "comply", str(store), "--on", "2026-03-31", "--by", "2028", "-o", str(out)]) == 0  # fmt: skip
    held: Record = json.loads((out / "方案.json").read_text(encoding="utf-8"))
    return held


@pytest.fixture
def forged(
    record: Record, store: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> Forged:
    """Status and words of `plan check` on the record after a change, its hash made good."""
    from junheng.errors import UnreadableFileError
    from junheng.studies import read_plan

    def checked(change: Callable[[Record], object]) -> tuple[int, str]:
        held = deepcopy(record)
        change(held)
        path = tmp_path / "改.json"
        path.write_text(json.dumps(held, ensure_ascii=False), encoding="utf-8")
        with suppress(UnreadableFileError):
            held["certificate"]["plan"] = read_plan(path)[0].hash
        path.write_text(json.dumps(held, ensure_ascii=False), encoding="utf-8")
        capsys.readouterr()
        status = run(["plan", "check", str(path), str(store)])
        told = capsys.readouterr()
        return status, told.out + told.err

    return checked


def action(held: Record, item: str) -> Record:
    found: Record = next(a for a in held["plan"]["actions"] if a["item"] == item)
    return found


def resize(each: Record, amount: int, year: int | None = None) -> None:
    """The action with another amount, its price and effects along with it."""
    was = each["amount"]
    for key in ("cost_yuan", "yearly_cost_yuan"):
        each[key] = str(int(each[key]) * amount // was)
    each["effects"] = {c: str(int(n) * amount // was) for c, n in each["effects"].items()}
    each["amount"], each["year"] = amount, year or each["year"]


def split(held: Record, item: str, more: int, less: int) -> None:
    """So much more of it in its year, and a negative amount in 2026."""
    each = action(held, item)
    other = deepcopy(each)
    resize(other, less, 2026)
    resize(each, each["amount"] + more)
    held["plan"]["actions"].append(other)


def test_the_plan_as_it_was_written_holds(forged: Forged) -> None:
    status, told = forged(lambda held: None)
    assert (status, "核对一致：方案成立" in told) == (0, True), told


def test_nothing_is_done_less_than_not_at_all(forged: Forged) -> None:
    """Of one lever all years together are no less than nought; each must be more than that."""
    status, told = forged(lambda held: split(held, "new_sports_ground", 1000, -1000))
    assert status == 1
    assert "核对一致" not in told


def test_one_way_is_written_once_a_year(forged: Forged) -> None:
    def twice(held: Record) -> None:
        each = action(held, "new_sports_ground")
        other = deepcopy(each)
        resize(each, each["amount"] - 1)
        resize(other, 1)
        held["plan"]["actions"].append(other)

    status, told = forged(twice)
    assert status == 1
    assert "写了两次" in told
