"""Trends, yearly duties and straight lines at their edges."""

from datetime import date
from fractions import Fraction

import pytest
from target_cases import DUE, point, target, without_base

from junheng.diagnosis import Light, judge_target
from junheng.diagnosis.trajectory import Base, expected
from junheng.diagnosis.trends import judge_trend
from junheng.diagnosis.yearly import judge_yearly

LATER = date(2026, 11, 24)
TREND = without_base(value=None, comparator="rising", force="trend", due=None)


# --- the straight line ----------------------------------------------------------------------------


def test_a_base_one_day_before_the_end_holds_its_value_until_then():
    base = Base(Fraction(10), date(2024, 12, 30), given=True)
    assert expected(base, Fraction(20), date(2024, 12, 31), date(2024, 12, 30)) == 10
    assert expected(base, Fraction(20), date(2024, 12, 31), date(2024, 1, 1)) == 10


@pytest.mark.parametrize("due", [date(2024, 12, 30), date(2024, 12, 29)])
def test_a_base_on_or_after_the_end_is_no_line(due):
    base = Base(Fraction(10), date(2024, 12, 30), given=True)
    assert expected(base, Fraction(20), due, date(2024, 1, 1)) == 20


# --- trends ---------------------------------------------------------------------------------------


def test_a_single_figure_and_several_are_not_compared():
    parts = {"小学L1": Fraction(1)}
    several, single = point("2025-09-01", None, parts=parts), point("2024-12-31", 1)
    for points in ((single, several), (several, point("2026-01-01", 1))):
        outcome = judge_trend(TREND, points, LATER, None)
        assert (outcome.light, outcome.reason) == (Light.NO_DATA, "两期没有可以对比的数")


def doubled(now, day, on, due=date(2026, 12, 31)):
    goal = without_base(comparator="rising", value="2", unit="倍", force="trend", due=due)
    return judge_trend(goal, [point("2025-12-31", 200), point(day, now)], on, None)


def test_within_the_year_its_last_day_included_doubling_is_measured_on_the_line():
    last = doubled(399, "2026-12-31", date(2026, 12, 31))
    assert (last.word, last.expected) == ("未到期", 400)
    assert last.base == Base(Fraction(200), date(2025, 12, 31), given=False)
    after = doubled(399, "2026-12-31", date(2027, 1, 1))
    assert (after.word, after.expected, after.base) == ("没有提高", None, None)


def test_doubling_is_overdue_after_its_deadline_only():
    """The year 2025 is closed on 2026-06-30, its deadline, and overdue the day after."""
    goal = without_base(
        comparator="rising", value="2", unit="倍", force="trend", due=date(2026, 6, 30)
    )
    points = [point("2024-12-31", 200), point("2025-12-31", 399)]
    assert judge_trend(goal, points, date(2026, 6, 30), None).light is Light.BEHIND
    assert judge_trend(goal, points, date(2026, 7, 1), None).light is Light.OVERDUE


# --- every year -----------------------------------------------------------------------------------


def yearly(*points, on=LATER, due=DUE, **wishes):
    goal = without_base(value="100", every="year", due=due, **wishes)
    return judge_yearly(goal, points, on, None)


def test_without_a_first_day_the_year_before_the_last_is_the_first():
    outcome = yearly(point("2023-12-31", 1), point("2024-12-31", 100), point("2025-12-31", 100))
    assert outcome.reason == "2024 年 100 所；2025 年 100 所（要求 ≥ 100 所（每年））"
    assert outcome.light is Light.MET


def test_the_last_figure_of_a_year_is_that_year_s():
    outcome = yearly(
        point("2024-12-31", 100), point("2025-03-31", 100), point("2025-12-31", 40)
    )  # fmt: skip
    assert (outcome.light, outcome.missing) == (Light.OVERDUE, 60)


def test_the_latest_figure_known_stands_for_the_duty():
    points = point("2024-12-31", 100), point("2025-12-31", 120)
    assert yearly(*points).point == points[1]
    blank = yearly(points[0], on=date(2026, 1, 1))
    assert (blank.light, blank.point) == (Light.NO_DATA, points[0])


def test_of_several_years_missed_the_last_is_shown_and_all_are_summed():
    points = point("2024-12-31", 90), point("2025-12-31", 70)
    outcome = yearly(*points)
    assert (outcome.point, outcome.missing) == (points[1], 40)
    assert "2024 年、2025 年没有完成，一共差 40 所" in outcome.reason
    first_only = yearly(points[0], point("2025-12-31", 100))
    assert first_only.point == points[0]
    assert first_only.missing == 10


def test_a_year_without_a_figure_is_told_as_such_and_lacks_nothing():
    outcome = yearly(point("2024-12-31", 90))
    assert outcome.missing == 10
    assert outcome.reason.startswith("2024 年 90 所；2025 年没有数（")


def test_within_the_year_the_line_starts_from_nothing_on_new_year_s_day():
    outcome = yearly(
        point("2024-12-31", 100), point("2025-07-02", 40), on=date(2025, 7, 2)
    )  # fmt: skip
    assert outcome.base == Base(Fraction(0), date(2025, 1, 1), given=True)
    assert outcome.expected == 50
    assert (outcome.light, outcome.missing) == (Light.BEHIND, 60)


def test_on_the_line_of_a_yearly_number_that_must_be_hit_exactly_is_on_course():
    exactly = {"comparator": "=", "on": date(2025, 7, 2)}
    closed = point("2024-12-31", 100)
    assert yearly(closed, point("2025-07-02", 51), **exactly).light is Light.ON_COURSE
    assert yearly(closed, point("2025-07-02", 49), **exactly).light is Light.BEHIND


# --- no number ------------------------------------------------------------------------------------


def test_a_target_without_number_gives_the_note_or_says_that_the_text_has_none():
    for note, told in (("按国家标准。", "按国家标准"), ("", "原文没有数字")):
        goal = without_base(value=None, comparator="none", note=note)
        assert judge_target(goal, [], LATER).reason == f"没有可以判断的数字：{told}"


def test_a_firm_target_is_not_moved_by_the_day_it_is_asked():
    assert judge_target(target(), [point("2025-12-31", 150)], DUE).light is Light.MET
