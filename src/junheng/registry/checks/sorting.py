"""The rows of a filing by table and key, and what is known in each of their cells."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cache
from typing import Any

from junheng.registry.catalogue import tables
from junheng.registry.checks.settling import (
    Decision,
    Plan,
    Settled,
    all_groups,
    always_filled,
    plan_of,
    settle,
)
from junheng.registry.filing import Record

COUNTY, REGISTER, SCHOOLS = "county", "register", "schools"
ALWAYS = ("always", "always")
UNKNOWN: Decision = (None, None)

Tainted = Mapping[tuple[str, tuple[str, ...]], Set[str]]
"""(table, key) of a row → the columns of its cells that the reader refused."""
NONE: Set[str] = frozenset()

Rows = Mapping[str, Mapping[tuple[str, ...], Record]]


@dataclass
class Sorted:
    """Rows by table and key; rows with the same key; rows that cannot be joined."""

    rows: dict[str, dict[tuple[str, ...], Record]]
    repeated: list[tuple[Record, Record]] = field(default_factory=list)
    nameless: list[Record] = field(default_factory=list)


@dataclass
class Tally:
    """What settling found, row by row, and the settled rows."""

    records: list[Record] = field(default_factory=list)
    blank: list[tuple[Record, str]] = field(default_factory=list)
    dashed: list[tuple[Record, str]] = field(default_factory=list)
    needless: list[tuple[Record, str]] = field(default_factory=list)
    replaced: dict[int, Record] = field(default_factory=dict)
    """Rows that settling changed, by the identity of the row as handed in."""
    added: list[Record] = field(default_factory=list)
    """Rows that nobody had to hand in."""

    def add(self, settled: Settled, tainted: Tainted) -> None:
        record = settled.record
        self.records.append(record)
        if settled.handed is None:
            self.added.append(record)
        elif settled.handed is not record:
            self.replaced[id(settled.handed)] = record
        if not (settled.blank or settled.dashed or settled.needless):
            return
        refused = tainted.get((record.table, record.key), NONE)
        for names, found in (
            (settled.blank, self.blank),
            (settled.dashed, self.dashed),
            (settled.needless, self.needless),
        ):
            found += [(record, name) for name in names if name not in refused]


def sort(records: Iterable[Record]) -> Sorted:
    """Rows by table and, in each, by key in order, so that the order of reading leaves no trace."""
    met: dict[str, dict[tuple[str, ...], Record]] = {name: {} for name in tables()}
    keys = {name: table.key for name, table in tables().items()}
    found = Sorted({})
    for record in records:
        key, filed = record.key, record.filed
        for each in keys[record.table]:
            if each not in filed and record.state(each) is not None:
                break
        else:
            if "" not in key:
                first = met[record.table].setdefault(key, record)
                if first is not record:
                    found.repeated.append((record, first))
                continue
        found.nameless.append(record)
    for name, rows in met.items():
        ordered = sorted(rows)
        found.rows[name] = (
            rows if ordered == list(rows) else {key: rows[key] for key in ordered}
        )  # fmt: skip
    return found


def usual_year(counties: Iterable[Record]) -> int | None:
    filed = Counter(value for c in counties if isinstance(value := c.value("filing_year"), int))
    return min(filed, key=lambda year: (-filed[year], year), default=None)


def values(records: Iterable[Record], tainted: Tainted) -> tuple[dict[str, Any], frozenset[str]]:
    """Known values by column, and the columns whose cell says something not understood."""
    known: dict[str, Any] = {}
    unclear: set[str] = set()
    for record in records:
        known |= record.filed
        unclear.update(record.row.unclear())
        refused = tainted.get((record.table, record.key), NONE)
        unclear.update(name for name in refused if name in record.entries)
    unclear.update(
        [n for n, v in known.items() if v.__class__ is Decimal and not v.is_finite()]
    )  # fmt: skip
    for name in unclear:
        known.pop(name, None)
    return known, frozenset(unclear)


@cache
def _in_any_row(table: str) -> Plan:
    """What must be filled in a row whatever else is known of its school."""
    per_school = tables()[table].per_school
    sure = {
        group: always_filled(group) if per_school else group[:2] == ALWAYS for group in all_groups()
    }
    return plan_of(table, {group: (True, True) if sure[group] else UNKNOWN for group in sure})


def all_needed(table: str) -> Set[str]:
    """The columns that a row of the table must fill; where it does, there is nothing to settle."""
    return _in_any_row(table).needed


def alone(record: Record) -> Settled:
    """A row settled without the rest of its school's return."""
    return settle(record, _in_any_row(record.table))


def in_place(before: Sequence[Record], tally: Tally) -> Sequence[Record]:
    """Settled rows where the rows as handed in stood, where each key stands in one row."""
    if not (tally.replaced or tally.added):
        return before
    now = tally.replaced.get
    return [*(now(id(record), record) for record in before), *tally.added]


def in_order(before: Iterable[Record], after: Sequence[Record]) -> tuple[Record, ...]:
    """Settled rows in the order in which they were read; rows added for a school come last."""
    settled: dict[str, dict[tuple[str, ...], Record]] = {name: {} for name in tables()}
    again: dict[tuple[str, tuple[str, ...]], list[Record]] = {}
    for record in after:
        rows = settled[record.table]
        if record.key in rows:
            again.setdefault((record.table, record.key), []).append(record)
        else:
            rows[record.key] = record
    found: list[Record] = []
    for record in before:
        first = settled[record.table].pop(record.key, None)
        if first is not None:
            found.append(first)
            found += again.get((record.table, record.key), ()) if again else ()
    if any(settled.values()):
        found += [record for record in after if record.key in settled[record.table]]
    return tuple(found)
