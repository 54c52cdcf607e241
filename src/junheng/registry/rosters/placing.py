"""Which figure goes into which cell: only where the column applies to the school."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import polars as pl

from junheng.registry.applicability import School, applies
from junheng.registry.catalogue import school_columns
from junheng.registry.facts import TYPES
from junheng.registry.rosters.declaring import Roster
from junheng.registry.template.prefill import certainly_not
from junheng.schema import Column

ASKED = (
    "school_type", "ownership", "urban_rural_code", "boarding_school", "rural_small_50_99",
    "dense_urban_core", "counts_as_school", "leased_sports_area_m2",
)  # fmt: skip
"""What a list of schools may say that decides whether a counted column applies."""
COUNTED = (
    "attached_primary_enrolment", "attached_junior_enrolment", "enrolment_primary", "enrolment_junior",
)  # fmt: skip
"""Counts that decide it, as far as they are more than nothing."""


def stages_allowed(roster: Roster) -> Mapping[str, frozenset[str]]:
    """School type → stages whose pupils the form has a column for."""
    enrolment = {
        each.where["stage"][0]: each.columns
        for each in roster.figure
        if each.kind == "count" and not each.flag and list(each.where) == ["stage"]
    }
    columns = school_columns()
    return {
        kind: frozenset(
            stage
            for stage, names in enrolment.items()
            if any(applies(columns[each], {"school_type": kind}) for each in names)
        )
        for kind in columns["school_type"].choices
    }


def placed(
    schools: pl.DataFrame, roster: Roster, figures: pl.DataFrame, met: frozenset[str]
) -> pl.DataFrame:
    """`schools` with a column for every template column that the register gives.

    A stage that may be attached to a school of another type is 0 where the register holds the
    school and knows the stage at all; `met` are the stages it knows.
    """
    wide = schools.join(figures, on="school_code", how="left")
    for pass_ in (True, False):  # the enrolments first: other columns apply by them
        for number, figure in enumerate(roster.figure):
            if _enrols(figure.columns, figure.where) is pass_:
                wide = _placed(wide, f"f{number}", figure.columns, _attached(figure.where, met))
    return wide.drop([c for c in wide.columns if c[0] == "f" and c[1:].isdigit()])


def _enrols(columns: Sequence[str], where: Mapping[str, Any]) -> bool:
    return list(where) == ["stage"] and any("enrolment" in each for each in columns)


def _attached(where: Mapping[str, tuple[str, ...]], met: frozenset[str]) -> bool:
    return set(where.get("stage", ())) <= met


def _placed(wide: pl.DataFrame, figure: str, columns: Sequence[str], known: bool) -> pl.DataFrame:
    """Put a figure into the first of its columns that applies to the school."""
    free = pl.Series([True] * len(wide), dtype=pl.Boolean)
    for place, column in enumerate(columns):
        declared = school_columns()[column]
        here = free & _applies(wide, declared)
        value = pl.col(figure)
        if place and known:  # a class attached to a school of another type: none is 0
            value = pl.when(pl.col("rows").is_not_null()).then(value.fill_null(0))
        wide = wide.with_columns(pl.when(here).then(value).cast(TYPES[declared.kind]).alias(column))
        free = free & ~here
    return wide


def _applies(wide: pl.DataFrame, column: Column) -> pl.Series:
    """For every school whether a column applies, asked once for each kind of school."""
    return _by_kind(wide, lambda kind: applies(column, kind), pl.Boolean())


def inapplicable(wide: pl.DataFrame) -> pl.Series:
    """For every school the columns that certainly do not apply to it, joined by commas."""
    columns = [each for each in school_columns().values() if each.applies != "always"]

    def named(kind: School) -> str:
        return ",".join(each.name for each in columns if certainly_not(each, kind))

    return _by_kind(wide, named, pl.String())


def _by_kind(
    wide: pl.DataFrame, answer: Callable[[School], object], kind: pl.DataType
) -> pl.Series:
    """What is asked of a school, worked out once for all schools that are alike in what it turns on."""
    kinds = wide.select(
        *(each for each in ASKED if each in wide.columns),
        *((pl.col(each) > 0).cast(pl.Int64) for each in COUNTED if each in wide.columns),
    )
    each = kinds.unique()
    held = each.with_columns(
        pl.Series("held", [answer(school) for school in each.iter_rows(named=True)], kind)
    )
    return kinds.join(held, on=kinds.columns, nulls_equal=True, maintain_order="left")["held"]
