"""The marks beside the rows: which empty cell is 不适用, which value carries a 异常说明."""

from collections.abc import Mapping
from typing import Any

from junheng.registry import EXPLAINED, NOT_APPLICABLE, tables
from junheng.registry.applicability import applies
from junheng.registry.facts import joined_key
from junheng.registry.layout import EXPLANATION
from junheng.schema import Table

Row = dict[str, Any]
Rows = dict[str, list[Row]]
Mark = tuple[str, str, str, str, str]


def marks_of(rows: Rows, *, year: int) -> list[Mark]:
    """The marks of `Facts.from_rows` and of the template writer, read from the rows themselves."""
    wide = wide_rows(rows, year=year)
    special = sum(school.get("school_type") == "special" for school in wide.values())
    return [
        mark
        for table in tables().values()
        for row in rows.get(table.name, [])
        for mark in _marks(
            table,
            row,
            wide[row["school_code"]] if table.per_school else {"special_schools": special},
        )
    ]


def wide_rows(rows: Rows, *, year: int) -> dict[str, Row]:
    """One record a school, by code, of everything filed for it on the per-school sheets."""
    wide: dict[str, Row] = {}
    for table in tables().values():
        if table.per_school:
            for row in rows.get(table.name, []):
                wide.setdefault(row["school_code"], {"school_year": year}).update(row)
    return wide


def _marks(table: Table, row: Row, about: Mapping[str, Any]) -> list[Mark]:
    key = joined_key(row[k] for k in table.key)
    found: list[Mark] = []
    for column in table.column:
        if not applies(column, about):
            found.append((table.name, key, column.name, NOT_APPLICABLE, ""))
        if text := row.get(column.name + EXPLANATION):
            found.append((table.name, key, column.name, EXPLAINED, text))
    return found
