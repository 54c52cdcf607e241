"""Queueing and cancelling runs; whoever does them reports through here too."""

from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.utils import timezone

from junheng.errors import RefusedError
from junheng.web.actions.recording import record
from junheng.web.models import Office, Run, User
from junheng.web.models.runs import RunState


@transaction.atomic
def queue_run(
    *,
    kind: str,
    title: str,
    office: Office,
    by: User,
    year: int | None = None,
    settings: Mapping[str, Any] | None = None,
    snapshot: str = "",
    fingerprint: str = "",
    official: bool = False,
    once: str | None = None,
) -> Run:
    """A run that waits for a worker. `snapshot` is the name of a seal in the store.

    Raises RepeatedError where the form `once` has been handled already.
    """
    run = Run.objects.create(
        kind=kind, title=title, office=office, year=year, settings=dict(settings or {}), by=by,
        snapshot=snapshot, fingerprint=fingerprint, official=official,
    )  # fmt: skip
    new = {"kind": kind, "title": title, "settings": run.settings, "snapshot": snapshot}
    record("安排测算", run, by=by, new=new, once=once)
    return run


@transaction.atomic
def cancel_run(run: Run, *, by: User) -> None:
    """A run that has not ended is given up. Raises RefusedError where it has."""
    now = Run.objects.select_for_update(of=("self",)).select_related("office").get(pk=run.pk)
    if now.state not in (RunState.QUEUED, RunState.RUNNING):
        raise RefusedError(f"“{now}”已经{now.get_state_display()}，不能取消。")
    old = {"state": now.state}
    now.state, now.finished_at = RunState.CANCELLED, timezone.now()
    now.save(update_fields=["state", "finished_at"])
    record("取消测算", now, by=by, old=old, new={"state": now.state})
