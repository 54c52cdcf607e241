"""The log of acts, within the area and the role; one event with its old and new value."""

import json

from django.db.models import Q
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.urls import reverse

from junheng.web.access import DeskRequest, needs
from junheng.web.actions.recording import note_reading
from junheng.web.cells import Cell, Column, Value
from junheng.web.discretion import PRIVATE_ROLES, holds_private, told_of
from junheng.web.models import Case, Event
from junheng.web.paging import long_table
from junheng.web.roles import Permission, Role
from junheng.web.tables import answer

COLUMNS = (
    Column("时间", sticky=True),
    Column("单位"),
    Column("姓名"),
    Column("角色"),
    Column("操作"),
    Column("对象", wide=True),
    Column("理由"),
    Column("序号", number=True),
)


@needs(Permission.SEE_AUDIT)
def events(request: DeskRequest) -> HttpResponseBase:
    found = Event.objects.visible_to(request.user)
    words = request.GET.get("q", "").strip()
    if words:
        told = Q(by_name__icontains=words) | Q(verb__icontains=words)
        found = found.filter(told | Q(subject_name__icontains=words) | Q(reason__icontains=words))
    table = long_table(
        request,
        "操作记录",
        COLUMNS,
        found,
        _row,
        order=["-number"],
        sorts={0: "number", 7: "number"},
    )
    return answer(request, "desk/events.html", table, {"page": table.page, "q": words})


def _row(event: Event) -> list[Value]:
    return [
        event.at,
        event.office_name,
        event.by_name,
        Role(event.role).label if event.role else "",
        Cell(event.verb, link=reverse("event", args=[event.number])),
        event.subject_name,
        event.reason,
        event.number,
    ]


@needs(Permission.SEE_AUDIT)
def event(request: DeskRequest, number: int) -> HttpResponse:
    found = get_object_or_404(Event.objects.visible_to(request.user), number=number)
    if request.user.role in PRIVATE_ROLES and holds_private(found):
        case = get_object_or_404(Case.objects.select_related("subject"), pk=found.subject_id)
        note_reading("整改责任人", case, by=request.user)
    old, new = told_of(found, request.user.role)
    shown = {
        "event": found,
        "role": Role(found.role).label if found.role else "系统",
        "old": _told(old),
        "new": _told(new),
    }
    return render(request, "desk/event.html", shown)


def _told(value: object) -> str:
    return "" if value is None else json.dumps(value, ensure_ascii=False, indent=1)
