"""A target with a number: from where its line starts, and when there is no date to mend it by."""

from datetime import date

from target_cases import DUE, point, target, without_base

from junheng.diagnosis import Light, judge_target
from junheng.diagnosis.trajectory import Base

EARLY = date(2025, 6, 1)


def test_a_base_that_the_policy_gives_is_told_as_its_own():
    outcome = judge_target(target(), [point("2025-01-01", 121)], EARLY)
    assert outcome.base == Base(0, date(2021, 1, 1), given=True)
    assert "按直线（原文起点 2021-01-01 为 0 所）" in outcome.reason


def test_a_base_needs_its_value_and_its_day():
    for lacking in ("base_value", "base_date"):
        alone = judge_target(target(**{lacking: None}), [point("2025-01-01", 121)], EARLY)
        assert alone.light is Light.NO_DATA
        assert "没有基数" in alone.reason


def test_on_the_due_day_no_day_is_left_to_mend_what_is_missing():
    outcome = judge_target(without_base(), [point("2024-12-31", 1), point("2025-12-31", 2)], DUE)
    assert outcome.pace is None
    assert outcome.hints == ("没有可用的补齐日期：请登记承诺补齐日期，或用 --recover-by 指定",)


def test_who_stood_at_the_goal_and_left_it_is_behind():
    none_left = without_base(comparator="=", value="0")
    outcome = judge_target(none_left, [point("2024-06-01", 0), point("2025-01-01", 3)], EARLY)
    assert outcome.light is Light.BEHIND
    assert "落后 3 所" in outcome.reason
