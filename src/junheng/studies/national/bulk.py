"""The whole bulk assessment: opened, computed, written aside, renamed, with its receipt."""

import shutil
import tempfile
from collections.abc import Collection, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import date
from functools import partial
from itertools import count
from pathlib import Path
from typing import Any

import polars as pl

from junheng.errors import MisuseError
from junheng.indicators.wide.merging import Frame
from junheng.studies.monitoring import as_json
from junheng.studies.national.assessing import (
    Bulk,
    begun,
    counties_of,
    spreads_of,
    write_parts,
    write_schools,
)
from junheng.studies.national.engines import AT_ONCE, ENGINES, Engine, OnPolars
from junheng.studies.national.receipt import receipt_of


@dataclass(frozen=True)
class NationalResult:
    """What a bulk assessment came to; the rows lie in the folder."""

    out: Path
    counties: pl.DataFrame
    """A row a year and county: `resource` and what speaks against it."""
    spreads: pl.DataFrame
    """A row a year, county, stage and indicator."""
    receipt: Mapping[str, Any]


def assess_wide(
    paths: Sequence[str],
    *,
    engine: str,
    on: date,
    out: Path,
    master: str = "",
    scheme: str = "2017-quality",
    variant: str = "",
    memory: str = "",
) -> NationalResult:
    """Assess wide facts on `engine` (duckdb, polars, spark) and write parts, schools, spreads, counties.

    `memory` bounds DuckDB's buffers (default 640MB); `master` is Spark's address. Raises MisuseError
    for words that do not fit or columns that are not those of wide facts, RefusedError for rows
    that cannot be facts. `out` is written aside and renamed: never half-written.
    """
    out = Path(out)
    if out.exists():
        raise MisuseError(f"“{out}”已经存在。结果写成一个新文件夹，请换一个名字，或先移走它。")
    out.parent.mkdir(parents=True, exist_ok=True)
    aside = Path(tempfile.mkdtemp(prefix=".writing-", dir=out.parent))
    scratch = aside / "scratch"
    scratch.mkdir()
    try:
        running = _engine(engine, scratch, master=master, memory=memory)
        try:
            bulk = begun(running, paths, on=on, scheme=scheme, variant=variant)
            spreads, counties = _written(bulk, aside)
            receipt = receipt_of(bulk, running, paths, on=on, scheme=scheme)
        finally:
            running.close()
        shutil.rmtree(scratch)
        (aside / "receipt.json").write_text(as_json(receipt), encoding="utf-8")
        aside.chmod(0o755)
        aside.rename(out)
    except BaseException:
        shutil.rmtree(aside, ignore_errors=True)
        raise
    return NationalResult(out, counties, spreads, receipt)


def _engine(name: str, scratch: Path, *, master: str, memory: str) -> Engine:
    if name not in ENGINES:
        raise MisuseError(f"没有名为“{name}”的引擎。可用：{'、'.join(ENGINES)}。")
    if master and name != "spark":
        raise MisuseError("--master 是 Spark 的地址，只与 --engine spark 一起用。")
    if name == "duckdb":
        from junheng.studies.national.on_duckdb import OnDuckDB

        return OnDuckDB(scratch, memory)
    if name == "spark":
        from junheng.studies.national.on_spark import OnSpark

        return OnSpark(master)
    return OnPolars()


def _written(bulk: Bulk, folder: Path) -> tuple[pl.DataFrame, pl.DataFrame]:
    with ThreadPoolExecutor(AT_ONCE) as pool:
        found = [*pool.map(partial(_portion_written, bulk, folder), count(), bulk.portions)]
    spreads, counties = (pl.concat(column) for column in zip(*found, strict=True))
    for name, frame in {"spreads": spreads, "counties": counties}.items():
        (folder / name).mkdir()
        frame.write_parquet(folder / name / "0.parquet")
    return spreads, counties


def _portion_written(
    bulk: Bulk, folder: Path, number: int, unread: tuple[Collection[int], Frame]
) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Parts and schools written; spreads and counties."""
    portion = bulk.portion(*unread)
    spreads = spreads_of(portion)
    parts = write_parts(portion, spreads, str(folder / "parts"), number)
    write_schools(portion, parts, str(folder / "schools"), number)
    return spreads, counties_of(portion, spreads, parts)
