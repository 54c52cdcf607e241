"""A county's round: the states of all schools, reminders, passing in bulk, the preview of the verdict."""

from collections import Counter
from collections.abc import Sequence

from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.dateparse import parse_datetime

from junheng.casework import register
from junheng.casework.deadlines import Lateness
from junheng.casework.moving import moves_open_to
from junheng.diagnosis import Verdict
from junheng.errors import RefusedError
from junheng.publish.shortfalls import shortfalls
from junheng.publish.wording import verdict_word
from junheng.registry import Level
from junheng.web.access import DeskRequest, needs
from junheng.web.actions import filings
from junheng.web.actions.filings.cases import FILINGS, file_of
from junheng.web.cells import Cell, Column, Value
from junheng.web.models import Case, Office
from junheng.web.roles import OfficeKind, Permission
from junheng.web.tables import Table, answer
from junheng.web.tones import tone
from junheng.web.views.filings.fetching import (
    cases_of,
    county_of,
    form_number,
    number_of,
    seen_of,
    standing_of,
    today,
    year_asked,
    years_of,
)
from junheng.web.views.filings.previewing import preview
from junheng.years import SchoolYear

SCHOOLS = (
    Column("学校", sticky=True, wide=True),
    Column("状态"),
    Column("期限"),
    Column("必须改", number=True),
    Column("请说明", number=True),
    Column("佐证材料", number=True),
    Column("最近交来"),
    Column("经手"),
    Column("催报", number=True),
)
TONES = {
    "passed": "pass",
    "sealed": "pass",
    "returned": "near-fail",
    "due": "none",
    "draft": "none",
}
SHORT = (
    Column("要求", sticky=True, wide=True),
    Column("学校", wide=True),
    Column("现状", number=True),
    Column("标准", number=True),
    Column("结论"),
    Column("差距", wide=True),
)


@needs(Permission.SEE_CASES)
def county_page(request: DeskRequest, pk: int) -> HttpResponseBase:
    county = county_of(request, pk)
    years = years_of(county)
    year = year_asked(request, years)
    cases = list(cases_of(county, year).order_by("subject__lineage"))
    sheet = next((c for c in cases if c.subject_id == county.pk), None)
    schools = [c for c in cases if c.subject_id != county.pk]
    counts = Counter(c.state for c in schools)
    late = [c for c in schools if standing_of(c).lateness is Lateness.LATE]
    state, words = request.GET.get("state", ""), request.GET.get("q", "").strip()
    shown = [c for c in schools if _wanted(c, state, words)]
    table = Table(f"{county.name}{year}年学校填报", SCHOOLS, [_row(each) for each in shown])
    context = {
        "county": county, "year": year, "years": years, "school_year": SchoolYear(year),
        "sheet": sheet, "sheet_standing": standing_of(sheet) if sheet else None,
        "counts": [(s.name, s.label, counts[s.name]) for s in register(FILINGS).state],
        "total": len(schools), "late": len(late), "state": state, "q": words,
        "may_review": request.user.may(Permission.REVIEW), "trail": _trail(request, county, year),
        "may_remind": request.user.may(Permission.REMIND),
        "passable": sum(_passable(c, request.user.role) for c in schools),
    }  # fmt: skip
    return answer(request, "desk/filings/county.html", table, context)


def _wanted(case: Case, state: str, words: str) -> bool:
    if words and words not in case.subject.name and not case.subject.code.startswith(words):
        return False
    if state == "late":
        return standing_of(case).lateness is Lateness.LATE
    return not state or case.state == state


def _row(case: Case) -> list[Value]:
    standing, data = standing_of(case), case.data
    held = data.get("file") or {}
    at = parse_datetime(held["at"]) if held else None
    by = held.get("by", "")
    if held and held.get("office") != case.subject.name:
        by = f"{by}（{held.get('office')}代填）"
    late = standing.lateness is Lateness.LATE
    return [
        Cell(case.subject.name, link=reverse("filing", args=[case.pk])),
        Cell(standing.label, tone=TONES.get(case.state, "")),
        Cell(standing.due_words, order=str(standing.due or ""), tone="fail" if late else ""),
        data.get("must_fix") if held else None,
        data.get("explain") if held else None,
        len(data.get("papers", {})) or None,
        at,
        by,
        len(data.get("reminded", [])) or None,
    ]


def _trail(request: DeskRequest, county: Office, year: int) -> list[tuple[str, str]]:
    crumbs = [("首页", reverse("home"))]
    if request.user.area.level in (OfficeKind.CITY, OfficeKind.PROVINCE):
        crumbs.append(("填报", f"{reverse('filings')}?year={year}"))
    return [*crumbs, (county.name, f"{reverse('filings-county', args=[county.pk])}?year={year}")]


def _passable(case: Case, role: str) -> bool:
    return any(m.bulk and m.name == "pass" for m in moves_open_to(file_of(case), role))


@needs(Permission.REVIEW)
def pass_many(request: DeskRequest, pk: int) -> HttpResponse:
    """Look over what is submitted, and pass what is chosen; each on its own, so that one that
    somebody else changed meanwhile is told and does not stop the others."""
    county = county_of(request, pk)
    year = year_asked(request, years_of(county))
    found = [c for c in cases_of(county, year) if _passable(c, request.user.role)]
    if request.method == "POST":
        chosen, once = set(request.POST.getlist("case")), number_of(request)
        passed, failed = 0, []
        for case in found:
            if str(case.pk) in chosen:
                try:
                    filings.take(
                        case, "pass", by=request.user, on=today(),
                        seen=seen_of(request.POST.get(f"seen-{case.pk}", ""), case),
                        once=f"{once}:{case.pk}" if once else None,
                    )  # fmt: skip
                except RefusedError as error:
                    failed.append(str(error))
                else:
                    passed += 1
        if not chosen:
            messages.error(request, "没有选学校。请勾选要通过的学校。")
            return redirect(f"{reverse('filings-pass', args=[pk])}?year={year}")
        messages.success(request, f"已通过 {passed} 件。")
        for sentence in failed:
            messages.error(request, sentence)
        return redirect(f"{reverse('filings-county', args=[pk])}?year={year}")
    context = {
        "county": county, "year": year, "school_year": SchoolYear(year), "cases": found,
        "once": form_number(), "trail": [*_trail(request, county, year), ("批量通过", "")],
    }  # fmt: skip
    return render(request, "desk/filings/pass.html", context)


@needs(Permission.REMIND)
def remind(request: DeskRequest, pk: int) -> HttpResponse:
    """Remind who has not handed in: all, or those that are chosen."""
    county = county_of(request, pk)
    year = year_asked(request, years_of(county))
    waiting = [
        c for c in cases_of(county, year) if c.state in ("due", "draft", "returned", "reopened")
    ]
    if request.method == "POST":
        chosen = set(request.POST.getlist("case"))
        told = filings.remind(
            [c for c in waiting if str(c.pk) in chosen], by=request.user, on=today(),
            words=request.POST.get("words", ""),
        )  # fmt: skip
        messages.success(
            request, f"已催报 {told} 件；今天已经催过的不再催。" if chosen else "没有选学校。"
        )
        return redirect(f"{reverse('filings-county', args=[pk])}?year={year}")
    context = {
        "county": county, "year": year, "school_year": SchoolYear(year),
        "waiting": [(c, standing_of(c)) for c in waiting],
        "trail": [*_trail(request, county, year), ("催报", "")],
    }  # fmt: skip
    return render(request, "desk/filings/remind.html", context)


@needs(Permission.SEE_CASES)
def preview_page(request: DeskRequest, pk: int) -> HttpResponseBase:
    """预览: the verdict as the returns stand now; and the joined check, for who reviews."""
    county = county_of(request, pk)
    year = year_asked(request, years_of(county))
    cases = list(cases_of(county, year).order_by("subject__lineage"))
    seen = preview(county, year, on=today(), cases=cases)
    found = seen.county
    rows = [_short(each) for each in shortfalls(found)] if found is not None else []
    table = Table(f"{county.name}{year}年未达到的项（预览）", SHORT, rows, empty="没有未达到的项。")
    context = {
        "county": county, "year": year, "school_year": SchoolYear(year), "seen": seen, "on": today(),
        "word": found.verdict.value if found is not None else Verdict.NO_DATA.value,
        "areas": [(a.title, verdict_word(a.verdict, near=False), a.reasons[:3]) for a in found.areas]
        if found is not None else [],
        "groups": _joined(cases, year) if request.user.may(Permission.REVIEW) and "check" in request.GET else None,
        "sealed": bool(cases) and all(c.state == "sealed" for c in cases),
        "trail": [*_trail(request, county, year), ("预览结论", "")],
    }  # fmt: skip
    return answer(request, "desk/filings/preview.html", table, context)


def _short(each: object) -> list[Value]:
    from junheng.publish.shortfalls import Shortfall

    assert isinstance(each, Shortfall)
    word = each.verdict.value
    what = f"{each.code} {each.what or each.label}"
    return [what, each.school_name, each.found, each.limit, Cell(word, tone=tone(word)), each.gap]


def _joined(cases: Sequence[Case], year: int) -> list[tuple[str, list[str]]]:
    """The findings of the joined check, by level; what a seal would stumble over."""
    held = [
        each
        for each in cases
        if each.data.get("file") and each.state in ("submitted", "passed", "sealed")
    ]
    if not held:
        return []
    report = filings.joined_report(held, year=year, on=today())
    return [
        (level.value, [each.sentence for each in report.at(level)])
        for level in (Level.MUST_FIX, Level.EXPLAIN)
        if report.at(level)
    ]
