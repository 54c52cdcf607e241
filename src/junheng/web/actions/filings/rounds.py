"""A round 一轮填报: a case for every county and school of a city, and reminders to the late."""

from collections.abc import Iterable
from datetime import date

from django.db import transaction

from junheng.casework import CaseFile, calendar, due_after, register
from junheng.errors import RefusedError
from junheng.web.actions.cases import open_cases
from junheng.web.actions.filings.cases import FILINGS
from junheng.web.actions.recording import BATCH, record, record_many
from junheng.web.models import Case, Office, User
from junheng.web.roles import OfficeKind

LONGEST = 500
"""Characters of a reason."""


@transaction.atomic
def open_round(
    city: Office, *, year: int, on: date, by: User | None, due: date | None = None
) -> tuple[int, date]:
    """Open the cases of a year for every county and school below `city` that is in use.

    `due` is the last day of filing; without it the register's term counts from `on`. Schools that
    came later get theirs by opening the round again. Returns how many were opened, and the last
    day. Raises RefusedError where that day cannot be counted or has passed.
    """
    days = calendar()
    filings = register(FILINGS)
    term = due_after(
        CaseFile(filings, "school", filings.start), filings.start, on=on, days=days, opened=True
    )
    last = due or term.on
    if last is None:
        raise RefusedError(term.unknown)
    if last < on:
        raise RefusedError(f"截止日期 {last} 已经过了（今天 {on}）。请写今天或以后的日期。")
    offices = Office.objects.filter(
        lineage__startswith=city.lineage,
        active=True,
        kind__in=[OfficeKind.COUNTY, OfficeKind.SCHOOL],
    )
    Office.objects.select_for_update(of=("self",)).get(pk=city.pk)  # one at a time
    opened = open_cases(
        offices, register=FILINGS, year=year, state=filings.start, by=by, due=last,
        data={"first": {"file": last.isoformat()}}, verb="开启填报",
    )  # fmt: skip
    record(
        "开启一轮填报", city, by=by, new={"year": year, "due": last.isoformat(), "opened": opened}
    )
    return opened, last


@transaction.atomic
def move_deadline(city: Office, *, year: int, due: date, on: date, by: User, reason: str) -> int:
    """Another last day for everybody who has not handed in yet; returns for how many.

    Not a change of what is filed: the versions stay. Raises RefusedError for a day that has passed,
    without a reason, and where no round is open.
    """
    if due < on:
        raise RefusedError(f"截止日期 {due} 已经过了（今天 {on}）。请写今天或以后的日期。")
    if not reason.strip():
        raise RefusedError("没有写改期的理由。请写明理由，各单位会在办理记录里看到。")
    waiting = Case.objects.select_for_update(of=("self",)).filter(
        register=FILINGS, year=year, round="", state__in=["due", "draft"],
        subject__lineage__startswith=city.lineage,
    )  # fmt: skip
    cases = list(waiting.select_related("subject"))
    if not cases:
        raise RefusedError(f"{year}年没有还在填报的件，不用改期。")
    for case in cases:
        case.due, case.data = due, {**case.data, "first": {"file": due.isoformat()}}
    Case.objects.bulk_update(cases, ["due", "data"], batch_size=BATCH)
    told = {"due": due.isoformat(), "reason": reason.strip()[:LONGEST]}
    record_many("改填报期限", ((case, told) for case in cases), by=by)
    return len(cases)


def remind(cases: Iterable[Case], *, by: User, on: date, words: str = "") -> int:
    """Remind those who have not handed in; each once a day. Returns how many were reminded.

    A reminder stands on the clerk's first page until the return is handed in.
    """
    waiting = register(FILINGS)
    count = 0
    for case in cases:
        clock = waiting.deadline_in(case.state)
        told = case.data.get("reminded", [])
        if clock is None or clock.name == "review" or (told and told[-1]["on"] == on.isoformat()):
            continue
        _remind(case, by=by, on=on, words=words)
        count += 1
    return count


@transaction.atomic
def _remind(case: Case, *, by: User, on: date, words: str) -> None:
    """Not a change of what was filed: the version stays, so that nobody who types is outpaced."""
    now = Case.objects.select_for_update(of=("self",)).select_related("subject").get(pk=case.pk)
    told = {"on": on.isoformat(), "by": by.office.name, "words": words.strip()[:200]}
    now.data = {**now.data, "reminded": [*now.data.get("reminded", []), told]}
    now.save(update_fields=["data"])
    record("催报", now, by=by, reason=told["words"])
