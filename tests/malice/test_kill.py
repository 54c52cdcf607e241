"""Killed at any moment: a store holds the old or the new, an output folder whole files only."""

import os
import random
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path

import pytest
from malice.commands import Tally, seal_words

from junheng import cli
from junheng.registry.store_verifying import Trouble, verify_store
from junheng.registry.whole_file import ASIDE
from junheng.sample import fill_workbook

pytestmark = pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="这个系统没有 SIGKILL")
DYING = Path(__file__).with_name("dying.py")
MANY = 50


def kills_of(few: int) -> pytest.MarkDecorator:
    """So many kills in `make test`, fifty in `make prove`."""
    return pytest.mark.parametrize(
        "kills",
        [pytest.param(few, marks=pytest.mark.slow), pytest.param(MANY, marks=pytest.mark.prove)],
    )


LONGEST_DELAY = 4
"""Powers of ten of microseconds after an act within which the process dies."""
ON = "2026-03-31"
DOCUMENTS = ("--kind", "html", "--kind", "leader", "--kind", "list", "--no-page-numbers")


def run_dying(
    words: Sequence[str], folder: Path, moment: int, delay: int = 0
) -> subprocess.CompletedProcess[str]:
    """Run a command that dies at that act on the folder."""
    told = [sys.executable, str(DYING), str(moment), str(delay), str(folder), *words]
    return subprocess.run(
        told, capture_output=True, text=True, check=False, env={**os.environ, "PYTHONUTF8": "1"}
    )


def acts_of(words: Sequence[str], folder: Path) -> int:
    """How many acts on the folder the command needs when nobody kills it."""
    done = run_dying(words, folder, -1)
    assert done.returncode == 0, done.stderr
    return int(done.stderr.split()[-1])


def moments(acts: int, kills: int) -> list[tuple[int, int]]:
    """Random moments, spread over the whole of the work: (act, microseconds after it)."""
    chance = random.Random(20_261_129)
    return [
        (int((n + chance.random()) * acts / kills), int(10 ** chance.uniform(0, LONGEST_DELAY)))
        for n in range(kills)
    ]


@kills_of(3)
def test_a_killed_seal_leaves_the_old_store_or_the_new_one(
    kills: int, filed: Path, store: Path, other: Path, tmp_path: Path, tally: Tally
) -> None:
    (old,) = verify_store(store).seals
    whole = Path(shutil.copytree(store, tmp_path / "全"))
    acts = acts_of(seal_words(other, whole), whole)
    (new,) = {each.id for each in verify_store(whole).seals} - {old.id}
    for moment, delay in moments(acts, kills):
        here = Path(shutil.copytree(store, tmp_path / f"库{moment}-{delay}"))
        died = run_dying(seal_words(other, here), here, moment, delay)
        checked = verify_store(here)
        assert checked.sound
        assert {each.id for each in checked.seals} - {old.id} <= {new}
        assert all(each.whole for each in checked.seals)
        assert {f.trouble for f in checked.faults} <= {Trouble.LEFT_OVER, Trouble.UNUSED}
        outcome = "是新的" if len(checked.seals) == 2 else "是旧的"
        left = "，有遗留被点名" if checked.faults else ""
        if died.returncode == -signal.SIGKILL:
            tally[f"杀死 seal，库{outcome}{left}"] += 1
        else:
            assert died.returncode == 0
            tally["杀死 seal 太迟，已经做完"] += 1
        if moment % 5 == 0:
            assert cli.run(seal_words(other, here)) == 0, "and it goes on from there"
            assert {each.id for each in verify_store(here).seals} == {old.id, new}
        shutil.rmtree(here)


def outputs(folder: Path) -> dict[str, bytes]:
    """What stands in a folder under its own name; what is written aside is no output."""
    return {
        each.relative_to(folder).as_posix(): each.read_bytes()
        for each in folder.rglob("*")
        if each.is_file() and not each.name.startswith(ASIDE)
    }


@kills_of(2)
@pytest.mark.parametrize(
    "command", [("assess",), ("report", *DOCUMENTS)], ids=lambda words: words[0]
)
def test_killed_while_writing_documents_every_file_is_the_old_or_the_new(
    command: tuple[str, ...], kills: int, store: Path, tmp_path: Path, tally: Tally
) -> None:
    name, *more = command

    def words(day: str, folder: Path) -> list[str]:
        return [name, str(store), *more, "--on", day, "-o", str(folder)]

    old_folder, new_folder = tmp_path / "旧", tmp_path / "新"
    assert cli.run(words("2026-02-28", old_folder)) == 0
    acts = acts_of(words(ON, new_folder), new_folder)
    old, new = outputs(old_folder), outputs(new_folder)
    assert old.keys() == new.keys()
    assert sum(old[each] != new[each] for each in old) >= 3, "the day stands in most files"
    for moment, delay in moments(acts, kills):
        here = Path(shutil.copytree(old_folder, tmp_path / f"果{moment}-{delay}"))
        died = run_dying(words(ON, here), here, moment, delay)
        found = outputs(here)
        assert found.keys() == old.keys()
        torn = [each for each in found if found[each] not in (old[each], new[each])]
        assert torn == []
        fresh = [each for each in found if found[each] == new[each]]
        if died.returncode == -signal.SIGKILL:
            tally[f"杀死 {name}，{len(fresh)}份新、{len(found) - len(fresh)}份旧，没有半份"] += 1
        else:
            assert died.returncode == 0
            tally[f"杀死 {name} 太迟，已经做完"] += 1
        shutil.rmtree(here)


def children_of(process: int) -> set[int]:
    """Processes whose parent is this one, on Linux."""
    listed = Path(f"/proc/{process}/task/{process}/children")
    return {int(each) for each in listed.read_text().split()}


def is_there(process: int) -> bool:
    """Whether it still works: one that ended and was not yet taken note of does not."""
    try:
        return "\nState:\tZ" not in Path(f"/proc/{process}/status").read_text()
    except OSError:
        return False


@pytest.mark.slow
@pytest.mark.skipif(sys.platform != "linux", reason="子进程从 /proc 里看")
def test_a_killed_report_of_two_counties_leaves_no_process_behind(
    filed: Path, tmp_path: Path, tally: Tally
) -> None:
    second, store = tmp_path / "邻县.xlsx", tmp_path / "库"
    fill_workbook(second, seed=6, schools=12, code="410122", name="邻县")
    words = seal_words(filed, store)
    assert cli.run([*words[:1], str(second), *words[1:]]) == 0
    words = ["report", str(store), "--kind", "leader", "--kind", "self", "--no-page-numbers"]
    with subprocess.Popen(
        [sys.executable, "-m", "junheng", *words, "--on", ON, "-o", str(tmp_path / "出")],
        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    ) as run:  # fmt: skip
        workers: set[int] = set()
        while run.poll() is None and len(workers) < 3:  # two who work, one who keeps count
            workers = children_of(run.pid) if is_there(run.pid) else set()
            time.sleep(0.02)
        assert len(workers) >= 3, "the counties are written by processes of their own"
        run.kill()
    for _ in range(3000):
        if not any(map(is_there, workers)):
            break
        time.sleep(0.02)
    left = [each for each in workers if is_there(each)]
    for each in left:
        os.kill(each, signal.SIGKILL)
    assert left == []
    tally["杀死两个县的 report，没有留下进程"] += 1
