"""The leader's page: what fails, where, what it costs, who, by when; one sheet of A4."""

from collections import defaultdict
from fractions import Fraction
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from junheng.publish.compliances import wan
from junheng.web.access import DeskRequest, needs
from junheng.web.models import Case
from junheng.web.roles import OfficeKind, Permission
from junheng.web.views.drill.costs import PlanCost, costs_for
from junheng.web.views.drill.finding import Looking, look

ENDED = ("struck", "dropped")
"""States of a remedy in which nobody has to do anything."""


@needs(Permission.SEE_RESULTS)
def leader(request: DeskRequest, pk: int) -> HttpResponse:
    looking = look(request, pk)
    area = request.user.area
    if area.level is OfficeKind.SCHOOL:
        raise Http404
    codes = [c for c in looking.result.counties if looking.whole or c == area.code]
    if not codes:
        raise Http404
    costs, duties = costs_for(request, looking.run), _duties(request)
    rows = [_row(looking, code, costs.get(code), duties.get(code, [])) for code in codes]
    known = [costs[code] for code in codes if code in costs]
    context = looking.context(
        [("领导一页", "")],
        rows=rows,
        verdicts=looking.result.city["conclusion"] if looking.whole else rows[0]["headline"],
        cost=wan(sum((each.yuan for each in known), Fraction(0))) if known else "",
        undone=sum(each.left for each in known),
        own_prices=sum(each.own_prices for each in known),
        costed=len(known),
        first=looking.result.county(codes[0]).block["first"] if len(codes) == 1 else [],
        overdue=sum(row["overdue"] for row in rows),
    )
    return render(request, "desk/drill/leader.html", context)


def _row(looking: Looking, code: str, cost: PlanCost | None, duties: list[Case]) -> dict[str, Any]:
    told = looking.result.counties[code]
    verdicts = [school[6] for school in told["schools"]]
    failing = [line for line in told["lines"] if line[2] == "未达标"]
    heaviest = sorted((line for line in failing if line[4]), key=lambda line: line[0])
    today = timezone.localdate()
    open_ones = [case for case in duties if case.state not in ENDED]
    due = sorted(case.due for case in open_ones if case.due is not None)
    return {
        "code": code,
        "name": told["name"],
        "headline": told["headline"],
        "verdict": told["verdict"],
        "lines": len(failing),
        "schools": verdicts.count("未达标"),
        "weak": "；".join(f"{line[0]}{_short(line[1])}差{line[4]}" for line in heaviest[:3])
        or "、".join(f"{line[0]}{_short(line[1])}" for line in failing[:3]),
        "cost": wan(cost.yuan) if cost else "",
        "cost_note": cost.note if cost else "",
        "plan": reverse("run", args=[cost.run]) if cost else "",
        "owners": "、".join(dict.fromkeys(filter(None, (c.data.get("values", {}).get("owner") for c in open_ones))))[:40],
        "remedies": len(open_ones),
        "overdue": sum(day < today for day in due),
        "due": due[0] if due else None,
        "link": looking.links.county(code),
    }  # fmt: skip


def _short(label: str) -> str:
    return (
        label.removeprefix("每百名学生拥有").removeprefix("生均").split("（")[0].removesuffix("数")
    )


def _duties(request: DeskRequest) -> dict[str, list[Case]]:
    """County → its remedies, those of its schools too."""
    found: dict[str, list[Case]] = defaultdict(list)
    cases = (
        Case.objects.visible_to(request.user).filter(register="remedies").select_related("subject")
    )
    for case in cases.only(
        "state", "due", "data", "subject__lineage", "subject__kind", "subject__code"
    ):
        codes = case.subject.lineage.rstrip("/").split("/")
        for code in codes:
            found[code].append(case)
    return found
