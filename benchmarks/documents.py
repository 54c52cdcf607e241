"""The documents of a city of sixteen counties for `run`: its store, and the commands to be timed."""

import subprocess
import sys
from pathlib import Path

from junheng import sample
from junheng.standards import places

YEAR, ON = 2025, "2026-03-31"
CITY = "410100"
JUNHENG = str(Path(sys.executable).parent / "junheng")
OTHERS = ("city", "self", "form", "list", "index", "leader", "html")
"""Every kind of document but the report cards."""


def sealed_city(folder: Path, schools: int) -> Path:
    """A store with sixteen counties of so many schools together, sealed at once."""
    units = [p for p in places().values() if p.parent == CITY and "演示" not in p.name][:16]
    books = folder / "工作簿"
    books.mkdir(parents=True)
    for seed, unit in enumerate(units, start=1):
        sample.fill_workbook(
            books / f"{unit.name}.xlsx", seed=seed, schools=schools // len(units), year=YEAR,
            code=unit.code, name=unit.name,
        )  # fmt: skip
    store = folder / "全市库"
    said = ["--year", str(YEAR), "--by", "性能测试", "--on", f"{YEAR}-10-20"]
    subprocess.run(
        [JUNHENG, "seal", str(books), "-o", str(store), *said], check=True, capture_output=True
    )
    return store


def document_commands(folder: Path, schools: int) -> tuple[list[str], list[str]]:
    """All documents of the city and its counties; then the card of every school."""
    store, out = sealed_city(folder, schools), folder / "文件"
    base = [JUNHENG, "report", str(store), "--on", ON, "-o", str(out)]
    return [*base, *(word for kind in OTHERS for word in ("--kind", kind))], [
        *base,
        "--kind",
        "cards",
    ]
