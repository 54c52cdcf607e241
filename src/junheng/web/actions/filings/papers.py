"""Papers 佐证材料 of a return: a file for an indicator, with what an inspector must know of it."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from django.db import transaction

from junheng.casework.returns import Owner
from junheng.errors import RefusedError
from junheng.registry.catalogue import tables
from junheng.registry.reading.cells import understand
from junheng.registry.reading.sandbox.wire import Cell
from junheng.web.actions.attachments import attach, keep
from junheng.web.actions.cases import change_case
from junheng.web.actions.filings.cases import owner_of
from junheng.web.actions.recording import record
from junheng.web.file_kinds import EVIDENCE
from junheng.web.models import Attachment, Case, User
from junheng.web.roles import OfficeKind

PAPER = "佐证材料"
"""Purpose of an attachment that is evidence."""
ASKED = (
    "indicator",
    "title",
    "document_no",
    "issuer",
    "issued_on",
    "valid_from",
    "valid_to",
    "pages",
)
"""Columns of the table that the form asks; the rest the desk knows."""
OPEN = frozenset({"due", "draft", "returned", "reopened"})
LARGEST_PAPER = 50 * 1024 * 1024


class WrongPaperError(RefusedError):
    """What was written about a paper does not fit; sentences by column."""

    def __init__(self, faults: Mapping[str, str]) -> None:
        super().__init__("".join(faults.values()))
        self.faults = dict(faults)


def add_paper(
    case: Case,
    chunks: Iterable[bytes],
    texts: Mapping[str, str],
    *,
    name: str,
    by: User,
    seen: int,
    once: str | None = None,
) -> Attachment:
    """Keep a file as evidence for an indicator. Raises WrongPaperError with all that does not fit."""
    _must_be_open(case)
    values = _read(texts)
    sha256, size, kind = keep(chunks, name=name, allowed=EVIDENCE, largest=LARGEST_PAPER)
    with transaction.atomic():
        row = attach(case, purpose=PAPER, name=name, sha256=sha256, size=size, kind=kind, by=by)
        told = {k: _plain(v) for k, v in values.items()}
        papers = {**case.data.get("papers", {}), str(row.pk): told}
        change_case(
            case, "添加佐证材料", by=by, seen=seen, once=once,
            data={"papers": papers}, source=f"{name} {sha256}",
        )  # fmt: skip
    return row


def remove_paper(case: Case, paper: Attachment, *, by: User, seen: int) -> None:
    """The paper no longer counts. The file and its row stay: what was handed in once is on record."""
    _must_be_open(case)
    papers = dict(case.data.get("papers", {}))
    if papers.pop(str(paper.pk), None) is None:
        raise RefusedError(f"“{paper.name}”已经移除。请刷新页面。")
    change_case(
        case,
        "移除佐证材料",
        by=by,
        seen=seen,
        data={"papers": papers},
        source=paper.name,
    )


@transaction.atomic
def note_opening(paper: Attachment, *, by: User) -> None:
    """Papers may name people: who opened one is on record."""
    record("查看佐证材料", paper.case, by=by, source=f"{paper.name} {paper.sha256}")


def papers_of(case: Case) -> tuple[dict[str, Any], ...]:
    """The papers that count, as rows of the table 佐证材料."""
    return papers_of_all([case])[case.pk]


def papers_of_all(cases: Sequence[Case]) -> dict[int, tuple[dict[str, Any], ...]]:
    """The same for many cases, by case; one query."""
    told = {case.pk: case.data.get("papers", {}) for case in cases}
    wanted = [int(pk) for papers in told.values() for pk in papers]
    found: dict[int, list[Attachment]] = {}
    if wanted:
        rows = Attachment.objects.filter(pk__in=wanted).select_related("by__office").order_by("pk")
        for each in rows:
            found.setdefault(each.case_id, []).append(each)
    return {
        case.pk: tuple(
            _row(each, told[case.pk][str(each.pk)], owner_of(case))
            for each in found.get(case.pk, [])
        )
        for case in cases
    }


def _row(paper: Attachment, told: Mapping[str, Any], owner: Owner) -> dict[str, Any]:
    columns = tables()["evidence"].columns()
    values: dict[str, Any] = {
        name: date.fromisoformat(text) if text and columns[name].kind == "date" else text
        for name, text in told.items()
    }
    roles = {OfficeKind.SCHOOL: "school", OfficeKind.COUNTY: "county"}
    return {
        **values,
        "scope": owner.code,
        "file_name": paper.name,
        "sha256": paper.sha256,
        "uploaded_by_role": roles.get(paper.by.office.level, "city"),
        "pk": paper.pk,
        "size": paper.size,
        "kind": paper.kind,
    }


def _must_be_open(case: Case) -> None:
    if case.state not in OPEN:
        raise RefusedError(
            f"“{case.subject.name}”的填报已经交出，不能再加减佐证材料。要改请先撤回，或请审核单位退回。"
        )


def _read(texts: Mapping[str, str]) -> dict[str, Any]:
    columns = tables()["evidence"].columns()
    values: dict[str, Any] = {}
    faults: dict[str, str] = {}
    for name in ASKED:
        column, text = columns[name], texts.get(name, "").strip()
        outcome = understand(Cell(1, "s", text), column)
        values[name] = outcome.value
        if outcome.problem is not None:
            problem = outcome.problem
            faults[name] = f"{problem.found}；{problem.allowed}。{problem.mend}。"
        elif outcome.value is None and column.required != "never":
            faults[name] = f"“{column.label}”没有填；必须填写。"
    begins, ends = values.get("valid_from"), values.get("valid_to")
    if begins and ends and ends < begins:
        faults["valid_to"] = f"“有效期止”{ends} 早于“有效期起”{begins}。请改正日期。"
    if faults:
        raise WrongPaperError(faults)
    return values


def _plain(value: object) -> object:
    return value.isoformat() if isinstance(value, date) else value
