"""Rows of the invented city, unit by unit: each is a county of its own with a seed of its own."""

from collections.abc import Sequence

from junheng.errors import MisuseError
from junheng.sample.city.ground import ground_of
from junheng.sample.city.plan import plan_of
from junheng.sample.city.units import CITY, Unit
from junheng.sample.county import rows_of_years
from junheng.sample.marks import Rows
from junheng.sample.world import World

YEARS = (2021, 2022, 2023, 2024, 2025, 2026)
SEEDS_A_CITY = 100
SETTLED = 6
"""Years within which only the schools of the plan were founded."""


def make_unit(unit: Unit, *, seed: int, years: Sequence[int] = YEARS) -> dict[int, Rows]:
    """The rows of one unit in each of these years, oldest first; clean under every check.

    Raises MisuseError where no year is asked for.
    """
    if not years:
        raise MisuseError("没有年度。请至少给出一个学年。")
    world = World(
        seed=seed * SEEDS_A_CITY + int(unit.code[-2:]),
        plan=plan_of(unit),
        last=max(years),
        code=unit.code,
        name=unit.name,
        character=unit.character,
        ground=ground_of(unit),
        city=CITY,
        settled=SETTLED,
    )
    return rows_of_years(world, years)
