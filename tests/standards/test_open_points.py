"""Open points of the rules: each says its default, why, whom to ask; a reading is taken strictly."""

from datetime import date

import pytest

from junheng.errors import MisuseError
from junheng.standards import Standard, Switches, schemes

ON = date(2026, 3, 31)
PLACE = "410199"
POINTS = {
    (scheme, code): point
    for scheme in schemes()
    for code, (point, _) in Standard.at(PLACE, ON, scheme_code=scheme).open_points.items()
}
each_point = pytest.mark.parametrize(("scheme", "code"), POINTS)
OPTIONS = [
    (scheme, code, option.code)
    for (scheme, code), point in POINTS.items()
    for option in point.option
]
REQUIRED = {
    "cv-variant", "city-run", "private-schools", "campus", "teaching-points", "fund-standard",
    "music-art-rooms", "special-funds", "key-teacher-base", "zoned-enrolment", "inclusion-rate",
    "training-fund-base", "x1", "x2", "x3", "x4", "x5", "x6",
}  # fmt: skip
"""Every open reading of standards.md §§1–7, 9.4 and 12 that changes a verdict."""
REPLACED = {
    ("fund-standard", "2023"): {"GV2-FUNDS": "GV2-FUNDS-2023"},
    ("music-art-rooms", "sum"): {"GV3-MUSIC": "GV3-SUM", "GV3-ART": None},
    ("special-funds", "7000"): {"GV7": "GV7-7000"},
    ("special-funds", "8000"): {"GV7": "GV7-8000"},
    ("key-teacher-base", "eligible"): {"GV11-KEY": "GV11-KEY-ELIGIBLE"},
    ("zoned-enrolment", "every"): {"GV13": "GV13-EVERY"},
    ("zoned-enrolment", "urban"): {"GV13": "GV13-URBAN"},
    ("inclusion-rate", "97"): {"QL2": "QL2-97"},
    ("training-fund-base", "final"): {"QL4": "QL4-FINAL"},
}
"""Clauses whose place another takes under an option; None: the clause falls away."""
NUMBERS = {
    "GV2-FUNDS-2023": {"primary": "720", "junior": "940"},
    "GV3-SUM": {"all": "1"},
    "GV7-7000": {"all": "7000"},
    "GV7-8000": {"all": "8000"},
    "GV11-KEY-ELIGIBLE": {"all": "20"},
    "GV13-EVERY": {"primary": "100", "junior": "95"},
    "GV13-URBAN": {"primary": "100", "junior": "95"},
    "QL2-97": {"all": "97"},
    "QL4-FINAL": {"all": "5"},
}
"""standards.md §§6, 7, 9.4."""


def taken(scheme: str, **readings: str) -> Standard:
    return Standard.at(PLACE, ON, scheme_code=scheme, switches=Switches(readings=readings))


def test_every_open_reading_of_the_reference_is_a_switch():
    assert {code for scheme, code in POINTS if scheme == "2017-quality"} == REQUIRED


@each_point
def test_a_point_says_its_default_why_whom_to_ask_and_what_it_touches(scheme, code):
    point = POINTS[scheme, code]
    assert point.default in {option.code for option in point.option}
    assert len(point.option) >= 2
    assert len({option.code for option in point.option}) == len(point.option)
    assert point.reason.strip()
    assert point.question.startswith("Q")
    assert "请示" in point.question
    assert point.source.strip()
    assert point.confidence in {"H", "M", "L", "B", "D"}
    declared = {line.code for area in schemes()[scheme].area for line in area.line}
    assert set(point.touches) <= declared
    assert point.touches


@each_point
def test_no_default_is_a_reading_only_for_comparison(scheme, code):
    point = POINTS[scheme, code]
    default = next(option for option in point.option if option.code == point.default)
    assert not default.only_compared


@pytest.mark.parametrize(("scheme", "code", "option"), OPTIONS)
def test_an_option_replaces_exactly_the_clauses_that_it_says(scheme, code, option):
    base, other = Standard.at(PLACE, ON, scheme_code=scheme), taken(scheme, **{code: option})
    both = {*base.demands, *other.demands}
    changed = {
        slot: other.demands[slot].clause.code if slot in other.demands else None
        for slot in both
        if base.demands.get(slot) != other.demands.get(slot)
    }
    assert changed == REPLACED.get((code, option), {})
    assert other.reading(code) == option


@pytest.mark.parametrize("code", NUMBERS)
def test_alternative_clauses_hold_the_numbers_of_the_reference(code):
    point, option = next(key for key, slots in REPLACED.items() if code in slots.values())
    demands = taken("2017-quality", **{point: option}).demands
    clause = next(d.clause for d in demands.values() if d.clause.code == code)
    assert clause.at_least == NUMBERS[code]
    assert not clause.at_most


@pytest.mark.parametrize("variant", ["weighted", "unweighted_pop", "unweighted_sample", "pooled_unweighted"])  # fmt: skip
def test_the_variant_of_the_cv_is_a_reading_however_it_is_chosen(variant):
    by_reading = taken("2017-quality", **{"cv-variant": variant})
    by_variant = Standard.at(PLACE, ON, switches=Switches(variant=variant))
    assert by_reading.variant == by_variant.variant == variant
    assert by_variant.reading("cv-variant") == variant


@pytest.mark.parametrize("number", range(1, 7))
def test_a_relaxation_is_a_reading_however_it_is_chosen(number):
    code, relaxation = f"x{number}", f"X{number}"
    assert Standard.at(PLACE, ON).reading(code) == "off"
    by_reading = taken("2017-quality", **{code: "on"})
    by_relaxation = Standard.at(PLACE, ON, switches=Switches(relaxations=(relaxation,)))
    assert by_reading.switches.relaxations == (relaxation,)
    assert by_reading.relaxation(relaxation) is not None
    assert by_relaxation.reading(code) == "on"


def test_taking_an_option_takes_back_what_the_others_switched_on():
    point = POINTS["2017-quality", "x1"]
    off, on = (next(o for o in point.option if o.code == c) for c in ("off", "on"))
    both = Switches(relaxations=("X1", "X2"))
    assert both.taking(point, off).relaxations == ("X2",)
    assert both.taking(point, on).relaxations == ("X1", "X2")
    assert Switches().taking(point, on).taking(point, off) == Switches(readings={"x1": "off"})


def test_a_scheme_without_an_open_point_reads_nothing():
    assert Standard.at(PLACE, ON, scheme_code="2012-basic").reading("campus") == ""


@pytest.mark.parametrize(
    ("readings", "told"),
    [({"nope": "on"}, "没有名为“nope”的未决口径"), ({"campus": "nope"}, "没有“nope”这个选项")],
)
def test_an_unknown_reading_is_refused_with_the_known_ones(readings, told):
    with pytest.raises(MisuseError, match=told) as error:
        taken("2017-quality", **readings)
    assert "可用：" in str(error.value)


@pytest.mark.parametrize(
    "switches",
    [
        Switches(variant="unweighted_pop", readings={"cv-variant": "weighted"}),
        Switches(relaxations=("X1",), readings={"x1": "off"}),
    ],
)
def test_a_reading_that_contradicts_another_choice_is_refused(switches):
    with pytest.raises(MisuseError, match="矛盾"):
        Standard.at(PLACE, ON, switches=switches)


def test_a_reading_that_says_the_same_as_another_choice_is_taken():
    twice = Switches(variant="unweighted_pop", readings={"cv-variant": "unweighted_pop"})
    assert Standard.at(PLACE, ON, switches=twice).variant == "unweighted_pop"
    twice = Switches(relaxations=("X1",), readings={"x1": "on"})
    assert Standard.at(PLACE, ON, switches=twice).switches.relaxations == ("X1",)


def test_the_same_readings_are_the_same_switches_in_any_order():
    one = Switches(readings={"campus": "school", "x1": "on"})
    other = Switches(readings=dict(reversed(one.readings.items())))
    assert one.to_json() == other.to_json()
    found = [Standard.at(PLACE, ON, switches=each).switches for each in (one, other)]
    assert found[0] == found[1]
