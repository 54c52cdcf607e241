"""What a compliance plan is told of the years to come: an uploaded table of pupils, a class-size plan.

Both are read, as the command line reads them, when the form is sent: what is wrong with them is told
at their field. The table is kept by its content; the run names it by its SHA-256.
"""

import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.core.files.uploadedfile import UploadedFile

from junheng.errors import JunhengError, RefusedError
from junheng.registry import Facts, Snapshot
from junheng.web.actions.attachments import keep
from junheng.web.made_once import MadeOnce
from junheng.web.models import Office, Run, User
from junheng.web.models.attachments import path_of
from junheng.web.models.runs import RunState
from junheng.web.run_kinds import RunKind
from junheng.web.sealed import path_of_seal

ALLOWED = ("CSV", "xlsx")
LARGEST = 20 * 1024 * 1024
"""Bytes of a table of pupils; a city's takes a tenth."""
SHOWN = 50
"""Class-size plans that are offered."""
_facts: MadeOnce[Facts] = MadeOnce(2)


@dataclass(frozen=True)
class Table:
    """A table of pupils that was kept."""

    name: str
    sha256: str

    @classmethod
    def of(cls, told: Mapping[str, Any] | None) -> "Table | None":
        """That of an earlier run, where its file is still there."""
        if not told or not path_of(told["sha256"]).is_file():
            return None
        return cls(told["name"], told["sha256"])

    def to_json(self) -> dict[str, str]:
        return {"name": self.name, "sha256": self.sha256}


def kept_table(sent: "UploadedFile[Any]", name: str) -> Table:
    """The uploaded table, kept. Raises RefusedError where it is empty, too large, or no table."""
    sha256, _, _ = keep(sent.chunks(), name=name, allowed=ALLOWED, largest=LARGEST)
    return Table(name, sha256)


def class_size_plans(by: User) -> list[Run]:
    """The finished class-size plans that somebody sees, the latest first."""
    found = Run.objects.visible_to(by).filter(kind=RunKind.CLASS_SIZE, state=RunState.DONE)
    return list(found.select_related("office").order_by("-pk")[:SHOWN])


def refuse_other(plan: Run, *, snapshot: str, office: Office) -> None:
    """Raises RefusedError for a class-size plan of another sealing, or of other schools."""
    if plan.snapshot != snapshot:
        raise RefusedError(
            f"“{plan}”是按封存 {plan.snapshot} 做的，这里选的是 {snapshot}。请选同一次封存做的班额方案，或改选封存。"
        )
    lines = (plan.office.lineage, office.lineage)
    if not lines[0].startswith(lines[1]) and not lines[1].startswith(lines[0]):
        raise RefusedError(
            f"“{plan}”是{plan.office.name}的，这里的范围是{office.name}。请选同一个范围的班额方案。"
        )


def refuse_wrong(snapshot: str, by: int, table: Table | None, plan: Run | None) -> None:
    """Raises a JunhengError naming everything that a plan by this year could not take."""
    from junheng import studies

    facts = _facts.get(snapshot, lambda: Snapshot.open(path_of_seal(snapshot)).facts)
    with tempfile.TemporaryDirectory() as folder:
        given = None if table is None else Path(folder) / table.name
        if given is not None and table is not None:
            given.symlink_to(path_of(table.sha256))
        try:
            studies.told_ahead(facts, by, given, None if plan is None else plan.path)
        except JunhengError as error:
            text = str(error).replace(f"{folder}/", "")
            raise RefusedError(text if plan is None else text.replace(str(plan.path), str(plan))) from error  # fmt: skip


__all__ = ["Table", "class_size_plans", "kept_table", "refuse_other", "refuse_wrong"]
