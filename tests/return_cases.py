"""An invented county taken apart: its facts of two years, and the workbook of any school of it."""

from functools import cache
from pathlib import Path
from typing import Any

from junheng.casework.returns import Context, Owner, own_marks, own_rows
from junheng.registry import Facts
from junheng.registry.template import write_filled
from junheng.sample.county import make_years
from junheng.sample.marks import marks_of

CODE, NAME, YEAR = "410199", "示例县", 2026


@cache
def both_years(seed: int = 7, schools: int = 12) -> dict[int, Facts]:
    """Facts of the county in 2025 and 2026."""
    made = make_years(seed=seed, schools=schools, years=(YEAR - 1, YEAR), code=CODE, name=NAME)
    return {
        year: Facts.from_rows(
            {name: [_plain(row) for row in held] for name, held in rows.items()},
            marks_of(rows, year=year),
            year=year,
        )
        for year, rows in made.items()
    }


def _plain(row: Any) -> dict[str, Any]:
    return {name: value for name, value in row.items() if "!" not in name}


def schools(facts: Facts) -> list[str]:
    return facts["schools"]["school_code"].to_list()


def owner(facts: Facts, code: str = "") -> Owner:
    names = dict(facts["schools"].select("school_code", "school_name").iter_rows())
    return Owner(CODE, NAME, code, names[code] if code else "")


def workbook(path: Path, facts: Facts, code: str = "", **changes: Any) -> Path:
    """The filled workbook of one school (or the county's); `changes` are `table__column=value`."""
    rows = own_rows(facts, code)
    for where, value in changes.items():
        table, column = where.split("__")
        rows[table] = [{**row, column: value} for row in rows[table]]
    write_filled(path, rows, own_marks(facts, code), year=YEAR)
    return path


def context(seed: int = 7, schools: int = 12) -> Context:
    years = both_years(seed, schools)
    beside = own_rows(years[YEAR])
    return Context({"lineage": beside["lineage"]}, (years[YEAR - 1],))
