"""Handing in: a workbook, the page form, or explanations beside what was handed in.

Whatever the way, a workbook comes of it: it is on the disk, read and checked, before the row and
its event are written in one transaction. Only then is it acknowledged.
"""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from django.db import transaction
from django.utils import timezone

from junheng.casework.returns import Return, asked, typed_rows
from junheng.casework.returns.listed import Listed
from junheng.casework.returns.nouns import NAMING
from junheng.casework.returns.typed import Typed
from junheng.errors import RefusedError
from junheng.registry import Finding, Level
from junheng.registry.facts import joined_key
from junheng.registry.template import write_filled
from junheng.registry.template.contents import rows_of_facts
from junheng.registry.template.prefill import prefill
from junheng.web.actions.attachments import attach, keep
from junheng.web.actions.filings.cases import owner_of, take
from junheng.web.actions.filings.known import (
    keep_return,
    last_of,
    read_anew,
    return_of,
    row_before,
)
from junheng.web.actions.recording import refuse_repeated
from junheng.web.models import Case, User
from junheng.web.models.attachments import path_of

WORKBOOK = "填报"
"""Purpose of the attachment that is the return itself."""
LONGEST_SITTING = 30 * 60
"""Seconds of one sitting at a page that are counted as work; who went to lunch did not work."""
SAVING = {"due": "save", "draft": "save", "returned": "amend", "reopened": "correct"}
"""State → the move by which something is handed in."""


def hand_in(
    case: Case,
    chunks: Iterable[bytes],
    *,
    name: str,
    by: User,
    seen: int,
    on: date,
    once: str | None = None,
    seconds: int = 0,
) -> Return:
    """Take an uploaded workbook as the return of a case, whatever is wrong inside it.

    Raises RefusedError where the file is none that can be read at all, or where the state allows
    nothing to be handed in; then the case is as it was.
    """
    saving = _saving(case, once)
    sha256, size, kind = keep(chunks, name=name, allowed=("xlsx",))
    held = _held(name, sha256, size, on, "上传")
    found = read_anew(case, held)
    with transaction.atomic():
        attach(case, purpose=WORKBOOK, name=name, sha256=sha256, size=size, kind=kind, by=by)
        data = _data(case, held, found, by, seconds) | {"typed": {}}
        take(case, saving, by=by, seen=seen, on=on, once=once, data=data, source=f"{name} {sha256}")
    return found


def hand_in_page(
    case: Case,
    texts: Mapping[str, str],
    *,
    by: User,
    seen: int,
    on: date,
    once: str | None = None,
    seconds: int = 0,
    lists: Mapping[str, Listed] | None = None,
) -> Return:
    """Take what was typed into the page form as the return of a case.

    `lists` take the place of the lists of these tables; they have no faults. The rest of the return
    stays as it was handed in or prefilled.
    """
    saving = _saving(case, once)
    owner = owner_of(case)
    before = return_of(case)
    rows: Mapping[str, Any] = before.rows if before is not None else prefilled(case)
    marks = before.marks if before is not None else ()
    if lists:
        rows = {**rows, **{name: each.rows for name, each in lists.items()}}
        marks = [mark for mark in marks if mark[0] not in lists]
        marks += [mark for each in lists.values() for mark in each.marks]
    typed = typed_rows(texts, county=not owner.school, rows=rows, marks=marks)
    name = f"{owner.name}页面填写.xlsx"
    held = _written(case, typed, name, on)
    unread = {f"{each.table}.{each.column}": each.origin.raw for each in _unread(typed)}
    found = keep_return(case, held, _with_typed(read_anew(case, held), typed))
    with transaction.atomic():
        attach(
            case, purpose=WORKBOOK, name=name, sha256=held["sha256"], size=held["size"], kind="xlsx",
            by=by,
        )  # fmt: skip
        data = _data(case, held, found, by, seconds) | {"typed": unread}
        take(
            case, saving, by=by, seen=seen, on=on, once=once, data=data,
            source=f"{name} {held['sha256']}",
        )  # fmt: skip
    return found


def explain(
    case: Case, texts: Mapping[str, str], *, by: User, seen: int, on: date, once: str | None = None
) -> Return:
    """Write 异常说明 beside values that were handed in. Raises RefusedError where nothing was."""
    if return_of(case) is None:
        raise RefusedError("还没有交数据，没有可以说明的数值。请先上传工作簿或在页面上填写。")
    return hand_in_page(case, texts, by=by, seen=seen, on=on, once=once)


def prefilled(case: Case) -> dict[str, Any]:
    """What the return would say if only last year's stable answers were given."""
    owner = owner_of(case)
    last = next((f for f in last_of(owner, case.year) if f.year == case.year - 1), None)
    held = rows_of_facts(last) if last is not None else {}
    known = {**naming_of(case), **{name: rows for name, rows in held.items() if rows}}
    schools = [owner.school] if owner.school else None
    contents = prefill(known, county_name=owner.county_name, year=case.year, schools=schools)
    rows = {name: [dict(row) for row in held] for name, held in contents.rows.items()}
    if not owner.school:
        return rows
    return {**rows, "county": [{k: rows["county"][0].get(k) for k in NAMING}]}


def naming_of(case: Case) -> dict[str, list[dict[str, Any]]]:
    """What the desk knows of an owner that never filed: names and codes."""
    owner = owner_of(case)
    county = {"county_code": owner.county, "county_name": owner.county_name}
    if not owner.school:
        return {"county": [county]}
    school = {"school_code": owner.school, "school_name": owner.school_name}
    named = {**school, "location_unit": owner.county}
    return {"county": [county], "register": [named], "schools": [named]}


def _saving(case: Case, once: str | None) -> str:
    refuse_repeated(once)
    saving = SAVING.get(case.state)
    if saving is None:
        said = {
            "submitted": "已经提交，正在等审核。要改请先撤回，或请审核单位退回",
            "passed": "已经审核通过。要改请审核单位退回",
            "sealed": "已经封存。确需更正请市级重开这一件",
        }[case.state]
        raise RefusedError(
            f"“{case.subject.name}”{case.year}年的填报{said}。刚才的文件没有接收，原来交的没有变。"
        )
    return saving


def _data(
    case: Case, held: Mapping[str, Any], found: Return, by: User, seconds: int
) -> dict[str, Any]:
    """What of the case a return changes: counts for the lists, and never-ask-twice."""
    owner = owner_of(case)
    counted = asked(
        {n: list(r) for n, r in found.rows.items()}, row_before(owner, case.year),
        county=not owner.school, year=case.year,
    )  # fmt: skip
    spent = case.data.get("seconds", 0) + max(0, min(seconds, LONGEST_SITTING))
    return {
        "file": {**held, "by": by.name, "office": by.office.name},
        "clean": found.clean,
        "must_fix": len(found.at(Level.MUST_FIX)),
        "explain": len(found.asked_to_explain),
        "notes": len(found.at(Level.NOTE)),
        "type": next((r.get("school_type") for r in found.rows.get("schools", [])), None) or "",
        "asked": {
            "asked": counted.asked, "prefilled": counted.prefilled, "kept": counted.kept,
            "spared": counted.spared,
        },
        "seconds": spent,
    }  # fmt: skip


def _written(case: Case, typed: Typed, name: str, on: date) -> dict[str, Any]:
    """The typed return as a workbook, kept like an uploaded one."""
    owner = owner_of(case)
    with TemporaryDirectory() as folder:
        path = Path(folder) / "page.xlsx"
        write_filled(path, typed.rows, typed.marks, year=case.year, county_name=owner.county_name)
        sha256, size, _ = keep([path.read_bytes()], name=name, allowed=("xlsx",))
    assert path_of(sha256).is_file()
    return _held(name, sha256, size, on, "页面填写")


def _held(name: str, sha256: str, size: int, on: date, way: str) -> dict[str, Any]:
    """What the case keeps of a workbook; `at` tells two handings-in of the same content apart."""
    return {
        "name": name[-200:],
        "sha256": sha256,
        "size": size,
        "on": on.isoformat(),
        "at": timezone.now().isoformat(),
        "way": way,
    }


def _unread(typed: Typed) -> tuple[Finding, ...]:
    return tuple(each for each in typed.findings if each.level is Level.MUST_FIX)


def _with_typed(found: Return, typed: Typed) -> Return:
    """What was typed and is no value takes the place of the finding that its cell is blank."""
    said = {(f.table, joined_key(f.key), f.column): f for f in _unread(typed)}
    kept = [
        each
        for each in found.findings
        if (each.table, joined_key(each.key), each.column) not in said
    ]
    at = {(f.table, joined_key(f.key), f.column): f.origin for f in found.findings}
    placed = [
        replace(f, origin=replace(at[where], raw=f.origin.raw)) if where in at else f
        for where, f in said.items()
    ]
    return replace(found, findings=(*placed, *kept))
