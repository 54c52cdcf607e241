"""A list of a return on the page: classes, rooms, campuses …; its rows as texts, and texts as rows.

A row whose fields are all empty is none. What the desk knows of every row (the school's code) is not
asked. Nothing half understood is kept: with a fault in any cell the page shows all faults, and the
list stays as it was.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from junheng.casework.returns.nouns import COUNTY_OWN, Mark, Owner, Row
from junheng.casework.returns.page import text_of
from junheng.registry import State
from junheng.registry.catalogue import tables
from junheng.registry.facts import EXPLAINED, NOT_APPLICABLE, joined_key
from junheng.registry.layout import NOT_APPLICABLE as DASH
from junheng.registry.reading.cells import understand
from junheng.registry.reading.outcome import BLANK
from junheng.registry.reading.sandbox.wire import Cell
from junheng.schema import Column, Table

ELSEWHERE = frozenset({"evidence"})
"""Lists with a page of their own."""
LONGEST = 300
"""Rows of a list that is edited on the page; a longer one goes by workbook."""


@dataclass(frozen=True)
class Fault:
    """What is wrong with one cell: the row as it was sent (0, 1, …), its column, in words."""

    row: int
    column: str
    sentence: str


@dataclass(frozen=True)
class Listed:
    """The rows of one list with their marks, and every fault; rows are whole only without one."""

    rows: tuple[Row, ...]
    marks: tuple[Mark, ...]
    faults: tuple[Fault, ...]


def lists_of(owner: Owner) -> dict[str, Table]:
    """The lists that an owner fills, by name."""
    return {
        name: table
        for name, table in tables().items()
        if not table.form and not table.per_school and name not in ELSEWHERE
        if (name in COUNTY_OWN) is not bool(owner.school)
    }


def known_of(table: Table, owner: Owner) -> dict[str, str]:
    """Columns that are the same in every row of the owner."""
    known = {"county_code": owner.county}
    if owner.school:
        known["school_code"] = owner.school
    return {name: known[name] for name in table.key if name in known}


def asked_of(table: Table, owner: Owner) -> list[Column]:
    """The columns of the page, in their order."""
    known = known_of(table, owner)
    return [column for column in table.column if column.name not in known]


def texts_of(table: Table, rows: Sequence[Row], marks: Sequence[Mark]) -> list[dict[str, str]]:
    """Each row as a clerk would type it."""
    dashed = {(k, c) for t, k, c, mark, _ in marks if t == table.name and mark == NOT_APPLICABLE}
    return [
        {
            c.name: DASH if (_key(table, row), c.name) in dashed else text_of(c, row.get(c.name))
            for c in table.column
        }
        for row in rows
    ]


def listed(
    table: Table, owner: Owner, texts: Sequence[Mapping[str, str]], marks: Sequence[Mark]
) -> Listed:
    """The rows that were typed. `marks` are those so far: explanations of rows that stay are kept."""
    rows: list[Row] = []
    new: list[Mark] = []
    faults: list[Fault] = []
    seen: dict[str, int] = {}
    for number, typed in enumerate(texts):
        if not any(typed.get(column.name, "").strip() for column in asked_of(table, owner)):
            continue
        row, dashed, wrong = _row(table, owner, number, typed)
        faults += [*wrong, *_twice(table, row, number, seen)]
        key = _key(table, row)
        rows.append(row)
        new += [(table.name, key, column, NOT_APPLICABLE, "") for column in dashed]
    kept = [m for m in marks if m[0] == table.name and m[1] in seen and m[3] == EXPLAINED]
    return Listed(tuple(rows), (*new, *kept), tuple(faults))


def _row(
    table: Table, owner: Owner, number: int, typed: Mapping[str, str]
) -> tuple[Row, list[str], list[Fault]]:
    row: dict[str, Any] = dict(known_of(table, owner))
    dashed: list[str] = []
    faults: list[Fault] = []
    for column in asked_of(table, owner):
        text = typed.get(column.name, "").strip()
        outcome = understand(Cell(1, "s", text), column) if text else BLANK
        row[column.name] = outcome.value
        if outcome.state is State.NOT_APPLICABLE:
            dashed.append(column.name)
        if (problem := outcome.problem) is not None:
            told = f"{problem.found}；{problem.allowed}。{problem.mend}。"
            faults.append(Fault(number, column.name, told))
        elif column.name in table.key and row[column.name] is None:
            faults.append(
                Fault(number, column.name, f"没有填“{column.label}”。它分清各行，必须填写。")
            )
    return row, dashed, faults


def _twice(table: Table, row: Row, number: int, seen: dict[str, int]) -> Iterator[Fault]:
    if any(row.get(each) is None for each in table.key):
        return
    key = _key(table, row)
    if key in seen:
        labels = "、".join(table.columns()[c].label for c in table.key)
        told = f"与第 {seen[key] + 1} 行的{labels}相同。请改正，或删去其中一行。"
        yield Fault(number, table.key[-1], told)
    seen.setdefault(key, number)


def _key(table: Table, row: Row) -> str:
    return joined_key(row.get(each) for each in table.key)
