"""The whole bulk assessment: opened, computed, written aside, renamed, with its receipt."""

import shutil
import tempfile
from collections.abc import Collection, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import closing, nullcontext
from dataclasses import dataclass
from datetime import date
from functools import partial
from itertools import count
from pathlib import Path
from queue import SimpleQueue
from typing import Any

import polars as pl

from junheng.errors import MisuseError
from junheng.indicators.wide.merging import Frame
from junheng.registry.parquet_inputs import Told, inputs_told
from junheng.studies.monitoring import as_json
from junheng.studies.national.assessing import (
    Bulk,
    begun,
    counties_of,
    spreads_of,
    write_parts,
    write_schools,
)
from junheng.studies.national.engines import AT_ONCE, ENGINES, Engine, OnPolars, written
from junheng.studies.national.inputs import Seen, refuse
from junheng.studies.national.receipt import receipt_of
from junheng.studies.national.steps import Steps
from junheng.studies.receipt import code_sha256

WRITTEN = ("parts", "schools", "spreads", "counties")
"""Folders that the portions write into."""


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
    told: "Future[Told] | None" = None,
) -> NationalResult:
    """Assess wide facts on `engine` (duckdb, polars, spark) and write parts, schools, spreads, counties.

    `memory` bounds DuckDB's buffers (default 640MB); `master` is Spark's address; `told` is what
    `inputs_told` of the same paths tells, where somebody let it begin earlier. Raises MisuseError
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
        telling = inputs_told(paths) if told is None else nullcontext(told)
        with closing(running), telling as told:
            bulk = begun(running, paths, on=on, scheme=scheme, variant=variant)
            spreads, counties = _written(bulk, aside)
            receipt = receipt_of(bulk, running, told.result(), on=on, scheme=scheme)
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


Found = tuple[Seen, pl.DataFrame, pl.DataFrame]
"""What stood in the rows of a portion; its spreads and counties."""


def _written(bulk: Bulk, folder: Path) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Everything but the receipt. Raises RefusedError for rows that cannot be facts."""
    free: SimpleQueue[Steps] = SimpleQueue()
    workers = [bulk.engine.steps() for _ in range(AT_ONCE)]
    for each in workers:
        free.put(each)
    with ThreadPoolExecutor(AT_ONCE) as pool:
        writing = pool.map(partial(_portion_written, bulk, folder, free), count(), bulk.portions)
        code_sha256()  # for the receipt, and kept; now, for nothing else runs beside the receipt
        found = [*writing]
    for each in workers:
        each.written()
    rows, spreads, counties = zip(*found, strict=True)
    refuse(rows)
    if not all(map(bulk.fits, rows)):
        for name in WRITTEN:
            shutil.rmtree(folder / name, ignore_errors=True)
        return _written(bulk.wider(), folder)
    return pl.concat(spreads), pl.concat(counties)


def _portion_written(
    bulk: Bulk,
    folder: Path,
    free: "SimpleQueue[Steps]",
    number: int,
    unread: tuple[Collection[int], Frame],
) -> Found:
    """A file of every table, by steps that are free; nothing of rows that cannot be computed."""
    steps = free.get()
    try:
        portion = bulk.portion(*unread, steps)
        if portion.seen.faults() or not bulk.fits(portion.seen):
            return portion.seen, pl.DataFrame(), pl.DataFrame()
        spreads = spreads_of(portion)
        parts = write_parts(portion, spreads, str(folder / "parts"), number)
        write_schools(portion, parts, str(folder / "schools"), number)
        counties = counties_of(portion, spreads, parts)
        written(spreads, str(folder / "spreads"), number)
        written(counties, str(folder / "counties"), number)
        return portion.seen, spreads, counties
    finally:
        free.put(steps)
