"""What was handed in: every cell with its address, and what is wrong with it.

`read` makes a `Filing`, `check` adds findings, `seal` freezes it. Nothing here opens a file.
"""

from abc import abstractmethod
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import StrEnum
from functools import cached_property

from junheng.freezing import frozen

Value = int | str | bool | Decimal | date
"""A filed value in facts units: counts int, areas m² and money yuan as Decimal with 2 places."""


class State(StrEnum):
    """Four things a cell can say; 0 is a filed value and never one of the others."""

    FILED = "filed"
    BLANK = "blank"
    NOT_APPLICABLE = "not_applicable"
    UNCLEAR = "unclear"
    """Something stands there that cannot be taken as a value; a finding says why."""


class Level(StrEnum):
    """Group of a finding, in the order in which they are shown."""

    MUST_FIX = "必须改"
    EXPLAIN = "请说明"
    NOTE = "提示"


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a value stands: file name, sheet, cell address, text as found.

    A finding on a whole sheet has no cell, one on a whole file neither sheet nor cell.
    """

    file: str
    sheet: str
    cell: str
    raw: str = ""

    def __str__(self) -> str:
        where = f"{self.sheet}!{self.cell}" if self.cell else self.sheet
        return f"{self.file} {where}".rstrip()


@dataclass(frozen=True, slots=True)
class Entry:
    """One cell of one record, understood."""

    state: State
    value: Value | None
    origin: Origin
    explanation: str | None = None
    """Text of the 异常说明 cell beside it."""


_KINDS: set[type] = set()


class Entries(Mapping[str, Entry]):
    """The entries of a row, each made when it is asked for: of a quarter of a million most never are.

    What is asked of every row is answered without making them.
    """

    def __init_subclass__(cls) -> None:
        _KINDS.add(cls)

    @property
    def origin(self) -> Origin:
        """The place of the row; only for rows whose record leaves it to them."""
        raise NotImplementedError

    @abstractmethod
    def state(self, column: str) -> State | None:
        """The state of an entry; None where there is none."""

    def states(self, columns: Iterable[str]) -> Iterable[State | None]:
        """The same of several."""
        return map(self.state, columns)

    @abstractmethod
    def filed(self) -> dict[str, Value]:
        """The values of what is filed, by column."""

    @abstractmethod
    def unclear(self) -> list[str]:
        """The columns that are unclear."""

    @abstractmethod
    def explanations(self) -> Mapping[str, str]:
        """The texts of the 异常说明 cells, by column."""


@frozen
class Record:
    """One row (or the county form): its key values and its entries by column name."""

    table: str
    key: tuple[str, ...]
    entries: Mapping[str, Entry]
    origin: Origin
    """The row: `cell` is the address of its first key cell."""

    @classmethod
    def holding(
        cls,
        table: str,
        key: tuple[str, ...],
        entries: Entries,
        filed: Mapping[str, Value],
    ) -> "Record":
        """A record of which it is known already what is filed, and whose entries know its place: a
        city has fifty thousand of them, and making one as usual takes longer than reading it."""
        record = object.__new__(cls)
        record.__dict__.update(table=table, key=key, entries=entries, filed=filed)
        return record

    @property
    def row(self) -> Entries:
        """The entries, with the questions that are asked of every row."""
        entries = self.entries
        # Asked a million times, and slow of an abstract class: what it is not, is found out last.
        if type(entries) in _KINDS or isinstance(entries, Entries):
            return entries  # type: ignore[return-value]
        return _Made(entries)

    @cached_property
    def filed(self) -> Mapping[str, Value]:
        """The values of what is filed, by column."""
        return self.row.filed()

    def value(self, column: str) -> Value | None:
        return self.filed.get(column)

    def state(self, column: str) -> State | None:
        """The state of an entry; None where the row has none of that column."""
        return self.row.state(column)


_left_to_the_entries = cached_property(lambda record: record.entries.origin)
_left_to_the_entries.__set_name__(Record, "origin")
Record.origin = _left_to_the_entries  # type: ignore[assignment]
"""Asked for where a record was made without it: of most rows nobody ever asks where they stand."""


class _Made(Entries):
    """Entries that are there already."""

    def __init__(self, entries: Mapping[str, Entry]) -> None:
        self._entries = entries

    def __getitem__(self, column: str) -> Entry:
        return self._entries[column]

    def __iter__(self) -> Iterator[str]:
        return iter(self._entries)

    def __len__(self) -> int:
        return len(self._entries)

    def state(self, column: str) -> State | None:
        entry = self._entries.get(column)
        return None if entry is None else entry.state

    def filed(self) -> dict[str, Value]:
        return {
            name: entry.value
            for name, entry in self._entries.items()
            if entry.state is State.FILED and entry.value is not None
        }

    def unclear(self) -> list[str]:
        return [name for name, entry in self._entries.items() if entry.state is State.UNCLEAR]

    def explanations(self) -> Mapping[str, str]:
        return {name: e.explanation for name, e in self._entries.items() if e.explanation}


@frozen
class Finding:
    """One problem, with all a clerk needs to mend it."""

    level: Level
    check: str
    """Code of the check: K1–K15 of standards.md §11, S… structure, V… value, R… relation."""
    origin: Origin
    found: str
    """What was found, in Chinese, ending without punctuation."""
    allowed: str
    """What is allowed, the rule."""
    mend: str
    """What to do."""
    table: str = ""
    key: tuple[str, ...] = ()
    column: str = ""
    explanation: str = ""
    """The 异常说明 that answered it: 请说明 before, 提示 since, kept with the seal."""

    @property
    def sentence(self) -> str:
        return f"{self.origin}：{self.found}；{self.allowed}。{self.mend}。"


@frozen
class Source:
    """A file that was read, named by its content."""

    file: str
    sha256: str
    size: int


@dataclass(frozen=True, repr=False)
class Filing:
    """Everything read from the files given, and the problems met while reading."""

    records: tuple[Record, ...]
    findings: tuple[Finding, ...]
    sources: tuple[Source, ...]
    template_version: str | None = None

    def __repr__(self) -> str:
        files = "、".join(each.file for each in self.sources) or "没有文件"
        return f"<填报：{files}；{len(self.of('schools'))}所学校，{len(self.records)}条记录，读入时{len(self.findings)}处问题>"

    def of(self, table: str) -> tuple[Record, ...]:
        return tuple(each for each in self.records if each.table == table)

    @property
    def blocking(self) -> tuple[Finding, ...]:
        return tuple(each for each in self.findings if each.level is Level.MUST_FIX)


@frozen
class Report:
    """The outcome of `check`: all findings in reading order, and what could not be checked."""

    filing: Filing
    findings: tuple[Finding, ...]
    missing_schools: tuple[tuple[str, str], ...] = ()
    """(code, name) of schools on the register without a return."""
    unverified: tuple[tuple[str, str], ...] = field(default=())
    """(check code, reason) of checks that could not run on what was filed: 未核验."""
    evidence: tuple[Source, ...] = ()
    """The evidence files that rows name and whose hash was verified."""

    def at(self, level: Level) -> tuple[Finding, ...]:
        return tuple(each for each in self.findings if each.level is level)

    @property
    def explained(self) -> tuple[Finding, ...]:
        """What was 请说明 until its 异常说明 was read."""
        return tuple(each for each in self.findings if each.explanation)

    @property
    def acceptable(self) -> bool:
        return not self.at(Level.MUST_FIX)
