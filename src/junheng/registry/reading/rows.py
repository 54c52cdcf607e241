"""From a row sheet to records: one record a row, every cell with its address."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from junheng.registry.catalogue import tables
from junheng.registry.filing import Finding, Origin, Record, State
from junheng.registry.layout import SHOWN_NAME
from junheng.registry.reading.addresses import letters
from junheng.registry.reading.around import Formulas, Merges, hidden_findings
from junheng.registry.reading.cells import Codes, Outcomes, explanation, explanation_problem
from junheng.registry.reading.entries import Head, RowEntries
from junheng.registry.reading.fields import (
    NOWHERE,
    Field,
    by_column,
    fields_of,
    key_text,
    key_texts,
    runs,
)
from junheng.registry.reading.findings import Place
from junheng.registry.reading.head_findings import beside_findings, head_findings
from junheng.registry.reading.keys import Keys
from junheng.registry.reading.matching import Columns
from junheng.registry.reading.outcome import UNTAKEN, Outcome, Problem
from junheng.registry.reading.plain import narrowed
from junheng.registry.reading.sandbox.wire import Cell, Refused, Sheet

NOTHING_SAID: Mapping[str, str] = {}
"""A row without explanations."""


@dataclass
class Reading:
    """What came out of one sheet."""

    table: str
    records: list[Record] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    whole: bool = True
    """The head is that of the template."""


def says(cell: Cell) -> bool:
    """Whether anything stands in the cell but spaces."""
    return cell.kind != "s" or cell.text[:1].isalnum() or bool(narrowed(cell.text))


def read_rows(
    sheet: Sheet, columns: Columns, place: Place, codes: Codes, *, schools: int, cells: int
) -> Reading:
    """Records and findings of a row sheet; `codes` are those met on other sheets of the file.

    Raises Refused beyond this number of schools, or of cells that its rows have to account for.

    A row without a readable key becomes a record all the same: its key holds empty texts.
    """
    found = Reading(columns.table, whole=columns.whole)
    found.findings += head_findings(columns, place)
    table = tables()[columns.table]
    if not all(key in columns.placed and key not in columns.disputed for key in table.key):
        return found
    below = _Below(sheet, columns)
    one_a_school = table.key == ("school_code",)
    if len(below.rows) * len(table.column) > cells or (one_a_school and len(below.rows) > schools):
        raise Refused(
            "S07",
            f"“{sheet.name}”有 {len(below.rows)} 行数据，超过能读取的行数",
            "请检查是否误填了很多行，或把数据分成几个文件",
        )
    headings = {columns.placed[c.name]: c.heading for c in table.column if c.name in columns.placed}
    numbers = [sheet.row_numbers[row] for row in below.rows]
    merges = Merges(sheet, sorted(numbers), frozenset(headings))
    found.findings += merges.findings(place)
    found.findings += beside_findings(columns, below.beside(), place)
    shown = [(sheet.row_numbers[row], bool(sheet.row_hidden[row])) for row in below.rows]
    filled = below.filled() if sheet.hidden_columns else ()
    found.findings += hidden_findings(sheet, shown, headings, filled, place)
    _Rows(sheet, columns, place, merges, codes, found).read(below.rows)
    return found


class _Below:
    """What stands below the head of a sheet. Rows are meant by their place among the filled ones."""

    def __init__(self, sheet: Sheet, columns: Columns) -> None:
        self._sheet = sheet
        self._columns = columns
        self._mute = {n for n, content in enumerate(sheet.contents) if not says(content)}
        first = columns.first_row
        self._all = [n for n, row in enumerate(sheet.row_numbers) if row >= first]
        self._read = frozenset(at for code, at in columns.placed.items() if code != SHOWN_NAME)
        self.rows = list(self._speaking())
        """Rows in which a declared column or its 异常说明 says something."""

    def _speaking(self) -> Iterator[int]:
        starts, which = self._sheet.starts, self._sheet.which
        for _, first, last, shape in runs(self._sheet, self._all):
            if not shape:
                continue
            usual = shape[0] in self._read
            firsts = which[starts[first] : starts[last + 1] : len(shape)]
            for row, content in zip(range(first, last + 1), firsts, strict=True):
                if (usual and content not in self._mute) or self._speaks(row):
                    yield row

    def _speaks(self, row: int) -> bool:
        cells = self._sheet.cells(row)
        return any(column in self._read and content not in self._mute for column, content in cells)

    def beside(self) -> dict[int, int]:
        """Sheet column → first row in which it says something, of columns outside the template."""
        found: dict[int, int] = {}
        known = self._columns.understood
        odd = {n for n, shape in enumerate(self._sheet.shapes) if not known.issuperset(shape)}
        for row in self._all if odd else ():
            if self._sheet.row_shapes[row] not in odd:
                continue
            for column, content in self._sheet.cells(row):
                if column not in known and content not in self._mute:
                    found.setdefault(column, self._sheet.row_numbers[row])
        return found

    def filled(self) -> set[int]:
        """The columns in which something stands."""
        return {column for row in self.rows for column, _ in self._sheet.cells(row)}


class _Rows:
    """Reads the rows of one sheet into `found`, column by column: a content is understood once in
    a column, and a row is looked at on its own only where there is something to tell of it."""

    def __init__(
        self,
        sheet: Sheet,
        columns: Columns,
        place: Place,
        merges: Merges,
        codes: Codes,
        found: Reading,
    ) -> None:
        self._sheet = sheet
        self._place = place
        self._merges = merges
        self._found = found
        self._table = tables()[columns.table]
        self._formulas = Formulas()
        self._keys = Keys(self._table, place)
        self._fields = list(fields_of(columns))
        names = tuple(each.column.name for each in self._fields)
        self._head = Head(
            place.file, place.sheet, names, tuple(each.letters for each in self._fields),
            {name: number for number, name in enumerate(names)}, sheet.contents,
            letters(columns.placed[self._table.key[0]]),
        )  # fmt: skip
        self._key = [self._head.places[name] for name in self._table.key]
        self._complete = all(each.at for each in self._fields)
        self._explained = [each.explained_at for each in self._fields if each.explained_at]
        self._outcomes = [
            None if each.at is None else Outcomes(each.column, sheet, codes.of(each.column))
            for each in self._fields
        ]

    def read(self, rows: Sequence[int]) -> None:
        if rows:
            self._read(rows)
        labels = {each.column.name: each.column.label for each in self._fields}
        self._found.findings += self._formulas.findings(self._place, labels)

    def _read(self, rows: Sequence[int]) -> None:
        numbers = [self._sheet.row_numbers[row] for row in rows]
        standing = by_column(
            self._sheet, rows, {NOWHERE, *(each.at or NOWHERE for each in self._fields), *self._explained}
        )  # fmt: skip
        contents = [standing[each.at or NOWHERE] for each in self._fields]
        outcomes = [
            [UNTAKEN] * len(rows) if known is None else list(map(known.__getitem__, held))
            for known, held in zip(self._outcomes, contents, strict=True)
        ]
        told = self._to_tell(numbers, contents, standing)
        keys = list(zip(*(key_texts(outcomes[p], contents[p]) for p in self._key), strict=True))
        clear = len(set(keys)) == len(keys) and not any("" in key for key in keys)
        head, names, table = self._head, self._head.names, self._table.name
        complete, add = self._complete, self._found.records.append
        by_row = (rows, numbers, keys, zip(*contents, strict=True), zip(*outcomes, strict=True))
        for place, (row, number, key, held, said) in enumerate(zip(*by_row, strict=True)):
            if place in told:
                self._add(row, key, list(said), held)
                continue
            entries = RowEntries(head, number, said, held, NOTHING_SAID)
            entries.whole = complete
            filed = {
                name: value
                for name, outcome in zip(names, said, strict=True)
                if (value := outcome.value) is not None
            }
            record = Record.holding(table, key, entries, filed)
            add(record)
            if not clear:
                self._check_key(record)

    def _to_tell(
        self,
        numbers: Sequence[int],
        contents: Sequence[Sequence[int]],
        standing: Mapping[int, Sequence[int]],
    ) -> set[int]:
        """Places of the rows that have to be looked at on their own."""
        told: set[int] = set()
        for known, held in zip(self._outcomes, contents, strict=True):
            if known is not None and known.noted:
                told.update(n for n, content in enumerate(held) if content in known.noted)
        for at in self._explained:
            told.update(n for n, content in enumerate(standing[at]) if content)
        if merged := self._merges.rows:
            told.update(n for n, row in enumerate(numbers) if row in merged)
        return told

    def _add(
        self, row: int, key: tuple[str, ...], outcomes: list[Outcome], contents: Sequence[int]
    ) -> None:
        """A row of which something may have to be told."""
        said: dict[str, str] = {}
        number = self._sheet.row_numbers[row]
        entries = RowEntries(self._head, number, outcomes, contents, said)
        covered = self._merges.covered(number)
        cells = dict(self._sheet.cells(row))
        problems = list(self._told(number, cells, covered, entries, outcomes, said))
        key = tuple([key_text(outcomes[place]) for place in self._key])
        record = Record(self._table.name, key, entries, entries.origin)
        self._found.records.append(record)
        self._check_key(record)
        self._found.findings += [
            self._place.of_problem(problem, origin, key, column)
            for problem, origin, column in problems
        ]

    def _check_key(self, record: Record) -> None:
        if not self._keys.is_new(record):
            self._found.findings += self._keys.findings(record)

    def _told(
        self,
        row: int,
        cells: dict[int, int],
        covered: frozenset[int],
        entries: RowEntries,
        outcomes: list[Outcome],
        said: dict[str, str],
    ) -> Iterator[tuple[Problem, Origin, str]]:
        """What is to be told of a row; explanations, and cells that are not taken, are noted down."""
        for place, each in enumerate(self._fields):
            if each.at is None:
                continue
            name = each.column.name
            yield from self._explanation(each, cells, row, said)
            if each.at in covered:
                outcomes[place] = UNTAKEN
                continue
            outcome = outcomes[place]
            if outcome.problem is not None:
                yield outcome.problem, entries[name].origin, name
            elif outcome.state is not State.BLANK and self._is_formula(cells[each.at]):
                self._formulas.note(name, f"{each.letters}{row}")

    def _is_formula(self, content: int) -> bool:
        return self._sheet.contents[content].formula

    def _explanation(
        self, each: Field, cells: dict[int, int], row: int, said: dict[str, str]
    ) -> Iterator[tuple[Problem, Origin, str]]:
        content = cells.get(each.explained_at) if each.explained_at else None
        if content is None or each.explained_at is None:
            return
        cell = self._sheet.contents[content]
        problem = explanation_problem(cell, each.column)
        if problem is not None:
            origin = self._place.origin(f"{letters(each.explained_at)}{row}", cell.text)
            yield problem, origin, each.column.name
        text = explanation(cell)
        if text is not None:
            said[each.column.name] = text
