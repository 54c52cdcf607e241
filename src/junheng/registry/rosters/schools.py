"""The list of schools: every code once, with what the list says of it, in the units of the form."""
# ruff: noqa: S608 - identifiers and constants of our own, quoted by `name` and `literal`

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

import polars as pl

from junheng.registry.catalogue import tables
from junheng.registry.facts import TYPES
from junheng.registry.filing import Finding, Level, State, Value
from junheng.registry.reading.cells import Reader
from junheng.registry.reading.plain import narrowed
from junheng.registry.reading.sandbox.wire import Cell
from junheng.registry.reading.words import words
from junheng.registry.rosters.engine import Engine, name
from junheng.registry.rosters.findings import SHOWN, at_rows, finding
from junheng.registry.rosters.parts import ROW, Part
from junheng.registry.statistics.identity import TypeWords
from junheng.registry.statistics.mappings import shipped

_UNIT = re.compile(r"([0-9A-Z]{6})(?:[0-9]{6})?(.*)", re.DOTALL)
NEEDED = ("school_code", "school_type", "location_unit")
PLAIN = {
    "school_code": f"^(?:{tables()['schools'].columns()['school_code'].pattern})$",
    "school_name": "^[\u4e00-\u9fff]+[0-9]*[\u4e00-\u9fff]*$",
}
"""Texts that need no evening out: nearly all of them, and there may be hundreds of thousands."""
DIFFERENT = "与前面同一学校的值不同"


@dataclass
class Schools:
    """A row a school, by code; county code → name, where the list names it."""

    frame: pl.DataFrame
    counties: dict[str, str] = field(default_factory=dict)
    findings: list[Finding] = field(default_factory=list)
    outside: int = 0
    """Rows of what the form does not ask about: kindergartens."""


def _plain(column: str, texts: pl.Series) -> pl.Series:
    """Whether a text needs no look."""
    if column not in PLAIN:
        return pl.repeat(value=False, n=len(texts), dtype=pl.Boolean(), eager=True)
    return texts.str.contains(PLAIN[column]) & ~texts.is_in(sorted(words().asked))


class _Unread(dict[tuple[str, str], list[int]]):
    """(column, why) → row numbers."""

    def add(self, column: str, why: str, rows: Sequence[int]) -> None:
        self.setdefault((column, why), []).extend(rows)


def read_schools(parts: Sequence[Part], db: Engine) -> Schools:
    """Every school of the lists. A school may stand in several lists that agree."""
    counties: dict[str, str] = {}
    readings = [_Reading(part, counties) for part in parts]
    frames = [each.read(db) for each in readings]
    whole = _once(frames, readings)
    held = {each.name for each in whole if each.null_count() < len(each)} | {"school_code"}
    columns = [c.name for c in tables()["schools"].column if c.name in held]
    return Schools(
        whole.select(columns).sort("school_code"),
        counties,
        [told for each in readings for told in each.told()],
        sum(each.outside for each in readings),
    )


def _once(frames: Sequence[pl.DataFrame], readings: "Sequence[_Reading]") -> pl.DataFrame:
    """Every code once: what several rows say of it put together."""
    empty = pl.DataFrame(schema={c.name: TYPES[c.kind] for c in tables()["schools"].column})
    whole = pl.concat([empty, *frames], how="diagonal")
    again = whole.filter(pl.col("school_code").is_duplicated())["school_code"].unique()
    if again.is_empty():
        return whole
    held: dict[str, dict[str, Value]] = {}
    for frame, reading in zip(frames, readings, strict=True):
        several = frame.filter(pl.col("school_code").is_in(again.implode()))
        for row in several.iter_rows(named=True):
            number = row.pop(ROW)
            reading.put({c: v for c, v in row.items() if v is not None}, held, number)
    merged = pl.DataFrame(list(held.values()), schema=empty.schema)
    alone = whole.filter(~pl.col("school_code").is_in(again.implode()))
    return pl.concat([alone, merged], how="diagonal")


class _Reading:
    """One part, column by column."""

    def __init__(self, part: Part, counties: dict[str, str]) -> None:
        self.outside = 0
        self._part, self._counties = part, counties
        declared = tables()["schools"].columns()
        self._columns = [each for each in part.places if each in declared]
        self._readers = {each: Reader(declared[each]) for each in self._columns}
        self._types = TypeWords(shipped())
        self._unread = _Unread()

    def read(self, db: Engine) -> pl.DataFrame:
        """The schools that say all that is needed, each with the number of its row."""
        shown = ", ".join(f"{self._part.text(each)} AS {name(each)}" for each in self._columns)
        query = f"SELECT {ROW}, {shown} FROM {self._part.numbered}"
        said = db.frame(query, about=self._part.name).sort(ROW)
        said = said.filter(pl.any_horizontal(pl.col(*self._columns) != ""))
        rows = said.select(
            pl.col(ROW).cast(pl.Int64), *(self._values(said, each) for each in self._columns)
        )
        stated = rows.filter(pl.col("school_type").ne_missing(""))
        self.outside = len(rows) - len(stated)
        return stated.drop_nulls(NEEDED)

    def _values(self, said: pl.DataFrame, column: str) -> pl.Series:
        """One column; each different text is understood once, plain ones are what they say."""
        kind = TYPES[tables()["schools"].columns()[column].kind]
        texts = said[column]
        plain = _plain(column, texts)
        different = texts.filter(~plain).unique(maintain_order=True)
        read = [self._value(column, text) for text in different]
        for why in dict.fromkeys(why for _, why in read if why):
            alike = [t for t, (_, w) in zip(different, read, strict=True) if w == why]
            self._unread.add(column, why, said.filter(texts.is_in(alike))[ROW].to_list())
        known = pl.DataFrame(
            {column: different, "value": pl.Series([value for value, _ in read], dtype=kind)}
        )
        values = said.select(column).join(known, on=column, how="left", maintain_order="left")
        found = values["value"].alias(column)
        return texts.zip_with(plain, found) if column in PLAIN else found

    def put(self, values: dict[str, Value], schools: dict[str, dict[str, Value]], row: int) -> None:
        """One more row of a school."""
        held = schools.setdefault(str(values["school_code"]), values)
        for column, value in values.items():
            if held.setdefault(column, value) != value:
                self._unread.add(column, DIFFERENT, [row])

    def _value(self, column: str, text: str) -> tuple[Value | None, str]:
        """The value of a text, or why there is none."""
        if not text:
            return None, "空着" if column in NEEDED else ""
        if column == "school_type" and (known := self._type(text)) is not None:
            return known, ""
        if column == "location_unit" and (unit := _UNIT.fullmatch(narrowed(text).replace(" ", ""))):
            self._counties[unit[1]] = unit[2] or self._counties.get(unit[1], "")
            return unit[1], ""
        outcome = self._readers[column].read(Cell(1, "s", text))
        why = f"读不出（{outcome.problem.check}）" if outcome.problem is not None else ""
        return outcome.value if outcome.state is State.FILED else None, why

    def _type(self, text: str) -> str | None:
        """The school type; '' for what stands outside the form; None where it is another's word."""
        said = self._types.of(text)
        return said.school_type or ("" if said.outside else None)

    def told(self) -> Iterator[Finding]:
        declared = tables()["schools"].columns()
        for (column, why), rows in self._unread.items():
            grave = column in NEEDED or why == DIFFERENT
            yield finding(
                "A13",
                Level.MUST_FIX if grave else Level.NOTE,
                self._part.name,
                f"{at_rows(rows[:SHOWN], len(rows))}的“{declared[column].label}”{why}",
                "学校代码、类型、所在区县每所学校都要有，几处写的要一致",
                "请改正学校名册" if grave else "这一栏留空，等人填",
            )
