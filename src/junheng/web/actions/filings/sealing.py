"""Sealing a round: what goes into the seal, and closing the cases when it stands on the disk.

The long part between the two — reading all workbooks again, the joined check, the seal — is plain
values in, a snapshot out (`casework.returns.check_together`, `registry.seal`): the worker does it in
a process without a database. Killed in between, it is done again: the same returns, the same seal.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from django.db import models, transaction
from django.db.models import QuerySet

from junheng import registry
from junheng.casework import extract, register
from junheng.casework.returns import check_together, evidence_rows
from junheng.errors import RefusedError
from junheng.registry import Report, Snapshot
from junheng.web.actions.filings.cases import AS_SEALED, FILINGS, file_of, owner_of, take
from junheng.web.actions.filings.known import earlier_seals, return_of
from junheng.web.actions.filings.papers import papers_of_all
from junheng.web.actions.recording import refuse_repeated
from junheng.web.actions.runs import queue_run
from junheng.web.models import Case, Office, Run, User
from junheng.web.models.attachments import path_of
from junheng.web.models.runs import RunState
from junheng.web.run_kinds import RunKind
from junheng.web.sealed import store

KEPT = ("file", "papers")
"""Of a case's data, what is kept as it was sealed."""
TOLD = 20
"""So many findings of a refused seal are said in its sentence."""


@dataclass(frozen=True)
class Collected:
    """Everything that a seal is made of, as plain values."""

    files: dict[str, str]
    """Name under which a workbook is spoken of → its path."""
    papers: list[dict[str, Any]]
    """Rows of 佐证材料 for the files that were uploaded beside the workbooks."""
    last: list[str]
    """Paths of the seals of earlier years."""
    cases: dict[str, str]
    """Case → SHA-256 of its workbook: what `close_cases` compares."""


def sealable(city: Office, year: int) -> list[Case]:
    """The cases that would be sealed: passed, or sealed before and still part of the year.

    One that was reopened and has not passed again stands here as it was sealed: with the workbook
    and the papers of that time. Such a case must not be saved.
    """
    found = Case.objects.filter(
        models.Q(state__in=["passed", "sealed"]) | models.Q(data__has_key=AS_SEALED),
        register=FILINGS, year=year, round="", subject__lineage__startswith=city.lineage,
    )  # fmt: skip
    cases = list(found.select_related("subject__parent", "office").order_by("subject__lineage"))
    for case in cases:
        if case.state not in ("passed", "sealed"):
            case.state, case.data = "sealed", {**case.data, **case.data[AS_SEALED]}
    return cases


def reopened(city: Office, year: int) -> "QuerySet[Case]":
    """The cases that were sealed, reopened, and have not passed again since."""
    return Case.objects.filter(
        register=FILINGS, year=year, round="", subject__lineage__startswith=city.lineage,
        data__has_key=AS_SEALED,
    ).exclude(state__in=["passed", "sealed"])  # fmt: skip


@transaction.atomic
def request_seal(city: Office, *, year: int, by: User, on: date, once: str | None = None) -> Run:
    """Queue the sealing of a year.

    Raises RefusedError where nothing new is passed, or where the year is being sealed, here or by
    an office above or below; RepeatedError where the form `once` has been handled already.
    """
    list(Office.objects.select_for_update(of=("self",)).filter(code__in=city.lineage.split("/")))
    refuse_repeated(once)
    waiting = Run.objects.filter(
        kind=RunKind.SEAL, year=year, state__in=[RunState.QUEUED, RunState.RUNNING]
    ).select_related("office", "by")
    for run in waiting:
        lineages = sorted([run.office.lineage, city.lineage], key=len)
        if lineages[1].startswith(lineages[0]):
            raise RefusedError(
                f"{run.office.name}正在封存{year}年的填报（{run.by.name}安排，{run.get_state_display()}）。"
                "请等它结束；要重新封存，请先在“测算”里取消它。"
            )
    if not any(each.state == "passed" for each in sealable(city, year)):
        raise RefusedError(f"{year}年没有“已通过”而未封存的填报。请先由区县审核通过。")
    return queue_run(
        kind=RunKind.SEAL, title=f"封存{year}年填报", office=city, by=by, year=year, official=True,
        settings={"year": year, "on": on.isoformat(), "role": by.role}, once=once,
    )  # fmt: skip


def collect(cases: Sequence[Case], year: int) -> Collected:
    """What a joined check or a seal of these cases is made of."""
    files = {
        f"{owner_of(each).code}.xlsx": str(path_of(each.data["file"]["sha256"])) for each in cases
    }
    held = {str(each.pk): each.data["file"]["sha256"] for each in cases}
    seals = [str(each) for each in earlier_seals(year)]
    return Collected(files, _papers(cases), seals, held)


def joined_report(cases: Sequence[Case], *, year: int, on: date) -> Report:
    """All returns read again as one filing and checked together."""
    found = collect(cases, year)
    return check_together(
        {name: Path(path) for name, path in found.files.items()}, found.papers, year=year, on=on,
        last=[Snapshot.open(Path(path)).facts for path in found.last],
    )  # fmt: skip


def seal_round(city: Office, *, year: int, by: User, on: date) -> Snapshot:
    """Seal what is passed and close the cases, at once: for a small city, and for tests.

    Raises RefusedError where the joined check finds 必须改, with the first findings.
    """
    cases = sealable(city, year)
    if not cases:
        raise RefusedError(f"{year}年没有“已通过”的填报，没有可以封存的数据。")
    report = joined_report(cases, year=year, on=on)
    if not report.acceptable:
        raise RefusedError(refusal(report))
    snapshot = registry.seal(report, store(), year=year, by=f"{by.office.name} {by.name}", on=on)
    held = {str(each.pk): each.data["file"]["sha256"] for each in cases}
    close_cases(held, seal=snapshot.path.name, fingerprint=snapshot.facts.fingerprint, by=by, on=on)
    return snapshot


def refusal(report: Report) -> str:
    """Why a joined check does not let the year be sealed."""
    found = report.at(registry.Level.MUST_FIX)
    told = "".join(each.sentence for each in found[:TOLD])
    more = f"另有 {len(found) - TOLD} 处。" if len(found) > TOLD else ""
    return f"合并校验还有 {len(found)} 处“必须改”，没有封存，各件的状态没有变。请退回有关单位改正：{told}{more}"


@transaction.atomic
def close_cases(
    cases: Mapping[str, str], *, seal: str, fingerprint: str, by: User, on: date, role: str = ""
) -> int:
    """Every case whose workbook is in the seal is 封存, all or none; returns how many.

    `cases` is case → SHA-256 as collected; `role` is that in which `by` asked for the seal. Raises
    RefusedError where one was taken back or changed meanwhile: what an office does not stand by any
    more is no official fact. What was sealed before stays as it is, reopened or not.
    """
    found = Case.objects.select_for_update(of=("self",)).filter(pk__in=cases)
    now = list(found.select_related("subject__parent", "office"))
    same = {c.pk for c in now if c.data["file"]["sha256"] == cases[str(c.pk)]}
    ready = [c for c in now if c.state == "passed" and c.pk in same]
    if changed := [c for c in now if c not in ready and not _in_force(c, cases[str(c.pk)])]:
        raise RefusedError(_taken_back(changed))
    for case in ready:
        take(
            case, "seal", by=by, seen=case.version, on=on, source=f"{seal} {fingerprint}", role=role,
            data={"seal": seal, AS_SEALED: {k: case.data.get(k, {}) for k in KEPT}},
        )  # fmt: skip
    return len(ready)


def _in_force(case: Case, sha256: str) -> bool:
    """Whether that workbook is the one by which the case was sealed before."""
    held = case.data.get(AS_SEALED, {}).get("file", {}).get("sha256")
    return held == sha256 or (held is None and case.state == "sealed")


def _taken_back(changed: Sequence[Case]) -> str:
    states = register(FILINGS).states
    told = "、".join(f"{c.subject.name}（{states[c.state].label}）" for c in changed[:TOLD])
    more = f"等 {len(changed)} 件" if len(changed) > TOLD else ""
    return (
        f"封存期间有 {len(changed)} 件被退回或改动：{told}{more}。没有封存，各件的状态没有变。"
        "请看过这几件，再安排一次封存；没有重新通过的不会进入那次封存。"
    )


def _papers(cases: Sequence[Case]) -> list[dict[str, Any]]:
    """Rows of 佐证材料 for what was uploaded."""
    found: dict[tuple[Any, ...], dict[str, Any]] = {}
    papers = papers_of_all(cases)
    for case in cases:
        for each in extract(register(FILINGS), [file_of(case, papers=papers[case.pk])]):
            for row in evidence_rows(each.rows, passed=True):
                found[_named(row)] = row
        held = return_of(case) if found else None
        for listed in held.rows.get("evidence", ()) if held is not None else ():
            if (paper := found.get(_named(listed))) is not None:
                found[_named(listed)] = _beside(listed, paper)
    return list(found.values())


def _beside(listed: Mapping[str, Any], row: Mapping[str, Any]) -> dict[str, Any]:
    """Of a paper that the workbook lists too, only what the workbook leaves blank: the two rows are
    read as one, and what the clerk wrote must not be contradicted."""
    keep = {name: None if listed.get(name) is not None else value for name, value in row.items()}
    return {**keep, **{name: row[name] for name in ("indicator", "scope", "file_name")}}


def _named(row: Mapping[str, Any]) -> tuple[Any, ...]:
    return row["indicator"], row["scope"], row["file_name"]
