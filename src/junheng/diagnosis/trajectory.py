"""Where a figure should stand between its base and its deadline, and the pace that would mend it."""

from dataclasses import dataclass
from datetime import date
from fractions import Fraction

MONTHS_PER_DAY = Fraction(48, 1461)
"""Twelve months to 365.25 days."""
MONTHS_PER_YEAR = 12


@dataclass(frozen=True)
class Base:
    """From where the straight line starts."""

    value: Fraction
    on: date
    given: bool
    """Whether the policy gives it; else it is the first figure declared."""


@dataclass(frozen=True)
class Pace:
    """What must be added (or taken away) each month until the recovery date."""

    until: date
    basis: str
    """Whose date it is: 选项指定, 登记的承诺日期, 原定期限."""
    per_month: Fraction

    @property
    def per_year(self) -> Fraction:
        return self.per_month * MONTHS_PER_YEAR


def expected(base: Base, goal: Fraction, due: date, day: date) -> Fraction:
    """Value on the straight line from the base to `goal` on `due`, held level outside it."""
    span = (due - base.on).days
    if span <= 0:
        return goal
    passed = min(max((day - base.on).days, 0), span)
    return base.value + (goal - base.value) * Fraction(passed, span)


def pace(missing: Fraction, on: date, until: date, basis: str) -> Pace | None:
    """Needed from the day after `on` to `until`; None where no day is left."""
    days = (until - on).days
    if days <= 0:
        return None
    return Pace(until, basis, missing / (days * MONTHS_PER_DAY))
