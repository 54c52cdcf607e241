"""The invented city as workbooks: one a unit and year, through the same door as real data.

Units are independent of one another, so they are made side by side; each is the same bytes
whichever process made it.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from junheng.registry.template import write_filled
from junheng.registry.whole_file import write_whole
from junheng.registry.workers import workers
from junheng.sample.city.ground import boundaries
from junheng.sample.city.making import YEARS, make_unit
from junheng.sample.city.units import Unit, units_of
from junheng.sample.draws import DEMONSTRATION, share_out
from junheng.sample.filling import write_with_mistakes
from junheng.sample.marks import marks_of
from junheng.sample.papers import write_evidence
from junheng.sample.planting import Planted

BOUNDARIES = "边界.geojson"


@dataclass(frozen=True)
class Planned:
    """What one process makes: a unit with all its years."""

    unit: Unit
    folder: Path
    seed: int
    years: tuple[int, ...]
    errors: int
    evidence: Path | None


@dataclass(frozen=True)
class UnitWritten:
    """What was written for one unit."""

    workbooks: tuple[Path, ...]
    """One a year, oldest first."""
    papers: int
    planted: tuple[Planted, ...]
    """The mistakes in the last workbook."""


@dataclass(frozen=True)
class CityWritten:
    """What `fill_city` wrote."""

    units: tuple[UnitWritten, ...]
    boundaries: Path

    @property
    def papers(self) -> int:
        return sum(each.papers for each in self.units)


def fill_city(
    folder: Path,
    *,
    seed: int,
    units: int | None = None,
    schools: int | None = None,
    years: Sequence[int] = YEARS,
    errors: int = 0,
    evidence: Path | None = None,
    processes: int | None = None,
) -> CityWritten:
    """Write `folder`/2026/示例市甲区.xlsx for each unit and year, and the plan as 边界.geojson.

    With `evidence`, the papers behind the records of the last year are written there, a folder a
    unit. With `errors`, so many mistakes are planted in the last year, over all units. `processes`
    work side by side, by default as many as there are processors. Raises MisuseError as
    `units_of`, `make_unit` and `plant` do.
    """
    chosen = units_of(units, schools)
    told = tuple(sorted(set(years)))
    for year in told:
        (folder / str(year)).mkdir(parents=True, exist_ok=True)
    shares = share_out(errors, [unit.schools for unit in chosen])
    plans = [
        Planned(unit, folder, seed, told, share, evidence)
        for unit, share in zip(chosen, shares, strict=True)
    ]
    written = _side_by_side(plans, processes)
    path = folder / BOUNDARIES
    text = json.dumps(boundaries(chosen), ensure_ascii=False, indent=1)
    write_whole(path, (text + "\n").encode())
    return CityWritten(tuple(written), path)


def _side_by_side(plans: list[Planned], processes: int | None) -> list[UnitWritten]:
    """Each plan carried out, largest first so that none is waited for; in the order of the plans."""
    if len(plans) == 1 or processes == 1:
        return [write_unit(plan) for plan in plans]
    largest = sorted(range(len(plans)), key=lambda i: -plans[i].unit.schools)
    with workers(processes) as pool:
        running = {i: pool.submit(write_unit, plans[i]) for i in largest}
        return [running[i].result() for i in range(len(plans))]


def write_unit(plan: Planned) -> UnitWritten:
    """Make one unit and write its workbooks."""
    workbooks, papers = [], 0
    planted: tuple[Planted, ...] = ()
    title = f"{plan.unit.name}（{DEMONSTRATION}）"
    made = make_unit(plan.unit, seed=plan.seed, years=plan.years)
    for year, rows in made.items():
        path = plan.folder / str(year) / f"{plan.unit.name}.xlsx"
        last = year == max(made)
        if last and plan.errors:
            planted = write_with_mistakes(path, rows, year, title, plan.errors, plan.seed)
        else:
            write_filled(path, rows, marks_of(rows, year=year), year=year, county_name=title)
        if last and plan.evidence is not None:
            papers += write_evidence(rows, plan.evidence / plan.unit.name)
        workbooks.append(path)
    return UnitWritten(tuple(workbooks), papers, planted)
