"""Class sizes at the limit: shortened lists are asked about, real caps are not."""

import pytest
from screen_cases import NOW, asked, codes, even, facts, listed, sat

FULL, OVER = even(45), even(48)


def test_full_classes_whose_pupils_vanished_are_asked_about_with_the_numbers():
    found = asked("class_limit", facts([sat("A", OVER)], NOW - 1), facts([sat("A", FULL)]))
    assert codes(found) == [{"A"}]
    assert "起始年级以外10个班中至少10个恰好45人" in found[0].found
    assert "上年480人，今年升一级后450人，少了30人" in found[0].found


def test_a_school_that_really_caps_keeps_its_pupils_and_is_not_asked():
    assert asked("class_limit", facts([sat("A", FULL)], NOW - 1), facts([sat("A", FULL)])) == []


def test_one_year_alone_cannot_tell_a_cap_from_a_shortened_list():
    assert asked("class_limit", facts([sat("A", FULL)])) == []


def test_one_year_is_enough_where_classes_have_no_rooms():
    found = asked("class_limit", facts([sat("A", FULL, regular_classrooms=11)]))
    assert "班级比普通教室多1个" in found[0].found


def test_a_class_above_the_limit_shows_that_nothing_was_cut():
    sizes = {**FULL, 6: [45, 46]}
    assert asked("class_limit", facts([sat("A", OVER)], NOW - 1), facts([sat("A", sizes)])) == []


def test_a_grade_that_enters_full_says_nothing():
    sizes = {1: [45] * 8, **{grade: [44] for grade in range(2, 7)}}
    before = {grade: [48] for grade in range(1, 7)}
    assert asked("class_limit", facts([sat("A", before)], NOW - 1), facts([sat("A", sizes)])) == []


@pytest.mark.parametrize(("full", "told"), [(5, 0), (6, 1)])
def test_six_full_classes_of_eight_are_enough_and_five_are_not(full, told):
    upper = [45] * full + [44] * (8 - full)
    sizes = {1: [40, 40], 2: upper[:2], 3: upper[2:4], 4: upper[4:6], 5: upper[6:7], 6: upper[7:]}
    before = {grade: [50, 50] for grade in range(1, 7)}
    years = facts([sat("A", before)], NOW - 1), facts([sat("A", sizes)], classes=listed("A", sizes))
    assert len(asked("class_limit", *years)) == told


def test_the_limit_is_that_of_the_stage():
    grades = range(7, 10)
    junior = [
        facts([sat("J", even(size, 4, grades), "junior")], year)
        for year, size in ((NOW - 1, 53), (NOW, 50))
    ]
    assert "恰好50人" in asked("class_limit", *junior)[0].found
    at_45 = facts([sat("J", even(45, 4, grades), "junior")])
    assert asked("class_limit", junior[0], at_45) == []


def test_a_school_that_took_a_new_code_is_compared_with_its_old_one():
    linked = {"old_code": "A", "new_code": "B", "change": "type_changed", "document": "批复.pdf"}
    now = facts([sat("B", FULL)], lineage=[linked])
    assert codes(asked("class_limit", facts([sat("A", OVER)], NOW - 1), now)) == [{"B"}]
    assert asked("class_limit", facts([sat("A", OVER)], NOW - 1), facts([sat("B", FULL)])) == []


# --- the whole county --------------------------------------------------------------------------


def _half_full(code: str) -> dict[int, list[int]]:
    return {1: [44, 43], **{grade: [45, 41] for grade in range(2, 7)}}


def _county(sizes, year):
    """Three schools with these classes, and one that neither gains nor loses."""
    steady = even(40)
    schools = {"A": sizes, "B": sizes, "C": sizes, "D": steady}
    rows = [row for code, each in schools.items() for row in listed(code, each)]
    return facts([sat(code, each) for code, each in schools.items()], year, classes=rows)


def test_a_heap_at_the_limit_over_schools_that_lost_pupils_is_asked_about():
    before = _county({grade: [49, 41] for grade in range(1, 7)}, NOW - 1)
    found = asked("class_limit_county", before, _county(_half_full("A"), NOW))
    assert codes(found) == [{"A", "B", "C"}]
    assert "恰好45人的班15个，少一两人的0个" in found[0].found


def test_the_same_heap_without_loss_is_a_cap():
    before = _county({grade: [45, 41] for grade in range(1, 7)}, NOW - 1)
    assert asked("class_limit_county", before, _county(_half_full("A"), NOW)) == []


def test_two_schools_are_no_county_wide_heap():
    before = {grade: [49, 41] for grade in range(1, 7)}
    years = []
    for year, sizes in ((NOW - 1, before), (NOW, _half_full("A"))):
        rows = [*listed("A", sizes), *listed("B", sizes)]
        years.append(facts([sat("A", sizes), sat("B", sizes)], year, classes=rows))
    assert asked("class_limit_county", *years) == []


# --- pupils gone -------------------------------------------------------------------------------


def test_classes_over_the_limit_that_went_with_their_pupils_are_asked_about():
    found = asked("cohort_shaved", facts([sat("A", OVER)], NOW - 1), facts([sat("A", even(44))]))
    assert "上年超过45人的班有12个，今年一个也没有；班级数12→12" in found[0].found
    assert "480→440人，少了40人" in found[0].found


def test_classes_over_the_limit_that_were_divided_are_not():
    now = {1: [40, 40, 40], **{grade: [32, 32, 32] for grade in range(2, 7)}}
    assert asked("cohort_shaved", facts([sat("A", OVER)], NOW - 1), facts([sat("A", now)])) == []


def test_pupils_that_another_school_took_in_are_not_gone():
    before = facts([sat("A", OVER), sat("B", even(40))], NOW - 1)
    now = facts([sat("A", even(44)), sat("B", {1: [40, 40], **even(44, 2, range(2, 7))})])
    assert asked("cohort_shaved", before, now) == []


def test_a_school_that_is_still_over_the_limit_hides_nothing():
    now = {**even(44), 3: [46, 40]}
    assert asked("cohort_shaved", facts([sat("A", OVER)], NOW - 1), facts([sat("A", now)])) == []


def test_more_classes_than_rooms_are_asked_about():
    found = asked("rooms_lacking", facts([sat("A", even(40), regular_classrooms=10)]))
    assert "班级12个，普通教室10间，多出2个班" in found[0].found


@pytest.mark.parametrize("rooms", [11, 12, None])
def test_one_class_in_a_special_room_is_no_question_nor_are_rooms_not_filed(rooms):
    assert asked("rooms_lacking", facts([sat("A", even(40), regular_classrooms=rooms)])) == []


def test_crowded_classes_without_rooms_are_a_shortage_not_a_question():
    assert asked("rooms_lacking", facts([sat("A", OVER, regular_classrooms=10)])) == []
