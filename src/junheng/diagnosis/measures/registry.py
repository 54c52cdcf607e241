"""Named measures of targets: each reads the facts of one county and gives the points it knows."""

from collections.abc import Callable, Hashable, Iterator
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction
from functools import cached_property
from typing import Any, TypeVar

import polars as pl

from junheng.diagnosis.points import Point
from junheng.indicators.stages import stages_of
from junheng.registry import NOT_APPLICABLE, Facts
from junheng.schema import Stage
from junheng.standards import Standard, Target
from junheng.years import SchoolYear

Row = dict[str, Any]
T = TypeVar("T")
HUNDRED = 100
ATTACHED = ("attached_primary_enrolment", "attached_junior_enrolment")


@dataclass(frozen=True)
class County:
    """One county in one school year, and the target that asks."""

    facts: Facts
    place: str
    standard: Standard
    target: Target
    worked_out: dict[Hashable, Any] = field(default_factory=dict, compare=False, repr=False)
    """What was worked out from these facts; shared by all counties and targets that ask of them."""

    def once(self, name: Hashable, work: Callable[[], T]) -> T:
        """The result of `work`, which depends on the facts and on `name` alone."""
        if name not in self.worked_out:
            self.worked_out[name] = work()
        found: T = self.worked_out[name]
        return found

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
        filed = self.once("filed", lambda: _filed(self.facts))
        return tuple(
            row
            for row in filed.get(self.place, ())
            if row["school_type"] not in excluded and self.stages(row)
        )

    def stages(self, row: Row) -> tuple[Stage, ...]:
        """Compulsory stages of a filed row, attached classes included."""
        return tuple(s for s in stages_of(row["school_type"], row) if s in self.standard.stages)

    @cached_property
    def absent(self) -> int:
        """Compulsory schools on the register that did not file."""
        excluded = self.standard.role("scope").clause.excluded_types
        return sum(
            row["school_type"] not in excluded
            and any(s in self.standard.stages for s in stages_of(row["school_type"]))
            for row in self.once("absent", lambda: _absent(self.facts)).get(self.place, ())
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


def _filed(facts: Facts) -> dict[str, list[Row]]:
    """County → the rows of its schools, in one pass over a city."""
    marks = facts.marks.filter(pl.col("mark") == NOT_APPLICABLE)
    dashes = set(marks.select("key", "column").iter_rows())
    found: dict[str, list[Row]] = {}
    for row in facts.schools.iter_rows(named=True):
        found.setdefault(row["location_unit"], []).append(_without_classes(row, dashes))
    return found


def _absent(facts: Facts) -> dict[str, list[Row]]:
    """County → the rows of the register whose school did not file."""
    filed = set(facts["schools"]["school_code"])
    found: dict[str, list[Row]] = {}
    for row in facts["register"].iter_rows(named=True):
        if row["school_code"] not in filed:
            found.setdefault(row["location_unit"], []).append(row)
    return found


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
