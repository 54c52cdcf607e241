"""Whole processes, measured: wall time, processor time and the greatest resident memory of each.

What is compared runs in turn, so that a drifting machine slows all alike; medians are told.
"""

import os
import statistics
import subprocess
import sys
import tempfile
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
    """Greatest resident memory of the process and its children, MiB."""


def run(command: Sequence[str], env: Mapping[str, str] | None = None) -> Taken:
    """One process from start to end; a failing command stops everything."""
    with tempfile.TemporaryFile() as said:
        begun = time.perf_counter()
        process = subprocess.Popen(command, stdout=said, stderr=subprocess.STDOUT, env=env)
        _, status, used = os.wait4(process.pid, 0)
        wall = time.perf_counter() - begun
        process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode:
            said.seek(0)
            sys.exit(f"{' '.join(command)}\n{said.read().decode(errors='replace')}")
    return Taken(wall, used.ru_utime + used.ru_stime, used.ru_maxrss / 1024)


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
