"""Stage parts of single schools: who is one, with which pupils and weights, and who is not."""

from datetime import date

import pytest
from worked.building import COUNTY, rows_of, school

from junheng.indicators.parts import Parts, build_parts
from junheng.registry import Facts
from junheng.standards import Standard

ON = date(2026, 3, 31)


def built(*rows: dict, on_register: tuple[dict, ...] = ()) -> Parts:
    facts = Facts.from_rows(rows_of(list(rows), register=[*on_register]), year=2025)
    return build_parts(facts, Standard.at(COUNTY, ON))


def reasons(parts: Parts) -> list[str]:
    return [each.reason.partition("（")[0] for each in parts.left_out]


def test_a_nine_year_school_is_two_parts_weighted_by_their_pupils():
    frame = built(school("A", "nine_year", {"primary": 100, "junior": 100})).frame
    assert frame["stage"].to_list() == ["primary", "junior"]
    assert frame["combined"].to_list() == [True, True]
    own, whole, scale = (
        frame[name].to_list()
        for name in ("weighted_pupils", "weighted_pupils_school", "weight_scale")
    )
    assert [n / scale[0] for n in own] == pytest.approx([100, 110])
    assert [n / scale[0] for n in whole] == pytest.approx([210, 210])


@pytest.mark.parametrize("junior", [0, 1])
def test_a_school_with_pupils_at_one_stage_is_not_combined_and_the_other_is_told(junior):
    parts = built(school("A", "nine_year", {"primary": 100, "junior": junior}))
    assert parts.frame["combined"].to_list() == [bool(junior)] * (1 + junior)
    assert reasons(parts) == ([] if junior else ["初中部尚无学生"])


def test_a_stage_that_a_school_does_not_have_is_not_told():
    assert reasons(built(school("A", "primary", {"primary": 100}))) == []


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        (school("A", "special", {"primary": 30}), "学校类型不在范围内"),
        (school("A", "senior", {"senior": 30}, attached_junior_enrolment=0), "没有义务教育学段"),
        (school("A", "primary", {"primary": 0}), "尚无学生"),
        (school("A", "teaching_point", {"primary": 49}), "教学点不足50人"),
        (school("A", "teaching_point", {"primary": 1}), "教学点不足50人"),
        (school("A", "teaching_point", {"primary": 0}), "尚无学生"),
    ],
)
def test_a_school_that_is_not_measured_has_its_reason(row, reason):
    parts = built(row)
    assert reasons(parts) == [reason]
    assert len(parts.frame) == 0
    assert parts.missing == ()


@pytest.mark.parametrize("school_type", ["primary", "teaching_point"])
@pytest.mark.parametrize("pupils", [1, 49, 50, 51])
def test_only_teaching_points_can_be_too_small(school_type, pupils):
    too_small = school_type == "teaching_point" and pupils < 50
    assert len(built(school("A", school_type, {"primary": pupils})).frame) == (not too_small)


def test_a_school_without_its_pupils_is_missing_at_the_stages_it_has():
    (missing,) = built(school("A", "primary", {"primary": None})).missing
    assert ([str(each) for each in missing.stages], missing.reason) == (
        ["primary"],
        "小学学生数没有填报",
    )
    (missing,) = built(school("A", "teaching_point", {"primary": None})).missing
    assert missing.code == "A"


def test_inputs_are_whole_numbers_and_areas_hundredths():
    row = school(
        "A", "junior", {"junior": 100}, attached_primary_enrolment=0,
        teaching_auxiliary_area_m2="1200.05", teachers_pe_junior=3, multimedia_classrooms=None,
    )  # fmt: skip
    (part,) = built(row).frame.iter_rows(named=True)
    assert part["teaching_auxiliary_area_m2"] == 120_005
    assert part["teachers_pe"] == 3
    assert part["multimedia_classrooms"] is None


def test_a_column_that_a_stage_has_not_counts_as_nothing():
    (part,) = built(
        school("A", "junior", {"junior": 9}, attached_primary_enrolment=0)
    ).frame.iter_rows(named=True)
    assert part["teachers_associate"] == 0


@pytest.mark.parametrize(
    ("school_type", "told"), [("primary", True), ("special", False), ("senior", False)]
)
def test_a_school_of_compulsory_schooling_on_the_register_alone_is_missing(school_type, told):
    absent = {
        "school_code": "N", "school_name": "未报学校", "school_type": school_type,
        "location_unit": COUNTY,
    }  # fmt: skip
    parts = built(school("A", "primary", {"primary": 100}), on_register=(absent,))
    assert [each.code for each in parts.missing] == (["N"] if told else [])
    assert len(parts.frame) == 1
