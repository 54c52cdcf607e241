"""What we chose where the rules are open, typed in again: a changed default must be a decision."""

from datetime import date
from fractions import Fraction

import pytest

from junheng.standards import Standard, documents, scheme

ON = date(2026, 3, 31)
DEFAULTS = {
    "2017-quality": {
        "cv-variant": "weighted", "city-run": "location", "private-schools": "in",
        "campus": "merged", "teaching-points": "out", "fund-standard": "2016",
        "music-art-rooms": "each", "special-funds": "6000", "key-teacher-base": "rotated",
        "zoned-enrolment": "pooled", "inclusion-rate": "95", "training-fund-base": "budget",
        "x1": "off", "x2": "off", "x3": "off", "x4": "off", "x5": "off", "x6": "off",
    },
    "2012-basic": {"city-run": "location", "private-schools": "in"},
}  # fmt: skip
SCHEMES = tuple(DEFAULTS)


@pytest.mark.parametrize("code", SCHEMES)
def test_each_open_point_is_read_as_we_decided(code: str) -> None:
    standard = Standard.at("410199", ON, scheme_code=code)
    taken = {switch: standard.reading(switch) for switch in standard.open_points}
    assert taken == DEFAULTS[code]


@pytest.mark.parametrize("code", SCHEMES)
def test_the_variant_of_the_scheme_is_the_default_of_its_open_point(code: str) -> None:
    standard = Standard.at("410199", ON, scheme_code=code)
    point = standard.open_points.get("cv-variant")
    if point is not None:
        options = {option.code: option.variant or option.code for option in point[0].option}
        assert options[point[0].default] == scheme(code).variant


@pytest.mark.parametrize("code", SCHEMES)
def test_special_and_vocational_schools_are_outside_both_schemes(code: str) -> None:
    clause = Standard.at("410199", ON, scheme_code=code).role("scope").clause
    assert set(clause.excluded_types) >= {"special", "vocational"}


def test_near_means_within_a_twentieth_of_the_limit_from_the_day_of_the_rules_on() -> None:
    assert Standard.at("410199", ON).near_margin == Fraction(1, 20)
    assert documents()["平台约定1"].in_force == documents()["教督〔2017〕6号"].in_force
