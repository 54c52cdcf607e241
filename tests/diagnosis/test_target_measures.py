"""What the facts say of a target, worked by hand on a few schools."""

from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest
from target_cases import facts_of, target
from worked.building import school

from junheng.diagnosis.measures import MEASURES, County
from junheng.registry import Facts
from junheng.standards import Standard

ON, PLACE = date(2026, 3, 31), "410199"
BINS = ("le_25", "26_30", "31_35", "36_40", "41_45", "46_50", "51_55", "56_60", "61_65", "ge_66")


def points(measure, facts, **numbers):
    asked = target(data_source="facts", formula=measure, numbers=numbers)
    return list(MEASURES[measure](County(facts, PLACE, Standard.at(PLACE, ON), asked)))


def one(measure, facts, **numbers):
    (found,) = points(measure, facts, **numbers)
    return found


def binned(stage, **counts):
    """Classes by size bin of one stage, none elsewhere: binned("primary", 41_45=3) by name."""
    filed = {f"classes_{name}_{stage}": counts.get(f"b{name}", 0) for name in BINS}
    return filed | {f"class_count_{stage}": sum(counts.values())}


def primary(code="2141000001", pupils=200, **filed):
    return school(code, "primary", {"primary": pupils}, **filed)


def junior(code="3141000001", pupils=200, **filed):
    return school(code, "junior", {"junior": pupils}, **{"attached_primary_enrolment": 0, **filed})


# --- class size ----------------------------------------------------------------------------------


def test_classes_over_the_limit_of_their_own_stage_are_counted_over_all_classes():
    """Primary 45, junior 50: 3 + 1 primary, 2 + 1 junior; one primary and one junior above."""
    facts = facts_of([
        primary(**binned("primary", b41_45=3, b46_50=1)),
        junior(**binned("junior", b46_50=2, b51_55=1)),
    ])  # fmt: skip
    found = one("classes_within_limit", facts)
    assert found.value == Fraction(500, 7)
    assert found.on == date(2025, 9, 1)
    assert found.detail == "不超限的班 5 ÷ 全部班 7"


def test_every_school_must_have_all_its_classes_within_where_schools_are_counted():
    facts = facts_of([
        primary(**binned("primary", b41_45=3, b46_50=1)),
        junior(**binned("junior", b46_50=2)),
        junior("3141000002", **binned("junior", b46_50=2)),
    ])  # fmt: skip
    assert one("schools_within_limit", facts).value == Fraction(200, 3)


def test_a_class_list_that_holds_every_class_is_believed_before_the_bins():
    rows = [
        {"school_code": "2141000001", "grade": 1, "class_no": str(n), "stage": "primary", "pupils": p}
        for n, p in enumerate((45, 46), 1)
    ]  # fmt: skip
    filed = binned("primary", b41_45=2)
    assert one("classes_within_limit", facts_of([primary(**filed)], classes=rows)).value == 50
    large = one("large_classes", facts_of([primary(**filed)], classes=rows), large_class_from="46")
    assert large.value == 1
    part = facts_of([primary(**filed)], classes=rows[:1])
    assert one("classes_within_limit", part).value == 100, "one class is missing from the list"


def test_large_classes_are_counted_from_the_number_of_the_target():
    facts = facts_of([
        primary(**binned("primary", b51_55=1, b56_60=2, bge_66=1)),
        junior(**binned("junior", b61_65=1)),
    ])  # fmt: skip
    found = one("large_classes", facts, large_class_from="56")
    assert found.value == 4
    assert "全部 5 个班" in found.detail
    assert one("large_classes", facts, large_class_from="66").value == 1


def test_a_bin_across_the_limit_cannot_be_told():
    facts = facts_of([primary(**binned("primary", b56_60=1))])
    found = one("large_classes", facts, large_class_from="58")
    assert found.value is None
    assert "示例学校2141000001没有填报" in found.lacking
    assert one("large_classes", facts, large_class_from="57").value is None
    assert one("large_classes", facts, large_class_from="61").value == 0
    empty = facts_of([primary(**binned("primary", b41_45=1))])
    assert one("large_classes", empty, large_class_from="58").value == 0


def test_a_blank_school_and_a_school_that_did_not_file_leave_no_value():
    whole = primary(**binned("primary", b41_45=3))
    blank = facts_of([whole, junior()])
    assert "示例学校3141000001没有填报" in one("classes_within_limit", blank).lacking
    listed = {"school_code": "2141000009", "school_type": "primary", "location_unit": PLACE}
    absent = facts_of([whole], register=[listed])
    assert one("classes_within_limit", absent).lacking == "1 所学校缺报"


def test_attached_classes_said_not_to_exist_ask_for_nothing():
    """A dash is 不适用: a junior school has no primary classes then; a blank leaves it open."""
    filed = {**binned("junior", b41_45=2), "attached_primary_enrolment": None}
    open_ = facts_of([junior(**filed)])
    assert one("classes_within_limit", open_).value is None
    dash = ("seats", "3141000001", "attached_primary_enrolment", "不适用", "")
    frames = {name: frame.to_dicts() for name, frame in open_.frames.items()}
    assert one("classes_within_limit", Facts.from_rows(frames, [dash], year=2025)).value == 100


def test_special_schools_and_other_counties_do_not_count():
    facts = facts_of([
        primary(**binned("primary", b41_45=1)),
        school("5141000001", "special", {"primary": 20}, **binned("primary", bge_66=5)),
        primary("2141000002", location_unit="410105", **binned("primary", bge_66=5)),
    ])  # fmt: skip
    assert one("classes_within_limit", facts).value == 100


# --- money ----------------------------------------------------------------------------------------


SPENT = {
    "general_budget_edu_prev_yuan": Decimal("1850000000.00"),
    "general_budget_edu_prev2_yuan": Decimal("1800000000.00"),
    "enrolled_pupils_prev": 62000,
    "enrolled_pupils_prev2": 60000,
}


def test_the_county_form_gives_two_fiscal_years_of_spending():
    found = points("education_spending", facts_of(county=SPENT))
    assert [(p.on, p.value) for p in found] == [
        (date(2024, 12, 31), 185000),
        (date(2023, 12, 31), 180000),
    ]


def test_spending_per_pupil_may_fall_where_spending_rises():
    found = points("education_spending_per_pupil", facts_of(county=SPENT))
    assert [p.value for p in found] == [Fraction(1850000000, 62000), 30000]
    assert found[0].value < found[1].value


def test_money_that_was_not_filed_is_not_zero():
    blank = points("education_spending", facts_of())
    assert [p.value for p in blank] == [None, None]
    assert "没有填报" in blank[0].lacking
    pupils = points(
        "education_spending_per_pupil", facts_of(county={**SPENT, "enrolled_pupils_prev": 0})
    )
    assert pupils[0].value is None


def test_fund_standards_stand_side_by_side_by_stage():
    filed = {"fund_standard_primary_yuan": Decimal(720), "fund_standard_junior_yuan": Decimal(940)}
    assert one("fund_standards", facts_of(county=filed)).parts == {"小学": 720, "初中": 940}
    assert not one("fund_standards", facts_of()).known


# --- groups ----------------------------------------------------------------------------------------


def grouped():
    """Of 3 public and 1 private school 2 are in a group; a campus has its parent's group."""
    campus = primary(
        "2141000004", 100, counts_as_school=False, parent_school_code="2141000001"
    )  # fmt: skip
    return facts_of([
        primary("2141000001", 300, group_id="G1"),
        primary("2141000002", 200),
        junior("3141000001", 300),
        primary("2141000003", 100, ownership="private", group_id="G1"),
        campus,
    ])  # fmt: skip


@pytest.mark.parametrize(
    ("measure", "value"),
    [
        ("group_coverage_public", Fraction(100, 3)),
        ("group_coverage_schools", 50),
        ("group_coverage_campuses", 60),
        ("group_coverage_pupils", 50),
    ],
)
def test_coverage_has_four_bases(measure, value):
    """Public 1 of 3; schools 2 of 4; rows 3 of 5; pupils 300 + 100 + 100 of 1000."""
    assert one(measure, grouped()).value == value


def test_where_nobody_names_a_group_coverage_is_unknown_and_not_zero():
    for measure in ("group_coverage_public", "group_coverage_pupils"):
        found = one(measure, facts_of([primary()]))
        assert found.value is None
        assert "没有学校填写教育集团代码" in found.lacking


# --- zones, networks, gaps --------------------------------------------------------------------------


def test_the_share_out_of_zone_is_what_zoned_enrolment_leaves():
    """Only public schools of towns that do not board: 190 of 200 and 150 of 200 live in the zone."""
    filed = {"boarding_school": False, "urban_rural_code": "111"}
    facts = facts_of([
        primary(in_zone_enrolment_primary=190, **filed),
        junior(in_zone_enrolment_junior=150, **filed),
        primary("2141000002", 999, boarding_school=False, urban_rural_code="220"),
        primary("2141000003", 999, boarding_school=True, urban_rural_code="111"),
        primary("2141000004", 999, boarding_school=False, urban_rural_code="111", ownership="private"),
    ])  # fmt: skip
    found = one("out_of_zone_share", facts)
    assert found.value == Fraction(100 * 60, 400)


def test_a_zoned_figure_that_was_not_filed_leaves_no_share():
    filed = {"boarding_school": False, "urban_rural_code": "111"}
    found = one("out_of_zone_share", facts_of([primary(**filed)]))
    assert "没有填报划片范围内学生数" in found.lacking


def test_a_school_without_multimedia_rooms_is_not_proven_to_be_networked():
    facts = facts_of([primary(multimedia_classrooms=3), junior(multimedia_classrooms=0)])
    assert one("networked_schools", facts).value == 50
    room = {
        "school_code": "3141000001",
        "room_no": "A1",
        "room_type": "computer",
        "networked": True,
    }
    with_room = facts_of(
        [primary(multimedia_classrooms=3), junior(multimedia_classrooms=0)], rooms=[room]
    )
    assert one("networked_schools", with_room).value == 100


def test_classrooms_are_counted_only_where_every_school_lists_its_rooms():
    rooms = [
        {"school_code": "2141000001", "room_no": f"A{n}", "room_type": kind, "networked": on}
        for n, (kind, on) in enumerate(
            [("regular", True), ("regular", True), ("regular", False), ("music", True)]
        )
    ]
    found = one("multimedia_classrooms", facts_of([primary(regular_classrooms=3)], rooms=rooms))
    assert found.value == Fraction(200, 3)
    two = facts_of([primary(regular_classrooms=3), junior(regular_classrooms=2)], rooms=rooms)
    assert one("multimedia_classrooms", two).value is None


def test_gaps_are_the_exact_squares_of_the_coefficients_of_variation():
    """Two primary schools of 100 and 300 pupils with 6 and 4 m² of sports a pupil: CV² = 1/27 (T6)."""
    sports = [
        primary("2141000001", 100, sports_ground_area_m2=600),
        primary("2141000002", 300, sports_ground_area_m2=1200),
    ]
    found = one("school_gaps", facts_of(sports))
    assert found.parts["小学L5"] == Fraction(1, 27)
    assert not any(label.startswith("初中") for label in found.parts)


def test_a_stage_with_a_school_missing_has_no_gap():
    listed = {"school_code": "2141000009", "school_type": "primary", "location_unit": PLACE}
    found = one("school_gaps", facts_of([primary()], register=[listed]))
    assert not found.known
    assert "差异系数不能计算" in found.lacking
