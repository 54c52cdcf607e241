"""Cases and offices as the pages of the filings fetch them: permission is in the fetch."""

from dataclasses import dataclass
from datetime import date
from uuid import uuid4

from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import Http404
from django.shortcuts import get_object_or_404
from django.utils import timezone

from junheng.casework import Deadline, calendar, register
from junheng.casework.deadlines import Lateness, lateness
from junheng.casework.moving import moves_open_to
from junheng.casework.nouns import Move
from junheng.web.access import DeskRequest
from junheng.web.actions.filings.cases import FILINGS, file_of
from junheng.web.asked import number_asked
from junheng.web.models import Case, Office
from junheng.web.roles import OfficeKind, Permission
from junheng.years import SchoolYear

FILE = (Permission.FILE, Permission.FILE_FOR_SCHOOLS, Permission.FILE_COUNTY)
"""Whoever may hand something in."""
BESIDE = ("save", "amend", "correct", "seal")
"""Moves that come with handing in, or with the seal of a year; they have no button of their own."""
NEVER = -1
"""A version that no case ever had."""
EPOCH_DIGITS = 11
"""Of the seconds since 1970."""


def case_of(request: DeskRequest, pk: int) -> Case:
    """A case of the filings in the person's area. Raises Http404."""
    found = Case.objects.visible_to(request.user).filter(register=FILINGS)
    case: Case = get_object_or_404(found.select_related("subject__parent", "office"), pk=pk)
    return case


def to_file(request: DeskRequest, pk: int) -> Case:
    """A case into which the person may hand something: the register says whose work it is.

    Raises Http404 outside the area, PermissionDenied where the role never files for such a subject.
    """
    case = case_of(request, pk)
    if not files_for(request, case):
        raise PermissionDenied
    return case


def files_for(request: DeskRequest, case: Case) -> bool:
    """Whether the person's role files for the subject of the case."""
    kind = file_of(case).subject
    moves = register(FILINGS).moves
    return any(request.user.role in moves[name].by.get(kind, ()) for name in BESIDE[:3])


def county_of(request: DeskRequest, pk: int) -> Office:
    """A county of the person's area. Raises Http404."""
    found = Office.objects.visible_to(request.user).filter(kind=OfficeKind.COUNTY)
    county: Office = get_object_or_404(found.select_related("parent"), pk=pk)
    return county


def city_of(request: DeskRequest) -> Office:
    """The office of whoever looks after a whole city. Raises Http404 for anybody else."""
    area = request.user.area
    if area.level not in (OfficeKind.CITY, OfficeKind.PROVINCE):
        raise Http404
    return area


def years_of(area: Office) -> list[int]:
    """The school years in which something is filed below an office, the newest first."""
    found = Case.objects.filter(register=FILINGS, subject__lineage__startswith=area.lineage)
    return sorted(set(found.values_list("year", flat=True)), reverse=True)


def year_asked(request: DeskRequest, years: list[int]) -> int:
    """The year that `?year=` names, else the newest; else the school year of today."""
    asked = number_asked(request.GET.get("year", ""))
    if asked is not None and asked in years:
        return asked
    return years[0] if years else SchoolYear.of(today()).start


def cases_of(office: Office, year: int) -> "QuerySet[Case]":
    """All cases of a year below an office."""
    found: QuerySet[Case] = Case.objects.filter(
        register=FILINGS, year=year, round="", subject__lineage__startswith=office.lineage
    ).select_related("subject__parent", "office")
    return found


def today() -> date:
    return timezone.localdate()


def form_number() -> str:
    """The number of a form: what is sent twice with it is done once."""
    return uuid4().hex


def number_of(request: DeskRequest) -> str | None:
    """The number of the form that was sent, made the person's own."""
    sent = request.POST.get("once", "")[:32]
    return f"{request.user.pk}:{sent}" if sent else None


def version_of(request: DeskRequest, case: Case) -> int:
    """The version that the person saw when the form was shown; the present one where the form tells
    none, and one that never was (so that the case counts as changed) where it tells no number."""
    return seen_of(request.POST.get("seen", ""), case)


def seen_of(text: str, case: Case) -> int:
    """The version that a field of a form tells; see `version_of`."""
    if not text:
        return case.version
    seen = number_asked(text)
    return NEVER if seen is None else seen


def seconds_of(request: DeskRequest) -> int:
    """How long the page was open before it was sent, as far as the form tells."""
    began = number_asked(request.POST.get("began", ""), longest=EPOCH_DIGITS)
    return int(timezone.now().timestamp()) - began if began is not None else 0


@dataclass(frozen=True)
class Standing:
    """Where a case stands, in the words of the register."""

    state: str
    label: str
    waits_for: str
    due: date | None
    lateness: Lateness
    deadline: Deadline | None
    moves: tuple[Move, ...]

    @property
    def due_words(self) -> str:
        """By when, and how that stands today."""
        if self.deadline is None or self.due is None:
            return ""
        flag = {Lateness.LATE: "，已逾期", Lateness.SOON: "，快到期"}.get(self.lateness, "")
        return f"{self.due}{flag}"


def standing_of(case: Case, *, role: str = "") -> Standing:
    """Where a case stands today, with the moves that a role has buttons for."""
    filings = register(case.register)
    state, clock = filings.states[case.state], filings.deadline_in(case.state)
    due = case.due if clock else None
    moves = tuple(m for m in moves_open_to(file_of(case), role) if m.name not in BESIDE)
    stands = lateness(due, clock, on=today(), days=calendar())
    return Standing(case.state, state.label, state.waits_for, due, stands, clock, moves)
