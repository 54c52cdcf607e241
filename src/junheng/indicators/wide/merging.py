"""Wide rows into schools: rows that do not count as a school (不计校数) are added into their parent.

The rules are those of `indicators.merging`. Few rows merge, so what children add is one small
table by parent: a sum a column, nothing where none of them filed it, and `OWED` where one of them
had to and did not. All rows are compared with it once; from then on those that somebody asks for
are marked (`WANTED`), and the rest pass by.
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
FITTING = 10**13
"""An amount up to this, times 100, has 18 digits with its two decimal places."""
ROWS = "merged_rows"
OUTSIDE, POINT, OWN, TAKES, WANTED = "outside", "point", "own", "takes", "wanted"
"""Marks of a row: of a type outside the scope, a teaching point, filed and a school of its own,
filed and may take others in, named as a parent."""
PARENT = ["year", "school_code"]
"""What names a parent."""
STAGES = tuple(Stage)
TOLD = ("county", "year", "school_code", "school_name", "school_type", "ownership", "urban_rural_code")  # fmt: skip


def in_hundredths(rows: Frame) -> list[nw.Expr]:
    """Areas of these rows as 0.01 m², money as fen."""
    times = _times_roomy if rows.implementation.is_duckdb() else _times
    return [times(nw.col(c.name)).alias(c.name) for c in wide_columns() if c.holds == "hundredths"]


def _times(amount: nw.Expr) -> nw.Expr:
    """A decimal times a whole number is exact."""
    return (amount * 100).cast(nw.Int64)


def _times_roomy(amount: nw.Expr) -> nw.Expr:
    """On DuckDB, where a product has no more than the 18 digits of its factor.

    With more digits for every amount it would take thirty times as long.
    """
    roomy = _times(amount.cast(nw.Decimal(38, 2)))
    return nw.when(amount.abs() > FITTING).then(roomy).otherwise(_times(amount))


def whole_numbers(rows: Frame) -> Frame:
    """Counts as 64-bit integers, areas as 0.01 m², money as fen."""
    held = {each.name: each.holds for each in wide_columns()}
    counts = [nw.col(n).cast(nw.Int64).alias(n) for n, h in held.items() if h == "count"]
    texts = (n for n, h in held.items() if h in ("text", "flag"))
    return rows.select(*texts, *counts, *in_hundredths(rows))


def as_integers(rows: Frame, counting: Counting) -> Frame:
    """`whole_numbers`, — in attached classes as 0, and what each row is.

    That is what it says of its type, its stages (`has_…`), its pupils (`pupils_…`) and whether it
    counts: words are compared here, and nowhere again for all rows.
    """
    whole = whole_numbers(rows).with_columns(*without_denied_classes())
    told = whole.with_columns(
        *(has_stage(stage).alias(f"has_{stage}") for stage in STAGES),
        *(pupils_of(stage).alias(f"pupils_{stage}") for stage in STAGES),
        typed(counting.excluded).alias(OUTSIDE),
        typed(["teaching_point"]).alias(POINT),
    )
    counted = nw.col("counts_as_school").fill_null(value=True)
    return told.with_columns(
        (nw.col("filed") & (counted | nw.col(OUTSIDE))).alias(OWN),
        (nw.col("filed") & counted).alias(TAKES),
    )


def merging(rows: Frame) -> Frame:
    """The filed rows that are no school of their own; `rows` as integers. They are few.

    Not counted, of a type within the scope.
    """
    return rows.filter(nw.col("filed") & ~nw.col(OWN))


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
    pupils = [f"pupils_{stage}" for stage in STAGES]
    stages = [nw.col(f"has_{stage}").cast(nw.Int64) for stage in STAGES]
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


def marked(rows: Frame, added: Frame) -> Frame:
    """All rows, those marked `WANTED` that others name as their parent; `added`: see `children`."""
    named = added.select(*PARENT, nw.lit(value=True).alias(WANTED))
    return rows.join(named, on=PARENT, how="left").with_columns(
        nw.col(WANTED).fill_null(value=False)
    )


def _alone(rows: Frame) -> Frame:
    """Filed rows that are schools of their own and take nobody in, as they stand."""
    heads = rows.filter(nw.col(OWN), ~(nw.col(TAKES) & nw.col(WANTED)))
    return heads.select(
        *TOLD,
        OUTSIDE,
        POINT,
        nw.lit(0).cast(nw.Int64).alias(ROWS),
        *(f"has_{stage}" for stage in STAGES),
        *(f"pupils_{stage}" for stage in STAGES),
        *read_columns(),
    )


def parents(rows: Frame, added: Frame) -> Frame:
    """The schools that take children in, with them; `rows` marked, `added` what `children` gives.

    A row that is told not to count (a class of an excluded type) takes nobody in.
    """
    joined = _taking(rows).join(added, on=PARENT, how="inner")
    return joined.with_columns(*asked()).select(
        *TOLD,
        OUTSIDE,
        POINT,
        ROWS,
        *(_either(stage) for stage in STAGES),
        *(_together(stage) for stage in STAGES),
        *(_merged(name) for name in read_columns()),
    )


def _taking(rows: Frame) -> Frame:
    return rows.filter(nw.col(TAKES) & nw.col(WANTED))


def schools(rows: Frame, taking: Frame) -> Frame:
    """Every school that filed, with what merges into it; `taking` is what `parents` gives."""
    return nw.concat([_alone(rows), taking])


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
    return few.join(_there(rows), on=["year", "parent_school_code"], how="anti")


def taken_in(rows: Frame, few: Frame) -> Frame:
    """Uncounted rows that their parent took in."""
    return few.join(_there(rows), on=["year", "parent_school_code"], how="semi")


def _there(rows: Frame) -> Frame:
    """The parents that are there, of those asked for: few again."""
    return _taking(rows).select("year", nw.col("school_code").alias("parent_school_code"))
