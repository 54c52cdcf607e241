"""The register of remedies: overdue first, by state and office; taken in from a sealed assessment."""

from typing import Any

from django.contrib import messages
from django.db.models import Q, QuerySet
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse

from junheng.casework import CaseFile, public_view, register
from junheng.casework.deadlines import Lateness
from junheng.errors import RefusedError
from junheng.web.access import DeskRequest, needs
from junheng.web.actions import remedies
from junheng.web.actions.remedies.cases import may
from junheng.web.actions.remedies.opening import offices_below
from junheng.web.asked import number_asked
from junheng.web.cells import Cell, Column, Value
from junheng.web.models import Case, User
from junheng.web.paging import long_table
from junheng.web.roles import ROLES, OfficeKind, Permission, Role
from junheng.web.tables import answer
from junheng.web.views.filings.fetching import standing_of, today
from junheng.web.views.remedies.urgency import LATE, ORDER, counted, ranked
from junheng.years import SchoolYear

LISTED = (
    Column("单位", sticky=True, wide=True),
    Column("要求", wide=True),
    Column("现状", number=True),
    Column("标准", number=True),
    Column("差距"),
    Column("状态"),
    Column("期限"),
    Column("责任单位"),
    Column("学年", number=True),
)
SORTS = {0: "subject__name", 1: "key", 5: "state", 6: "until", 8: "year"}
TONES = {"struck": "pass", "dropped": "na", "found": "none"}
REGISTER = register(remedies.REMEDIES)


@needs(Permission.SEE_CASES, Permission.REPORT_REMEDIES)
def remedies_page(request: DeskRequest) -> HttpResponseBase:
    seen = Case.objects.visible_to(request.user).filter(register=remedies.REMEDIES)
    counts = counted(seen, REGISTER, on=today())
    state, words = request.GET.get("state", ""), request.GET.get("q", "").strip()
    found: QuerySet[Any] = ranked(seen, REGISTER, on=today())
    if state == "late":
        found = found.filter(urgency=LATE)
    elif state:
        found = found.filter(state=state)
    if words:
        named = Q(subject__name__icontains=words) | Q(office__name__icontains=words)
        found = found.filter(named | Q(key__icontains=words))
    table = long_table(
        request, "整改台账", LISTED, found.select_related("subject__parent", "office"), _row, order=ORDER,
        sorts=SORTS, empty="没有符合条件的整改。",
    )  # fmt: skip
    context = {
        "counts": [(s.name, s.label, counts.by_state.get(s.name, 0)) for s in REGISTER.state],
        "total": counts.total, "late": counts.late, "state": state, "q": words, "page": table.page,
        "may_take_in": request.user.may(Permission.ASSIGN_REMEDIES),
        "sees_public": request.user.may(Permission.SEE_CASES),
    }  # fmt: skip
    return answer(request, "desk/remedies/list.html", table, context)


def _row(case: Case) -> list[Value]:
    standing, held = standing_of(case), case.data.get("values", {})
    late = standing.lateness is Lateness.LATE
    return [
        Cell(case.subject.name, link=reverse("remedy", args=[case.pk])),
        f"{held.get('line_code', '')} {held.get('line_label', '')}",
        held.get("found_value"),
        held.get("limit_value"),
        held.get("gap"),
        Cell(standing.label, tone=TONES.get(case.state, "")),
        Cell(standing.due_words, order=str(standing.due or ""), tone="fail" if late else ""),
        held.get("owner") or case.office.name,
        Cell(str(case.year), order=case.year),
    ]


@needs(Permission.ASSIGN_REMEDIES)
def take_in(request: DeskRequest) -> HttpResponse:
    """See which lines fail in the sealed year, then take them all into the register."""
    counties, years = offices_below(request.user.area), remedies.sealed_years()
    told = request.POST if request.method == "POST" else request.GET
    county = next((c for c in counties if c.code == told.get("county")), None)
    if county is None and told.get("county"):
        raise Http404
    if county is None and len(counties) == 1:
        county = counties[0]
    asked = number_asked(told.get("year", ""))
    newest = years[0] if years else SchoolYear.of(today()).start
    year = newest if asked is None else asked
    refused, lines = "", ()
    try:
        if county is not None:
            _, lines = remedies.failing(county, year, on=today())  # type: ignore[assignment]
        if request.method == "POST" and county is not None:
            opened = remedies.open_from(county, year=year, by=request.user, on=today())
            messages.success(
                request, f"已列入 {opened.made} 项；原来已在台账里的 {opened.there} 项。"
            )
            for case in opened.again:
                messages.warning(request, _failed_again(case, request.user))
            return redirect("remedies")
    except RefusedError as error:
        refused = str(error)
    context = {
        "counties": counties, "county": county, "years": years, "year": year, "lines": lines,
        "refused": refused,
    }  # fmt: skip
    return render(
        request,
        "desk/remedies/new.html",
        context,
        status=409 if refused and request.method == "POST" else 200,
    )


def _failed_again(case: Case, user: User) -> str:
    """What to do with a remedy that has ended and fails again; who may, where this person may not."""
    step = REGISTER.moves["renew"]
    told = (
        f"“{case.subject.name}”{case.key}{REGISTER.states[case.state].label}，这次评估又没有达到。"
    )
    if may(case, step.name, user):
        return f"{told}请打开这一件，{step.label}。"
    kind = "school" if case.subject.level is OfficeKind.SCHOOL else "county"
    who = "或".join(ROLES[Role(each)].title for each in step.by[kind])
    return f"{told}您的角色不能“{step.label}”，请{who}办理。"


@needs(Permission.SEE_CASES)
def public_page(request: DeskRequest) -> HttpResponseBase:
    """What may be published: struck-off remedies, public columns alone."""
    columns = [REGISTER.columns[name] for name in REGISTER.public.columns]
    heads = (
        Column("单位", sticky=True, wide=True),
        *(Column(c.heading) for c in columns),
        Column("状态"),
    )

    def row(case: Case) -> list[Value]:
        kind = "school" if case.subject.level is OfficeKind.SCHOOL else "county"
        seen = public_view(CaseFile(REGISTER, kind, case.state, remedies.values_of(case)))
        assert seen is not None, "only states that the public may see are fetched"
        told = [_shown(seen.get(column.name)) for column in columns]
        return [case.subject.name, *told, str(seen["state"])]

    found = Case.objects.visible_to(request.user).filter(
        register=remedies.REMEDIES, state__in=REGISTER.public.states
    )
    table = long_table(
        request, "可以公开的整改", heads, found.select_related("subject__parent", "office"), row,
        order=["-year", "subject__lineage", "key"], sorts={0: "subject__name"}, empty="还没有销号的整改。",
    )  # fmt: skip
    return answer(request, "desk/remedies/public.html", table, {"page": table.page})


def _shown(value: object) -> str:
    return "" if value is None else str(value)
