"""Do the peers find what junheng finds? Before anything is timed, every row of theirs is compared.

The peers compute in floating point, so their numbers agree to a relative 1e-9 and their verdicts
everywhere but where a value lies on its limit, which the slack in their code takes care of here.
Our coefficients of variation come from values on a grid, so that no order of adding changes them:
they may differ from the peers' by the bound that `diagnosis.wide.spreads` proves, and by no more.
"""

import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

import polars as pl

from junheng.diagnosis.wide.spreads import UNITS_OFF

CODES = ("L1", "L2", "L3", "L4", "L5", "L6", "L7")
CLOSE = 1e-9
CLOSE_SHARE = 1e-7
"""A share is a difference from a mean, squared: it keeps fewer digits."""
PART = ("year", "county", "school_code", "stage")


Grid = Mapping[str, int]
"""k of each indicator: the grid of its values is 2^-k."""


def differing(ours: Path, theirs: Path, grid: Grid) -> list[str]:
    """What a whole assessment by a peer says otherwise than junheng; empty where nothing."""
    faults = [*_parts(ours, theirs), *_spreads(ours, _wide_spreads(theirs), grid)]
    mine = _table(ours, "schools").filter(pl.col("status") == "计入")
    faults += _verdicts("schools", mine, _table(theirs, "schools"), PART[:3])
    return faults + _verdicts("counties", _counties(ours), _table(theirs, "counties"), PART[:2])


def differing_cvs(ours: Path, theirs: Path, grid: Grid) -> list[str]:
    """The same for a peer that computes only coefficients of variation."""
    return _spreads(ours, pl.read_parquet(theirs).unpivot(list(CODES), index=["year", "county", "stage"], variable_name="indicator", value_name="theirs"), grid)  # fmt: skip


def must_agree(name: str, faults: Sequence[str]) -> None:
    if faults:
        sys.exit(f"{name} 与 junheng 不一致：\n" + "\n".join(faults))


def _table(folder: Path, name: str) -> pl.DataFrame:
    return pl.read_parquet(folder / name / "**/*.parquet", hive_partitioning=True)


def _counties(ours: Path) -> pl.DataFrame:
    return _table(ours, "counties").select("year", "county", pl.col("resource").alias("verdict"))


def _wide_spreads(theirs: Path) -> pl.DataFrame:
    cvs = _table(theirs, "spreads").rename({f"{code}_cv": code for code in CODES})
    return cvs.unpivot(
        list(CODES),
        index=["year", "county", "stage"],
        variable_name="indicator",
        value_name="theirs",
    )


def _spreads(ours: Path, theirs: pl.DataFrame, grid: Grid) -> list[str]:
    key = ["year", "county", "stage", "indicator"]
    mine = _table(ours, "spreads").select(*key, "cv", "mean").cast({"stage": pl.String})
    both = mine.join(theirs, on=key, how="full", coalesce=True)
    units = pl.col("mean").abs() * 2.0 ** pl.col("indicator").replace_strict(grid, return_dtype=pl.Int64)  # fmt: skip
    bound = 8 * UNITS_OFF * (1 + pl.col("cv")) / units + CLOSE
    pair = both.select("cv", pl.col("theirs").fill_nan(None), bound.fill_null(0).alias("bound"))
    return _far("spreads.cv", pair, len(mine), len(theirs), pl.col("bound"))


def _parts(ours: Path, theirs: Path) -> list[str]:
    mine = _table(ours, "parts").cast({"stage": pl.String})
    other = _table(theirs, "parts")
    both = mine.join(other, on=list(PART), how="full", coalesce=True, suffix="_theirs")
    faults = []
    rows = len(mine), len(other)
    for code in CODES:
        step = 0.01 if code in ("L4", "L5") else 1.0
        met = pl.col(f"{code}_verdict").cast(pl.String).replace_strict({"达标": 1.0, "未达标": 0.0, "缺数据": None}, return_dtype=pl.Float64)  # fmt: skip
        pairs = {
            "value": (pl.col(f"{code}_value"), pl.col(f"{code}_value_theirs"), CLOSE),
            "met": (pl.col(f"{code}_met").cast(pl.Float64), met, 0.0),
            "gap": (pl.col(f"{code}_gap") * step, pl.col(f"{code}_gap_theirs"), CLOSE),
            "share": (pl.col(f"{code}_share"), pl.col(f"{code}_share_theirs"), CLOSE_SHARE),
        }
        for what, (own, their, close) in pairs.items():
            pair = both.select(own.alias("ours"), their.fill_nan(None).alias("theirs"))
            faults += _far(f"parts.{code}_{what}", pair, *rows, close)
    return faults + _verdicts("parts", mine, other, PART)


def _far(
    name: str, pair: pl.DataFrame, mine: int, theirs: int, close: "float | pl.Expr"
) -> list[str]:
    """Rows of one side only, nulls of one side only, numbers too far apart."""
    a, b = (pl.col(each).cast(pl.Float64) for each in pair.columns[:2])
    off = pair.filter((a.is_null() != b.is_null()) | ((a - b).abs() > close * pl.max_horizontal(a.abs(), 1)))  # fmt: skip
    if mine == theirs == len(pair) and off.is_empty():
        return []
    return [
        f"{name}：{mine}行对{theirs}行，并起来{len(pair)}行，其中{len(off)}行不同，例如 {off.head(3).rows()}"
    ]


def _verdicts(name: str, mine: pl.DataFrame, theirs: pl.DataFrame, key: Sequence[str]) -> list[str]:
    both = mine.select(*key, "verdict").join(
        theirs.select(*key, pl.col("verdict").cast(pl.String).alias("theirs")),
        on=list(key), how="full", coalesce=True,
    )  # fmt: skip
    off = both.filter(pl.col("verdict").ne_missing(pl.col("theirs")))
    if len(mine) == len(theirs) == len(both) and off.is_empty():
        return []
    return [
        f"{name}.verdict：{len(mine)}行对{len(theirs)}行，{len(off)}行不同，例如 {off.head(3).rows()}"
    ]
