"""Which places have a light, whose figures count, and what is left out with its reason."""

from datetime import date
from decimal import Decimal

import pytest
from target_cases import facts_of, row

from junheng.diagnosis import Light, judge_targets
from junheng.standards import Policy

ON, CITY, COUNTY, JINSHUI = date(2026, 11, 24), "410100", "410199", "410105"


def board(*several, on=ON, readings=None, **more):
    return judge_targets(several, Policy.at(CITY, on, readings=readings), **more)


def of(found, code):
    return [each for each in found.verdicts if each.code == code]


def one(found, code):
    (verdict,) = of(found, code)
    return verdict


def progress(*rows, **more):
    return facts_of(progress=list(rows), **more)


def test_every_commitment_has_at_least_one_verdict_and_none_is_met_by_default():
    found = board(facts_of())
    assert {each.code for each in found.verdicts} == set(found.policy.promises)
    assert len(found.policy.promises) == 79
    assert {each.light for each in found.verdicts} == {Light.NO_DATA, Light.NO_NUMBER}


def test_a_figure_of_the_whole_is_the_citys_and_a_countys_never_stands_for_it():
    found = one(board(progress(row("C03.1", COUNTY, "2025-12-31", "160"))), "C03.1")
    assert (found.place, found.whole, found.light) == (CITY, True, Light.NO_DATA)
    assert "1 个单位登记了自己的数，合计 160 所，不能代替整个范围的数" in found.outcome.reason
    both = progress(
        row("C03.1", COUNTY, "2025-12-31", "160"), row("C03.1", CITY, "2025-12-31", "149")
    )
    assert one(board(both), "C03.1").light is Light.OVERDUE


def test_of_several_figures_of_a_unit_or_another_reading_the_latest_is_told():
    found = board(progress(
        row("C03.1", COUNTY, "2025-06-30", "5"), row("C03.1", COUNTY, "2025-12-31", "8"),
        row("C03.2", CITY, "2026-06-30", "95000"),
        row("C03.2n", CITY, "2025-06-30", "70000"), row("C03.2n", CITY, "2026-06-30", "80000"),
    ))  # fmt: skip
    assert "合计 8 所" in one(found, "C03.1").outcome.reason
    assert [b.point.value for b in one(found, "C03.2").beside] == [80000]


def test_what_binds_each_unit_is_judged_for_each_unit_that_speaks():
    filed = progress(
        row("C20.1", COUNTY, "2026-06-30", "100"), row("C20.1", JINSHUI, "2026-06-30", "90")
    )
    found = {each.place: each.light for each in of(board(filed), "C20.1")}
    assert found == {COUNTY: Light.MET, JINSHUI: Light.BEHIND}
    with_city = progress(row("C20.1", CITY, "2026-06-30", "95"))
    found = of(board(with_city), "C20.1")
    assert [(each.place, each.whole) for each in found] == [(CITY, True), (COUNTY, False)]


def test_the_named_counties_have_their_own_target():
    found = one(board(progress(row("C02.1", JINSHUI, "2026-01-31", "1"))), "C02.1")
    assert (found.place, found.place_name, found.light) == (JINSHUI, "金水区", Light.MET)
    assert one(board(facts_of()), "C02.2").place == "410122"


def test_a_unit_outside_the_scope_is_not_bound():
    """C05.3 asks the core only: the county is not in it, so the target stands for the city."""
    found = one(board(facts_of()), "C05.3")
    assert (found.place, found.whole) == (CITY, True)
    inside = one(board(facts_of(place=JINSHUI)), "C05.3")
    assert (inside.place, inside.whole) == (JINSHUI, False)


@pytest.mark.parametrize(
    ("filed", "reason"),
    [
        (row("C03.1", CITY, "2026-11-25", "150"), "统计日期晚于 2026-11-24"),
        (row("C03.1", CITY, None, "150"), "没有统计日期"),
        (row("C03.1", CITY, "2026-11-24", None), "没有实际数"),
        (row("C99.9", CITY, "2026-11-24", "1"), "没有这个目标编号"),
        (row("C03.2", COUNTY, "2026-11-24", "1"), "单位不在范围内（市内五区、三个开发区）"),
        (row("C02.1", "410122", "2026-11-24", "1"), "单位不在范围内（金水区）"),
        (row("C03.1", "421000", "2026-11-24", "1"), "单位不在范围内（全市）"),
    ],
)
def test_a_row_that_does_not_count_is_listed_with_its_reason(filed, reason):
    found = board(progress(filed))
    (ignored,) = found.ignored
    assert (ignored.commitment, ignored.place) == (filed["commitment"], filed["place"])
    assert ignored.reason == reason
    assert {each.light for each in found.verdicts} == {Light.NO_DATA, Light.NO_NUMBER}


def test_a_row_of_the_day_itself_counts():
    assert one(board(progress(row("C03.1", CITY, "2026-11-24", "150"))), "C03.1").light is Light.MET


def test_facts_counted_after_the_day_are_left_out():
    late = facts_of(year=2026, progress=[row("C03.1", CITY, "2025-12-31", "150")])
    found = board(late, on=date(2026, 8, 31))
    assert one(found, "C03.1").light is Light.NO_DATA
    assert [each.reason for each in found.ignored] == ["2026—2027学年的数据晚于 2026-08-31"]
    assert one(board(late, on=date(2026, 9, 1)), "C03.1").light is Light.MET


def spending(year, prev, prev2):
    return facts_of(
        year=year,
        county={
            "general_budget_edu_prev_yuan": Decimal(prev),
            "general_budget_edu_prev2_yuan": Decimal(prev2),
        },
    )


def test_several_years_are_one_line_and_the_later_form_is_believed():
    """The 2024 form says 90 for 2023, that of 2025 corrects it to 100: 2024 with 95 is a fall."""
    first = spending(2024, "900000", "800000")
    second = spending(2025, "950000", "1000000")
    alone = one(board(first), "C05.1")
    assert (alone.light, alone.outcome.point.on) == (Light.ON_COURSE, date(2023, 12, 31))
    for order in ((first, second), (second, first)):
        found = one(board(*order), "C05.1")
        assert (found.light, found.outcome.word) == (Light.BEHIND, "未达标")
        assert found.outcome.missing == 5
        assert found.outcome.previous.on == date(2023, 12, 31)


def test_a_later_form_that_is_silent_on_a_year_leaves_what_the_earlier_one_said():
    second = facts_of(year=2025, county={"general_budget_edu_prev_yuan": Decimal(950000)})
    found = one(board(spending(2024, "900000", "800000"), second), "C05.1").outcome
    assert (found.point.value, found.previous.value) == (95, 90)
    alone = one(board(second), "C05.1")
    assert alone.light is Light.NO_DATA


def test_the_same_row_in_two_snapshots_counts_once_and_the_later_year_is_believed():
    first = facts_of(year=2024, progress=[row("C03.1", CITY, "2024-12-31", "90")])
    second = facts_of(year=2025, progress=[row("C03.1", CITY, "2024-12-31", "91")])
    for order in ((first, second), (second, first)):
        assert one(board(*order), "C03.1").outcome.point.value == 91


def test_figures_of_another_reading_stand_beside_and_never_in_the_place_of_the_default():
    filed = progress(
        row("C03.2", CITY, "2026-06-30", "95000"), row("C03.2n", CITY, "2026-06-30", "80000")
    )
    found = one(board(filed), "C03.2")
    assert (found.light, found.outcome.point.value) == (Light.MET, 95000)
    assert [(b.code, b.point.value) for b in found.beside] == [("C03.2n", 80000)]
    net = one(board(filed, readings={"seats": "net-2023"}), "C03.2")
    assert net.outcome.point.value == 80000
    assert [(b.code, b.point.value) for b in net.beside] == [("C03.2", 95000)]
    other = one(board(filed, readings={"seats": "net-2024"}), "C03.2")
    assert other.light is Light.NO_DATA


def test_without_a_definition_the_proposed_computation_is_not_used():
    found = one(board(facts_of(), readings={"definitions": "awaited"}), "C11.4")
    assert found.promise.target.data_source == "progress"


def test_any_allowance_is_enough_only_where_that_is_the_reading_taken():
    filed = progress(row("C12.1a", COUNTY, "2026-06-30", "0.01"))
    assert one(board(filed), "C12.1").light is Light.NO_NUMBER
    assert one(board(filed, readings={"amounts": "any"}), "C12.1").light is Light.MET


def test_a_recovery_date_filed_with_a_row_serves_a_computed_figure_too():
    classes = {"classes_46_50_primary": 1, "class_count_primary": 1}
    blank = {f"classes_{b}_primary": 0 for b in ("le_25", "26_30", "31_35", "36_40", "41_45", "51_55", "56_60", "61_65", "ge_66")}  # fmt: skip
    from worked.building import school

    filed = facts_of(
        [school("2141000001", "primary", {"primary": 46}, **blank, **classes)],
        progress=[
            row("C03.4", COUNTY, "2025-06-30", "1", recovery_date=date(2027, 8, 31)),
        ],
    )
    found = one(board(filed), "C03.4")
    assert found.outcome.point.on == date(2025, 9, 1)
    assert found.outcome.point.value == 0
    assert found.outcome.pace.until == date(2027, 8, 31)


def test_of_two_recovery_dates_filed_the_later_row_is_believed():
    filed = progress(
        row("C15.3", COUNTY, "2024-06-30", "1", recovery_date=date(2027, 1, 31)),
        row("C15.3", COUNTY, "2025-06-30", "1", recovery_date=date(2027, 8, 31)),
        schools=group() + group_of("G1"),
    )
    found = one(board(filed), "C15.3").outcome
    assert (found.point.value, found.pace.until) == (50, date(2027, 8, 31))


def test_a_recovery_date_by_hand_serves_every_target():
    filed = progress(row("C03.1", CITY, "2025-12-31", "140"))
    found = one(board(filed, recover_by=date(2027, 11, 24)), "C03.1").outcome.pace
    assert (found.basis, found.until) == ("选项指定", date(2027, 11, 24))


def test_a_figure_keeps_its_source_and_its_remark():
    filed = progress(
        row("C03.1", CITY, "2025-12-31", "140", remark="含改扩建"),
        row("C03.2", CITY, "2025-12-31", "1", source=None),
    )
    point = one(board(filed), "C03.1").outcome.point
    assert (point.source, point.remark) == ("示例台账", "含改扩建")
    assert one(board(filed), "C03.2").outcome.point.source == "来源未写"


def test_units_that_declared_nothing_of_this_target_are_not_counted_as_having_done_so():
    filed = progress(
        row("C03.1", COUNTY, "2025-12-31", "8"),
        row("C09.1", CITY, "2023-12-31", "195"),
        row("C07.1", CITY, "2025-12-31", "1"),
    )
    found = board(filed)
    assert "1 个单位登记了自己的数" in one(found, "C03.1").outcome.reason
    assert "登记了自己的数" not in one(found, "C15.1").outcome.reason
    assert "登记了自己的数" not in one(found, "C05.3").outcome.reason


def group(**filed):
    from worked.building import school

    return [school("2141000001", "primary", {"primary": 90}, **filed)]


def group_of(name):
    from worked.building import school

    return [school("2141000002", "primary", {"primary": 90}, group_id=name)]


def test_every_base_of_the_coverage_stands_beside_the_one_taken():
    found = one(board(facts_of(group(group_id="G1"))), "C15.3")
    assert found.outcome.point.value == 100
    assert [b.code for b in found.beside] == ["C15.3s", "C15.3c", "C15.3p"]
    pupils = one(
        board(facts_of(group(group_id="G1")), readings={"group-coverage": "pupils"}), "C15.3"
    )
    assert [b.code for b in pupils.beside] == ["C15.3", "C15.3s", "C15.3c"]


def test_a_declared_figure_stands_where_the_facts_of_that_day_say_nothing():
    declared = row("C15.3", COUNTY, "2025-09-01", "0")
    silent = one(board(facts_of(group(), progress=[declared])), "C15.3")
    assert (silent.outcome.point.value, silent.outcome.point.source) == (0, "示例台账")
    speaking = one(board(facts_of(group(group_id="G1"), progress=[declared])), "C15.3")
    assert speaking.outcome.point.value == 100
