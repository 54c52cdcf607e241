"""Every check fires on its mistake, alone, and says all that a clerk needs."""

import re

import pytest
from registry.county_of_eight import YEAR, clean, filing
from registry.mistakes_of_checks import (
    MISTAKES,
    PRIMARY,
    Mistake,
    campus,
    class_list,
    classrooms,
    correction,
    dense,
    facts,
    room,
    second_county,
)

from junheng.registry import Level, check
from junheng.registry.checks import catalogue
from junheng.registry.checks.run import check as check_in_its_module

LEVELS = {code: level for code, _, level, _, _ in catalogue()}


def test_the_clean_county_has_nothing_to_report() -> None:
    report = check(filing(clean()), year=YEAR)
    assert report.findings == ()
    assert report.missing_schools == ()
    assert report.acceptable


def test_the_clean_county_has_nothing_to_report_against_the_same_facts_a_year_before() -> None:
    assert check(filing(clean()), year=YEAR, last=facts(year=YEAR - 1)).findings == ()


@pytest.mark.parametrize(
    "changes",
    [
        (dense,),
        (second_county,),
        (class_list,),
        (room("M1", "music", 98), room("M2", "music", 96), *classrooms(networked=13)),
        (campus("东校区"), campus("西校区")),
        (correction("网络多媒体教室间数", "13"),),
        (correction("教学仪器设备资产值（账面原值）（万元）", "140.4"),),
        (correction("urban_rural_code", "121镇中心区"),),
    ],
)
def test_what_is_optional_and_right_has_nothing_to_report(changes) -> None:
    assert Mistake("", changes).report().findings == ()


@pytest.mark.parametrize("mistake", MISTAKES, ids=lambda each: each.code)
def test_a_mistake_is_named_by_its_check_and_by_no_other(mistake: Mistake) -> None:
    report = mistake.report()
    assert {each.check for each in report.findings} == {mistake.code, *mistake.also}
    assert len({each.key for each in report.findings}) == 1
    for each in report.findings:
        assert each.level is LEVELS[each.check]
        assert each.origin.file
        assert each.origin.sheet
        assert re.fullmatch("[A-Z]+[0-9]+", each.origin.cell)
        assert each.table
        for text in (each.found, each.allowed, each.mend):
            assert text
            assert not re.search(r"[{}。]|None|Decimal|E\+", text), text


def test_every_check_of_the_catalogue_has_its_mistake() -> None:
    assert {each.code for each in MISTAKES} == {code for code, *_ in catalogue()}


def test_a_must_fix_stops_the_filing_and_nothing_else_does() -> None:
    for mistake in MISTAKES:
        levels = {LEVELS[code] for code in (mistake.code, *mistake.also)}
        assert mistake.report().acceptable is (Level.MUST_FIX not in levels), mistake.code


def test_the_registry_offers_the_check() -> None:
    assert check is check_in_its_module


def test_a_mistaken_unit_says_what_was_meant() -> None:
    mistake = next(each for each in MISTAKES if each.code == "K1.1")
    [found] = mistake.report().findings
    assert "1404000 万元" in found.found
    assert "疑似把元填成了万元，应为 140.4 万元" in found.mend
    assert found.key == (PRIMARY,)


def test_exchanged_columns_are_suggested_where_exchanging_them_mends() -> None:
    swapped = Mistake("", (lambda rows: rows["facilities"][PRIMARY].update(
        green_area_m2=rows["facilities"][PRIMARY]["campus_area_m2"],
        campus_area_m2=rows["facilities"][PRIMARY]["green_area_m2"]),))  # fmt: skip
    [found] = [each for each in swapped.report().findings if each.check == "R34"]
    assert "“绿化用地面积”与“占地面积”疑似填颠倒" in found.mend
