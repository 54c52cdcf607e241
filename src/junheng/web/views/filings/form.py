"""The page form of a return: made from the declarations, prefilled, every error at its field."""

from django.http import HttpResponse
from django.shortcuts import redirect, render

from junheng.casework.returns import page_of
from junheng.casework.returns.listed import lists_of
from junheng.casework.returns.typed import EXPLANATION
from junheng.errors import RefusedError
from junheng.registry import Finding, Level
from junheng.web.access import DeskRequest, needs
from junheng.web.actions import filings
from junheng.web.actions.filings.handing_in import prefilled
from junheng.web.actions.filings.known import row_before
from junheng.web.models import Case
from junheng.web.views.filings.case import form_marks, tell_of, trail_of
from junheng.web.views.filings.fetching import (
    FILE,
    number_of,
    seconds_of,
    standing_of,
    to_file,
    today,
    version_of,
)

BLANK = "S51"
"""Code of the check that finds a blank: blanks are many and alike, so they are named together."""
LONGEST = 2000
"""Characters of one field: a text of an office, not a document."""


@needs(*FILE)
def form_page(request: DeskRequest, pk: int) -> HttpResponse:
    case = to_file(request, pk)
    if request.method != "POST":
        return _shown(request, case, case.data.get("typed", {}))
    texts = _texts(request)
    try:
        found = filings.hand_in_page(
            case, texts, by=request.user, seen=version_of(request, case), on=today(),
            once=number_of(request), seconds=seconds_of(request),
        )  # fmt: skip
    except RefusedError as error:
        return _shown(request, case, texts, refused=str(error))
    tell_of(request, found.clean, len(found.at(Level.MUST_FIX)), len(found.asked_to_explain))
    if "stay" in request.POST or not found.clean:
        return redirect("filing-form", pk=pk)
    return redirect("filing", pk=pk)


def _texts(request: DeskRequest) -> dict[str, str]:
    return {
        name: str(value)[:LONGEST].strip() for name, value in request.POST.items() if "." in name
    }


def _told(each: Finding) -> tuple[str, str]:
    return each.level.value, f"{each.found}；{each.allowed}。{each.mend}。"


def _shown(
    request: DeskRequest, case: Case, typed: dict[str, str], refused: str = ""
) -> HttpResponse:
    owner = filings.owner_of(case)
    found = filings.return_of(case)
    held = found.rows if found is not None else prefilled(case)
    rows = {name: values[0] for name, values in held.items() if values}
    said = {} if found is None else {(t, c): x for (t, _, c), x in found.explanations.items()}
    sections = page_of(
        county=not owner.school, rows=rows, last=row_before(owner, case.year), typed=typed,
        explanations=said, year=case.year,
    )  # fmt: skip
    faults: dict[str, list[Finding]] = {}
    for each in found.findings if found is not None else ():
        if each.level is not Level.NOTE and each.column:
            faults.setdefault(f"{each.table}.{each.column}", []).append(each)
    shown = [
        (
            section,
            [(field, [_told(f) for f in faults.get(field.name, ())]) for field in section.fields],
        )
        for section in sections
    ]
    names = {field.name for section in sections for field in section.fields}
    listed = [
        (field, *_told(each))
        for section in sections
        for field in section.fields
        for each in faults.get(field.name, ())
        if each.check != BLANK
    ]
    blank = [
        (section.table.label, empty)
        for section in sections
        if (
            empty := [
                f for f in section.fields if any(x.check == BLANK for x in faults.get(f.name, ()))
            ]
        )
    ]
    lists = [(table, len(held.get(name, ()))) for name, table in lists_of(owner).items()]
    context = {
        "case": case, "owner": owner, "sections": shown, "refused": refused, "listed": listed, "blank": blank, "blank_count": sum(len(f) for _, f in blank),
        "elsewhere": sum(len(v) for k, v in faults.items() if k not in names),
        "lists": lists, "standing": standing_of(case, role=request.user.role),
        "explanation": EXPLANATION, "fresh": found is None,
        "source": f"{case.year - 1}年封存的数据", "trail": trail_of(request, case, ("页面填写", "")),
        **form_marks(case),
    }  # fmt: skip
    if refused:
        context["seen"] = case.version
    return render(request, "desk/filings/form.html", context, status=409 if refused else 200)
