"""The loop of `junheng work`: take a run, watch its process, tell how far it is, end it.

Killed at any moment, it leaves a run that is 进行中 without a heartbeat; after the lease another
worker, or the next start of this one, lets it wait again. A result folder is written aside under
`results/` and renamed inside the transaction that makes the run done; what is left aside is swept.
"""

import logging
import os
import shutil
import socket
import time
import uuid
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.db import close_old_connections
from django.db.utils import DatabaseError, InterfaceError, OperationalError

from junheng.errors import JunhengError
from junheng.registry.whole_file import ASIDE
from junheng.web.actions.run_leases import (
    fail_run,
    finish_run,
    keep_run,
    release_run,
    requeue_lost,
    take_run,
)
from junheng.web.actions.run_sealing import clear_marks
from junheng.web.models import Run
from junheng.web.models.runs import RunState
from junheng.web.working.closing import closing_of, settle
from junheng.web.working.ordering import job_of
from junheng.web.working.process import Process
from junheng.web.working.pulse import Pulse

log = logging.getLogger(__name__)
NO_ANSWER = (OperationalError, InterfaceError)
"""The database is away or busy: nothing is wrong with the run, and it is tried again."""


@dataclass(frozen=True)
class Pace:
    """Seconds between two looks, two heartbeats, and after how much silence a run is lost."""

    look: float = 0.4
    beat: float = 2.0
    lease: float = 20.0


class Worker:
    """One worker with as many processes at a time as it has cores."""

    def __init__(self, *, cores: int, pace: Pace | None = None) -> None:
        self.name = f"{socket.gethostname()[:30]}:{os.getpid()}:{uuid.uuid4().hex[:8]}"
        self.cores = cores
        self.pace = pace or Pace()
        self.results = Path(settings.DATA) / "results"
        self.results.mkdir(parents=True, exist_ok=True)
        self.running: list[Process] = []
        self.sweep_at = time.monotonic()
        self.starting: int | None = None
        self.pulse = Pulse(self.name, self.held, beat=self.pace.beat)

    def held(self) -> set[int]:
        """Numbers of the runs that are this worker's now, the one that is being started among them."""
        starting = set() if self.starting is None else {self.starting}
        return starting | {each.run.pk for each in list(self.running)}

    def work(self, until: Callable[[], bool]) -> None:
        """Go on until `until` says so, then let what is running wait for another worker. Where an
        error ends the worker, each of its runs has used up a try: it may be what kills workers."""
        told = False
        try:
            with self.pulse.beating():
                while not (told := until()):
                    self.turn()
                    time.sleep(self.pace.look)
        finally:
            for each in self.running:
                each.kill()
            for each in self.running:
                self._release(each.run, told=told)

    def _release(self, run: Run, *, told: bool) -> None:
        try:
            release_run(run, told=told)
        except (DatabaseError, InterfaceError) as error:
            log.warning("测算“%s”等租约到期后重新排队：%s", run, error)

    def work_off(self) -> None:
        """Everything that waits now, and what follows from it; then stop."""
        with self.pulse.beating():
            while self.turn():
                time.sleep(self.pace.look)

    def turn(self) -> bool:
        """One look at everything; whether something runs."""
        close_old_connections()
        try:
            requeue_lost(self.pace.lease, worker=self.name, held=self.held())
            for each in list(self.running):
                self._look_at(each)
            self._sweep()
            while len(self.running) < self.cores and (run := take_run(self.name)):
                self._start(run)
            self.pulse.heard_at = time.monotonic()
        except (DatabaseError, InterfaceError) as error:
            log.warning("数据库没有应答，稍后再试：%s", error)
            self._give_up_what_is_lost()
        return bool(self.running)

    def _start(self, run: Run) -> None:
        folder = self.results / f"{ASIDE}{run.pk}-{run.tries}"
        shutil.rmtree(folder, ignore_errors=True)
        self.starting = run.pk
        try:
            folder.mkdir()
            self.running.append(Process(run, job_of(run, folder), folder))
        except NO_ANSWER:
            release_run(run, told=True)
            raise
        except Exception as error:  # noqa: BLE001  # one run's trouble is not the worker's
            shutil.rmtree(folder, ignore_errors=True)
            fail_run(run, _complaint(run, error))
        finally:
            self.starting = None

    def _look_at(self, each: Process) -> None:
        if each.ended:
            self._end(each)
            self.running.remove(each)
            return
        now, told = time.monotonic(), (each.permille, each.doing)
        if told != each.told or now - each.beaten_at >= self.pace.beat:
            each.told, each.beaten_at = told, now
            if not keep_run(each.run, permille=each.permille, doing=each.doing):
                each.kill()  # cancelled on the page, or taken by another after a long silence
                self.running.remove(each)

    def _end(self, each: Process) -> None:
        run, receipt = each.run, each.receipt
        if receipt is None:
            fail_run(run, each.complaint)
        else:
            folder = f"{run.pk}-{run.tries}"
            target = self.results / folder
            # In place already: the name was changed, and then the commit was not answered.
            made = target if target.is_dir() and not each.folder.exists() else each.folder
            try:
                settle(made)
                finish_run(
                    run, receipt=receipt, folder=folder, closing=closing_of(run, made),
                    place=lambda: made.replace(target),
                )  # fmt: skip
            except NO_ANSWER:
                raise
            except Exception as error:  # noqa: BLE001  # one run's trouble is not the worker's
                fail_run(run, _complaint(run, error))
        shutil.rmtree(each.folder, ignore_errors=True)

    def _give_up_what_is_lost(self) -> None:
        """Unheard for a whole lease, another worker may have what runs here: it must end."""
        if time.monotonic() - self.pulse.heard_at > self.pace.lease:
            for each in self.running:
                each.kill()
            self.running.clear()

    def _sweep(self) -> None:
        """Folders that killed workers left: aside ones that nobody fills, named ones that no row has."""
        if time.monotonic() < self.sweep_at:
            return
        self.sweep_at = time.monotonic() + 3 * self.pace.lease
        clear_marks()
        old = [each for each in self.results.iterdir() if self._untouched(each)]
        named = {each: each.name.removeprefix(ASIDE).partition("-")[::2] for each in old}
        numbered = {each: pair for each, pair in named.items() if all(p.isdecimal() for p in pair)}
        rows = Run.objects.in_bulk({int(number) for number, _ in numbered.values()})
        for folder, (number, tried) in numbered.items():
            run = rows.get(int(number))
            running = run is not None and run.state == RunState.RUNNING and run.tries == int(tried)
            if not running and (run is None or run.folder != folder.name):
                shutil.rmtree(folder, ignore_errors=True)

    def _untouched(self, folder: Path) -> bool:
        try:
            return time.time() - folder.stat().st_mtime > 3 * self.pace.lease
        except OSError:  # renamed meanwhile by another worker
            return False


def _complaint(run: Run, error: Exception) -> str:
    """Why the run ends, for people; what is not meant for them goes into the log."""
    if isinstance(error, JunhengError):
        return str(error)
    log.error("测算“%s”没有做完", run, exc_info=error)
    said = f"{type(error).__name__}：{error}"[:500]
    return f"执行者没能开始或收好这次测算，已记入执行日志。请把这句话告诉系统管理员：{said}"
