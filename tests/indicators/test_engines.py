"""One function on every engine: Polars, DuckDB and Spark give the same integers, row by row."""

from datetime import date
from functools import cache
from pathlib import Path

import duckdb
import polars as pl
import pytest
from oracle.cases import batch

from junheng.errors import DeclarationError
from junheng.indicators import CATALOGUE, build_parts, measure
from junheng.indicators.definition import part_columns, part_indicators
from junheng.registry import Facts
from junheng.schema import Kind
from junheng.standards import Standard

CODES = part_indicators()
SHARED = ("weighted_pupils", "weighted_pupils_school")
READ = sorted({c for code in CODES for c in CATALOGUE[code].ratio.columns()} - {"pupils"})


@cache
def parts() -> pl.DataFrame:
    """Parts of random counties; each part again at the maxima; and again with one input missing."""
    rows, marks = batch(range(40))
    facts = Facts.from_rows(rows, marks, year=2025)
    frame = build_parts(facts, Standard.at("410199", date(2026, 3, 31))).frame
    return pl.concat([frame, _at_the_maxima(frame), _with_holes(frame)])


def _at_the_maxima(frame: pl.DataFrame) -> pl.DataFrame:
    """Every input as large as its declaration allows, so that a product that overflows is seen."""
    largest = dict.fromkeys(SHARED, 20_000 * 342) | {"pupils": 20_000}
    for name in READ:
        column = part_columns()[name]
        hundredths = 100 if column.kind in (Kind.AREA, Kind.MONEY) else 1
        ten_thousands = 10_000 if column.unit == "万元" else 1
        largest[name] = int(column.maximum) * ten_thousands * hundredths
    values = [pl.lit(value, pl.Int64).alias(name) for name, value in largest.items()]
    return frame.with_columns(*values, county=pl.col("county") + "-maxima")


def _with_holes(frame: pl.DataFrame) -> pl.DataFrame:
    """In every row another input is missing."""
    row = pl.int_range(pl.len()) % len(READ)
    holes = [pl.when(row != hole).then(pl.col(name)).alias(name) for hole, name in enumerate(READ)]
    return frame.with_columns(*holes, county=pl.col("county") + "-holes")


def integers(rows: list[tuple], columns: list[str]) -> dict[tuple, dict[str, object]]:
    """Rows by (county, school, stage), every number as a Python integer."""
    found = {}
    for row in rows:
        named = dict(zip(columns, row, strict=True))
        key = (named["county"], named["school_code"], named["stage"])
        found[key] = {
            column: None if value is None else int(value)
            for column, value in named.items()
            if column not in ("county", "school_code", "stage")
        }
    return found


@cache
def on_polars() -> dict[tuple, dict[str, object]]:
    table = measure(parts(), CODES)
    return integers(table.rows(), table.columns)


def stored(folder: Path) -> str:
    path = folder / "parts.parquet"
    parts().write_parquet(path)
    return str(path)


def test_the_parts_hold_every_indicator_with_and_without_a_value():
    rows = on_polars()
    assert len(rows) == len(parts()) > 200
    for code in CODES:
        numerators = [row[f"{code}_numerator"] for row in rows.values()]
        assert None in numerators
        assert any(value is not None and value > 0 for value in numerators)
        assert all(row[f"{code}_denominator"] > 0 for row in rows.values())


def test_polars_lazily_gives_the_same_integers():
    table = measure(parts().lazy(), CODES).collect()
    assert integers(table.rows(), table.columns) == on_polars()


@pytest.mark.parametrize("threads", [1, 8])
def test_duckdb_gives_the_same_integers(tmp_path, threads):
    with duckdb.connect(config={"threads": threads}) as connection:
        relation = measure(connection.read_parquet(stored(tmp_path)), CODES)
        found = integers(relation.fetchall(), relation.columns)
    assert found == on_polars()


@pytest.mark.slow
@pytest.mark.xdist_group("spark")
def test_spark_gives_the_same_integers(tmp_path, spark):
    frame = measure(spark.read.parquet(stored(tmp_path)), CODES)
    found = integers([tuple(row) for row in frame.collect()], frame.columns)
    assert found == on_polars()


def test_a_frame_without_a_column_that_is_read_is_refused_by_name():
    lacking = parts().drop("teachers_pe", "sports_ground_area_m2")
    with pytest.raises(DeclarationError, match="sports_ground_area_m2、teachers_pe"):
        measure(lacking, CODES)
