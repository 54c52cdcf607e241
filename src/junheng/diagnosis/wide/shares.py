"""What each part adds to its coefficient of variation: a(X − mean)² / Σa(X − mean)²."""

from collections.abc import Mapping

import narwhals as nw
import polars as pl

from junheng.diagnosis.wide.demanded import Demanded
from junheng.diagnosis.wide.spreads import UNITS_OFF
from junheng.diagnosis.wide.sums import GROUP
from junheng.indicators import VARIANTS
from junheng.indicators.wide.merging import Frame


def beside(spreads: pl.DataFrame, demanded: Demanded) -> pl.DataFrame:
    """One row a year, county and stage: mean and total of each indicator's CV, limits that differ."""
    wide = spreads.select(*GROUP).unique(maintain_order=True)
    for code in demanded.codes:
        of_code = spreads.filter(pl.col("indicator") == code).select(
            *GROUP,
            pl.col("mean").alias(f"{code}_mean"),
            pl.col("total").alias(f"{code}_total"),
        )
        wide = wide.join(of_code, on=GROUP, how="left", validate="1:1", maintain_order="left")
    if demanded.uniform is not None:
        return wide
    return wide.join(
        demanded.limits, on=("county", "stage"), how="left", validate="m:1", maintain_order="left"
    )


def shared(parts: Frame, demanded: Demanded, grid: Mapping[str, int]) -> Frame:
    """Judged parts that stand beside their means and totals, with `<code>_share` and `<code>_below`.

    A share is null where there is no CV, 0 where all values are equal. Below the mean is what lies
    farther below than the mean of the grid may be off: a part on the mean is not below it.
    """
    by_pupils = VARIANTS[demanded.variant].by_pupils
    found = []
    for code in demanded.codes:
        total, away = nw.col(f"{code}_total"), nw.col(f"{code}_value") - nw.col(f"{code}_mean")
        squared = away * away * nw.col("pupils") if by_pupils else away * away
        share = nw.when(total > 0).then(squared / total)
        found.append(share.otherwise(nw.when(total <= 0).then(nw.lit(0.0))).alias(f"{code}_share"))
        below = away < -2.0 * UNITS_OFF * 2.0 ** -grid[code]
        found.append(nw.when(~total.is_null()).then(below).alias(f"{code}_below"))
    return parts.with_columns(*found)
