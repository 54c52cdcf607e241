"""Sealing a year by a run: the seal, the cases, the row and the assessment that follows, or nothing."""

import io
import json
import re
import shutil
from collections.abc import Iterator
from copy import deepcopy
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.db import transaction
from filings.county_desk import CODES, PRIMARY, Desk, make_desk
from filings.test_county_review import ON, hand_in_all
from pytest_django.plugin import DjangoDbBlocker
from return_cases import YEAR

from junheng.errors import RefusedError
from junheng.registry import Snapshot
from junheng.registry.snapshot import seals_of
from junheng.web.actions import filings
from junheng.web.actions.run_leases import finish_run, take_run
from junheng.web.actions.run_sealing import clear_marks
from junheng.web.models import Event, Run, User
from junheng.web.sealed import latest_by_year, pending
from junheng.web.working.closing import closing_of
from junheng.web.working.doing.sealing import seal_year
from junheng.web.working.ordering import job_of
from junheng.web.working.telling import Telling

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def everything_passed(
    django_db_setup: None, django_db_blocker: DjangoDbBlocker, books: dict[str, Path],
    sealed_last_year: Path, tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[tuple[Desk, Path]]:  # fmt: skip
    """The county and its folder: every return handed in and passed, last year in the store.

    Made once; each test works on a copy of the folder, in a transaction inside this one."""
    folder = tmp_path_factory.mktemp("passed") / "data"
    shutil.copytree(sealed_last_year, folder / "store")
    with django_db_blocker.unblock(), transaction.atomic():
        desk = make_desk()
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(settings, "DATA", folder)
            hand_in_all(desk, books, ["", *CODES])
            for code in ["", *CODES]:
                case = desk.case(code)
                by = desk.people["李" if not code else "王"]
                filings.take(case, "pass", by=by, seen=case.version, on=ON)
        yield desk, folder
        transaction.set_rollback(True)


@pytest.fixture
def passed(
    everything_passed: tuple[Desk, Path], db: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Desk:
    desk, folder = everything_passed
    monkeypatch.setattr(settings, "DATA", tmp_path)
    shutil.copytree(folder, tmp_path, dirs_exist_ok=True)
    return deepcopy(desk)


def made(desk: Desk, folder: Path) -> tuple[Run, dict[str, object]]:
    """The run taken and its work done, as the child does it, but not ended yet."""
    filings.request_seal(desk.city, year=YEAR, by=desk.people["李"], on=ON)
    run = take_run("tests")
    assert run is not None
    job = json.loads(json.dumps(job_of(run, folder)))
    folder.mkdir()
    return run, seal_year(job, folder, Telling(io.StringIO()))


def end(run: Run, receipt: dict[str, object], folder: Path) -> bool:
    target = Path(settings.DATA) / "results" / "1-1"
    target.parent.mkdir(exist_ok=True)
    return finish_run(
        run, receipt=receipt, folder="1-1", closing=closing_of(run, folder),
        place=lambda: folder.replace(target),
    )  # fmt: skip


# The first: what follows shares a county that would stand in its way.
def test_a_fault_is_told_and_nothing_moves(
    desk: Desk, books: dict[str, Path], sealed_last_year: Path, tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    monkeypatch.setattr(settings, "DATA", tmp_path)
    hand_in_all(desk, books, [PRIMARY])
    case = desk.case()
    filings.take(case, "pass", by=desk.people["王"], seen=case.version, on=ON)
    with pytest.raises(RefusedError, match="各件的状态没有变"):
        made(desk, tmp_path / "aside")
    assert desk.case().state == "passed"
    assert not (tmp_path / "store").exists()


def test_the_seal_the_cases_and_the_assessment_come_together(passed: Desk, tmp_path: Path) -> None:
    folder = tmp_path / "aside"
    run, receipt = made(passed, folder)
    assert {passed.case(c).state for c in CODES} == {"passed"}
    assert len(seals_of(tmp_path / "store")) == 1
    assert end(run, receipt, folder)
    assert {passed.case(c).state for c in ["", *CODES]} == {"sealed"}
    snapshot = Snapshot.open(tmp_path / "store" / "seals" / str(receipt["seal"]))
    assert len(snapshot.facts["schools"]) == len(CODES)
    follows = Run.objects.get(kind="assessment")
    assert follows.official
    assert (follows.snapshot, follows.state) == (receipt["seal"], "queued")


def test_who_asked_may_have_another_role_by_the_time_it_is_sealed(
    passed: Desk, tmp_path: Path
) -> None:
    folder = tmp_path / "aside"
    run, receipt = made(passed, folder)
    User.objects.filter(pk=run.by_id).update(role="city_leader")
    assert end(Run.objects.get(pk=run.pk), receipt, folder)
    assert {passed.case(c).state for c in ["", *CODES]} == {"sealed"}


def test_where_the_cases_cannot_be_closed_no_seal_is_left_in_the_store(
    passed: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "aside"
    run, receipt = made(passed, folder)

    def refuse(*_: object, **__: object) -> None:
        raise RefusedError("不能封存")

    monkeypatch.setattr("junheng.web.actions.run_sealing.close_cases", refuse)
    with pytest.raises(RefusedError, match="不能封存"):
        end(run, receipt, folder)
    assert len(seals_of(tmp_path / "store")) == 1, "last year's alone"
    assert Run.objects.get(pk=run.pk).state == "running"
    assert not Run.objects.filter(kind="assessment").exists()


def test_a_seal_is_on_the_disk_under_its_name_before_a_row_says_so(
    passed: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    flushed: list[Path] = []
    for module in ("run_sealing", "run_leases"):
        monkeypatch.setattr(f"junheng.web.actions.{module}.to_disk", flushed.append)
    run, receipt = made(passed, tmp_path / "aside")
    assert end(run, receipt, tmp_path / "aside")
    store = tmp_path / "store"
    assert {pending(), store / "facts", store / "seals", store, tmp_path / "results"} == set(
        flushed
    )


def test_a_seal_whose_run_is_not_done_does_not_count(
    passed: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch,
    django_capture_on_commit_callbacks: Any,
) -> None:  # fmt: skip
    """The worker dies between the store and the commit: the seal is there, and nobody is offered it."""
    run, receipt = made(passed, tmp_path / "aside")

    def die(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr("junheng.web.actions.run_leases.record", die)
        with pytest.raises(KeyboardInterrupt):
            end(run, receipt, tmp_path / "aside")
    assert len(seals_of(tmp_path / "store")) == 2, "it lies in the store"
    assert [each.year for each in latest_by_year()] == [YEAR - 1]
    clear_marks()
    assert [each.year for each in latest_by_year()] == [YEAR - 1], "no run is done with it"
    again = Run.objects.get(pk=run.pk)
    assert again.state == "running"
    with django_capture_on_commit_callbacks(execute=True):
        assert end(again, receipt, tmp_path / "aside")
    assert [each.year for each in latest_by_year()] == [YEAR, YEAR - 1]
    assert not list(pending().iterdir())


def test_a_mark_that_the_end_of_a_worker_left_is_cleared_once_the_run_is_done(
    passed: Desk, tmp_path: Path
) -> None:
    run, receipt = made(passed, tmp_path / "aside")
    assert end(run, receipt, tmp_path / "aside")  # the test's transaction is never committed
    assert [each.year for each in latest_by_year()] == [YEAR - 1]
    clear_marks()
    assert [each.year for each in latest_by_year()] == [YEAR, YEAR - 1]


def test_a_year_is_sealed_by_one_run_at_a_time(passed: Desk) -> None:
    city, url = passed.client("李"), f"/filings/seal/?year={YEAR}"
    once = re.findall(r'name="once" value="([^"]+)"', city.get(url).content.decode())
    assert city.post(url, {"once": once}).status_code == 302
    assert "已经收到过" in city.post(url, {"once": once}).content.decode()
    refused = city.post(url, {"once": "another"})
    assert refused.status_code == 409
    assert "正在封存" in refused.content.decode()
    run = Run.objects.get(kind="seal")
    Run.objects.filter(pk=run.pk).update(state="failed")
    assert city.post(url, {"once": "third"}).status_code == 302


def test_a_return_that_was_taken_back_meanwhile_is_in_no_seal(passed: Desk, tmp_path: Path) -> None:
    folder = tmp_path / "aside"
    run, receipt = made(passed, folder)
    case = passed.case()
    filings.take(
        case, "return", by=passed.people["王"], seen=case.version, on=ON, reason="学生数不对"
    )
    with pytest.raises(RefusedError, match=f"封存期间.*{case.subject.name}.*已退回.*没有封存"):
        end(run, receipt, folder)
    assert len(seals_of(tmp_path / "store")) == 1
    assert passed.case().state == "returned"
    assert passed.case(next(c for c in CODES if c != PRIMARY)).state == "passed"
    assert not Event.objects.filter(verb="封存").exists()


def test_a_reopened_return_stays_in_the_year_as_it_was_sealed(passed: Desk, tmp_path: Path) -> None:
    run, receipt = made(passed, tmp_path / "aside")
    assert end(run, receipt, tmp_path / "aside")
    other = next(c for c in CODES if c != PRIMARY)
    for code in (PRIMARY, other):
        case = passed.case(code)
        filings.take(
            case, "reopen", by=passed.people["李"], seen=case.version, on=ON, reason="更正"
        )
    before = passed.case(other).data["file"]["sha256"]
    case = passed.case(other)
    filings.hand_in_page(
        case, {"schools.founding_year": "1999"}, by=passed.people["王"], seen=case.version, on=ON
    )
    assert passed.case(other).data["file"]["sha256"] != before
    case = passed.case()
    for move in ("submit", "pass"):
        filings.take(case, move, by=passed.people["王"], seen=case.version, on=ON)
    held = filings.sealable(passed.city, YEAR)
    assert len(held) == len(CODES) + 1
    assert filings.collect(held, YEAR).cases[str(passed.case(other).pk)] == before
    page = passed.client("李").get(f"/filings/seal/?year={YEAR}").content.decode()
    assert "1 件重开以后还没有重新通过" in page
    assert "</a>：重开" not in page, "it does not count as missing"
    Run.objects.filter(kind="assessment").update(state="cancelled")
    again, second = made(passed, tmp_path / "second")
    Path(settings.DATA, "results", "1-1").rename(Path(settings.DATA, "results", "0-1"))
    assert end(again, second, tmp_path / "second")
    snapshot = Snapshot.open(tmp_path / "store" / "seals" / str(second["seal"]))
    assert other in snapshot.facts["schools"]["school_code"].to_list()
    assert passed.case(other).state == "reopened", "still to be corrected"
    assert passed.case().state == "sealed"


def test_a_seal_done_again_after_a_kill_is_the_same_seal(passed: Desk, tmp_path: Path) -> None:
    run, receipt = made(passed, tmp_path / "aside")
    job = job_of(run, tmp_path / "again")
    (tmp_path / "again").mkdir()
    assert seal_year(job, tmp_path / "again", Telling(io.StringIO())) == receipt
