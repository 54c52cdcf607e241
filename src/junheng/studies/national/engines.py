"""Where bulk work runs: DuckDB, Polars or Spark open, hold and write the same lazy frames.

Nothing of one engine is imported on the path of another; a package that is not installed is asked
for in one sentence. Frames are Narwhals' lazy ones; small tables come and go as Polars frames.
"""

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from importlib import import_module
from importlib.metadata import version
from pathlib import Path
from threading import Semaphore
from typing import Any, Literal, Protocol, TypeAlias

import narwhals as nw
import polars as pl
from narwhals.typing import IntoDType

from junheng.errors import MisuseError
from junheng.registry.parquet_inputs import listed
from junheng.studies.national.steps import Again, Steps

COMPRESSION: Literal["lz4"] = "lz4"
"""A tenth faster to write than zstd at its lowest level, files a fifth larger."""
GROUP_ROWS = 2**17
"""Rows in one group of a file."""
PORTION_ROWS = 250_000
"""Rows of a portion, where no single year has more."""
AT_ONCE = 2
"""Portions in memory at a time: while one is planned, which takes Python, another is computed."""
MANY_FILES = 100
"""So many files are read one by one; of more, each of few rows, opening them is what takes time."""
ENGINES = ("duckdb", "polars", "spark")
PARTITIONS: dict[str, pl.DataType] = {"county": pl.String(), "year": pl.Int64()}
"""Columns that folders may be named for."""

Rows: TypeAlias = nw.LazyFrame[Any]
Counting = Callable[[Rows], Rows]
"""Makes a small table with a column `year` out of rows."""


class Engine(Protocol):
    """What every engine can do."""

    name: str
    divides: bool
    """Whether // of its whole numbers is the floor of their exact quotient."""

    @property
    def wide(self) -> IntoDType:
        """Its widest exact integer."""

    def versions(self) -> dict[str, str]:
        """The engine's packages and their versions, for the receipt."""

    def scan(self, paths: Sequence[str]) -> nw.LazyFrame[Any]:
        """All rows of these Parquet files, folders or patterns; folder names are columns."""

    def counted(self, rows: Rows, count: "Counting") -> pl.DataFrame:
        """What `count` makes of all rows, or of some rows after the other: one below the other."""

    def portions(
        self, rows: nw.LazyFrame[Any], years: Mapping[int, int]
    ) -> list[tuple[Collection[int], nw.LazyFrame[Any]]]:
        """Years, and their rows, in portions of whole years as the engine reads them best.

        `years` says how many rows each has. Nothing is read yet; the steps of a portion do.
        """

    def steps(self) -> Steps:
        """How one portion after the other is worked through."""

    def collect(self, frame: nw.LazyFrame[Any]) -> pl.DataFrame:
        """A small result handed back; integers have at most 64 bits."""

    def close(self) -> None:
        """Let go of what it holds."""


def needed(module: str, extra: str) -> Any:
    """An optional package. Raises MisuseError that says how to install it."""
    try:
        return import_module(module)
    except ImportError as error:
        raise MisuseError(
            f"没有安装 {module.partition('.')[0]}，不能用这个引擎。请先运行 pip install 'junheng[{extra}]'。"
        ) from error


def partitions(files: Sequence[str]) -> tuple[str, ...]:
    """The columns for which the folders of these files are named, `county=410105/year=2025`."""
    named = {part.partition("=")[0] for each in files for part in Path(each).parent.parts}
    return tuple(name for name in PARTITIONS if name in named)


class OnPolars:
    """Polars in this process: so many years as fit a portion are read once, and held."""

    name = "polars"
    divides = True

    wide = nw.Int128()

    def __init__(self) -> None:
        self._beside = Beside()
        self._files: list[str] = []
        self._pieces: list[tuple[Collection[int], Rows]] = []
        """Years and rows of each file, where files are read one by one."""

    def versions(self) -> dict[str, str]:
        return {"polars": version("polars")}

    def scan(self, paths: Sequence[str]) -> Rows:
        files = [file for path in paths for file in listed(path)]
        schema = {name: PARTITIONS[name] for name in partitions(files)}
        found = pl.scan_parquet(files, hive_partitioning=bool(schema), hive_schema=schema or None)
        self._files = [] if schema else files
        return nw.from_native(found)

    def counted(self, rows: Rows, count: Counting) -> pl.DataFrame:
        """File by file, which tells what years a file holds: then no other needs to be opened."""
        if not 1 < len(self._files) <= MANY_FILES:
            return self.collect(count(rows))
        schema = pl.scan_parquet(self._files, hive_partitioning=False).collect_schema()
        columns = rows.collect_schema().names()
        pieces: list[Rows] = [
            nw.from_native(
                pl.scan_parquet(file, schema=schema, hive_partitioning=False).select(columns)
            )
            for file in self._files
        ]
        tables = pl.collect_all([count(piece).to_native() for piece in pieces])
        years = [table["year"].unique().to_list() for table in tables]
        self._pieces = [*zip(years, pieces, strict=True)]
        return pl.concat(tables)

    def portions(self, rows: Rows, years: Mapping[int, int]) -> list[tuple[Collection[int], Rows]]:
        every = self._pieces or [([*years], rows)]
        return [(chosen, _of_years(every, chosen)) for chosen in _portioned(years)]

    def steps(self) -> Again:
        return Again(self._beside.written)

    def collect(self, frame: nw.LazyFrame[Any]) -> pl.DataFrame:
        found: pl.DataFrame = frame.to_native().collect(engine="streaming")
        return found

    def close(self) -> None:
        self._beside.close()


def _of_years(pieces: Sequence[tuple[Collection[int], Rows]], chosen: Sequence[int]) -> Rows:
    """The rows of some years in order, out of pieces and the years that stand in each."""
    within = (nw.col("year") >= chosen[0]) & (nw.col("year") <= chosen[-1])
    wanted = {*chosen}
    found = [
        rows if wanted.issuperset(years) else rows.filter(within)
        for years, rows in pieces
        if not wanted.isdisjoint(years)
    ]
    return nw.concat(found) if len(found) > 1 else found[0]


class Beside:
    """A thread that writes one table while the next ones are computed; one more has to wait."""

    def __init__(self) -> None:
        self._thread = ThreadPoolExecutor(1)
        self._free = Semaphore(1)

    def written(self, found: pl.DataFrame, folder: str, portion: int) -> "Future[None]":
        """The writing under way; waits until the one before is done, so that memory holds few."""
        self._free.acquire()
        return self._thread.submit(self._written, found, folder, portion)

    def _written(self, found: pl.DataFrame, folder: str, portion: int) -> None:
        try:
            written(found, folder, portion)
        finally:
            self._free.release()

    def close(self) -> None:
        """Wait for what is being written."""
        self._thread.shutdown()


def written(found: pl.DataFrame, folder: str, portion: int) -> None:
    """A table as one file of a folder."""
    Path(folder).mkdir(parents=True, exist_ok=True)
    found.write_parquet(
        Path(folder) / f"{portion}.parquet",
        compression=COMPRESSION,
        row_group_size=GROUP_ROWS,
        statistics=False,
    )


def _portioned(years: Mapping[int, int]) -> Iterator[list[int]]:
    """Years in order, as many together as have at most `PORTION_ROWS` rows."""
    chosen: list[int] = []
    for year in sorted(years):
        if chosen and sum(years[each] for each in (*chosen, year)) > PORTION_ROWS:
            yield chosen
            chosen = []
        chosen.append(year)
    yield chosen
