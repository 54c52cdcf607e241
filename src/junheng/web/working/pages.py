"""What the pages of a result read: the blocks of the web report, one file each.

    city.json          conclusions, areas, the index of schools, columns of the forms
    <county>.json      lines, parts, coefficients of variation, gaps, shortfalls of one county
    <county>.cells.json  every filed value with its file, sheet and cell

They are the blocks of `publish.html`, so the desk and the offline report never say different things.
A page needs one county, seldom its cells: that is why the files are split so.
"""

import json
from pathlib import Path
from typing import Any

from junheng.publish.html.boundaries import Shapes
from junheng.publish.html.city import city_data
from junheng.publish.html.county import CountyData
from junheng.publish.html.years import YearsBook
from junheng.studies import Study, place, side_by_side

CELLS = ("cells", "form", "packed", "texts")
"""Parts of a county's block that are read only when a cell is opened; texts by both."""


def write_pages(study: Study, folder: Path, shapes: Shapes | None = None) -> None:
    """Write every block of the study into `folder`."""
    folder.mkdir(parents=True, exist_ok=True)
    years = side_by_side([study])
    _write(folder / "city.json", city_data(study, years, shapes or {}))
    makers = CountyData(study, YearsBook(years))
    for county in study.assessment.counties:
        block = makers.of(county)
        _write(
            folder / f"{county.code}.json",
            {k: v for k, v in block.items() if k not in CELLS or k == "texts"},
        )
        _write(folder / f"{county.code}.cells.json", {k: block[k] for k in CELLS})


def _write(path: Path, block: dict[str, Any]) -> None:
    text = json.dumps(block, ensure_ascii=False, separators=(",", ":"))
    place(path, lambda aside: aside.write_text(text, encoding="utf-8"))
