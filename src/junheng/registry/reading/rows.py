"""From a row sheet to records: one record a row, every cell with its address."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from junheng.registry.catalogue import tables
from junheng.registry.filing import Entry, Finding, Origin, Record, State
from junheng.registry.layout import EXPLANATION, SHOWN_NAME
from junheng.registry.reading.addresses import letters
from junheng.registry.reading.around import Formulas, Merges, hidden_findings
from junheng.registry.reading.cells import Reader, explanation, explanation_problem
from junheng.registry.reading.findings import Place
from junheng.registry.reading.head_findings import beside_findings, head_findings
from junheng.registry.reading.keys import Keys
from junheng.registry.reading.matching import Columns
from junheng.registry.reading.outcome import Problem
from junheng.registry.reading.plain import narrowed
from junheng.registry.reading.sandbox.wire import Cell, Refused, Row, Sheet
from junheng.schema import Column


@dataclass
class Reading:
    """What came out of one sheet."""

    table: str
    records: list[Record] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    whole: bool = True
    """The head is that of the template."""


@dataclass(frozen=True, slots=True)
class _Field:
    """One declared column and where it stands on this sheet."""

    column: Column
    reader: Reader
    at: int | None
    """None where the column is absent, or its head is disputed: nothing is taken."""
    letters: str
    explained_at: int | None


def says(cell: Cell) -> bool:
    """Whether anything stands in the cell but spaces."""
    return cell.kind != "s" or bool(narrowed(cell.text))


def read_rows(sheet: Sheet, columns: Columns, place: Place, *, schools: int, cells: int) -> Reading:
    """Records and findings of a row sheet.

    Raises Refused beyond this number of schools, or of cells that its rows have to account for.

    A row without a readable key becomes a record all the same: its key holds empty texts.
    """
    found = Reading(columns.table, whole=columns.whole)
    found.findings += head_findings(columns, place)
    table = tables()[columns.table]
    if not all(key in columns.placed and key not in columns.disputed for key in table.key):
        return found
    rows = data_rows(sheet, columns)
    one_a_school = table.key == ("school_code",)
    if len(rows) * len(table.column) > cells or (one_a_school and len(rows) > schools):
        raise Refused(
            "S07",
            f"“{sheet.name}”有 {len(rows)} 行数据，超过能读取的行数",
            "请检查是否误填了很多行，或把数据分成几个文件",
        )
    headings = {columns.placed[c.name]: c.heading for c in table.column if c.name in columns.placed}
    merges = Merges(sheet, sorted(row.number for row in rows), frozenset(headings))
    found.findings += merges.findings(place)
    found.findings += beside_findings(columns, _beside(sheet, columns), place)
    found.findings += hidden_findings(sheet, rows, headings, place)
    _Rows(sheet, columns, place, merges, found).read(rows)
    return found


def data_rows(sheet: Sheet, columns: Columns) -> list[Row]:
    """Rows below the head in which a declared column or its 异常说明 says something."""
    read = frozenset(at for code, at in columns.placed.items() if code != SHOWN_NAME)
    return [
        row
        for row in sheet.rows
        if row.number >= columns.first_row
        and any(cell.column in read and says(cell) for cell in row.cells)
    ]


def _beside(sheet: Sheet, columns: Columns) -> dict[int, int]:
    """Sheet column → first row in which it says something, of columns outside the template."""
    known = columns.understood
    found: dict[int, int] = {}
    for row in sheet.rows:
        if row.number >= columns.first_row:
            for cell in row.cells:
                if cell.column not in known and says(cell):
                    found.setdefault(cell.column, row.number)
    return found


class _Rows:
    """Reads the rows of one sheet into `found`."""

    def __init__(
        self, sheet: Sheet, columns: Columns, place: Place, merges: Merges, found: Reading
    ) -> None:
        self._place = place
        self._merges = merges
        self._found = found
        self._table = tables()[columns.table]
        self._formulas = Formulas()
        self._keys = Keys(self._table, place)
        self._first_key = letters(columns.placed[self._table.key[0]])
        self._fields = list(_fields(columns, sheet))

    def read(self, rows: list[Row]) -> None:
        for row in rows:
            self._read(row)
        labels = {each.column.name: each.column.label for each in self._fields}
        self._found.findings += self._formulas.findings(self._place, labels)

    def _read(self, row: Row) -> None:
        cells = {cell.column: cell for cell in row.cells}
        covered = self._merges.covered(row.number)
        number = str(row.number)
        first = cells.get(self._fields[0].at or 0)
        where = self._place.origin(self._first_key + number, first.text if first else "")
        entries: dict[str, Entry] = {}
        problems: list[tuple[Problem, Origin, str]] = []
        for each in self._fields:
            name = each.column.name
            if each.at is None:
                entries[name] = Entry(State.UNCLEAR, None, where)
                continue
            cell = cells.get(each.at)
            origin = self._place.origin(each.letters + number, "" if cell is None else cell.text)
            said = self._explanation(each, cells, number, problems)
            if each.at in covered:
                entries[name] = Entry(State.UNCLEAR, None, origin, said)
                continue
            outcome = each.reader.read(cell)
            entries[name] = Entry(outcome.state, outcome.value, origin, said)
            if outcome.problem is not None:
                problems.append((outcome.problem, origin, name))
            elif cell is not None and cell.formula and outcome.state is not State.BLANK:
                self._formulas.note(name, origin.cell)
        self._keep(entries, where, problems)

    def _explanation(
        self,
        each: _Field,
        cells: dict[int, Cell],
        number: str,
        problems: list[tuple[Problem, Origin, str]],
    ) -> str | None:
        cell = cells.get(each.explained_at) if each.explained_at else None
        if cell is None:
            return None
        problem = explanation_problem(cell, each.column)
        if problem is not None:
            origin = self._place.origin(f"{letters(cell.column)}{number}", cell.text)
            problems.append((problem, origin, each.column.name))
        return explanation(cell)

    def _keep(
        self, entries: dict[str, Entry], where: Origin, problems: list[tuple[Problem, Origin, str]]
    ) -> None:
        record = Record(self._table.name, self._keys.of(entries), entries, where)
        self._found.records.append(record)
        self._found.findings += self._keys.findings(record)
        self._found.findings += [
            self._place.of_problem(problem, origin, record.key, column)
            for problem, origin, column in problems
        ]


def _fields(columns: Columns, sheet: Sheet) -> Iterator[_Field]:
    """The fields of the table; absent ones that may stay blank are left out."""
    for column in tables()[columns.table].column:
        known = column.name in columns.placed and column.name not in columns.disputed
        at = columns.placed[column.name] if known else None
        if at is None and column.required == "never" and column.name not in columns.disputed:
            continue
        yield _Field(
            column,
            Reader(column, date_1904=sheet.date_1904),
            at,
            letters(at) if at else "",
            columns.placed.get(column.name + EXPLANATION),
        )
