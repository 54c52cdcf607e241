"""Every filed value with the cell it came from, looked up once for a whole snapshot.

`explain` opens one number; a report of a thousand schools opens all of them, so the origins are
read in one pass here.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import polars as pl

from junheng.registry import NOT_APPLICABLE, Snapshot, tables
from junheng.registry.facts import EXPLAINED
from junheng.studies.line_explanation import NOT_FILED, told_value


@dataclass(frozen=True)
class Cell:
    """One value as held in the facts, and where it was typed."""

    value: str
    """In words, as held in the facts; 未填报 where it is missing."""
    file: str
    sheet: str
    cell: str
    raw: str
    """The text found there."""
    explanation: str
    """异常说明 filed beside it, or empty."""


class Cells:
    """Cells by table and key: `Cells(snapshot, tables).of("staffing", code)["teachers_pe_primary"]`."""

    def __init__(self, snapshot: Snapshot, names: Iterable[str]) -> None:
        self.snapshot = snapshot
        self._names = tuple(names)
        self._rows = {name: _rows_of(snapshot, name) for name in self._names}
        self._skipped = _marks(snapshot, NOT_APPLICABLE)
        self._explained = _marks(snapshot, EXPLAINED)
        self._origins: dict[tuple[str, str], dict[str, tuple[str, str, str, str]]] = defaultdict(
            dict
        )
        wanted = snapshot.origins.filter(pl.col("table").is_in(self._names))
        for table, key, column, *found in wanted.select(
            "table", "key", "column", "file", "sheet", "cell", "raw"
        ).iter_rows():
            self._origins[table, key].setdefault(column, (found[0], found[1], found[2], found[3]))

    def of(self, table: str, key: str) -> dict[str, Cell]:
        """Every applicable value of one row by column name; empty where nothing was filed."""
        row = self._rows[table].get(key)
        if row is None:
            return {}
        origins = self._origins.get((table, key), {})
        return {
            column.name: Cell(
                NOT_FILED if row[column.name] is None else told_value(row[column.name], column),
                *origins.get(column.name, ("", "", "", "")),
                self._explained.get((table, key, column.name), ""),
            )
            for column in tables()[table].column
            if (table, key, column.name) not in self._skipped
        }


def _rows_of(snapshot: Snapshot, name: str) -> dict[str, dict[str, Any]]:
    key = tables()[name].key[0]
    return {row[key]: row for row in snapshot.facts[name].iter_rows(named=True)}


def _marks(snapshot: Snapshot, mark: str) -> dict[tuple[str, str, str], str]:
    found = snapshot.facts.marks.filter(mark=mark).select("table", "key", "column", "text")
    return {(table, key, column): text for table, key, column, text in found.iter_rows()}
