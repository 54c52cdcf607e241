"""School years and fiscal years, without a clock.

A school year is named by the calendar year in which it begins: 2025 runs from 2025-09-01 to
2026-08-31. Funds and pay belong to the fiscal year before the count date (standards.md §1).
"""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, order=True)
class SchoolYear:
    """The school year that begins on 1 September of `start`."""

    start: int

    @classmethod
    def of(cls, day: date) -> "SchoolYear":
        """The school year in which `day` lies."""
        return cls(day.year if day.month >= 9 else day.year - 1)

    @property
    def first_day(self) -> date:
        """1 September: the day on which pupils, classes, teachers and rooms are counted."""
        return date(self.start, 9, 1)

    @property
    def last_day(self) -> date:
        return date(self.start + 1, 8, 31)

    @property
    def fiscal_year(self) -> int:
        """The calendar year to which the funds and pay in this year's return belong."""
        return self.start - 1

    def __str__(self) -> str:
        return f"{self.start}—{self.start + 1}学年"
