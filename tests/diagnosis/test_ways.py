"""A way to six of seven is right only if assessing the school after it says so, and nothing less does."""

from datetime import date
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from oracle.judging import LIMIT, PER, SHARED, STEP
from worked.building import WEIGHTS, rows_of, school

from junheng.diagnosis import PartVerdict, Way, assess_facts
from junheng.registry import Facts

ON = date(2026, 3, 31)
COLUMN = {
    "L1": "teachers_bachelor_{stage}",
    "L2": "key_teachers_county_plus_{stage}",
    "L3": "teachers_pe_{stage}",
    "L4": "teaching_auxiliary_area_m2",
    "L5": "sports_ground_area_m2",
    "L6": "equipment_value_yuan",
    "L7": "multimedia_classrooms",
}
STAGES_OF = {
    "primary": ("primary",),
    "nine_year": ("primary", "junior"),
    "complete": ("junior", "senior"),
    "twelve_year": ("primary", "junior", "senior"),
}
hundredths = st.sampled_from((0, 50, 84, 85, 86, 99, 100, 120))


@st.composite
def schools(draw) -> tuple[str, dict, dict]:
    """Type, pupils, and whole-school amounts near the lines of the first judged stage."""
    school_type = draw(st.sampled_from(tuple(STAGES_OF)))
    pupils = {stage: draw(st.integers(1, 2000)) for stage in STAGES_OF[school_type]}
    weighted = sum(WEIGHTS[stage] * count for stage, count in pupils.items())
    filed = {}
    for code, column in COLUMN.items():
        for stage in [s for s in pupils if s != "senior"]:
            part = draw(hundredths) * LIMIT[code, stage] / 100
            if code in SHARED:
                need = part * weighted / WEIGHTS[stage] / PER[code]
            else:
                need = part * pupils[stage] / PER[code]
            steps = round(need / STEP[code])
            filed[column.format(stage=stage)] = steps * STEP[code]
    return school_type, pupils, filed


def parts_of(cases: dict[str, tuple[str, dict, dict]]) -> dict[tuple[str, str], PartVerdict]:
    rows = [school(code, kind, pupils, **filed) for code, (kind, pupils, filed) in cases.items()]
    assessment = assess_facts(Facts.from_rows(rows_of(rows), year=2025), on=ON)
    return {(part.school_code, part.stage.value): part for part in assessment.parts}


def after(case: tuple[str, dict, dict], part: PartVerdict, way: Way, less: str = "") -> tuple:
    """The school after the additions of a way, one of them a step short."""
    school_type, pupils, filed = case
    filed = dict(filed)
    for code, amount, _ in way.additions:
        short = STEP[code] if code == less else Fraction(0)
        filed[COLUMN[code].format(stage=part.stage)] += amount - short
    return school_type, pupils, filed


@pytest.mark.slow
@settings(max_examples=40)
@given(schools())
def test_every_way_reaches_the_school_rule_and_a_step_less_does_not(case):
    tried = {}
    for (_, stage), part in parts_of({"S": case}).items():
        assert bool(part.ways) is (part.met < 7)
        for way in part.ways:
            tried[f"{stage}-{way.stays}", stage] = after(case, part, way)
            gap = part.of(way.stays).gap
            if gap.to_floor == gap.to_limit:  # the least that reaches the floor meets the limit too
                continue
            assert all(amount > 0 for _, amount, _ in way.additions)
            for code, _, _ in way.additions[len(tried) % 3 :: 3]:
                tried[f"{stage}-{way.stays}-{code}", stage] = after(case, part, way, code)
    found = parts_of({code: each for (code, _), each in tried.items()})
    for code, stage in tried:
        complete = code.count("-") == 1
        assert (found[code, stage].verdict == "达标") is complete, code
