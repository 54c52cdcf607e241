"""Spark and DuckDB say the same of the same schools: every row and every column of every table.

Spark runs in a process of its own in which duckdb cannot be imported, first within that process and
then on a real cluster: a master and two workers on loopback.
"""

import subprocess
import sys
from pathlib import Path

import polars as pl
import pytest
from nations import YEARS, nation, write_flat, write_partitioned
from spark_cluster import WORKERS, cluster
from spark_sessions import environment, needs_spark
from typer.testing import CliRunner

from junheng.cli import app

ON = "2026-03-31"
KEYS = {
    "parts": ("year", "county", "school_code", "stage"),
    "schools": ("year", "county", "school_code"),
    "spreads": ("year", "county", "stage", "indicator"),
    "counties": ("year", "county"),
}
WITHOUT_DUCKDB = """
import sys

class Refused:
    def find_spec(self, name, path=None, target=None):
        if name.partition(".")[0] == "duckdb":
            raise ImportError("this process has no duckdb")

sys.meta_path.insert(0, Refused())
try:
    import duckdb
except ImportError:
    pass
else:
    sys.exit("duckdb can be imported after all")
from junheng.cli import main
main()
"""

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("spark"), needs_spark]


@pytest.fixture(scope="module")
def schools() -> pl.DataFrame:
    return nation()


@pytest.fixture(scope="module")
def on_duckdb(schools: pl.DataFrame, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What DuckDB says, in this process."""
    folder = tmp_path_factory.mktemp("duckdb")
    paths = write_flat(schools, folder / "facts")
    told = CliRunner().invoke(app, ["assess", "--engine", "duckdb", *paths, "--on", ON, "-o", str(folder / "out")])  # fmt: skip
    assert told.exit_code == 0, told.output
    return folder / "out"


def on_spark(paths: list[str], master: str, folder: Path) -> Path:
    """What Spark says, in a process that has no duckdb."""
    settings = folder / "settings"
    settings.mkdir()
    out = folder / "out"
    asked = ["assess", "--engine", "spark", "--master", master, *paths, "--on", ON, "-o", str(out)]
    run = subprocess.run(
        [sys.executable, "-c", WITHOUT_DUCKDB, *asked],
        env=environment(settings), capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert run.returncode == 0, run.stdout + run.stderr
    return out


def table(out: Path, name: str) -> pl.DataFrame:
    found = pl.read_parquet(out / name / "**/*.parquet", hive_partitioning=True)
    texts = found.with_columns(
        pl.col(each).cast(pl.String) for each in KEYS[name] if each != "year"
    )
    return texts.sort(*KEYS[name])


def same(one: Path, other: Path) -> None:
    """Every table has the same columns, and the same rows to the last bit."""
    for name in KEYS:
        ours, theirs = table(one, name), table(other, name)
        assert set(ours.columns) == set(theirs.columns), name
        for column in ours.columns:
            differ = ours[column].cast(pl.String).ne_missing(theirs[column].cast(pl.String))
            assert not differ.any(), (name, column, ours.filter(differ), theirs.filter(differ))


def test_the_data_hold_every_branch(on_duckdb):
    parts, spreads = table(on_duckdb, "parts"), table(on_duckdb, "spreads")
    counties, schools_ = table(on_duckdb, "counties"), table(on_duckdb, "schools")
    assert set(counties["year"]) == set(YEARS)
    assert set(counties["resource"]) == {"达标", "未达标", "缺数据"}
    assert set(parts["verdict"]) == {"达标", "未达标", "缺数据"}
    assert set(spreads["verdict"]) == {"达标", "未达标", "缺数据"}
    assert {"计入", "并入主校", "不计入", "缺报"} == set(schools_["status"])
    fives = spreads.filter(pl.col("indicator") == "L5")
    exact = fives.filter(pl.col("county").str.ends_with("-on"))
    above = fives.filter(pl.col("county").str.ends_with("-above"))
    assert exact["verdict"].to_list() == ["达标"] * 2 * len(YEARS)
    assert above["verdict"].to_list() == ["未达标"] * 2 * len(YEARS)


@pytest.mark.prove
def test_spark_without_duckdb_says_what_duckdb_says(schools, on_duckdb, tmp_path):
    paths = write_flat(schools, tmp_path / "facts")
    same(on_spark(paths, "local[2]", tmp_path), on_duckdb)


def test_a_cluster_of_two_workers_says_what_duckdb_says(schools, on_duckdb, tmp_path):
    """From folders partitioned by county and year."""
    paths = write_partitioned(schools, tmp_path / "facts")
    with cluster(tmp_path) as there:
        out = on_spark(paths, there.master, tmp_path)
        (ran,) = there.told()["completedapps"]
    assert ran["state"] == "FINISHED"
    assert ran["cores"] == WORKERS
    same(out, on_duckdb)
