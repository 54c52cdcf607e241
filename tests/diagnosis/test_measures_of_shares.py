"""Shares and gaps as targets read them: who counts at the edges, and who is named as lacking."""

from target_cases import facts_of
from test_target_measures import PLACE, one, primary
from worked.building import school


def test_one_multimedia_room_is_enough_and_none_is_not():
    facts = facts_of([
        primary("2141000001", multimedia_classrooms=1),
        primary("2141000002", multimedia_classrooms=0),
    ])  # fmt: skip
    found = one("networked_schools", facts)
    assert (found.value, found.detail) == (
        50, "有联网多媒体教室的学校 1 ÷ 学校（含教学点） 2",
    )  # fmt: skip


def test_a_school_without_ordinary_classrooms_owes_no_list_of_rooms():
    room = {"school_code": "2141000001", "room_no": "A1", "room_type": "regular", "networked": True}
    facts = facts_of(
        [primary(regular_classrooms=1), primary("2141000002", regular_classrooms=0)], rooms=[room]
    )
    assert one("multimedia_classrooms", facts).value == 100


def test_four_schools_that_left_it_blank_are_three_by_name_and_a_count():
    def lacking(count):
        schools = [primary(f"214100000{n}", multimedia_classrooms=None) for n in range(count)]
        return one("networked_schools", facts_of(schools)).lacking

    three = "示例学校2141000000、示例学校2141000001、示例学校2141000002"
    assert lacking(3) == f"{three}没有填报网络多媒体教室间数"
    assert lacking(4) == f"{three}等 4 所没有填报网络多媒体教室间数"


def test_a_missing_school_with_one_compulsory_stage_of_two_leaves_no_value():
    listed = {"school_code": "3141000009", "school_type": "complete", "location_unit": PLACE}
    facts = facts_of([primary(multimedia_classrooms=1)], register=[listed])
    assert one("networked_schools", facts).lacking == "1 所学校缺报"
    senior = listed | {"school_type": "senior"}
    facts = facts_of([primary(multimedia_classrooms=1)], register=[senior])
    assert one("networked_schools", facts).value == 100


def test_an_indicator_with_a_school_left_blank_has_no_gap_and_the_others_have():
    facts = facts_of([primary(sports_ground_area_m2=None), primary("2141000002")])
    parts = one("school_gaps", facts).parts
    assert "小学L5" not in parts
    assert parts["小学L4"] == 0


def test_where_no_school_has_anything_there_is_no_gap_to_measure():
    bare = {"sports_ground_area_m2": 0}
    facts = facts_of([primary(**bare), primary("2141000002", **bare)])
    parts = one("school_gaps", facts).parts
    assert "小学L5" not in parts
    assert parts["小学L4"] == 0


def test_a_school_of_both_stages_counts_the_pupils_of_both():
    nine = school("4141000001", "nine_year", {"primary": 100, "junior": 100}, group_id="G1")
    facts = facts_of([nine, primary("2141000001", 100)])
    found = one("group_coverage_pupils", facts)
    assert found.detail == "属于集团的学校的学生 200 ÷ 学生 300"


def test_only_compulsory_schools_count_whatever_classes_others_have():
    others = [
        school("5141000001", "special", {"primary": 30}),
        school(
            "7141000001",
            "senior",
            enrolment_senior=30,
            attached_primary_enrolment=0,
            attached_junior_enrolment=0,
        ),
    ]
    facts = facts_of([primary("2141000001", group_id="G1"), *others])
    assert one("group_coverage_schools", facts).detail.endswith(" 1 ÷ 学校 1")
    assert one("group_coverage_campuses", facts).detail.endswith("、教学点 1")
