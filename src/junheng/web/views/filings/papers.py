"""The papers 佐证材料 of a return, by indicator: what is asked, what is there, what is missing."""

from dataclasses import dataclass
from tempfile import TemporaryFile
from typing import Any
from zipfile import ZIP_STORED, ZipFile

from django.contrib import messages
from django.http import FileResponse, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.http import content_disposition_header

from junheng.errors import RefusedError
from junheng.indicators import CATALOGUE
from junheng.registry.catalogue import tables
from junheng.schema import Column
from junheng.standards import Clause, Standard
from junheng.web.access import DeskRequest, needs
from junheng.web.actions import filings
from junheng.web.actions.filings.papers import (
    ASKED,
    OPEN,
    WrongPaperError,
    add_paper,
    note_opening,
    papers_of,
    remove_paper,
)
from junheng.web.actions.recording import note_reading
from junheng.web.file_kinds import EVIDENCE
from junheng.web.models import Attachment, Case
from junheng.web.models.attachments import path_of
from junheng.web.roles import Permission
from junheng.web.views.filings.case import form_marks, plain_name, trail_of
from junheng.web.views.filings.fetching import (
    case_of,
    files_for,
    number_of,
    to_file,
    today,
    version_of,
)

SCHEME = "2017-quality"
TYPES = {"PDF": "application/pdf", "PNG": "image/png", "JPEG": "image/jpeg"}


@dataclass(frozen=True)
class Wanted:
    """One demand that is proved by papers."""

    code: str
    title: str
    needed: bool
    """Nothing but papers decides it; a number is decided by the number, and papers support it."""
    asked: tuple[str, ...]
    """The papers to be handed in, in words."""
    papers: tuple[dict[str, Any], ...]


@needs(Permission.SEE_CASES)
def papers_page(request: DeskRequest, pk: int) -> HttpResponse:
    case = case_of(request, pk)
    texts, faults = {k: request.POST.get(k, "").strip() for k in ASKED}, {}
    refused = ""
    if request.method == "POST":
        case = to_file(request, pk)
        sent = request.FILES.get("file")
        try:
            if sent is None:
                raise RefusedError("没有选择文件。请先选择要上传的材料。")  # noqa: TRY301
            added = add_paper(
                case, sent.chunks(), texts, name=plain_name(sent.name), by=request.user,
                seen=version_of(request, case), once=number_of(request),
            )  # fmt: skip
        except WrongPaperError as error:
            faults = error.faults
        except RefusedError as error:
            refused = str(error)
        else:
            messages.success(request, f"已添加“{added.name}”。")
            return redirect("filing-papers", pk=pk)
    wanted = wanted_of(case)
    columns = tables()["evidence"].columns()
    context = {
        "case": case, "wanted": wanted, "held": sum(len(w.papers) for w in wanted),
        "kinds": "、".join(EVIDENCE), "refused": refused,
        "missing": [each for each in wanted if each.needed and not each.papers],
        "may_file": case.state in OPEN and files_for(request, case),
        "fields": [(columns[n], texts[n], faults.get(n, ""), _type(columns[n])) for n in ASKED],
        "trail": trail_of(request, case, ("佐证材料", "")), **form_marks(case),
    }  # fmt: skip
    return render(
        request, "desk/filings/papers.html", context, status=409 if faults or refused else 200
    )


def _type(column: Column) -> str:
    return "date" if column.kind == "date" else "text"


def wanted_of(case: Case) -> list[Wanted]:
    """Every demand that papers of this owner prove, in the order of the scheme; then what else is there."""
    owner = filings.owner_of(case)
    kind = "school" if owner.school else "county"
    found: dict[str, tuple[str, bool, list[str]]] = {}
    for demand in Standard.at(owner.county, today(), scheme_code=SCHEME).demands.values():
        clause = demand.clause
        for code in clause.indicators if _filed_by(clause) == kind else ():
            title = CATALOGUE[code].label if code in CATALOGUE else clause.gist
            _, needed, papers = found.setdefault(code, (title, False, []))
            papers.extend(clause.evidence)
            found[code] = (title, needed or clause.kind == "evidence", papers)
    held: dict[str, list[dict[str, Any]]] = {}
    for row in papers_of(case):
        held.setdefault(row["indicator"], []).append(row)
    listed = [
        Wanted(code, title, needed, tuple(dict.fromkeys(asked)), tuple(held.pop(code, ())))
        for code, (title, needed, asked) in found.items()
        if asked
    ]
    others = [Wanted(code, "", False, (), tuple(rows)) for code, rows in sorted(held.items())]
    return [*listed, *others]


def _filed_by(clause: Clause) -> str:
    """Who has the papers: whom the clause names, else whoever the number is measured of."""
    if clause.filed_by or not clause.indicators:
        return clause.filed_by
    measured = CATALOGUE.get(clause.measure or clause.indicators[0])
    return "county" if measured is None or measured.grain == "county" else "school"


@needs(Permission.SEE_CASES)
def paper(request: DeskRequest, pk: int, paper: int) -> HttpResponse:
    """Open one paper, on record; with a POST it is removed."""
    case = case_of(request, pk)
    found = get_object_or_404(
        Attachment.objects.visible_to(request.user).select_related("case__subject"),
        pk=paper,
        case=case,
    )
    if request.method == "POST":
        case = to_file(request, pk)
        remove_paper(case, found, by=request.user, seen=version_of(request, case))
        messages.success(request, f"“{found.name}”不再作为佐证材料；上传过的记录还在。")
        return redirect("filing-papers", pk=pk)
    note_opening(found, by=request.user)
    kind = TYPES.get(found.kind, "application/octet-stream")
    response = HttpResponse(path_of(found.sha256).read_bytes(), content_type=kind)
    shown = found.kind in TYPES and "download" not in request.GET
    response["Content-Disposition"] = str(content_disposition_header(not shown, found.name))
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    response["X-Content-Type-Options"] = "nosniff"
    return response


@needs(Permission.SEE_CASES)
def archive(request: DeskRequest, pk: int) -> HttpResponseBase:
    """All papers of a return in one archive, named by indicator; on record like each of them."""
    case = case_of(request, pk)
    rows = papers_of(case)
    if not rows:
        raise RefusedError("还没有佐证材料，没有可以下载的。")
    found = TemporaryFile()  # noqa: SIM115 - the response closes it
    with ZipFile(found, "w", ZIP_STORED) as packed:
        for number, row in enumerate(rows, 1):
            name = f"{row['indicator']}-{number:02} {plain_name(row['file_name'])}"
            packed.write(path_of(row["sha256"]), name)
    found.seek(0)
    note_reading("全部佐证材料", case, by=request.user)
    return FileResponse(
        found,
        as_attachment=True,
        filename=f"{case.subject.code}{case.subject.name}{case.year}佐证材料.zip",
    )
