"""A desk in processes of its own: a data folder with a sealed county, its worker, its rows.

The worker is killed in these tests, so nothing of it may run inside the test's own process.
"""

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

from assessed import COUNTIES, YEAR, county_rows

from junheng.casework.returns.joining import records_of
from junheng.registry import Filing, Report, Snapshot, seal

SETTINGS = "junheng.web.settings"
PREPARE = """
import django, os, json, sys
django.setup()
from django.core.management import call_command
call_command("migrate", verbosity=0)
from junheng.web.data_folder import make_folder
from django.conf import settings
make_folder(settings.DATA)
from desk_cast import make_cast
make_cast()
"""
QUEUE = """
import django, json, sys
django.setup()
from junheng.web.actions.runs import queue_run
from junheng.web.models import Office, User
by = User.objects.select_related("office__parent").get(username="city_officer-own")
for kind, times in json.loads(sys.argv[1]).items():
    for n in range(times):
        queue_run(kind=kind, title=f"{kind} {n}", office=Office.objects.get(code="419951"), by=by, year=YEAR,
                  snapshot=SEAL, settings={"on": "2026-03-31"})
"""
ROWS = """
import django, json
django.setup()
from junheng.web.models import Run
from junheng.web.chain import faults_of
print(json.dumps({"runs": list(Run.objects.order_by("pk").values("pk", "kind", "state", "tries", "folder", "error",
      "receipt", "worker")), "faults": [str(f) for f in faults_of()]}))
"""


class DeskProcess:
    """A desk on the disk. `seal` names its one snapshot."""

    def __init__(self, folder: Path, database: str = "") -> None:
        self.folder = folder
        here = Path(__file__).parent.parent
        self.environment = {
            **os.environ, "JUNHENG_DATA": str(folder), "JUNHENG_DATABASE": database,
            "DJANGO_SETTINGS_MODULE": SETTINGS, "PYTHONPATH": os.pathsep.join(map(str, (here, here.parent))),
        }  # fmt: skip
        folder.mkdir(parents=True, exist_ok=True)
        self.run(PREPARE)
        self.seal = _sealed(folder / "store").path.name

    def run(self, script: str, *words: str) -> str:
        done = subprocess.run(
            [sys.executable, "-c", script, *words],
            check=False,
            env=self.environment,
            capture_output=True,
            text=True,
        )
        assert done.returncode == 0, done.stderr
        return done.stdout

    def queue(self, kinds: Mapping[str, int]) -> None:
        script = QUEUE.replace("YEAR", str(YEAR)).replace("SEAL", repr(self.seal))
        self.run(script, json.dumps(dict(kinds)))

    def rows(self) -> dict[str, Any]:
        """Every run, and what is wrong with the chain of events."""
        found: dict[str, Any] = json.loads(self.run(ROWS))
        return found

    def worker(self, *words: str) -> "subprocess.Popen[bytes]":
        return subprocess.Popen(
            [sys.executable, "-m", "junheng", "work", "--lease", "2", *words],
            env=self.environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        )  # fmt: skip

    def results(self) -> list[str]:
        return sorted(each.name for each in (self.folder / "results").iterdir())


def kill(process: "subprocess.Popen[bytes]") -> None:
    process.send_signal(signal.SIGKILL)
    process.wait()


def children() -> list[int]:
    """Processes of runs that are alive on this machine, whoever started them: their parents' ids."""
    found = []
    for each in Path("/proc").glob("[0-9]*/cmdline"):
        try:
            words = each.read_bytes().split(b"\0")
        except OSError:
            continue
        if b"junheng.web.working.child" in words:
            found.append(int(each.parent.name))
    return found


def gone(process: int, *, within: float) -> bool:
    """Whether a process ends within so many seconds."""
    until = time.monotonic() + within
    while time.monotonic() < until:
        if not Path(f"/proc/{process}").exists():
            return True
        time.sleep(0.05)
    return False


def _sealed(store: Path) -> Snapshot:
    """甲县 frozen in the store: sealed by the registry, but for the workbook that it never stood in."""
    rows = county_rows(next(iter(COUNTIES)))
    plain = {
        t: [{c: v for c, v in r.items() if "!" not in c} for r in held] for t, held in rows.items()
    }
    records = tuple(records_of(plain, file="示例.xlsx"))
    report = Report(Filing(records, (), (), "1-示例"), (), (), ())
    return seal(report, store, year=YEAR, by="示例", on=date(YEAR, 10, 20))
