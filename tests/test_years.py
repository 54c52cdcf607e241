"""School years and fiscal years."""

from datetime import date

import pytest

from junheng.years import SchoolYear


@pytest.mark.parametrize(
    ("day", "start"),
    [
        (date(2025, 8, 31), 2024),
        (date(2025, 9, 1), 2025),
        (date(2026, 3, 31), 2025),
        (date(2026, 8, 31), 2025),
    ],
)
def test_a_day_lies_in_the_school_year_that_began_last_september(day, start):
    assert SchoolYear.of(day) == SchoolYear(start)


def test_a_school_year_knows_its_days_and_its_fiscal_year():
    year = SchoolYear(2025)
    assert (year.first_day, year.last_day, year.fiscal_year) == (
        date(2025, 9, 1),
        date(2026, 8, 31),
        2024,
    )
    assert str(year) == "2025—2026学年"
