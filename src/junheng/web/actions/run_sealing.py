"""The end of a sealing: the seal in the store, its cases 封存, and the assessment that follows."""

from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

from django.db import transaction

from junheng.registry.whole_file import to_disk
from junheng.web.actions.filings import close_cases
from junheng.web.actions.runs import queue_run
from junheng.web.models import Run
from junheng.web.models.runs import RunState
from junheng.web.run_kinds import RunKind
from junheng.web.sealed import path_of_seal, pending, store
from junheng.years import SchoolYear


def close_sealing(run: Run, receipt: Mapping[str, Any], made: Path) -> None:
    """Inside the transaction that makes the run done. `made` holds the seal's facts and seal.

    The folders come last: where the cases cannot be closed, no seal is left in the store. They are
    on the disk before the rows are; named by their content, they are the same if this is done again.
    Until the rows are committed a mark says that the seal does not count yet (`sealed.pending`).
    """
    close_cases(
        receipt["cases"], seal=receipt["seal"], fingerprint=receipt["facts"], by=run.by,
        on=date.fromisoformat(receipt["on"]), role=run.settings.get("role", ""),
    )  # fmt: skip
    year = receipt["year"]
    queue_run(
        kind=RunKind.ASSESSMENT, title=f"{SchoolYear(year)}优质均衡评估", office=run.office, by=run.by,
        year=year, snapshot=receipt["seal"], fingerprint=receipt["facts"], official=True,
        settings={"on": assessed_on(year)},
    )  # fmt: skip
    mark = _mark(receipt["seal"])
    for part in ("facts", "seals"):
        _move(made / part, store() / part)
    to_disk(store())
    if mark is not None:
        transaction.on_commit(lambda: mark.unlink(missing_ok=True))


def _mark(seal: str) -> Path | None:
    """The mark of a seal that does not count yet; None where the same seal counts already."""
    mark = pending() / seal
    if path_of_seal(seal).is_dir() and not mark.exists():
        return None
    mark.parent.mkdir(exist_ok=True)
    mark.touch()
    to_disk(mark.parent)
    return mark


def clear_marks() -> None:
    """Take away the marks of seals whose run is done: the worker died right after it was."""
    for mark in pending().glob("*"):
        done = Run.objects.filter(kind=RunKind.SEAL, state=RunState.DONE, snapshot=mark.name)
        if done.exists():
            mark.unlink(missing_ok=True)


def _move(made: Path, there: Path) -> None:
    """The folders of `made` under their names in the store, and the names on the disk."""
    there.mkdir(parents=True, exist_ok=True)
    for folder in made.iterdir():
        if not (there / folder.name).exists():
            folder.rename(there / folder.name)
    to_disk(there)


def assessed_on(year: int) -> str:
    """The day by which a year is judged where nobody says another: that of the self-evaluation."""
    from junheng.studies.years import day_of

    return day_of(year).isoformat()
