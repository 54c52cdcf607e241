"""政策目标: lights with the overdue first, whose they are, why, how to catch up, who was reminded."""

from typing import Any

from django.contrib import messages
from django.db.models import Q
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from junheng.web.access import DeskRequest, needs
from junheng.web.actions.run_reminders import VERB, remind_of_target
from junheng.web.cells import Cell, Column
from junheng.web.models import Event, Office, Run
from junheng.web.models.runs import RunState
from junheng.web.results import reading
from junheng.web.results.pages import cell_of, columns_of, words
from junheng.web.roles import Permission
from junheng.web.run_kinds import RunKind
from junheng.web.tables import Table, answer
from junheng.web.views.filings.fetching import form_number, number_of

LIGHTS = {
    "逾期": "fail",
    "落后": "near-fail",
    "在轨": "near",
    "达成": "pass",
    "无数据": "none",
    "无数字指标": "na",
}
"""Word → tone, the heaviest first."""


@needs(Permission.SEE_TARGETS)
def targets(request: DeskRequest) -> HttpResponseBase:
    run = _latest(request)
    if run is None:
        return render(
            request,
            "desk/runs/no_targets.html",
            {"may_run": request.user.may(Permission.RUN_STUDIES)},
        )
    told, area = reading.page(run.path), request.user.area
    declared = told["tables"][0]
    rows = _seen(request, declared)
    light, place = request.GET.get("light", ""), request.GET.get("place", "")
    shown = [
        (code, row) for code, row in rows
        if light in ("", words(row[2])) and place in ("", code)
    ]  # fmt: skip
    reminded = _reminders(request)
    table = Table(
        "政策目标", [*columns_of(declared), Column("已催办")],
        [[*map(cell_of, row), _reminded(reminded.get((code, _target(row))))] for code, row in shown],
        empty="没有符合条件的目标。",
    )  # fmt: skip
    may_remind = request.user.may(Permission.ASSIGN_REMEDIES)
    context: dict[str, Any] = {
        "run": run,
        "part": run.office.name if run.office.lineage != area.lineage and run.office.within(area) else "",
        "area": area,
        "told": told,
        "counts": [(each, sum(words(r[2]) == each for _, r in rows), tone) for each, tone in LIGHTS.items()],
        "light": light,
        "place": place,
        "places": sorted({(code, words(row[1])) for code, row in rows}),
        "overdue": [(code, _target(r), words(r[0]), words(r[1])) for code, r in rows if words(r[2]) == "逾期"][:200] if may_remind else [],
        "once": form_number(),
        "stale": run.settings.get("on") != timezone.localdate().isoformat(),
    }  # fmt: skip
    return answer(request, "desk/runs/targets.html", table, context)


@needs(Permission.ASSIGN_REMEDIES)
@require_POST
def remind(request: DeskRequest) -> HttpResponse:
    """Remind one unit of one overdue target."""
    code, _, target = request.POST.get("which", "").partition("|")
    office = get_object_or_404(Office.objects.visible_to(request.user), code=code)
    run = _latest(request)
    rows = _seen(request, reading.page(run.path)["tables"][0]) if run is not None else []
    title = next(
        (words(row[0]) for held, row in rows if held == code and _target(row) == target), ""
    )
    if not title:
        messages.error(request, "没有找到这一项目标。请刷新页面后再选。")
        return redirect("targets")
    remind_of_target(
        office, target=target, title=title, by=request.user, words=request.POST.get("words", "").strip(),
        once=number_of(request),
    )  # fmt: skip
    messages.success(request, f"已催办{office.name}：{title}。对方在“目标”一页看得到。")
    return redirect("targets")


def _latest(request: DeskRequest) -> Run | None:
    """The newest result about targets that was made for the area, or for what stands above it; only
    where there is none, the newest of an office below: it does not speak of the whole area."""
    area = request.user.area
    codes = area.lineage.rstrip("/").split("/")
    held = Run.objects.filter(kind=RunKind.TARGETS, state=RunState.DONE)
    held = held.select_related("office").order_by("-pk")
    return (
        held.filter(office__code__in=codes).first()
        or held.filter(office__lineage__startswith=area.lineage).first()
    )


def _seen(request: DeskRequest, declared: dict[str, Any]) -> list[tuple[str, list[Any]]]:
    """The rows of the person's own area; above a county also what is said of the whole city."""
    area = request.user.area
    above = set(area.lineage.rstrip("/").split("/"))
    below = set(
        Office.objects.visible_to(request.user)
        .exclude(kind="school")
        .values_list("code", flat=True)
    )
    pairs = zip(declared["about"], declared["rows"], strict=True)
    whole = area.parent_id is None or area.level not in ("school", "county")
    return [(code, row) for code, row in pairs if whole or code in above | below]


def _target(row: list[Any]) -> str:
    return words(row[0]).partition(" ")[0]


def _reminders(request: DeskRequest) -> dict[tuple[str, str], tuple[int, Any, str]]:
    """(unit, target) → how often, when last, by whom."""
    area = request.user.area
    events = Event.objects.filter(verb=VERB, subject="office").filter(
        Q(area__startswith=area.lineage) | Q(area__in=_lineages(area.lineage))
    )
    found: dict[tuple[str, str], tuple[int, Any, str]] = {}
    for at, where, new, by in events.order_by("number").values_list("at", "area", "new", "by_name"):
        key = (where.rstrip("/").rpartition("/")[2], str((new or {}).get("target")))
        found[key] = (found.get(key, (0,))[0] + 1, at, by)
    return found


def _lineages(lineage: str) -> list[str]:
    parts = lineage.rstrip("/").split("/")
    return ["/".join(parts[: n + 1]) + "/" for n in range(len(parts))]


def _reminded(told: tuple[int, Any, str] | None) -> Cell:
    if told is None:
        return Cell("")
    times, at, by = told
    return Cell(f"{timezone.localtime(at):%Y-%m-%d} {by}（共{times}次）", order=at.isoformat())
