"""The writer of events, and the sentence for whoever came second."""

from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.db import models, transaction
from django.utils import timezone

from junheng.errors import RefusedError
from junheng.web.chain import START, digest_of, heads_file
from junheng.web.models import Case, ChainHead, Event, Office, Run, User

BATCH = 500
"""Rows written with one statement."""


class OutpacedError(RefusedError):
    """Somebody changed the row after it was shown."""

    def __init__(self, what: str) -> None:
        super().__init__(
            f"“{what}”刚刚被别人改动过，你的这一步没有执行。请刷新页面，看过现在的内容再办理。"
        )


class RepeatedError(RefusedError):
    """The same submission came twice: a double click, or the back button."""

    def __init__(self) -> None:
        super().__init__("这一次提交已经收到过，没有再办理一遍。请刷新页面查看现在的状态。")


def refuse_repeated(once: str | None) -> None:
    """Raises RepeatedError where the form with this number has been handled already."""
    if once is not None and Event.objects.filter(once=once).exists():
        raise RepeatedError


def record(
    verb: str,
    about: models.Model,
    *,
    by: User | None,
    old: Any = None,
    new: Any = None,
    reason: str = "",
    source: str = "",
    once: str | None = None,
) -> Event:
    """Add one event to the chain, inside the caller's transaction.

    `verb` is a Chinese word as the log shows it; `by` None is the program itself. `old` and `new`
    are JSON without floating point. `once` is the number of a form: the second event with it raises
    RepeatedError, and with it the whole transaction is undone.
    """
    head = _head()
    refuse_repeated(once)
    event = _linked(head, verb, about, by)
    event.old, event.new, event.reason, event.source, event.once = old, new, reason, source, once
    _close(head, event)
    event.save()
    _keep(head, [event])
    return event


def record_many(verb: str, rows: Iterable[tuple[models.Model, Any]], *, by: User | None) -> None:
    """The same act on many rows, each with its new value: an event each, written together."""
    head, events = _head(), []
    for about, new in rows:
        event = _linked(head, verb, about, by)
        event.new = new
        _close(head, event)
        events.append(event)
    Event.objects.bulk_create(events, batch_size=BATCH)
    _keep(head, events)


def _head() -> ChainHead:
    """The last link, locked until the transaction ends."""
    assert transaction.get_connection().in_atomic_block, "an event belongs to a transaction"
    held = ChainHead.objects.select_for_update()
    head = held.filter(pk=1).first()
    if head is None:
        ChainHead.objects.get_or_create(pk=1)
        head = held.get(pk=1)
    return head


def _linked(head: ChainHead, verb: str, about: models.Model, by: User | None) -> Event:
    """An event after the head, not yet closed by its hash."""
    return Event(
        number=head.number + 1,
        at=timezone.now(),
        by=by.username if by else "",
        by_name=by.name if by else "系统",
        role=by.role if by else "",
        office=by.office.code if by else "",
        office_name=by.office.name if by else "",
        verb=verb,
        subject=about._meta.model_name or "",
        subject_id=str(about.pk),
        subject_name=str(about)[:200],
        area=area_of(about),
        before=head.digest or START,
    )


def _close(head: ChainHead, event: Event) -> None:
    event.digest = digest_of(event)
    head.number, head.digest = event.number, event.digest


def _keep(head: ChainHead, events: list[Event]) -> None:
    head.save()
    links = [(event.number, event.digest) for event in events]
    transaction.on_commit(lambda: _tell_outside(links))


@transaction.atomic
def note_reading(what: str, about: models.Model, *, by: User, reason: str = "") -> Event:
    """Record that somebody looked at personal data, or took it away as a file."""
    return record(f"查看：{what}", about, by=by, reason=reason)


def area_of(row: models.Model) -> str:
    """The lineage of the office that a row is about."""
    if isinstance(row, Office):
        return row.lineage
    if isinstance(row, Case):
        return row.subject.lineage
    if isinstance(row, User | Run):
        return row.office.lineage
    if (case := getattr(row, "case", None)) is not None:
        return area_of(case)
    office: Office = row.office  # type: ignore[attr-defined]
    return office.lineage


def _tell_outside(links: list[tuple[int, str]]) -> None:
    """The heads go into a file beside the database, so that rewriting the database shows."""
    file = heads_file(settings.DATA)
    file.parent.mkdir(parents=True, exist_ok=True)
    with file.open("a", encoding="ascii") as log:
        log.write("".join(f"{number} {digest}\n" for number, digest in links))
