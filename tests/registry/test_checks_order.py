"""Settled rows keep the order in which they were read, whichever way they are put back."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from junheng.registry import Record, check, read
from junheng.registry.checks.sorting import Tally, in_order, in_place
from junheng.sample import fill_workbook, plant

pytestmark = pytest.mark.slow


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_rows_put_in_place_are_those_looked_for(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, seed: int
) -> None:
    clean, path = tmp_path / "净.xlsx", tmp_path / "县.xlsx"
    fill_workbook(clean, seed=seed, schools=12)
    plant(clean, path, count=12, seed=seed)
    filing = read([path])
    left_out = filing.records[::7]
    fewer = [each for each in filing.records if each not in left_out or each.table == "schools"]
    compared = []

    def both(before: Sequence[Record], tally: Tally) -> Sequence[Record]:
        placed = in_place(before, tally)
        assert list(placed) == list(in_order(before, tally.records))
        compared.append(len(tally.replaced) + len(tally.added))
        return placed

    monkeypatch.setattr("junheng.registry.checks.gathering.in_place", both)
    for records in (filing.records, tuple(fewer)):
        check(replace(filing, records=records))
    assert any(compared)
