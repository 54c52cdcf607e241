"""Reading a filled workbook of 1,440 schools, against openpyxl only reading its cells.

    python benchmarks/read_workbook.py [schools]

Prints the times of one run and their ratio. The rule of the house is that the whole check takes
at most five times what openpyxl (read-only) needs to look at the same cells.
"""

import platform
import resource
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import openpyxl

from junheng.registry import check, read
from junheng.sample import fill_workbook

SCHOOLS, ROUNDS = 1440, 3


def touched_by_openpyxl(path: Path) -> int:
    """The filled cells, each looked at once."""
    book = openpyxl.load_workbook(path, read_only=True, data_only=True)
    cells = sum(c.value is not None for sheet in book for row in sheet.iter_rows() for c in row)
    book.close()
    return cells


def best(work: Callable[[], object]) -> float:
    """Least time of some rounds, in seconds."""
    times = []
    for _ in range(ROUNDS):
        start = time.perf_counter()
        work()
        times.append(time.perf_counter() - start)
    return min(times)


def main() -> None:
    schools = int(sys.argv[1]) if len(sys.argv) > 1 else SCHOOLS
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "示例县.xlsx"
        fill_workbook(path, seed=1, schools=schools)
        cells = touched_by_openpyxl(path)
        base = best(lambda: touched_by_openpyxl(path))
        reading = best(lambda: read([path]))
        checking = best(lambda: check(read([path])))
        size = path.stat().st_size
    print(f"Python {platform.python_version()}, openpyxl {openpyxl.__version__}")
    print(f"{schools} schools, {cells} cells, {size / 1e6:.1f} MB")
    print(f"openpyxl read-only, cells only  {base:6.2f} s   1.00")
    print(f"junheng read                    {reading:6.2f} s   {reading / base:.2f}")
    print(f"junheng read and check          {checking:6.2f} s   {checking / base:.2f}")
    own = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"largest memory of this process, openpyxl included: {own:.0f} MB")


if __name__ == "__main__":
    main()
