"""The lists of a return on the page: rows added, changed, removed, saved together or not at all."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render

from junheng.casework.returns.listed import (
    LONGEST,
    Fault,
    Listed,
    asked_of,
    listed,
    lists_of,
    texts_of,
)
from junheng.errors import RefusedError
from junheng.registry import Level
from junheng.registry.layout import NO, YES
from junheng.registry.template.wording import allowed, requirement_words
from junheng.schema import Column, Kind, Table
from junheng.web.access import DeskRequest, needs
from junheng.web.actions import filings
from junheng.web.actions.filings.handing_in import prefilled
from junheng.web.asked import number_asked
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

SPARE = 5
"""Empty rows at the end, and so many more each time they are asked for."""
GONE = "!"
"""Ends the name of the box that removes a row."""
LONGEST_TEXT = 500


@dataclass(frozen=True)
class Input:
    """One cell to be typed."""

    name: str
    label: str
    text: str
    options: tuple[str, ...]
    numeric: bool
    fault: str


@needs(*FILE)
def list_page(request: DeskRequest, pk: int, table: str) -> HttpResponse:
    case = to_file(request, pk)
    owner = filings.owner_of(case)
    if table not in lists_of(owner):
        raise Http404
    asked = lists_of(owner)[table]
    held = filings.return_of(case)
    rows = (held.rows if held is not None else prefilled(case)).get(table, ())
    marks = held.marks if held is not None else ()
    if len(rows) > LONGEST:
        raise RefusedError(
            f"“{asked.label}”有 {len(rows)} 行，页面上最多改 {LONGEST} 行。请下载工作簿，改好以后上传。"
        )
    if request.method != "POST":
        return _shown(request, case, asked, texts_of(asked, rows, marks))
    texts = _typed(request)
    if "more" in request.POST:
        return _shown(request, case, asked, texts)
    found = listed(asked, owner, texts, marks)
    if found.faults:
        refused = f"有 {len(found.faults)} 处读不懂或没有填，都标在下面；改好以后再保存。"
        return _shown(request, case, asked, texts, found.faults, refused)
    try:
        return _saved(request, case, asked, found)
    except RefusedError as error:
        return _shown(request, case, asked, texts, refused=str(error))


def _saved(request: DeskRequest, case: Case, asked: Table, found: Listed) -> HttpResponse:
    done = filings.hand_in_page(
        case, case.data.get("typed", {}), lists={asked.name: found}, by=request.user,
        seen=version_of(request, case), on=today(), once=number_of(request), seconds=seconds_of(request),
    )  # fmt: skip
    tell_of(request, done.clean, len(done.at(Level.MUST_FIX)), len(done.asked_to_explain))
    return redirect("filing-list", pk=case.pk, table=asked.name)


def _typed(request: DeskRequest) -> list[dict[str, str]]:
    """The rows as they were sent, without those that are to go."""
    rows: dict[int, dict[str, str]] = {}
    for name, value in request.POST.items():
        number, _, column = name.partition(".")
        at = number_asked(number)
        if at is not None and column and at < LONGEST + 2 * SPARE:
            rows.setdefault(at, {})[column] = str(value)[:LONGEST_TEXT].strip()
    kept = [rows[at] for at in sorted(rows) if GONE not in rows[at]]
    while kept and not any(kept[-1].values()):
        kept.pop()
    return kept


def _shown(
    request: DeskRequest, case: Case, asked: Table, texts: list[dict[str, str]],
    faults: tuple[Fault, ...] = (), refused: str = "",
) -> HttpResponse:  # fmt: skip
    owner = filings.owner_of(case)
    columns = asked_of(asked, owner)
    told = {(each.row, each.column): each.sentence for each in faults}
    lines = [
        (at, [_input(at, column, row, told.get((at, column.name), "")) for column in columns])
        for at, row in enumerate([*texts, *[{}] * SPARE][: LONGEST + SPARE])
    ]
    context: dict[str, Any] = {
        "case": case, "owner": owner, "table": asked, "lines": lines, "filled": len(texts), "gone": GONE,
        "columns": [(c, requirement_words(c), f"{allowed(c)}。{c.note}") for c in columns],
        "faults": [(f"{f.row}.{f.column}", f.row + 1, asked.columns()[f.column].label, f.sentence) for f in faults],
        "others": list(lists_of(owner).values()), "refused": refused,
        "standing": standing_of(case, role=request.user.role),
        "trail": trail_of(request, case, (asked.label, "")), **form_marks(case),
    }  # fmt: skip
    if request.method == "POST" and not refused:  # more rows asked for: the page is still the first
        context |= {k: request.POST.get(k, context[k]) for k in ("once", "seen", "began")}
    return render(request, "desk/filings/list.html", context, status=409 if refused else 200)


def _input(at: int, column: Column, row: Mapping[str, str], fault: str) -> Input:
    options = (YES, NO) if column.kind is Kind.BOOL else tuple(column.choices.values())
    numeric = column.kind in (Kind.INT, Kind.YEAR, Kind.AREA, Kind.MONEY, Kind.DECIMAL)
    label = f"第 {at + 1} 行 {column.label}"
    text = row.get(column.name, "")
    return Input(f"{at}.{column.name}", label, text, options, numeric, fault)
