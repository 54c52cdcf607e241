"""A small county of the sample, from a filled workbook to a sealed snapshot, for plans of real returns."""

from pathlib import Path

import junheng
from junheng.registry import Snapshot
from junheng.sample import fill_workbook

YEAR = 2025


def sealed(folder: Path, *, seed: int = 5, schools: int = 9) -> Snapshot:
    """Its store lies in the folder, as 库."""
    fill_workbook(folder / "县.xlsx", seed=seed, schools=schools, year=YEAR)
    report = junheng.check(junheng.read(folder / "县.xlsx"))
    return junheng.seal(report, folder / "库", year=YEAR, by="人", on=f"{YEAR}-10-20")
