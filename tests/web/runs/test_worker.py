"""The worker: runs are done once, in their own processes, whatever is killed and whenever."""

import os
import random
import time
from pathlib import Path
from typing import Any

import pytest
from desk_process import DeskProcess, children, gone, kill
from own_database import BOTH, own_database

FILES = {"assessment.json", "assessment.parquet", "receipt.json", "结果册.xlsx", "pages", "文件"}
STATES = {"queued", "running", "done"}
pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("worker")]


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> DeskProcess:
    return DeskProcess(tmp_path_factory.mktemp("desk"))


def sound(desk: DeskProcess) -> list[dict[str, Any]]:
    """The runs, each either waiting, being done, or done with its receipt and its whole folder."""
    told = desk.rows()
    assert told["faults"] == []
    for run in told["runs"]:
        assert run["state"] in STATES, run
        assert (run["state"] == "done") is (run["receipt"] is not None and bool(run["folder"]))
        if run["state"] == "done":
            folder = desk.folder / "results" / run["folder"]
            assert {each.name for each in folder.iterdir()} == FILES
            assert not any(each.name.startswith(".writing") for each in folder.rglob("*"))
    return list(told["runs"])


def finish(desk: DeskProcess) -> list[dict[str, Any]]:
    """Work everything off without killing; every run must then be done, once."""
    until = time.monotonic() + 300
    while time.monotonic() < until:
        assert desk.worker("--once", "--cores", "2").wait(timeout=300) == 0
        runs = sound(desk)
        if all(run["state"] == "done" for run in runs):
            break
        time.sleep(2.1)  # a lost run waits for its lease
    assert all(run["state"] == "done" for run in runs)
    folders = [run["folder"] for run in runs]
    assert len(set(folders)) == len(folders)
    receipts = {run["receipt"]["facts"] for run in runs}
    assert len(receipts) == 1, "the same facts give the same result, killed or not"
    return runs


def battle(desk: DeskProcess, kills: int, seed: int) -> None:
    """Kill the worker so often, at moments from its start to the renaming of a result."""
    chance = random.Random(seed)
    for _ in range(kills):
        worker = desk.worker("--cores", "2")
        time.sleep(chance.uniform(0.3, 9.0))
        before = set(children())
        kill(worker)
        mine = [each for each in before if _parent_was(each, worker.pid)]
        assert all(gone(each, within=10) for each in mine), "a process of a run outlives its worker"
        sound(desk)


def _parent_was(process: int, worker: int) -> bool:
    """Whether the process was a child of that worker, or has lost its parent since."""
    try:
        stat = Path(f"/proc/{process}/stat").read_text(encoding="ascii")
    except OSError:
        return False
    return int(stat.rpartition(")")[2].split()[1]) in (1, worker, os.getpid())


def test_a_killed_worker_leaves_runs_that_are_done_or_wait_and_no_half_result(
    desk: DeskProcess,
) -> None:
    desk.queue({"assessment": 1})
    battle(desk, 2, seed=7)
    assert len(finish(desk)) == 1


@pytest.mark.prove
@pytest.mark.parametrize("engine", BOTH)
def test_twenty_five_kills(engine: str, tmp_path: Path, record_property: Any) -> None:
    with own_database(engine) as database:
        desk = DeskProcess(tmp_path / "desk", database)
        desk.queue({"assessment": 4})
        battle(desk, 25, seed=11)
        assert len(finish(desk)) == 4
    record_property("tally", {"工作台：杀死执行者": 25})


def test_two_workers_never_do_one_run_twice(tmp_path: Path) -> None:
    desk = DeskProcess(tmp_path / "desk")
    desk.queue({"assessment": 2})
    workers = [desk.worker("--once", "--cores", "1") for _ in range(2)]
    assert [each.wait(timeout=300) for each in workers] == [0, 0]
    runs = finish(desk)
    assert [run["tries"] for run in runs] == [1, 1]
    assert desk.results() == sorted(run["folder"] for run in runs)
