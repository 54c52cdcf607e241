"""From a row to the plain values that the process of a run works on."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from django.conf import settings

from junheng.errors import RefusedError
from junheng.web.models import Run
from junheng.web.models.attachments import path_of
from junheng.web.models.runs import RunState
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
    if kind is RunKind.COMPLIANCE:
        job |= _years_ahead(run.settings)
        if job["county"]:
            job["counties"] = [job["county"]]
    return job


def _years_ahead(settings_: Mapping[str, Any]) -> dict[str, Any]:
    """Where the table of pupils and the class-size plan lie, beside their names."""
    found: dict[str, Any] = {}
    table, plan = settings_.get("pupils"), settings_.get("class_size")
    if table:
        path = path_of(table["sha256"])
        if not path.is_file():
            raise RefusedError(f"找不到学生数表“{table['name']}”。请重新上传，再安排一次。")
        found["pupils"] = {**table, "path": str(path)}
    if plan:
        made = Run.objects.filter(pk=plan["run"], state=RunState.DONE).first()
        if made is None or made.receipt is None or not made.path.is_dir():
            raise RefusedError(f"找不到班额方案“{plan['title']}”。请换一次班额方案，再安排一次。")
        found["class_size"] = {**plan, "path": str(made.path), "plan": made.receipt["plan"]}
    return found


def _there(name: str) -> Path:
    path = path_of_seal(name)
    if not name or not path.is_dir():
        raise RefusedError(f"找不到封存“{name}”。它可能被移走了，请换一次封存重新安排。")
    return path
