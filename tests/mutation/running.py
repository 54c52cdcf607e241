"""One process a mutant: the chosen tests run in it until one fails.

The tests are collected once, by pytest itself; then this process forks for every mutant. It must not
have used Polars before: its threads would be lost in the fork and everybody would wait for them.
"""

import gc
import json
import os
import pickle
import resource
import signal
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import cache
from itertools import zip_longest
from pathlib import Path
from typing import Any

import pytest
from _pytest.runner import runtestprotocol

from junheng.registry import school_columns, tables
from junheng.standards import places
from junheng.standards.books import documents, schemes
from mutation.covering import ENGINE, Held, Lines, traced
from mutation.transplanting import forget, memories

MEMORY = 8 << 30
SECONDS = 300
"""Longest a mutant may take; one that goes on for ever is caught by that."""


QUICK, STRONG = 40, "random_counties"
"""After so many tests the comparison of random counties is tried."""
LATER = 20
"""Seconds of the processor after which one test that does not end is ended."""
SHARES = "@cache"
"""How a test file says that its tests share what was worked out once."""


@dataclass
class Job:
    """One mutant to try."""

    name: str
    apply: Callable[[], None]
    choose: Callable[["Known"], list[pytest.Item]]
    longest: float = 40.0
    """Seconds of the processor after which no further test is begun."""
    caught_by: str = ""
    """The test that failed; 时间 or 崩溃 where the process did not end well; empty: it survived."""
    tried: int = 0
    seconds: float = 0.0


@dataclass
class Known:
    """What is known of the tests."""

    items: list[pytest.Item]
    seconds: dict[str, float] = field(default_factory=dict)
    lines: Lines = field(default_factory=dict)
    killers: Counter[str] = field(default_factory=Counter)

    def ordered(self, items: Sequence[pytest.Item], hints: Sequence[str] = ()) -> list[pytest.Item]:
        """Tests that name a hint first, in order of the hints, then those that caught most, some
        quick ones, the random counties, and all others."""

        def weight(item: pytest.Item) -> tuple[int, int, float]:
            place = next((n for n, hint in enumerate(hints) if hint in item.nodeid), len(hints))
            return place, -self.killers[item.nodeid], self.seconds.get(item.nodeid, 1.0)

        listed = sorted(items, key=weight)
        strong = [item for item in listed[QUICK:] if STRONG in item.nodeid]
        return [*listed[:QUICK], *strong, *(i for i in listed[QUICK:] if i not in strong)]

    def importing(self, module: str) -> list[str]:
        """Test files that import from the module itself."""
        files = {item.path: item.nodeid.partition("::")[0] for item in self.items}
        words = f"from {module} import"
        return sorted(f for path, f in files.items() if words in _text(path))

    def covering(self, file: str, first: int, last: int) -> list[pytest.Item]:
        """Tests that execute a line from first to last of the file; 0 to 0: any line of it."""
        wanted = set(range(first, last + 1))
        found = []
        for item in self.items:
            executed = self.lines.get(item.nodeid, {}).get(file, set())
            if (executed & wanted) if last else executed:
                found.append(item)
        return found

    def chosen(self, file: str, lines: tuple[int, int], hints: Sequence[str]) -> list[pytest.Item]:
        """All tests in order: those that name a hint, those that execute the lines, all others.

        The others too: what is worked out once for many tests, or on import, is seen in one of them
        at the most, and of a module that changed less is known.
        """
        hinted = {item for item in self.items if any(hint in item.nodeid for hint in hints)}
        executing = set(self.covering(file, *lines)) - hinted
        others = [each for each in self.items if each not in hinted and each not in executing]
        return [
            *self.ordered([each for each in self.items if each in hinted], hints),
            *self.ordered([each for each in self.items if each in executing]),
            *self.ordered(others),
        ]


class Mutation:
    """A pytest plugin that tries jobs instead of running the tests once."""

    def __init__(
        self, jobs: list[Job], *, workers: int, trace: bool, kept: Path, partly: bool,
        told: Callable[[str], None],
    ) -> None:  # fmt: skip
        self.jobs, self.workers, self.trace, self.told = jobs, workers, trace, told
        self.kept, self.partly = kept, partly

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtestloop(self, session: pytest.Session) -> bool:
        for warm in (documents, schemes, places, tables, school_columns):
            warm()
        assert not session.testsfailed, "some test files cannot be read"
        assert "polars-0" not in _threads(), "Polars was used before"
        known = Known(list(session.items))
        remembering = memories()
        gc.freeze()
        held = Held.read(self.kept, partly=self.partly) if self.trace else Held()
        new = [item for item in known.items if not held.knows(item)]
        seconds, lines = self._measured(new, remembering)
        held.add(new, seconds, lines)
        if self.trace:
            held.write(self.kept)
        known.seconds, known.lines = held.seconds, _shared(known.items, held.lines)
        self._try_all(known, remembering)
        return True

    def _measured(self, items: list[pytest.Item], remembering: list[Any]) -> tuple[dict, dict]:
        """Seconds and lines of each test, found in processes of their own, as many as may work."""
        shares = [items[n :: self.workers] for n in range(self.workers)]
        with tempfile.TemporaryDirectory() as folder:
            children = []
            for number, share in enumerate(shares):
                file = Path(folder) / str(number)
                children.append(
                    (_forked(lambda s=share, f=file: self._measure(s, f, remembering)), file)
                )
            seconds, lines = {}, {}
            for child, file in children:
                _, status = os.waitpid(child, 0)
                assert status == 0, "the tests fail without any mutant"
                found = pickle.loads(file.read_bytes())
                seconds |= found[0]
                lines |= found[1]
        return seconds, lines

    def _measure(self, items: list[pytest.Item], file: Path, remembering: list[Any]) -> None:
        seconds, lines = {}, {}
        last = None
        for item, following in zip_longest(items, items[1:]):
            if item.path != last:
                forget(remembering)
                last = item.path
            if self.trace:
                failed, taken, executed = traced(ENGINE, lambda i=item, f=following: _fails(i, f))
                lines[item.nodeid] = executed
            else:
                begun = time.perf_counter()
                failed, taken = _fails(item, following), time.perf_counter() - begun
            if failed:
                Path(file).write_text(item.nodeid)
                os._exit(3)
            seconds[item.nodeid] = taken
        file.write_bytes(pickle.dumps((seconds, lines)))

    def _try_all(self, known: Known, remembering: list[Any]) -> None:
        waiting, running = list(reversed(self.jobs)), {}
        with tempfile.TemporaryDirectory() as folder:
            while waiting or running:
                while waiting and len(running) < self.workers:
                    job = waiting.pop()
                    file = Path(folder) / str(len(waiting))
                    items = job.choose(known)
                    child = _forked(
                        lambda j=job, i=items, f=file: _try(j, i, f, remembering),
                        int(job.longest) + LATER,
                    )
                    running[child] = job, file, time.perf_counter()
                child, status = os.wait()
                job, file, begun = running.pop(child)
                job.seconds = time.perf_counter() - begun
                self._settle(job, status, file)
                known.killers[job.caught_by] += bool(job.caught_by)
                self.told(
                    f"{job.seconds:5.1f}s {'caught' if job.caught_by else 'SURVIVED'} {job.name} [{job.tried}] {job.caught_by}"
                )

    def _settle(self, job: Job, status: int, file: Path) -> None:
        if os.WIFSIGNALED(status):
            late = os.WTERMSIG(status) in (signal.SIGALRM, signal.SIGXCPU)
            job.caught_by = "时间" if late else "崩溃"
        else:
            found = json.loads(file.read_text(encoding="utf-8"))
            job.caught_by, job.tried = found["caught_by"], found["tried"]


@cache
def _text(path: Path) -> str:
    return path.read_text(encoding="utf-8")


def _shared(items: list[pytest.Item], lines: Lines) -> Lines:
    """Tests of a file that shares what it works out execute together what one of them executed."""
    whole: dict[Path, dict[str, set[int]]] = {}
    for item in items:
        for file, executed in lines.get(item.nodeid, {}).items():
            whole.setdefault(item.path, {}).setdefault(file, set()).update(executed)
    sharing = {path: SHARES in path.read_text(encoding="utf-8") for path in whole}
    return {
        item.nodeid: whole[item.path] if sharing.get(item.path) else lines.get(item.nodeid, {})
        for item in items
    }


def _threads() -> set[str]:
    """Names of the threads of this process, where the system tells them."""
    tasks = Path("/proc/self/task")
    found = tasks.iterdir() if tasks.exists() else ()
    return {(task / "comm").read_text(encoding="utf-8").strip() for task in found}


def _forked(work: Callable[[], None], seconds: int = 0) -> int:
    """A process that does the work; it is ended after so many seconds of the processor, 0: never."""
    child = os.fork()
    if child:
        return child
    if seconds:
        signal.alarm(SECONDS)
        resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds + 5))
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    silence = os.open(os.devnull, os.O_WRONLY)
    os.dup2(silence, 1)
    os.dup2(silence, 2)
    try:
        work()
    except BaseException:  # noqa: BLE001  (nothing may return into the parent's pytest)
        os._exit(4)
    os._exit(0)


def _try(job: Job, items: list[pytest.Item], file: Path, remembering: list[Any]) -> None:
    caught, tried = "", 0
    try:
        job.apply()
        forget(remembering)
        for item, following in zip_longest(items, items[1:]):
            tried += 1
            if _fails(item, following):
                caught = item.nodeid
            if caught or time.process_time() > job.longest:
                break
    except Exception as error:  # noqa: BLE001  (what cannot even be loaded is noticed)
        caught = f"载入 {type(error).__name__}"
    file.write_text(json.dumps({"caught_by": caught, "tried": tried}), encoding="utf-8")


def _fails(item: pytest.Item, following: pytest.Item | None) -> bool:
    """Whether a test fails; what the `following` one shares with it stays set up."""
    item._initrequest()
    reports = runtestprotocol(item, log=False, nextitem=following)
    return any(report.failed for report in reports)
