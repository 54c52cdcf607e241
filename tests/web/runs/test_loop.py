"""The loop of the worker in this process: one run that goes wrong takes nothing else with it."""

import time
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from desk_cast import Cast
from django.conf import settings
from django.utils import timezone

from junheng.errors import RefusedError
from junheng.web.actions.run_leases import TRIES, keep_runs, take_run
from junheng.web.actions.runs import queue_run
from junheng.web.models import Event, Run
from junheng.web.roles import Role
from junheng.web.working import loop, pulse
from junheng.web.working.loop import Pace, Worker

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _one_connection(monkeypatch: pytest.MonkeyPatch) -> None:
    """The loop must not close the connection on which the test's transaction is open."""
    monkeypatch.setattr(loop, "close_old_connections", lambda: None)


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


def test_a_worker_that_was_busy_does_not_take_its_own_run_for_lost(
    cast: Cast, tmp_path: Path
) -> None:
    worker = Worker(cores=0, pace=Pace(look=0))
    process = held(cast, worker, tmp_path, ended=False)
    silent = timezone.now() - timedelta(seconds=25)
    Run.objects.filter(pk=process.run.pk).update(alive_at=silent)
    assert worker.turn()
    assert (now(process).state, now(process).worker, process.killed) == (
        "running",
        worker.name,
        False,
    )


def test_a_run_of_its_name_that_it_does_not_hold_is_lost_like_any_other(cast: Cast) -> None:
    """It was taken, and then the database did not answer."""
    by = cast.people[Role.CITY_OFFICER, "own"]
    run = queue_run(kind="assessment", title="评估", office=cast.city, by=by)
    worker = Worker(cores=0, pace=Pace(look=0))
    assert take_run(worker.name)
    Run.objects.update(alive_at=timezone.now() - timedelta(seconds=25))
    worker.turn()
    run.refresh_from_db()
    assert run.state == "queued"


def test_a_worker_shows_life_for_what_it_holds_and_for_nothing_else(
    cast: Cast, tmp_path: Path
) -> None:
    worker = Worker(cores=0, pace=Pace(look=0))
    mine = held(cast, worker, tmp_path, ended=False)
    taken_from_it = held(cast, worker, tmp_path, ended=False)
    Run.objects.filter(pk=taken_from_it.run.pk).update(worker="other")
    silent = timezone.now() - timedelta(seconds=25)
    Run.objects.update(alive_at=silent)
    assert keep_runs(worker.name, {each.run.pk for each in worker.running}) == 1
    assert now(mine).alive_at != silent
    assert now(taken_from_it).alive_at == silent


@pytest.mark.parametrize("way", ["starting", "ending"])
def test_life_is_shown_while_the_loop_starts_and_ends_a_run(
    way: str, cast: Cast, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What takes longer than the lease happens here in the loop; the beats come from another thread."""
    beaten: list[set[int]] = []
    monkeypatch.setattr(
        pulse, "keep_runs", lambda name, pks: len(beaten.append(set(pks)) or pks)  # type: ignore[func-returns-value]
    )  # fmt: skip

    def slow(*_: object) -> None:
        until = time.monotonic() + 10
        while len(beaten) < 3:
            assert time.monotonic() < until, "nobody shows life"
            time.sleep(0.01)
        raise RefusedError("做不了。")

    monkeypatch.setattr(loop, "job_of", slow)
    monkeypatch.setattr(loop, "settle", slow)
    worker = Worker(cores=1, pace=Pace(look=0.01, beat=0.02))
    if way == "ending":
        run = held(cast, worker, tmp_path, ended=True).run
    else:
        by = cast.people[Role.CITY_OFFICER, "own"]
        run = queue_run(kind="assessment", title="评估", office=cast.city, by=by)
    worker.work_off()
    run.refresh_from_db()
    assert (run.state, run.error) == ("failed", "做不了。")
    assert all(pks == {run.pk} for pks in beaten[1:3])
    before = len(beaten)
    time.sleep(0.1)
    assert len(beaten) == before, "the beats end with the work"
