"""A small nation for tests: random counties of several years, and counties exactly on the limits of a CV."""

from decimal import Decimal
from pathlib import Path
from typing import Any

import polars as pl
from oracle.cases import batch, renamed
from worked.building import rows_of, school

from junheng.indicators.wide import wide_rows
from junheng.registry import Facts

YEARS = (2023, 2024, 2025)
A_YEAR = 15
"""Random counties of one year."""
CENT = Decimal("0.01")


def nation() -> pl.DataFrame:
    """Wide rows of all years: each with its own random counties, and those on the limits."""
    return pl.concat(_year(place, year) for place, year in enumerate(YEARS))


def write_flat(frame: pl.DataFrame, folder: Path) -> list[str]:
    """One file a year; county and year are columns."""
    folder.mkdir()
    paths = []
    for (year,), rows in frame.partition_by("year", as_dict=True, maintain_order=True).items():
        paths.append(str(folder / f"{year}.parquet"))
        rows.write_parquet(paths[-1])
    return paths


def write_partitioned(frame: pl.DataFrame, folder: Path) -> list[str]:
    """A file a county and year; both are folder names only."""
    frame.write_parquet(
        pl.PartitionBy(folder, key=["county", "year"], include_key=False), mkdir=True
    )
    return [str(folder)]


def _year(place: int, year: int) -> pl.DataFrame:
    rows, marks = batch(range(place * A_YEAR, (place + 1) * A_YEAR))
    written = {"on": on_the_limits(Decimal(0)), "above": on_the_limits(CENT), "open": unanswered()}
    for tag, county in written.items():
        for table, listed in renamed(county, tag).items():
            rows.setdefault(table, []).extend(listed)
    return wide_rows(Facts.from_rows(rows, marks, year=year))


def on_the_limits(more: Decimal) -> dict[str, list[dict[str, Any]]]:
    """A county that meets everything; the CVs of L5 are 0.5 and 0.45 exactly, above them with `more`."""
    sports = "sports_ground_area_m2"
    return rows_of(
        [
            school("A", "primary", {"primary": 100}, **{sports: 8000 + more}),
            school("B", "primary", {"primary": 400}, **{sports: 12000}),
            school(
                "C",
                "junior",
                {"junior": 100},
                **{sports: 7600 + more},
                attached_primary_enrolment=0,
            ),
            school("D", "junior", {"junior": 400}, **{sports: 12400}, attached_primary_enrolment=0),
        ]
    )


def unanswered() -> dict[str, list[dict[str, Any]]]:
    """A county that meets everything but for one number that was not filed."""
    lacking = {"key_teachers_county_plus_primary": None}
    return rows_of(
        [
            school("A", "primary", {"primary": 100}, **lacking),
            school("B", "primary", {"primary": 400}),
        ]
    )
