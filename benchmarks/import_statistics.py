"""Importing the statistics of 1,440 schools, against openpyxl only reading their cells.

    python benchmarks/import_statistics.py [schools]

Whole processes, in turn, medians. The rule of the house: the import, its workbook and origins
written, takes at most five times what openpyxl (read-only) needs to look at the same cells.
Exit status 1 where it takes longer.
"""

import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

from junheng.sample import make_county

ROOT = Path(__file__).parents[1]
SCHOOLS, ROUNDS, MOST = 1440, 3, 5
sys.path.insert(0, str(ROOT / "tests"))


def seconds(command: Sequence[str]) -> float:
    """Wall time of one process; a failing one stops the run."""
    begun = time.perf_counter()
    subprocess.run(command, check=True, capture_output=True)
    return time.perf_counter() - begun


def commands(folder: Path, schools: int) -> tuple[list[str], list[str]]:
    """Import and bare reading of the same workbook, which is written first."""
    from registry.statistics_books import wide, write_set

    (book,) = write_set(folder, wide(make_county(seed=1, schools=schools)), file="全市.xlsx")
    junheng = str(Path(sys.executable).parent / "junheng")
    out = str(folder / "county.xlsx")
    words = ["import", str(book), "-o", out, "--year", "2025", "--county", "410199"]
    return [junheng, *words], [
        sys.executable, str(ROOT / "benchmarks" / "openpyxl_reads.py"), str(book),
    ]  # fmt: skip


def main() -> int:
    schools = int(sys.argv[1]) if len(sys.argv) > 1 else SCHOOLS
    with tempfile.TemporaryDirectory() as folder:
        both = commands(Path(folder), schools)
        taken = [[seconds(each) for each in both] for _ in range(ROUNDS)]
    imported, read = (statistics.median(column) for column in zip(*taken, strict=True))
    print(
        f"{schools} 所学校：import {imported:.2f} 秒 ÷ 只读一遍 {read:.2f} 秒 ＝ {imported / read:.2f} 倍（≤ {MOST}）"
    )
    return 0 if imported <= MOST * read else 1


if __name__ == "__main__":
    sys.exit(main())
