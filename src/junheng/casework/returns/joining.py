"""Returns joined to the facts of a county, and a year's facts taken apart again."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

import polars as pl

from junheng.casework.returns.nouns import COUNTY_OWN, NAMING, Mark, Owner, Return, Row
from junheng.registry import Entry, Facts, Origin, Record, State
from junheng.registry.catalogue import tables
from junheng.registry.facts import MARKS

SCOPED = ("school_code", "scope", "county_code", "place")
"""Columns that say to whom a row belongs, in the order in which they are looked for."""


def records_of(rows: Mapping[str, Sequence[Row]], *, file: str) -> Iterator[Record]:
    """Plain rows as records, as if they had been read from `file`; what is empty stays blank."""
    for name, held in rows.items():
        table = tables()[name]
        for row in held:
            origin = Origin(file, table.label, "")
            entries = {
                c: Entry(State.BLANK if row.get(c) is None else State.FILED, row.get(c), origin)
                for c in table.columns()
            }
            yield Record(name, tuple(str(row.get(c) or "") for c in table.key), entries, origin)


def joined(
    returns: Iterable[Return],
    *,
    year: int,
    register: Sequence[Row] = (),
    papers: Sequence[Row] = (),
) -> Facts:
    """The facts of all returns together.

    `register` are rows for schools that the county office has not listed (yet); a school that is
    listed and handed nothing in is 缺报. `papers` are rows of the evidence that was uploaded.
    Rows of the same key stand once: the county office's own, else the first.
    """
    rows: dict[str, dict[tuple[Any, ...], Row]] = {name: {} for name in tables()}
    marks: dict[tuple[str, str, str, str], str] = {}
    for each in sorted(returns, key=lambda r: (r.owner.kind, r.owner.code)):
        for name, held in each.rows.items():
            if name == "county" and each.owner.school:
                continue
            for row in held:
                rows[name].setdefault(tuple(row[c] for c in tables()[name].key), row)
        own = [m for m in each.marks if m[0] != "county" or not each.owner.school]
        marks.update({(t, k, c, m): text for t, k, c, m, text in own})
    for name, more in (("register", register), ("evidence", papers)):
        for row in more:
            rows[name].setdefault(tuple(row[c] for c in tables()[name].key), row)
    return Facts.from_rows(
        {name: [dict(row) for row in held.values()] for name, held in rows.items()},
        [(*where, text) for where, text in marks.items()],
        year=year,
    )


def part_of(facts: Facts, owner: Owner) -> Facts:
    """What the facts hold of one school (with its county's form), or of one whole county."""
    home = set(
        facts["register"].filter(pl.col("location_unit") == owner.county)["school_code"].to_list()
        + facts["schools"].filter(pl.col("location_unit") == owner.county)["school_code"].to_list()
    )
    codes = {owner.school} if owner.school else home
    frames = {}
    for name, frame in facts.frames.items():
        scope = _scope(frame)
        wanted = [*codes] if owner.school and name != "county" else [*codes, owner.county]
        frames[name] = frame.filter(pl.col(scope).is_in(wanted)) if scope else frame
    frames["lineage"] = facts["lineage"]  # an old code has no county any more
    keys = pl.col("key").str.split("|").list.first()
    marks = facts.marks.filter(keys.is_in([*codes, owner.county]))
    return Facts(facts.year, frames, marks)


class SchoolParts:
    """`part_of` for any school: the facts of a city are sorted by owner once, and then only cut."""

    def __init__(self, facts: Facts) -> None:
        self._facts = facts
        self._cut = {
            name: _Sorted(frame, scope)
            for name, frame in facts.frames.items()
            if (scope := _scope(frame)) and name != "lineage"
        }
        owners = facts.marks.with_columns(owner=pl.col("key").str.split("|").list.first())
        self._marks = _Sorted(owners, "owner")

    def of(self, owner: Owner) -> Facts:
        """The same as `part_of(facts, owner)` for a school."""
        frames = {
            name: self._cut[name].of(owner.county if name == "county" else owner.school)
            if name in self._cut
            else frame
            for name, frame in self._facts.frames.items()
        }
        marks = pl.concat([self._marks.of(owner.school), self._marks.of(owner.county)])
        return Facts(self._facts.year, frames, marks.drop("owner").sort(MARKS.names()))


class _Sorted:
    """A frame in the order of one column, each value's rows together."""

    def __init__(self, frame: pl.DataFrame, column: str) -> None:
        self._frame = frame.sort(column, maintain_order=True, nulls_last=True)
        lengths = self._frame[column].rle().struct.unnest()
        starts = [0, *lengths["len"].cum_sum().to_list()]
        self._at = {
            value: (start, length)
            for start, length, value in zip(starts, lengths["len"], lengths["value"], strict=False)
        }

    def of(self, value: str) -> pl.DataFrame:
        return self._frame.slice(*self._at.get(value, (0, 0)))


def _scope(frame: pl.DataFrame) -> str:
    """The column that says to whom a row belongs; empty where none does."""
    return next((column for column in SCOPED if column in frame.columns), "")


def own_rows(
    facts: Facts, school: str = "", *, last: Facts | None = None
) -> dict[str, list[dict[str, Any]]]:
    """What a school of these facts writes into its workbook; without a code, what the county office
    writes into its own. The facts are those of one county (see `part_of`).

    Of a school that was closed nothing of this year tells where it lay: `last`, the county's facts
    of the year before, does. Without it every closed school of the facts is the county's.
    """
    return _school_rows(facts, school) if school else _county_rows(facts, last)


def _school_rows(facts: Facts, school: str) -> dict[str, list[dict[str, Any]]]:
    rows: dict[str, list[dict[str, Any]]] = {}
    for name, frame in facts.frames.items():
        owns = [pl.col(c) == school for c in SCOPED[:2] if c in frame.columns]
        if (name in COUNTY_OWN and name != "register") or not owns:
            rows[name] = []
        else:
            rows[name] = list(frame.filter(pl.any_horizontal(owns)).iter_rows(named=True))
    rows["county"] = list(facts["county"].head(1).select(NAMING).iter_rows(named=True))
    return rows


def _county_rows(facts: Facts, last: Facts | None) -> dict[str, list[dict[str, Any]]]:
    schools = facts["schools"]["school_code"].to_list()
    rows = {name: list(facts[name].iter_rows(named=True)) for name in COUNTY_OWN}
    closed = pl.col("new_code") == pl.col("old_code")
    if last is not None:
        closed &= pl.col("old_code").is_in(last["register"]["school_code"].to_list())
    later = facts["lineage"].filter(pl.col("new_code").is_in(schools) | closed)
    papers = facts["evidence"].filter(~pl.col("scope").is_in(schools))
    rows["lineage"] = list(later.iter_rows(named=True))
    rows["evidence"] = list(papers.iter_rows(named=True))
    return rows


def own_marks(facts: Facts, school: str = "") -> list[Mark]:
    """What is marked 不适用 or explained of what `own_rows` gives for the same owner."""
    keys = pl.col("key").str.split("|")
    if school:
        return list(facts.marks.filter(keys.list.contains(school)).iter_rows())
    schools = facts["schools"]["school_code"].to_list()
    theirs = keys.list.set_intersection(pl.lit(schools, dtype=pl.List(pl.String))).list.len() > 0
    return list(facts.marks.filter(~theirs).iter_rows())


def evidence_rows(extracts: Iterable[Mapping[str, Any]], *, passed: bool) -> list[dict[str, Any]]:
    """Uploaded papers as rows of 佐证材料; `passed`: the reviewer has passed the return."""
    columns = tables()["evidence"].columns()
    return [
        {
            **{name: each.get(name) for name in columns},
            "review": each.get("review") or ("pass" if passed else None),
        }
        for each in extracts
    ]
