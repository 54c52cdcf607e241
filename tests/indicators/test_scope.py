"""Who counts under each open reading of scope; with the defaults nothing is different."""

from datetime import date

import pytest
from worked.building import COUNTY, rows_of, school

from junheng.indicators import Parts, build_parts
from junheng.registry import Facts
from junheng.standards import Standard, Switches

ON = date(2026, 3, 31)
CITY = "410100"
OTHER = "410198"


def built(rows: list[dict], **readings: str) -> Parts:
    named = {code.replace("_", "-"): option for code, option in readings.items()}
    standard = Standard.at(COUNTY, ON, switches=Switches(readings=named))
    return build_parts(Facts.from_rows(rows_of(rows), year=2025), standard)


def measured(parts: Parts) -> dict[tuple[str, str], str]:
    """(school, stage) → the county it counts in."""
    columns = ("school_code", "stage", "county")
    return {(code, stage): unit for code, stage, unit in parts.frame.select(columns).iter_rows()}


def out(parts: Parts) -> dict[str, str]:
    return {each.code: each.reason for each in parts.left_out}


def primary(code: str, pupils: int = 500, **filed) -> dict:
    return school(code, "primary", {"primary": pupils}, **filed)


# --- city-run schools --------------------------------------------------------------------------


@pytest.fixture
def city_run() -> list[dict]:
    return [primary("A", managing_unit=COUNTY), primary("B", managing_unit=CITY), primary("C")]


def test_a_city_run_school_counts_where_it_lies_by_default(city_run):
    everywhere = dict.fromkeys((("A", "primary"), ("B", "primary"), ("C", "primary")), COUNTY)
    assert measured(built(city_run)) == everywhere
    assert measured(built(city_run, city_run="location")) == everywhere
    assert out(built(city_run)) == {}


def test_a_city_run_school_may_be_left_to_the_unit_that_runs_it(city_run):
    found = built(city_run, city_run="managing")
    assert measured(found)["B", "primary"] == CITY
    assert measured(found)["A", "primary"] == measured(found)["C", "primary"] == COUNTY
    assert CITY in out(found)["B"]
    assert "管理单位" in out(found)["B"]


def test_a_city_run_school_may_count_nowhere(city_run):
    found = built(city_run, city_run="out")
    assert set(measured(found)) == {("A", "primary"), ("C", "primary")}
    assert "不计入" in out(found)["B"]


def test_a_school_run_by_a_neighbour_counts_there_under_that_reading():
    rows = [primary("A", managing_unit=OTHER), primary("B", location_unit=OTHER)]
    found = built(rows, city_run="managing")
    assert measured(found) == {("A", "primary"): OTHER, ("B", "primary"): OTHER}


def test_a_city_run_school_without_pupils_filed_is_missing_where_it_counts(city_run):
    city_run[1]["enrolment_primary"] = None
    assert [m.county for m in built(city_run).missing] == [COUNTY]
    assert [m.county for m in built(city_run, city_run="managing").missing] == [CITY]
    assert built(city_run, city_run="out").missing == ()


# --- private schools ---------------------------------------------------------------------------


def test_a_private_school_counts_unless_the_reading_leaves_it_out():
    rows = [primary("A"), primary("B", ownership="private"), primary("C", ownership=None)]
    assert ("B", "primary") in measured(built(rows))
    found = built(rows, private_schools="out")
    assert set(measured(found)) == {("A", "primary"), ("C", "primary")}
    assert "民办" in out(found)["B"]


# --- campuses ----------------------------------------------------------------------------------


def nine_year(code: str = "N", **filed) -> dict:
    return school(code, "nine_year", {"primary": 600, "junior": 400}, **filed)


def campus(code: str, school_type: str, pupils: dict[str, int], parent: str = "N") -> dict:
    row = school(code, school_type, pupils, counts_as_school=False, parent_school_code=parent)
    return row | ({"attached_primary_enrolment": 0} if school_type == "junior" else {})


@pytest.mark.parametrize("stage", ["primary", "junior"])
def test_a_one_stage_campus_merges_by_default_and_stands_alone_under_the_reading(stage):
    rows = [nine_year(), campus("K", stage, {stage: 100})]
    merged = built(rows).frame.filter(school_code="N", stage=stage)
    assert merged["pupils"].item() == {"primary": 700, "junior": 500}[stage]
    assert merged["merged"].item() == "K"
    found = built(rows, campus="school")
    apart = found.frame.filter(school_code="K")
    assert apart.select("stage", "pupils", "combined").row(0) == (stage, 100, False)
    assert found.frame.filter(school_code="N")["pupils"].to_list() == [600, 400]
    assert found.frame.filter(school_code="N")["merged"].to_list() == ["", ""]


def test_a_campus_with_both_stages_stays_with_its_school():
    rows = [nine_year(), campus("K", "nine_year", {"primary": 60, "junior": 40})]
    found = built(rows, campus="school")
    assert found.frame["pupils"].to_list() == [660, 440]


def test_a_teaching_point_or_a_campus_of_another_type_stays_with_its_school():
    rows = [
        nine_year(),
        campus("T", "teaching_point", {"primary": 20}),
        primary("P"),
        campus("K", "primary", {"primary": 70}, parent="P"),
    ]
    found = built(rows, campus="school")
    assert set(measured(found)) == {("N", "primary"), ("N", "junior"), ("P", "primary")}
    assert measured(found) == measured(built(rows))


# --- teaching points ---------------------------------------------------------------------------


@pytest.mark.parametrize(("pupils", "default", "reading"), [(49, 0, 1), (50, 1, 1), (0, 0, 0)])
def test_teaching_points_of_under_fifty_pupils_count_only_under_the_reading(
    pupils, default, reading
):
    rows = [primary("A"), school("T", "teaching_point", {"primary": pupils})]
    assert ("T", "primary") in measured(built(rows)) or not default
    assert len(built(rows).frame) == 1 + default
    assert len(built(rows, teaching_points="in").frame) == 1 + reading


# --- together ----------------------------------------------------------------------------------


def test_the_defaults_written_out_change_nothing():
    rows = [
        primary("A", managing_unit=CITY),
        primary("B", ownership="private"),
        nine_year(),
        campus("K", "primary", {"primary": 100}),
        school("T", "teaching_point", {"primary": 30}),
    ]
    spelt = built(
        rows, city_run="location", private_schools="in", campus="merged", teaching_points="out"
    )
    assert spelt.frame.equals(built(rows).frame)
    assert (spelt.left_out, spelt.missing) == (built(rows).left_out, built(rows).missing)
