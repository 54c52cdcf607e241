"""The fields of every row: cells understood in their unit, added where the mapping says so."""

from collections.abc import Mapping, Sequence
from decimal import Decimal

from junheng.registry.filing import State, Value
from junheng.registry.reading.cells import Reader
from junheng.registry.reading.findings import Place
from junheng.registry.reading.outcome import BLANK, Outcome, filed
from junheng.registry.reading.plain import narrowed, squeezed
from junheng.registry.reading.sandbox.wire import Cell
from junheng.registry.statistics.gathering import Rows, SchoolRow
from junheng.registry.statistics.nouns import Found, Page, Taken
from junheng.registry.statistics.uniting import Schools


class _Column:
    """One field of one sheet, ready to read."""

    def __init__(self, taken: Taken, page: Page) -> None:
        self.taken = taken
        self.only = frozenset(taken.field.only)
        self.at = [heading.column for heading in taken.headings]
        self._words = {squeezed(k): v for k, v in taken.field.values.items()}
        self._reader = Reader(taken.field.reads(taken.unit), date_1904=page.date_1904)

    def read(self, cells: Mapping[int, Cell]) -> tuple[Outcome, str]:
        """The outcome and the text as it stands; a sum with a blank in it is blank."""
        found = [cells.get(column) for column in self.at]
        raw = "+".join(cell.text for cell in found if cell is not None)
        outcomes = [self._one(cell) for cell in found]
        if len(outcomes) == 1:
            return outcomes[0], raw
        wrong = next((each for each in outcomes if each.problem is not None), None)
        if wrong is not None:
            return wrong, raw
        numbers = [each.value for each in outcomes if each.state is State.FILED]
        return (filed(_added(numbers)) if len(numbers) == len(outcomes) else BLANK), raw

    def _one(self, cell: Cell | None) -> Outcome:
        if cell is not None and self._words:
            code = self._words.get(squeezed(narrowed(cell.text)))
            if code is not None:
                return filed({"true": True, "false": False}.get(code, code))
        return self._reader.read(cell)


def _added(values: Sequence[Value | None]) -> Value:
    if all(type(each) is int for each in values):
        return sum(each for each in values if isinstance(each, int))
    return sum((Decimal(str(each)) for each in values), Decimal(0))


def read_fields(rows: Rows, schools: Schools) -> None:
    """Put the fields of every row into `schools`; what cannot be read is a finding."""
    columns: dict[int, list[_Column]] = {}
    for row in rows.rows:
        ready = columns.get(id(row.page))
        if ready is None:
            ready = [_Column(taken, row.page) for taken in row.page.taken]
            columns[id(row.page)] = ready
        kind = schools.type_of(row.code)
        for each in ready:
            if not each.only or kind in each.only:
                _read(row, each, schools)


def _read(row: SchoolRow, column: _Column, schools: Schools) -> None:
    outcome, raw = column.read(row.cells)
    if outcome.problem is not None:
        origin = row.page.origin(row.number, column.taken.headings, raw)
        place = Place(origin.file, origin.sheet)
        key, name = (row.code,), column.taken.field.column
        schools.findings.append(place.of_problem(outcome.problem, origin, key, name))
    elif outcome.state is State.FILED and outcome.value is not None:
        schools.put(row.code, Found(outcome.value, row.page, row.number, column.taken, raw))
