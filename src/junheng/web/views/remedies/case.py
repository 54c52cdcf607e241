"""One remedy: what was found, who mends it by when, what was done, the re-check."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.http import content_disposition_header

from junheng.casework import register
from junheng.casework.nouns import Move
from junheng.casework.returns.page import text_of
from junheng.errors import RefusedError
from junheng.registry import Finding
from junheng.web.access import DeskRequest, needs
from junheng.web.actions import remedies
from junheng.web.actions.filings.cases import UnmetError
from junheng.web.actions.recording import note_reading
from junheng.web.actions.remedies.cases import EDITED, Sent, file_of, may
from junheng.web.actions.remedies.opening import passes_now
from junheng.web.discretion import PRIVATE_ROLES
from junheng.web.models import Attachment, Case, Event
from junheng.web.models.attachments import path_of
from junheng.web.roles import OfficeKind, Permission
from junheng.web.views.filings.case import form_marks, plain_name
from junheng.web.views.filings.fetching import number_of, standing_of, today, version_of
from junheng.web.views.filings.papers import TYPES
from junheng.years import SchoolYear

SEES = (Permission.SEE_CASES, Permission.REPORT_REMEDIES)
LOG = 60


def _case(request: DeskRequest, pk: int) -> Case:
    found = Case.objects.visible_to(request.user).filter(register=remedies.REMEDIES)
    case: Case = get_object_or_404(found.select_related("subject__parent", "office"), pk=pk)
    return case


def _trail(case: Case, *more: tuple[str, str]) -> list[tuple[str, str]]:
    title = f"{case.subject.name} {case.key}"
    return [
        ("首页", reverse("home")), ("整改", reverse("remedies")),
        (title, reverse("remedy", args=[case.pk])), *more,
    ]  # fmt: skip


@needs(*SEES)
def remedy(request: DeskRequest, pk: int) -> HttpResponse:
    case = _case(request, pk)
    values, sees = remedies.values_of(case), request.user.role in PRIVATE_ROLES
    columns = register(remedies.REMEDIES).column
    shown = [
        (column.heading, text_of(column, values[column.name]))
        for column in columns
        if values[column.name] is not None and (sees or not column.private)
    ]
    if sees and any(values[c.name] for c in columns if c.private):
        note_reading("整改责任人", case, by=request.user)
    standing = standing_of_remedy(request, case)
    met = passes_now(case, on=today()) if case.state in ("reported", "struck") else None
    context = {
        "case": case, "school_year": SchoolYear(case.year), "standing": standing, "shown": shown,
        "papers": remedies.papers_of(case), "trail": _trail(case), "met": met,
        "log": Event.objects.about(case).order_by("-number")[:LOG],
        "moves": [m for m in standing.moves if may(case, m.name, request.user)],
    }  # fmt: skip
    return render(request, "desk/remedies/case.html", context)


def standing_of_remedy(request: DeskRequest, case: Case) -> Any:
    """Where it stands, with the moves of the role."""
    return standing_of(case, role=request.user.role)


@needs(*SEES)
def take_move(request: DeskRequest, pk: int, name: str) -> HttpResponse:
    case = _case(request, pk)
    step = register(remedies.REMEDIES).moves.get(name)
    kind = file_of(case).subject
    if step is None or request.user.role not in step.by.get(kind, ()):
        raise PermissionDenied
    if not may(case, name, request.user):
        here = standing_of(case).label
        raise RefusedError(
            f"这一件现在是“{here}”，由{case.office.name}承办，您现在不能“{step.label}”。请刷新页面看最新状态。"
        )
    unmet: tuple[Finding, ...] = ()
    refused = ""
    if request.method == "POST":
        try:
            _take(request, case, name)
        except UnmetError as error:
            unmet = error.unmet
        except RefusedError as error:
            refused = str(error)
        else:
            messages.success(request, f"已{step.label}。")
            return redirect("remedy", pk=pk)
    context = {
        "case": case, "step": step, "unmet": unmet, "refused": refused,
        "fields": _fields(request, case, step, {u.column: u for u in unmet if u.column}),
        "reason": request.POST.get("reason", ""), "trail": _trail(case, (step.label, "")),
        "offices": remedies.offices_for(case) if name == "assign" else (),
        "wants_file": step.attachments > 0 or name in ("report", "accept"),
        "chosen": request.POST.get("office", str(case.subject_id)), **form_marks(case),
    }  # fmt: skip
    status = 409 if unmet or refused else 200
    return render(request, "desk/remedies/move.html", context, status=status)


def _take(request: DeskRequest, case: Case, name: str) -> None:
    sent = request.FILES.get("file")
    offices = (
        {str(each.pk): each for each in remedies.offices_for(case)} if name == "assign" else {}
    )
    remedies.take(
        case, name, by=request.user, seen=version_of(request, case), on=today(),
        texts={k: str(v) for k, v in request.POST.items()},
        reason=request.POST.get("reason", ""), office=offices.get(request.POST.get("office", "")),
        sent=Sent(plain_name(sent.name), sent.chunks()) if sent is not None else None,
        once=number_of(request),
    )  # fmt: skip


def _fields(
    request: DeskRequest, case: Case, step: Move, faults: dict[str, Finding]
) -> list[tuple[Any, str, Finding | None, str]]:
    """(column, text, fault, input type) of everything that the move's form asks."""
    columns, values = register(remedies.REMEDIES).columns, remedies.values_of(case)
    found = []
    for name in EDITED.get(step.name, ()):
        column = columns[name]
        said = text_of(column, values[name])
        if name == "owner" and not said:
            said = case.subject.name if case.subject.level is OfficeKind.SCHOOL else ""
        kind = "date" if column.kind == "date" else "text"
        found.append((column, request.POST.get(name, said), faults.get(name), kind))
    return found


@needs(*SEES)
def paper(request: DeskRequest, pk: int, paper: int) -> HttpResponse:
    """Open one file, on record."""
    case = _case(request, pk)
    found = get_object_or_404(Attachment, pk=paper, case=case, purpose=remedies.PAPER)
    note_reading("整改材料", case, by=request.user)
    kind = TYPES.get(found.kind, "application/octet-stream")
    response = HttpResponse(path_of(found.sha256).read_bytes(), content_type=kind)
    response["Content-Disposition"] = str(
        content_disposition_header(found.kind not in TYPES, found.name)
    )
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return response
