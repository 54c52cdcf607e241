"""The light of one target, worked by hand: on the line, on the day, a day after."""

from datetime import date, timedelta
from fractions import Fraction

import pytest
from target_cases import DUE, point, target, without_base

from junheng.diagnosis import Light, judge_target
from junheng.diagnosis.telling import told
from junheng.diagnosis.trajectory import Base, expected, pace

LATER = date(2026, 11, 24)


def light(goal, *points, on=LATER, **more):
    return judge_target(goal, points, on, **more).light


# --- a number and a deadline -----------------------------------------------------------------------


def test_the_number_itself_is_met_and_one_less_is_not():
    assert light(target(), point("2025-12-31", 150)) is Light.MET
    assert light(target(), point("2025-12-31", 149)) is Light.OVERDUE
    assert light(target(), point("2025-12-31", "149.999999")) is Light.OVERDUE


def test_more_than_is_not_met_by_the_number_itself():
    more = target(comparator=">", value="90000", unit="个")
    assert light(more, point("2025-12-31", 90000)) is Light.OVERDUE
    assert light(more, point("2025-12-31", 90001)) is Light.MET
    assert "须多于这个数" in judge_target(more, [point("2025-12-31", 90000)], LATER).reason


def test_at_most_and_none_at_all_are_met_from_above():
    most = without_base(comparator="<=", value="5", unit="%")
    assert light(most, point("2025-12-31", 5)) is Light.MET
    assert light(most, point("2025-12-31", "5.01")) is Light.OVERDUE
    none = without_base(comparator="=", value="0", unit="人")
    assert light(none, point("2025-12-31", 0)) is Light.MET
    missed = judge_target(none, [point("2025-12-31", 3)], LATER)
    assert (missed.light, missed.missing) == (Light.OVERDUE, 3)


def test_on_the_due_day_nothing_is_overdue_and_the_day_after_it_is():
    measured = point("2025-12-30", 149)
    assert light(target(), measured, on=DUE) is not Light.OVERDUE
    assert light(target(), measured, on=DUE + timedelta(1)) is Light.OVERDUE


def test_on_the_due_day_itself_the_line_has_reached_the_number():
    outcome = judge_target(target(), [point("2025-12-31", 149)], DUE)
    assert (outcome.light, outcome.expected, outcome.missing) == (Light.BEHIND, 150, 1)


def test_before_the_deadline_the_straight_line_decides_and_is_enough():
    """1461 days from 2021-01-01 to 2025-01-01, 1825 to 2025-12-31: 150 × 1461 / 1825 = 120.08…"""
    line = Fraction(150 * 1461, 1825)
    on = date(2025, 6, 1)
    good = judge_target(target(), [point("2025-01-01", line)], on)
    assert (good.light, good.expected) == (Light.ON_COURSE, line)
    assert light(target(), point("2025-01-01", line - Fraction(1, 10**9)), on=on) is Light.BEHIND
    assert light(target(), point("2025-01-01", 121), on=on) is Light.ON_COURSE
    assert light(target(), point("2025-01-01", 120), on=on) is Light.BEHIND


def test_behind_says_how_far_below_the_line():
    outcome = judge_target(target(), [point("2025-12-31", 149)], DUE)
    assert "到这一天应为 150 所，落后 1 所" in outcome.reason


def test_what_must_fall_is_on_course_below_its_line():
    """From 10 on 2021-01-01 to 0: half way after half of the days."""
    falls = target(comparator="=", value="0", base_value="10")
    half = date(2021, 1, 1) + timedelta(days=(DUE - date(2021, 1, 1)).days // 2)
    line = 10 - 10 * Fraction((half - date(2021, 1, 1)).days, 1825)
    assert light(falls, point(half.isoformat(), line), on=half) is Light.ON_COURSE
    assert light(falls, point(half.isoformat(), line + 1), on=half) is Light.BEHIND


def test_at_most_and_exactly_are_on_course_on_their_line_too():
    half = date(2021, 1, 1) + timedelta(days=365)
    line = 10 - 8 * Fraction(365, 1825)
    most = target(comparator="<=", value="2", base_value="10")
    assert light(most, point(half.isoformat(), line), on=half) is Light.ON_COURSE
    assert light(most, point(half.isoformat(), line + 1), on=half) is Light.BEHIND
    exactly = target(comparator="=", value="10", base_value="0")
    assert light(exactly, point(half.isoformat(), 2), on=half) is Light.ON_COURSE
    assert light(exactly, point(half.isoformat(), "1.9"), on=half) is Light.BEHIND


def test_without_a_base_the_first_figure_is_the_base_and_a_lone_figure_says_nothing():
    on = date(2025, 6, 1)
    goal = without_base()
    alone = judge_target(goal, [point("2025-01-01", 140)], on)
    assert alone.light is Light.NO_DATA
    assert "没有基数" in alone.reason
    assert "140" in alone.reason
    two = judge_target(goal, [point("2024-12-31", 100), point("2025-05-31", 140)], on)
    assert (two.light, two.base) == (
        Light.ON_COURSE,
        Base(Fraction(100), date(2024, 12, 31), False),
    )
    assert two.expected == 100 + 50 * Fraction(151, 365)
    assert "首次登记" in two.reason


def test_a_lone_figure_is_enough_once_the_deadline_has_passed():
    assert light(without_base(), point("2025-01-01", 140)) is Light.OVERDUE
    assert light(without_base(), point("2025-01-01", 150)) is Light.MET


def test_overdue_says_how_much_is_missing_how_late_and_that_the_figure_is_old():
    outcome = judge_target(target(), [point("2025-06-30", 120)], LATER)
    assert outcome.missing == 30
    for words in (
        "2025-06-30 为 120 所",
        "要求 ≥ 150 所",
        "还差 30 所",
        "已过期限 2025-12-31 共 328 天",
    ):
        assert words in outcome.reason
    assert "期限以后没有新的数" in outcome.hints
    on_the_day = judge_target(target(), [point("2025-12-31", 120)], LATER)
    assert "期限以后没有新的数" in on_the_day.hints
    fresh = judge_target(target(), [point("2026-06-30", 120)], LATER)
    assert "期限以后没有新的数" not in fresh.hints


def test_without_deadline_what_is_not_met_is_behind_and_never_overdue():
    goal = without_base(due=None, due_text="持续", value="100", unit="%")
    outcome = judge_target(goal, [point("2025-12-31", "99.996")], date(2099, 1, 1))
    assert outcome.light is Light.BEHIND
    assert "没有写期限（持续）" in outcome.reason
    assert "为 99.996%" in outcome.reason, "it must not read 100%"
    assert light(goal, point("2025-12-31", 100)) is Light.MET


def test_the_latest_figure_is_judged_and_a_later_than_the_day_is_not_seen():
    old, new = point("2024-12-31", 150), point("2025-12-31", 140)
    assert light(target(), old, new) is Light.OVERDUE
    assert light(target(), old, new, on=date(2025, 6, 30)) is Light.MET


# --- force ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("force", "missed", "met"),
    [
        ("firm", "未达标", "达标"),
        ("strive", "未完成（力争目标）", "已完成（力争目标）"),
        ("soft", "未达到", "已达到"),
        ("trend", "未完成（逐步推进）", "达标"),
    ],
)
def test_a_miss_is_told_in_the_words_of_its_force(force, missed, met):
    goal = target(force=force)
    assert judge_target(goal, [point("2025-12-31", 149)], LATER).word == missed
    assert judge_target(goal, [point("2025-12-31", 150)], LATER).word == met


def test_a_soft_target_says_that_its_tolerance_is_not_set():
    soft = target(force="soft", comparator="≈", value="30")
    short = judge_target(soft, [point("2025-12-31", 29)], LATER)
    assert short.light is Light.OVERDUE
    assert "容差：未定，先按原数判断" in short.hints
    met = judge_target(soft, [point("2025-12-31", 30)], LATER)
    assert met.light is Light.MET
    assert "容差：未定，先按原数判断" in met.hints


def test_a_tolerance_that_is_set_counts_its_edge_included():
    soft = target(force="soft", comparator="≈", value="30", tolerance="2")
    assert light(soft, point("2025-12-31", 28)) is Light.MET
    short = judge_target(soft, [point("2025-12-31", 27)], LATER)
    assert (short.light, short.missing) == (Light.OVERDUE, 1)
    assert "容差：2 所" in short.hints
    assert light(soft, point("2025-12-31", 60)) is Light.MET, "more than asked is no shortfall"


def test_only_a_soft_target_speaks_of_tolerance():
    assert judge_target(target(), [point("2025-12-31", 150)], LATER).hints == ()


def test_a_tolerance_helps_no_firm_target():
    assert light(target(tolerance="2"), point("2025-12-31", 149)) is Light.OVERDUE


# --- no number, no data ----------------------------------------------------------------------------


def test_a_target_without_number_says_so_whatever_was_filed():
    goal = without_base(value=None, comparator="none", note="原文没有数字。")
    outcome = judge_target(goal, [point("2025-12-31", 150)], LATER)
    assert outcome.light is Light.NO_NUMBER
    assert "原文没有数字" in outcome.reason
    assert outcome.word == ""
    unnumbered = without_base(value=None, comparator=">=")
    assert light(unnumbered, point("2025-12-31", 150)) is Light.NO_NUMBER


def test_a_target_without_figures_says_what_to_register():
    outcome = judge_target(target(), [], LATER)
    assert outcome.light is Light.NO_DATA
    assert "没有登记实际数：示例数" in outcome.reason


def test_a_figure_that_cannot_be_computed_says_why():
    lacking = point("2025-09-01", None, lacking="3 所学校缺报")
    outcome = judge_target(target(), [lacking], LATER)
    assert (outcome.light, outcome.reason) == (Light.NO_DATA, "2025-09-01 3 所学校缺报")


def test_an_earlier_figure_stands_where_the_latest_cannot_be_computed():
    lacking = point("2026-09-01", None, lacking="3 所学校缺报")
    assert light(target(), point("2025-12-31", 150), lacking) is Light.MET


# --- trends --------------------------------------------------------------------------------------


def trend(comparator, before, now, **wishes):
    goal = without_base(value=None, comparator=comparator, force="trend", due=None, **wishes)
    return judge_target(goal, [point("2024-12-31", before), point("2025-12-31", now)], LATER)


@pytest.mark.parametrize(
    ("comparator", "up", "equal", "down"),
    [
        ("rising", Light.ON_COURSE, Light.BEHIND, Light.BEHIND),
        ("not_falling", Light.ON_COURSE, Light.ON_COURSE, Light.BEHIND),
        ("falling", Light.BEHIND, Light.BEHIND, Light.ON_COURSE),
    ],
)
def test_a_trend_compares_with_the_year_before(comparator, up, equal, down):
    assert trend(comparator, 100, "100.01").light is up
    assert trend(comparator, 100, 100).light is equal
    assert trend(comparator, 100, "99.99").light is down


def test_what_may_only_rise_is_pointed_out_where_it_stands_still():
    still = trend("not_falling", 100, 100)
    assert still.light is Light.ON_COURSE
    assert any("持平" in hint for hint in still.hints)
    assert not trend("not_falling", 100, 101).hints


def test_a_fall_of_what_may_only_rise_says_by_how_much():
    fallen = trend("not_falling", "100.5", "98", unit="万元")
    assert fallen.missing == Fraction("2.5")
    assert "下降 2.5 万元" in fallen.reason


def test_a_firm_trend_that_is_broken_is_a_miss():
    goal = without_base(value=None, comparator="not_falling", due=None)
    points = [point("2023-12-31", 100), point("2024-12-31", 99)]
    assert judge_target(goal, points, LATER).word == "未达标"


def test_two_values_that_print_alike_are_told_apart():
    reason = trend("rising", Fraction(10**7, 3), Fraction(10**7, 3) + Fraction(1, 10**6)).reason
    now, before = reason.split("，")[0], reason.split("，")[1]
    assert now.split()[2] != before.split()[2]
    assert "提高" in reason


def test_two_figures_of_one_year_are_one_period():
    goal = without_base(value=None, comparator="rising", force="trend", due=None)
    same = [point("2025-06-30", 100), point("2025-12-31", 120)]
    assert judge_target(goal, same, LATER).light is Light.NO_DATA
    three = [point("2024-12-31", 130), *same]
    assert judge_target(goal, three, LATER).light is Light.BEHIND


def test_several_figures_are_compared_one_by_one():
    goal = without_base(value=None, comparator="falling", force="trend", due=None)
    before = point("2024-09-01", None, parts={"小学L1": Fraction(1), "小学L2": Fraction(1)})
    mixed = point("2025-09-01", None, parts={"小学L1": Fraction(1, 2), "小学L2": Fraction(1)})
    outcome = judge_target(goal, [before, mixed], LATER)
    assert outcome.light is Light.BEHIND
    assert "2 项中有 1 项不符合" in outcome.reason
    assert "小学L2持平" in outcome.reason
    better = point("2025-09-01", None, parts={"小学L1": Fraction(1, 2), "初中L1": Fraction(9)})
    outcome = judge_target(goal, [before, better], LATER)
    assert outcome.light is Light.ON_COURSE
    assert outcome.hints == ("2 项只有一期，没有比",)


def doubled(*points, on):
    goal = without_base(
        comparator="rising", value="2", unit="倍", force="trend", due=date(2026, 12, 31)
    )
    return judge_target(goal, points, on)


def test_doubling_asks_for_twice_the_year_before():
    first, on = point("2024-12-31", 100), date(2026, 1, 1)
    assert doubled(first, on=on).light is Light.NO_DATA
    assert doubled(first, point("2025-12-31", 200), on=on).light is Light.ON_COURSE
    short = doubled(first, point("2025-12-31", 199), on=on)
    assert (short.light, short.missing, short.word) == (Light.BEHIND, 1, "没有提高")


def test_doubling_within_the_year_follows_the_straight_line_and_is_overdue_after_the_last():
    """300 on 2026-07-01: 182 of 365 days after 200 on 2025-12-31, so the line is at 299.7…"""
    first = point("2025-12-31", 200)
    on = date(2026, 7, 2)
    good = doubled(first, point("2026-07-01", 300), on=on)
    assert (good.light, good.expected) == (Light.ON_COURSE, 200 + 200 * Fraction(182, 365))
    assert doubled(first, point("2026-07-01", 299), on=on).light is Light.BEHIND
    late = doubled(first, point("2026-12-31", 399), on=date(2027, 1, 1))
    assert late.light is Light.OVERDUE


def test_doubling_on_the_last_day_is_not_yet_overdue_and_the_line_itself_is_enough():
    first, last = point("2025-12-31", 200), point("2026-12-31", 399)
    assert doubled(first, last, on=date(2026, 12, 31)).light is Light.BEHIND
    line = 200 + 200 * Fraction(181, 365)
    on = date(2026, 7, 2)
    assert doubled(first, point("2026-06-30", line), on=on).light is Light.ON_COURSE


def test_five_figures_are_named_and_a_sixth_is_only_counted():
    goal = without_base(value=None, comparator="falling", force="trend", due=None)

    def told_of(count):
        parts = {f"小学L{n}": Fraction(1) for n in range(count)}
        same = [point("2024-09-01", None, parts=parts), point("2025-09-01", None, parts=parts)]
        return judge_target(goal, same, LATER).reason

    assert "小学L4持平" in told_of(5)
    assert "等" not in told_of(5)
    assert "小学L5" not in told_of(6)
    assert told_of(6).endswith(" 等")


# --- every year -----------------------------------------------------------------------------------


def yearly(*points, on, due=DUE, **wishes):
    goal = without_base(
        value="3000", unit="人次", every="year", period_start=date(2023, 1, 1), due=due,
        force="soft", **wishes,
    )  # fmt: skip
    return judge_target(goal, points, on)


def test_a_yearly_number_must_be_reached_in_each_year():
    all_met = [point(f"{y}-12-31", 3000) for y in (2023, 2024, 2025)]
    assert yearly(*all_met, on=LATER).light is Light.MET
    short = yearly(all_met[0], point("2024-12-31", 2900), all_met[2], on=LATER)
    assert (short.light, short.missing) == (Light.OVERDUE, 100)
    assert "2024 年没有完成" in short.reason
    blank = yearly(all_met[0], all_met[2], on=LATER)
    assert blank.light is Light.NO_DATA
    assert "缺 2024 年的数" in blank.reason


def test_more_in_one_year_does_not_make_up_for_another():
    points = [point("2023-12-31", 9000), point("2024-12-31", 2999), point("2025-12-31", 3000)]
    assert yearly(*points, on=LATER).missing == 1


def test_within_the_year_the_straight_line_from_new_year_decides():
    """2025-07-02 is 182 days after new year, of 364 to the last of December: 1500."""
    closed = [point("2023-12-31", 3000), point("2024-12-31", 3000)]
    on = date(2025, 7, 2)
    assert yearly(*closed, point("2025-07-02", 1500), on=on).light is Light.ON_COURSE
    assert yearly(*closed, point("2025-07-02", 1499), on=on).light is Light.BEHIND
    assert yearly(*closed, point("2025-07-02", 3000), on=DUE).light is Light.MET
    assert yearly(*closed, on=on).light is Light.ON_COURSE


def test_the_last_of_december_is_still_within_the_year_and_new_year_is_not():
    closed = [point("2023-12-31", 3000), point("2024-12-31", 3000)]
    late = point("2025-12-31", 2999)
    assert yearly(*closed, late, on=DUE).light is Light.BEHIND
    assert yearly(*closed, late, on=date(2026, 1, 1)).light is Light.OVERDUE


def test_a_yearly_duty_without_end_is_judged_on_the_last_and_the_present_year():
    old = point("2023-12-31", 3000)
    assert yearly(old, on=LATER, due=None).light is Light.NO_DATA
    last = point("2025-12-31", 3000)
    assert yearly(old, last, on=LATER, due=None).light is Light.ON_COURSE
    assert yearly(last, point("2026-10-01", 3000), on=LATER, due=None).light is Light.MET
    assert yearly(point("2025-12-31", 1), on=LATER, due=None).light is Light.OVERDUE


def test_a_yearly_duty_without_end_forgets_what_lies_before_the_last_year():
    old, last = point("2024-12-31", 1), point("2025-12-31", 3000)
    assert yearly(old, last, on=LATER, due=None).light is Light.ON_COURSE
    assert "2024" not in yearly(old, last, on=LATER, due=None).reason


def test_a_yearly_duty_may_begin_without_a_day_and_in_the_present_year():
    goal = without_base(value="1", unit="份", every="year", due=None)
    assert light(goal, point("2025-12-31", 1)) is Light.ON_COURSE
    assert light(goal, point("2025-12-31", 0)) is Light.OVERDUE
    begun = without_base(value="1", every="year", due=None, period_start=date(2026, 1, 1))
    early = judge_target(begun, [point("2025-12-31", 0)], LATER)
    assert early.light is Light.NO_DATA
    assert "2025" not in early.reason


def test_before_the_first_year_nothing_is_asked():
    assert yearly(on=date(2022, 5, 1)).light is Light.NO_DATA


# --- recovery -------------------------------------------------------------------------------------


def test_the_pace_is_what_is_missing_over_the_months_to_the_promised_date():
    """1461 days are 48 months: 30 所 in 1461 days are 30/48 a month, 7.5 a year."""
    on = date(2026, 1, 1)
    filed = point("2025-12-31", 120, recovery=on + timedelta(1461))
    found = judge_target(target(), [filed], on).pace
    assert found is not None
    assert (found.per_month, found.per_year) == (Fraction(30, 48), Fraction(30, 4))
    assert found.basis == "登记的承诺日期"


def test_a_date_given_by_hand_goes_before_the_one_filed_and_that_before_the_deadline():
    on = date(2025, 6, 1)
    filed = point("2025-05-31", 10, recovery=date(2025, 11, 30))
    by_hand = judge_target(target(), [filed], on, recover_by=date(2025, 10, 31)).pace
    assert (by_hand.until, by_hand.basis) == (date(2025, 10, 31), "选项指定")
    assert judge_target(target(), [filed], on).pace.until == date(2025, 11, 30)
    plain = judge_target(target(), [point("2025-05-31", 10)], on).pace
    assert (plain.until, plain.basis) == (DUE, "原定期限")


def test_a_promised_date_that_has_passed_is_told_and_gives_no_pace():
    filed = point("2025-12-31", 120, recovery=date(2026, 6, 30))
    outcome = judge_target(target(), [filed], LATER)
    assert outcome.pace is None
    assert "登记的承诺日期 2026-06-30 已过" in outcome.hints
    assert any("--recover-by" in hint for hint in outcome.hints)


def test_a_promise_for_the_day_itself_has_passed_and_a_passed_deadline_is_not_told_twice():
    filed = point("2025-12-31", 120, recovery=LATER)
    outcome = judge_target(target(), [filed], LATER)
    assert outcome.pace is None
    assert f"登记的承诺日期 {LATER} 已过" in outcome.hints
    assert not any("原定期限" in hint for hint in outcome.hints)
    tomorrow = point("2025-12-31", 120, recovery=LATER + timedelta(1))
    assert judge_target(target(), [tomorrow], LATER).pace.until == LATER + timedelta(1)


def test_no_day_left_is_no_pace():
    assert pace(Fraction(1), LATER, LATER, "") is None
    assert pace(Fraction(1), LATER, LATER + timedelta(1), "") is not None


def test_the_line_is_level_before_its_base_and_after_its_end():
    base = Base(Fraction(10), date(2024, 1, 1), given=True)
    due = date(2024, 12, 31)
    assert expected(base, Fraction(20), due, date(2023, 1, 1)) == 10
    assert expected(base, Fraction(20), due, due) == 20
    assert expected(base, Fraction(20), due, date(2030, 1, 1)) == 20
    assert expected(base, Fraction(20), base.on, base.on) == 20


@pytest.mark.parametrize(
    ("value", "beside", "text"),
    [
        (Fraction(150), (), "150"),
        (Fraction(3, 17) * 100, (), "17.65"),
        (Fraction("99.996"), (Fraction(100),), "99.996"),
        (Fraction("99.996"), (), "100"),
        (Fraction("-1234567.5"), (), "-1,234,567.5"),
        (100 - Fraction(1, 10**12), (Fraction(100),), "99999999999999/1000000000000"),
        (100 + Fraction(1, 10**12), (Fraction(100),), "100000000000001/1000000000000"),
        (Fraction(1, 10**9), (Fraction(0),), "0.000000001"),
        (Fraction(-1, 10**9), (Fraction(0),), "-0.000000001"),
        (Fraction(1, 10**10), (Fraction(0),), "1/10000000000"),
        (Fraction("0.05"), (), "0.05"),
        (Fraction("0.005"), (), "0.01"),
        (Fraction("-0.001"), (), "0"),
        (Fraction(0), (), "0"),
    ],
)
def test_a_number_is_told_with_the_digits_that_keep_it_true(value, beside, text):
    assert told(value, *beside) == text
