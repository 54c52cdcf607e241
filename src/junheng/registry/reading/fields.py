"""The declared columns of a table where they stand on a sheet, and what stands in them, by column."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass

from junheng.registry.catalogue import tables
from junheng.registry.filing import State
from junheng.registry.layout import EXPLANATION
from junheng.registry.reading.addresses import letters
from junheng.registry.reading.matching import Columns
from junheng.registry.reading.outcome import Outcome
from junheng.registry.reading.sandbox.wire import NOTHING, Sheet
from junheng.schema import Column

NOWHERE = 0
"""No sheet column."""


@dataclass(frozen=True, slots=True)
class Field:
    """One declared column and where it stands on this sheet."""

    column: Column
    at: int | None
    """None where the column is absent, or its head is disputed: nothing is taken."""
    letters: str
    explained_at: int | None


def fields_of(columns: Columns) -> Iterator[Field]:
    """The fields of the table; absent ones that may stay blank are left out."""
    for column in tables()[columns.table].column:
        known = column.name in columns.placed and column.name not in columns.disputed
        at = columns.placed[column.name] if known else None
        if at is None and column.required == "never" and column.name not in columns.disputed:
            continue
        yield Field(
            column,
            at,
            letters(at) if at else "",
            columns.placed.get(column.name + EXPLANATION),
        )


def by_column(
    sheet: Sheet, rows: Sequence[int], columns: Collection[int]
) -> Mapping[int, list[int]]:
    """Sheet column → number of what stands in it in each of the rows, which rise."""
    found = {column: [NOTHING] * len(rows) for column in columns}
    starts, which = sheet.starts, sheet.which
    for place, first, last, shape in runs(sheet, rows):
        start, end = starts[first], starts[last + 1]
        for at, column in enumerate(shape):
            if column in found:
                found[column][place : place + last - first + 1] = which[
                    start + at : end : len(shape)
                ]
    return found


def runs(sheet: Sheet, rows: Sequence[int]) -> Iterator[tuple[int, int, int, tuple[int, ...]]]:
    """Rows of one shape that stand together: where the first is among `rows`, the first and the
    last, their shape."""
    shapes, place = sheet.row_shapes, 0
    while place < len(rows):
        first = last = rows[place]
        shape, end = shapes[first], place + 1
        while end < len(rows) and rows[end] == last + 1 and shapes[last + 1] == shape:
            last, end = last + 1, end + 1
        yield place, first, last, sheet.shapes[shape]
        place = end


def key_texts(outcomes: Sequence[Outcome], contents: Sequence[int]) -> Iterator[str]:
    """Parts of keys, row by row."""
    different = dict(zip(contents, outcomes, strict=True))
    texts = {content: key_text(outcome) for content, outcome in different.items()}
    return map(texts.__getitem__, contents)


def key_text(outcome: Outcome) -> str:
    """A part of a key; empty where the cell is blank or unclear."""
    return str(outcome.value) if outcome.state is State.FILED else ""
