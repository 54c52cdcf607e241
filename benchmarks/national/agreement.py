"""Do the peers find what junheng finds? Before anything is timed, every column of every row is compared.

What is whole, a word or yes and no must be the same: numerators, denominators, verdicts, gaps,
counts, reasons. What both compute in floating point may differ by its own rounding. Our coefficients
of variation come from values on a grid, so that no order of adding changes them: they may differ
from the peers' by the bound that `diagnosis.wide.spreads` proves, and by no more.
"""

import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

import polars as pl

from junheng.diagnosis.wide.spreads import LEAST_OVER_ROUGH, UNITS_OFF

CODES = ("L1", "L2", "L3", "L4", "L5", "L6", "L7")
CLOSE = 1e-12
CLOSE_CV = 1e-9
CLOSE_SHARE = 1e-7
"""A share is a difference from a mean, squared: it keeps fewer digits."""
PART = ("year", "county", "school_code", "stage")
GROUP = ("year", "county", "stage")
KEYS = {
    "parts": PART,
    "schools": PART[:3],
    "spreads": (*GROUP, "indicator"),
    "counties": GROUP[:2],
}

Grid = Mapping[str, int]
"""k of each indicator: the grid of its values is 2^-k."""


def differing(ours: Path, theirs: Path, grid: Grid, *, share: float = CLOSE_SHARE) -> list[str]:
    """What a whole assessment by a peer says otherwise than junheng; empty where nothing.

    `share`: how far apart a share may be.
    """
    spreads = _table(ours, "spreads")
    faults = []
    for name, key in KEYS.items():
        mine, other = _table(ours, name), _table(theirs, name)
        if set(mine.columns) != set(other.columns):
            faults.append(f"{name}：栏目不同 {set(mine.columns) ^ set(other.columns)}")
            continue
        if name == "parts":
            mine = _with_means(mine, spreads)
        both = mine.join(other, on=list(key), how="full", coalesce=True, suffix="_theirs")
        if not len(mine) == len(other) == len(both):
            faults.append(f"{name}：{len(mine)}行对{len(other)}行，并起来{len(both)}行")
        for column in other.columns:
            if column not in key:
                off = both.filter(_off(name, column, mine, grid, share))
                if len(off):
                    shown = off.select(*key, column, f"{column}_theirs").head(3).rows()
                    faults.append(f"{name}.{column}：{len(off)}行不同，例如 {shown}")
    return faults


def compared(ours: Path) -> int:
    """How many columns of all four tables are compared."""
    return sum(len(_table(ours, name).columns) for name in KEYS)


def differing_cvs(ours: Path, theirs: Path, grid: Grid) -> list[str]:
    """The same for a peer that computes only coefficients of variation."""
    cvs = pl.read_parquet(theirs).unpivot(
        list(CODES), index=list(GROUP), variable_name="indicator", value_name="cv_theirs"
    )
    mine = _table(ours, "spreads")
    both = mine.join(cvs, on=list(KEYS["spreads"]), how="full", coalesce=True)
    off = both.filter(_apart("cv", _bound("spreads", "cv", grid, 0.0)))
    if len(mine) == len(cvs) == len(both) and off.is_empty():
        return []
    return [f"spreads.cv：{len(mine)}行对{len(cvs)}行，{len(off)}行不同，例如 {off.head(3).rows()}"]


def must_agree(name: str, faults: Sequence[str]) -> None:
    if faults:
        sys.exit(f"{name} 与 junheng 不一致：\n" + "\n".join(faults))


def _table(folder: Path, name: str) -> pl.DataFrame:
    """One table, words as text and whole numbers in 64 bits."""
    found = pl.read_parquet(folder / name / "**/*.parquet", hive_partitioning=True)
    return found.with_columns(
        pl.col(pl.Categorical, pl.Enum).cast(pl.String),
        pl.selectors.integer().cast(pl.Int64),
        pl.selectors.decimal().cast(pl.Int64),
    )


def _with_means(parts: pl.DataFrame, spreads: pl.DataFrame) -> pl.DataFrame:
    """Parts beside the means of their counties, `<code>_mean`."""
    means = spreads.pivot("indicator", index=list(GROUP), values="mean")
    return parts.join(means.rename({code: f"{code}_mean" for code in CODES}), on=list(GROUP), how="left")  # fmt: skip


def _off(name: str, column: str, mine: pl.DataFrame, grid: Grid, share: float) -> pl.Expr:
    """Whether a row differs in a column beyond what is allowed."""
    if mine[column].dtype.is_float():
        return _apart(column, _bound(name, column, grid, share))
    other = pl.col(column).ne_missing(pl.col(f"{column}_theirs"))
    if not column.endswith("_below"):
        return other
    code = column.removesuffix("_below")
    away = (pl.col(f"{code}_value") - pl.col(f"{code}_mean")).abs()
    return other & (away > 4 * UNITS_OFF * 2.0 ** -grid[code]).fill_null(value=True)


def _apart(column: str, bound: pl.Expr) -> pl.Expr:
    a, b = pl.col(column), pl.col(f"{column}_theirs").fill_nan(None)
    return (a.is_null() != b.is_null()) | ((a - b).abs() > bound).fill_null(a.is_not_null())


def _bound(name: str, column: str, grid: Grid, share: float) -> pl.Expr:
    """How far our number and theirs may lie apart."""
    near = CLOSE * pl.max_horizontal(pl.col(column).abs(), 1)
    if column.endswith("_share"):
        return pl.lit(share)
    if name != "spreads" or column == "limit":
        return near
    unit = 2.0 ** -pl.col("indicator").replace_strict(grid, return_dtype=pl.Int64).cast(pl.Float64)
    deviation = pl.col("deviation")
    moved = 4 * UNITS_OFF * unit + deviation / LEAST_OVER_ROUGH
    cv = 8 * UNITS_OFF * (1 + pl.col("cv")) * unit / pl.col("mean").abs() + CLOSE_CV
    relative = 2 * moved / pl.when(deviation > 0).then(deviation).otherwise(1.0)
    return {
        "cv": cv,
        "mean": UNITS_OFF * unit + near,
        "deviation": moved + near,
        "total": relative * pl.col("total") + near,
    }[column]
