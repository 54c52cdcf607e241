"""kill −9 of the web process while schools hand in: what was answered is there, nothing half written."""

import os
import random
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from filings.county_desk import CODES
from own_database import BOTH, OF_THIS_RUN, own_database

SOURCES = Path(__file__).parents[3] / "src"
SCRIPT = Path(__file__).parent / "submitting.py"
CHECK = """
import os, json, hashlib, sys
os.environ["DJANGO_SETTINGS_MODULE"] = "junheng.web.settings"
import django; django.setup()
from django.conf import settings
from junheng.web.chain import faults_of
from junheng.web.models import Attachment, Case, Event
from junheng.web.models.attachments import path_of
from junheng.web.actions import filings
whole = []
for case in Case.objects.filter(register="filings").select_related("subject__parent", "office"):
    held = case.data.get("file")
    if held is None:
        assert (case.state, case.version) == ("due", 1), case
        continue
    content = path_of(held["sha256"]).read_bytes()
    assert hashlib.sha256(content).hexdigest() == held["sha256"]
    assert Attachment.objects.filter(case=case, sha256=held["sha256"]).exists()
    assert Attachment.objects.filter(case=case).count() == case.version - 1
    assert Event.objects.about(case).filter(verb="保存草稿").count() == case.version - 1
    assert filings.return_of(case).sha256 == held["sha256"]
    whole.append([case.pk, held["sha256"], case.version])
for row in Attachment.objects.all():
    assert path_of(row.sha256).is_file(), row
print(json.dumps({"cases": whole, "faults": [str(f) for f in faults_of(settings.DATA)]}))
"""


@dataclass(frozen=True)
class Place:
    """Where a desk lies: its folder, and the address of its database (empty: SQLite in the folder)."""

    data: Path
    database: str


@pytest.fixture
def here(data: Path) -> Iterator[Place]:
    """On the engine of this run of the tests."""
    with own_database(OF_THIS_RUN) as database:
        yield Place(data, database)


@pytest.fixture(params=BOTH)
def everywhere(data: Path, request: pytest.FixtureRequest) -> Iterator[Place]:
    """On either engine."""
    with own_database(request.param) as database:
        yield Place(data, database)


def _run(place: Place, *words: str) -> "subprocess.Popen[str]":
    env = {
        **os.environ,
        "JUNHENG_DATA": str(place.data),
        "JUNHENG_DATABASE": place.database,
        "PYTHONPATH": str(SOURCES),
    }
    return subprocess.Popen([sys.executable, *words], env=env, stdout=subprocess.PIPE, text=True)


def _prepared(place: Place) -> None:
    """A desk on the disk with the round opened."""
    script = (
        "import sys; sys.path[:0] = %r\n"
        "import os; os.environ['DJANGO_SETTINGS_MODULE'] = 'junheng.web.settings'\n"
        "import django; django.setup()\n"
        "from django.core.management import call_command; call_command('migrate', verbosity=0)\n"
        "from filings.county_desk import make_desk; make_desk()\n"
    ) % [str(SCRIPT.parents[2]), str(SCRIPT.parents[1])]
    process = _run(place, "-c", script)
    process.communicate()
    assert process.returncode == 0


def _killed_once(place: Place, folder: Path, chance: random.Random) -> dict[int, tuple[str, int]]:
    """Hand in, kill some way into a request after a few answers; what had been answered, by case."""
    process = _run(place, str(SCRIPT), str(folder))
    assert process.stdout is not None
    assert process.stdout.readline() == "READY\n"
    began = time.monotonic()
    lines = [process.stdout.readline() for _ in range(chance.randint(1, 3))]
    time.sleep(chance.uniform(0, (time.monotonic() - began) / len(lines)))
    process.send_signal(signal.SIGKILL)
    told, _ = process.communicate()
    found = {}
    for line in [*lines, *told.splitlines()]:
        words = line.split()
        if len(words) == 4 and words[0] == "ACK":
            found[int(words[1])] = (words[2], int(words[3]))
    return found


def _look(place: Place, answered: dict[int, tuple[str, int]]) -> int:
    """Everything that was answered is there whole; how many cases hold something."""
    import json

    process = _run(place, "-c", CHECK)
    told, _ = process.communicate()
    assert process.returncode == 0
    found = json.loads(told)
    # The file beside the database may lack the last head: it is written after the commit.
    assert [f for f in found["faults"] if "校验记录里有" in f or "不符" in f or "接不上" in f] == []
    now = {pk: (sha256, version) for pk, sha256, version in found["cases"]}
    for pk, (sha256, version) in answered.items():
        assert now[pk][1] >= version, "an answered return is gone"
        if now[pk][1] == version:
            assert now[pk][0] == sha256
    return len(now)


def _kills(place: Place, books: dict[str, Path], count: int, seed: int) -> int:
    """Kill so many times, on one desk; returns how many answers were given in all."""
    folder = place.data / "handed"
    folder.mkdir()
    (place.data / "static").mkdir()
    for code in CODES[:6]:
        shutil.copy(books[code], folder / f"{code}.xlsx")
    _prepared(place)
    chance, answers = random.Random(seed), 0
    for _ in range(count):
        answered = _killed_once(place, folder, chance)
        _look(place, answered)
        answers += len(answered)
    return answers


@pytest.mark.slow
def test_what_was_answered_survives_a_killed_web_process(
    here: Place,
    books: dict[str, Path],
    record_property: Callable[[str, object], None],
) -> None:
    count = 2
    assert _kills(here, books, count, seed=1) > 0
    record_property("tally", {"杀死网页进程的次数": count})


@pytest.mark.prove
def test_what_was_answered_survives_thirty_kills(
    everywhere: Place,
    books: dict[str, Path],
    record_property: Callable[[str, object], None],
) -> None:
    count = 30
    assert _kills(everywhere, books, count, seed=2) > count // 2
    record_property("tally", {"杀死网页进程的次数": count})


@pytest.mark.prove
def test_the_check_of_this_file_sees_what_is_lost(
    everywhere: Place, books: dict[str, Path]
) -> None:
    """A file that is gone, and an answer that was never written, are both noticed."""
    place, data = everywhere, everywhere.data
    folder = data / "handed"
    folder.mkdir()
    (data / "static").mkdir()
    shutil.copy(books[CODES[0]], folder / f"{CODES[0]}.xlsx")
    _prepared(place)
    answered = _killed_once(place, folder, random.Random(3))
    (pk, (sha256, version)) = next(iter(answered.items()))
    with pytest.raises(AssertionError, match="an answered return is gone"):
        _look(place, {pk: (sha256, version + 9)})
    (data / "attachments" / sha256[:2] / sha256).unlink()
    with pytest.raises(AssertionError):
        _look(place, answered)
