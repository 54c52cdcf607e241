"""DuckDB in this process: bounded memory, the rest spills beside the output."""

from collections.abc import Collection, Mapping, Sequence
from importlib.metadata import version
from itertools import count
from pathlib import Path
from typing import Any

import narwhals as nw
import polars as pl

from junheng.registry.parquet_inputs import listed
from junheng.studies.national.engines import Counting, Rows, needed, partitions
from junheng.studies.national.steps import Once

MEMORY = "640MB"
"""Limit of its own buffers where none is chosen; the process stays below 1 GiB with them."""


WRITTEN = "FORMAT parquet, COMPRESSION zstd, PARQUET_VERSION v2, DICTIONARY_SIZE_LIMIT 1000"
TYPES = {"county": "VARCHAR", "year": "BIGINT"}


def _quoted(text: str) -> str:
    return text.replace("'", "''")


def _lazy(relation: Any) -> nw.LazyFrame[Any]:
    found: nw.LazyFrame[Any] = nw.from_native(relation)
    return found


class OnDuckDB:
    """One connection in memory; small tables pass through Parquet in `scratch`."""

    name = "duckdb"
    divides = False
    wide = nw.Int128()

    def __init__(self, scratch: Path, memory: str = "") -> None:
        duckdb = needed("duckdb", "duckdb")
        self._scratch = scratch
        self._names = count()
        self._connection = duckdb.connect(
            config={"memory_limit": memory or MEMORY, "temp_directory": str(scratch / "spill")}
        )
        # Every join here has its small side on the right; estimates through filters say otherwise.
        self._connection.execute("SET disabled_optimizers = 'join_order,build_side_probe_side'")

    def versions(self) -> dict[str, str]:
        return {"duckdb": version("duckdb")}

    def scan(self, paths: Sequence[str]) -> nw.LazyFrame[Any]:
        files = [file for path in paths for file in listed(path)]
        names = ", ".join(f"'{_quoted(file)}'" for file in files)
        types = ", ".join(f"{name}: {TYPES[name]}" for name in partitions(files))
        folders = f", hive_partitioning = true, hive_types = {{{types}}}" if types else ""
        return _lazy(self._connection.sql(f"FROM read_parquet([{names}]{folders})"))

    def counted(self, rows: Rows, count: Counting) -> pl.DataFrame:
        return self.collect(count(rows))

    def portions(
        self,
        rows: nw.LazyFrame[Any],
        years: Mapping[int, int],
    ) -> list[tuple[Collection[int], nw.LazyFrame[Any]]]:
        return [(years, rows)]

    def steps(self) -> Once:
        return Once(self)

    def hold(self, frame: nw.LazyFrame[Any]) -> nw.LazyFrame[Any]:
        name = f"held_{next(self._names)}"
        frame.to_native().create(name)
        return _lazy(self._connection.table(name))

    def keep(self, frame: nw.LazyFrame[Any]) -> nw.LazyFrame[Any]:
        return frame

    def table(self, frame: pl.DataFrame) -> nw.LazyFrame[Any]:
        path = self._scratch / f"table_{next(self._names)}.parquet"
        frame.write_parquet(path)
        return self.hold(_lazy(self._connection.read_parquet(str(path))))

    def collect(self, frame: nw.LazyFrame[Any]) -> pl.DataFrame:
        path = self._scratch / f"result_{next(self._names)}.parquet"
        frame.to_native().write_parquet(str(path))
        return pl.read_parquet(path)

    def write(self, frame: nw.LazyFrame[Any], folder: str, portion: int) -> nw.LazyFrame[Any]:
        Path(folder).mkdir(parents=True, exist_ok=True)
        query = frame.to_native().sql_query()
        target = _quoted(f"{folder}/{portion}.parquet")
        self._connection.execute(f"COPY ({query}) TO '{target}' ({WRITTEN})")
        return self.scan([folder])

    def close(self) -> None:
        self._connection.close()
