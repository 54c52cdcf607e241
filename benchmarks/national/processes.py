"""Whole processes, measured: wall time, processor time and the greatest resident memory of each.

What is compared runs in turn, so that a drifting machine slows all alike; medians are told.
"""

import os
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Taken:
    """What one process took, or the median of several."""

    wall: float
    """Seconds from start to end."""
    busy: float
    """Seconds of processor, all cores together."""
    peak: float
    """Greatest resident memory, MiB: of the largest process, or of all at one moment where they
    are several (Spark's Java beside its Python)."""


def run(command: Sequence[str], env: Mapping[str, str] | None = None) -> Taken:
    """One process from start to end; a failing command stops everything."""
    with tempfile.TemporaryFile() as said:
        begun = time.perf_counter()
        process = subprocess.Popen(command, stdout=said, stderr=subprocess.STDOUT, env=env)
        with Family(process.pid) as family:
            _, status, used = os.wait4(process.pid, 0)
        wall = time.perf_counter() - begun
        process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode:
            said.seek(0)
            sys.exit(f"{' '.join(command)}\n{said.read().decode(errors='replace')}")
    busy = used.ru_utime + used.ru_stime
    return Taken(wall, max(busy, family.busy), max(used.ru_maxrss / 1024, family.peak))


class Family:
    """A process and those it started, looked at twice a second: a child that nobody waited for is
    in no account of its parent. Linux only; elsewhere it sees nothing."""

    EVERY = 0.5

    def __init__(self, root: int) -> None:
        self.root = root
        self.peak = 0.0
        self._seconds: dict[int, float] = {}
        self._over = threading.Event()
        self._watch = threading.Thread(target=self._look, daemon=True)

    @property
    def busy(self) -> float:
        """Seconds of processor of all that were seen, up to when each was last seen."""
        return sum(self._seconds.values())

    def __enter__(self) -> "Family":
        self._watch.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._over.set()
        self._watch.join()

    def _look(self) -> None:
        tick, page = os.sysconf("SC_CLK_TCK"), os.sysconf("SC_PAGE_SIZE")
        while not self._over.wait(self.EVERY):
            found = _processes()
            family = {self.root}
            while more := {pid for pid, stat in found.items() if stat[0] in family} - family:
                family |= more
            seen = {pid: found[pid] for pid in family if pid in found}
            self._seconds |= {pid: ticks / tick for pid, (_, ticks, _) in seen.items()}
            self.peak = max(self.peak, sum(pages for *_, pages in seen.values()) * page / 2**20)


def _processes() -> dict[int, tuple[int, int, int]]:
    """Of each process: its parent, ticks of processor, resident pages."""
    found = {}
    for each in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = each.read_text(errors="replace").rpartition(")")[2].split()
        except OSError:
            continue  # it ended meanwhile
        found[int(each.parent.name)] = (int(fields[1]), int(fields[11]) + int(fields[12]), int(fields[21]))  # fmt: skip
    return found


def medians(commands: Mapping[str, Sequence[str]], *, runs: int) -> dict[str, Taken]:
    """Median of each command, all run in turn."""
    found: dict[str, list[Taken]] = {name: [] for name in commands}
    for _ in range(runs):
        for name, command in commands.items():
            found[name].append(run(command))
    return {
        name: Taken(
            *(
                statistics.median(getattr(each, what) for each in taken)
                for what in ("wall", "busy", "peak")
            )
        )
        for name, taken in found.items()
    }


def size_of(folder: Path) -> float:
    """MiB of the files in a folder."""
    return sum(each.stat().st_size for each in folder.rglob("*") if each.is_file()) / 2**20
