"""Wide rows out of facts: what the schools filed, and those on the register that did not file."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from typing import Any

import polars as pl

from junheng.indicators.wide.schema import read_columns, wide_columns, wide_schema
from junheng.registry import NOT_APPLICABLE, Facts, school_columns
from junheng.registry.applicability import applies, must_fill

ATTACHED = ("attached_primary_enrolment", "attached_junior_enrolment")


def wide_rows(facts: Facts) -> pl.DataFrame:
    """The facts of all counties as wide rows, sorted by county and school.

    Of the cells filed as — only those are told whose blank would otherwise count as not filed.
    """
    dashes = _dashes(facts)
    rows = [
        _filed(row, dashes.get(row["school_code"], frozenset()), facts.year)
        for row in facts.schools.iter_rows(named=True)
    ]
    filed = {row["school_code"] for row in rows}
    rows += [
        _absent(row, facts.year)
        for row in facts["register"].iter_rows(named=True)
        if row["school_code"] not in filed
    ]
    frame = pl.DataFrame(rows, schema=wide_schema(), orient="row")
    return frame.sort("county", "school_code")


def _dashes(facts: Facts) -> Mapping[str, set[str]]:
    found: dict[str, set[str]] = defaultdict(set)
    for table, key, column, mark, _ in facts.marks.iter_rows():
        if mark == NOT_APPLICABLE and table != "county":
            found[key].add(column)
    return found


def _filed(
    row: Mapping[str, Any], dashes: "set[str] | frozenset[str]", year: int
) -> dict[str, Any]:
    told = {
        "county": row["location_unit"],
        "year": year,
        "filed": True,
        "not_applicable": ",".join(_telling(row, dashes)) or None,
    }
    return {each.name: told.get(each.name, row.get(each.name)) for each in wide_columns()}


def _telling(row: Mapping[str, Any], dashes: "set[str] | frozenset[str]") -> Iterator[str]:
    """Columns filed as — that would have had to be filed."""
    for name in (*ATTACHED, *read_columns()):
        asked = applies if name in ATTACHED else must_fill
        if row[name] is None and name in dashes and asked(school_columns()[name], row):
            yield name


def _absent(row: Mapping[str, Any], year: int) -> dict[str, Any]:
    told = {
        "county": row["location_unit"],
        "year": year,
        "school_code": row["school_code"],
        "school_name": row["school_name"],
        "school_type": row["school_type"],
        "filed": False,
    }
    return {each.name: told.get(each.name) for each in wide_columns()}
