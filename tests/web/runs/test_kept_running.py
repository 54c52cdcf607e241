"""What runs beside the server: started again when it dies, ended when the server ends; told when absent."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from desk_cast import Cast
from django.urls import reverse
from django.utils import timezone

from junheng.web.actions.runs import queue_run
from junheng.web.models import Run
from junheng.web.roles import Role

pytestmark = pytest.mark.slow

KEEPER = [sys.executable, "-m", "junheng.web.serving.keeping"]
WORKER = """
import os, sys, time
from pathlib import Path
here = Path(os.environ["HERE"])
with (here / "started").open("a") as told:
    told.write(f"{os.getpid()}\\n")
time.sleep(float(sys.argv[1]))
sys.exit(int(sys.argv[2]))
"""


def kept(tmp_path: Path, *words: str) -> "subprocess.Popen[bytes]":
    """The keeper of a module that lives so many seconds and ends with that status."""
    (tmp_path / "pretended.py").write_text(WORKER, encoding="utf-8")
    path = os.pathsep.join([str(tmp_path), *sys.path])
    return subprocess.Popen(
        [*KEEPER, "pretended", *words],
        env={**os.environ, "PYTHONPATH": path, "HERE": str(tmp_path)},
    )


def started(tmp_path: Path) -> list[int]:
    told = tmp_path / "started"
    return [int(n) for n in told.read_text().split()] if told.exists() else []


def soon(what: Callable[[], bool]) -> None:
    until = time.monotonic() + 20
    while not what():
        assert time.monotonic() < until, "it did not happen within 20 s"
        time.sleep(0.05)


def test_a_worker_that_dies_is_started_again_and_ends_with_its_keeper(tmp_path: Path) -> None:
    keeper = kept(tmp_path, "600", "0")
    try:
        soon(lambda: len(started(tmp_path)) == 1)
        os.kill(started(tmp_path)[0], signal.SIGKILL)
        soon(lambda: len(started(tmp_path)) == 2)
    finally:
        keeper.terminate()
    assert keeper.wait(timeout=20) == 0
    assert not Path(f"/proc/{started(tmp_path)[1]}").exists()


def test_a_worker_that_ends_by_itself_is_not_started_again(tmp_path: Path) -> None:
    assert kept(tmp_path, "0", "0").wait(timeout=20) == 0
    assert len(started(tmp_path)) == 1


def test_the_desk_starts_its_worker_through_the_keeper() -> None:
    from junheng.web.serving import keeping, server

    assert server.kept("junheng", "work") == [keeping.__name__, "junheng", "work"]


@pytest.mark.django_db
def test_runs_that_wait_while_nobody_works_say_so(cast: Cast) -> None:
    by, client = cast.people[Role.CITY_OFFICER, "own"], cast.client(Role.CITY_OFFICER)
    run = queue_run(kind="years", title="历年", office=cast.city, by=by)
    pages = [reverse("runs"), reverse("run", args=[run.pk]), reverse("run-progress", args=[run.pk])]

    def told() -> list[bool]:
        return ["没有执行者在工作" in client.get(page).content.decode() for page in pages]

    assert told() == [False] * 3
    long_ago = timezone.now() - timedelta(minutes=3)
    Run.objects.filter(pk=run.pk).update(queued_at=long_ago)
    assert told() == [True] * 3
    busy = queue_run(kind="years", title="在做", office=cast.city, by=by)
    Run.objects.filter(pk=busy.pk).update(state="running", alive_at=timezone.now())
    assert told() == [False] * 3
