"""A case of the filings as the pure floor sees it, and taking one of its moves."""

from collections.abc import Mapping
from datetime import date
from typing import Any, NoReturn

from django.core.exceptions import PermissionDenied
from django.db import transaction

from junheng.casework import CaseFile, calendar, move, register
from junheng.casework.returns import Owner
from junheng.errors import RefusedError
from junheng.registry import Finding
from junheng.web.actions.cases import change_case, locked
from junheng.web.models import Case, Event, User
from junheng.web.roles import OfficeKind

FILINGS = "filings"
AS_SEALED = "as_sealed"
"""Of a case's data, the workbook and the papers as they were last sealed."""


class UnmetError(RefusedError):
    """A move whose demands are not met; every one of them is said."""

    def __init__(self, unmet: tuple[Finding, ...]) -> None:
        super().__init__("".join(each.sentence for each in unmet))
        self.unmet = unmet


def owner_of(case: Case) -> Owner:
    """Whose return a case is about. Reads subject and its parent: select them."""
    subject = case.subject
    if subject.level is OfficeKind.SCHOOL:
        county = subject.parent
        assert county is not None, "a school stands below its county"
        return Owner(county.code, county.name, subject.code, subject.name)
    return Owner(subject.code, subject.name)


def file_of(case: Case, *, papers: tuple[Mapping[str, Any], ...] = ()) -> CaseFile:
    """The case for the rules of its register."""
    first = {k: date.fromisoformat(v) for k, v in case.data.get("first", {}).items()}
    kind = "school" if case.subject.level is OfficeKind.SCHOOL else "county"
    return CaseFile(
        register(case.register),
        kind,
        case.state,
        {},
        papers,
        case.data.get("clean"),
        case.due,
        first,
    )


@transaction.atomic
def take(
    case: Case,
    name: str,
    *,
    by: User,
    seen: int,
    on: date,
    reason: str = "",
    once: str | None = None,
    data: Mapping[str, Any] | None = None,
    source: str = "",
    role: str = "",
) -> Event:
    """Take a move of the register, record it, and set the new term.

    Judged on the row as it is now, not as it was read: its deadline may have been moved meanwhile.
    `data` holds the entries that change. `role` is that in which the person asked for it, where the
    desk does it later. Raises UnmetError with everything that is not there, RefusedError where the register or the role
    does not allow it, OutpacedError where the case has changed since it was seen.
    """
    now = locked(case, seen=seen, once=once)
    step = move(file_of(now), name, by=role or by.role, on=on, days=calendar(), reason=reason)
    if not step.taken:
        raise UnmetError(step.unmet)
    held = dict(data or {})
    if case.subject.level is OfficeKind.SCHOOL and by.office_id != case.subject_id:
        held["acted_for"] = by.office.name
    return change_case(
        case, step.move.label, by=by, seen=seen, state=step.state, due=step.due.on, data=held,
        reason=reason.strip(), source=source, once=once, now=now,
    )  # fmt: skip


def refuse_move(case: Case, name: str, *, by: User) -> NoReturn:
    """Say why a move has no page for this person now.

    Raises PermissionDenied where the role never takes it, RefusedError where the state forbids it.
    """
    file = file_of(case)
    step = file.register.moves.get(name)
    if step is None or by.role not in step.by.get(file.subject, ()):
        raise PermissionDenied
    move(file, name, by=by.role, on=date.max, days=calendar())  # raises RefusedError: the state
    raise RefusedError(f"“{step.label}”不单独办理。请在填报页面上进行。")
