"""What the sealing of a year starts from: the passed cases, as names, paths and plain rows."""

from dataclasses import asdict
from datetime import date
from typing import Any

from junheng.errors import RefusedError
from junheng.web.actions.filings import collect, sealable
from junheng.web.models import Run


def collected(run: Run) -> dict[str, Any]:
    """Workbooks, papers, earlier seals and the cases they belong to. Raises RefusedError where
    nothing is passed."""
    year = int(run.settings["year"])
    cases = sealable(run.office, year)
    if not cases:
        raise RefusedError(f"{year}年没有“已通过”的填报，没有可以封存的数据。")
    found = asdict(collect(cases, year))
    found["papers"] = [_plain(row) for row in found["papers"]]
    return {**found, "by": f"{run.by.office.name} {run.by.name}"}


def _plain(row: dict[str, Any]) -> dict[str, Any]:
    """The row with its days as texts; `working.doing.sealing` reads them back."""
    return {k: v.isoformat() if isinstance(v, date) else v for k, v in row.items()}
