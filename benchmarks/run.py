"""make bench: is junheng fast enough on this machine? Whole processes, ratios in one run.

    junheng --help                          under 0.3 s
    check of a 1,440-school workbook        at most 5 × openpyxl (read-only) reading its cells
    assess of its facts, result book and all   under 10 s
    import of 1,440 schools' statistics     at most 5 × openpyxl (read-only) reading their cells
    all documents of a city of 16 counties  under 60 s on two cores; 1,440 report cards under 90 s

The pairs of a ratio are run in turn, so that a drifting machine slows both. Medians are told,
of limits in seconds the least of the runs, with how fast the machine was then.
`--write` renews the table in docs/performance.md. Exit status 1 where something is too slow.
"""

import platform
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path

from documents import document_commands
from import_statistics import commands

from junheng import sample

ROOT = Path(__file__).parents[1]
PAGE = ROOT / "docs" / "performance.md"
BEGIN, END = "<!-- bench:begin -->", "<!-- bench:end -->"
SCHOOLS = 1440
LIBRARIES = ("junheng", "lxml", "narwhals", "openpyxl", "polars", "typer", "xlsxwriter")
JUNHENG = str(Path(sys.executable).parent / "junheng")


@dataclass(frozen=True)
class Line:
    """One promise, what was measured, and whether it holds."""

    what: str
    promise: str
    measured: str
    kept: bool

    @property
    def verdict(self) -> str:
        return "合格" if self.kept else "太慢"


def seconds(command: Sequence[str], *, accepted: tuple[int, ...] = (0,)) -> float:
    """Wall time of one process from start to end; a failing command stops the run."""
    begun = time.perf_counter()
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    taken = time.perf_counter() - begun
    if done.returncode not in accepted:
        sys.exit(f"{' '.join(command)} 退出状态 {done.returncode}\n{done.stdout}{done.stderr}")
    return taken


def paced(command: Sequence[str], *, runs: int = 1) -> tuple[float, str]:
    """The least of so many runs, and in words how fast plain Python ran before and after.

    A limit in seconds holds for a machine; shared ones run three times slower for minutes on end.
    """
    before = pace()
    taken = min(seconds(command) for _ in range(runs))
    return taken, f"{taken:.1f} 秒（前后两千万次整数乘法相加 {before:.1f}、{pace():.1f} 秒）"


def medians(*commands: Sequence[str], runs: int) -> list[float]:
    """Median of each command, run in turn after one warm-up."""
    for command in commands:
        seconds(command)
    taken = [[seconds(command) for command in commands] for _ in range(runs)]
    return [statistics.median(column) for column in zip(*taken, strict=True)]


def measured(folder: Path) -> Iterator[Line]:
    (helped,) = medians([JUNHENG, "--help"], runs=11)
    yield Line("`junheng --help`", "< 0.3 秒", f"{helped:.2f} 秒", helped < 0.3)

    book, store = folder / "全县.xlsx", folder / "库"
    sample.fill_workbook(book, seed=1, schools=SCHOOLS)
    reads = [sys.executable, str(ROOT / "benchmarks" / "openpyxl_reads.py"), str(book)]
    checked, read = medians([JUNHENG, "check", str(book)], reads, runs=5)
    yield Line(
        f"`check` {SCHOOLS} 所学校的工作簿",
        "≤ 5 × openpyxl 只读一遍",
        f"{checked:.2f} 秒 ÷ {read:.2f} 秒 ＝ {checked / read:.2f} 倍",
        checked <= 5 * read,
    )

    said = ["--year", "2025", "--by", "性能测试", "--on", "2025-10-20"]
    seconds([JUNHENG, "seal", str(book), "-o", str(store), *said])
    out = str(folder / "结果")
    assessed, told = paced([JUNHENG, "assess", str(store), "--on", "2026-03-31", "-o", out], runs=5)
    yield Line(f"`assess` {SCHOOLS} 所学校，含结果册", "< 10 秒", told, assessed < 10)

    imported, looked = medians(*commands(folder / "统计", SCHOOLS), runs=3)
    yield Line(
        f"`import` {SCHOOLS} 所学校的统计报表",
        "≤ 5 × openpyxl 只读一遍",
        f"{imported:.2f} 秒 ÷ {looked:.2f} 秒 ＝ {imported / looked:.2f} 倍",
        imported <= 5 * looked,
    )

    documents, cards = document_commands(folder / "全市", SCHOOLS)
    written, told = paced(documents)
    what = f"`report` 16 个区县 {SCHOOLS} 所学校的全部文件（成绩单除外）"
    yield Line(what, "< 60 秒", told, written < 60)
    written, told = paced(cards)
    yield Line(f"`report --kind cards` {SCHOOLS} 份成绩单", "< 90 秒", told, written < 90)


def pace() -> float:
    """Seconds for twenty million products of integers: how fast this machine runs plain Python."""
    begun = time.process_time()
    total = 0
    for i in range(20_000_000):
        total += i * i
    return time.process_time() - begun


def table(lines: Sequence[Line]) -> str:
    """The measurements as Markdown, with what they were made on."""
    rows = [
        f"| {each.what} | {each.promise} | {each.measured} | {each.verdict} |" for each in lines
    ]
    libraries = "、".join(f"{name} {version(name)}" for name in LIBRARIES)
    machine = f"{platform.system()} {platform.machine()}，Python {platform.python_version()}"
    return "\n".join(
        [
            "| 做什么 | 要求 | 实测（整个进程） | 结论 |",
            "| --- | --- | --- | --- |",
            *rows,
            "",
            f"{machine}；{libraries}。",
        ]
    )


def write(text: str) -> None:
    """Put the table between the marks of docs/performance.md."""
    page = PAGE.read_text(encoding="utf-8")
    before, _, rest = page.partition(BEGIN)
    _, _, after = rest.partition(END)
    PAGE.write_text(f"{before}{BEGIN}\n{text}\n{END}{after}", encoding="utf-8")


def main(asked: Sequence[str]) -> int:
    with tempfile.TemporaryDirectory() as folder:
        lines = list(measured(Path(folder)))
    text = table(lines)
    print(text)
    if "--write" in asked:
        write(text)
    return 0 if all(each.kept for each in lines) else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
