"""Over the years: the same school under old codes, mergers as sums, divisions as a whole."""

from datetime import date
from pathlib import Path

import pytest
from registry.county_of_eight import (
    ATTACHED,
    JUNIOR,
    NINE,
    PRIMARY,
    YEAR,
    Change,
    add_school,
    changed,
    filing,
    put,
    yuan,
)
from registry.mistakes_of_checks import entered, facts, gone, recoded
from registry.papers import CHILD, divided, lineage

from junheng.errors import MisuseError
from junheng.registry import Facts, Level, check, seal
from junheng.registry.checks.descent import Change as Told
from junheng.registry.checks.descent import forebears

OLD = "2141000088"


def codes(*changes: Change, last, year: int = YEAR) -> list[str]:
    return [each.check for each in check(filing(changed(*changes)), year=year, last=last).findings]


def ago(*changes: Change, years: int = 1) -> Facts:
    return facts(*changes, year=YEAR - years)


def small(rows) -> None:
    """A school of 120 that is there no more."""
    add_school(rows, OLD, "primary", "示例县柳林小学", "121", {"primary": (1, 20)}, founded=1985)


def parted(rows) -> None:
    """Last year: the primary school with 420 pupils, and a small one of 120 beside it."""
    small(rows)
    add_school(
        rows, PRIMARY, "primary", "示例县第一小学", "121", {"primary": (2, 35)}, founded=1990
    )


MERGED = put("facilities", PRIMARY, indoor_sports_room_area_m2=yuan(400),
             gymnasium_area_m2=yuan(400), regular_classrooms=20)  # fmt: skip
"""This year: both halls and the rooms of both, and 540 pupils."""


# --- lineage -----------------------------------------------------------------------------------


def test_a_new_code_told_in_the_lineage_is_compared_with_the_old_one() -> None:
    last = ago(recoded(PRIMARY, OLD), put("schools", OLD, school_type="teaching_point"))
    told = lineage("type_changed", OLD, PRIMARY)
    assert codes(last=last) == ["K11.8"]
    assert codes(told, last=last) == []
    other = ago(recoded(PRIMARY, OLD), put("schools", OLD, school_type="teaching_point"),
                put("facilities", OLD, equipment_value_yuan=yuan(540 * 2600 + 1)))  # fmt: skip
    assert codes(told, last=other) == ["K1.3"], "it is the same school"


def test_a_school_that_went_must_be_told_of() -> None:
    assert codes(last=ago(small)) == ["K11.9"]
    assert codes(lineage("closed", OLD, OLD), last=ago(small)) == []
    assert codes(lineage("renamed", OLD, OLD), last=ago(small)) == ["R152", "K11.9"][::-1]


def test_a_merger_is_compared_with_what_both_were_together() -> None:
    """Without the lineage the school would have jumped."""
    assert set(codes(MERGED, lineage("closed", OLD, OLD), last=ago(parted))) == {
        "R91",
        "K15.12",
        "K15.13",
    }
    assert codes(MERGED, lineage("merged", OLD, PRIMARY), last=ago(parted)) == []


def test_a_merger_whose_parts_make_more_than_the_whole_is_asked_about() -> None:
    double = ago(small, put("seats", OLD, enrolment_primary=400))
    found = codes(lineage("merged", OLD, PRIMARY), last=double)
    assert "R91" in found


def test_a_divided_school_is_compared_as_a_whole() -> None:
    """540 pupils last year; 540 and 240 of two schools now are too many, 300 and 240 are not."""
    found = check(filing(changed(divided)), year=YEAR, last=ago()).findings
    assert {each.check for each in found} == {"R157"}
    assert {each.key for each in found} == {(PRIMARY,)}

    def halved(rows) -> None:
        divided(rows)
        add_school(
            rows, PRIMARY, "primary", "示例县第一小学", "121", {"primary": (1, 45)}, founded=1990
        )

    assert codes(halved, last=ago()) == []


def test_a_division_can_be_explained_where_it_is_asked() -> None:
    rows = changed(divided)
    before = check(filing(rows), year=YEAR, last=ago()).findings
    said = {(f.table, "|".join(f.key), f.column): "分立的同时扩招" for f in before}
    after = check(filing(rows, said), year=YEAR, last=ago()).findings
    assert {f.level for f in after} == {Level.NOTE}


def test_the_new_school_of_a_division_is_no_old_school_left_out() -> None:
    def young(rows) -> None:
        divided(rows)
        del rows["lineage"][f"{PRIMARY}|{CHILD}"]

    assert "K11.10" in codes(young, last=ago())
    assert "K11.10" not in codes(divided, last=ago())


@pytest.mark.parametrize(
    ("change", "old", "new"),
    [
        ("renamed", PRIMARY, JUNIOR), ("closed", OLD, PRIMARY),
        ("type_changed", PRIMARY, PRIMARY), ("merged", PRIMARY, PRIMARY),
        ("split", PRIMARY, PRIMARY),
    ],
)  # fmt: skip
def test_codes_that_contradict_the_change_are_named(change: str, old: str, new: str) -> None:
    assert "R151" in codes(lineage(change, old, new), last=None)


def test_a_void_code_is_gone_and_a_kept_one_is_not() -> None:
    assert codes(lineage("renamed", PRIMARY, PRIMARY), last=None) == []
    assert codes(lineage("closed", PRIMARY, PRIMARY), last=None) == ["R153"]
    assert codes(lineage("split", PRIMARY, JUNIOR), last=None) == []
    listed = entered("register", OLD, school_code=OLD, school_name="示例县柳林小学",
                     school_type="primary", location_unit="410199")  # fmt: skip
    assert "R153" in codes(lineage("merged", OLD, PRIMARY), listed, last=None)


def test_a_change_to_a_school_that_is_only_listed_is_enough() -> None:
    assert "R152" not in codes(gone(ATTACHED), lineage("merged", OLD, ATTACHED), last=None)


def test_what_changed_was_there_last_year_filed_or_listed() -> None:
    told = lineage("closed", OLD, OLD)
    assert codes(told, last=ago()) == ["R154"]
    assert codes(told, last=None) == []
    listed = entered("register", OLD, school_code=OLD, school_name="示例县柳林小学",
                     school_type="primary", location_unit="410199")  # fmt: skip
    assert codes(told, last=ago(listed)) == []


def test_a_void_code_of_any_earlier_year_is_not_used_again() -> None:
    told = lineage("type_changed", NINE, JUNIOR)
    for years in (1, 2, 5):
        assert "R156" in codes(last=ago(told, years=years)), years
    assert "R156" not in codes(last=ago(lineage("renamed", NINE, NINE)))
    assert "R156" not in codes(last=ago(lineage("split", NINE, JUNIOR)))


# --- several years -----------------------------------------------------------------------------


def test_each_rule_takes_the_year_it_asks_for() -> None:
    cohort = ago(put("seats", JUNIOR, enrolment_grade_7=97), years=3)
    before = ago(put("facilities", PRIMARY, campus_area_m2=yuan(540 * 20)))
    assert codes(last=[cohort, before]) == codes(last=[before, cohort]) == ["K15.12", "K13.4"]


def test_two_sets_of_one_year_are_refused() -> None:
    with pytest.raises(MisuseError, match="2 份 2024 年"):
        codes(last=[ago(), ago()])


def test_a_snapshot_is_as_good_as_its_facts(tmp_path: Path) -> None:
    changes = (put("county", "410199", filing_year=YEAR - 1),
               put("facilities", PRIMARY, equipment_value_yuan=yuan(540 * 2600 + 1)))  # fmt: skip
    report = check(filing(changed(*changes)), year=YEAR - 1)
    sealed = seal(report, tmp_path, year=YEAR - 1, by="示例填报员", on=date(2024, 10, 20))
    assert codes(last=sealed) == codes(last=[sealed]) == codes(last=sealed.facts) == ["K1.3"]


def test_the_cohort_is_followed_through_a_change_of_code() -> None:
    """Three years ago, and last year, the school had its old code."""
    then = ago(
        recoded(JUNIOR, "3141000088"), put("seats", "3141000088", enrolment_grade_7=97), years=3
    )
    assert codes(last=then) == [], "nobody knows the old code"
    told = ago(lineage("type_changed", "3141000088", JUNIOR))
    assert codes(last=[then, told]) == ["K13.4"]
    late = ago(recoded(JUNIOR, "3141000088"), lineage("split", NINE, JUNIOR))
    assert "K13.4" not in codes(lineage("type_changed", "3141000088", JUNIOR), last=[then, late])


def test_forebears_are_found_step_by_step() -> None:
    now = [Told("A", "B", "type_changed"), Told("C", "B", "merged"), Told("D", "D", "renamed")]
    before = [Told("X", "A", "type_changed"), Told("E", "F", "split")]
    assert forebears("B", [now]) == {"A", "B", "C"}
    assert forebears("B", [now, before]) == {"A", "B", "C", "X"}
    assert forebears("D", [now, before]) == {"D"}
    assert forebears("E", [now, before]) is forebears("F", [now, before]) is None


# --- grades ------------------------------------------------------------------------------------


def test_a_grade_is_compared_with_the_one_below_it_a_year_ago() -> None:
    """Grade 4 has 90; 63 a year below was 27 fewer, 75 is within 20, 113 within a fifth."""
    for then, found in ((63, ["R94"]), (69, ["R94"]), (70, []), (112, []), (113, ["R94"])):
        assert codes(last=ago(put("seats", PRIMARY, enrolment_grade_3=then))) == found, then


def test_the_first_grade_of_a_stage_is_compared_with_nothing() -> None:
    nine = {"enrolment_grade_6": 100, "enrolment_grade_9": 10}
    assert codes(last=ago(put("seats", NINE, **nine))) == []


def test_attached_classes_are_asked_about_at_their_own_cell() -> None:
    last = ago(put("seats", ATTACHED, enrolment_grade_3=9))
    [found] = check(filing(changed()), year=YEAR, last=last).findings
    assert (found.check, found.column) == ("R94", "attached_primary_enrolment")


def test_all_steps_of_a_school_are_told_at_once() -> None:
    last = ago(put("seats", PRIMARY, enrolment_grade_2=50, enrolment_grade_4=50))
    [found] = check(filing(changed()), year=YEAR, last=last).findings
    assert found.found == "上年二年级 50 人，今年三年级 90 人；上年四年级 50 人，今年五年级 90 人"


def test_grades_alike_to_one_another_are_no_copy() -> None:
    assert codes(last=ago()) == []
    two = put("seats", PRIMARY, enrolment_grade_1=91, enrolment_grade_2=89)
    assert codes(two, last=ago(two)) == ["R96"]
    near = put("seats", PRIMARY, enrolment_grade_1=90, enrolment_grade_2=90)
    assert codes(near, last=ago(near)) == []
    assert (
        codes(two, last=ago(put("seats", PRIMARY, enrolment_grade_1=89, enrolment_grade_2=91)))
        == []
    )


# --- what was explained travels with the value -------------------------------------------------


def test_an_explanation_is_kept_with_the_value_and_shown_in_the_seal(tmp_path: Path) -> None:
    last = ago(put("facilities", PRIMARY, campus_area_m2=yuan(540 * 20)),
               put("facilities", JUNIOR, campus_area_m2=yuan(100)))  # fmt: skip
    said = {("facilities", PRIMARY, "campus_area_m2"): "扩建二期交付"}
    report = check(filing(changed(), said), year=YEAR, last=last)
    sealed = seal(report, tmp_path, year=YEAR, by="示例填报员", on=date(2025, 10, 20))
    [answered], [asked] = sealed.seal["explained"], sealed.seal["to_explain"]
    assert (answered["check"], answered["key"], answered["column"]) == (
        "K15.12",
        PRIMARY,
        "campus_area_m2",
    )
    assert answered["explanation"] == "扩建二期交付"
    assert (asked["check"], asked["key"]) == ("K15.12", JUNIOR)
    assert sealed.facts.mark("facilities", PRIMARY, "campus_area_m2") == "扩建二期交付"


@pytest.mark.parametrize("column", ["boarders", "dense_urban_core", "school_type", "built_by_2010"])
def test_what_may_be_asked_about_has_its_place_for_an_explanation(column: str) -> None:
    said = {("schools", PRIMARY, column): "见情况说明"}
    made = Facts.of(check(filing(changed(), said), year=YEAR).filing.records, year=YEAR)
    assert made.mark("schools", PRIMARY, column) == "见情况说明"
