"""Which figure goes into which cell: only where the column applies to the school."""

from collections.abc import Callable, Iterator, Mapping
from functools import partial

import polars as pl

from junheng.registry.applicability import School, applies
from junheng.registry.catalogue import school_columns
from junheng.registry.facts import TYPES
from junheng.registry.rosters.declaring import Figure, Roster
from junheng.registry.template.prefill import certainly_not

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
    wide = schools.join(figures, on="school_code", how="left", maintain_order="left")
    for first in (True, False):  # the enrolments first: other columns apply by them
        kinds = Kinds(wide)
        wide = wide.with_columns(
            column
            for number, figure in enumerate(roster.figure)
            if _enrols(figure) is first
            for column in _placed(f"f{number}", figure, kinds, met)
        )
    return wide.drop([c for c in wide.columns if c[0] == "f" and c[1:].isdigit()])


def _enrols(figure: Figure) -> bool:
    return list(figure.where) == ["stage"] and any("enrolment" in each for each in figure.columns)


def _placed(
    figure: str, declared: Figure, kinds: "Kinds", met: frozenset[str]
) -> Iterator[pl.Expr]:
    """A figure in the first of its columns that applies to the school, null in the others."""
    free = pl.lit(value=True)
    for place, name in enumerate(declared.columns):
        column = school_columns()[name]
        here = kinds.of(partial(applies, column), pl.Boolean())
        value = pl.col(figure)
        if place and set(declared.where["stage"]) <= met:  # attached to another type: none is 0
            value = pl.when(pl.col("rows").is_not_null()).then(value.fill_null(0))
        yield pl.when(free & here).then(value).cast(TYPES[column.kind]).alias(name)
        free = free & ~pl.lit(here)


def inapplicable(wide: pl.DataFrame) -> pl.Series:
    """For every school the columns that certainly do not apply to it, joined by commas."""
    columns = [each for each in school_columns().values() if each.applies != "always"]

    def named(kind: School) -> str:
        return ",".join(each.name for each in columns if certainly_not(each, kind))

    return Kinds(wide).of(named, pl.String())


class Kinds:
    """The schools sorted by all that decides whether a column applies, so that it is asked once
    for each kind of school and not for each school."""

    def __init__(self, wide: pl.DataFrame) -> None:
        said = wide.select(
            *(each for each in ASKED if each in wide.columns),
            *((pl.col(each) > 0).cast(pl.Int64) for each in COUNTED if each in wide.columns),
        )
        kinds = said.unique()
        self._kinds = list(kinds.iter_rows(named=True))
        self._kind = said.join(
            kinds.with_row_index("kind"), on=said.columns, nulls_equal=True, maintain_order="left"
        )["kind"]

    def of(self, answer: Callable[[School], object], kind: pl.DataType) -> pl.Series:
        """The answer for every school, in their order."""
        return pl.Series([answer(each) for each in self._kinds], dtype=kind).gather(self._kind)
