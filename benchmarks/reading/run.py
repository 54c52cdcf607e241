"""Reading and checking a workbook and a roster, against those who only read and those who also check.

    python benchmarks/reading/run.py [schools] [rows] [--runs N] [--write]

Whole processes in turn, medians. Both files hold planted mistakes, written down as they were made;
how many of them each one names is told beside its time. Last comes a cold start: `import junheng`
and a first small assessment against `import duckdb` and a first query. `--write` renews the table
in docs/performance.md. Peers: pip install --group bench.
"""

import json
import os
import platform
import re
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from importlib.metadata import version
from pathlib import Path

from material import EACH, roster, workbook

from junheng.sample import fill_workbook

ROOT = Path(__file__).parents[2]
HERE = Path(__file__).parent
PAGE = ROOT / "docs" / "performance.md"
BEGIN, END = "<!-- reading:begin -->", "<!-- reading:end -->"
JUNHENG = str(Path(sys.executable).parent / "junheng")
LIBRARIES = (
    "junheng", "python-calamine", "pandas", "pandera", "frictionless", "openpyxl", "lxml", "duckdb", "polars",
)  # fmt: skip
FIRST_QUERY = "import duckdb; duckdb.sql('SELECT 42').fetchall()"
FIRST_STUDY = (
    "import sys, datetime, pathlib, junheng; "
    "junheng.assess(junheng.Snapshot.open(pathlib.Path(sys.argv[1])), on=datetime.date(2026, 3, 31))"
)


@dataclass
class Contestant:
    """A command, what it took, and what it named."""

    name: str
    command: list[str]
    found: Callable[[str], int] | None = None
    accepted: tuple[int, ...] = (0,)
    seconds: list[float] = field(default_factory=list)
    processor: list[float] = field(default_factory=list)
    """Of all its processes; on a busy machine the steadier measure."""
    named: int = 0

    @property
    def median(self) -> float:
        return statistics.median(self.seconds)

    @property
    def used(self) -> float:
        return statistics.median(self.processor)

    def run(self) -> None:
        begun, used = time.perf_counter(), _processor()
        done = subprocess.run(self.command, capture_output=True, text=True, check=False)
        self.seconds.append(time.perf_counter() - begun)
        self.processor.append(_processor() - used)
        if done.returncode not in self.accepted:
            sys.exit(
                f"{self.name} 退出状态 {done.returncode}\n{done.stdout[-2000:]}{done.stderr[-2000:]}"
            )
        if self.found is not None:
            self.named = self.found(done.stdout)


def _processor() -> float:
    """Seconds that the children of this process have used."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def _busy() -> float:
    """Seconds that all processes of the machine have used; 0 where the system does not tell."""
    told = Path("/proc/stat")
    if not told.exists():
        return 0.0
    user, nice, system = told.read_text(encoding="utf-8").split()[1:4]
    return (int(user) + int(nice) + int(system)) / os.sysconf("SC_CLK_TCK")


class Others:
    """What other processes used of the machine while the contestants ran."""

    def __init__(self) -> None:
        self._begun = time.perf_counter()
        self._own, self._all = self._mine(), _busy()

    @staticmethod
    def _mine() -> float:
        return _processor() + time.process_time()

    def __str__(self) -> str:
        taken = time.perf_counter() - self._begun
        others = max(0.0, _busy() - self._all - (self._mine() - self._own))
        return f"轮流运行共 {taken:.0f} 秒，其间别的进程用去 {others:.0f} 处理器秒"


def peer(program: str, *asked: str) -> list[str]:
    return [sys.executable, str(HERE / program), *asked]


def planted_cells(folder: Path) -> set[tuple[str, int]]:
    told = json.loads((folder / "填报.json").read_text(encoding="utf-8"))
    return {(sheet, int(re.sub(r"\D", "", cell))) for _, sheet, cell in told}


def of_workbook(folder: Path) -> list[Contestant]:
    planted = planted_cells(folder)
    book = str(folder / "填报.xlsx")

    def by_us(said: str) -> int:
        wrong = {
            (each["sheet"], int(re.sub(r"\D", "", each["cell"]) or 0))
            for each in json.loads(said)["findings"]
            if each["level"] == "必须改"
        }
        return len(planted & wrong)

    def by_peer(said: str) -> int:
        return len(planted & {(sheet, row) for sheet, row in json.loads(said)})

    place = str(folder)
    return [
        Contestant("python-calamine，只读单元格", peer("with_calamine.py", book)),
        Contestant("junheng check", [JUNHENG, "check", book, "--json"], by_us, (1,)),
        Contestant("pandas.read_excel＋pandera", peer("with_pandera.py", "workbook", place), by_peer),
        Contestant("同上，改用 calamine 读", peer("with_pandera.py", "workbook", place, "calamine"), by_peer),
        Contestant("frictionless", peer("with_frictionless.py", "workbook", place), by_peer),
    ]  # fmt: skip


OURS = {
    "A03": 2 * EACH, "A04": 2 * EACH, "A05": 2 * EACH, "A06": EACH, "A15": EACH,
}  # fmt: skip
"""Code → rows it must name; identifiers that occur twice are counted with their other row."""


def of_roster(folder: Path) -> list[Contestant]:
    told = json.loads((folder / "学籍.json").read_text(encoding="utf-8"))
    planted = {("学籍", row) for _, row in told}

    def by_us(said: str) -> int:
        rows: dict[str, int] = {}
        for code, listed, total in re.findall(
            r"(A\d\d) 学籍.xlsx\S*?(?: 学籍)?：第 (.*?) 行(?:等共 (\d+) 行)?的", said
        ):
            rows[code] = rows.get(code, 0) + (int(total) if total else _many(listed))
        named = sum(min(rows.get(code, 0), many) for code, many in OURS.items())
        return named + min(rows.get("A07", 0), 4 * EACH) // 2

    def by_peer(said: str) -> int:
        return len(planted & {(sheet, row) for sheet, row in json.loads(said)})

    files = [str(folder / each) for each in ("学籍.xlsx", "学校名册.parquet")]
    ours = [JUNHENG, "aggregate", *files, "--year", "2025", "-o", str(folder / "出")]
    place = str(folder)
    return [
        Contestant("python-calamine，只读单元格", peer("with_calamine.py", files[0])),
        Contestant("junheng aggregate", ours, by_us, (1,)),
        Contestant("pandas.read_excel＋pandera", peer("with_pandera.py", "roster", place), by_peer),
        Contestant("同上，改用 calamine 读", peer("with_pandera.py", "roster", place, "calamine"), by_peer),
        Contestant("frictionless", peer("with_frictionless.py", "roster", place), by_peer),
    ]  # fmt: skip


def _many(listed: str) -> int:
    """How many rows 3、7—9 are."""
    ends = [each.split("—") for each in listed.split("、")]
    return sum(int(each[-1]) - int(each[0]) + 1 for each in ends)


def of_cold_start(folder: Path) -> list[Contestant]:
    book, store = folder / "小县.xlsx", folder / "库"
    fill_workbook(book, seed=1, schools=8)
    said = ["--year", "2025", "--by", "性能测试", "--on", "2025-10-20"]
    subprocess.run(
        [JUNHENG, "seal", str(book), "-o", str(store), *said], check=True, capture_output=True
    )
    return [
        Contestant("import duckdb 与第一个查询", [sys.executable, "-c", FIRST_QUERY]),
        Contestant(
            "import junheng 与 8 所学校的第一次评估",
            [sys.executable, "-c", FIRST_STUDY, str(store)],
        ),
    ]


def take_turns(contestants: Sequence[Contestant], runs: int) -> None:
    for _ in range(runs):
        for each in contestants:
            each.run()
            print(
                f"{each.name} {each.seconds[-1]:.2f} ({each.processor[-1]:.2f}) {each.named}",
                flush=True,
            )


def section(title: str, contestants: Sequence[Contestant], planted: int) -> list[str]:
    least, ours = contestants[0], contestants[1]
    lines = [
        f"**{title}**",
        "",
        "| 做什么 | 秒（处理器秒） | calamine 的几倍 | junheng 快几倍 | 埋下的错误找到 |",
        "| --- | --- | --- | --- | --- |",
    ]
    for each in contestants:
        faster = "—" if each in (ours, least) else _times(each, ours)
        named = "不检查" if each is least else f"{each.named} / {planted}"
        taken = f"{each.median:.2f}（{each.used:.2f}）"
        lines.append(f"| {each.name} | {taken} | {_times(each, least)} | {faster} | {named} |")
    return [*lines, ""]


def _times(one: Contestant, other: Contestant) -> str:
    """By the clock, and by the processor."""
    return f"{one.median / other.median:.2f}（{one.used / other.used:.2f}）"


def main(asked: Sequence[str]) -> int:
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)  # what is installed keeps its byte code
    sizes = [int(each) for each in asked if each.isdigit()]
    runs = int(asked[asked.index("--runs") + 1]) if "--runs" in asked else 3
    if "--runs" in asked:
        sizes.remove(runs)
    schools, rows = (sizes + [1440, 100_000][len(sizes) :])[:2]
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        workbook(folder, schools)
        roster(folder, rows)
        book, people, cold = of_workbook(folder), of_roster(folder), of_cold_start(folder)
        others = Others()
        take_turns(book, runs)
        take_turns(people, runs)
        take_turns(cold, 3 * runs)
        beside = str(others)
        errors = len(planted_cells(folder)), len(json.loads((folder / "学籍.json").read_bytes()))
    ratio = cold[1].median / cold[0].median
    libraries = "、".join(f"{each} {version(each)}" for each in LIBRARIES)
    machine = f"{platform.system()} {platform.machine()}，{os.cpu_count()} 核，Python {platform.python_version()}"
    text = "\n".join([
        *section(f"{schools:,} 所学校的填报工作簿（学校六张表约 120 栏），读并校验", book, errors[0]),
        *section(f"{rows:,} 行的 Excel 学籍，读并检查", people, errors[1]),
        f"冷启动：{cold[1].name} {cold[1].median:.2f} 秒 ÷ {cold[0].name} {cold[0].median:.2f} 秒 ＝ {_times(cold[1], cold[0])} 倍（≤ 3 倍）。",
        "",
        f"目标：≤ 12 倍 calamine，不慢于 pandera，比 frictionless 快 3 倍以上，埋下的错误全部找到。整个进程，轮流运行，取中位数；括号里是处理器秒与它的比值，机器忙时更可靠；{beside}；{machine}；{libraries}。",
    ])  # fmt: skip
    print(text)
    if "--write" in asked:
        write(text)
    return 0 if kept(book, errors[0]) and kept(people, errors[1]) and ratio <= 3 else 1


def kept(contestants: Sequence[Contestant], planted: int) -> bool:
    least, ours, pandera, _, frictionless = contestants
    return (
        ours.median <= 12 * least.median
        and ours.median <= pandera.median
        and 3 * ours.median <= frictionless.median
        and ours.named == planted
    )


def write(text: str) -> None:
    """Put the tables between their marks of docs/performance.md."""
    page = PAGE.read_text(encoding="utf-8")
    if BEGIN not in page:
        page += f"\n## 读与检查\n\n{BEGIN}\n{END}\n"
    before, _, rest = page.partition(BEGIN)
    _, _, after = rest.partition(END)
    PAGE.write_text(f"{before}{BEGIN}\n{text}\n{END}{after}", encoding="utf-8")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
