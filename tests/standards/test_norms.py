"""The norms for planning, typed in again by hand from standards.md §§7 and 9."""

import pytest

from junheng.standards import Clause, documents, schemes

NORMS = {
    "STAFF-2001": {"primary_city": "19", "primary_town": "21", "primary_rural": "23",
                   "junior_city": "13.5", "junior_town": "16", "junior_rural": "18",
                   "senior_city": "12.5", "senior_town": "13", "senior_rural": "13.5"},
    "STAFF": {"primary": "19", "junior": "13.5"},
    "STAFF-COMBINED": {"special": "4"},
    "CLASS-DESIGN": {"primary": "45", "incomplete_primary": "30", "junior": "50"},
    "CLASS-LARGE": {"large_from": "56", "super_large_from": "66"},
    "CLASS-LARGE-GOALS": {"super_large_share_at_most": "2", "large_share_at_most": "5"},
    "CLASS-LARGE-2018": {"large_share": "7.06", "super_large_share": "0.5"},
    "RURAL-DESIGN": {"incomplete_primary": "30", "primary_near": "45", "primary_far": "40",
                     "junior_near": "50", "junior_far": "45"},
    "BUILDING-PRIMARY": {"basic_12": "6.6", "basic_18": "5.8", "basic_24": "5.4", "basic_30": "5.1",
                         "planning_12": "10.0", "planning_18": "8.3", "planning_24": "7.8",
                         "planning_30": "7.2"},
    "BUILDING-NINE": {"basic_18": "6.5", "basic_27": "5.8", "basic_36": "5.6", "basic_45": "5.5",
                      "planning_18": "9.3", "planning_27": "7.8", "planning_36": "7.9",
                      "planning_45": "7.7"},
    "BUILDING-JUNIOR": {"basic_12": "8.0", "basic_18": "7.1", "basic_24": "6.6", "basic_30": "6.4",
                        "planning_12": "11.3", "planning_18": "10.1", "planning_24": "9.8",
                        "planning_30": "9.0"},
    "RADIUS-DESIGN": {"primary_m": "500", "junior_m": "1000"},
    "RADIUS": {"primary_m": "500", "junior_m": "1000"},
    "LIVING-CIRCLE": {"junior_minutes": "15", "primary_minutes": "10"},
    "FUNDS-2016": {"primary": "600", "junior": "800", "east_primary": "650", "east_junior": "850",
                   "special": "6000"},
    "FUNDS-RAISED": {"primary": "720", "junior": "940", "boarding": "300"},
    "FUNDS-SPECIAL-GOAL": {"special": "7000"},
    "PRIVATE-SHARE": {"province_share_at_most": "5", "county_share_at_most": "15"},
    "DISABLED-GOAL": {"share_at_least": "97"},
    "SPECIAL-SCHOOL": {"residents_from": "200000"},
    "SR1-SAMPLE-PLANNING": {"residents_0": "200", "residents_200000": "300",
                            "residents_400000": "500", "residents_600000": "700",
                            "residents_800000": "900", "residents_1000000": "1000",
                            "deputies_share": "5", "heads_share": "5", "teachers_share": "20",
                            "parents_share": "70"},
}  # fmt: skip
FUNDS = {
    "000000": {"primary": "650", "junior": "850", "boarding": "200", "special": "6000"},
    "210000": {"primary": "935", "junior": "1155"},
    "210100": {"primary": "1150", "junior": "1350"},
}
UNUSABLE = {"LAND", "STAFF-RANGE", "RADIUS-1993", "SR1-SAMPLE-NOTE"}


def norms() -> list[Clause]:
    used = {name for s in schemes().values() for name in s.documents}
    return [c for d in documents().values() if d.name not in used for c in d.clause]


@pytest.mark.parametrize("code", NORMS)
def test_a_norm_has_the_numbers_of_the_reference(code):
    (norm,) = [c for c in norms() if c.code == code]
    assert norm.kind == "norm"
    assert norm.numbers == NORMS[code]


@pytest.mark.parametrize("place", FUNDS)
def test_public_funds_are_those_of_the_place(place):
    (found,) = [c for d in documents().values() if d.place == place for c in d.clause
                if c.code == "FUNDS"]  # fmt: skip
    assert found.numbers == FUNDS[place]


def test_what_rests_on_a_weak_source_is_recorded_as_such_and_plays_no_part():
    weak = {c.code for c in norms() if c.confidence == "L" and not c.reading}
    assert weak == UNUSABLE
    assert not weak & {code for s in schemes().values() for code in s.roles.values()}


def test_every_norm_of_a_weak_or_unseen_source_says_what_is_missing():
    silent = [c.code for c in norms() if c.confidence in "LB" and not c.note and not c.reading]
    assert silent == []
