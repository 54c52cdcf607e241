"""Queueing a run: which kinds there are, and the form of one, empty or like an earlier run."""

import json
from hashlib import sha256
from typing import Any

from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from junheng.web.access import DeskRequest, needs
from junheng.web.actions.recording import RepeatedError
from junheng.web.actions.runs import queue_run
from junheng.web.asked import number_asked
from junheng.web.models import Event, Run
from junheng.web.roles import Permission
from junheng.web.run_kinds import RunKind
from junheng.web.sealed import sealed_ones
from junheng.web.views.filings.fetching import form_number, number_of
from junheng.web.views.runs.compliance_form import ComplianceForm
from junheng.web.views.runs.forms import (
    AssessmentForm,
    ClassSizeForm,
    RunForm,
    TargetsForm,
    YearsForm,
)
from junheng.years import SchoolYear

FORMS: dict[RunKind, type[RunForm]] = {
    RunKind.ASSESSMENT: AssessmentForm,
    RunKind.READINGS: AssessmentForm,
    RunKind.YEARS: YearsForm,
    RunKind.SCREEN: YearsForm,
    RunKind.TARGETS: TargetsForm,
    RunKind.CLASS_SIZE: ClassSizeForm,
    RunKind.COMPLIANCE: ComplianceForm,
}
"""Sealing is asked for on the page of the filings, not here."""


@needs(Permission.RUN_STUDIES)
def kinds(request: DeskRequest) -> HttpResponse:
    context = {
        "kinds": [(each, each.card, reverse("new-run-of", args=[each.value])) for each in FORMS],
        "sealed": bool(sealed_ones()),
    }
    return render(request, "desk/runs/kinds.html", context)


@needs(Permission.RUN_STUDIES)
def new_run(request: DeskRequest, kind: str) -> HttpResponse:
    if kind not in tuple(RunKind) or RunKind(kind) not in FORMS:
        raise Http404
    chosen = RunKind(kind)
    form = FORMS[chosen](
        request.POST or None, request.FILES or None, kind=chosen, by=request.user,
        initial=_like(request, chosen),
    )  # fmt: skip
    if request.method == "POST" and form.is_valid():
        try:
            run = _queue(form, chosen, request)
        except RepeatedError:
            return _already(request)
        messages.success(request, f"已安排“{run}”，正在等候执行。")
        return redirect("run", pk=run.pk)
    plain, more = _groups(form)
    context = {
        "form": form,
        "kind": chosen,
        "card": chosen.card,
        "plain": plain,
        "more": more,
        "sealed": bool(form.seals),
        "once": form_number(),
    }
    return render(request, "desk/runs/form.html", context)


def _already(request: DeskRequest) -> HttpResponse:
    """A double click, or the back button: on to the run that the first one queued."""
    event = Event.objects.filter(once=_once(request), subject="run").first()
    run = (
        Run.objects.visible_to(request.user).filter(pk=event.subject_id).first() if event else None
    )
    if run is None:
        raise RepeatedError
    messages.info(request, f"“{run}”已经安排过，没有再安排一次。")
    return redirect("run", pk=run.pk)


def _once(request: DeskRequest) -> str | None:
    """The number of the form with what was filled in: back, one thing changed, is another run."""
    number = number_of(request)
    told = sorted((k, request.POST.getlist(k)) for k in request.POST if k != "csrfmiddlewaretoken")
    told += sorted((k, [*map(_digest, request.FILES.getlist(k))]) for k in request.FILES)
    return number and f"{number}:{sha256(json.dumps(told).encode()).hexdigest()[:16]}"


def _digest(sent: "UploadedFile[Any]") -> str:
    """Of the content of an uploaded file, which stays to be read."""
    found = sha256()
    for chunk in sent.chunks():
        found.update(chunk)
    return found.hexdigest()


def _queue(form: RunForm, kind: RunKind, request: DeskRequest) -> Run:
    told = form.cleaned_data
    seals = {each.name: each for each in form.seals}
    names = told.get("seals") or [told["snapshot"]]
    newest = max((seals[name] for name in names), key=lambda each: each.year)
    single = "snapshot" in told
    title = told["title"].strip() or f"{SchoolYear(newest.year)}{kind.label}"
    return queue_run(
        kind=kind, title=title, office=told["office"], by=request.user, year=newest.year,
        settings=form.settings(), official=form.official(),
        snapshot=newest.name if single else "", fingerprint=newest.facts if single else "",
        once=_once(request),
    )  # fmt: skip


def _like(request: DeskRequest, kind: RunKind) -> dict[str, Any]:
    """The settings of an earlier run as first values: change one thing and run again."""
    number = number_asked(request.GET.get("like", ""))
    if number is None:
        return {}
    like = Run.objects.visible_to(request.user).filter(pk=number, kind=kind).first()
    if like is None:
        return {}
    held = dict(like.settings)
    most: dict[str, Any] = next(iter(held.pop("limits", {}).values()), {})
    found: dict[str, Any] = {"office": like.office_id, "snapshot": like.snapshot}
    found |= {f"reading.{k}": v for k, v in held.pop("readings", {}).items()}
    found |= {f"price.{k}": v for k, v in held.pop("prices", {}).items()}
    found |= {f"most.{k}": v for k, v in most.items()}
    plan: dict[str, Any] | None = held.pop("class_size", None)
    found["class_size"] = "" if plan is None else str(plan["run"])
    if budget := held.pop("budget_yuan", ""):
        found["budget"] = float(budget) / 10_000
    return {**found, **held}


def _groups(form: RunForm) -> tuple[list[Any], list[tuple[str, list[Any]]]]:
    """Fields that everybody fills, and those that stand folded: prices, readings."""
    titles = {
        "price": "价格（示例，未核对；有自己的价格就改）",
        "reading": "未决口径（默认即本次通行读法）",
        "most": "人员上限",
    }
    held: dict[str, list[Any]] = {name: [] for name in titles}
    plain: list[Any] = []
    for bound in form.visible_fields():
        group = bound.name.partition(".")[0] if "." in bound.name else ""
        held.get(group, plain).append(bound)
    return plain, [(titles[name], fields) for name, fields in held.items() if fields]
