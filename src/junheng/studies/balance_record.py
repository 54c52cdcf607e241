"""City-wide balance as plain data: the documented shape of `balance.json`, and one long table.

The shape is described by `balance.schema.json` beside this file. The sums have thousands of
digits, so figures are told rounded: means and CVs to six places, shares, Theil and Gini to twelve.
"""

from collections.abc import Iterator, Sequence
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from typing import TYPE_CHECKING, Any

import polars as pl

from junheng.studies.rounding import SHARE_PLACES, rounded, shown

if TYPE_CHECKING:
    from junheng.studies.balance import BalanceStudy
    from junheng.studies.balance_figures import BalanceGroup, CityFigure, Grouping
    from junheng.studies.monitoring import Study

FORMAT = "junheng balance 1"
NO_LIMIT = "国家没有给市域的差异系数、泰尔指数、基尼系数规定限值；县的限值只用于县。这些数只说明情况，不作达标与否的结论。"
COLUMNS = pl.Schema(
    {
        "year": pl.Int64(),
        "stage": pl.String(),
        "indicator": pl.String(),
        "by": pl.String(),
        "group": pl.String(),
        "name": pl.String(),
        "parts": pl.Int64(),
        "of": pl.Int64(),
        "pupils": pl.Int64(),
        "mean": pl.Float64(),
        "ratio": pl.Float64(),
        "cv": pl.Float64(),
        "theil": pl.Float64(),
        "gini": pl.Float64(),
        "share": pl.Float64(),
        "between": pl.Float64(),
        "theil_between": pl.Float64(),
    }
)


def balance_table(study: "BalanceStudy") -> pl.DataFrame:
    """One row a figure and group.

    `by` is all (the city), unit, settlement or ownership; `share` is what the group's own
    inequality adds to the city's variance. `between` and `theil_between` are shares that belong to
    a whole grouping and are the same in each of its rows; they are empty in the row `all`.
    """
    rows = [row for figure in study.figures for row in _table_rows(figure)]
    return pl.DataFrame(rows, schema=COLUMNS, orient="row")


def _table_rows(figure: "CityFigure") -> Iterator[tuple[Any, ...]]:
    known = (figure.year, figure.stage.value, figure.indicator)
    yield (*known, "all", *_table_cells(figure.whole), None, None)
    for grouping in figure.groupings:
        shares = (_float(grouping.between), grouping.theil_share_between)
        for group in grouping.groups:
            yield (*known, grouping.by, *_table_cells(group), *shares)


def _table_cells(group: "BalanceGroup") -> tuple[Any, ...]:
    found = group.figures
    return (
        group.key, group.name, group.parts, group.of,
        None if found is None else found.pupils,
        None if found is None else _float(found.mean),
        _float(group.ratio), group.cv,
        None if found is None else found.theil,
        None if found is None else _float(found.gini),
        _float(group.share),
    )  # fmt: skip


def balance_record(study: "BalanceStudy") -> dict[str, Any]:
    """The whole study as JSON-ready data."""
    return {
        "format": FORMAT,
        "no_limit": NO_LIMIT,
        "place": study.place,
        "place_name": study.place_name,
        "years": [_year(study, year, held) for year, held in study.studies.items()],
        "figures": [_figure(each) for each in study.figures],
    }


def _year(study: "BalanceStudy", year: int, held: Sequence["Study"]) -> dict[str, Any]:
    counties = [county for each in held for county in each.assessment.counties]
    return {
        "year": year,
        "on": held[0].assessment.on.isoformat(),
        "units": [{"code": code, "name": name} for code, name in study.units[year].items()],
        "left_out": sum(len(county.left_out) for county in counties),
        "receipts": [each.receipt.to_json() for each in held],
    }


def _figure(figure: "CityFigure") -> dict[str, Any]:
    return {
        "year": figure.year,
        "stage": figure.stage.value,
        "indicator": figure.indicator,
        "variant": figure.variant,
        "all": _group(figure.whole),
        "groupings": [_grouping(each) for each in figure.groupings],
        "lacking": [
            {"county": x.county, "code": x.code, "name": x.name, "reason": x.reason}
            for x in figure.lacking
        ],
    }


def _group(group: "BalanceGroup") -> dict[str, Any]:
    found = group.figures
    return {
        "key": group.key,
        "name": group.name,
        "parts": group.parts,
        "of": group.of,
        "pupils": None if found is None else found.pupils,
        "mean": None if found is None else rounded(found.mean),
        "ratio": None if group.ratio is None else rounded(group.ratio),
        "cv": shown(group.cv),
        "theil": None if found is None else _twelve(found.theil),
        "gini": None if found is None else _twelve(found.gini),
        "share": _twelve(group.share),
    }


def _grouping(each: "Grouping") -> dict[str, Any]:
    found = each.found
    return {
        "by": each.by,
        "variance_between": _twelve(each.between),
        "variance_within": _twelve(each.within),
        "theil_between": None if found is None else _twelve(found.theil_between),
        "theil_within": None if found is None else _twelve(found.theil_within),
        "groups": [_group(group) for group in each.groups],
    }


def _twelve(value: Fraction | float | None) -> str | None:
    """Twelve places, as shares of a CV have them in `assessment.json`."""
    if value is None:
        return None
    if isinstance(value, float):
        return f"{Decimal(repr(value)).quantize(SHARE_PLACES, ROUND_HALF_UP):f}"
    return rounded(value, SHARE_PLACES)


def _float(value: Fraction | None) -> float | None:
    return None if value is None else float(value)
