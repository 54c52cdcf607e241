"""Equipment, areas, copies, digits, values on the line, people moved: what is asked, and what is not."""

from datetime import date

import pytest
from screen_cases import NOW, asked, codes, even, facts, sat

from junheng.diagnosis.screening import screens

SIZES = even(42, 4)
PUPILS = 42 * 4 * 6
NEED_YUAN = 2000 * PUPILS


def _equipped(value, year=NOW, **more):
    return facts([sat("A", SIZES, equipment_value_yuan=value)], year, **more)


def test_equipment_that_rose_to_the_line_is_asked_about():
    found = asked(
        "equipment_topped", _equipped(NEED_YUAN * 0.8 // 1, NOW - 1), _equipped(NEED_YUAN)
    )
    assert "161.28万元→201.6万元，比刚好达标多0万元" in found[0].found
    assert found[0].indicator == "L6"


@pytest.mark.parametrize(
    ("before", "now"),
    [(0.8, 1.05), (0.95, 1), (1.01, 1.001), (0.8, 0.999)],
    ids=["well above", "a small step", "met before", "still short"],
)
def test_other_purchases_are_not(before, now):
    years = _equipped(int(NEED_YUAN * before), NOW - 1), _equipped(int(NEED_YUAN * now))
    assert asked("equipment_topped", *years) == []


def test_in_december_a_little_more_is_asked_about_too():
    paper = {"indicator": "L6", "scope": "A", "file_name": "台账.pdf", "title": "资产台账"}
    years = _equipped(int(NEED_YUAN * 0.8), NOW - 1)
    for month, told in ((12, 1), (11, 0)):
        evidence = [{**paper, "issued_on": date(NOW, month, 28)}]
        now = _equipped(int(NEED_YUAN * 1.01), evidence=evidence)
        assert len(asked("equipment_topped", years, now)) == told


def test_equipment_that_went_back_is_asked_about_and_a_disposal_is_not():
    years = [_equipped(int(NEED_YUAN * 0.8), NOW - 2), _equipped(int(NEED_YUAN * 1.1), NOW - 1)]
    back, disposed = _equipped(int(NEED_YUAN * 0.85)), _equipped(int(NEED_YUAN * 0.99))
    assert "161.28万元→221.76万元→171.36万元" in asked("equipment_returned", *years, back)[0].found
    assert asked("equipment_returned", *years, disposed) == []


def _grounds(area, year=NOW):
    return facts([sat("A", SIZES, sports_ground_area_m2=area)], year)


def test_a_precise_area_that_grew_by_a_round_number_just_enough_is_asked_about():
    found = asked("area_round", _grounds("7283.45", NOW - 1), _grounds("7583.45"))
    assert "7283.45→7583.45㎡，恰好多300.00㎡，L5由不达标变为达标" in found[0].found


@pytest.mark.parametrize(
    ("before", "now"),
    [("7283.45", "7623.40"), ("7280", "7580"), ("7560", "7660"), ("7013.45", "7313.45")],
    ids=["not round", "round before", "met before", "still short"],
)
def test_other_areas_are_not(before, now):
    assert asked("area_round", _grounds(before, NOW - 1), _grounds(now)) == []


# --- values ------------------------------------------------------------------------------------

SAME = {"teaching_auxiliary_area_m2": "9000.15", "sports_ground_area_m2": "8000.5",
        "campus_area_m2": "30000.25"}  # fmt: skip


def test_two_schools_with_four_columns_alike_are_asked_about_and_with_three_are_not():
    def county(**more):
        one = sat("A", even(42), **SAME, equipment_value_yuan=1_000_100, **more)
        other = sat("B", even(41), **SAME, equipment_value_yuan=1_200_300, **more)
        return facts([one, other])

    assert asked("copied", county()) == []
    found = asked("copied", county(building_area_m2="11000.75"))
    assert codes(found) == [{"A", "B"}]
    assert found[0].found.startswith("4栏数值完全相同：教学及辅助用房总面积、校内体育场面积")


def test_zeros_alike_are_no_copy():
    zeros = dict.fromkeys((*SAME, "green_area_m2", "building_area_m2"), 0)
    assert asked("copied", facts([sat("A", even(42), **zeros), sat("B", even(41), **zeros)])) == []


FUNDS = {"public_funds_budget_prev_yuan": 700_100, "public_funds_final_prev_yuan": 690_200,
         "training_funds_budget_prev_yuan": 40_300}  # fmt: skip
GRADES = {1: [41, 40], 2: [43, 42], 3: [38, 37], 4: [44, 43], 5: [39, 39], 6: [41, 41]}


def _again(sizes=None, year=NOW, **more):
    return facts([sat("A", sizes or GRADES, **{**FUNDS, **more})], year)


def test_last_years_figures_are_asked_about():
    found = asked("repeated", _again(year=NOW - 1), _again())
    assert "6个年级中6个的人数、3项经费中3项与上年完全相同" in found[0].found


def test_a_school_that_moved_up_a_grade_is_not():
    moved = {1: [40, 40], **{grade + 1: GRADES[grade] for grade in range(1, 6)}}
    assert asked("repeated", _again(year=NOW - 1), _again(moved)) == []


def test_full_classes_every_year_are_no_repetition():
    assert asked("repeated", _again(even(45), NOW - 1), _again(even(45))) == []


def test_other_funds_show_that_the_year_is_another():
    other = {"public_funds_budget_prev_yuan": 710_100, "public_funds_final_prev_yuan": 700_900}
    assert asked("repeated", _again(year=NOW - 1), _again(**other)) == []


def test_a_school_whose_every_number_is_round_is_asked_about():
    sizes = {grade: [40 + grade % 2 * 5] for grade in range(1, 7)}
    numbers = {"migrant_children_enrolled": 60, "full_time_teachers_primary": 20, "boarders": 55}
    row = sat("A", {**sizes, 1: [40], 3: [35], 5: [30]}, **numbers)
    assert "9个人数中有9个末位为0或5" in asked("round_counts", facts([row]))[0].found
    assert asked("round_counts", facts([{**row, "enrolment_grade_2": 41, "boarders": 52}])) == []


def test_classes_capped_at_the_limit_are_not_round_numbers():
    row = sat("A", even(45), migrant_children_enrolled=61, full_time_teachers_primary=33)
    assert asked("round_counts", facts([row])) == []


def test_round_numbers_in_many_schools_are_a_question_to_the_county():
    def county(sizes):
        return facts([sat(f"S{n:02}", sizes) for n in range(20)])

    found = asked("round_counts_county", county(even(40, 1)))
    assert found[0].schools == ()
    assert "全县120个人数中有120个末位为0或5" in found[0].found
    assert asked("round_counts_county", county(even(41, 1))) == []


# --- on the line -------------------------------------------------------------------------------


def _exact(**more):
    filed = {"teaching_auxiliary_area_m2": "4536", "sports_ground_area_m2": "7560",
             "equipment_value_yuan": NEED_YUAN}  # fmt: skip
    return facts([sat("A", SIZES, **{**filed, **more})])


def test_three_indicators_on_the_line_are_asked_about_and_two_are_not():
    found = asked("at_threshold", _exact())
    assert found[0].indicator == "L4、L5、L6"
    assert "L4 4.5（标准4.5）" in found[0].found
    assert asked("at_threshold", _exact(sports_ground_area_m2="7600")) == []
    assert asked("at_threshold", _exact(sports_ground_area_m2="7559.99")) == []


def test_a_number_of_persons_too_coarse_to_tell_is_not_counted():
    """One key teacher of eleven is a tenth of the standard: to have exactly enough says nothing."""
    exact = {"key_teachers_county_plus_primary": 11, "sports_ground_area_m2": "9000"}
    assert asked("at_threshold", _exact(**exact)) == []
    fine = {"teachers_bachelor_primary": 43, "sports_ground_area_m2": "9000"}
    assert asked("at_threshold", _exact(**fine))[0].indicator == "L1、L4、L6"


def _spread_out(values):
    return facts(
        [sat(f"S{n:02}", SIZES, equipment_value_yuan=int(v)) for n, v in enumerate(values)]
    )


def test_a_heap_exactly_at_the_standard_is_a_question_to_the_county():
    around = [NEED_YUAN * (1 + n / 100) for n in (-2.5, 1.5, 2.5)]
    found = asked("at_threshold_county", _spread_out([NEED_YUAN] * 10 + around))
    assert "小学L6刚好达标的学段部有10个，线下三档1个，线上三档2个" in found[0].found


def test_values_spread_around_the_standard_are_not():
    around = [NEED_YUAN * (1 + n / 1000) for n in range(-28, 39, 4)]
    assert asked("at_threshold_county", _spread_out(around)) == []


# --- people ------------------------------------------------------------------------------------


def _nine_year(primary, junior, year=NOW):
    sizes = {**even(40, 2), **even(50, 2, range(7, 10))}
    keys = {"key_teachers_county_plus_primary": primary, "key_teachers_county_plus_junior": junior}
    return facts([sat("N", sizes, "nine_year", **keys)], year)


def test_key_teachers_counted_in_the_other_part_are_asked_about():
    found = asked("teachers_moved", _nine_year(9, 0, NOW - 1), _nine_year(6, 3))
    assert (
        "L2：“示例学校N（小学部）”少3人，“示例学校N（初中部）”多3人，刚好够标准" in found[0].found
    )


@pytest.mark.parametrize(
    ("before", "now"), [((9, 0), (6, 4)), ((9, 0), (7, 3)), ((9, 2), (8, 3))],
    ids=["one to spare", "another number", "one person only"],
)  # fmt: skip
def test_other_changes_of_staff_are_not(before, now):
    assert asked("teachers_moved", _nine_year(*before, NOW - 1), _nine_year(*now)) == []


def _two(giver, taker, year=NOW):
    """Two primary schools with so many teachers above the requirement and key teachers."""
    names = ("teachers_bachelor_primary", "key_teachers_county_plus_primary")
    schools = [
        sat(code, even(42), **dict(zip(names, filed, strict=True)))
        for code, filed in (("A", giver), ("B", taker))
    ]
    return facts(schools, year)


def test_between_schools_two_indicators_must_move_alike():
    need = (22, 6)
    before = _two((40, 20), (19, 4), NOW - 1)
    assert codes(asked("teachers_moved", before, _two((37, 18), need))) == [{"A", "B"}]
    assert asked("teachers_moved", before, _two((37, 20), need)) == []


def test_pupils_parked_at_another_school_are_asked_about():
    before = facts(
        [sat("A", even(42, 4), sports_ground_area_m2="7200"), sat("B", even(40, 4))], NOW - 1
    )
    lower = {1: [42] * 4, **even(40, 4, range(2, 6)), 6: [38] * 4}
    gained = {1: [40] * 4, **even(42, 4, range(2, 6)), 6: [44] * 4}
    now = facts([sat("A", lower, sports_ground_area_m2="7260"), sat("B", gained)])
    found = asked("pupils_moved", before, now)
    assert codes(found) == [{"A", "B"}]
    assert "L5刚过标准" in found[0].found
    ample = facts([sat("A", lower), sat("B", gained)])
    assert asked("pupils_moved", before, ample) == []
    alone = facts([sat("A", lower, sports_ground_area_m2="7260"), sat("B", even(40, 4))])
    assert asked("pupils_moved", before, alone) == []


# --- the data ----------------------------------------------------------------------------------


def test_every_screen_says_its_honest_causes_what_to_ask_and_that_its_margins_are_ours():
    for screen in screens().values():
        assert screen.honest
        assert screen.ask
        assert screen.note
        assert (screen.source, screen.confidence) == ("平台约定", "D")
        assert screen.numbers
        for name in screen.numbers:
            assert f"{{{name}" in screen.note, "every margin is told to the reader"
        assert "{" not in screen.how
    assert "75%" in screens()["class_limit"].how
