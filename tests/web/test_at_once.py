"""Many act at once, in processes of their own: the chain never forks, nothing is lost or doubled."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from junheng.web.starting import SETTINGS

pytestmark = pytest.mark.slow

PROCESSES, ACTS = 4, 12
DATABASE = os.environ.get("JUNHENG_TEST_DATABASE", "")

MAKE = """
from junheng.web.actions import cases, offices
from junheng.web.roles import OfficeKind
city = offices.enter_office(code="1", name="某市", kind=OfficeKind.CITY, parent=None, by=None)
for n in range(3):
    cases.open_case(register="filings", subject=city, office=city, year=2000 + n, state="due", by=None)
"""
ACT = """
import sys
from junheng.web.actions import cases
from junheng.web.actions.recording import OutpacedError
from junheng.web.models import Case
me, acts = sys.argv[1], int(sys.argv[2])
done = 0
while done < acts:
    case = Case.objects.order_by("pk")[done % 3]
    try:
        cases.change_case(case, "改", by=None, seen=case.version, data={**case.data, f"{me}-{done}": 1})
    except OutpacedError:
        continue
    done += 1
"""
COUNT = """
from junheng.web.chain import faults_of
from junheng.web.data_folder import data_folder
from junheng.web.models import Case, Event
faults = [(f.number, f.found) for f in faults_of(data_folder())]
kept = sum(len(case.data) for case in Case.objects.all())
versions = sum(case.version - 1 for case in Case.objects.all())
print(len(faults), kept, versions, Event.objects.filter(verb="改").count(), faults[:3])
"""


def _start(script: str, data: Path, database: str, *words: str) -> "subprocess.Popen[str]":
    lead = "from junheng.web.starting import set_up; set_up()\n"
    environment = {**os.environ, "JUNHENG_DATA": str(data), "JUNHENG_DATABASE": database,
                   "DJANGO_SETTINGS_MODULE": SETTINGS}  # fmt: skip
    return subprocess.Popen(
        [sys.executable, "-c", lead + script, *words],
        env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
    )  # fmt: skip


def _done(process: "subprocess.Popen[str]") -> str:
    told, failed = process.communicate(timeout=120)
    assert process.returncode == 0, failed
    return told


@pytest.fixture
def database(tmp_path: Path) -> str:
    """A database of its own: a file, or a fresh one on the PostgreSQL of the run."""
    if not DATABASE:
        return ""
    import psycopg

    server, _, _ = DATABASE.rpartition("/")
    name = f"at_once_{os.getpid()}"
    with psycopg.connect(f"{server}/postgres", autocommit=True) as admin:
        admin.execute(f"DROP DATABASE IF EXISTS {name}")
        admin.execute(f"CREATE DATABASE {name}")
    return f"{server}/{name}"


def test_acts_of_several_processes_make_one_whole_chain(tmp_path: Path, database: str) -> None:
    prepare = (
        "from pathlib import Path; from junheng.web.data_folder import data_folder, make_folder\n"
        "make_folder(data_folder())\n"
        "from django.core.management import call_command\n"
        "call_command('migrate', verbosity=0)\n"
    )
    _done(_start(prepare + MAKE, tmp_path, database))
    running = [
        _start(ACT, tmp_path, database, str(number), str(ACTS)) for number in range(PROCESSES)
    ]
    for each in running:
        _done(each)
    faults, kept, versions, events, *told = _done(_start(COUNT, tmp_path, database)).split()
    assert (faults, told[0]) == ("0", "[]")
    assert {int(kept), int(versions), int(events)} == {PROCESSES * ACTS}
