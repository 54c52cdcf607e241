"""The clauses of the 32 indicators and 7 vetoes, typed in again by hand from standards.md §§5—7."""

from datetime import date
from fractions import Fraction

import pytest

from junheng.standards import Clause, Standard, scheme

ON = date(2026, 3, 31)
TYPES = {"primary": "2000", "teaching_point": "2000", "junior": "2000", "complete": "2000",
         "nine_year": "2500", "twelve_year": "2500"}  # fmt: skip
LARGER = {"primary": "2400", "teaching_point": "2400", "junior": "2400", "complete": "2400",
          "nine_year": "3000"}  # fmt: skip
CLAUSES = {
    # code: kind, line, numbers compared, confidence
    "GV1": ("evidence", "GV1", {}, "M"),
    "GV2": ("evidence", "GV2", {}, "M"),
    "GV2-FUNDS": ("limit", "GV2", {"at_least": {"primary": "650", "junior": "850"}}, "M"),
    "GV3-MUSIC": ("every", "GV3", {"at_least": {"all": "1"}}, "M"),
    "GV3-ART": ("every", "GV3", {"at_least": {"all": "1"}}, "M"),
    "GV4": ("every", "GV4", {"at_most": TYPES}, "M"),
    "GV4-VOCATIONAL": ("every", "GV4", {"at_most": {"all": "0"}}, "M"),
    "GV5": ("every", "GV5", {"at_most": {"primary": "45", "junior": "50"}}, "M"),
    "GV6": ("every", "GV6", {"at_least": {"all": "1"}}, "M"),
    "GV7": ("limit", "GV7", {"at_least": {"all": "6000"}}, "M"),
    "GV8": ("limit", "GV8", {"at_least": {"all": "1"}}, "H"),
    "GV8-APPROVAL": ("evidence", "GV8", {}, "H"),
    "GV9": ("share", "GV9", {"at_least": {"all": "100"}}, "M"),
    "GV10": ("evidence", "GV10", {}, "M"),
    "GV11": ("share", "GV11", {"at_least": {"all": "10"}}, "H"),
    "GV11-KEY": ("share", "GV11", {"at_least": {"all": "20"}}, "H"),
    "GV12": ("share", "GV12", {"at_least": {"all": "100"}}, "M"),
    "GV13": ("share", "GV13", {"at_least": {"primary": "100", "junior": "95"}}, "M"),
    "GV14": ("share", "GV14", {"at_least": {"all": "50"}}, "M"),
    "GV14-TILT": ("evidence", "GV14", {}, "H"),
    "GV15": ("share", "GV15", {"at_least": {"all": "85"}}, "H"),
    "GV15-CARE": ("evidence", "GV15", {}, "H"),
    "QL1": ("share", "QL1", {"at_least": {"all": "95"}}, "H"),
    "QL2": ("share", "QL2", {"at_least": {"all": "95"}}, "H"),
    "QL3": ("evidence", "QL3", {}, "M"),
    "QL4": ("every", "QL4", {"at_least": {"all": "5"}}, "M"),
    "QL5": ("evidence", "QL5", {}, "M"),
    "QL6": ("evidence", "QL6", {}, "M"),
    "QL7": ("evidence", "QL7", {}, "M"),
    "QL8": ("evidence", "QL8", {}, "M"),
    "QL9-LEVEL": ("official_result", "QL9", {"at_least": {"all": "3"}}, "M"),
    "QL9-DIFFERENCE": ("official_result", "QL9", {"below": {"all": "0.15"}}, "M"),
    "SR1": ("official_result", "SR1", {"at_least": {"all": "85"}}, "H"),
    **{f"VT{n}": ("statement", f"VT{n}", {}, "M" if n < 5 else "B") for n in range(1, 8)},
}
COUNTS = {"resource": 7, "guarantee": 15, "quality": 9, "social": 1, "veto": 7}
RELAXATIONS = {
    "X3": ("GV3", {"built_by": "2016", "music_m2": "73", "art_m2": "67"}),
    "X4": ("GV3", {"max_class_below": "30", "primary_m2": "54", "junior_m2": "61"}),
    "X5": ("GV4", {"built_by": "2010", **LARGER}),
    "X6": ("GV4", {"migrant_share_above": "50", **LARGER}),
}
SCHOOLS_FILE = {"QL3", "QL5", "QL6", "QL7", "QL8"}


@pytest.fixture(scope="module")
def standard() -> Standard:
    return Standard.at("410199", ON)


def said(standard: Standard, code: str) -> Clause:
    return standard.demands[code].clause


@pytest.mark.parametrize("code", CLAUSES)
def test_a_clause_has_the_kind_line_numbers_and_confidence_of_the_reference(standard, code):
    clause = said(standard, code)
    compared = {
        name: numbers
        for name in ("at_least", "at_most", "above", "below")
        if (numbers := getattr(clause, name))
    }
    found = clause.kind, *clause.indicators, compared, clause.confidence
    assert found == CLAUSES[code]


@pytest.mark.parametrize(
    ("code", "name", "number"),
    [
        ("GV3-MUSIC", "per_classes", 12),
        ("GV3-MUSIC", "least_area_m2", 96),
        ("GV3-ART", "per_classes", 12),
        ("GV3-ART", "least_area_m2", 90),
        ("GV6", "least_pupils", 100),
    ],
)
def test_a_clause_has_the_further_numbers_of_the_reference(standard, code, name, number):
    assert said(standard, code).number(name) == Fraction(number)


def test_every_line_is_decided_by_a_clause_and_every_clause_is_listed_here(standard):
    told = {
        code
        for code, demand in standard.demands.items()
        if demand.clause.kind not in ("norm", "spread")
        and demand.document.name == "教督〔2017〕6号"
    }
    assert told == {*CLAUSES} | {f"L{n}" for n in range(1, 8)}


def test_the_areas_hold_thirty_two_indicators_and_seven_vetoes():
    areas = scheme("2017-quality").area
    assert {area.code: len(area.line) for area in areas} == COUNTS
    assert [area.title for area in areas] == ["资源配置", "政府保障", "教育质量", "社会认可", "一票否决"]  # fmt: skip
    assert len({line.code for area in areas for line in area.line}) == 39


@pytest.mark.parametrize("code", CLAUSES)
def test_every_clause_says_which_files_to_ask_for_and_who_hands_them_in(standard, code):
    clause = said(standard, code)
    assert clause.evidence
    assert clause.filed_by in ("county", "school")
    if clause.kind == "evidence":
        assert (clause.filed_by == "school") == (code in SCHOOLS_FILE)


@pytest.mark.parametrize("code", RELAXATIONS)
def test_a_relaxation_has_the_numbers_of_the_reference_and_is_off(standard, code):
    relaxation, _ = standard.relaxations[code]
    line, numbers = RELAXATIONS[code]
    assert relaxation.touches == (line,)
    assert relaxation.numbers == numbers
    assert relaxation.confidence == "M"
    assert "三年内达标" in relaxation.evidence
    assert relaxation.reason_off
    assert standard.relaxation(code) is None


def test_no_default_clause_rests_on_a_weak_source(standard):
    weak = [c for c, d in standard.demands.items() if d.clause.confidence == "L"]
    assert {standard.demands[c].clause.variant for c in weak} <= set(standard.variants)
