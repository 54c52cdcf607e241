"""The scheme of 2012: counties by the mean of eight CVs, against published rows and exactly on the limit."""

from datetime import date
from fractions import Fraction

import pytest
from worked.building import rows_of, school

from junheng.diagnosis import CountyVerdict, assess_facts
from junheng.indicators import CATALOGUE, build_parts, measure
from junheng.registry import Facts
from junheng.standards import Standard, Switches

ON = date(2026, 3, 31)
PUPILS = 10_000
EIGHT = ("B1", "B2", "B3", "B4", "B5", "B6", "B7", "B8")
PUBLISHED = {
    "primary": ("0.393 0.578 0.372 0.246 0.208 0.311 0.311 0.455", "0.359", "0.65"),
    "junior": ("0.433 0.464 0.334 0.318 0.433 0.362 0.368 0.335", "0.381", "0.55"),
}
"""standards.md §2.1: CVs of 长春市南关区 in the order of the eight, the printed composite; the limit."""


def pair(stage: str, cvs: list[Fraction], **more) -> list[dict]:
    """Two schools of equal size whose eight CVs are exactly these."""
    found = []
    for code, sign in (("A", 1), ("B", -1)):
        amounts = [int(PUPILS * (1 + sign * each)) for each in cvs]
        assert all(a == PUPILS * (1 + sign * c) for a, c in zip(amounts, cvs, strict=True))
        area, sports, equipment, computers, books, teachers, above, titled = amounts
        filed = {
            "teaching_auxiliary_area_m2": area,
            "sports_ground_area_m2": sports,
            "equipment_value_yuan": equipment,
            "computers": computers,
            "books": books,
            f"full_time_teachers_{stage}": teachers,
            f"teachers_bachelor_{stage}": above,
            f"teachers_intermediate_plus_{stage}": titled,
        }
        if stage == "junior":
            filed["attached_primary_enrolment"] = 0
        found.append(school(f"{stage}{code}", stage, {stage: PUPILS}, **(filed | more)))
    return found


def county(rows: list[dict], **switches) -> CountyVerdict:
    facts = Facts.from_rows(rows_of(rows), year=2025)
    found = assess_facts(facts, on=ON, scheme="2012-basic", switches=Switches(**switches))
    return found.counties[0]


def composite_line(found: CountyVerdict):
    return next(line for line in found.lines if line.code == "B0")


@pytest.mark.parametrize("stage", PUBLISHED)
def test_the_published_rows_come_out_within_a_thousandth(stage):
    cvs, printed, limit = PUBLISHED[stage]
    found = county(pair(stage, [Fraction(each) for each in cvs.split()]))
    (figure,) = composite_line(found).clauses[0].figures
    assert figure.value is not None
    assert abs(figure.value - Fraction(printed)) <= Fraction("0.001")
    assert (figure.limit, figure.comparator, figure.stage) == (Fraction(limit), "≤", stage)
    assert figure.verdict == found.verdict == "达标"


@pytest.mark.parametrize("stage", PUBLISHED)
def test_a_county_exactly_on_the_limit_passes_and_one_just_above_fails(stage):
    limit = Fraction(PUBLISHED[stage][2])
    on_it = [limit + Fraction(each, 10) for each in (1, -1, 2, -2, 3, -3, 0, 0)]
    found = county(pair(stage, on_it))
    assert found.verdict == "达标"
    assert composite_line(found).clauses[0].figures[0].near
    above = [*on_it[:-1], limit + Fraction(1, PUPILS)]
    found = county(pair(stage, above))
    assert found.verdict == "未达标"
    assert "精确值略高于" in found.reasons[0]


def test_a_county_far_from_the_limit_is_not_near():
    found = county(pair("primary", [Fraction("0.3")] * 8))
    assert not composite_line(found).clauses[0].figures[0].near


def test_one_coefficient_above_the_limit_is_no_matter_where_the_mean_is_not():
    # Under 2017 each counts (T13); under 2012 the mean does.
    found = county(pair("primary", [Fraction("0.9"), *[Fraction("0.3")] * 7]))
    assert found.verdict == "达标"
    assert {line.verdict for line in found.lines if line.code != "B0"} == {"不适用"}


def test_every_line_is_there_and_each_coefficient_is_told():
    found = county(pair("primary", [Fraction("0.25")] * 8))
    assert [line.code for line in found.lines] == [*EIGHT, "B0"]
    assert all("0.2500" in line.reasons[0] for line in found.lines if line.code != "B0")
    assert [area.title for area in found.areas] == ["校际均衡"]
    assert found.reasons == ()


@pytest.mark.parametrize(
    ("column", "code"),
    [("computers", "B4"), ("books", "B5"), ("teachers_intermediate_plus_primary", "B8")],
)
def test_an_optional_column_that_was_not_filed_leaves_the_composite_open(column, code):
    found = county(pair("primary", [Fraction("0.1")] * 8, **{column: None}))
    line = composite_line(found)
    assert found.verdict == line.verdict == "缺数据"
    assert CATALOGUE[code].label in line.wanting[0]
    assert line.clauses[0].figures[0].value is None


def test_a_school_that_did_not_file_leaves_the_composite_open():
    rows = pair("primary", [Fraction("0.1")] * 8)
    absent = {"school_code": "C", "school_name": "示例丙", "school_type": "primary"}
    tables = rows_of(rows, register=[absent | {"location_unit": "410199"}])
    found = assess_facts(Facts.from_rows(tables, year=2025), on=ON, scheme="2012-basic")
    assert found.counties[0].verdict == "缺数据"
    line = composite_line(found.counties[0])
    assert "示例丙没有填报" in line.wanting[0]
    assert [figure.stage for figure in line.clauses[0].figures] == ["primary"], "no junior school"


def test_one_failing_stage_fails_the_county_whatever_the_other_is():
    rows = [*pair("primary", [Fraction("0.1")] * 8), *pair("junior", [Fraction("0.8")] * 8)]
    found = county(rows)
    assert found.verdict == "未达标"
    figures = composite_line(found).clauses[0].figures
    assert [f.verdict for f in figures] == ["达标", "未达标"]
    assert figures[1].gap == "高出0.2500"


def test_a_mean_of_zero_leaves_the_composite_undefined():
    rows = pair("primary", [Fraction("0.1")] * 8, books=0)
    assert county(rows).verdict == "缺数据"


def test_the_scheme_judges_no_school_and_no_single_coefficient():
    found = county(pair("primary", [Fraction("0.1")] * 8))
    assert (found.parts, found.spreads) == ((), ())
    assert not found.standard.judges_schools
    assert not found.standard.judges_each_spread
    assert Standard.at("410199", ON).judges_schools
    assert Standard.at("410199", ON).composite_limit("primary") is None


def test_private_schools_may_be_left_out_as_local_notes_did():
    rows = pair("primary", [Fraction("0.8")] * 8)
    rows[1]["ownership"] = "private"
    assert county(rows).verdict == "未达标"
    alone = county(rows, readings={"private-schools": "out"})
    assert alone.verdict == "达标"
    assert [each.code for each in alone.left_out] == ["primaryB"]


# --- the eight indicators, worked by hand ------------------------------------------------------

WORKED = {
    # A nine-year school: 300 primary, 200 junior; weighted 300 + 220 = 520 pupils.
    ("primary", "B1"): Fraction(5200, 520),
    ("junior", "B1"): Fraction(11, 10) * 10,
    ("primary", "B2"): Fraction(400 + 6100, 520),
    ("junior", "B2"): Fraction(11, 10) * Fraction(6500, 520),
    ("primary", "B3"): Fraction(1_040_000, 520),
    ("junior", "B3"): Fraction(11, 10) * 2000,
    ("primary", "B4"): Fraction(104 * 100, 520),
    ("junior", "B4"): 22,
    ("primary", "B5"): Fraction(15_600, 520),
    ("junior", "B5"): 33,
    ("primary", "B6"): Fraction(18, 300),
    ("junior", "B6"): Fraction(16, 200),
    ("primary", "B7"): Fraction(4 + 9 + 2 + 1, 300),
    ("junior", "B7"): Fraction(10 + 3, 200),
    ("primary", "B8"): Fraction(7, 300),
    ("junior", "B8"): Fraction(8, 200),
}
"""Worked by hand: five items shared 1 : 1.1, three by stage; 专科 counts at primary stage only."""


@pytest.fixture(scope="module")
def measured() -> dict:
    filed = {
        "teaching_auxiliary_area_m2": 5200,
        "indoor_sports_room_area_m2": 400,
        "gymnasium_area_m2": 400,
        "sports_ground_area_m2": 6100,
        "equipment_value_yuan": 1_040_000,
        "computers": 104,
        "books": 15_600,
        "full_time_teachers_primary": 18,
        "full_time_teachers_junior": 16,
        "teachers_associate_primary": 4,
        "teachers_bachelor_primary": 9,
        "teachers_bachelor_junior": 10,
        "teachers_master_primary": 2,
        "teachers_master_junior": 3,
        "teachers_doctorate_primary": 1,
        "teachers_doctorate_junior": 0,
        "teachers_intermediate_plus_primary": 7,
        "teachers_intermediate_plus_junior": 8,
    }
    rows = rows_of([school("N", "nine_year", {"primary": 300, "junior": 200}, **filed)])
    standard = Standard.at("410199", ON, scheme_code="2012-basic")
    parts = build_parts(Facts.from_rows(rows, year=2025), standard)
    return {row["stage"]: row for row in measure(parts.frame, EIGHT).iter_rows(named=True)}


@pytest.mark.parametrize(("stage", "code"), WORKED, ids=[f"{c}-{s}" for s, c in WORKED])
def test_the_eight_indicators_come_out_as_worked_by_hand(measured, stage, code):
    row = measured[stage]
    assert Fraction(row[f"{code}_numerator"], row[f"{code}_denominator"]) == WORKED[stage, code]
