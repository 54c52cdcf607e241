"""A return as bytes and back: what was read of a workbook, so that no page has to read it again.

The workbook stays the source; this is derived from it and can be made anew at any time.
"""

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any

import msgspec

from junheng.casework.returns.nouns import Owner, Return
from junheng.registry import Finding, Level, Origin
from junheng.registry.catalogue import tables
from junheng.schema import Kind

FORMAT = "junheng return 1"
_BACK: dict[Kind, Callable[[Any], Any]] = {
    Kind.AREA: Decimal,
    Kind.MONEY: Decimal,
    Kind.COORDINATE: Decimal,
    Kind.DECIMAL: Decimal,
    Kind.DATE: date.fromisoformat,
}
"""Kinds that JSON holds as text; all others stand in it as they are."""


def pack(held: Return) -> bytes:
    """JSON of a return."""
    owner = held.owner
    return msgspec.json.encode(
        {
            "format": FORMAT,
            "owner": [owner.county, owner.county_name, owner.school, owner.school_name],
            "year": held.year,
            "file": held.file,
            "sha256": held.sha256,
            "rows": {n: [_sparse(row) for row in rows] for n, rows in held.rows.items()},
            "marks": held.marks,
            "findings": [_plain(each) for each in held.findings],
        }
    )


def unpack(content: bytes) -> Return | None:
    """The return; None where it was packed by a program of another format."""
    told = msgspec.json.decode(content)
    if told.get("format") != FORMAT or set(told["rows"]) - set(tables()):
        return None
    rows = {name: [_typed(name, row) for row in held] for name, held in told["rows"].items()}
    return Return(
        Owner(*told["owner"]), told["year"], told["file"], told["sha256"], rows,
        [tuple(each) for each in told["marks"]], tuple(_finding(each) for each in told["findings"]),
    )  # fmt: skip


def _sparse(row: Any) -> dict[str, Any]:
    return {name: value for name, value in row.items() if value is not None}


def _typed(table: str, row: dict[str, Any]) -> dict[str, Any]:
    columns = tables()[table].columns()
    return {
        name: (_BACK[c.kind](row[name]) if c.kind in _BACK else row[name]) if name in row else None
        for name, c in columns.items()
    }


def _plain(each: Finding) -> list[Any]:
    where = each.origin
    return [
        each.level.value, each.check, [where.file, where.sheet, where.cell, where.raw], each.found,
        each.allowed, each.mend, each.table, list(each.key), each.column, each.explanation,
    ]  # fmt: skip


def _finding(told: list[Any]) -> Finding:
    level, check, origin, found, allowed, mend, table, key, column, explanation = told
    return Finding(
        Level(level), check, Origin(*origin), found, allowed, mend, table, tuple(key), column,
        explanation,
    )  # fmt: skip
