"""Facts: what the schools of some counties were in one school year, immutable, named by content.

A facts object is one Polars frame a declared table, sorted by key, plus `marks`: which empty cell
is 不适用 (an empty cell without a mark was not filed) and which value carries a 异常说明.
The fingerprint is the SHA-256 of a plain text that anyone can rebuild (see `fingerprint`), so it
depends neither on Parquet, nor on row order, nor on the file a value came from.
"""

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import polars as pl

from junheng.registry.catalogue import tables
from junheng.registry.filing import Record, State
from junheng.schema import Column, Kind, Table
from junheng.years import SchoolYear

TYPES: dict[Kind, pl.DataType] = {
    Kind.INT: pl.Int64(),
    Kind.YEAR: pl.Int64(),
    Kind.AREA: pl.Decimal(18, 2),
    Kind.MONEY: pl.Decimal(18, 2),
    Kind.COORDINATE: pl.Decimal(10, 6),
    Kind.DECIMAL: pl.Decimal(18, 6),
    Kind.BOOL: pl.Boolean(),
    Kind.DATE: pl.Date(),
    Kind.ENUM: pl.String(),
    Kind.TEXT: pl.String(),
    Kind.CODE: pl.String(),
}
FORMAT, FORMAT_1 = "junheng facts 2", "junheng facts 1"
"""What the canonical text begins with, now and formerly."""
LINE = json.JSONEncoder(ensure_ascii=False)
ESCAPED = r'["\\\x00-\x1f]'
"""The signs that `LINE` escapes."""
NULL = "\0"
"""Stands for nothing filed while a line is made; a text that holds this sign is escaped."""
NOT_APPLICABLE = "不适用"
EXPLAINED = "异常说明"
MARKS = pl.Schema(dict.fromkeys(("table", "key", "column", "mark", "text"), pl.String()))


def schema_of(table: Table) -> pl.Schema:
    return pl.Schema({column.name: TYPES[column.kind] for column in table.column})


def joined_key(key: Iterable[Any]) -> str:
    """Key values of a row as one text, as it stands in `marks` and in the origins."""
    return "|".join(str(each) for each in key)


@dataclass(frozen=True, repr=False)
class Facts:
    """Frames by table name, and the school year (its first calendar year) they describe."""

    year: int
    frames: Mapping[str, pl.DataFrame]
    marks: pl.DataFrame

    @classmethod
    def of(cls, records: Iterable[Record], *, year: int) -> "Facts":
        """Facts from read records; blank, unclear and inapplicable cells become nulls."""
        rows: dict[str, list[dict[str, Any]]] = {name: [] for name in tables()}
        marks: list[tuple[str, str, str, str, str]] = []
        for record in records:
            rows[record.table].append(dict(record.filed))
            key = joined_key(record.key)
            marks += [
                (record.table, key, column, NOT_APPLICABLE, "")
                for column in record.entries
                if column not in record.filed and record.state(column) is State.NOT_APPLICABLE
            ]
            marks += [
                (record.table, key, column, EXPLAINED, text)
                for column, text in record.row.explanations().items()
            ]
        return cls.from_rows(rows, marks, year=year)

    @classmethod
    def from_rows(
        cls,
        rows: Mapping[str, list[dict[str, Any]]],
        marks: Iterable[tuple[str, str, str, str, str]] = (),
        *,
        year: int,
    ) -> "Facts":
        """Facts from plain rows by table; columns left out are null."""
        frames = {}
        for name, table in tables().items():
            schema = schema_of(table)
            data = {c: [row.get(c) for row in rows.get(name, [])] for c in schema}
            frames[name] = pl.DataFrame(data, schema=schema, strict=True).sort(*table.key)
        marked = pl.DataFrame(sorted(marks), schema=MARKS, orient="row")
        return cls(year, frames, marked)

    def __repr__(self) -> str:
        return f"<事实：{SchoolYear(self.year)}，{len(self.frames['schools'])}所学校，指纹 {self.fingerprint}>"

    def __getitem__(self, table: str) -> pl.DataFrame:
        return self.frames[table]

    @cached_property
    def schools(self) -> pl.DataFrame:
        """One wide row a school: all per-school tables joined on `school_code`."""
        wide = self.frames["schools"]
        for table in tables().values():
            if table.per_school and table.name != "schools":
                wide = wide.join(self.frames[table.name], on="school_code", how="left")
        return wide.sort("school_code")

    @cached_property
    def fingerprint(self) -> str:
        """SHA-256 over `canonical_text`, in hexadecimal."""
        return digest(self.canonical_text())

    def canonical_text(self) -> Iterable[str]:
        """The facts as lines of JSON: format and year, then each table with its columns and rows.

        Counts as digits, decimals with their declared places, dates as ISO days, booleans as
        true / false, all as JSON strings; nothing filed is null. Tables by name, columns by name,
        rows by their own text, so that order of filing leaves no trace. Tables without a row and
        columns without a value are left out, so that a table or a column that is declared later
        changes no fingerprint of facts that do not hold it.
        """
        return canonical_text({**self.frames, "marks": self.marks}, self.year)

    def mark(self, table: str, key: str, column: str) -> str | None:
        """Explanation filed beside a value, if any."""
        found = self.marks.filter(
            pl.col("table") == table,
            pl.col("key") == key,
            pl.col("column") == column,
            pl.col("mark") == EXPLAINED,
        )
        return str(found["text"][0]) if len(found) else None


def canonical_text(
    frames: Mapping[str, pl.DataFrame], year: int, form: str = FORMAT
) -> Iterable[str]:
    """Lines of `Facts.canonical_text`; `FORMAT_1` kept empty tables and columns in them."""
    yield json.dumps([form, str(year)])
    held = {
        name: frames[name] if form == FORMAT_1 else _held(frames[name]) for name in sorted(frames)
    }
    texts = {name: frame for name, frame in held.items() if frame.width}
    escaped = _escaped(texts)
    lines = pl.collect_all([_lines(frame, escaped[name]) for name, frame in texts.items()])
    for (name, frame), each in zip(texts.items(), lines, strict=True):
        yield LINE.encode([name, *sorted(frame.columns)])
        yield from each.to_series()


def _held(frame: pl.DataFrame) -> pl.DataFrame:
    """The columns that hold a value in some row."""
    return pl.DataFrame([each for each in frame if each.null_count() < len(each)])


def _lines(frame: pl.DataFrame, escaped: Mapping[str, pl.Series]) -> pl.LazyFrame:
    """The rows as text, by their own text."""
    columns = [escaped.get(each, frame[each]) for each in sorted(frame.columns)]
    inside = pl.concat_str(pl.all().cast(pl.String).fill_null(NULL), separator='", "')
    line = ('["' + inside + '"]').str.replace_all(f'"{NULL}"', "null", literal=True)
    return pl.DataFrame(columns).lazy().select(line.sort().alias("line"))


def _escaped(frames: Mapping[str, pl.DataFrame]) -> dict[str, dict[str, pl.Series]]:
    """Of each frame the few columns that hold a sign that JSON escapes, each value as JSON text
    without its quotation marks."""
    somewhere = pl.concat_str(pl.col(pl.String), ignore_nulls=True).str.contains(ESCAPED).any()
    worded = [name for name, frame in frames.items() if pl.String() in frame.dtypes]
    met = pl.collect_all([frames[name].lazy().select(somewhere) for name in worded])
    having = {name for name, found in zip(worded, met, strict=True) if found.item()}
    return {
        name: {
            each.name: pl.Series(
                each.name, [None if v is None else LINE.encode(v)[1:-1] for v in each]
            )
            for each in (frame if name in having else ())
            if each.dtype == pl.String() and each.str.contains(ESCAPED).any()
        }
        for name, frame in frames.items()
    }


def digest(lines: Iterable[str]) -> str:
    """SHA-256 of the lines, each ended by a line feed, in hexadecimal."""
    found = hashlib.sha256()
    for line in lines:
        found.update(line.encode())
        found.update(b"\n")
    return found.hexdigest()


def facts_unit(column: Column) -> str:
    """The unit of a column as it stands in the facts: money asked in 万元 is held in 元."""
    return "元" if column.kind is Kind.MONEY else column.unit
