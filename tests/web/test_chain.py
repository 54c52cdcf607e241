"""The chain of events: whatever was edited, removed, added or reordered is found and named."""

from collections.abc import Callable
from pathlib import Path

import pytest
from django.conf import settings
from django.db import DatabaseError, connection, transaction

from junheng.errors import RefusedError
from junheng.web import chain
from junheng.web.actions.recording import RepeatedError, record
from junheng.web.chain import START, digest_of, faults_of
from junheng.web.guards import lift_guards, missing_guards, set_guards
from junheng.web.models import ChainHead, Event, Office

pytestmark = pytest.mark.django_db


Numbers = Callable[[int], int]
"""Our first, second … event as the chain numbers it: the cast's events stand before ours."""


@pytest.fixture
def office(db: None) -> Office:
    office = Office.objects.create(code="1", name="某市", kind="city")
    with transaction.atomic():
        for number in range(1, 8):
            record(
                f"第{number}件事", office, by=None, new={"数": number, "表": {"b": 1, "a": None}}
            )
    return office


@pytest.fixture
def at(office: Office) -> Numbers:
    before = Event.objects.count() - 7
    return lambda number: before + number


def _sql(text: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(text)


def test_a_chain_that_nobody_touched_has_no_fault(office: Office) -> None:
    assert list(faults_of()) == []


@pytest.mark.parametrize("text", ["UPDATE desk_event SET reason = 'x'", "DELETE FROM desk_event"])
def test_the_database_refuses_to_change_or_remove_an_event(office: Office, text: str) -> None:
    before = Event.objects.count()
    with pytest.raises(DatabaseError, match="只能增加"), transaction.atomic():
        _sql(text)
    assert Event.objects.count() == before


def test_the_rows_refuse_too(office: Office) -> None:
    event = Event.objects.get(verb="第3件事")
    for act in (event.save, event.delete, Event.objects.all().delete):
        with pytest.raises(RefusedError, match="只能增加"):
            act()
    with pytest.raises(RefusedError, match="只能增加"):
        Event.objects.update(reason="x")


def _edit(at: Numbers) -> None:
    _sql(f"UPDATE desk_event SET by_name = '别人' WHERE number = {at(4)}")


def _remove(at: Numbers) -> None:
    _sql(f"DELETE FROM desk_event WHERE number = {at(4)}")


def _remove_last(at: Numbers) -> None:
    _sql(f"DELETE FROM desk_event WHERE number = {at(7)}")


def _swap(at: Numbers) -> None:
    _sql(f"UPDATE desk_event SET number = -1 WHERE number = {at(4)}")
    _sql(f"UPDATE desk_event SET number = {at(4)} WHERE number = {at(5)}")
    _sql(f"UPDATE desk_event SET number = {at(5)} WHERE number = -1")


def _later(at: Numbers) -> None:
    day = "2020-01-01 00:00:00" + ("+00" if connection.vendor == "postgresql" else "")
    _sql(f"UPDATE desk_event SET at = '{day}' WHERE number = {at(4)}")


@pytest.mark.parametrize(
    ("harm", "number"),
    [(_edit, 4), (_remove, 4), (_remove_last, 7), (_swap, 4), (_later, 4)],
)
def test_every_harm_is_found_at_its_place(
    office: Office, at: Numbers, harm: Callable[[Numbers], None], number: int
) -> None:
    lift_guards(connection)
    harm(at)
    assert at(number) in [fault.number for fault in faults_of()]


def _rewrite() -> None:
    """An intruder who knows the program rewrites the whole chain after an edit."""
    before = START
    for event in Event.objects.order_by("number"):
        event.by_name = "别人"
        event.before = before
        before = digest_of(event)
        _sql(
            f"UPDATE desk_event SET by_name = '别人', before = '{event.before}', "
            f"digest = '{before}' WHERE number = {event.number}"
        )
    ChainHead.objects.update(digest=before)


@pytest.mark.django_db(transaction=True)
def test_a_chain_rewritten_as_a_whole_no_longer_holds_the_heads_beside_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(settings, "DATA", tmp_path)
    row = Office.objects.create(code="2", name="某县", kind="county")
    for number in range(3):
        with transaction.atomic():
            record(f"第{number}件事", row, by=None)
    assert len((tmp_path / "audit" / "heads.log").read_text().splitlines()) == 3
    assert list(faults_of(tmp_path)) == []
    lift_guards(connection)
    _rewrite()
    assert list(faults_of()) == []
    ours = [e.number for e in Event.objects.filter(subject_name="某县").order_by("number")]
    assert [fault.number for fault in faults_of(tmp_path)] == ours


def test_the_same_form_is_recorded_once(office: Office) -> None:
    with transaction.atomic():
        record("提交", office, by=None, once="form-1")
    with pytest.raises(RepeatedError, match="已经收到过"), transaction.atomic():
        record("提交", office, by=None, once="form-1")
    assert list(faults_of()) == []


def test_an_act_that_fails_leaves_no_event(office: Office) -> None:
    with transaction.atomic():
        record("提交", office, by=None)
        transaction.set_rollback(True)
    assert not Event.objects.filter(verb="提交").exists()
    assert list(faults_of()) == []


def test_a_desk_at_work_raises_no_alarm(
    office: Office, at: Numbers, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Somebody acts between the last event that was read and the end of the reading."""
    read = chain.digest_of

    def meanwhile(event: Event) -> str:
        if event.number == at(7) and not Event.objects.filter(verb="同时").exists():
            with transaction.atomic():
                record("同时", office, by=None)
        return read(event)

    monkeypatch.setattr(chain, "digest_of", meanwhile)
    assert list(faults_of()) == []
    assert list(faults_of()) == [], "and is read with the next verification"


def test_an_event_put_after_the_end_is_found(office: Office, at: Numbers) -> None:
    last = Event.objects.get(number=at(7))
    last.pk, last.number, last.before = None, at(8), last.digest
    last.digest = digest_of(last)
    Event.objects.bulk_create([last])
    assert [fault.number for fault in faults_of()] == [at(8)]


def test_guards_that_were_taken_away_are_named(office: Office) -> None:
    assert missing_guards(connection) == ()
    lift_guards(connection)
    assert len(missing_guards(connection)) == 2
    set_guards(connection)
    assert missing_guards(connection) == ()


def test_a_guard_that_was_hollowed_out_is_missing(office: Office) -> None:
    """The name is there, the refusal is not."""
    lift_guards(connection)
    set_guards(connection)
    if connection.vendor == "postgresql":
        _sql("ALTER TABLE desk_event DISABLE TRIGGER desk_event_no_change")
        assert missing_guards(connection) == ("desk_event_no_change",)
    else:
        _sql("DROP TRIGGER desk_event_no_update")
        _sql("CREATE TRIGGER desk_event_no_update BEFORE UPDATE ON desk_event BEGIN SELECT 1; END")
        assert missing_guards(connection) == ("desk_event_no_update",)
    set_guards(connection, anew=True)
    assert missing_guards(connection) == ()
