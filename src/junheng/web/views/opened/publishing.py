"""The city's pages of what it makes public: a draft with everything that will be seen, the decision."""

from datetime import date

from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from junheng.errors import RefusedError
from junheng.web.access import DeskRequest, needs
from junheng.web.actions import publications as writing
from junheng.web.asked import day_asked, number_asked
from junheng.web.cells import Cell, Column, Value
from junheng.web.models import Event, Publication, Run
from junheng.web.models.publications import PublicationState
from junheng.web.paging import long_table
from junheng.web.roles import Permission
from junheng.web.run_kinds import RunKind
from junheng.web.tables import answer
from junheng.web.views.filings.fetching import NEVER, form_number, number_of, today
from junheng.web.views.opened import outside
from junheng.web.views.opened.extract import files_of, told_of
from junheng.years import SchoolYear

COLUMNS = (
    Column("标题", sticky=True, wide=True), Column("学年"), Column("发布单位"), Column("状态"), Column("开始"),
    Column("截止"), Column("校验值"),
)  # fmt: skip
SORTS = {0: "title", 1: "run__year", 3: "state", 4: "starts", 5: "ends"}
TONES = {"public": "pass", "draft": "none", "withdrawn": "na"}


@needs(Permission.PUBLISH)
def publications(request: DeskRequest) -> HttpResponseBase:
    found = Publication.objects.visible_to(request.user).select_related("office", "run")
    table = long_table(
        request, "公开", COLUMNS, found, _row, order=["-pk"], sorts=SORTS, empty="还没有拟公开的结论。"
    )  # fmt: skip
    return answer(request, "desk/opened/publications.html", table, {"page": table.page})


def _row(each: Publication) -> list[Value]:
    return [
        Cell(each.title, link=reverse("publication", args=[each.pk])), str(SchoolYear(each.run.year or 0)),
        each.office.name, Cell(each.stands.label, tone=TONES[each.state]), each.starts, each.ends,
        each.sha256[:16],
    ]  # fmt: skip


@needs(Permission.PUBLISH)
def new(request: DeskRequest) -> HttpResponse:
    """Choose an official result of the own area and draft its publication."""
    found = Run.objects.readable_by(request.user).filter(
        kind=RunKind.ASSESSMENT, official=True, office=request.user.area
    )
    runs = list(found.order_by("-year", "-pk").select_related("office"))
    chosen = number_asked(request.POST.get("run", request.GET.get("run", "")))
    refused = ""
    if request.method == "POST":
        run = next((each for each in runs if each.pk == chosen), None)
        if run is None:
            refused = "没有选结论，或者它不是本单位的正式结论。请选一次。"
        else:
            made = writing.draft(run, title=f"{run.office.name}{SchoolYear(run.year or 0)}义务教育优质均衡监测结论", by=request.user)  # fmt: skip
            return redirect("publication", pk=made.pk)
    context = {"runs": runs, "chosen": chosen, "refused": refused}
    return render(request, "desk/opened/new.html", context, status=409 if refused else 200)


@needs(Permission.PUBLISH)
def publication(request: DeskRequest, pk: int) -> HttpResponseBase:
    """Everything that will be seen, or is; a draft is published from here."""
    found = _found(request, pk)
    refused = ""
    if request.method == "POST":
        try:
            _publish(request, found)
        except RefusedError as error:
            refused = str(error)
        else:
            messages.success(request, "已公开。")
            return redirect("publication", pk=pk)
    draft = found.stands is PublicationState.DRAFT
    told = told_of(found.run) if draft else outside.told_of_folder(found)
    context = {
        "publication": found, "told": told, "draft": draft, "refused": refused, "once": form_number(),
        "open_now": Publication.objects.open_on(today()).filter(pk=pk).exists(),
        "lines": outside.lines_table(told), "spreads": outside.spreads_table(told),
        "files": [] if draft else outside.files_of_folder(found),
        "may_withdraw": found.stands is not PublicationState.WITHDRAWN,
        "title": request.POST.get("title", found.title), "basis": request.POST.get("basis", ""),
        "starts": request.POST.get("starts", str(today())), "ends": request.POST.get("ends", ""),
        "log": Event.objects.about(found).order_by("-number")[:30],
    }  # fmt: skip
    page = "desk/opened/publication.html"
    return answer(
        request, page, outside.counties_table(told), context, status=409 if refused else 200
    )


def _publish(request: DeskRequest, found: Publication) -> None:
    title, starts = request.POST.get("title", ""), _day(request.POST.get("starts", ""), "开始")
    if starts is None:
        raise RefusedError("没有写开始日期。请写明从哪一天起公开，例如今天。")
    files = files_of(told_of(found.run), title=title, by=found.office.name, day=str(starts))
    writing.publish(
        found, files, by=request.user, seen=_seen(request), title=title, starts=starts,
        ends=_day(request.POST.get("ends", ""), "截止"), basis=request.POST.get("basis", ""),
        once=number_of(request),
    )  # fmt: skip


@needs(Permission.PUBLISH)
@require_POST
def withdraw(request: DeskRequest, pk: int) -> HttpResponse:
    found = _found(request, pk)
    try:
        writing.withdraw(
            found, by=request.user, seen=_seen(request), reason=request.POST.get("reason", ""),
            once=number_of(request),
        )  # fmt: skip
    except RefusedError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, "已撤下，外面看不到了；文件和记录都还在。")
    return redirect("publication", pk=pk)


def _found(request: DeskRequest, pk: int) -> Publication:
    """A publication of the area. Raises Http404."""
    seen = Publication.objects.visible_to(request.user).select_related("office", "run__office")
    found: Publication = get_object_or_404(seen, pk=pk)
    return found


def _seen(request: DeskRequest) -> int:
    seen = number_asked(request.POST.get("seen", ""))
    return NEVER if seen is None else seen


def _day(text: str, which: str) -> date | None:
    try:
        return day_asked(text)
    except ValueError:
        raise RefusedError(
            f"{which}日期“{text[:20]}”读不出来。请按“年-月-日”填写，例如 {today()}。"
        ) from None
