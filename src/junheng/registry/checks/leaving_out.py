"""A row in which some cells do not apply: whatever was typed there, they say 不适用."""

from collections.abc import Collection, Iterator, Mapping

from junheng.registry.filing import Entries, Entry, Origin, Record, State, Value


class LeftOut(Entries):
    """The entries of a row, some of them left out; also those that the row does not have at all."""

    __slots__ = ("_names", "_record")

    def __init__(self, record: Record, names: Collection[str]) -> None:
        self._record = record
        self._names = names

    @property
    def origin(self) -> Origin:
        return self._record.origin

    def __getitem__(self, column: str) -> Entry:
        if column not in self._names:
            return self._record.entries[column]
        entry = self._record.entries.get(column)
        if entry is None:
            return Entry(State.NOT_APPLICABLE, None, self._record.origin)
        return Entry(State.NOT_APPLICABLE, None, entry.origin, entry.explanation)

    def __contains__(self, column: object) -> bool:
        return column in self._names or column in self._record.entries

    def __iter__(self) -> Iterator[str]:
        entries = self._record.entries
        yield from entries
        yield from (name for name in self._names if name not in entries)

    def __len__(self) -> int:
        entries = self._record.entries
        return len(entries) + sum(name not in entries for name in self._names)

    def state(self, column: str) -> State | None:
        return State.NOT_APPLICABLE if column in self._names else self._record.row.state(column)

    def filed(self) -> dict[str, Value]:
        filed = dict(self._record.filed)
        for name in self._names:
            filed.pop(name, None)
        return filed

    def unclear(self) -> list[str]:
        return [name for name in self._record.row.unclear() if name not in self._names]

    def explanations(self) -> Mapping[str, str]:
        return self._record.row.explanations()


def without(record: Record, names: Collection[str]) -> Record:
    """The row with these cells left out, in declared order where the row lacks them."""
    if not names:
        return record
    return Record(record.table, record.key, LeftOut(record, names), record.origin)
