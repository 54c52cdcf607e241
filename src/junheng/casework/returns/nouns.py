"""Who hands in, and what was handed in, as plain values that can be kept."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from junheng.registry import Finding, Level
from junheng.registry.facts import EXPLAINED

Row = Mapping[str, Any]
Mark = tuple[str, str, str, str, str]
"""(table, joined key, column, 不适用 or 异常说明, text), as in `Facts.marks`."""
COUNTY_OWN = frozenset(
    {"county", "register", "dense_areas", "official_results", "statements", "progress", "lineage"}
)
"""Tables that the county office fills; of them a school's return holds only what names the county."""

NAMING = ("county_code", "county_name", "filing_year")
"""Of the county form, what stands in a school's return."""


@dataclass(frozen=True)
class Owner:
    """Whose return it is. `school` is empty for the county office's own sheet."""

    county: str
    county_name: str
    school: str = ""
    school_name: str = ""

    @property
    def code(self) -> str:
        return self.school or self.county

    @property
    def name(self) -> str:
        return self.school_name or f"{self.county_name}教育局"

    @property
    def kind(self) -> str:
        """Kind of subject in the registers."""
        return "school" if self.school else "county"


@dataclass(frozen=True)
class Return:
    """One return as it was read and checked: its rows in facts units, its marks, all findings."""

    owner: Owner
    year: int
    file: str
    """Name of the workbook, by which the findings speak of it."""
    sha256: str
    rows: Mapping[str, Sequence[Row]]
    marks: Sequence[Mark]
    findings: tuple[Finding, ...]

    def at(self, level: Level) -> tuple[Finding, ...]:
        return tuple(each for each in self.findings if each.level is level)

    @property
    def clean(self) -> bool:
        """Whether it may be submitted: nothing 必须改."""
        return not self.at(Level.MUST_FIX)

    @property
    def asked_to_explain(self) -> tuple[Finding, ...]:
        """请说明 without a 异常说明 yet, on a value that can carry one."""
        return self.at(Level.EXPLAIN)

    @cached_property
    def explanations(self) -> dict[tuple[str, str, str], str]:
        """(table, joined key, column) → 异常说明."""
        return {
            (table, key, column): text
            for table, key, column, mark, text in self.marks
            if mark == EXPLAINED
        }
