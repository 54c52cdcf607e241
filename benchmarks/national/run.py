"""A nation assessed: junheng against SQL, pandas and Polars written by hand, whole processes in turn.

    python benchmarks/national/run.py                          5,000, 50,000 and 200,000 schools × 10 years
    python benchmarks/national/run.py --schools 50000 --years 10
    python benchmarks/national/run.py --write                  renews docs/performance.md
    python benchmarks/national/run.py --spark …                the sizing table of docs/howto/spark.md

Reaches, at the largest size: at most 5 × the time of SQL that computes only the CVs, within 1 GiB;
at least 3 × as fast as pandas, not slower than Polars; reproducible sums at most 1.8 × plain ones.
Before anything is timed, every row of every peer is compared with ours on a small nation.
"""

import argparse
import json
import os
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from pathlib import Path

import nation
from agreement import differing, differing_cvs, must_agree
from processes import Taken, medians, run, size_of
from telling import Measured, spark_page, tell

from junheng.diagnosis.wide.demanded import Demanded
from junheng.diagnosis.wide.sums import grids
from junheng.indicators import CATALOGUE
from junheng.indicators.wide import wide_columns
from junheng.registry import school_columns
from junheng.schema import Stage
from junheng.standards import Standard, Switches

HERE = Path(__file__).parent
JUNHENG = str(Path(sys.executable).parent / "junheng")
ON = "2026-03-31"
SCHEME = "2017-quality"
ENGINE = "polars"
"""The faster of the two in one process."""
SIZES = (5_000, 50_000, 200_000)
SMALL, SMALL_YEARS = 5_000, 2
NATION = "000000"
TEN_THOUSAND = 10_000


def numbers_of_the_law() -> dict[str, object]:
    """What the peers must know: limits, weights and the scope; whole numbers and their scales.

    `junior`, `senior`, `fewest` and `excluded` are also what the SQL reads.
    """
    standard = Standard.at(NATION, date.fromisoformat(ON))
    demanded = the_nation()
    codes, stages = standard.indicators, standard.stages
    lines = {row["stage"]: row for row in demanded.limits.iter_rows(named=True)}
    return {
        "excluded": list(standard.role("scope").clause.excluded_types),
        "fewest": int(standard.role("scope_point").clause.number("fewest_pupils")),
        "junior": float(standard.weights[Stage.JUNIOR]),
        "senior": float(standard.weights[Stage.SENIOR]),
        "weights": {stage.value: each for stage, each in demanded.counting.weights.items()},
        "needed": standard.needed,
        "scales": dict(demanded.scales),
        "limits": {c: {s.value: lines[s.value][f"{c}_limit"] for s in stages} for c in codes},
        "floors": {c: {s.value: lines[s.value][f"{c}_floor"] for s in stages} for c in codes},
        "per": {c: CATALOGUE[c].ratio.per for c in codes},
        "step": {c: int(CATALOGUE[c].step * CATALOGUE[c].ratio.numerator.scale) for c in codes},
        "spread": {s.value: standard.spread_limit(s).as_integer_ratio() for s in stages},
        "most": most_allowed(),
    }


def the_nation() -> Demanded:
    return Demanded.of([NATION], date.fromisoformat(ON), scheme=SCHEME, switches=Switches())


def most_allowed() -> dict[str, int]:
    """The greatest amount that the form allows, in the unit of the column."""
    found = {}
    for each in wide_columns():
        if each.holds in ("count", "hundredths") and each.name != "year":
            column = school_columns()[each.name]
            found[each.name] = int(column.maximum) * (TEN_THOUSAND if column.unit == "万元" else 1)
    return found


def commands(files: Sequence[str], folder: Path, law: Path) -> dict[str, list[str]]:
    """What is compared: ours, and the peers."""
    by_hand = ["--numbers", str(law)]
    python = sys.executable
    return {
        "junheng": [
            JUNHENG, "assess", "--engine", ENGINE, *files, "--on", ON, "-o", str(folder / "junheng"),
        ],
        "cvs": [python, str(HERE / "cvs.py"), *files, "-o", str(folder / "cvs.parquet"), *by_hand],
        "polars": [python, str(HERE / "with_polars.py"), *files, "-o", str(folder / "polars"), *by_hand],
        "pandas": [python, str(HERE / "with_pandas.py"), *files, "-o", str(folder / "pandas"), *by_hand],
    }  # fmt: skip


@contextmanager
def made(
    schools: int, years: int, law: dict[str, object]
) -> Iterator[tuple[list[str], Path, Path]]:
    """The files of a nation, an empty folder and the numbers of the law, gone afterwards."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        written = nation.write_nation(folder / "nation", schools=schools, years=years)
        (folder / "out").mkdir()
        (folder / "law.json").write_text(json.dumps(law, ensure_ascii=False), encoding="utf-8")
        yield [str(each) for each in written], folder / "out", folder / "law.json"


def prove(law: dict[str, object]) -> None:
    """Every row of every peer against ours, on a small nation."""
    with made(SMALL, SMALL_YEARS, law) as (files, out, numbers):
        for command in commands(files, out, numbers).values():
            run(command)
        grid = grids(the_nation())
        must_agree("DuckDB SQL", differing_cvs(out / "junheng", out / "cvs.parquet", grid))
        must_agree("Polars", differing(out / "junheng", out / "polars", grid))
        must_agree("pandas", differing(out / "junheng", out / "pandas", grid))


def measured(schools: int, years: int, law: dict[str, object], *, runs: int) -> Measured:
    with made(schools, years, law) as (files, out, numbers):
        asked = commands(files, out, numbers)
        asked["junheng"] = again(asked["junheng"], out / "junheng")
        taken = medians(asked, runs=runs)
        sums = [sys.executable, str(HERE / "sums.py"), str(out / "junheng")]
        told = out / "sums.json"
        run(["sh", "-c", '"$@" > "$0"', str(told), *sums])
        return Measured(
            schools, years, taken, json.loads(told.read_text()), size_of(out / "junheng")
        )


def again(command: Sequence[str], out: Path) -> list[str]:
    """The command, after its earlier output is gone: it never writes over a result."""
    return ["sh", "-c", 'rm -rf "$0" && exec "$@"', str(out), *command]


def on_spark(schools: int, years: int, memory: str) -> Taken:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        written = nation.write_nation(folder / "nation", schools=schools, years=years)
        command = [
            JUNHENG, "assess", "--engine", "spark", "--master", "local[2]",
            *map(str, written), "--on", ON, "-o", str(folder / "out"),
        ]  # fmt: skip
        submit = {"PYSPARK_SUBMIT_ARGS": f"--driver-memory {memory} pyspark-shell"}
        return run(command, {**os.environ, **submit})


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)  # fmt: skip
    parser.add_argument("--schools", type=int, nargs="*", default=SIZES)
    parser.add_argument("--years", type=int, default=10)
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--spark", action="store_true")
    parser.add_argument("--memory", default="2g")
    parser.add_argument("--write", action="store_true")
    asked = parser.parse_args()
    if asked.spark:
        sizes = {each: on_spark(each, asked.years, asked.memory) for each in asked.schools}
        return spark_page(sizes, asked.years, asked.memory, write=asked.write)
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)  # what is installed keeps its byte code
    law = numbers_of_the_law()
    prove(law)
    found = [measured(each, asked.years, law, runs=asked.runs) for each in asked.schools]
    return tell(found, write=asked.write)


if __name__ == "__main__":
    sys.exit(main())
