"""The invented county as a workbook that a clerk has filled in, with mistakes if wished."""

import tempfile
from pathlib import Path

from junheng.registry.template import write_filled
from junheng.sample.county import make_county
from junheng.sample.draws import DEMONSTRATION
from junheng.sample.levels import Profile
from junheng.sample.marks import marks_of
from junheng.sample.planting import Planted, plant


def fill_workbook(
    path: Path,
    *,
    seed: int,
    schools: int = 60,
    year: int = 2025,
    errors: int = 0,
    code: str = "410199",
    name: str = "示例县",
    profile: Profile = "mixed",
) -> tuple[Planted, ...]:
    """Write the county's workbook to `path`; every title says 演示数据.

    With `errors`, so many mistakes are planted in it, at most one a school, and returned.
    Raises MisuseError where the county is too small for them.
    """
    rows = make_county(seed=seed, schools=schools, year=year, code=code, name=name, profile=profile)
    marks, title = marks_of(rows, year=year), f"{name}（{DEMONSTRATION}）"
    if not errors:
        write_filled(path, rows, marks, year=year, county_name=title)
        return ()
    with tempfile.TemporaryDirectory() as folder:
        clean = Path(folder) / "clean.xlsx"
        write_filled(clean, rows, marks, year=year, county_name=title)
        return plant(clean, path, count=errors, seed=seed)
