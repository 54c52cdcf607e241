"""What is taken where nothing was chosen, typed in again: readings, days, variants, scope."""

from datetime import date

import pytest
from worked.building import rows_of, school

from junheng.diagnosis import assess_facts
from junheng.registry import Facts
from junheng.standards import Standard, Switches, scheme
from junheng.standards.books import documents

ON = date(2026, 3, 31)
QUALITY = {  # standards.md §§1, 4–7: what each open point is read as
    "cv-variant": "weighted", "city-run": "location", "private-schools": "in",
    "campus": "merged", "teaching-points": "out", "fund-standard": "early-2023",
    "music-art-rooms": "each", "special-funds": "6000", "key-teacher-base": "rotated",
    "zoned-enrolment": "pooled", "inclusion-rate": "95", "training-fund-base": "budget",
    "x1": "off", "x2": "off", "x3": "off", "x4": "off", "x5": "off", "x6": "off",
}  # fmt: skip
BASIC = {"city-run": "location", "private-schools": "in"}
ONLY_COMPARED = {"unweighted_sample", "pooled_unweighted", "private-schools=out", "city-run=out"}
FIRST_DAY = {"教督〔2017〕6号", "平台口径1", "平台约定1"}


def by_default(code: str) -> Standard:
    return Standard.at("410199", ON, scheme_code=code)


@pytest.mark.parametrize(("code", "defaults"), [("2017-quality", QUALITY), ("2012-basic", BASIC)])
def test_every_open_point_is_read_by_its_default(code, defaults):
    standard = by_default(code)
    assert {point: standard.reading(point) for point in standard.open_points} == defaults


def test_only_what_nobody_claims_to_be_the_rule_is_only_compared():
    told = set()
    for code, (point, _) in by_default("2017-quality").open_points.items():
        for option in point.option:
            if option.only_compared:
                told.add(option.variant or f"{code}={option.code}")
    assert told == ONLY_COMPARED


def test_an_exception_is_switched_on_by_its_option_and_by_no_other():
    for number in range(1, 7):
        chosen = Switches(readings={f"x{number}": "on"})
        standard = Standard.at("410199", ON, switches=chosen)
        assert standard.switches.relaxations == (f"X{number}",)
        off = Standard.at("410199", ON, switches=Switches(readings={f"x{number}": "off"}))
        assert off.switches.relaxations == ()


@pytest.mark.parametrize("name", sorted(FIRST_DAY))
def test_a_document_of_the_scheme_binds_from_the_day_of_the_law(name):
    assert documents()[name].in_force == date(2017, 4, 19)


@pytest.mark.parametrize("code", ["2017-quality", "2012-basic"])
def test_both_schemes_weigh_by_pupils_and_judge_both_stages(code):
    standard = by_default(code)
    assert standard.variant == "weighted"
    assert scheme(code).stages == ("primary", "junior")


def basic(schools, **more):
    """Verdict over all of a county under the scheme of 2012, and who was left out."""
    (county,) = assess_facts(
        Facts.from_rows(rows_of(schools, **more), year=2025), on=ON, scheme="2012-basic"
    ).counties
    return county


def balanced(code, **filed):
    """A primary school of 100 pupils with the same of everything."""
    more = {
        "computers": 10, "books": 1000, "full_time_teachers_primary": 10, "managing_unit": "410199",
        "teachers_intermediate_plus_primary": 5, **filed,
    }  # fmt: skip
    return school(code, "primary", {"primary": 100}, **more)


def test_in_2012_a_school_run_from_elsewhere_and_a_private_one_count_where_they_lie():
    other = balanced("B", managing_unit="410100", ownership="private", books=40_000, computers=900)
    county = basic([balanced("A"), other])
    (figure,) = county.lines[-1].clauses[0].figures
    assert county.left_out == ()
    # Six of eight CVs are 0, that of the computers 890 ÷ 910, that of the books 39 000 ÷ 41 000.
    assert float(figure.value or 0) == pytest.approx((890 / 910 + 39_000 / 41_000) / 8)


@pytest.mark.parametrize("school_type", ["special", "vocational"])
def test_in_2012_classes_of_special_and_vocational_schools_enter_nobody_s_figures(school_type):
    attached = school(
        "C",
        school_type,
        counts_as_school=False,
        parent_school_code="A",
        books=90_000,
        computers=900,
    )
    county = basic([balanced("A"), balanced("B"), attached])
    (figure,) = county.lines[-1].clauses[0].figures
    assert figure.value == 0
    assert [left.code for left in county.left_out] == ["C"]


def test_in_2012_a_teaching_point_of_49_is_left_out_and_one_of_50_counts():
    for pupils, out in ((49, ["C"]), (50, [])):
        point = school("C", "teaching_point", {"primary": pupils}, books=1, computers=1)
        county = basic([balanced("A"), balanced("B"), point])
        assert [left.code for left in county.left_out] == out
