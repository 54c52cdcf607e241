"""One return: where it stands, everything that is wrong with it, what can be done."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from junheng.casework import register
from junheng.errors import RefusedError
from junheng.registry import Finding, Level
from junheng.web.access import DeskRequest, needs
from junheng.web.actions import filings
from junheng.web.actions.filings.cases import FILINGS, UnmetError
from junheng.web.actions.filings.papers import OPEN
from junheng.web.models import Case, Event
from junheng.web.roles import OfficeKind, Permission
from junheng.web.views.filings.fetching import (
    FILE,
    case_of,
    files_for,
    form_number,
    number_of,
    seconds_of,
    standing_of,
    to_file,
    today,
    version_of,
)
from junheng.years import SchoolYear

LOG = 40
LONGEST = 2000
SHOWN = 60
"""So many findings of a group stand open; the others of the group are behind a fold, never left out."""
WORDS = {
    Level.MUST_FIX: "不改正不能提交",
    Level.EXPLAIN: "改正，或写明原因",
    Level.NOTE: "供参考，不用处理",
}


@dataclass(frozen=True)
class Group:
    """The findings of one level."""

    level: Level
    words: str
    findings: Sequence[Finding]

    @property
    def first(self) -> Sequence[Finding]:
        return self.findings[:SHOWN]

    @property
    def rest(self) -> Sequence[Finding]:
        return self.findings[SHOWN:]


@needs(Permission.SEE_CASES)
def case_page(request: DeskRequest, pk: int) -> HttpResponse:
    case = case_of(request, pk)
    found = filings.return_of(case)
    groups = [
        Group(level, WORDS[level], found.at(level)) for level in Level if found and found.at(level)
    ]
    standing = standing_of(case, role=request.user.role)
    context = {
        "case": case,
        "owner": filings.owner_of(case),
        "school_year": SchoolYear(case.year),
        "standing": standing,
        "file": case.data.get("file"),
        "groups": groups,
        "returned": _why_returned(case),
        "reminder": (case.data.get("reminded") or [None])[-1],
        "may_file": _may_file(request, case),
        "papers": len(case.data.get("papers", {})),
        "log": Event.objects.about(case).order_by("-number")[:LOG],
        "trail": trail_of(request, case),
        **form_marks(case),
    }
    return render(request, "desk/filings/case.html", context)


def form_marks(case: Case) -> dict[str, object]:
    """What every form of a case carries: its number, the version seen, when it was shown."""
    return {
        "once": form_number(),
        "seen": case.version,
        "began": int(timezone.now().timestamp()),
    }


def trail_of(request: DeskRequest, case: Case, *more: tuple[str, str]) -> list[tuple[str, str]]:
    """The way from the first page to a case, as far as the person's area goes."""
    from django.urls import reverse

    crumbs = [("首页", reverse("home"))]
    subject = case.subject
    county = subject.parent if subject.level is OfficeKind.SCHOOL else subject
    level = request.user.area.level
    if level in (OfficeKind.CITY, OfficeKind.PROVINCE):
        crumbs.append(("填报", f"{reverse('filings')}?year={case.year}"))
    if level is not OfficeKind.SCHOOL and county is not None:
        crumbs.append(
            (county.name, f"{reverse('filings-county', args=[county.pk])}?year={case.year}")
        )
    title = subject.name if subject.level is OfficeKind.SCHOOL else "区县填报表"
    return [*crumbs, (title, reverse("filing", args=[case.pk])), *more]


def _may_file(request: DeskRequest, case: Case) -> bool:
    """Whether the person has the forms in hand."""
    return case.state in OPEN and files_for(request, case)


def _why_returned(case: Case) -> Event | None:
    if case.state not in ("returned", "reopened"):
        return None
    verb = register(FILINGS).moves["return" if case.state == "returned" else "reopen"].label
    return Event.objects.about(case).filter(verb=verb).order_by("-number").first()


@needs(*FILE)
@require_POST
def upload(request: DeskRequest, pk: int) -> HttpResponse:
    """Take a workbook; a refusal is told on the page of the case, and nothing has changed."""
    case = to_file(request, pk)
    sent = request.FILES.get("file")
    if sent is None:
        messages.error(request, "没有选择文件。请先选择填好的 .xlsx 工作簿，再上传。")
        return redirect("filing", pk=pk)
    try:
        found = filings.hand_in(
            case, sent.chunks(), name=plain_name(sent.name), by=request.user,
            seen=version_of(request, case), on=today(), once=number_of(request),
            seconds=seconds_of(request),
        )  # fmt: skip
    except RefusedError as error:
        messages.error(request, str(error))
    else:
        tell_of(request, found.clean, len(found.at(Level.MUST_FIX)), len(found.asked_to_explain))
    return redirect("filing", pk=pk)


def tell_of(request: DeskRequest, clean: bool, must: int, explain: int) -> None:
    """What came of handing in, in one sentence."""
    if not clean:
        messages.warning(
            request, f"已保存为草稿。还有 {must} 处“必须改”、{explain} 处“请说明”，见下面。"
        )
    elif explain:
        messages.warning(
            request, f"已保存，没有“必须改”。还有 {explain} 处“请说明”：请写明原因或改正，再提交。"
        )
    else:
        messages.success(request, "已保存，校验没有问题，可以提交。")


def plain_name(name: str | None) -> str:
    """The name of an uploaded file without a path and without signs that are none."""
    last = re.split(r"[\\/]", name or "")[-1]
    return re.sub(r"[\x00-\x1f<>\"'&]", "", last)[-120:] or "填报.xlsx"


@needs(*FILE)
@require_POST
def explain(request: DeskRequest, pk: int) -> HttpResponse:
    """Write 异常说明 beside flagged values."""
    case = to_file(request, pk)
    texts = {
        name: str(text)[:LONGEST]
        for name, text in request.POST.items()
        if name.endswith("!") and text
    }
    if not texts:
        messages.error(request, "没有写说明。请在要说明的数值旁边写明原因，再保存。")
        return redirect("filing", pk=pk)
    try:
        found = filings.explain(
            case, texts, by=request.user,
            seen=version_of(request, case), on=today(), once=number_of(request),
        )  # fmt: skip
    except RefusedError as error:
        return kept(request, case, str(error), texts)
    tell_of(request, found.clean, len(found.at(Level.MUST_FIX)), len(found.asked_to_explain))
    return redirect("filing", pk=pk)


def kept(request: DeskRequest, case: Case, sentence: str, texts: dict[str, str]) -> HttpResponse:
    """What was written is shown again, so that nothing typed is lost with the refusal."""
    context = {"case": case, "sentence": sentence, "texts": texts, "trail": trail_of(request, case)}
    return render(request, "desk/filings/kept.html", context, status=409)


@needs(Permission.SEE_CASES)
def take_move(request: DeskRequest, pk: int, name: str) -> HttpResponse:
    """Ask for the reason where one is wanted, then take the move."""
    case = case_of(request, pk)
    standing = standing_of(case, role=request.user.role)
    step = next((each for each in standing.moves if each.name == name), None)
    if step is None:
        filings.refuse_move(case, name, by=request.user)
    assert step is not None
    reason, unmet = request.POST.get("reason", ""), ()
    if request.method == "POST":
        try:
            filings.take(
                case, name, by=request.user, seen=version_of(request, case), on=today(),
                reason=reason, once=number_of(request),
            )  # fmt: skip
        except UnmetError as error:
            unmet = error.unmet  # type: ignore[assignment]
        else:
            messages.success(request, f"“{case.subject.name}”：已{step.label}。")
            done_by_school = name == "submit" and bool(filings.owner_of(case).school)
            return redirect("filing-card" if done_by_school else "filing", pk=pk)
    context = {
        "case": case, "step": step, "standing": standing, "reason": reason, "unmet": unmet,
        "explain": case.data.get("explain", 0),
        "trail": trail_of(request, case, (step.label, "")), **form_marks(case),
    }  # fmt: skip
    return render(request, "desk/filings/move.html", context, status=409 if unmet else 200)
