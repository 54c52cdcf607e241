"""Which schools an indicator asks, and how whole schools are gathered and measured."""

from datetime import date
from fractions import Fraction

import pytest
from worked.building import COUNTY, rows_of, school

from junheng.indicators import CATALOGUE, build_parts
from junheng.indicators.asking import stages_asked, why_not_asked, zoned_rows
from junheng.indicators.filed import FiledSchool, gather
from junheng.indicators.merging import merged
from junheng.indicators.wholes import Found, measure_school, read
from junheng.registry import EXPLAINED, NOT_APPLICABLE, Facts, school_columns
from junheng.schema import Stage
from junheng.standards import Standard

ON = date(2026, 3, 31)
P, J = Stage.PRIMARY, Stage.JUNIOR
ZONED = {"urban_rural_code": "111", "boarding_school": False}


def filed(
    *rows: dict, dashes: tuple[tuple[str, str], ...] = (), mark: str = NOT_APPLICABLE
) -> dict[str, FiledSchool]:
    marks = [("seats", code, column, mark, "") for code, column in dashes]
    facts = Facts.from_rows(rows_of(list(rows)), marks, year=2025)
    county = gather(facts, build_parts(facts, Standard.at(COUNTY, ON)))[COUNTY]
    return {each.code: each for each in county.schools}


def one(school_type: str = "primary", pupils: dict | None = None, **more) -> FiledSchool:
    return filed(school("A", school_type, pupils or {"primary": 300}, **more))["A"]


# --- who is asked ------------------------------------------------------------------------------


def test_a_school_is_asked_at_the_stages_with_pupils_or_without_a_number():
    both = {"primary": 300, "junior": 200}
    assert stages_asked(one("nine_year", both)) == (P, J)
    assert stages_asked(one("nine_year", {"primary": 300, "junior": 0})) == (P,)
    assert stages_asked(one("nine_year", both, enrolment_primary=None)) == (P, J)
    assert stages_asked(one("primary", {"primary": 1})) == (P,)


@pytest.mark.parametrize(
    ("asks", "more", "asked"),
    [
        ("public", {}, True),
        ("public", {"ownership": "private"}, False),
        ("funded", {}, True),
        ("funded", {"ownership": "private"}, False),
        ("funded", {"ownership": "private", "public_funds_budget_prev_yuan": 5}, True),
        ("zoned", ZONED, True),
        ("zoned", ZONED | {"boarding_school": True}, False),
        ("zoned", ZONED | {"ownership": "private"}, False),
        ("zoned", ZONED | {"urban_rural_code": "121"}, True),
        ("zoned", ZONED | {"urban_rural_code": "220"}, False),
        ("zoned", ZONED | {"boarding_school": None}, True),
        ("zoned", ZONED | {"urban_rural_code": None}, True),
        ("urban_zoned", ZONED, True),
        ("urban_zoned", ZONED | {"urban_rural_code": "112"}, True),
        ("urban_zoned", ZONED | {"urban_rural_code": "121"}, False),
        ("urban_zoned", ZONED | {"urban_rural_code": None}, True),
        ("vocational", {}, False),
    ],
)
def test_a_primary_school_is_asked_by_its_own_codes(asks, more, asked):
    assert (why_not_asked(asks, one(**more)) == "") is asked


def test_a_private_school_that_filed_for_one_campus_only_is_asked_and_lacks_the_sum():
    own = school("A", "primary", {"primary": 300}, ownership="private") | {
        "public_funds_budget_prev_yuan": 5
    }
    campus = school("B", "primary", {"primary": 20}, counts_as_school=False, parent_school_code="A")
    found = filed(own, campus)["A"]
    assert found.row["public_funds_budget_prev_yuan"] is None
    assert why_not_asked("funded", found) == ""


def test_every_population_leaves_out_schools_outside_compulsory_schooling():
    for asks in ("compulsory", "public", "funded", "zoned", "urban_zoned"):
        assert why_not_asked(asks, one("special", **ZONED)) == "学校类型不在范围内"
        assert why_not_asked(asks, one("senior", {"senior": 9}, attached_junior_enrolment=0))
        assert why_not_asked(asks, one("primary", {"primary": 0}, **ZONED)) == "尚无学生"
    assert why_not_asked("", one()) == "看区县填报表"


def test_a_zoned_row_says_which_of_its_codes_it_did_not_file():
    ((row, silent),) = zoned_rows(one(**ZONED | {"boarding_school": None}), P, urban=True)
    assert (row["school_code"], silent) == ("A", ("是否寄宿制",))
    ((_, nothing),) = zoned_rows(one(**ZONED), P, urban=True)
    assert nothing == ()
    assert zoned_rows(one(**ZONED), J, urban=False) == []
    assert zoned_rows(one("primary", {"primary": 0}, **ZONED), P, urban=False) == []
    assert len(zoned_rows(one("primary", {"primary": 1}, **ZONED), P, urban=False)) == 1


# --- what it filed -----------------------------------------------------------------------------


def test_a_school_owes_what_it_had_to_file_unless_it_wrote_a_dash():
    assert one(enrolment_primary=None).owes("enrolment_primary")
    assert not one().owes("enrolment_primary")
    assert not one().owes("enrolment_junior")
    blank = school("A", "primary", {"primary": 300}, enrolment_primary=None)
    cell = (("A", "enrolment_primary"),)
    assert not filed(blank, dashes=cell)["A"].owes("enrolment_primary")
    assert filed(blank, dashes=cell, mark=EXPLAINED)["A"].owes("enrolment_primary")


def test_a_school_owes_what_only_one_of_its_campuses_left_blank():
    campus = school(
        "K", "primary", {"primary": None}, counts_as_school=False, parent_school_code="A"
    )
    together = filed(school("A", "primary", {"primary": 300}), campus)["A"]
    assert together.owes("enrolment_primary")
    assert together.pupils(P) is None


@pytest.mark.parametrize(("stage", "value"), [(P, 300), (J, 200), (None, 500)])
def test_a_whole_school_is_measured_by_stage_or_over_its_stages(stage, value):
    measured = measure_school(
        CATALOGUE["GV4"], one("nine_year", {"primary": 300, "junior": 200}), stage, {}
    )
    assert (measured.value, measured.slope) == (value, 1)


def test_rooms_count_from_the_least_area_upwards_and_per_so_many_classes():
    rooms = {"class_count_primary": 24, "music_rooms_73_96": 2, "music_rooms_ge_96": 1}
    each = CATALOGUE["GV3-MUSIC"]
    numbers = {"per_classes": Fraction(12)}
    found = [
        measure_school(each, one(**rooms), None, numbers | {"least_music_m2": Fraction(least)})
        for least in (73, 74, 96)
    ]
    assert [each.value for each in found] == [Fraction(3, 2), Fraction(1, 2), Fraction(1, 2)]
    assert measure_school(each, one(**rooms), None, numbers).value == Fraction(1, 2)


def test_the_classes_of_a_stage_are_kept_only_where_the_largest_is_asked_for():
    a_school = one(max_class_size_primary=40)
    assert measure_school(CATALOGUE["GV5"], a_school, P, {}).class_sizes.largest == 40
    assert measure_school(CATALOGUE["GV4"], a_school, P, {}).class_sizes is None


LABEL_IN_ZONE = school_columns()["in_zone_enrolment_primary"].label
LABEL_LARGEST = school_columns()["max_class_size_primary"].label


@pytest.mark.parametrize(
    ("more", "name", "found"),
    [
        ({}, "enrolment_kindergarten", Found(0)),
        ({"enrolment_kindergarten": 7}, "enrolment_kindergarten", Found(7)),
        ({"enrolment_primary": 0}, "pupils", Found(0)),
        ({"enrolment_primary": None}, "pupils", Found(None, ("小学学生数",))),
        ({"max_class_size_primary": 40}, "largest_class", Found(40)),
        ({"max_class_size_primary": None}, "largest_class", Found(None, (LABEL_LARGEST,))),
        (ZONED | {"in_zone_enrolment_primary": 9}, "zoned_in_zone", Found(9)),
        (ZONED, "zoned_in_zone", Found(None, (LABEL_IN_ZONE,))),
    ],
)
def test_an_input_is_what_was_filed_or_nothing_or_owed(more, name, found):
    assert read(one(**more), name, P, {}) == found


def test_what_is_filed_at_the_other_stage_only_counts_as_nothing():
    junior = one("junior", {"junior": 90}, attached_primary_enrolment=0)
    assert read(junior, "teachers_associate", J, {}) == Found(0)


# --- merging -----------------------------------------------------------------------------------


def whole(
    *more: dict, dashes: tuple[tuple[str, str], ...] = (), mark: str = NOT_APPLICABLE
) -> dict:
    parent = school("A", "primary", {"primary": 300})
    marks = [("seats", code, column, mark, "") for code, column in dashes]
    facts = Facts.from_rows(rows_of([parent, *more]), marks, year=2025)
    (found, *_), _ = merged(facts, Standard.at(COUNTY, ON))
    return found


def point(pupils: int | None = 20, **more) -> dict:
    filed_ = {"counts_as_school": False, "parent_school_code": "A", **more}
    return school("T", "teaching_point", {"primary": pupils}, **filed_)


def test_a_teaching_point_adds_its_numbers_and_its_largest_class_counts_if_larger():
    assert whole(point())["pupils_primary"] == 320
    assert whole(point())["merged"] == ["T"]
    assert whole()["merged"] == []
    assert whole(point(max_class_size_primary=20))["max_class_size_primary"] is None
    assert whole(point())["school_type"] == "primary"


def test_a_sum_is_unknown_where_a_merged_row_owes_its_number():
    assert whole(point(None))["enrolment_primary"] is None
    cell = (("T", "enrolment_primary"),)
    assert whole(point(None), dashes=cell)["enrolment_primary"] == 300
    assert whole(point(None), dashes=cell, mark=EXPLAINED)["enrolment_primary"] is None
    assert whole(point())["enrolment_junior"] is None


@pytest.mark.parametrize(
    ("filed_", "dash", "pupils"),
    [(None, False, None), (None, True, 0), (5, False, 5), (0, False, 0)],
)
def test_attached_classes_are_unknown_unless_filed_or_denied_by_a_dash(filed_, dash, pupils):
    row = school("A", "junior", {"junior": 90}, attached_primary_enrolment=filed_)
    dashes = (("A", "attached_primary_enrolment"),) if dash else ()
    assert filed(row, dashes=dashes)["A"].pupils(P) == pupils
