"""Taking, keeping and ending runs: who holds a run may end it, nobody else."""

from datetime import timedelta
from pathlib import Path

import pytest
from desk_cast import Cast
from django.utils import timezone

from junheng.errors import RefusedError
from junheng.web.actions import run_leases
from junheng.web.actions.runs import cancel_run, queue_run
from junheng.web.models import Event, Run
from junheng.web.roles import Role

pytestmark = pytest.mark.django_db
RECEIPT = {"seal": "2025-0", "facts": "ab" * 32, "year": 2025, "summary": {}}


def queued(cast: Cast) -> Run:
    by = cast.people[Role.CITY_OFFICER, "own"]
    return queue_run(kind="assessment", title="评估", office=cast.city, by=by)


def taken(name: str = "one") -> Run:
    run = run_leases.take_run(name)
    assert run is not None
    return run


def finish(run: Run, tmp_path: Path) -> bool:
    return run_leases.finish_run(run, receipt=RECEIPT, folder="1-1", place=lambda: tmp_path)


def test_the_oldest_waiting_run_is_taken_and_then_no_longer_there_to_take(cast: Cast) -> None:
    first, second = queued(cast), queued(cast)
    assert [taken("one").pk, taken("two").pk] == [first.pk, second.pk]
    assert run_leases.take_run("three") is None


def test_a_run_is_done_with_its_receipt_and_its_event(cast: Cast, tmp_path: Path) -> None:
    queued(cast)
    run = taken()
    assert finish(run, tmp_path)
    run.refresh_from_db()
    assert (run.state, run.receipt, run.fingerprint) == ("done", RECEIPT, "ab" * 32)
    assert Event.objects.about(run).filter(verb="测算完成").count() == 1


def test_a_worker_that_was_thought_dead_can_no_longer_end_the_run(
    cast: Cast, tmp_path: Path
) -> None:
    queued(cast)
    slow = taken("slow")
    Run.objects.filter(pk=slow.pk).update(alive_at=timezone.now() - timedelta(minutes=5))
    assert run_leases.requeue_lost(20) == 1
    fast = taken("fast")
    assert not finish(slow, tmp_path)
    assert not run_leases.keep_run(slow, permille=500, doing="还在做")
    assert not run_leases.fail_run(slow, "坏了")
    assert finish(fast, tmp_path)
    assert fast.tries == 2


def test_a_living_worker_keeps_its_run(cast: Cast) -> None:
    queued(cast)
    assert run_leases.keep_run(taken(), permille=300, doing="评估")
    assert run_leases.requeue_lost(20) == 0


def test_a_run_whose_workers_always_die_is_given_up_with_a_sentence(cast: Cast) -> None:
    queued(cast)
    for _ in range(run_leases.TRIES):
        run = taken()
        Run.objects.filter(pk=run.pk).update(alive_at=timezone.now() - timedelta(minutes=5))
        run_leases.requeue_lost(20)
    run.refresh_from_db()
    assert run.state == "failed"
    assert "没有再试" in run.error


def test_a_cancelled_run_is_no_longer_its_workers(cast: Cast, tmp_path: Path) -> None:
    run = queued(cast)
    held = taken()
    cancel_run(run, by=cast.people[Role.CITY_OFFICER, "own"])
    assert not run_leases.keep_run(held, permille=1, doing="")
    assert not finish(held, tmp_path)
    with pytest.raises(RefusedError, match="已经已取消"):
        cancel_run(run, by=cast.people[Role.CITY_OFFICER, "own"])


def test_what_the_end_cannot_do_leaves_the_run_as_it_was(cast: Cast, tmp_path: Path) -> None:
    queued(cast)
    run = taken()

    def close(*_: object) -> None:
        raise RefusedError("封存期间有改动。")

    with pytest.raises(RefusedError):
        run_leases.finish_run(
            run, receipt=RECEIPT, folder="1-1", place=lambda: tmp_path, closing=close
        )
    run.refresh_from_db()
    assert run.state == "running"
    assert not Event.objects.about(run).filter(verb="测算完成").exists()
