"""Sums of the CVs that come out the same in any order, against plain float sums, both on DuckDB.

    python benchmarks/national/sums.py ASSESSED

`ASSESSED` is what `junheng assess --engine duckdb` wrote; its parts are loaded into DuckDB's memory
once. Both queries group the same rows and divide the same numerators; they differ in the sums only.
Prints JSON: seconds of each (medians of runs in turn) and the ratio.
"""

import json
import statistics
import sys
import time
from datetime import date
from pathlib import Path

import duckdb
import narwhals as nw

from junheng.diagnosis.wide.demanded import Demanded
from junheng.diagnosis.wide.sums import grids, summed
from junheng.diagnosis.wide.verdicts import value
from junheng.standards import Switches

RUNS = 5
ON = date(2026, 3, 31)
SCHEME = "2017-quality"


def loaded(connection: duckdb.DuckDBPyConnection, parts: Path) -> duckdb.DuckDBPyRelation:
    """The parts with what the sums need, in memory."""
    files = f"{parts}/**/*.parquet"
    connection.execute(
        f"CREATE TABLE parts AS SELECT year, county, stage::VARCHAR AS stage, pupils, "
        f"COLUMNS('_numerator$|_denominator$') FROM read_parquet('{files}', hive_partitioning = true)"
    )
    return connection.table("parts")


def plain(connection: duckdb.DuckDBPyConnection, codes: tuple[str, ...]) -> duckdb.DuckDBPyRelation:
    """ΣP, ΣPX and ΣPX² in floating point, and how many values there are."""
    values = ", ".join(f"{c}_numerator::DOUBLE / {c}_denominator AS {c}" for c in codes)
    sums = ", ".join(
        f"count({c}) AS {c}_known, sum(pupils * {c}) AS {c}_sum, sum(pupils * {c} * {c}) AS {c}_squares"
        for c in codes
    )
    return connection.sql(
        f"SELECT year, county, stage, count(*) AS parts, sum(pupils)::DOUBLE AS pupils, {sums} "
        f"FROM (SELECT year, county, stage, pupils, {values} FROM parts) GROUP BY ALL"
    )


def seconds(connection: duckdb.DuckDBPyConnection, asked: duckdb.DuckDBPyRelation) -> float:
    begun = time.perf_counter()
    asked.create("summed")
    taken = time.perf_counter() - begun
    connection.execute("DROP TABLE summed")
    return taken


def main() -> None:
    with duckdb.connect() as connection:
        parts = loaded(connection, Path(sys.argv[1]) / "parts")
        counties = [
            row[0] for row in connection.sql("SELECT DISTINCT county FROM parts").fetchall()
        ]
        demanded = Demanded.of(counties, ON, scheme=SCHEME, switches=Switches())
        valued = nw.from_native(parts).with_columns(
            value(code).alias(f"{code}_value") for code in demanded.codes
        )
        ours = summed(valued, demanded.codes, grids(demanded), demanded.variant)
        floats = plain(connection, tuple(demanded.codes))
        taken = [
            (seconds(connection, ours.to_native()), seconds(connection, floats))
            for _ in range(RUNS + 1)
        ][1:]
    exact, loose = (statistics.median(column) for column in zip(*taken, strict=True))
    print(json.dumps({"exact": exact, "floats": loose, "ratio": exact / loose}))


if __name__ == "__main__":
    main()
