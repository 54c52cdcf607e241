"""The page of a result as tables of the desk; two pages of a kind laid side by side."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from junheng.web.cells import Cell, Column
from junheng.web.results.tones import number_of
from junheng.web.tables import Table

Row = list[Any]


def tables_of(page: dict[str, Any]) -> list[tuple[dict[str, Any], Table]]:
    """Every table of a result with what was declared of it."""
    return [(told, table_of(told, f"t{n}")) for n, told in enumerate(page["tables"])]


def table_of(told: dict[str, Any], key: str, rows: Iterable[Row] | None = None) -> Table:
    chosen = told["rows"] if rows is None else rows
    return Table(
        told["name"], columns_of(told), [[cell_of(each) for each in row] for row in chosen],
        caption=told["note"], key=key,
    )  # fmt: skip


def columns_of(told: dict[str, Any]) -> list[Column]:
    """Only the first column stays in sight: several would cover a phone."""
    return [
        Column(h["title"], number=h["kind"] == "num", wide=h["kind"] == "wide", sticky=n == 0)
        for n, h in enumerate(told["headings"])
    ]


def cell_of(held: str | list[str]) -> Cell:
    if isinstance(held, str):
        return Cell(held)
    text, tone, value = [*held, "", ""][:3]
    number = Decimal(value) if value else None
    return Cell(
        text, order=number if value else number_of(text) if tone else None, tone=tone, value=number
    )


def words(held: str | list[str]) -> str:
    return held if isinstance(held, str) else held[0]


@dataclass(frozen=True)
class Beside:
    """One table of two results: rows that differ, and how many are the same."""

    name: str
    table: Table
    same: int


def figures_beside(one: dict[str, Any], other: dict[str, Any]) -> list[tuple[str, str, str, bool]]:
    """(label, in the one, in the other, whether they differ), in the order of both."""
    first = {f["label"]: f["value"] for f in one["figures"]}
    second = {f["label"]: f["value"] for f in other["figures"]}
    labels = dict.fromkeys([*first, *second])
    return [
        (
            label,
            first.get(label, "—"),
            second.get(label, "—"),
            first.get(label) != second.get(label),
        )
        for label in labels
    ]


def settings_beside(one: dict[str, Any], other: dict[str, Any]) -> list[tuple[str, str, str, bool]]:
    first, second = dict(one["settings"]), dict(other["settings"])
    return [
        (name, first.get(name, "—"), second.get(name, "—"), first.get(name) != second.get(name))
        for name in dict.fromkeys([*first, *second])
    ]


def tables_beside(
    one: dict[str, Any], other: dict[str, Any], names: tuple[str, str]
) -> list[Beside]:
    """Tables that both have: one row where they differ, the one result's cells over the other's."""
    second = {told["name"]: told for told in other["tables"]}
    return [
        _beside(told, second[told["name"]], f"t{n}", names)
        for n, told in enumerate(one["tables"])
        if told["name"] in second and len(told["headings"]) == len(second[told["name"]]["headings"])
    ]


def _beside(one: dict[str, Any], other: dict[str, Any], key: str, names: tuple[str, str]) -> Beside:
    keys = one["keys"]
    first, second = _by_key(one, keys), _by_key(other, keys)
    rows, same = [], 0
    for about in dict.fromkeys([*first, *second]):
        a, b = first.get(about), second.get(about)
        if a is not None and b is not None and list(map(words, a)) == list(map(words, b)):
            same += 1
            continue
        rows += [
            [*about, name, *_rest(row, keys, len(one["headings"]))]
            for name, row in zip(names, (a, b), strict=True)
        ]
    headings = [*one["headings"][:keys], {"title": "哪一次", "kind": ""}, *one["headings"][keys:]]
    table = table_of({**one, "headings": headings}, key, rows)
    table.empty = "两次完全一样。"
    return Beside(one["name"], table, same)


def _by_key(told: dict[str, Any], keys: int) -> dict[tuple[str, ...], Row]:
    found: dict[tuple[str, ...], Row] = {}
    for row in told["rows"]:
        found.setdefault(tuple(map(words, row[:keys])), row)
    return found


def _rest(row: Row | None, keys: int, wide: int) -> Row:
    return ["没有"] + [""] * (wide - keys - 1) if row is None else row[keys:]
