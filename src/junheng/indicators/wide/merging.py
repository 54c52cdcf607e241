"""Wide rows into schools: rows that do not count as a school (不计校数) are added into their parent.

The rules are those of `indicators.merging`. Few rows merge, so what children add is one small
table by parent, joined to the schools: a sum a column, nothing where none of them filed it, and
`OWED` where one of them had to and did not.
"""

from typing import Any, TypeAlias

import narwhals as nw

from junheng.indicators.wide.counting import Counting
from junheng.indicators.wide.schema import read_columns, wide_columns
from junheng.indicators.wide.stages import (
    asked,
    has_stage,
    owes,
    pupils_of,
    typed,
    without_denied_classes,
)
from junheng.schema import Stage

Frame: TypeAlias = nw.LazyFrame[Any]
OWED = -1
"""Stands in a sum of children that lacks a value: no amount is below 0."""
ROWS = "merged_rows"
STAGES = tuple(Stage)
TOLD = ("county", "year", "school_code", "school_name", "school_type", "ownership", "urban_rural_code")  # fmt: skip


def as_cents(name: str) -> nw.Expr:
    """An amount of two decimal places in hundredths.

    Through floating point, which is exact here: a value below 2**46 hundredths is off by less than
    a hundredth of one, and the rounding takes that away.
    """
    return (nw.col(name).cast(nw.Float64) * 100).round(0).cast(nw.Int64).alias(name)


def as_integers(rows: Frame) -> Frame:
    """Counts as 64-bit integers, areas as 0.01 m², money as fen; — in attached classes as 0."""
    held = {each.name: each.holds for each in wide_columns()}
    counts = [nw.col(n).cast(nw.Int64).alias(n) for n, h in held.items() if h == "count"]
    cents = [as_cents(n) for n, h in held.items() if h == "hundredths"]
    names = [n for n, h in held.items() if h in ("text", "flag")]
    return rows.select(*names, *counts, *cents).with_columns(*without_denied_classes())


def uncounted(counting: Counting) -> nw.Expr:
    """Whether a filed row is no school of its own: not counted, of a type within the scope."""
    denied = (~nw.col("counts_as_school")).fill_null(value=False)
    return denied & ~typed(counting.excluded)


def merging(rows: Frame, counting: Counting) -> Frame:
    """The filed rows that are no school of their own; `rows` as integers. They are few."""
    return rows.filter(nw.col("filed") & uncounted(counting))


def most_of_one_parent(few: Frame) -> Frame:
    """One row, `ROWS`: how many rows merge into the parent that takes in most; null where none do."""
    counted = few.group_by("year", "parent_school_code").agg(nw.len().cast(nw.Int64).alias(ROWS))
    return counted.select(nw.col(ROWS).max().alias(ROWS))


def children(few: Frame) -> Frame:
    """What the uncounted rows of each parent add, one row a parent; `few` is what `merging` gives."""
    amounts = [
        nw.when(owes(name)).then(nw.lit(OWED)).otherwise(nw.col(name)).alias(name)
        for name in read_columns()
    ]
    pupils = [pupils_of(stage).alias(f"pupils_{stage}") for stage in STAGES]
    stages = [has_stage(stage).cast(nw.Int64).alias(f"has_{stage}") for stage in STAGES]
    flat = few.with_columns(*asked()).select(
        "year", "parent_school_code", *amounts, *pupils, *stages
    )
    grouped = flat.group_by("year", "parent_school_code").agg(
        nw.len().cast(nw.Int64).alias(ROWS),
        *(nw.col(f"has_{stage}").max().alias(f"child_has_{stage}") for stage in STAGES),
        *(_nothing_or(f"pupils_{stage}") for stage in STAGES),
        *(nw.col(f"pupils_{stage}").null_count().alias(f"unknown_{stage}") for stage in STAGES),
        *(nw.col(name).min().alias(f"least_{name}") for name in read_columns()),
        *(_nothing_or(name) for name in read_columns()),
        *(nw.col(name).count().alias(f"filed_{name}") for name in read_columns()),
    )
    return grouped.select(
        "year",
        nw.col("parent_school_code").alias("school_code"),
        ROWS,
        *(f"child_has_{stage}" for stage in STAGES),
        *(_known_pupils(stage) for stage in STAGES),
        *(_told(name) for name in read_columns()),
    )


def _nothing_or(name: str) -> nw.Expr:
    return nw.col(name).sum().cast(nw.Int64).alias(f"sum_{name}")


def _known_pupils(stage: Stage) -> nw.Expr:
    """Pupils of all children, `OWED` where one of them is not known."""
    unknown = nw.col(f"unknown_{stage}") > 0
    total = nw.col(f"sum_pupils_{stage}")
    return (
        nw.when(unknown)
        .then(nw.lit(OWED).cast(nw.Int64))
        .otherwise(total)
        .alias(f"child_pupils_{stage}")
    )


def _told(name: str) -> nw.Expr:
    owed = nw.col(f"least_{name}") == OWED
    filed = nw.when(nw.col(f"filed_{name}") > 0).then(nw.col(f"sum_{name}"))
    return nw.when(owed).then(nw.lit(OWED).cast(nw.Int64)).otherwise(filed).alias(f"child_{name}")


def own(rows: Frame, counting: Counting) -> Frame:
    """Filed rows that are schools of their own, as they stand: `has_…`, `pupils_…`, amounts."""
    heads = rows.filter(nw.col("filed") & ~uncounted(counting))
    return heads.select(
        *TOLD,
        nw.lit(0).cast(nw.Int64).alias(ROWS),
        *(has_stage(stage).alias(f"has_{stage}") for stage in STAGES),
        *(pupils_of(stage).alias(f"pupils_{stage}") for stage in STAGES),
        *read_columns(),
    )


def parents(rows: Frame, added: Frame, counting: Counting) -> Frame:
    """The schools that take children in, with them; `added` is what `children` gives.

    A row that is told not to count (a class of an excluded type) takes nobody in.
    """
    takes = nw.col("counts_as_school").fill_null(value=True)
    heads = rows.filter(nw.col("filed") & ~uncounted(counting) & takes)
    joined = heads.join(added, on=["year", "school_code"], how="inner").with_columns(
        *asked(),
        *(has_stage(stage).alias(f"has_{stage}") for stage in STAGES),
        *(pupils_of(stage).alias(f"pupils_{stage}") for stage in STAGES),
    )
    return joined.select(
        *TOLD,
        ROWS,
        *(_either(stage) for stage in STAGES),
        *(_together(stage) for stage in STAGES),
        *(_merged(name) for name in read_columns()),
    )


def schools(rows: Frame, taking: Frame, counting: Counting) -> Frame:
    """Every school that filed, with what merges into it; `taking` is what `parents` gives."""
    alone = own(rows, counting).join(
        taking.select("year", "school_code"), on=["year", "school_code"], how="anti"
    )
    return nw.concat([alone, taking])


def _either(stage: Stage) -> nw.Expr:
    theirs = (nw.col(f"child_has_{stage}") > 0).fill_null(value=False)
    return (nw.col(f"has_{stage}") | theirs).alias(f"has_{stage}")


def _together(stage: Stage) -> nw.Expr:
    own_, theirs = nw.col(f"pupils_{stage}"), nw.col(f"child_pupils_{stage}")
    return nw.when(theirs != OWED).then(own_ + theirs).alias(f"pupils_{stage}")


def _merged(name: str) -> nw.Expr:
    """The rule of `merging._total`."""
    own_, theirs = nw.col(name), nw.col(f"child_{name}")
    lacking = owes(name) | (theirs == OWED).fill_null(value=False)
    total = nw.when(own_.is_null()).then(theirs).otherwise(own_ + theirs.fill_null(0))
    return nw.when(~lacking).then(total).alias(name)


def orphans(rows: Frame, few: Frame) -> Frame:
    """Uncounted rows whose parent did not file, or does not count itself."""
    return few.join(_there(rows, few), on=["year", "parent_school_code"], how="anti")


def taken_in(rows: Frame, few: Frame) -> Frame:
    """Uncounted rows that their parent took in."""
    return few.join(_there(rows, few), on=["year", "parent_school_code"], how="semi")


def _there(rows: Frame, few: Frame) -> Frame:
    """The parents that are there, of those asked for: few again, so that few are compared."""
    takes = nw.col("filed") & nw.col("counts_as_school").fill_null(value=True)
    key = ["year", "parent_school_code"]
    found = rows.filter(takes).select("year", nw.col("school_code").alias("parent_school_code"))
    return found.join(few.select(*key), on=key, how="semi")
