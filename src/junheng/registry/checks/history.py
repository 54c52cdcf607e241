"""The facts of earlier years, as the schools of today look back on them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

from junheng.registry.checks.descent import Change, changes_of, forebears, together

if TYPE_CHECKING:
    from junheng.registry.facts import Facts

YEAR_BEFORE = 1
YEARS_OF_A_COHORT = 3
"""Graduates of this summer were in grade 7 in the school year that began three years before."""

Wide = Mapping[str, Mapping[str, Any]]
"""Wide rows of schools by code."""


@dataclass(frozen=True)
class History:
    """Facts of earlier years by year, and the changes filed this year."""

    year: int | None
    earlier: Mapping[int, "Facts"]
    changes: Sequence[Change]
    codes: Sequence[str]
    """The schools of today."""

    def facts_of(self, years_ago: int) -> "Facts | None":
        """The facts of so many years before this one, if they were given."""
        return None if self.year is None else self.earlier.get(self.year - years_ago)

    @cached_property
    def last_rows(self) -> Wide:
        """Last year's schools by the code they had; empty without such facts."""
        return self._rows_of(YEAR_BEFORE)

    @cached_property
    def last_codes(self) -> frozenset[str]:
        """Codes of last year's schools, filed or only listed."""
        facts = self.facts_of(YEAR_BEFORE)
        listed = facts["register"]["school_code"] if facts is not None else ()
        return frozenset(self.last_rows) | frozenset(listed)

    @cached_property
    def before(self) -> Wide:
        """What each school of today was last year, by its present code."""
        return self._descended(self.last_rows, YEAR_BEFORE)

    @cached_property
    def cohort(self) -> Wide:
        """What each school of today was when the graduates entered grade 7."""
        return self._descended(self._rows_of(YEARS_OF_A_COHORT), YEARS_OF_A_COHORT)

    def _rows_of(self, years_ago: int) -> Wide:
        facts = self.facts_of(years_ago)
        if facts is None:
            return {}
        return {row["school_code"]: row for row in facts.schools.iter_rows(named=True)}

    def _descended(self, rows: Wide, years_ago: int) -> Wide:
        changes = [self.changes]
        for years in range(1, years_ago):
            facts = self.facts_of(years)
            changes.append(() if facts is None else changes_of(facts["lineage"].to_dicts()))
        found = {}
        for code in self.codes if rows else ():
            codes = forebears(code, changes)
            found[code] = {} if codes is None else together(code, codes, rows)
        return found
