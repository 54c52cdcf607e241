"""One school year as the screen looks at it: filed rows, class lists, measured parts, limits."""

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from functools import cache
from typing import Any

import polars as pl

from junheng.diagnosis.parts import Measured, measured
from junheng.indicators import build_parts
from junheng.registry import EXPLAINED, Facts, school_columns, table_of
from junheng.schema import Stage
from junheng.standards import Standard

Row = Mapping[str, Any]
PartKey = tuple[str, Stage]
CLASS_CLAUSE, SIZE_CLAUSE = "GV5", "GV4"
GRADES = {Stage.PRIMARY: range(1, 7), Stage.JUNIOR: range(7, 10)}
"""The first grade of each is where pupils enter: no cohort of last year stands behind it."""


@dataclass(frozen=True)
class YearView:
    """The schools of one year by code, and what the standards of that year demand of them."""

    year: int
    rows: Mapping[str, Row]
    classes: Mapping[PartKey, tuple[tuple[int, int], ...]]
    """(grade, pupils) of each class, where a class list was filed."""
    parts: Mapping[PartKey, Measured]
    standards: Mapping[str, Standard]
    old_codes: Mapping[str, str]
    """New code → old code of a school that goes on under another."""
    explanations: Mapping[tuple[str, str], str]
    """(school, column) → 异常说明."""
    december: frozenset[str]
    """Schools whose evidence on equipment was issued in a December."""

    def of_county(self, county: str) -> Iterator[tuple[str, Row]]:
        return ((code, row) for code, row in self.rows.items() if row["location_unit"] == county)

    def parts_of(self, county: str) -> Iterator[tuple[PartKey, Measured]]:
        return ((key, part) for key, part in self.parts.items() if part.row["county"] == county)

    def class_limit(self, county: str, stage: Stage) -> int | None:
        """Greatest class allowed; None where the scheme has no such clause."""
        demand = self.standards[county].demands.get(CLASS_CLAUSE)
        limit = None if demand is None else demand.clause.at_most.get(stage)
        return None if limit is None else int(limit)

    def size_limit(self, row: Row) -> int | None:
        """Greatest school of this type."""
        demand = self.standards[row["location_unit"]].demands.get(SIZE_CLAUSE)
        limit = None if demand is None else demand.clause.at_most.get(row["school_type"])
        return None if limit is None else int(Fraction(limit))

    def title(self, key: PartKey) -> str:
        code, stage = key
        name = str(self.rows[code]["school_name"])
        return f"{name}（{stage.part_label}）" if self.parts[key].row["combined"] else name

    def told(self, code: str, *columns: str) -> str:
        """What was written as 异常说明 beside one of these columns."""
        return "；".join(
            self.explanations[code, each] for each in columns if (code, each) in self.explanations
        )


@dataclass(frozen=True)
class Turn:
    """A year with the one or two before it, where they are there."""

    now: YearView
    last: YearView | None
    before: YearView | None
    county: str

    def last_row(self, code: str) -> Row | None:
        """What the school filed last year, under whatever code."""
        return None if self.last is None else self.last.rows.get(self.now.old_codes.get(code, code))

    def last_part(self, key: PartKey) -> Measured | None:
        code = self.now.old_codes.get(key[0], key[0])
        return None if self.last is None else self.last.parts.get((code, key[1]))


def view_of(facts: Facts, *, on: date, scheme: str) -> YearView:
    """What the screen needs of one year. Raises as `Standard.at` does."""
    rows = {row["school_code"]: row for row in facts.schools.iter_rows(named=True)}
    counties = sorted({row["location_unit"] for row in rows.values()} - {None})
    standards = {county: Standard.at(county, on, scheme_code=scheme) for county in counties}
    return YearView(
        facts.year,
        rows,
        _classes(facts),
        _parts(facts, standards),
        standards,
        {
            row["new_code"]: row["old_code"]
            for row in facts["lineage"].iter_rows(named=True)
            if row["change"] in ("renamed", "type_changed")
        },
        _explanations(facts),
        _december(facts),
    )


def _classes(facts: Facts) -> dict[PartKey, tuple[tuple[int, int], ...]]:
    found: dict[PartKey, list[tuple[int, int]]] = defaultdict(list)
    for row in facts["classes"].iter_rows(named=True):
        if row["pupils"] is not None and row["stage"]:
            found[row["school_code"], Stage(row["stage"])].append((row["grade"], row["pupils"]))
    return {key: tuple(each) for key, each in found.items()}


def _parts(facts: Facts, standards: Mapping[str, Standard]) -> dict[PartKey, Measured]:
    found = {}
    for county, standard in standards.items():
        frame = build_parts(facts, standard).frame.filter(pl.col("county") == county)
        for part in measured(frame, standard.indicators):
            found[part.row["school_code"], part.stage] = part
    return found


def _explanations(facts: Facts) -> dict[tuple[str, str], str]:
    return {
        (key, column): text
        for table, key, column, mark, text in facts.marks.iter_rows()
        if mark == EXPLAINED and column in school_columns() and table == table_of(column).name
    }


def _december(facts: Facts) -> frozenset[str]:
    return frozenset(
        row["scope"]
        for row in facts["evidence"].iter_rows(named=True)
        if row["indicator"] == "L6" and row["issued_on"] and row["issued_on"].month == 12
    )


def cohorts(now: Row, last: Row | None, stage: Stage) -> tuple[int, int] | None:
    """Pupils of the cohorts that stayed: last year, and now a grade higher; None where not known."""
    if last is None:
        return None
    pairs = [
        (last[f"enrolment_grade_{grade - 1}"], now[f"enrolment_grade_{grade}"])
        for grade in GRADES[stage][1:]
    ]
    known = [(a, b) for a, b in pairs if a and b]
    return (sum(a for a, _ in known), sum(b for _, b in known)) if known else None


@cache
def _bins() -> tuple[tuple[str, int], ...]:
    """Class bins without their stage, and the least class each holds."""
    found = {}
    for name in school_columns():
        told = re.fullmatch(r"(classes_(?:ge_)?(\d+)(?:_\d+)?)_primary", name)
        if told:
            found[told[1]] = int(told[2])
    return tuple(found.items())


def classes_over(row: Row, stage: Stage, limit: int) -> int:
    """Classes in bins that lie wholly above the limit."""
    return sum(row[f"{name}_{stage}"] or 0 for name, least in _bins() if least > limit)
