"""One run: how far it is, its result with what a leader needs first, its files, giving it up."""

from pathlib import Path
from typing import Any

from django.contrib import messages
from django.http import FileResponse, Http404, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from junheng.web.access import DeskRequest, needs
from junheng.web.actions.runs import cancel_run
from junheng.web.models import Run
from junheng.web.models.runs import RunState
from junheng.web.results import reading
from junheng.web.results.curves import frontier_curve
from junheng.web.results.pages import tables_of
from junheng.web.roles import Permission
from junheng.web.run_kinds import RunKind
from junheng.web.tables import answer
from junheng.web.views.runs.listing import ACTIVE, kind_label, state_words, took

HIDDEN = ("pages", "store")
"""Folders of a result that are not for people."""
UNITS = ("B", "KB", "MB")


@needs(Permission.SEE_RUNS)
def run(request: DeskRequest, pk: int) -> HttpResponseBase:
    found = _run(request, pk)
    context: dict[str, Any] = {
        "run": found,
        "kind": kind_label(found),
        "looked": found.kind == RunKind.ASSESSMENT,
        "plan": found.kind in (RunKind.COMPLIANCE, RunKind.CLASS_SIZE),
        "active": found.state in ACTIVE,
        "left_waiting": _left_waiting(found),
        "state": state_words(found),
        "took": took(found),
        "may_cancel": found.state in ACTIVE
        and request.user.may_in(Permission.RUN_STUDIES, found.office),
        "may_run": request.user.may(Permission.RUN_STUDIES),
        "may_publish": found.official
        and found.kind == RunKind.ASSESSMENT
        and found.state == RunState.DONE
        and found.office_id == request.user.area.pk
        and request.user.may(Permission.PUBLISH),
        "again": f"{reverse('new-run-of', args=[found.kind])}?like={found.pk}",
        "choices": _choices(found),
    }
    if found.state != RunState.DONE:
        return render(request, "desk/runs/run.html", context)
    told = reading.page(found.path)
    tables = tables_of(told)
    context |= {
        "told": told,
        "tables": [(declared, each) for declared, each in tables],
        "curve": frontier_curve(told) if found.kind == RunKind.COMPLIANCE else "",
        "files": _files(found.path),
        "others": _others(request, found),
        **{
            f"table_{n}": each for n, (_, each) in enumerate(tables)
        },  # so that `answer` exports each
    }
    if not tables:
        return render(request, "desk/runs/run.html", context)
    return answer(request, "desk/runs/run.html", tables[0][1], context)


@needs(Permission.SEE_RUNS)
def progress(request: DeskRequest, pk: int) -> HttpResponse:
    """The piece of the page that is asked for again and again; once ended, the page is shown anew."""
    found = _run(request, pk)
    response = render(
        request,
        "desk/runs/progress.html",
        {
            "run": found,
            "state": state_words(found),
            "active": found.state in ACTIVE,
            "left_waiting": _left_waiting(found),
        },
    )
    if found.state not in ACTIVE:
        response["HX-Refresh"] = "true"
    return response


@needs(Permission.RUN_STUDIES)
@require_POST
def cancel(request: DeskRequest, pk: int) -> HttpResponse:
    found = _run(request, pk)
    cancel_run(found, by=request.user)
    messages.success(request, f"已取消“{found}”。")
    return redirect("run", pk=pk)


@needs(Permission.SEE_RUNS)
def file(request: DeskRequest, pk: int, name: str) -> HttpResponseBase:
    """A file of a result. Raises Http404 for what is not one of its files."""
    found = _run(request, pk)
    listed = (
        {told["name"]: told["path"] for told in _files(found.path)}
        if found.state == RunState.DONE
        else {}
    )
    if name not in listed:
        raise Http404
    path: Path = listed[name]
    return FileResponse(path.open("rb"), as_attachment=True, filename=path.name)


def _run(request: DeskRequest, pk: int) -> Run:
    runs = Run.objects.visible_to(request.user).select_related("office", "by")
    found: Run = get_object_or_404(runs, pk=pk)
    return found


def _left_waiting(run: Run) -> bool:
    return run.state == RunState.QUEUED and Run.objects.filter(pk=run.pk).left_waiting()


def _files(folder: Path) -> list[dict[str, Any]]:
    paths = sorted(each for each in folder.rglob("*") if each.is_file())
    named = [(each.relative_to(folder), each) for each in paths]
    return [
        {"name": str(name), "path": path, "size": _size(path.stat().st_size)}
        for name, path in named if name.parts[0] not in HIDDEN
    ]  # fmt: skip


def _size(size: float) -> str:
    for unit in UNITS[:-1]:
        if size < 1024:
            return f"{size:,.0f} {unit}"
        size /= 1024
    return f"{size:,.1f} {UNITS[-1]}"


def _others(request: DeskRequest, run: Run) -> list[Run]:
    """Other results of the kind to lay this one beside."""
    found = Run.objects.visible_to(request.user).filter(kind=run.kind, state=RunState.DONE)
    return list(found.exclude(pk=run.pk).select_related("office")[:20])


def _choices(run: Run) -> list[tuple[str, str]]:
    """The settings as a person reads them."""
    from junheng.web.views.runs.settings_words import told_settings

    return told_settings(run.settings, run.snapshot)
