"""The web server and the worker beside it: started together, ended together."""

import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from gunicorn.app.base import BaseApplication

THREADS = 8
"""Of each process: most of a request's time is spent waiting for the database and the disk."""
POLARS_THREADS = "POLARS_MAX_THREADS"
"""What Polars reads when it is first imported: in the processes that the server starts."""
SLOWEST = 180
"""Seconds after which a process that answers nothing is ended; an upload is read in a child."""


class _Server(BaseApplication):  # type: ignore[misc]
    """gunicorn, told by us and not by its command line."""

    def __init__(self, told: dict[str, Any]) -> None:
        self.told = told
        super().__init__()

    def load_config(self) -> None:
        for name, value in self.told.items():
            self.cfg.set(name, value)

    def load(self) -> Any:
        from junheng.web.wsgi import application

        return application


def run_server(host: str, port: int, *, processes: int, ready: Callable[[], None]) -> None:
    """Serve until the process is told to end. `ready` is called once the address answers.

    The processes share the cores: frames of one county are small, and a pool of threads in each
    process would only take them from the others."""
    os.environ.setdefault(POLARS_THREADS, str(max(1, (os.cpu_count() or 1) // processes)))
    _Server(
        {
            "bind": f"{host}:{port}",
            "workers": processes,
            "threads": THREADS,
            "worker_class": "gthread",
            "timeout": SLOWEST,
            "graceful_timeout": 20,
            "loglevel": "warning",
            "proc_name": "junheng",
            "when_ready": lambda _server: ready(),
        }
    ).run()


def kept(*words: str) -> list[str]:
    """The words of a module that is to run as long as the server: started again when it dies."""
    return ["junheng.web.serving.keeping", *words]


@contextmanager
def beside(words: list[str], data: Path) -> Iterator[subprocess.Popen[bytes]]:
    """A module with its words, run as `python -m`, that ends with the server."""
    environment = {**os.environ, "JUNHENG_DATA": str(data)}
    process = subprocess.Popen([sys.executable, "-m", *words], env=environment)  # noqa: S603
    try:
        yield process
    finally:
        process.terminate()
        try:
            process.wait(timeout=15)
        except subprocess.TimeoutExpired:
            process.kill()
