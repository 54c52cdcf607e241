"""Coefficients of variation out of their sums: finished once, the same whatever engine summed.

In units of the grid (2^-k), with N pupils, n parts, S = Σav and Q = 2^s·Σ⌊av²·2^-s⌋ (exact, 128 bits):

    weighted            mean S/N    T = (NQ − S²)/N     cv² = T / (N mean²)
    unweighted_pop      mean S/n    T = (nQ − S²)/n     cv² = T / (n mean²)
    unweighted_sample   the same                        cv² = T / ((n − 1) mean²)
    pooled_unweighted   mean m = Σpv/N, T = (nQ − S²)/n + n (S/n − m)², cv² = T / (n m²)

How far this lies from the CV of the exact values: a value is off by less than e = 2 units (the
floor by one, the rounded quotient by far less than another). The deviation is a seminorm and the
mean an average, so both move by at most 2e (the pooled mean moves by e, each distance by 2e), the
sample's by √2 more: |cv' − cv| ≤ 2√2·e(1 + cv)/|mean'|. As cv ≤ cv' + |cv' − cv|, for a mean of at
least 64 units that is below 8e(1 + cv')/|mean'|. Besides, Q is off by less than 2n·2^s, so the
square of the deviation by less than r = 2n·2^s/divisor, and the deviation d by less than r/d.
Where the limit is nearer than both together, where the mean is smaller, and where a sum may not be
exact, exact fractions decide (`exact`); also where the deviation of several parts is so small that
a share might be off by 4e/2^17 = 6e-5 or r/d² = 2^-18. One part alone has no deviation.
"""

from collections.abc import Mapping, Sequence
from fractions import Fraction

import polars as pl

from junheng.diagnosis.verdict import Verdict
from junheng.diagnosis.wide.demanded import Demanded
from junheng.diagnosis.wide.sums import (
    EXACT,
    GROUP,
    MOST_PUPILS,
    SHIFTS,
    SQUARE_OFF,
    weights,
)
from junheng.indicators import VARIANTS, Sample, cv, deviation_of, exceeds, mean_of
from junheng.schema import Stage

UNITS_OFF = 2
"""e: a value on the grid against the exact one, in units of the grid."""
LEAST_MEAN = 64
LEAST_DEVIATION = 2**17
LEAST_OVER_ROUGH = 2**18
ROUNDING = 1e-12
"""Far above what the last few floating operations may add."""

Wide = pl.Int128()


def finished(
    sums: pl.DataFrame, missing: pl.DataFrame, demanded: Demanded, grid: Mapping[str, int]
) -> pl.DataFrame:
    """One row a year, county, stage and indicator, in that order.

    `missing` says how many schools a stage lacks (`missing`). Columns: limit, parts, missing, cv,
    mean, deviation, total (Σa(X − mean)², null without a CV), verdict, one_school, and `unsure`:
    whether exact fractions must decide.
    """
    limits = demanded.spread_limits.lazy()
    # Lazily, for one question to Polars takes its turn once beside whatever else is computed.
    joined = (
        sums.lazy()
        .join(missing.lazy(), on=GROUP, how="full", coalesce=True)
        .join(limits, on=("county", "stage"), how="left", validate="m:1")
    )
    present = joined.with_columns(
        pl.col("missing", "parts").fill_null(0),
        pl.col("pupils").cast(pl.Int64).fill_null(0),
        pl.col(f"{code}_known" for code in demanded.codes).fill_null(0),
    )
    # Few rows are sorted by words, and many by the place that follows from it.
    ordered = present.sort("year", "county", "stage_order").with_columns(
        place=pl.int_range(pl.len(), dtype=pl.Int64) * len(demanded.codes)
    )
    kinds = weights(demanded.variant)
    long = pl.concat(
        _of_code(ordered, code, grid[code], kinds).with_columns(pl.col("place") + rank)
        for rank, code in enumerate(sorted(demanded.codes))
    )
    return _decide(long, demanded.variant).sort("place").drop("place").collect()


def _of_code(frame: pl.LazyFrame, code: str, grid: int, kinds: Sequence[str]) -> pl.LazyFrame:
    """The sums of one indicator under the same names as those of any other, and its grid's unit."""
    own = ("known", *(f"{what}_{kind}" for kind in kinds for what in ("sum", "square")))
    return frame.select(
        *GROUP,
        "place",
        "limit",
        "parts",
        "missing",
        "pupils",
        *(pl.col(f"{code}_{name}").alias(name) for name in own),
        indicator=pl.lit(code),
        unit=pl.lit(2.0**-grid),
    )


def _decide(frame: pl.LazyFrame, variant: str) -> pl.LazyFrame:
    """All indicators at once: Polars takes its time over every expression, however few the rows."""
    mean, total, divisor, rough = _taken(variant)
    complete = (pl.col("missing") == 0) & (pl.col("known") == pl.col("parts"))
    taken = frame.with_columns(
        units=mean, squares=total, divisor=divisor, rough=rough, complete=complete
    )
    judged = taken.with_columns(
        deviation=(pl.col("squares") / pl.col("divisor")).sqrt()
    ).with_columns(cv=pl.col("deviation") / pl.col("units").abs())
    several = pl.col("parts") > 1
    blurred = pl.when(several).then(pl.col("rough") / pl.col("deviation")).otherwise(0.0)
    margin = (8 * UNITS_OFF * (1 + pl.col("cv")) + blurred) / pl.col("units").abs() + ROUNDING
    unsure = (
        pl.any_horizontal(pl.col(f"square_{kind}") >= EXACT for kind in weights(variant))
        | (pl.col("pupils") >= MOST_PUPILS)
        | (pl.col("units").abs() < LEAST_MEAN)
        | ((pl.col("cv") - pl.col("limit")).abs() <= margin)
        | ((pl.col("deviation") < LEAST_DEVIATION) & several)
        | ((pl.col("deviation").pow(2) < LEAST_OVER_ROUGH * pl.col("rough")) & several)
    )
    verdict = pl.when("complete").then(
        pl.when(pl.col("cv") > pl.col("limit"))
        .then(pl.lit(Verdict.FAIL.value))
        .otherwise(pl.lit(Verdict.PASS.value))
    )
    unit = pl.col("unit")
    return judged.select(
        *GROUP,
        "place",
        "indicator",
        "limit",
        pl.col("known").alias("parts"),
        "missing",
        pl.when("complete").then("cv").alias("cv"),
        pl.when("complete").then(pl.col("units") * unit).alias("mean"),
        pl.when("complete").then(pl.col("deviation") * unit).alias("deviation"),
        pl.when("complete").then(pl.col("squares") * unit * unit).alias("total"),
        verdict.fill_null(Verdict.NO_DATA.value).alias("verdict"),
        (pl.col("complete") & (pl.col("known") == 1)).alias("one_school"),
        (pl.col("complete") & unsure).alias("unsure"),
    )


def _taken(variant: str) -> tuple[pl.Expr, pl.Expr, pl.Expr, pl.Expr]:
    """Mean, T, divisor and r of the variant, in units of the grid."""
    chosen = VARIANTS[variant]
    pupils, parts = pl.col("pupils").cast(Wide), pl.col("known").cast(Wide)
    number, kind = (pupils, "p") if chosen.by_pupils else (parts, "n")
    total = _exact(f"sum_{kind}")
    unit = 2 ** SHIFTS[kind]
    around = number * _exact(f"square_{kind}") * pl.lit(unit, Wide) - total * total
    squares = around.cast(pl.Float64) / number.cast(pl.Float64)
    mean = total.cast(pl.Float64) / number.cast(pl.Float64)
    if chosen.pooled and not chosen.by_pupils:
        pooled = _exact("sum_p")
        apart = (pupils * total - parts * pooled).cast(pl.Float64) / pupils.cast(pl.Float64)
        squares += apart * apart / parts.cast(pl.Float64)
        mean = pooled.cast(pl.Float64) / pupils.cast(pl.Float64)
    divisor = (pl.max_horizontal(parts - 1, 1) if chosen.less_one else number).cast(pl.Float64)
    alone = pl.when(parts == 1).then(0.0).otherwise(squares.clip(0))
    return mean, alone, divisor, SQUARE_OFF * unit * parts.cast(pl.Float64) / divisor


def _exact(name: str) -> pl.Expr:
    """A sum as the integer that it is; null where it may be none."""
    return pl.col(name).cast(pl.Int64, strict=False).cast(Wide)


def exact(unsure: pl.DataFrame, parts: pl.DataFrame, demanded: Demanded) -> pl.DataFrame:
    """The unsure rows decided by `spread` on exact fractions; the same columns.

    `parts` holds the parts of their counties, years and stages: pupils, numerators, denominators.
    """
    by_group = parts.partition_by(*GROUP, as_dict=True)
    rows = []
    for row in unsure.iter_rows(named=True):
        group = by_group[row["year"], row["county"], row["stage"]]
        limit = demanded.spread_limit(row["county"], Stage(row["stage"]))
        rows.append(row | _decided(_sample(group, row["indicator"]), demanded.variant, limit))
    return pl.DataFrame(rows, schema=unsure.schema, orient="row")


def _sample(group: pl.DataFrame, code: str) -> Sample:
    pairs = group.select(f"{code}_numerator", f"{code}_denominator").iter_rows()
    values = tuple(Fraction(int(above), int(below)) for above, below in pairs)
    return Sample(values, tuple(group["pupils"].to_list()))


def _decided(sample: Sample, variant: str, limit: Fraction) -> dict[str, object]:
    over = exceeds(sample, variant, limit)
    deviation = deviation_of(sample, variant)
    verdict = Verdict.NO_DATA if over is None else Verdict.FAIL if over else Verdict.PASS
    divisor = VARIANTS[variant].divisor(sample.pupils)
    return {
        "cv": cv(sample, variant),
        "mean": mean_of(sample, variant),
        "deviation": deviation,
        "total": None if over is None else deviation * deviation * divisor,
        "verdict": verdict.value,
        "unsure": False,
    }
