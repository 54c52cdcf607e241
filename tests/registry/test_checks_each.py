"""Every check fires on its mistake, alone, and says all that a clerk needs."""

import re

import pytest
from registry.county_of_eight import POINT, UNCLEAR, YEAR, clean, filing, put, yuan
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

OF_A_FILE = {"R116"}
"""About an evidence file that stands in no cell."""
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


@pytest.mark.slow
@pytest.mark.parametrize("mistake", MISTAKES, ids=lambda each: each.code)
def test_a_mistake_is_named_by_its_check_and_by_no_other(mistake: Mistake) -> None:
    report = mistake.report()
    assert {each.check for each in report.findings} == {mistake.code, *mistake.also}
    assert len({each.key for each in report.findings}) == 1
    for each in report.findings:
        assert each.level is LEVELS[each.check]
        assert each.origin.file
        if each.check not in OF_A_FILE:
            assert each.origin.sheet
            assert re.fullmatch("[A-Z]+[0-9]+", each.origin.cell)
            assert each.table
        for text in (each.found, each.allowed, each.mend):
            assert text
            assert not re.search(r"[{}。]|None|Decimal|E\+", text), text


def test_every_check_of_the_catalogue_has_its_mistake() -> None:
    assert {each.code for each in MISTAKES} == {code for code, *_ in catalogue()}


@pytest.mark.slow
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


def exchanged(table: str, one: str, other: str):
    def change(rows) -> None:
        row = rows[table][PRIMARY]
        row[one], row[other] = row[other], row[one]

    return change


def mend_of(code: str, *changes) -> str:
    return next(f.mend for f in Mistake(code, changes).report().findings if f.check == code)


@pytest.mark.parametrize(
    ("code", "table", "one", "other"),
    [
        ("R34", "facilities", "green_area_m2", "campus_area_m2"),
        ("R33", "facilities", "sports_ground_area_m2", "campus_area_m2"),
        ("K2.1", "facilities", "indoor_sports_room_area_m2", "teaching_auxiliary_area_m2"),
        ("R35", "facilities", "teaching_auxiliary_area_m2", "building_area_m2"),
        ("R32", "facilities", "art_rooms_ge_90", "music_rooms_ge_96"),
        ("R41", "finance", "training_funds_budget_prev_yuan", "public_funds_budget_prev_yuan"),
    ],
)
def test_exchanged_columns_are_suggested_where_the_numbers_make_it_evident(
    code, table, one, other
) -> None:
    assert "疑似填颠倒" in mend_of(code, exchanged(table, one, other))


def test_exchanged_totals_of_music_and_art_rooms_are_suggested() -> None:
    mend = mend_of("R31", exchanged("facilities", "music_rooms", "art_rooms"))
    assert mend.startswith("“音乐教室总间数”与“美术教室总间数”疑似填颠倒，")


def test_no_exchange_is_suggested_where_it_would_break_another_relation() -> None:
    """With an art room of 90 m² and no music room in all, exchanging the totals mends nothing."""
    bare = put("facilities", PRIMARY, music_rooms=0, art_rooms=2, art_rooms_ge_90=0)
    assert "颠倒" in mend_of("R31", bare)
    assert "颠倒" not in mend_of("R31", bare, put("facilities", PRIMARY, art_rooms_ge_90=1))


def test_no_exchange_is_suggested_where_the_sizes_are_too_near() -> None:
    """Green land is 70 % of a campus at most: 10 000 in 7 000 was exchanged, in 7 000.01 not."""
    near = put("facilities", PRIMARY, green_area_m2=yuan(10_000), campus_area_m2=yuan(7000))
    assert "颠倒" in mend_of("R34", near)
    nearer = put("facilities", PRIMARY, campus_area_m2=yuan("7000.01"))
    assert "颠倒" not in mend_of("R34", near, nearer)


def test_an_exchange_can_be_suggested_while_another_cell_is_unclear() -> None:
    swapped = exchanged("facilities", "green_area_m2", "campus_area_m2")
    for column in ("sports_ground_area_m2", "building_area_m2"):
        assert "颠倒" in mend_of("R34", swapped, put("facilities", PRIMARY, **{column: UNCLEAR}))


def test_a_hall_counted_once_only_is_named_whichever_cell_is_zero() -> None:
    for column in ("indoor_sports_room_area_m2", "gymnasium_area_m2"):
        lone = Mistake("K2.2", (put("facilities", PRIMARY, **{column: yuan(0)}),))
        assert [each.check for each in lone.report().findings] == ["K2.2"]


def test_funds_of_a_very_small_school_are_measured_by_a_hundred_pupils() -> None:
    huge = put("finance", POINT, public_funds_budget_prev_yuan=yuan(4_000_000),
               public_funds_final_prev_yuan=yuan(4_000_000))  # fmt: skip
    [found] = Mistake("R44", (huge,)).report().findings
    assert found.found.endswith("按 100 人计，平均每人约 40000 元")
    [found] = next(each for each in MISTAKES if each.code == "R44").report().findings
    assert found.found.endswith("“小学学生人数”为 540 人，平均每人约 40000 元")
