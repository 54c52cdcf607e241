"""The city's round: counties by state, opening a round, sealing the year; and where each role begins."""

from collections.abc import Mapping
from datetime import date

from django.contrib import messages
from django.db.models import Count
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse

from junheng.casework import calendar, register
from junheng.errors import RefusedError
from junheng.web.access import DeskRequest, needs
from junheng.web.actions import filings
from junheng.web.actions.filings.cases import FILINGS
from junheng.web.asked import day_asked, number_asked
from junheng.web.cells import Cell, Column, Value
from junheng.web.models import Case, Office, Run
from junheng.web.roles import OfficeKind, Permission, Role
from junheng.web.run_kinds import RunKind
from junheng.web.tables import Table, answer
from junheng.web.views.filings.county import county_page
from junheng.web.views.filings.fetching import (
    cases_of,
    city_of,
    form_number,
    number_of,
    standing_of,
    today,
    year_asked,
    years_of,
)
from junheng.years import SchoolYear

STATES = register(FILINGS).state
COUNTIES = (
    Column("区县", sticky=True, wide=True),
    Column("区县填报表"),
    *(Column(s.label, number=True) for s in STATES),
    Column("学校", number=True),
    Column("逾期未交", number=True),
)
NOT_HANDED_IN = ("due", "draft", "returned", "reopened")


@needs(Permission.SEE_CASES)
def filings_page(request: DeskRequest) -> HttpResponseBase:
    """Each to where the own work is: a school to its return, a county to its list, a city to all."""
    area = request.user.area
    if area.level is OfficeKind.SCHOOL:
        return _school(request, area)
    if area.level is OfficeKind.COUNTY:
        return county_page(request, area.pk)
    return _city(request, area)


def _school(request: DeskRequest, school: Office) -> HttpResponse:
    found = list(
        Case.objects.visible_to(request.user)
        .filter(register=FILINGS, subject=school)
        .select_related("subject__parent", "office")
        .order_by("-year")
    )
    if len(found) == 1 and "list" not in request.GET:
        return redirect("filing", pk=found[0].pk)
    rows = [(each, SchoolYear(each.year), standing_of(each)) for each in found]
    return render(request, "desk/filings/school.html", {"rows": rows, "school": school})


def _city(request: DeskRequest, city: Office) -> HttpResponseBase:
    years = years_of(city)
    year = year_asked(request, years)
    counties = list(Office.objects.filter(parent=city, kind=OfficeKind.COUNTY, active=True))
    held = cases_of(city, year).select_related(None).order_by()
    schools = held.filter(subject__kind=OfficeKind.SCHOOL)
    counts: dict[tuple[int | None, str], int] = {
        (each["subject__parent"], each["state"]): each["n"]
        for each in schools.values("subject__parent", "state").annotate(n=Count("pk"))
    }
    sheets = dict(held.filter(subject__kind=OfficeKind.COUNTY).values_list("subject", "state"))
    overdue = schools.filter(due__lt=today(), state__in=NOT_HANDED_IN).values("subject__parent")
    late = {each["subject__parent"]: each["n"] for each in overdue.annotate(n=Count("pk"))}
    rows = [_row(county, year, counts, sheets, late) for county in counties]
    total = {s.name: sum(counts.get((c.pk, s.name), 0) for c in counties) for s in STATES}
    table = Table(
        f"{city.name}{year}年填报", COUNTIES, rows, empty="还没有区县。请系统管理员先建立单位。"
    )
    context = {
        "city": city, "year": year, "years": years, "school_year": SchoolYear(year),
        "counts": [(s.name, s.label, total[s.name]) for s in STATES], "total": sum(total.values()),
        "late": sum(late.values()), "opened": year in years,
        "may_seal": request.user.may(Permission.SEAL),
        "may_open": request.user.part is Role.CITY_OFFICER,
        "passed": total["passed"] + sum(s == "passed" for s in sheets.values()),
        "seal_runs": Run.objects.visible_to(request.user).filter(kind=RunKind.SEAL, year=year)[:3],
    }  # fmt: skip
    return answer(request, "desk/filings/city.html", table, context)


def _row(
    county: Office, year: int, counts: Mapping[tuple[int | None, str], int], sheets: Mapping[int, str],
    late: Mapping[int | None, int],
) -> list[Value]:  # fmt: skip
    states = register(FILINGS).states
    own = [counts.get((county.pk, s.name), 0) for s in STATES]
    sheet = states[sheets[county.pk]].label if county.pk in sheets else "没有开启"
    overdue = late.get(county.pk, 0)
    return [
        Cell(county.name, link=f"{reverse('filings-county', args=[county.pk])}?year={year}"),
        sheet,
        *(n or None for n in own),
        sum(own),
        Cell(str(overdue), value=None, order=overdue, tone="fail") if overdue else None,
    ]


@needs(Permission.SEAL)
def open_round(request: DeskRequest) -> HttpResponse:
    """Open a year for every county and school; again for those that came later."""
    city = city_of(request)
    year = request.POST.get("year", "") or str(SchoolYear.of(today()).start)
    due, refused = request.POST.get("due", ""), ""
    if request.method == "POST":
        try:
            told = _opened(request, city, _year(year), _day(due))
        except RefusedError as error:
            refused = str(error)
        else:
            messages.success(request, told)
            return redirect(f"{reverse('filings')}?year={year}")
    clock = register(FILINGS).deadline_in("due")
    context = {
        "city": city, "year": year, "due": due, "refused": refused, "clock": clock,
        "known": calendar().span, "once": form_number(), "years": years_of(city),
    }  # fmt: skip
    return render(request, "desk/filings/open.html", context, status=409 if refused else 200)


def _opened(request: DeskRequest, city: Office, year: int, due: date | None) -> str:
    """Open the round, or move its last day; what came of it in a sentence."""
    if "move" not in request.POST:
        opened, last = filings.open_round(city, year=year, on=today(), by=request.user, due=due)
        return f"已为 {opened} 个单位开启{year}年的填报，截止 {last}。"
    if due is None:
        raise RefusedError("没有写新的截止日期。请写明日期，例如 2026-12-31。")
    moved = filings.move_deadline(
        city, year=year, due=due, on=today(), by=request.user, reason=request.POST.get("reason", "")
    )
    return f"已把 {moved} 件的填报期限改为 {due}。"


def _year(text: str) -> int:
    year = number_asked(text)
    if year is None or not 2000 <= year <= SchoolYear.of(today()).start + 1:
        raise RefusedError(
            f"学年“{text[:9]}”不对。请写学年开始的年份，例如 {SchoolYear.of(today()).start}。"
        )
    return year


def _day(text: str) -> date | None:
    try:
        return day_asked(text)
    except ValueError:
        raise RefusedError(
            f"截止日期“{text}”读不出来。请按“年-月-日”填写，例如 {today()}。"
        ) from None


@needs(Permission.SEAL)
def seal(request: DeskRequest) -> HttpResponse:
    """See what would be sealed and what would not, then queue the sealing."""
    city = city_of(request)
    years = years_of(city)
    year = year_asked(request, years)
    ready = [c for c in filings.sealable(city, year) if c.state == "passed"]
    again = filings.reopened(city, year)
    waiting = (
        cases_of(city, year)
        .exclude(state__in=["passed", "sealed"])
        .exclude(pk__in=again.values("pk"))
    )
    refused = ""
    if request.method == "POST":
        try:
            filings.request_seal(
                city, year=year, by=request.user, on=today(), once=number_of(request)
            )
        except RefusedError as error:
            refused = str(error)
        else:
            messages.success(
                request, f"已安排封存{year}年。完成以后各件的状态变为“封存”，结论是正式的。"
            )
            return redirect(f"{reverse('filings')}?year={year}")
    states = register(FILINGS).states
    context = {
        "city": city, "year": year, "years": years, "school_year": SchoolYear(year),
        "ready": len(ready), "refused": refused, "once": form_number(),
        "waiting": [(c, states[c.state].label) for c in waiting.order_by("subject__lineage")[:300]],
        "count": waiting.count(), "again": again.select_related("subject"),
    }  # fmt: skip
    return render(request, "desk/filings/seal.html", context, status=409 if refused else 200)
