"""What each part adds to its coefficient of variation: a(X − mean)² / Σa(X − mean)²."""

from collections.abc import Mapping
from math import inf

import narwhals as nw
import polars as pl

from junheng.diagnosis.wide.demanded import Demanded
from junheng.diagnosis.wide.spreads import UNITS_OFF
from junheng.diagnosis.wide.sums import GROUP
from junheng.indicators import VARIANTS
from junheng.indicators.wide.merging import Frame


def beside(spreads: pl.DataFrame, demanded: Demanded) -> pl.DataFrame:
    """One row a year, county and stage: `<code>_mean` and `<code>_total`, and limits that differ.

    `spreads` are as `finished` orders them: of each group a row of every indicator.
    Both are null where there is no CV. A total of 0, where all values are equal, is given as
    infinite: every share of it is 0 without being asked for.
    """
    total = pl.col("total")
    told = spreads.select(
        *GROUP,
        mean=pl.when(total.is_not_null()).then("mean"),
        total=pl.when(total <= 0).then(inf).otherwise(total),
    )
    codes = sorted(demanded.codes)
    wide = (
        told.select(*GROUP)
        .gather_every(len(codes))
        .with_columns(
            told[what].gather_every(len(codes), place).alias(f"{code}_{what}")
            for place, code in enumerate(codes)
            for what in ("mean", "total")
        )
    )
    if demanded.uniform is not None:
        return wide
    return wide.join(
        demanded.limits, on=("county", "stage"), how="left", validate="m:1", maintain_order="left"
    )


def shared(parts: Frame, demanded: Demanded, grid: Mapping[str, int]) -> Frame:
    """Judged parts that stand `beside` their means and totals, with `<code>_share` and `<code>_below`.

    A share is null where there is no CV, 0 where all values are equal. Below the mean is what lies
    farther below than the mean of the grid may be off: a part on the mean is not below it.
    """
    by_pupils = VARIANTS[demanded.variant].by_pupils
    found = []
    for code in demanded.codes:
        away = nw.col(f"{code}_value") - nw.col(f"{code}_mean")
        squared = away * away * nw.col("pupils") if by_pupils else away * away
        found.append((squared / nw.col(f"{code}_total")).alias(f"{code}_share"))
        found.append((away < -2.0 * UNITS_OFF * 2.0 ** -grid[code]).alias(f"{code}_below"))
    return parts.with_columns(*found)
