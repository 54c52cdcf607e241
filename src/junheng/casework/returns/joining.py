"""Returns joined to the facts of a county, and a year's facts taken apart again."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

import polars as pl

from junheng.casework.returns.nouns import Owner, Return, Row
from junheng.registry import Entry, Facts, Origin, Record, State
from junheng.registry.catalogue import tables

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
        scope = next((c for c in SCOPED if c in frame.columns), None)
        wanted = [*codes] if owner.school and name != "county" else [*codes, owner.county]
        frames[name] = frame if scope is None else frame.filter(pl.col(scope).is_in(wanted))
    frames["lineage"] = facts["lineage"]  # an old code has no county any more
    keys = pl.col("key").str.split("|").list.first()
    marks = facts.marks.filter(keys.is_in([*codes, owner.county]))
    return Facts(facts.year, frames, marks)


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
