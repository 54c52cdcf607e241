"""Working days, against a plain count by hand of the official notices."""

import re
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from junheng.casework import calendar
from junheng.casework.calendar import read_calendar
from junheng.errors import DeclarationError, RefusedError

DAYS = calendar()
KNOWN = st.dates(date(2024, 1, 1), date(2026, 12, 31))


@pytest.mark.parametrize(
    ("day", "working"),
    [
        (date(2026, 1, 2), False),  # a Friday off between
        (date(2026, 1, 4), True),  # a Sunday worked for it
        (date(2026, 2, 14), True),
        (date(2026, 2, 23), False),
        (date(2026, 2, 24), True),
        (date(2026, 9, 20), True),
        (date(2026, 10, 8), True),
        (date(2026, 10, 10), True),
        (date(2025, 10, 8), False),
        (date(2025, 10, 11), True),
        (date(2024, 5, 11), True),
        (date(2026, 11, 28), False),  # a plain Saturday
        (date(2026, 11, 30), True),
    ],
)
def test_a_day_is_worked_or_not_as_the_notice_says(day: date, working: bool) -> None:
    assert DAYS.is_working(day) is working


@pytest.mark.parametrize(("year", "off", "worked"), [(2024, 28, 8), (2025, 28, 5), (2026, 33, 6)])
def test_a_year_has_as_many_days_off_and_worked_as_its_notice(
    year: int, off: int, worked: int
) -> None:
    known = DAYS.years[year]
    assert sum((each.last - each.first).days + 1 for each in known.holiday) == off
    assert sum(len(each.worked) for each in known.holiday) == worked


def test_a_term_begins_on_the_day_after_and_skips_the_spring_festival() -> None:
    assert DAYS.after(date(2026, 2, 13), 3) == date(2026, 2, 25)  # 14 worked, 24, 25


@given(KNOWN, st.integers(1, 15))
def test_a_term_and_the_days_between_agree(day: date, length: int) -> None:
    if day > date(2026, 11, 30):
        day = date(2026, 11, 30)
    end = DAYS.after(day, length)
    assert DAYS.is_working(end)
    assert DAYS.between(day, end) == length
    assert DAYS.between(day, end - timedelta(days=1)) == length - 1


def test_no_day_is_counted_backwards() -> None:
    assert DAYS.between(date(2026, 9, 2), date(2026, 9, 1)) == 0


def test_a_year_that_is_not_registered_is_refused_and_says_which_are() -> None:
    with pytest.raises(RefusedError, match="2027年的放假调休安排没有登记（已登记：2024—2026年）"):
        DAYS.after(date(2026, 12, 28), 10)


GOOD = """
[[year]]
year = 2026
document = "某号"
source = "某通知"
confidence = "M"
checked = "未核对"
holiday = [{ name = "元旦", first = 2026-01-01, last = 2026-01-03, worked = [2026-01-04] }]
"""


@pytest.mark.parametrize(
    ("before", "after", "told"),
    [
        ("worked = [2026-01-04]", "worked = [2026-01-05]", "2026-01-05 不是周末"),
        ("last = 2026-01-03", "last = 2025-12-31", "起止日期不对"),
        ('confidence = "M"', 'confidence = "?"', "没有写出处"),
        ('document = "某号"', "", "document"),
        ("[[year]]", "[[years]]", "year"),
    ],
)
def test_a_wrong_calendar_is_refused(before: str, after: str, told: str) -> None:
    assert read_calendar(GOOD, "x.toml").years
    with pytest.raises(DeclarationError, match=re.escape(told)):
        read_calendar(GOOD.replace(before, after), "x.toml")
