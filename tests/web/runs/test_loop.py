"""The loop of the worker in this process: one run that goes wrong takes nothing else with it."""

from pathlib import Path
from typing import Any

import pytest
from desk_cast import Cast
from django.conf import settings

from junheng.web.actions.run_leases import TRIES, take_run
from junheng.web.actions.runs import queue_run
from junheng.web.models import Event, Run
from junheng.web.roles import Role
from junheng.web.working import loop
from junheng.web.working.loop import Pace, Worker

pytestmark = pytest.mark.django_db


class Pretended:
    """A process that does nothing: what the loop sees of a real one."""

    def __init__(self, run: Run, folder: Path, *, ended: bool) -> None:
        self.run, self.folder, self.ended = run, folder, ended
        self.permille, self.doing, self.told, self.beaten_at = 5, "评估", (-1, ""), 0.0
        self.receipt: dict[str, Any] | None = {"seal": "2025-0", "facts": "ab" * 32, "year": 2025}
        self.complaint, self.killed = "", False

    def kill(self) -> None:
        self.killed = True


def held(cast: Cast, worker: Worker, folder: Path, *, ended: bool) -> Pretended:
    """A run that the worker has taken, with its process."""
    by = cast.people[Role.CITY_OFFICER, "own"]
    queue_run(kind="assessment", title="评估", office=cast.city, by=by)
    run = take_run(worker.name)
    assert run is not None
    process = Pretended(run, folder, ended=ended)
    worker.running.append(process)  # type: ignore[arg-type]
    return process


def now(process: Pretended) -> Run:
    return Run.objects.get(pk=process.run.pk)


def test_a_result_that_cannot_be_put_on_the_disk_fails_alone(cast: Cast, tmp_path: Path) -> None:
    worker = Worker(cores=0, pace=Pace(look=0))
    broken = held(cast, worker, tmp_path / "gone", ended=True)
    other = held(cast, worker, tmp_path / "other", ended=False)
    assert worker.turn()
    assert now(broken).state == "failed"
    assert "请把这句话告诉系统管理员" in now(broken).error
    assert now(other).state == "running"
    assert not other.killed


def test_a_run_that_cannot_be_started_fails_and_the_next_is_taken(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    by = cast.people[Role.CITY_OFFICER, "own"]
    runs = [
        queue_run(kind="assessment", title=t, office=cast.city, by=by) for t in ("first", "second")
    ]

    def job_of(run: Run, folder: Path) -> dict[str, Any]:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(loop, "job_of", job_of)
    worker = Worker(cores=2, pace=Pace(look=0))
    assert not worker.turn()
    for run in runs:
        run.refresh_from_db()
        assert run.state == "failed"
        assert "No space left on device" in run.error
    assert not list(worker.results.glob(f"*{runs[0].pk}-1"))


def test_a_result_in_place_whose_row_was_not_written_is_ended_the_next_time(
    cast: Cast, tmp_path: Path
) -> None:
    """The name was changed, then the database did not answer the commit."""
    worker = Worker(cores=0, pace=Pace(look=0))
    process = held(cast, worker, tmp_path / "gone", ended=True)
    (Path(settings.DATA) / "results" / f"{process.run.pk}-1").mkdir(parents=True)
    assert not worker.turn()
    assert (now(process).state, now(process).folder) == ("done", f"{process.run.pk}-1")
    assert now(process).path.is_dir()


def test_a_worker_that_dies_counts_the_try_until_none_is_left(
    cast: Cast, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def die(_: Worker) -> bool:
        raise MemoryError

    monkeypatch.setattr(Worker, "turn", die)
    worker = Worker(cores=1, pace=Pace(look=0))
    process = held(cast, worker, tmp_path, ended=False)
    with pytest.raises(MemoryError):
        worker.work(until=lambda: False)
    assert process.killed
    assert (now(process).state, now(process).tries) == ("queued", 1)
    assert Event.objects.about(process.run).filter(verb="执行者中断").exists()
    Run.objects.filter(pk=process.run.pk).update(tries=TRIES - 1)
    run = take_run(worker.name)
    assert run is not None
    process.run = run
    with pytest.raises(MemoryError):
        worker.work(until=lambda: False)
    assert now(process).state == "failed"


def test_a_worker_that_is_told_to_end_counts_no_try(cast: Cast, tmp_path: Path) -> None:
    worker = Worker(cores=1, pace=Pace(look=0))
    process = held(cast, worker, tmp_path, ended=False)
    worker.work(until=lambda: True)
    assert (now(process).state, now(process).tries) == ("queued", 0)
