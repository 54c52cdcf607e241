"""Facts with some values set, some amounts added and some lists replaced: what a plan leads to.

What was filed stands, but for what belongs to the year of filing alone: its year, and corrections of
its statistics.
"""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from fractions import Fraction
from typing import Any

import polars as pl

from junheng.plan.following import lists_follow
from junheng.registry import Facts, table_of, tables
from junheng.schema import Kind


def applied(
    facts: Facts,
    year: int,
    values: Mapping[str, Mapping[str, Any]],
    rows: Mapping[str, Sequence[Mapping[str, Any]]],
    added: Mapping[tuple[str, str], Fraction],
) -> Facts:
    """New facts for `year`; everything not named stays as it was filed.

    `values`: school → column → value. `rows`: table → rows that take the place of all rows of the
    schools in `values`. `added`: (school, column) → amount; a value that was not filed stays so.
    """
    by_table: dict[str, dict[str, dict[str, Any]]] = {}
    for school, columns in values.items():
        for column, value in columns.items():
            by_table.setdefault(table_of(column).name, {}).setdefault(school, {})[column] = value
    for (school, column), amount in added.items():
        sums = by_table.setdefault(table_of(column).name, {}).setdefault(school, {})
        before = sums[column] if column in sums else _filed(facts, school, column)
        sums[column] = None if before is None else _sum(before, amount, column)
    found: dict[str, list[dict[str, Any]]] = {}
    for name in facts.frames:
        listed = facts[name].to_dicts()
        changes = by_table.get(name, {})
        if name in rows:
            listed = [r for r in listed if r["school_code"] not in values]
            listed += [dict(row) for row in rows[name]]
        elif changes:
            listed = [{**row, **changes.get(row["school_code"], {})} for row in listed]
        found[name] = listed
    lists_follow(found, added, year)
    _of_the_year(found, by_table, year)
    return Facts.from_rows(found, facts.marks.iter_rows(), year=year)


def _of_the_year(
    found: dict[str, list[dict[str, Any]]], changes: Mapping[str, Mapping[str, Mapping[str, Any]]], year: int
) -> None:  # fmt: skip
    """The forms are of `year`, in which nothing was corrected; the register names a school as its return does."""
    found["corrections"] = []
    for row in found["county"]:
        row["filing_year"] = None if row["filing_year"] is None else year
    named = changes.get("schools", {})
    for row in found["register"]:
        now = named.get(row["school_code"], {})
        row.update({column: value for column, value in now.items() if column in row})


def _filed(facts: Facts, school: str, column: str) -> Any:
    found = facts[table_of(column).name].filter(pl.col("school_code") == school)[column]
    return found[0] if len(found) else None


def _sum(before: Any, amount: Fraction, column: str) -> Any:
    kind = tables()[table_of(column).name].columns()[column].kind
    if kind is Kind.INT:
        whole = before + amount
        assert Fraction(whole).denominator == 1, f"{column} counts whole things"
        return int(whole)
    hundredths = Fraction(before) * 100 + amount * 100
    assert hundredths.denominator == 1, f"{column} has two places"
    return Decimal(hundredths.numerator) / 100
