"""Ending without taking apart what is kept: nothing that was printed or promised may be lost."""

import subprocess
import sys
from pathlib import Path

import pytest

LEAVE = """
import atexit, sys, threading, time, types
from junheng.cli.leaving import keep, leave

class Large:
    def __del__(self):
        print("拆开了")

if "keep" in sys.argv:
    keep(Large())
if "thread" in sys.argv:
    threading.Thread(target=lambda: (time.sleep(0.2), print("另一线程写完"))).start()
if "profile" in sys.argv:
    sys.setprofile(lambda *seen: None)
if "monitoring" in sys.argv:
    told = {2: "cProfile"}.get
    sys.monitoring = types.SimpleNamespace(PROFILER_ID=2, get_tool=told)
atexit.register(print, "收尾")
print("字" * 100_000)
print("错", file=sys.stderr)
try:
    leave(3)
finally:
    print("如常")
"""


def left(*words: str, **streams: object) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-c", LEAVE, *words]
    streams = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE} | streams
    return subprocess.run(command, check=False, text=True, encoding="utf-8", **streams)  # type: ignore[call-overload,no-any-return]


def test_everything_printed_goes_out_and_the_exit_functions_run() -> None:
    done = left("keep")
    assert done.returncode == 3
    assert done.stdout.split() == ["字" * 100_000, "收尾"]
    assert done.stderr.split() == ["错"]


def test_a_thread_that_still_works_is_waited_for() -> None:
    done = left("keep", "thread")
    assert done.returncode == 3
    assert "另一线程写完" in done.stdout


@pytest.mark.parametrize("by", ["profile", "monitoring"])
def test_where_a_profile_is_taken_the_process_ends_as_ever(by: str) -> None:
    done = left("keep", by)
    assert done.returncode == 3
    assert done.stdout.split()[1:3] == ["如常", "收尾"]


def test_without_anything_large_the_process_ends_as_ever() -> None:
    done = left()
    assert (done.returncode, done.stdout.split()[1:]) == (3, ["如常", "收尾"])


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="没有 /dev/full")
def test_output_that_nobody_takes_is_no_success() -> None:
    with Path("/dev/full").open("w") as full:
        done = left("keep", stdout=full)
    assert done.returncode not in (0, 3)
    assert "No space left" in done.stderr
