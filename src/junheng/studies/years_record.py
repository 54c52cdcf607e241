"""Several years as plain data: the documented shape of `years.json`, and one long table.

The shape is described by `years.schema.json` beside this file; exact values are texts, as in the
record of one year.
"""

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import polars as pl

from junheng.studies.rounding import natural, rounded, shown

if TYPE_CHECKING:
    from junheng.studies.years import CountyYears, SchoolYears, Years

FORMAT = "junheng years 1"
COLUMNS = pl.Schema(
    {
        "grain": pl.String(),
        "county": pl.String(),
        "school": pl.String(),
        "code": pl.String(),
        "name": pl.String(),
        "stage": pl.String(),
        "indicator": pl.String(),
        "what": pl.String(),
        "year": pl.Int64(),
        "value": pl.Float64(),
        "limit": pl.Float64(),
        "verdict": pl.String(),
        "near": pl.Boolean(),
        "changed": pl.Boolean(),
    }
)


def years_table(years: "Years") -> pl.DataFrame:
    """One row a figure and year.

    `school` is the latest code of the school's line, `code` its code in that year; `what` is
    value, cv or line; `changed`: the definition is another than in the year before.
    """
    rows = [*_school_rows(years), *_spread_rows(years), *_line_rows(years)]
    return pl.DataFrame(rows, schema=COLUMNS, orient="row")


def _school_rows(years: "Years") -> Iterator[tuple[Any, ...]]:
    for school in years.schools:
        for stage, parts in school.parts.items():
            for year, part in parts.items():
                for each in part.indicators:
                    yield (
                        "part", part.county, school.life.code, part.school_code, part.title,
                        stage.value, each.indicator, "value", year,
                        None if each.value is None else float(each.value), float(each.limit),
                        each.verdict.value, each.near,
                        years.changed(part.county, year, each.indicator),
                    )  # fmt: skip


def _spread_rows(years: "Years") -> Iterator[tuple[Any, ...]]:
    for county in years.counties:
        for stage, indicator in county.keys:
            for year, spread in county.spread(stage, indicator).items():
                yield (
                    "county", county.code, None, county.code, county.name, stage.value, indicator,
                    "cv", year, spread.cv, float(spread.limit), spread.verdict.value, spread.near,
                    years.changed(county.code, year, indicator, spread=True),
                )  # fmt: skip


def _line_rows(years: "Years") -> Iterator[tuple[Any, ...]]:
    for county in years.counties:
        for code in county.line_names:
            for year, line in county.line(code).items():
                yield (
                    "county", county.code, None, county.code, county.name, None, code, "line", year,
                    None, None, line.verdict.value, False,
                    years.changed(county.code, year, code, spread=True),
                )  # fmt: skip


def years_record(years: "Years", *, indicator: str = "") -> dict[str, Any]:
    """All years as JSON-ready data, with the figures of one indicator only where it is named."""
    return {
        "format": FORMAT,
        "years": list(years.studies),
        "missing": list(years.missing),
        "receipts": [study.receipt.to_json() for study in years.studies.values()],
        "counties": [_county(years, county, indicator) for county in years.counties],
        "schools": [_school(years, school, indicator) for school in years.schools],
        "definition_changes": [
            {
                "county": each.county,
                "before": each.before,
                "year": each.year,
                "kind": each.kind,
                "code": each.code,
                "touches": list(each.touches),
                "was": each.was,
                "now": each.now,
            }
            for each in years.changes
        ],
        "lineage": [
            {
                "year": each.year,
                "change": each.change,
                "old_code": each.old_code,
                "new_code": each.new_code,
                "changed_on": None if each.changed_on is None else each.changed_on.isoformat(),
                "document": each.document,
            }
            for each in years.lineage
        ],
        "jumps": [
            {
                "school": each.school_code,
                "column": each.column,
                "check": each.check,
                "before": each.before,
                "year": each.year,
                "was": str(each.was),
                "now": str(each.now),
                "explanation": each.explanation,
                "lineage": each.lineage,
            }
            for each in years.jumps
        ],
    }


def _county(years: "Years", county: "CountyYears", only: str) -> dict[str, Any]:
    return {
        "code": county.code,
        "name": county.name,
        "years": [
            {
                "year": year,
                "on": each.standard.on.isoformat(),
                "verdict": each.verdict.value,
                "resource": each.resource.value,
                "areas": {area.code: area.verdict.value for area in each.areas},
                "reasons": list(each.reasons),
            }
            for year, each in county.verdicts.items()
        ],
        "spreads": [
            {
                "stage": stage.value,
                "indicator": indicator,
                "years": [
                    {
                        "year": year,
                        "cv": shown(each.cv),
                        "limit": natural(each.limit),
                        "verdict": each.verdict.value,
                        "near": each.near,
                        "changed": years.changed(county.code, year, indicator, spread=True),
                    }
                    for year, each in county.spread(stage, indicator).items()
                ],
            }
            for stage, indicator in county.keys
            if only in ("", indicator)
        ],
        "lines": [
            {
                "code": code,
                "label": label,
                "years": [
                    {
                        "year": year,
                        "verdict": line.verdict.value,
                        "changed": years.changed(county.code, year, code, spread=True),
                    }
                    for year, line in county.line(code).items()
                ],
            }
            for code, label in county.line_names.items()
            if only in ("", code)
        ],
    }


def _school(years: "Years", school: "SchoolYears", only: str) -> dict[str, Any]:
    life = school.life
    return {
        "county": life.county,
        "code": life.code,
        "name": life.name,
        "codes": {str(year): code for year, code in life.codes.items()},
        "names": {str(year): name for year, name in life.names.items()},
        "first_seen": life.first_seen,
        "last_seen": life.last_seen,
        "ended": life.ended,
        "parts": [
            {
                "stage": stage.value,
                "year": year,
                "title": part.title,
                "pupils": part.pupils,
                "verdict": part.verdict.value,
                "met": part.met,
                "indicators": [
                    {
                        "indicator": each.indicator,
                        "value": None if each.value is None else rounded(each.value),
                        "exact": None if each.value is None else str(each.value),
                        "limit": natural(each.limit),
                        "verdict": each.verdict.value,
                        "near": each.near,
                        "changed": years.changed(life.county, year, each.indicator),
                    }
                    for each in part.indicators
                    if only in ("", each.indicator)
                ],
            }
            for stage, parts in school.parts.items()
            for year, part in parts.items()
        ],
    }
