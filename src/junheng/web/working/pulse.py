"""The heartbeats of a worker, in a thread of their own: its loop may be busy for longer than a lease.

Only what the loop holds is kept alive: a run that bears the worker's name and that the loop does not
know of (taken, and then the database did not answer) is lost, and waits again after the lease.
"""

import logging
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from django.db import close_old_connections, connections

from junheng.web.actions.run_leases import keep_runs

log = logging.getLogger(__name__)


class Pulse:
    """Shows life for the runs that `held` names, every `beat` seconds."""

    def __init__(self, worker: str, held: Callable[[], set[int]], *, beat: float) -> None:
        self._worker, self._held, self._beat = worker, held, beat
        self._told = threading.Event()
        self.heard_at = time.monotonic()
        """When the database answered last, to the pulse or to the loop."""

    @contextmanager
    def beating(self) -> Iterator[None]:
        """The heart beats as long as this is entered."""
        self._told.clear()
        thread = threading.Thread(target=self._go_on, name="pulse", daemon=True)
        thread.start()
        try:
            yield
        finally:
            self._told.set()
            thread.join(timeout=5)  # it may be waiting for a database that is away

    def _go_on(self) -> None:
        while not self._told.wait(self._beat):
            close_old_connections()
            try:
                if held := self._held():
                    keep_runs(self._worker, held)
                    self.heard_at = time.monotonic()
            except Exception as error:  # noqa: BLE001  # the next beat may reach the database again
                log.warning("没能报平安，稍后再试：%s", error)
        connections.close_all()
