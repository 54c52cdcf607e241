"""Fifty million pupils counted into filings, against the bare DuckDB aggregation of the same counts.

    python benchmarks/aggregate/run.py [rows …] [--runs N] [--write]

Whole processes in turn, medians; the peak memory of each, at three sizes. The counts of both are
compared school by school, and the lists of classes. `--write` renews docs/performance.md.
"""

import os
import platform
import statistics
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path

import polars as pl
import pylopdf_fonts_zh_cn
import vl_convert
from making import make

ROOT = Path(__file__).parents[2]
PAGE = ROOT / "docs" / "performance.md"
BEGIN, END = "<!-- aggregate:begin -->", "<!-- aggregate:end -->"
BARE = str(Path(__file__).parent / "bare.py")
JUNHENG = str(Path(sys.executable).parent / "junheng")
PICTURE = ROOT / "docs" / "pictures" / "aggregate.svg"
SIZES = [2_000_000, 10_000_000, 50_000_000]
REACH = 1.3
SAME = (
    *(f"enrolment_grade_{grade}" for grade in range(1, 10)),
    *(f"{name}_{stage}" for stage in ("primary", "junior")
      for name in ("enrolment", "class_count", "max_class_size", "classes_41_45", "classes_46_50")),
    "migrant_children_enrolled", "boarders",
)  # fmt: skip


@dataclass(frozen=True)
class Run:
    """One process: wall time and processor time in seconds, peak memory in MiB."""

    seconds: float
    processor: float
    peak: float


def measured(command: Sequence[str]) -> Run:
    """Run one process to its end; one that fails stops everything."""
    begun = time.perf_counter()
    pid = os.posix_spawn(
        command[0], list(command), os.environ,
        file_actions=[(os.POSIX_SPAWN_OPEN, 1, os.devnull, os.O_WRONLY, 0)],
    )  # fmt: skip
    _, status, used = os.wait4(pid, 0)
    taken = time.perf_counter() - begun
    if status:
        sys.exit(f"{' '.join(command)} 退出状态 {os.waitstatus_to_exitcode(status)}")
    return Run(taken, used.ru_utime + used.ru_stime, used.ru_maxrss / 1024)


def commands(folder: Path, out: Path) -> dict[str, list[str]]:
    """What is compared, by name."""
    bare = [sys.executable, BARE, str(folder), str(out / "bare.parquet")]
    ours = [JUNHENG, "aggregate", str(folder), "--year", "2025", "--form", "parquet", "-o"]
    return {
        "bare": bare,
        "ours": [*ours, str(out / "ours"), "--skip-unique"],
        "bare unique": [*bare, "--unique"],
        "ours unique": [*ours, str(out / "ours")],
    }


def compare(out: Path) -> int:
    """The schools whose counts were compared; any difference stops the run."""
    bare = pl.read_parquet(out / "bare.parquet").sort("school_code")
    ours = pl.read_parquet(out / "ours" / "schools_wide.parquet").sort("school_code")
    for column in SAME:
        here = ours[column].cast(pl.Int64).fill_null(0)
        if not here.equals(bare[column].cast(pl.Int64).fill_null(0)):
            sys.exit(f"{column} 与裸 DuckDB 的结果不同")
    listed = pl.read_parquet(out / "ours" / "classes.parquet")
    if not listed.equals(pl.read_parquet(out / "bare_classes.parquet").cast(listed.schema)):
        sys.exit("班的清单与裸 DuckDB 的结果不同")
    return len(bare)


@dataclass(frozen=True)
class Size:
    """What was found at one size."""

    rows: int
    schools: int
    size: int
    """Bytes of the pupils' file."""
    found: dict[str, Run]


WHAT = {"": "只数", " unique": "数，并查重号"}
WAYS = {"bare": "裸 DuckDB，只数", "ours": "junheng，只数", "bare unique": "裸 DuckDB，查重号", "ours unique": "junheng，查重号"}  # fmt: skip


def table(sizes: Sequence[Size]) -> str:
    last = sizes[-1]
    lines = []
    for name, what in WHAT.items():
        bare, ours = last.found["bare" + name], last.found["ours" + name]
        ratio = ours.seconds / bare.seconds
        used = ours.processor / bare.processor
        verdict = "达到" if ratio <= REACH else "没有达到"
        lines.append(
            f"| {what} | {_told(bare)} | {_told(ours)} | {ratio:.2f} 倍（{used:.2f}） | "
            f"≤ {REACH} 倍：{verdict} |"
        )
    growth = [
        f"| {each.rows:,} | {' | '.join(_told(each.found[way]) for way in WAYS)} |"
        for each in sizes
    ]
    libraries = "、".join(f"{each} {version(each)}" for each in ("junheng", "duckdb", "polars"))
    machine = f"{platform.system()} {platform.machine()}，{os.cpu_count()} 核，Python {platform.python_version()}"
    return "\n".join([
        f"{last.rows:,} 名学生、{last.schools:,} 所学校，Parquet {last.size >> 20} MiB；`junheng aggregate --form parquet` 与裸 DuckDB 的 GROUP BY，两边的数逐校相同，班的清单逐行相同。",
        "",
        "| 做什么 | 裸 DuckDB | junheng aggregate | 比值 | 目标 |",
        "| --- | --- | --- | --- | --- |",
        *lines,
        "",
        f"| 学生 | {' | '.join(WAYS.values())} |",
        "| ---: | ---: | ---: | ---: | ---: |",
        *growth,
        "",
        f"整个进程，轮流运行，取中位数；括号里是处理器秒与它的比值，机器忙时更可靠；{machine}；{libraries}。",
        "",
        "![各规模的时间](pictures/aggregate.svg)",
    ])  # fmt: skip


def drawn(sizes: Sequence[Size]) -> str:
    """Time against pupils, both logarithmic, a line for each way."""
    vl_convert.register_font_directory(str(pylopdf_fonts_zh_cn.sans_path().parent))
    rows = [
        {"rows": each.rows, "seconds": each.found[way].seconds, "way": name}
        for each in sizes
        for way, name in WAYS.items()
    ]
    axis = {"type": "quantitative", "scale": {"type": "log"}}
    return vl_convert.vegalite_to_svg(
        {
            "$schema": "https://vega.github.io/schema/vega-lite/v5.json",
            "width": 560, "height": 320, "data": {"values": rows},
            "mark": {"type": "line", "point": True},
            "encoding": {
                "x": {"field": "rows", "title": "学生（行）", **axis},
                "y": {"field": "seconds", "title": "秒", **axis},
                "color": {"field": "way", "title": None, "sort": list(WAYS.values())},
            },
            "config": {"font": "Noto Sans SC", "background": "white", "legend": {"labelLimit": 320}},
        }
    )  # fmt: skip


def _told(run: Run) -> str:
    return f"{run.seconds:.1f} 秒（{run.processor:.1f}），{run.peak:.0f} MiB"


def write(text: str) -> None:
    """Put the table between its marks of docs/performance.md."""
    page = PAGE.read_text(encoding="utf-8")
    if BEGIN not in page:
        page += f"\n## 台账汇总\n\n{BEGIN}\n{END}\n"
    before, _, rest = page.partition(BEGIN)
    _, _, after = rest.partition(END)
    PAGE.write_text(f"{before}{BEGIN}\n{text}\n{END}{after}", encoding="utf-8")


def measured_at(rows: int, runs: int) -> Size:
    """Both programs at one size, their results compared after the first turn."""
    with tempfile.TemporaryDirectory() as place:
        folder, out = Path(place) / "台账", Path(place) / "出"
        out.mkdir()
        pupils, _ = make(folder, rows)
        os.sync()  # what is still being written would slow whoever runs first
        both = commands(folder, out)
        taken: dict[str, list[Run]] = {name: [] for name in both}
        schools = 0
        for turn in range(runs):
            for name, command in both.items():
                taken[name].append(measured(command))
                print(rows, turn, name, taken[name][-1], flush=True)
            schools = schools or compare(out)
        size = pupils.stat().st_size
    found = {
        name: Run(
            statistics.median(r.seconds for r in each),
            statistics.median(r.processor for r in each),
            max(r.peak for r in each),
        )
        for name, each in taken.items()
    }
    return Size(rows, schools, size, found)


def main(asked: Sequence[str]) -> int:
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)  # what is installed keeps its byte code
    runs = int(asked[asked.index("--runs") + 1]) if "--runs" in asked else 3
    numbers = asked[: asked.index("--runs")] if "--runs" in asked else asked
    rows = [int(each) for each in numbers if each.isdigit()] or SIZES
    sizes = [measured_at(each, runs) for each in rows]
    text = table(sizes)
    print(text)
    if "--write" in asked:
        PICTURE.write_text(drawn(sizes), encoding="utf-8")
        write(text)
    found = sizes[-1].found
    return 0 if found["ours unique"].seconds <= REACH * found["bare unique"].seconds else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
