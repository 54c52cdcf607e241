"""From the county form to its one record."""

from junheng.registry.catalogue import tables
from junheng.registry.filing import Entry, Finding, Origin, Record, State
from junheng.registry.reading.addresses import address
from junheng.registry.reading.around import Formulas, Merges, hidden_findings
from junheng.registry.reading.cells import explanation, explanation_problem, understand
from junheng.registry.reading.findings import Place
from junheng.registry.reading.items import Items, item_findings
from junheng.registry.reading.keys import Keys
from junheng.registry.reading.outcome import BLANK, Problem
from junheng.registry.reading.rows import Reading, says
from junheng.registry.reading.sandbox.wire import Cell, Row, Sheet
from junheng.schema import Column


def read_form(sheet: Sheet, items: Items, place: Place) -> Reading:
    """The record of the form and its findings; no record where nothing is filled in at all."""
    found = Reading(items.table, whole=items.whole)
    found.findings += item_findings(items, place)
    _Form(sheet, items, place, found).read()
    return found


class _Form:
    """Reads the items of one form into `found`."""

    def __init__(self, sheet: Sheet, items: Items, place: Place, found: Reading) -> None:
        self._sheet = sheet
        self._items = items
        self._place = place
        self._found = found
        self._table = tables()[items.table]
        rows = sorted(row.number for row in items.placed.values())
        self._merges = Merges(sheet, rows, frozenset((items.value_at, items.explained_at)))
        self._formulas = Formulas()
        self._problems: list[tuple[Problem, Origin, str]] = []
        self._filled: list[Row] = []

    def read(self) -> None:
        first = self._items.placed.get(self._table.key[0])
        where = self._origin(first.number if first else 1)
        entries = {
            column.name: entry
            for column in self._table.column
            if (entry := self._entry(column, where)) is not None
        }
        if not self._filled:
            return
        self._found.findings += self._merges.findings(self._place)
        self._found.findings += hidden_findings(
            self._sheet,
            [(row.number, row.hidden) for row in self._filled],
            {self._items.value_at: "填报值"},
            {cell.column for row in self._filled for cell in row.cells},
            self._place,
        )
        keys = Keys(self._table, self._place)
        if not all(name in entries for name in self._table.key):
            return
        named = (entries[name] for name in self._table.key)
        key = tuple(str(each.value) if each.state is State.FILED else "" for each in named)
        record = Record(self._table.name, key, entries, where)
        self._found.records.append(record)
        self._found.findings += keys.findings(record)
        self._found.findings += self._cell_findings(record)

    def _cell_findings(self, record: Record) -> list[Finding]:
        labels = {column.name: column.label for column in self._table.column}
        found = [
            self._place.of_problem(problem, origin, record.key, name)
            for problem, origin, name in self._problems
        ]
        return [*found, *self._formulas.findings(self._place, labels)]

    def _origin(self, row: int, cell: Cell | None = None, column: int | None = None) -> Origin:
        at = address(row, column or self._items.value_at)
        return self._place.origin(at, cell.text if cell is not None else "")

    def _entry(self, column: Column, where: Origin) -> Entry | None:
        """The entry of one item; None where the item is absent and may be."""
        if column.name in self._items.disputed:
            return Entry(State.UNCLEAR, None, where)
        row = self._items.placed.get(column.name)
        if row is None:
            return None if column.required == "never" else Entry(State.UNCLEAR, None, where)
        cells = {cell.column: cell for cell in row.cells if says(cell)}
        cell = cells.get(self._items.value_at)
        said = self._explanation(row, cells, column)
        if cell is not None or said:
            self._filled.append(row)
        origin = self._origin(row.number, cell)
        if self._items.value_at in self._merges.covered(row.number):
            return Entry(State.UNCLEAR, None, origin, said)
        outcome = BLANK
        if cell is not None:
            outcome = understand(cell, column, date_1904=self._sheet.date_1904)
        if outcome.problem is not None:
            self._problems.append((outcome.problem, origin, column.name))
        elif cell is not None and cell.formula and outcome.state is not State.BLANK:
            self._formulas.note(column.name, origin.cell)
        return Entry(outcome.state, outcome.value, origin, said)

    def _explanation(self, row: Row, cells: dict[int, Cell], column: Column) -> str | None:
        cell = cells.get(self._items.explained_at)
        if cell is None or not column.explained:
            return None
        problem = explanation_problem(cell, column)
        if problem is not None:
            origin = self._origin(row.number, cell, self._items.explained_at)
            self._problems.append((problem, origin, column.name))
        return explanation(cell)
