"""Opening and changing cases. What may be done with a case is the register's to say, not ours."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from django.db import transaction

from junheng.web.actions.recording import (
    BATCH,
    OutpacedError,
    record,
    record_many,
    refuse_repeated,
)
from junheng.web.models import Case, Event, Office, User

NAMED = ("state", "due", "office", "data")


@transaction.atomic
def open_case(
    *,
    register: str,
    subject: Office,
    office: Office,
    year: int,
    state: str,
    by: User | None,
    key: str = "",
    round: str = "",  # noqa: A002
    due: date | None = None,
    data: Mapping[str, Any] | None = None,
    verb: str = "建立",
) -> Case:
    """A new case, or the one that is there already (same register, year, round, subject and key)."""
    case, made = Case.objects.get_or_create(
        register=register, year=year, round=round, subject=subject, key=key,
        defaults={"office": office, "state": state, "due": due, "data": dict(data or {})},
    )  # fmt: skip
    if made:
        record(verb, case, by=by, new=_shown(case))
    return case


@transaction.atomic
def open_cases(
    subjects: Iterable[Office],
    *,
    register: str,
    year: int,
    state: str,
    by: User | None,
    round: str = "",  # noqa: A002
    due: date | None = None,
    data: Mapping[str, Any] | None = None,
    verb: str = "建立",
) -> int:
    """A case for each of many offices, that each must act on itself; written together.

    Those that are there already (same register, year, round, no key) stay as they are. Returns how
    many are new.
    """
    there = set(
        Case.objects.filter(register=register, year=year, round=round, key="").values_list(
            "subject_id", flat=True
        )
    )
    new = [
        Case(
            register=register, year=year, round=round, subject=subject, office=subject,
            state=state, due=due, data=dict(data or {}),
        )
        for subject in subjects
        if subject.pk not in there
    ]  # fmt: skip
    made = Case.objects.bulk_create(new, batch_size=BATCH)
    record_many(verb, ((case, _shown(case)) for case in made), by=by)
    return len(made)


def locked(case: Case, *, seen: int, once: str | None = None) -> Case:
    """The row as it is now, held until the transaction ends; the first thing of any change.

    Raises RepeatedError where the form `once` has been handled already, OutpacedError where the
    case has changed since its version `seen`. What changes no version may differ from what was
    seen: the deadline of a round, reminders.
    """
    held = Case.objects.select_for_update(of=("self",)).select_related("subject", "office")
    now: Case = held.get(pk=case.pk)
    refuse_repeated(once)
    if now.version != seen:
        raise OutpacedError(str(now))
    return now


@transaction.atomic
def change_case(
    case: Case,
    verb: str,
    *,
    by: User | None,
    seen: int,
    state: str | None = None,
    due: date | None = None,
    office: Office | None = None,
    data: Mapping[str, Any] | None = None,
    reason: str = "",
    source: str = "",
    once: str | None = None,
    now: Case | None = None,
) -> Event:
    """Change what is given and record it. `seen` is the version that the person looked at; `now` the
    row as `locked` gave it in this transaction, where it has been asked for already.

    Of `data` the entries that change: the others stay as they are in the row now. Raises OutpacedError where the case has changed since, RepeatedError where the form `once` has
    been handled already. `case` itself is brought up to date.
    """
    now = now or locked(case, seen=seen, once=once)
    before = _shown(now)
    now.state = state if state is not None else now.state
    now.due = due if due is not None else now.due
    now.office = office if office is not None else now.office
    now.data = {**now.data, **(data or {})}
    now.version += 1
    now.save()
    old, new = _changed(before, _shown(now))
    event = record(verb, now, by=by, old=old, new=new, reason=reason, source=source, once=once)
    for name in (*NAMED, "version", "changed_at"):
        setattr(case, name, getattr(now, name))
    return event


def _shown(case: Case) -> dict[str, Any]:
    return {
        "state": case.state,
        "due": case.due.isoformat() if case.due else None,
        "office": case.office.code,
        "data": case.data,
    }


def _changed(old: dict[str, Any], new: dict[str, Any]) -> tuple[dict[str, Any], dict[str, Any]]:
    """Only what differs; of the data only the entries that differ."""
    first = {k: v for k, v in old.items() if k != "data" and v != new[k]}
    then = {k: v for k, v in new.items() if k != "data" and v != old[k]}
    keys = {k for k in {*old["data"], *new["data"]} if old["data"].get(k) != new["data"].get(k)}
    if keys:
        first["data"] = {k: old["data"].get(k) for k in sorted(keys)}
        then["data"] = {k: new["data"].get(k) for k in sorted(keys)}
    return first, then
