"""Processes that work beside this one, and that end when it ends, whatever ended it.

A pool's own processes wait for work for ever where the process that gives it was killed: each of
them holds the pipe open for the others.
"""

import os
import threading
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context, parent_process


def workers(processes: int | None) -> ProcessPoolExecutor:
    """So many fresh processes (None: as many as the machine has); a forked one would wait for threads that it does not have."""
    return ProcessPoolExecutor(
        processes, mp_context=get_context("spawn"), initializer=_end_with_parent
    )


def _end_with_parent() -> None:
    parent = parent_process()
    assert parent is not None, "called in a process that was started for work"

    def wait() -> None:
        parent.join()
        os._exit(1)

    threading.Thread(target=wait, daemon=True).start()
