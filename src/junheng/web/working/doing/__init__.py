"""One function a kind of run: `do(job, folder, telling) -> receipt`. No Django, no database.

`job` holds plain values only (`working.ordering`); the files go into `folder`; the receipt is what
must be the same for the result to be the same, with `summary`: what the list of runs tells.
"""

from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from typing import Any

from junheng.web.run_kinds import RunKind
from junheng.web.working.telling import Telling

Doer = Callable[[dict[str, Any], Path, Telling], dict[str, Any]]
_HOMES = {
    RunKind.SEAL: "sealing:seal_year",
    RunKind.ASSESSMENT: "assessing:assess",
    RunKind.READINGS: "comparing:read_every_way",
    RunKind.YEARS: "comparing:follow_years",
    RunKind.SCREEN: "comparing:screen",
    RunKind.CLASS_SIZE: "planning:plan_classes",
    RunKind.COMPLIANCE: "complying:comply",
    RunKind.TARGETS: "comparing:follow_targets",
}


def doer(kind: str) -> Doer:
    """The function that does a kind; its module is loaded now, engines and all."""
    module, _, name = _HOMES[RunKind(kind)].partition(":")
    found: Doer = getattr(import_module(f"junheng.web.working.doing.{module}"), name)
    return found
