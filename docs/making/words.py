"""术语: glossary.csv as a page."""

import csv
from collections.abc import Iterator
from pathlib import Path

from making.grids import grid

GLOSSARY = Path(__file__).parents[2] / "glossary.csv"


def page() -> Iterator[str]:
    yield "# 术语"
    yield ""
    yield "代码里的英文标识与公文用语的对照，来自仓库根目录的 `glossary.csv`。`栏目=代码` 是选项，`表.栏目` 用来区分同名的栏目。"
    yield ""
    with GLOSSARY.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    yield from grid(
        ("标识", "中文", "English"),
        ((f"`{r['identifier'].removeprefix('word:')}`", r["中文"], r["English"]) for r in rows),
    )
