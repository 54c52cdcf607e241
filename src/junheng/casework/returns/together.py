"""All returns of a year read again as one filing and checked together, before they are sealed."""

from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from junheng.registry import Facts, Report, check, read
from junheng.registry.template import write_filled

PAPERS_FILE = "佐证材料登记.xlsx"


def check_together(
    files: Mapping[str, Path],
    papers: Sequence[Mapping[str, Any]],
    *,
    year: int,
    on: date,
    last: Sequence[Facts] = (),
) -> Report:
    """The report on all workbooks at once; `files` are by the names under which they are spoken of.

    `papers` are rows of 佐证材料 for what was uploaded beside the workbooks. A paper that a
    workbook lists too must not stand twice: leave it out of `papers`.
    """
    with TemporaryDirectory() as folder:
        inside = Path(folder)
        for name, path in files.items():
            (inside / name).symlink_to(path.absolute())
        if papers:
            write_filled(inside / PAPERS_FILE, {"evidence": list(papers)}, year=year)
        filing = read([inside])
    return check(filing, year=year, last=list(last), on=on)
