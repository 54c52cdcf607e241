"""A real stand-alone Spark cluster on loopback: one master, two workers, each a process of its own.

The classes come with pyspark; a worker starts an executor, again a process, for each application.
"""

import json
import re
import subprocess
import time
import urllib.request
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

from spark_sessions import LOOPBACK, QUICK, environment

WORKERS = 2
PATIENCE = 300
"""Seconds in which the master and its workers must be there."""


@dataclass(frozen=True)
class Cluster:
    """Where the master listens, and where it tells what runs."""

    master: str
    board: str

    def told(self) -> dict[str, object]:
        """What the master says of its workers and applications."""
        with urllib.request.urlopen(f"{self.board}/json/", timeout=10) as answer:
            return dict(json.load(answer))


@contextmanager
def cluster(folder: Path) -> Iterator[Cluster]:
    """The cluster while the block runs; `folder` keeps its logs and work files."""
    with ExitStack() as ending:
        log = _started(ending, folder, "master", "master.Master", "--port", "0")
        master = _read(log, r"Starting Spark master at (spark://\S+)")
        port = _read(log, r"Bound MasterWebUI to \S+, and started at http://\S+:(\d+)")
        found = Cluster(master, f"http://{LOOPBACK}:{port}")
        for number in range(WORKERS):
            size = ("--cores", "1", "--memory", "600m", "--work-dir", str(folder / f"work{number}"))
            _started(ending, folder, f"worker{number}", "worker.Worker", *size, master)
        _until(
            lambda: bool(found.told()["aliveworkers"] == WORKERS), "两个 worker 没有都连上 master"
        )
        yield found


def _started(ending: ExitStack, folder: Path, name: str, kind: str, *options: str) -> Path:
    """Start one daemon, to be ended with the block; its log is returned."""
    from pyspark.find_spark_home import _find_spark_home

    command = [
        f"{_find_spark_home()}/bin/spark-class", f"org.apache.spark.deploy.{kind}",
        "--host", LOOPBACK, "--webui-port", "0", *options,
    ]  # fmt: skip
    log, settings = folder / f"{name}.log", folder / name
    settings.mkdir()
    stream = ending.enter_context(log.open("wb"))
    process = subprocess.Popen(
        command,
        env={
            **environment(settings),
            "SPARK_DAEMON_MEMORY": "256m",
            "SPARK_DAEMON_JAVA_OPTS": QUICK,
        },
        stdout=stream,
        stderr=subprocess.STDOUT,
    )
    ending.callback(_ended, process)
    return log


def _ended(process: subprocess.Popen[bytes]) -> None:
    process.terminate()
    try:
        process.wait(20)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


def _read(log: Path, pattern: str) -> str:
    found: list[re.Match[str]] = []

    def seen() -> bool:
        found.extend(re.finditer(pattern, log.read_text(encoding="utf-8", errors="replace")))
        return bool(found)

    _until(seen, f"{log.name} 里没有等到 {pattern}", (log,))
    return found[0][1]


def _until(holds: Callable[[], bool], fault: str, logs: Sequence[Path] = ()) -> None:
    deadline = time.monotonic() + PATIENCE
    while not holds():
        if time.monotonic() > deadline:
            raise TimeoutError(
                "\n".join([fault, *(log.read_text(encoding="utf-8") for log in logs)])
            )
        time.sleep(0.2)
