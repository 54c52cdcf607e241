"""Work under way in the demonstration: one county's filings in every state, remedies of two.

Run as `python -m junheng.web.serving.living`, with JUNHENG_DATA set, beside the server: each return
is a workbook filled from the sealed facts, handed in, checked and moved on like anybody's. What was
moved on already is left alone, so that a start that was cut off goes on where it stood.
"""

import os
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from junheng.casework.returns import Owner, own_marks, own_rows, part_of
from junheng.registry import Snapshot
from junheng.registry.snapshot import seals_of
from junheng.registry.template import write_filled
from junheng.web.data_folder import data_folder
from junheng.web.starting import set_up

if TYPE_CHECKING:  # rows need Django to be set up first
    from junheng.registry import Facts
    from junheng.web.models import Case, User

DAYS = 18
"""From the opening of the round to its last day."""
WRONG = "teaching_rooms_area_m2"
RETURNED = "体育器材的价值与上年相差较大，请核对后重新提交。"
MOVES = {"passed": "pass", "returned": "return"}
LATE = "演示"
ASSIGNED = 4
"""So many of each county's remedies are assigned; the others wait."""
MEASURE = "制定方案，列入下年度预算，逐校落实"
STATES = ("passed",) * 5 + ("submitted",) * 2 + ("returned", "draft", "due")
"""What becomes of every ten schools in turn."""


def main() -> None:
    """Open the round and let the schools of the smallest county file."""
    os.nice(10)  # whoever looks at a page comes first
    set_up(data_folder())
    from django.utils import timezone

    from junheng.web.actions import filings
    from junheng.web.models import Case, User
    from junheng.web.roles import Role

    latest = Snapshot.open(max(seals_of(data_folder() / "store")))
    city = User.objects.select_related("office").get(username="city", role=Role.CITY_OFFICER)
    today = timezone.localdate()
    year = latest.facts.year
    if not Case.objects.filter(register="filings", year=year).exists():
        due = today + timedelta(days=DAYS)
        filings.open_round(city.office, year=year, on=today, by=city, due=due)
    _county(latest.facts, today, city)
    _remedies(year, today, city)


def _county(facts: "Facts", today: date, city: "User") -> None:
    from django.db.models import Count

    from junheng.web.models import Case, Office, User
    from junheng.web.roles import OfficeKind, Role

    counted = Office.objects.filter(kind=OfficeKind.COUNTY).annotate(count=Count("children"))
    county = counted.order_by("count", "code").first()
    assert county is not None, "the demonstration has counties"
    people = User.objects.select_related("office__parent")
    officer = people.get(office=county, role=Role.COUNTY_OFFICER)
    clerks = {
        each.office_id: each
        for each in people.filter(office__parent=county, role=Role.SCHOOL_CLERK)
    }
    cases = Case.objects.filter(register="filings", year=facts.year)
    cases = cases.select_related("subject__parent", "office")
    held = part_of(facts, Owner(county.code, county.name))
    with TemporaryDirectory() as folder:
        turn = _Turn(held, Path(folder) / "填报.xlsx", today)
        turn.file(cases.get(subject=county), officer, city, "passed")
        for number, case in enumerate(
            cases.filter(subject__parent=county).order_by("subject__code")
        ):
            turn.file(case, clerks[case.subject_id], officer, STATES[number % len(STATES)])


def _remedies(year: int, today: date, city: "User") -> None:
    """What fails in the two smallest counties goes into the register; the first few are assigned."""
    from django.db.models import Count

    from junheng.web.actions import remedies
    from junheng.web.models import Case, Office
    from junheng.web.roles import OfficeKind

    if Case.objects.filter(register="remedies").exists():
        return
    counted = Office.objects.filter(kind=OfficeKind.COUNTY).annotate(count=Count("children"))
    for county in counted.order_by("count", "code")[:2]:
        remedies.open_from(county, year=year, by=city, on=today)
        cases = Case.objects.filter(
            register="remedies", subject__lineage__startswith=county.lineage
        )
        for number, case in enumerate(
            cases.select_related("subject__parent", "office").order_by("pk")[:ASSIGNED]
        ):
            promised = date(today.year + 1, 8, 31) if number else today + timedelta(days=20)
            texts = {"owner": county.name, "promised_on": promised.isoformat(), "measure": MEASURE}
            remedies.take(
                case, "assign", by=city, seen=case.version, on=today, texts=texts, office=county
            )


@dataclass(frozen=True)
class _Turn:
    """Filing one return after the other."""

    facts: "Facts"
    path: Path
    today: date

    def file(self, case: "Case", clerk: "User", reviewer: "User", end: str) -> None:
        """Hand in the return of a case and move it on to `end`; a draft has a value that is wrong."""
        from junheng.web.actions import filings

        if end == "due" or case.state != "due":
            return
        code = case.subject.code if case.subject.kind == "school" else ""
        owner = filings.owner_of(case)
        last = next((f for f in filings.last_of(owner, case.year) if f.year == case.year - 1), None)
        rows = own_rows(self.facts, code, last=last)
        if end == "draft":
            rows["facilities"] = [{**row, WRONG: -1} for row in rows["facilities"]]
        write_filled(self.path, rows, own_marks(self.facts, code), year=self.facts.year)
        found = filings.hand_in(
            case, [self.path.read_bytes()], name=f"{case.subject.name}.xlsx", by=clerk,
            seen=case.version, on=self.today,
        )  # fmt: skip
        if end == "draft" or not found.clean:
            return
        filings.take(case, "submit", by=clerk, seen=case.version, on=self.today, reason=LATE)
        if end in MOVES:
            filings.take(
                case, MOVES[end], by=reviewer, seen=case.version, on=self.today,
                reason=RETURNED if end == "returned" else "",
            )  # fmt: skip


if __name__ == "__main__":
    main()
