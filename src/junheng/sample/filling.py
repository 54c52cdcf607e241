"""The invented county as a workbook that a clerk has filled in."""

from pathlib import Path

from junheng.registry.template import write_filled
from junheng.sample.county import make_county
from junheng.sample.government import DEMONSTRATION
from junheng.sample.levels import Profile
from junheng.sample.marks import Rows, marks_of


def fill_workbook(
    path: Path,
    *,
    seed: int,
    schools: int = 60,
    year: int = 2025,
    code: str = "410199",
    name: str = "示例县",
    profile: Profile = "mixed",
) -> Rows:
    """Write the county's workbook to `path` and return its rows; every title says 演示数据."""
    rows = make_county(
        seed=seed, schools=schools, year=year, code=code, name=name, profile=profile
    )
    title = f"{name}（{DEMONSTRATION}）"
    write_filled(path, rows, marks_of(rows, year=year), year=year, county_name=title)
    return rows
