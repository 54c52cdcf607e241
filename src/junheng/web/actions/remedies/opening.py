"""Opening remedies: one case for every line that fails in a sealed assessment, each once."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path

from django.db import transaction

from junheng.casework import CaseFile, calendar, due_after, register
from junheng.casework.returns import Owner, part_of
from junheng.diagnosis import CountyVerdict, Verdict, assess_facts, worst
from junheng.errors import RefusedError
from junheng.publish.shortfalls import Shortfall, shortfalls, standings
from junheng.registry import Snapshot
from junheng.web.actions.recording import BATCH, record_many
from junheng.web.models import Case, Office, User
from junheng.web.roles import OfficeKind
from junheng.web.sealed import latest_by_year, path_of_seal

REMEDIES = "remedies"
KEPT = 32


@dataclass(frozen=True)
class Opened:
    """What came of opening: new cases, those that were there, those that fail again."""

    made: int
    there: int
    again: tuple[Case, ...]
    """Struck off or dropped before, and failing in this assessment."""


def sealed_years() -> list[int]:
    """The years of which something is sealed, the newest first."""
    return [each.year for each in latest_by_year()]


def failing(county: Office, year: int, *, on: date) -> tuple[str, tuple[Shortfall, ...]]:
    """(fingerprint, the lines that fail) of a county in the latest seal of a year, judged on `on`.

    Raises RefusedError where nothing of the county is sealed for the year.
    """
    fingerprint, found = _judged(county, year, on=on)
    return fingerprint, tuple(x for x in shortfalls(found) if x.verdict is Verdict.FAIL)


def _judged(county: Office, year: int, *, on: date) -> tuple[str, CountyVerdict]:
    seal = next((each for each in latest_by_year() if each.year == year), None)
    if seal is None:
        raise RefusedError(f"{year}年的数据还没有封存，没有可以整改的结论。请先封存，或选另一年。")
    found = _assessed(str(path_of_seal(seal.name)), county.code, county.name, on)
    if found is None:
        raise RefusedError(f"{year}年的封存里没有“{county.name}”。请选另一年或另一个区县。")
    return seal.facts, found


@lru_cache(maxsize=KEPT)
def _assessed(path: str, code: str, name: str, on: date) -> CountyVerdict | None:
    facts = part_of(Snapshot.open(Path(path)).facts, Owner(code, name))
    return next((c for c in assess_facts(facts, on=on).counties if c.code == code), None)


def key_of(each: Shortfall) -> str:
    """What is the same in every assessment: the line and what is measured of it."""
    return _key(each.code, each.what)


def _key(code: str, what: str) -> str:
    return f"{code} {what}".strip()[:80]


@transaction.atomic
def open_from(county: Office, *, year: int, by: User, on: date) -> Opened:
    """A case for every failing line of the county and of its schools; those that are there stay."""
    fingerprint, lines = failing(county, year, on=on)
    Office.objects.select_for_update(of=("self",)).get(pk=county.pk)  # one at a time
    schools = {
        office.code: office
        for office in Office.objects.filter(parent=county, kind=OfficeKind.SCHOOL)
    }
    known = {
        (case.subject_id, case.key): case
        for case in Case.objects.filter(
            register=REMEDIES, subject__lineage__startswith=county.lineage
        ).order_by("pk")
    }
    new: list[Case] = []
    there, again = 0, []
    for line in lines:
        subject = schools.get(line.school_code, county)  # a school without an office: its county's
        before = known.get((subject.pk, key_of(line)))
        if before is None:
            new.append(_case(line, subject, county, year=year, fingerprint=fingerprint, on=on))
            known[subject.pk, key_of(line)] = new[-1]
        elif before.state in ("struck", "dropped"):
            again.append(before)
        else:
            there += 1
    made = Case.objects.bulk_create(new, batch_size=BATCH)
    record_many("列入整改", ((case, case.data["values"]) for case in made), by=by)
    return Opened(len(made), there, tuple(again))


def _case(
    line: Shortfall, subject: Office, county: Office, *, year: int, fingerprint: str, on: date
) -> Case:
    remedies = register(REMEDIES)
    kind = "school" if subject.level is OfficeKind.SCHOOL else "county"
    plain = CaseFile(remedies, kind, remedies.start)
    due = due_after(plain, remedies.start, on=on, days=calendar(), opened=True)
    told = {
        "line_code": line.code,
        "line_label": f"{line.what}（{line.label}）" if line.what else line.label,
        "found_value": line.found,
        "limit_value": line.limit,
        "gap": line.gap,
    }
    data = {
        "values": {name: text for name, text in told.items() if text},
        "area": line.area,
        "fingerprint": fingerprint,
        "found_on": on.isoformat(),
    }
    return Case(
        register=REMEDIES, subject=subject, office=county, year=year, key=key_of(line),
        state=remedies.start, due=due.on, data=data,
    )  # fmt: skip


def passes_now(case: Case, *, on: date) -> bool | None:
    """Whether the latest seal that is newer than the finding says that the line is met.

    None where nothing newer is sealed, and where the line is not judged there: the school filed
    nothing, its data are not there, or the line does not apply to it any more. A line of which
    nothing is known has not been put right; who has seen that it is strikes it off by a visit.
    """
    subject = case.subject
    county = subject if subject.level is OfficeKind.COUNTY else subject.parent
    years = sealed_years()
    if county is None or not years:
        return None
    try:
        fingerprint, found = _judged(county, years[0], on=on)
    except RefusedError:
        return None
    if fingerprint == case.data.get("fingerprint") or years[0] < case.year:
        return None
    school = subject.code if subject.level is OfficeKind.SCHOOL else ""
    told = _worst_of(standings(found), school, case.key)
    return {Verdict.PASS: True, Verdict.FAIL: False}.get(told)


def _worst_of(found: Mapping[tuple[str, str, str], Verdict], school: str, key: str) -> Verdict:
    """The verdict of the items with a case's key: 缺数据 where there is none."""
    return worst([v for (code, *item), v in found.items() if code == school and _key(*item) == key])


def offices_below(office: Office) -> Sequence[Office]:
    """The counties in an area, the area itself where it is one."""
    found = Office.objects.filter(lineage__startswith=office.lineage, kind=OfficeKind.COUNTY)
    return list(found.filter(active=True).select_related("parent"))
