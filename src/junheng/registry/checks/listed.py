"""The rows of a list over the whole filing, column by column: most rows say what others say too."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import chain
from typing import Any

from junheng.registry.filing import Record

Wrong = Callable[..., bool]
"""Of the values of some columns of a row: whether the row has to be looked at."""


class Listed:
    """The rows of one list table."""

    def __init__(self, rows: Mapping[str, Iterable[Record]]) -> None:
        """`rows` by their first key."""
        self.rows: Sequence[Record] = list(chain.from_iterable(rows.values()))
        self._values: dict[str, Sequence[Any]] = {}

    def values(self, column: str) -> Sequence[Any]:
        """What is filed in a column, row by row; None where nothing is."""
        found = self._values.get(column)
        if found is None:
            found = self._values[column] = [row.filed.get(column) for row in self.rows]
        return found

    def those(self, wrong: Wrong, *columns: str) -> Iterator[Record]:
        """The rows that have to be looked at; those that say the same are asked for once."""
        answers = _Answers(wrong)
        said = zip(*map(self.values, columns), strict=True)
        return (row for row, values in zip(self.rows, said, strict=True) if answers[values])


class _Answers(dict[tuple[Any, ...], bool]):
    def __init__(self, wrong: Wrong) -> None:
        super().__init__()
        self._wrong = wrong

    def __missing__(self, values: tuple[Any, ...]) -> bool:
        self[values] = answer = self._wrong(*values)
        return answer
