"""The writer of events, and the sentence for whoever came second."""

from typing import Any

from django.conf import settings
from django.db import models, transaction
from django.utils import timezone

from junheng.errors import RefusedError
from junheng.web.chain import START, digest_of, heads_file
from junheng.web.models import Case, ChainHead, Event, Office, Run, User


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
    assert transaction.get_connection().in_atomic_block, "an event belongs to a transaction"
    ChainHead.objects.get_or_create(pk=1)
    head = ChainHead.objects.select_for_update().get(pk=1)
    if once is not None and Event.objects.filter(once=once).exists():
        raise RepeatedError
    event = Event(
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
        old=old,
        new=new,
        reason=reason,
        source=source,
        once=once,
        before=head.digest or START,
    )
    event.digest = digest_of(event)
    event.save()
    head.number, head.digest = event.number, event.digest
    head.save()
    transaction.on_commit(lambda: _tell_outside(event.number, event.digest))
    return event


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


def _tell_outside(number: int, digest: str) -> None:
    """The head goes into a file beside the database, so that rewriting the database shows."""
    file = heads_file(settings.DATA)
    file.parent.mkdir(parents=True, exist_ok=True)
    with file.open("a", encoding="ascii") as log:
        log.write(f"{number} {digest}\n")
