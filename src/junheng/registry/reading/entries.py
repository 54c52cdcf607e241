"""The entries of a row that was read: the row keeps what each cell turned out to say, and where."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from junheng.registry.filing import Entries, Entry, Origin, State, Value
from junheng.registry.reading.outcome import Outcome
from junheng.registry.reading.sandbox.wire import Cell


@dataclass(frozen=True, slots=True)
class Head:
    """What all rows of a sheet share."""

    file: str
    sheet: str
    names: tuple[str, ...]
    """The columns in declared order."""
    letters: tuple[str, ...]
    """Where each stands; empty where it is absent, or its head is disputed."""
    places: Mapping[str, int]
    """Name → its place among the names."""
    contents: Sequence[Cell]
    """What the cells of the sheet hold, by number."""
    key: str
    """Where the first key column stands."""


class RowEntries(Entries):
    """The entries of one row."""

    __slots__ = ("_contents", "_head", "_outcomes", "_row", "_said", "whole")

    def __init__(
        self,
        head: Head,
        row: int,
        outcomes: Sequence[Outcome],
        contents: Sequence[int],
        said: Mapping[str, str],
    ) -> None:
        """`outcomes` and `contents` (0: an empty cell) stand in the order of the head's names;
        `said` are its explanations by column."""
        self.whole = False
        """Nothing in it is unclear: that is known of most rows without looking at their cells."""
        self._head = head
        self._row = row
        self._outcomes = outcomes
        self._contents = contents
        self._said = said

    @property
    def origin(self) -> Origin:
        head = self._head
        raw = head.contents[self._contents[0]].text
        return Origin(head.file, head.sheet, f"{head.key}{self._row}", raw)

    def __getitem__(self, column: str) -> Entry:
        head = self._head
        place = head.places[column]
        outcome, letters = self._outcomes[place], head.letters[place]
        if not letters:
            return Entry(outcome.state, outcome.value, self.origin)
        content = self._contents[place]
        raw = head.contents[content].text
        origin = Origin(head.file, head.sheet, f"{letters}{self._row}", raw)
        return Entry(outcome.state, outcome.value, origin, self._said.get(column))

    def __contains__(self, column: object) -> bool:
        return column in self._head.places

    def __iter__(self) -> Iterator[str]:
        return iter(self._head.names)

    def __len__(self) -> int:
        return len(self._head.names)

    def state(self, column: str) -> State | None:
        place = self._head.places.get(column)
        return None if place is None else self._outcomes[place].state

    def states(self, columns: Iterable[str]) -> Iterable[State | None]:
        outcomes = self._outcomes
        places = map(self._head.places.get, columns)
        return [None if place is None else outcomes[place].state for place in places]

    def filed(self) -> dict[str, Value]:
        return {
            name: outcome.value
            for name, outcome in zip(self._head.names, self._outcomes, strict=True)
            if outcome.value is not None
        }

    def unclear(self) -> list[str]:
        if self.whole:
            return []
        return [
            name
            for name, outcome in zip(self._head.names, self._outcomes, strict=True)
            if outcome.state is State.UNCLEAR
        ]

    def explanations(self) -> Mapping[str, str]:
        return self._said
