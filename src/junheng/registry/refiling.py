"""Facts as the filing that would say the same: so that the checks can be asked of facts nobody filed.

Every row is a record; what is marked 不适用 says so, what is empty is blank. A cell is named by its
table and its column, since there is no file.
"""

from collections.abc import Iterator, Mapping
from typing import Any

from junheng.registry.catalogue import tables
from junheng.registry.facts import EXPLAINED, NOT_APPLICABLE, Facts, joined_key
from junheng.registry.filing import Entries, Entry, Filing, Origin, Record, State, Value

FILE = "推演"
"""Stands where findings name the file."""
Words = Mapping[str, str]
"""Column → text of its mark."""


def refiled(facts: Facts) -> Filing:
    """What was filed, were these facts filed: no findings of reading, no sources."""
    marks: dict[tuple[str, str], dict[str, dict[str, str]]] = {}
    for table, key, column, mark, text in facts.marks.iter_rows():
        marks.setdefault((table, key), {}).setdefault(mark, {})[column] = text
    records = []
    for name, table in tables().items():
        origin = Origin(FILE, table.label, "")
        for row in facts[name].iter_rows(named=True):
            key = tuple("" if row[c] is None else str(row[c]) for c in table.key)
            said = marks.get((name, joined_key(key)), {})
            dashed, explained = said.get(NOT_APPLICABLE, {}), said.get(EXPLAINED, {})
            records.append(Record(name, key, _Held(row, dashed, explained, origin), origin))
    return Filing(tuple(records), (), ())


class _Held(Entries):
    """The cells of a row of facts."""

    __slots__ = ("_dashed", "_explained", "_origin", "_row")

    def __init__(
        self, row: dict[str, Any], dashed: Words, explained: Words, origin: Origin
    ) -> None:
        self._row, self._dashed = row, dashed
        self._explained, self._origin = explained, origin

    def __getitem__(self, column: str) -> Entry:
        value, state = self._row[column], self.state(column)
        assert state is not None, "the row has this column"
        return Entry(state, value, self._origin, self._explained.get(column))

    def __iter__(self) -> Iterator[str]:
        return iter(self._row)

    def __len__(self) -> int:
        return len(self._row)

    def state(self, column: str) -> State | None:
        if column not in self._row:
            return None
        if self._row[column] is not None:
            return State.FILED
        return State.NOT_APPLICABLE if column in self._dashed else State.BLANK

    def filed(self) -> dict[str, Value]:
        return {name: value for name, value in self._row.items() if value is not None}

    def unclear(self) -> list[str]:
        return []

    def explanations(self) -> Mapping[str, str]:
        return self._explained


__all__ = ["refiled"]
