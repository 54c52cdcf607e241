"""The register of remedies: overdue first, by state and office; taken in from a sealed assessment."""

from collections import Counter

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from junheng.casework import CaseFile, public_view, register
from junheng.casework.deadlines import Lateness
from junheng.errors import RefusedError
from junheng.web.access import DeskRequest, needs
from junheng.web.actions import remedies
from junheng.web.actions.remedies.opening import offices_below
from junheng.web.asked import number_asked
from junheng.web.cells import Cell, Column, Value
from junheng.web.models import Case
from junheng.web.paging import page_of
from junheng.web.roles import OfficeKind, Permission
from junheng.web.tables import Table, answer
from junheng.web.views.filings.fetching import Standing, standing_of, today
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
TONES = {"struck": "pass", "dropped": "na", "found": "none"}
REGISTER = register(remedies.REMEDIES)


@needs(Permission.SEE_CASES, Permission.REPORT_REMEDIES)
def remedies_page(request: DeskRequest) -> HttpResponse:
    found = list(
        Case.objects.visible_to(request.user)
        .filter(register=remedies.REMEDIES)
        .select_related("subject__parent", "office")
    )
    counts = Counter(each.state for each in found)
    state, words = request.GET.get("state", ""), request.GET.get("q", "").strip()
    told = [(case, standing_of(case)) for case in found]
    late = sum(s.lateness is Lateness.LATE for _, s in told)
    shown = [(c, s) for c, s in told if _wanted(c, s, state, words)]
    shown.sort(key=lambda pair: _urgency(*pair))
    page = page_of(request, shown)
    table = Table(
        "整改台账", LISTED, [_row(c, s) for c, s in page.object_list], empty="没有符合条件的整改。"
    )
    context = {
        "counts": [(s.name, s.label, counts[s.name]) for s in REGISTER.state], "total": len(found),
        "late": late, "state": state, "q": words, "page": page,
        "may_take_in": request.user.may(Permission.ASSIGN_REMEDIES),
        "sees_public": request.user.may(Permission.SEE_CASES),
    }  # fmt: skip
    return answer(request, "desk/remedies/list.html", table, context)


def _wanted(case: Case, standing: Standing, state: str, words: str) -> bool:
    if (
        words
        and words not in case.subject.name
        and words not in case.key
        and words not in case.office.name
    ):
        return False
    if state == "late":
        return standing.lateness is Lateness.LATE
    return not state or case.state == state


def _urgency(case: Case, standing: Standing) -> tuple[int, str, str]:
    order = {Lateness.LATE: 0, Lateness.SOON: 1, Lateness.EARLY: 2, Lateness.NONE: 3}
    return order[standing.lateness], str(standing.due or "9"), case.subject.lineage


def _row(case: Case, standing: Standing) -> list[Value]:
    held = case.data.get("values", {})
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
                messages.warning(
                    request,
                    f"“{case.subject.name}”{case.key}已销号，这次评估又没有达到。请打开这一件，重新列入。",
                )
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


@needs(Permission.SEE_CASES)
def public_page(request: DeskRequest) -> HttpResponse:
    """What may be published: struck-off remedies, public columns alone."""
    columns = [REGISTER.columns[name] for name in REGISTER.public.columns]
    heads = (
        Column("单位", sticky=True, wide=True),
        *(Column(c.heading) for c in columns),
        Column("状态"),
    )
    rows: list[list[Value]] = []
    found = Case.objects.visible_to(request.user).filter(
        register=remedies.REMEDIES, state__in=REGISTER.public.states
    )
    for case in found.select_related("subject__parent", "office"):
        kind = "school" if case.subject.level is OfficeKind.SCHOOL else "county"
        seen = public_view(CaseFile(REGISTER, kind, case.state, remedies.values_of(case)))
        assert seen is not None
        rows.append(
            [case.subject.name, *(_shown(seen.get(c.name)) for c in columns), str(seen["state"])]
        )
    table = Table("可以公开的整改", heads, rows, empty="还没有销号的整改。")
    return answer(request, "desk/remedies/public.html", table, {})


def _shown(value: object) -> str:
    return "" if value is None else str(value)
