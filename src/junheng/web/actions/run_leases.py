"""Taking, keeping and ending runs: what `junheng work` writes.

A worker holds a run by its name in `worker` and a heartbeat in `alive_at`. Every write asks for both
the name and the state, so that a worker that was thought dead and comes back changes nothing.
"""

from collections.abc import Callable, Collection, Mapping
from datetime import timedelta
from pathlib import Path
from typing import Any

from django.db import connection, transaction
from django.db.models import F
from django.utils import timezone

from junheng.registry.whole_file import to_disk
from junheng.web.actions.recording import record
from junheng.web.models import Run
from junheng.web.models.runs import RunState

TRIES = 12
"""A run whose workers died so often is given up: it may be what kills them."""
Closing = Callable[[Run, Mapping[str, Any]], None]


def take_run(worker: str) -> Run | None:
    """The oldest waiting run, now held by `worker`; None where nothing waits.

    Two workers never get the same run: PostgreSQL skips rows that another is taking, and on both
    engines the row is changed only while it still waits.
    """
    with transaction.atomic():
        waiting = Run.objects.filter(state=RunState.QUEUED).order_by("pk")
        if connection.features.has_select_for_update_skip_locked:
            waiting = waiting.select_for_update(skip_locked=True)
        found = waiting.values_list("pk", flat=True).first()
        if found is None:
            return None
        now = timezone.now()
        taken = Run.objects.filter(pk=found, state=RunState.QUEUED).update(
            state=RunState.RUNNING, worker=worker, tries=F("tries") + 1, started_at=now,
            alive_at=now, permille=0, doing="", error="",
        )  # fmt: skip
        return Run.objects.select_related("office", "by").get(pk=found) if taken else None


def keep_run(run: Run, *, permille: int, doing: str) -> bool:
    """The heartbeat with the progress; False where the run is no longer this worker's."""
    return bool(_held(run).update(alive_at=timezone.now(), permille=permille, doing=doing[:200]))


def keep_runs(worker: str, runs: Collection[int]) -> int:
    """The heartbeat alone, for runs (by number) that `worker` holds; for how many it was.

    Passes over a row that is being written just now: who waited for it would let the others die."""
    held = Run.objects.filter(pk__in=runs, worker=worker, state=RunState.RUNNING)
    with transaction.atomic():
        if connection.features.has_select_for_update_skip_locked:
            free = held.select_for_update(skip_locked=True).values_list("pk", flat=True)
            held = Run.objects.filter(pk__in=list(free))
        return held.update(alive_at=timezone.now())


def finish_run(
    run: Run, *, receipt: Mapping[str, Any], folder: str, place: Callable[[], Path],
    closing: Closing | None = None,
) -> bool:  # fmt: skip
    """The run is done: its folder in place, what it changes in the desk, its row and its event, all
    or nothing. False where the run is no longer this worker's. Raises JunhengError where `closing`
    finds that it can no longer be; then nothing is written."""
    with transaction.atomic():
        now = _held(run).select_for_update(of=("self",)).select_related("office", "by").first()
        if now is None:
            return False
        now.state, now.permille, now.doing = RunState.DONE, 1000, ""
        now.receipt, now.folder, now.finished_at = dict(receipt), folder, timezone.now()
        now.snapshot = receipt.get("seal", now.snapshot)
        now.fingerprint = receipt.get("facts", now.fingerprint)
        now.year = receipt.get("year", now.year)
        now.save()
        if closing is not None:
            closing(now, receipt)
        record("测算完成", now, by=None, new={"folder": folder, "facts": now.fingerprint})
        # Last: a name that can be seen before the row says so is swept away as nobody's.
        to_disk(place().parent)
        return True


def fail_run(run: Run, sentence: str) -> bool:
    """The run ends with a sentence for people; False where it is no longer this worker's."""
    sentence = sentence.replace(
        "\0", ""
    )  # what a file said may be in it, and PostgreSQL keeps none
    with transaction.atomic():
        now = _held(run).select_for_update(of=("self",)).select_related("office").first()
        if now is None:
            return False
        now.state, now.error, now.finished_at = RunState.FAILED, sentence, timezone.now()
        now.save(update_fields=["state", "error", "finished_at"])
        record("测算失败", now, by=None, new={"error": sentence})
        return True


def release_run(run: Run, *, told: bool) -> bool:
    """The worker stops: the run waits again. Where the worker was told to stop, as if it had not
    been taken; where it died, the try counts, and the last one ends the run."""
    if not told:
        return _requeue(run, _held(run))
    with transaction.atomic():
        return bool(_held(run).update(state=RunState.QUEUED, worker="", tries=F("tries") - 1))


def requeue_lost(lease: float, *, worker: str = "", held: Collection[int] = ()) -> int:
    """Runs whose worker has been silent for `lease` seconds wait again; how many there were.

    Never those that `worker`, who asks, still holds: it was busy, it is not dead."""
    silent = timezone.now() - timedelta(seconds=lease)
    lost = Run.objects.filter(state=RunState.RUNNING, alive_at__lt=silent)
    lost = lost.exclude(worker=worker, pk__in=held)
    return sum(
        _requeue(run, _held(run).filter(alive_at__lt=silent))
        for run in lost.select_related("office")
    )


def _requeue(run: Run, held: Any) -> bool:
    with transaction.atomic():
        if run.tries < TRIES:
            moved = held.update(state=RunState.QUEUED, worker="", permille=0, doing="")
        else:
            told = f"执行者中断了{run.tries}次，没有再试。请看执行日志，或减小范围后重新安排。"
            moved = held.update(state=RunState.FAILED, error=told, finished_at=timezone.now())
        if moved:
            record("执行者中断", run, by=None, old={"worker": run.worker, "tries": run.tries})
        return bool(moved)


def _held(run: Run) -> Any:
    return Run.objects.filter(pk=run.pk, worker=run.worker, state=RunState.RUNNING)
