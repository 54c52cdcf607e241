"""A remedy as its register sees it, and taking its moves: what is filled in, attached, and due."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.db.models import Q

from junheng.casework import CaseFile, calendar, filled, move, moves_open_to, register
from junheng.registry.filing import Value
from junheng.schema import Column, Kind
from junheng.web.actions.attachments import attach, keep
from junheng.web.actions.cases import change_case
from junheng.web.actions.filings.cases import UnmetError
from junheng.web.actions.remedies.opening import REMEDIES, passes_now
from junheng.web.file_kinds import EVIDENCE
from junheng.web.models import Attachment, Case, Event, Office, User
from junheng.web.roles import OfficeKind

PAPER = "整改材料"
EDITED = {
    "assign": ("owner", "owner_person", "contact", "promised_on", "measure", "cost_yuan"),
    "postpone": ("promised_on",),
    "report": ("done_note",),
    "strike": ("recheck_note",),
    "accept": ("recheck_note",),
}
"""Move → the columns that its form asks."""


@dataclass(frozen=True)
class Sent:
    """A file that came with a move."""

    name: str
    chunks: Iterable[bytes]


def values_of(case: Case) -> dict[str, Value | None]:
    """The columns of a remedy, in facts units."""
    columns = register(REMEDIES).columns
    held = case.data.get("values", {})
    return {name: _typed(columns[name], held.get(name)) for name in columns}


def papers_of(case: Case) -> list[Attachment]:
    """What was attached, in order."""
    return list(case.attachments.filter(purpose=PAPER).order_by("pk").select_related("by"))


def file_of(case: Case, *, on: date | None = None, more: int = 0) -> CaseFile:
    """The case for the rules of its register; with `on`, whether the latest seal says it is met."""
    papers = tuple({"file_name": each.name} for each in papers_of(case))
    return CaseFile(
        register(REMEDIES),
        "school" if case.subject.level is OfficeKind.SCHOOL else "county",
        case.state,
        values_of(case),
        (*papers, *({},) * more),
        passes_now(case, on=on) if on is not None else None,
        case.due,
    )


def offices_for(case: Case) -> list[Office]:
    """Who may be made to answer for a remedy: the school, its county, the departments above."""
    subject = case.subject
    county = subject if subject.level is OfficeKind.COUNTY else subject.parent
    assert county is not None, "a school stands below its county"
    beside = Q(kind=OfficeKind.DEPARTMENT, parent__in=[county, county.parent])
    found = Office.objects.filter(Q(pk__in=[subject.pk, county.pk]) | beside, active=True)
    return list(found.order_by("lineage"))


def take(
    case: Case,
    name: str,
    *,
    by: User,
    seen: int,
    on: date,
    texts: Mapping[str, str],
    reason: str = "",
    office: Office | None = None,
    sent: Sent | None = None,
    once: str | None = None,
) -> Event:
    """Take a move with what was filled in and attached.

    Raises UnmetError with everything that does not fit or is missing; then nothing is kept.
    """
    remedies = register(REMEDIES)
    asked = [c for c in EDITED.get(name, ()) if c in texts]
    values, faults = filled(remedies, texts, asked)
    merged = {**values_of(case), **values}
    plain = file_of(case, on=on, more=sent is not None)
    file = CaseFile(
        remedies, plain.subject, plain.state, merged, plain.attachments, plain.clean, plain.due
    )
    step = move(file, name, by=by.role, on=on, days=calendar(), reason=reason)
    blank = {each.column for each in faults}
    unmet = (*faults, *(u for u in step.unmet if not u.column or u.column not in blank))
    if unmet:
        raise UnmetError(unmet)
    kept = keep(sent.chunks, name=sent.name, allowed=EVIDENCE) if sent is not None else None
    data = {"values": {k: _plain(v) for k, v in merged.items() if v is not None}}
    with transaction.atomic():
        if kept is not None and sent is not None:
            sha256, size, kind = kept
            attach(case, purpose=PAPER, name=sent.name, sha256=sha256, size=size, kind=kind, by=by)
        return change_case(
            case, step.move.label, by=by, seen=seen, state=step.state, due=step.due.on, data=data,
            office=office, reason=reason.strip(), once=once,
            source=f"{sent.name} {kept[0]}" if sent is not None and kept is not None else "",
        )  # fmt: skip


def may(case: Case, name: str, user: User) -> bool:
    """Whether the move is open to this person: role by the register, and the case is theirs to act on."""
    if (
        user.office.level in (OfficeKind.SCHOOL, OfficeKind.DEPARTMENT)
        and case.office_id != user.office_id
    ):
        return False
    return any(each.name == name for each in moves_open_to(file_of(case), user.role))


def _typed(column: Column, held: Any) -> Value | None:
    if held is None:
        return None
    if column.kind is Kind.DATE:
        return date.fromisoformat(held)
    if column.kind in (Kind.MONEY, Kind.AREA, Kind.DECIMAL):
        return Decimal(held)
    found: Value = held
    return found


def _plain(value: object) -> object:
    if isinstance(value, date):
        return value.isoformat()
    return str(value) if isinstance(value, Decimal) else value
