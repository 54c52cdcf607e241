"""From a row to the plain values that the process of a run works on."""

from pathlib import Path
from typing import Any

from django.conf import settings

from junheng.errors import RefusedError
from junheng.web.models import Run
from junheng.web.roles import OfficeKind
from junheng.web.run_kinds import Needs, RunKind
from junheng.web.sealed import path_of_seal

BOUNDARIES = "boundaries.geojson"
"""County shapes for the maps, in the data folder; without it schools are drawn as points alone."""


def job_of(run: Run, folder: Path) -> dict[str, Any]:
    """What the child reads. Raises RefusedError where what the run starts from is not there."""
    kind = RunKind(run.kind)
    job: dict[str, Any] = {
        **run.settings,
        "kind": kind.value,
        "folder": str(folder),
        "county": run.office.code if run.office.level is OfficeKind.COUNTY else "",
    }
    if kind.card.needs is Needs.FILINGS:
        from junheng.web.working.collecting import collected

        return {**job, **collected(run)}
    shapes = Path(settings.DATA) / BOUNDARIES
    if kind is RunKind.ASSESSMENT and shapes.is_file():
        job["boundaries"] = str(shapes)
    names = run.settings.get("seals") or [run.snapshot]
    job["seals"] = [str(_there(name)) for name in names]
    if kind is RunKind.COMPLIANCE and job["county"]:
        job["counties"] = [job["county"]]
    return job


def _there(name: str) -> Path:
    path = path_of_seal(name)
    if not name or not path.is_dir():
        raise RefusedError(f"找不到封存“{name}”。它可能被移走了，请换一次封存重新安排。")
    return path
