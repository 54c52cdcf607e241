"""Exactly on a line is met, one step under it is not: every indicator, stage, line and school type.

The lines are those typed in by hand for the oracle; pupils are chosen so that each falls on a
whole teacher, room, 0.01 m² or fen of the whole school.
"""

from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from functools import cache
from math import ceil

import pytest
from oracle.judging import FLOOR, LIMIT, PER, SHARED, STEP
from worked.building import WEIGHTS, rows_of, school

from junheng.diagnosis import PartVerdict, assess_facts
from junheng.registry import Facts

COLUMN = {
    "L1": "teachers_bachelor_{stage}",
    "L2": "key_teachers_county_plus_{stage}",
    "L3": "teachers_pe_{stage}",
    "L4": "teaching_auxiliary_area_m2",
    "L5": "sports_ground_area_m2",
    "L6": "equipment_value_yuan",
    "L7": "multimedia_classrooms",
}
SMALLEST = dict.fromkeys(("L1", "L2", "L3", "L7"), Fraction(1)) | dict.fromkeys(
    ("L4", "L5", "L6"), Fraction("0.01")
)
"""The least by which a filed number can differ: a person, a room, 0.01 m², a fen."""
OTHERS = {
    "primary": ("primary", {}),
    "junior": ("junior", {}),
    "nine_year": ("primary", {"junior": 200}),
    "complete": ("junior", {"senior": 100}),
    "twelve_year": ("primary", {"junior": 200, "senior": 100}),
}
"""First stage of a type, and pupils of its other stages."""
TYPES = {
    "primary": ("primary", "nine_year", "twelve_year"),
    "junior": ("junior", "nine_year", "complete", "twelve_year"),
}


@dataclass(frozen=True)
class Case:
    school_type: str
    stage: str
    indicator: str
    line: str
    under: bool

    @property
    def code(self) -> str:
        side = "under" if self.under else "on"
        return f"{self.school_type}-{self.stage}-{self.indicator}-{side}-{self.line}"

    @property
    def target(self) -> Fraction:
        return (LIMIT if self.line == "limit" else FLOOR)[self.indicator, self.stage]

    def pupils(self) -> dict[str, int]:
        """Pupils such that the line is a whole number of the smallest steps of the whole school."""
        first, others = OTHERS[self.school_type]
        shared = self.indicator in SHARED
        weight = WEIGHTS[self.stage] / WEIGHTS[first] if shared else 1
        unit = (self.target / PER[self.indicator] / weight / SMALLEST[self.indicator]).denominator
        places = unit * ceil(3000 / unit)
        if not shared:
            return dict.fromkeys((first, *others), places)
        taken = sum(WEIGHTS[stage] * count for stage, count in others.items()) / WEIGHTS[first]
        return {first: int(places - taken), **others}

    def amount(self) -> Fraction:
        """What the whole school has."""
        pupils = self.pupils()
        weighted = sum(WEIGHTS[stage] * count for stage, count in pupils.items())
        share = 1
        if self.indicator in SHARED:
            share = WEIGHTS[self.stage] * pupils[self.stage] / weighted
        on_the_line = self.target * pupils[self.stage] / PER[self.indicator] / share
        return on_the_line - (SMALLEST[self.indicator] if self.under else 0)

    def row(self) -> dict:
        column = COLUMN[self.indicator].format(stage=self.stage)
        filed = {column: self.amount()}
        if self.school_type == "junior":
            filed["attached_primary_enrolment"] = 0
        return school(self.code, self.school_type, self.pupils(), **filed)


CASES = [
    Case(school_type, stage, indicator, line, under)
    for stage, types in TYPES.items()
    for school_type in types
    for indicator in COLUMN
    for line in ("limit", "floor")
    for under in (False, True)
]


@cache
def judged() -> dict[tuple[str, str], PartVerdict]:
    """All cases in one set of facts."""
    facts = Facts.from_rows(rows_of([case.row() for case in CASES]), year=2025)
    assessment = assess_facts(facts, on=date(2026, 3, 31))
    return {(part.school_code, part.stage.value): part for part in assessment.parts}


@pytest.mark.parametrize("case", [c for c in CASES if c.line == "limit"], ids=lambda c: c.code)
def test_a_value_on_the_limit_is_met_and_one_step_under_is_not(case):
    part = judged()[case.code, case.stage]
    found = part.of(case.indicator)
    assert (found.value == case.target) is not case.under
    assert found.verdict == ("未达标" if case.under else "达标")
    assert found.gap.to_limit == (STEP[case.indicator] if case.under else 0)
    assert part.met == (6 if case.under else 7)
    assert part.verdict == "达标"


@pytest.mark.parametrize("case", [c for c in CASES if c.line == "floor"], ids=lambda c: c.code)
def test_the_seventh_value_on_the_floor_passes_and_one_step_under_does_not(case):
    part = judged()[case.code, case.stage]
    found = part.of(case.indicator)
    assert (found.value == case.target) is not case.under
    assert found.verdict == "未达标"
    assert found.above_floor is not case.under
    assert found.gap.to_floor == (STEP[case.indicator] if case.under else 0)
    assert part.met == 6
    assert part.verdict == ("未达标" if case.under else "达标")
