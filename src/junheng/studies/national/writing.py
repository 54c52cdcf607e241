"""Wide facts of sealed snapshots as a folder of Parquet, partitioned in the manner of Hive.

    OUT/county=410199/year=2025/schools.parquet

The folder's two names are columns of every reader (DuckDB, Polars, Spark) and so stand in no file.
"""

import shutil
import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path

import polars as pl

from junheng.errors import MisuseError, RefusedError
from junheng.indicators.wide import KEY, wide_rows
from junheng.registry import Snapshot

FILE = "schools.parquet"


def write_wide(snapshots: Sequence[Snapshot], out: Path) -> pl.DataFrame:
    """Write the wide rows of all snapshots and return how many each county and year has.

    Raises RefusedError where two snapshots hold the same school in the same year, MisuseError
    where the folder is there already. It is written aside and renamed: never half-written.
    """
    if out.exists():
        raise MisuseError(f"“{out}”已经存在。宽表写成一个新文件夹，请换一个名字，或先移走它。")
    frames = [wide_rows(each.facts) for each in snapshots]
    rows = pl.concat(frames)
    _refuse_twice(rows, snapshots, frames)
    _refuse_nowhere(rows)
    folder_made(out, lambda folder: _write(rows, folder))
    return rows.group_by("county", "year").len("rows").sort("county", "year")


def _refuse_twice(
    rows: pl.DataFrame, snapshots: Sequence[Snapshot], frames: Sequence[pl.DataFrame]
) -> None:
    twice = rows.filter(pl.struct(*KEY).is_duplicated()).sort(*KEY)
    if not len(twice):
        return
    year, code = twice.select(*KEY).row(0)
    holding = [
        each.path.name
        for each, frame in zip(snapshots, frames, strict=True)
        if len(frame.filter(pl.col("year") == year, pl.col("school_code") == code))
    ]
    raise RefusedError(
        f"{year}学年的学校 {code} 在几次封存里都有：{'、'.join(holding)}"
        f"（这样的学校共{twice.select(*KEY).n_unique()}所）。每个区县每年只给一次封存。"
    )


def _refuse_nowhere(rows: pl.DataFrame) -> None:
    lost = rows.filter(pl.col("county").is_null())
    if len(lost):
        raise RefusedError(
            f"{len(lost)}所学校没有写所在区县，例如 {lost['school_code'][0]}。请补报后重新封存。"
        )


def _write(rows: pl.DataFrame, folder: Path) -> None:
    for (county, year), part in rows.group_by("county", "year"):
        place = folder / f"county={county}" / f"year={year}"
        place.mkdir(parents=True)
        part.drop("county", "year").sort("school_code").write_parquet(place / FILE)


def folder_made(out: Path, write: Callable[[Path], None]) -> None:
    """Let `write` fill a folder beside `out`, then rename it: never half-written."""
    out.parent.mkdir(parents=True, exist_ok=True)
    aside = Path(tempfile.mkdtemp(prefix=".writing-", dir=out.parent))
    try:
        write(aside)
        aside.chmod(0o755)
        aside.rename(out)
    except BaseException:
        shutil.rmtree(aside, ignore_errors=True)
        raise
