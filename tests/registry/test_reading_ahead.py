"""A child that is started before it is known what it reads: who takes it, and what becomes of it."""

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from junheng.registry.reading import starting

pytestmark = pytest.mark.own_children

MEMORY = 256 << 20
COMMAND = """
import sys
from junheng import cli
from junheng.registry.reading import starting

ahead = starting.start_ahead

def told():
    ahead()
    print(*(each.pid for each in starting._AHEAD.values()), flush=True)

starting.start_ahead = told
cli.main()
"""


@pytest.fixture(autouse=True)
def _none_is_left() -> Iterator[None]:
    yield
    for each in starting._AHEAD.values():
        each.kill()
        each.communicate()
    starting._AHEAD.clear()


def test_who_asks_first_takes_the_child_that_waits_and_the_next_gets_another() -> None:
    starting.start_ahead(MEMORY)
    [waiting] = starting._AHEAD.values()
    first, next_ = starting.started(MEMORY), starting.started(MEMORY)
    try:
        assert first is waiting
        assert next_ is not waiting
    finally:
        for each in (first, next_):
            each.kill()
            each.communicate()


def test_where_the_system_starts_none_only_who_asks_is_told(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """A command that has nothing to read yet does not end in a traceback."""

    def none(*_: object, **__: object) -> None:
        raise BlockingIOError(11, "Resource temporarily unavailable")

    monkeypatch.setattr(subprocess, "Popen", none)
    starting.start_ahead(MEMORY)
    assert starting._AHEAD == {}
    with pytest.raises(BlockingIOError):
        starting.started(MEMORY)


@pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="没有 /proc")
@pytest.mark.parametrize("words", [["check"], ["check", "没有.xlsx"], ["seal", "--没有"]])
def test_it_ends_with_a_command_that_reads_nothing(words: list[str]) -> None:
    run = subprocess.run(
        [sys.executable, "-c", COMMAND, *words],
        check=False, capture_output=True, text=True, encoding="utf-8",
        env=os.environ | {"PYTHONUTF8": "1"},
    )  # fmt: skip
    assert run.returncode == 2
    assert "Traceback" not in run.stderr
    until = time.monotonic() + 10
    while runs(int(run.stdout)) and time.monotonic() < until:
        time.sleep(0.01)
    assert not runs(int(run.stdout))


def runs(pid: int) -> bool:
    """Whether a process does: one that nobody has asked for its status does no more."""
    try:
        told = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8")
    except (FileNotFoundError, ProcessLookupError):
        return False
    return told.rpartition(")")[2].split()[0] != "Z"
