"""Named measures of targets: each reads the facts of one county and gives the points it knows."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from functools import cached_property
from typing import Any

import polars as pl

from junheng.diagnosis.points import Point
from junheng.indicators.stages import stages_of
from junheng.registry import NOT_APPLICABLE, Facts
from junheng.schema import Stage
from junheng.standards import Standard, Target
from junheng.years import SchoolYear

Row = dict[str, Any]
HUNDRED = 100
ATTACHED = ("attached_primary_enrolment", "attached_junior_enrolment")


@dataclass(frozen=True)
class County:
    """One county in one school year, and the target that asks."""

    facts: Facts
    place: str
    standard: Standard
    target: Target

    @property
    def counted_on(self) -> date:
        return SchoolYear(self.facts.year).first_day

    @property
    def source(self) -> str:
        return f"{SchoolYear(self.facts.year)}填报数据"

    @cached_property
    def schools(self) -> tuple[Row, ...]:
        """Rows of the compulsory schools that filed, those not counted as a school included."""
        excluded = self.standard.role("scope").clause.excluded_types
        marks = self.facts.marks.filter(pl.col("mark") == NOT_APPLICABLE)
        dashes = set(marks.select("key", "column").iter_rows())
        rows = (_without_classes(r, dashes) for r in self.facts.schools.iter_rows(named=True))
        return tuple(
            row
            for row in rows
            if row["location_unit"] == self.place
            and row["school_type"] not in excluded
            and self.stages(row)
        )

    def stages(self, row: Row) -> tuple[Stage, ...]:
        """Compulsory stages of a filed row, attached classes included."""
        return tuple(s for s in stages_of(row["school_type"], row) if s in self.standard.stages)

    @cached_property
    def absent(self) -> int:
        """Compulsory schools on the register that did not file."""
        excluded = self.standard.role("scope").clause.excluded_types
        filed = set(self.facts["schools"]["school_code"])
        return sum(
            row["school_code"] not in filed
            and row["location_unit"] == self.place
            and row["school_type"] not in excluded
            and any(s in self.standard.stages for s in stages_of(row["school_type"]))
            for row in self.facts["register"].iter_rows(named=True)
        )

    def point(self, value: Fraction, detail: str) -> Point:
        return Point(self.counted_on, value, self.source, detail)

    def nothing(self, lacking: str) -> Point:
        return Point(self.counted_on, None, self.source, lacking=lacking)

    def share(self, some: int, of: int, some_words: str, of_words: str) -> Point:
        """A share in per cent; none of nothing is no share."""
        if of == 0:
            return self.nothing(f"没有{of_words}")
        detail = f"{some_words} {some:,} ÷ {of_words} {of:,}"
        return self.point(Fraction(HUNDRED * some, of), detail)

    def incomplete(self, blank: list[str], what: str) -> Point | None:
        """No value while a school is missing, or left blank what is needed."""
        if self.absent:
            return self.nothing(f"{self.absent} 所学校缺报")
        if blank:
            named = "、".join(blank[:3]) + (f"等 {len(blank)} 所" if len(blank) > 3 else "")
            return self.nothing(f"{named}没有填报{what}")
        return None


def _without_classes(row: Row, dashes: set[tuple[str, str]]) -> Row:
    """The row with no pupils in the attached classes that it says — it does not have."""
    denied = [c for c in ATTACHED if row[c] is None and (row["school_code"], c) in dashes]
    return {**row, **dict.fromkeys(denied, 0)}


Measure = Callable[[County], Iterator[Point]]
MEASURES: dict[str, Measure] = {}


def measure(name: str) -> Callable[[Measure], Measure]:
    """Enter a measure under the name that a target's `formula` gives."""

    def enter(function: Measure) -> Measure:
        assert name not in MEASURES, f"measure {name} is defined twice"
        MEASURES[name] = function
        return function

    return enter
