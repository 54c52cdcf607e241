"""The steps that every portion takes: planned for the first portion, run again for each one after.

Naming an expression for an engine takes Python as long as computing it takes the engine, and the
portions differ in their rows only. So a step is named and its plan kept; what an earlier step held
is read through a source that gives the rows of the portion under way. An engine that takes all rows
at once runs every step once.
"""

from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future
from itertools import accumulate
from typing import Any, Literal, Protocol

import narwhals as nw
import polars as pl
from polars.io.plugins import register_io_source

from junheng.indicators.wide.merging import PARENT, WANTED, Frame, marked

Plan = Callable[[], Frame]
"""Makes the frame of a step out of frames that were held before it; asked once a worker."""
READ = "rows read"
COMPUTED: Literal["in-memory"] = "in-memory"
"""What a portion holds comes as one piece; the streaming engine takes a tenth longer over it."""


class Running(Protocol):
    """What a step needs of an engine."""

    def hold(self, frame: Frame) -> Frame: ...
    def keep(self, frame: Frame) -> Frame: ...
    def table(self, frame: pl.DataFrame) -> Frame: ...
    def collect(self, frame: Frame) -> pl.DataFrame: ...
    def write(self, frame: Frame, folder: str, portion: int) -> Frame: ...


class Steps(Protocol):
    """One worker's way through its portions, one portion at a time. Every step has a name."""

    def source(self, rows: Frame) -> Frame:
        """The rows of the portion under way as they stand in the files."""

    def release(self, *names: str) -> None:
        """What these steps held is not needed any more; `READ` names the source."""

    def hold(self, name: str, plan: Plan) -> Frame:
        """Computed once a portion, for being read several times."""

    def keep(self, name: str, plan: Plan) -> Frame:
        """As large as a portion and read again: computed once where portions are held."""

    def mark(self, name: str, rows: Frame, added: Frame) -> Frame:
        """`marked` of what two earlier steps gave: as large as a portion, and read again."""

    def table(self, name: str, frame: pl.DataFrame) -> Frame:
        """A small table of the portion, handed to the engine; the same columns every time."""

    def collect(self, name: str, plan: Plan) -> pl.DataFrame:
        """A small result handed back."""

    def ask(self, frame: Frame) -> pl.DataFrame:
        """A small result that another portion will not ask for in the same way."""

    def write(
        self, name: str, plan: Plan, folder: str, portion: int, again: Sequence[str] = ()
    ) -> Frame:
        """Written as Parquet into a folder, maybe later; the columns `again` for being read again."""

    def written(self) -> None:
        """Wait until everything is written. Raises what went wrong over it."""


class Once:
    """For an engine that takes all rows in one portion."""

    def __init__(self, engine: Running) -> None:
        self._engine = engine

    def source(self, rows: Frame) -> Frame:
        return rows

    def release(self, *names: str) -> None:
        """Nothing is held that could be let go of."""

    def hold(self, name: str, plan: Plan) -> Frame:  # noqa: ARG002
        return self._engine.hold(plan())

    def keep(self, name: str, plan: Plan) -> Frame:  # noqa: ARG002
        return self._engine.keep(plan())

    def mark(self, name: str, rows: Frame, added: Frame) -> Frame:  # noqa: ARG002
        return self._engine.keep(marked(rows, added))

    def table(self, name: str, frame: pl.DataFrame) -> Frame:  # noqa: ARG002
        return self._engine.table(frame)

    def collect(self, name: str, plan: Plan) -> pl.DataFrame:  # noqa: ARG002
        return self._engine.collect(plan())

    def ask(self, frame: Frame) -> pl.DataFrame:
        return self._engine.collect(frame)

    def write(
        self,
        name: str,  # noqa: ARG002
        plan: Plan,
        folder: str,
        portion: int,
        again: Sequence[str] = (),
    ) -> Frame:
        found = self._engine.write(plan(), folder, portion)
        return found.select(*again) if again else found

    def written(self) -> None:
        """Nothing is written later."""


class Again:
    """Polars: plans over sources that give whatever the portion under way holds.

    `write` begins to write a table.
    """

    def __init__(self, write: Callable[[pl.DataFrame, str, int], "Future[None]"]) -> None:
        self._write = write
        self._writing: list[Future[None]] = []
        self._plans: dict[str, pl.LazyFrame] = {}
        self._sources: dict[str, Frame] = {}
        self._held: dict[str, pl.DataFrame] = {}

    def source(self, rows: Frame) -> Frame:
        self._held.clear()
        return self._holding(READ, rows.to_native().collect())

    def release(self, *names: str) -> None:
        for name in names:
            del self._held[name]

    def hold(self, name: str, plan: Plan) -> Frame:
        return self._holding(name, self.collect(name, plan))

    def keep(self, name: str, plan: Plan) -> Frame:
        return self.hold(name, plan)

    def mark(self, name: str, rows: Frame, added: Frame) -> Frame:
        """Only the keys are joined: a join copies every other column for one more."""
        known, named = self._of(rows), self._of(added).lazy()
        told = known.lazy().select(PARENT).join(
            named.select(*PARENT, pl.lit(value=True).alias(WANTED)),
            on=PARENT, how="left", validate="m:1", maintain_order="left",
        )  # fmt: skip
        flags = told.select(pl.col(WANTED).fill_null(value=False)).collect(engine=COMPUTED)
        return self._holding(name, known.hstack([_in_pieces_of(known, flags.to_series())]))

    def table(self, name: str, frame: pl.DataFrame) -> Frame:
        return self._holding(name, frame)

    def collect(self, name: str, plan: Plan) -> pl.DataFrame:
        if name not in self._plans:
            self._plans[name] = plan().to_native()
        return self._plans[name].collect(engine=COMPUTED)

    def ask(self, frame: Frame) -> pl.DataFrame:
        found: pl.DataFrame = frame.to_native().collect()
        return found

    def write(
        self, name: str, plan: Plan, folder: str, portion: int, again: Sequence[str] = ()
    ) -> Frame:
        found = _blanks_last(self.collect(name, plan))
        self._writing.append(self._write(found, folder, portion))
        return self._holding(name, found.select(again))

    def written(self) -> None:
        for each in self._writing:
            each.result()

    def _of(self, frame: Frame) -> pl.DataFrame:
        """What stands in a frame that a step gave, in the portion under way."""
        return next(self._held[name] for name, each in self._sources.items() if each is frame)

    def _holding(self, name: str, found: pl.DataFrame) -> Frame:
        """The frame as a source that later portions fill anew."""
        self._held[name] = found
        if name not in self._sources:
            self._sources[name] = nw.from_native(self._read(name, found.schema))
        return self._sources[name]

    def _read(self, name: str, schema: pl.Schema) -> pl.LazyFrame:
        def rows(
            columns: list[str] | None,
            predicate: pl.Expr | None,
            most: int | None,
            batch: int | None,  # noqa: ARG001
        ) -> Iterator[pl.DataFrame]:
            found: Any = self._held[name]
            if columns is not None:
                found = found.select(columns)
            if predicate is not None:
                found = found.filter(predicate)
            if most is not None:
                found = found.head(most)
            yield found

        return register_io_source(rows, schema=schema)


def _blanks_last(found: pl.DataFrame) -> pl.DataFrame:
    """Rows without any blank first: most parts have none, and a column of a group of rows that has
    one takes half as long again to write."""
    whole = found.select(pl.all_horizontal(pl.all().is_not_null())).to_series()
    if not whole.any() or whole.all():
        return found
    return pl.concat([found.filter(whole), found.filter(~whole)])


def _in_pieces_of(rows: pl.DataFrame, column: pl.Series) -> pl.Series:
    """The column in pieces as long as those of the rows: else every step would join theirs anew."""
    lengths = rows.to_series().chunk_lengths()
    starts = accumulate(lengths, initial=0)
    pieces = [column.slice(start, n) for start, n in zip(starts, lengths, strict=False)]
    return pl.concat(pieces, rechunk=False) if pieces else column
