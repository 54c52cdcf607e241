"""Ending a process that holds much: the system takes its memory back at once, not row by row."""

import atexit
import os
import sys
import threading
from collections import deque
from typing import Any

_KEPT: deque[object] = deque(maxlen=1)


def keep(held: object) -> None:
    """Keep to the end of the process what is large: to take half a million objects apart one by
    one takes 0.05 s. What was kept before is let go."""
    _KEPT.append(held)


def leave(status: int) -> None:
    """End the process with this exit status.

    Where something large was kept, without taking it apart: after the exit functions, and with all
    output written. Where something else is still to be done (a thread that works, a profile that is
    taken, output that nobody accepts), as ever.
    """
    working = any(
        not each.daemon for each in threading.enumerate() if each is not threading.main_thread()
    )
    if _KEPT and not working and not _profiled() and _written():
        os._exit(status)
    sys.exit(status)


def _profiled() -> bool:
    """Whether a profile is taken: from Python 3.12 on `cProfile` is a tool of `sys.monitoring`."""
    tools: Any = getattr(sys, "monitoring", None)
    monitored = tools is not None and tools.get_tool(tools.PROFILER_ID) is not None
    return monitored or sys.getprofile() is not None


def _written() -> bool:
    """Whether the exit functions have run and everything printed has gone out."""
    atexit._run_exitfuncs()
    try:
        for stream in (sys.stdout, sys.stderr):
            stream.flush()
    except (OSError, ValueError, AttributeError):  # closed, full, or not there
        return False
    return True
