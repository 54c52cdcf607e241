"""What was typed into the page form, read as cells are: values, marks, and every problem."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from junheng.casework.returns.nouns import Mark, Row
from junheng.registry import Finding, Level, Origin, State
from junheng.registry.catalogue import tables
from junheng.registry.facts import EXPLAINED, NOT_APPLICABLE, joined_key
from junheng.registry.reading.cells import understand
from junheng.registry.reading.outcome import BLANK, Problem
from junheng.registry.reading.sandbox.wire import Cell
from junheng.schema import Column, Table

PAGE = "页面填写"
"""How the origin of what was typed is called."""
EXPLANATION = "!"
"""Ends the name of the field of a 异常说明."""
Said = dict[tuple[str, str, str, str], str]
"""(table, joined key, column, mark) → text."""


@dataclass(frozen=True)
class Typed:
    """The rows of the forms, their marks, and what could not be understood."""

    rows: Mapping[str, Sequence[Row]]
    marks: Sequence[Mark]
    findings: tuple[Finding, ...]


def typed_rows(
    texts: Mapping[str, str],
    *,
    county: bool,
    rows: Mapping[str, Sequence[Row]],
    marks: Sequence[Mark],
) -> Typed:
    """`rows` and `marks` of the return so far, with what was typed in place of it.

    `texts` are by field name: `table.column`, and `table.column!` for its explanation. A field that
    is not among them keeps what it had. Lists are left as they are: they come by workbook.
    """
    found: list[Finding] = []
    made: dict[str, list[Row]] = {name: list(held) for name, held in rows.items()}
    said: Said = {(t, k, c, m): x for t, k, c, m, x in marks}
    for table in tables().values():
        if table.form if county else table.per_school:
            row: dict[str, Any] = dict(next(iter(made.get(table.name, [])), {}))
            key = joined_key(row.get(each) for each in table.key)
            found += _take(texts, table, key, row, said)
            made[table.name] = [row]
    return Typed(made, [(*where, text) for where, text in said.items()], tuple(found))


def _take(
    texts: Mapping[str, str], table: Table, key: str, row: dict[str, Any], said: Said
) -> Iterator[Finding]:
    """Put what was typed for one table into its row and its marks."""
    for column in table.column:
        text = texts.get(f"{table.name}.{column.name}")
        if text is not None and column.name not in table.key:
            outcome = understand(Cell(1, "s", text), column) if text else BLANK
            row[column.name] = outcome.value
            said.pop((table.name, key, column.name, NOT_APPLICABLE), None)
            if outcome.state is State.NOT_APPLICABLE:
                said[table.name, key, column.name, NOT_APPLICABLE] = ""
            if outcome.problem is not None:
                yield _finding(table, key, column, text, outcome.problem)
        _explain(texts, (table.name, key, column.name), said)


def _finding(table: Table, key: str, column: Column, text: str, problem: Problem) -> Finding:
    origin = Origin(PAGE, table.label, column.heading, text)
    told = (problem.check, origin, problem.found, problem.allowed, problem.mend)
    return Finding(problem.level, *told, table.name, tuple(key.split("|")), column.name)


def _explain(
    texts: Mapping[str, str],
    where: tuple[str, str, str],
    said: dict[tuple[str, str, str, str], str],
) -> None:
    table, _, column = where
    text = texts.get(f"{table}.{column}{EXPLANATION}")
    if text is None:
        return
    said.pop((*where, EXPLAINED), None)
    if text.strip():
        said[*where, EXPLAINED] = " ".join(text.split())


def unreadable(typed: Typed) -> bool:
    """Whether something was typed that is no value: then there is no workbook to be made of it."""
    return any(each.level is Level.MUST_FIX for each in typed.findings)
