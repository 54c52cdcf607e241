"""The filed values of a county and the cells they came from, packed: a city has 150,000 of them.

Schools of one kind fill the same columns, and a school fills one row of each sheet. So columns with
their letters are held once, a school adds its rows and values, and what does not fit this (a cell
elsewhere, another text found there, a 异常说明) is told by position.
"""

import re
from typing import Any

from junheng.publish.html.pool import Pool
from junheng.studies import Cell, Cells

ADDRESS = re.compile(r"(.*?)([0-9]+)")
NAMED_ELSEWHERE = ("school_code", "school_name")
Place = tuple[int, int, str]
"""Numbers of file and sheet, and the row."""


class PackedCells:
    """What one county's block holds of its cells."""

    def __init__(self, texts: Pool[str]) -> None:
        self._texts = texts
        self._columns: Pool[tuple[str, int, str]] = Pool()
        self._known: dict[str, int] = {}
        self._layouts: Pool[tuple[int, ...]] = Pool()

    def pack(self, found: Cells, tables: tuple[str, ...], key: str) -> list[Any]:
        """Number of the layout, place by table, values (None = not filed), exceptions by position."""
        places: dict[int, Place] = {}
        layout: list[int] = []
        values: list[str | None] = []
        odd: dict[str, list[str]] = {}
        for number, table in enumerate(tables):
            for name, cell in found.of(table, key).items():
                if name not in NAMED_ELSEWHERE:
                    told = self._odd(name, cell, number, places)
                    if any(told):
                        odd[str(len(values))] = told
                    layout.append(self._known[name])
                    values.append(cell.value if cell.file else None)
        listed = [places.get(number) for number in range(len(tables))]
        return [self._layouts(tuple(layout)), listed, values, odd]

    def _odd(self, name: str, cell: Cell, table: int, places: dict[int, Place]) -> list[str]:
        """What must be told of a cell by itself: text found, 异常说明, and its place where it is another."""
        split = ADDRESS.fullmatch(cell.cell)
        letters, row = split.groups() if split else (cell.cell, "")
        if name not in self._known or (cell.file and not self._letters(name)):
            self._known[name] = self._columns((name, table, letters))
        told = [cell.raw if cell.file and cell.raw != cell.value else "", cell.explanation]
        if not cell.file:
            return told
        place = (self._texts(cell.file), self._texts(cell.sheet), row)
        if letters != self._letters(name) or places.setdefault(table, place) != place:
            told += [cell.file, cell.sheet, cell.cell]
        return told

    def _letters(self, name: str) -> str:
        return self._columns.held[self._known[name]][2]

    def held(self) -> dict[str, Any]:
        """What is shared: columns (name, table, letters), layouts (columns in their order)."""
        return {"columns": self._columns.held, "layouts": self._layouts.held}
