"""Where bulk work runs: DuckDB, Polars or Spark open, hold and write the same lazy frames.

Nothing of one engine is imported on the path of another; a package that is not installed is asked
for in one sentence. Frames are Narwhals' lazy ones; small tables come and go as Polars frames.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from importlib import import_module
from importlib.metadata import version
from pathlib import Path
from threading import Semaphore
from typing import Any, Literal, Protocol

import narwhals as nw
import polars as pl
from narwhals.typing import IntoDType

from junheng.errors import MisuseError
from junheng.studies.national.steps import Again, Steps

COMPRESSION: Literal["lz4"] = "lz4"
"""A tenth faster to write than zstd at its lowest level, files a fifth larger."""
GROUP_ROWS = 2**17
"""Rows in one group of a file."""
PORTION_ROWS = 250_000
"""Rows of a portion, where no single year has more."""
AT_ONCE = 2
"""Portions in memory at a time: while one is planned, which takes Python, another is computed."""
ENGINES = ("duckdb", "polars", "spark")
PARTITIONS: dict[str, pl.DataType] = {"county": pl.String(), "year": pl.Int64()}
"""Columns that folders may be named for."""


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


def listed(path: str) -> list[str]:
    """The Parquet files that a local file, folder or pattern stands for, in order.

    Raises MisuseError where there is none.
    """
    place = Path(path)
    if place.is_dir():
        found = sorted(str(each) for each in place.rglob("*.parquet"))
    elif place.is_file():
        found = [path]
    else:
        root, pattern = _split(place)
        found = sorted(str(each) for each in root.glob(pattern)) if pattern else []
    if not found:
        raise MisuseError(f"“{path}”没有 Parquet 文件。请给出宽表的文件、文件夹或通配路径。")
    return found


def _split(place: Path) -> tuple[Path, str]:
    """The part of a pattern before its first wildcard, and the rest."""
    parts = place.parts
    wild = next((i for i, part in enumerate(parts) if set(part) & set("*?[")), len(parts))
    return Path(*parts[:wild]), "/".join(parts[wild:])


def partitions(files: Sequence[str]) -> tuple[str, ...]:
    """The columns for which the folders of these files are named, `county=410105/year=2025`."""
    named = {part.partition("=")[0] for each in files for part in Path(each).parent.parts}
    return tuple(name for name in PARTITIONS if name in named)


class OnPolars:
    """Polars in this process: so many years as fit a portion are read once, and held."""

    name = "polars"
    divides = True

    def __init__(self) -> None:
        self._beside = Beside()

    wide = nw.Int128()

    def versions(self) -> dict[str, str]:
        return {"polars": version("polars")}

    def scan(self, paths: Sequence[str]) -> nw.LazyFrame[Any]:
        files = [file for path in paths for file in listed(path)]
        schema = {name: PARTITIONS[name] for name in partitions(files)}
        found = pl.scan_parquet(files, hive_partitioning=bool(schema), hive_schema=schema or None)
        return nw.from_native(found)

    def portions(
        self, rows: nw.LazyFrame[Any], years: Mapping[int, int]
    ) -> list[tuple[Collection[int], nw.LazyFrame[Any]]]:
        found: list[tuple[Collection[int], nw.LazyFrame[Any]]] = []
        for chosen in _portioned(years):
            within = (nw.col("year") >= chosen[0]) & (nw.col("year") <= chosen[-1])
            found.append((chosen, rows if len(chosen) == len(years) else rows.filter(within)))
        return found

    def steps(self) -> Again:
        return Again(self._beside.written)

    def collect(self, frame: nw.LazyFrame[Any]) -> pl.DataFrame:
        found: pl.DataFrame = frame.to_native().collect(engine="streaming")
        return found

    def close(self) -> None:
        self._beside.close()


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
