"""Run one junheng command that is to be killed: python dying.py MOMENT DELAY FOLDER words…

The process is sent SIGKILL at its MOMENT-th act on FOLDER (opening, making, renaming, deleting
something in it), DELAY microseconds later. On Linux the kernel's own timer sends it, whatever the
process is doing then: between the opening of a file and the end of its writing lie some tens of
microseconds. A MOMENT below zero kills nothing and prints how many acts there were.
"""

import ctypes
import os
import signal
import sys
import threading
import time
from typing import Any

ACTS = {
    "open", "os.chmod", "os.mkdir", "os.remove", "os.rename", "os.rmdir", "os.scandir",
    "os.truncate", "pathlib.Path.glob", "shutil.rmtree", "tempfile.mkdtemp", "tempfile.mkstemp",
}  # fmt: skip


class Moments:
    """Counts the acts, and ends the process at the one that was chosen."""

    def __init__(self, moment: int, delay: int, folder: str) -> None:
        self.moment, self.delay, self.folder, self.seen = moment, delay, folder, 0

    def hear(self, event: str, arguments: tuple[Any, ...]) -> None:
        if event in ACTS and arguments and self.folder in os.fsdecode(str(arguments[0])):
            self.seen += 1
            if self.seen == self.moment + 1:
                kill_in(self.delay)


class Event(ctypes.Structure):
    """`struct sigevent`: its value, its signal, and 0 for `SIGEV_SIGNAL`."""

    _fields_ = (
        ("value", ctypes.c_void_p), ("signal", ctypes.c_int), ("notify", ctypes.c_int),
        ("rest", ctypes.c_char * 48),
    )  # fmt: skip


class Setting(ctypes.Structure):
    """`struct itimerspec`: every how often (never), and when."""

    _fields_ = tuple((name, ctypes.c_long) for name in ("every_s", "every_ns", "in_s", "in_ns"))


def kill_in(microseconds: int) -> None:
    """Let this process be killed so much later."""
    if sys.platform != "linux":
        threading.Timer(microseconds / 1e6, os.kill, (os.getpid(), signal.SIGKILL)).start()
        return
    library, timer = ctypes.CDLL(None, use_errno=True), ctypes.c_void_p()
    event = Event(signal=signal.SIGKILL)
    done = library.timer_create(time.CLOCK_MONOTONIC, ctypes.byref(event), ctypes.byref(timer))
    assert done == 0, ctypes.get_errno()
    setting = Setting(in_ns=max(1, microseconds * 1000))
    done = library.timer_settime(timer, 0, ctypes.byref(setting), None)
    assert done == 0, ctypes.get_errno()


def main() -> None:
    moments = Moments(int(sys.argv[1]), int(sys.argv[2]), sys.argv[3])
    import polars  # noqa: F401 - the moments begin when the program is there

    from junheng.cli import run

    sys.addaudithook(moments.hear)
    status = run(sys.argv[4:])
    sys.stdout.flush()
    if moments.moment < 0:
        sys.stderr.write(f"{moments.seen}\n")
    sys.exit(status)


if __name__ == "__main__":
    main()
