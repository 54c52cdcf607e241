"""The peers of the national benchmark do the same assessment: every column of every row, on nasty counties.

What they are timed on is tamer: nothing is filed as —, no mean is 0, no CV lies on its limit.
"""

import subprocess
import sys
from pathlib import Path

import polars as pl
import pytest
from national.in_bulk import ON
from national.nations import nation, write_flat

from junheng.studies.national import assess_wide

BENCHMARK = Path(__file__).parents[2] / "benchmarks" / "national"
SHARE = "6e-5"
"""How far a share may be off where the values of a county lie close together (docs/method/national.md)."""
LAW = "import json, run; print(json.dumps(run.numbers_of_the_law()))"
COMPARED = """
import sys
from pathlib import Path
import run
from agreement import compared, differing
ours, theirs, share = sys.argv[1:]
grid = run.grids(run.the_nation())
print(compared(Path(ours)), *differing(Path(ours), Path(theirs), grid, share=float(share)), sep="\\n")
"""

pytestmark = pytest.mark.slow


def python(*words: str) -> str:
    """What a process of the benchmark's folder prints."""
    command = [sys.executable, *words]
    done = subprocess.run(command, cwd=BENCHMARK, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


@pytest.fixture(scope="module")
def facts(tmp_path_factory):
    return write_flat(nation(), tmp_path_factory.mktemp("peers") / "facts")


@pytest.fixture(scope="module")
def ours(facts, tmp_path_factory):
    out = tmp_path_factory.mktemp("ours") / "out"
    return assess_wide(facts, engine="polars", on=ON, out=out).out


@pytest.mark.parametrize("peer", ["with_polars.py", "with_pandas.py"])
def test_a_peer_finds_what_we_find_in_every_column(facts, ours, tmp_path, peer):
    law = tmp_path / "law.json"
    law.write_text(python("-c", LAW), encoding="utf-8")
    python(peer, *facts, "-o", str(tmp_path / "theirs"), "--numbers", str(law))
    columns, *faults = python(
        "-c", COMPARED, str(ours), str(tmp_path / "theirs"), SHARE
    ).splitlines()
    assert int(columns) > 100
    assert faults == []


@pytest.mark.parametrize("peer", ["with_polars.py", "with_pandas.py"])
def test_a_peer_refuses_a_school_that_occurs_twice(facts, tmp_path, peer):
    law, twice = tmp_path / "law.json", tmp_path / "twice.parquet"
    law.write_text(python("-c", LAW), encoding="utf-8")
    rows = pl.read_parquet(facts[0])
    pl.concat([rows, rows.head(1)]).write_parquet(twice)
    command = [sys.executable, peer, str(twice), "-o", str(tmp_path / "out"), "--numbers", str(law)]
    done = subprocess.run(command, cwd=BENCHMARK, capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert "occur" in done.stderr
