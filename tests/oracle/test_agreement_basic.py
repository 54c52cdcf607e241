"""The scheme of 2012: both engines say the same of every composite, on its limit and beside it."""

from decimal import Decimal
from fractions import Fraction
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from junheng.diagnosis import assess_facts
from junheng.registry import Facts
from oracle.basic import CODES, LIMIT, assess_basic
from oracle.cases import ON, batch, dashes

pytestmark = pytest.mark.slow

SIZE = 20
COUNTY = "410199"
WHOLE = {
    "B1": "teaching_auxiliary_area_m2", "B2": "sports_ground_area_m2", "B3": "equipment_value_yuan",
    "B4": "computers", "B5": "books",
}  # fmt: skip
STAGED = {"B6": "full_time_teachers", "B7": "teachers_bachelor", "B8": "teachers_intermediate_plus"}


def agree(rows, marks):
    facts = Facts.from_rows(rows, marks, year=2025)
    ours = assess_facts(facts, on=ON, scheme="2012-basic")
    theirs = assess_basic(rows, not_applicable=dashes(marks))
    assert {county.code for county in ours.counties} == set(theirs)
    for county in ours.counties:
        verdict, stages = theirs[county.code]
        (composite,) = (line for line in county.lines if line.code == "B0")
        told = {str(f.stage): str(f.verdict) for c in composite.clauses for f in c.figures}
        assert told == {stage: each for stage, (each, _) in stages.items()}, county.code
        assert str(county.verdict) == verdict, county.code
        for clause in composite.clauses:
            for figure in clause.figures:
                mean = stages[str(figure.stage)][1]
                if mean is not None and figure.value is not None:
                    assert abs(Fraction(mean) - figure.value) < Fraction(1, 10**9)


def filled(rows, seed):
    """What only the scheme of 2012 reads, filed by every school, seldom left out."""
    chance = Random(seed)
    for row in rows["facilities"]:
        row |= {"computers": chance.randint(0, 300), "books": chance.randint(1, 40_000)}
    for row in rows["staffing"]:
        for stage in ("primary", "junior"):
            row[f"full_time_teachers_{stage}"] = chance.randint(1, 60)
            row[f"teachers_intermediate_plus_{stage}"] = chance.randint(1, 30)
    alone = {row["school_code"] for row in rows["schools"] if row["counts_as_school"]}
    alone -= {row["parent_school_code"] for row in rows["schools"]}
    for row in rows["facilities"]:
        if row["school_code"] in alone and chance.random() < 0.01:
            row["books"] = None
    return rows


def random_counties(number):
    rows, marks = batch(range(number * SIZE, (number + 1) * SIZE))
    agree(filled(rows, number), marks)


def test_both_engines_agree_on_composites_of_random_counties():
    random_counties(3)


@pytest.mark.slow
@pytest.mark.parametrize("number", range(6, 12))
def test_both_engines_agree_on_composites_of_more_random_counties(number):
    random_counties(number)


@pytest.mark.prove
@pytest.mark.parametrize("number", range(12, 62))
def test_both_engines_agree_on_composites_of_a_thousand_random_counties(number):
    random_counties(number)


@st.composite
def counties_on_the_composite_limit(draw):
    """Two schools whose eight CVs have the limit as their mean, or a step beside it.

    With P = (a²k, b²k) a CV is c where X = (ab + c·b², ab − c·a²); c goes up and down in pairs.
    """
    stage = draw(st.sampled_from(("primary", "junior")))
    limit, k = LIMIT[stage], draw(st.integers(1, 9))
    a, b = draw(st.integers(1, 6)), draw(st.integers(6, 9))
    away = [Fraction(draw(st.integers(0, 6)), 20) for _ in range(4)]
    cvs = [limit + sign * each for each in away for sign in (1, -1)]
    beside = draw(st.sampled_from((0, 0, 0, -1, 1)))
    rows = {t: [] for t in ("register", "schools", "seats", "staffing", "facilities")}
    for number, (size, other) in enumerate(((a, b), (b, -a))):
        code = {"school_code": f"21419{number:05d}"}
        identity = {"school_type": stage, "location_unit": COUNTY}
        rows["schools"].append(code | identity | {"counts_as_school": True})
        rows["register"].append(code | identity)
        seats = {f"enrolment_{stage}": size**2 * k, "attached_primary_enrolment": 0}
        rows["seats"].append(code | seats)
        totals = {c: 20 * size**2 * k * (a * b + cv * b * other if number == 0 else a * b - cv * a**2)
                  for c, cv in zip(CODES, cvs, strict=True)}  # fmt: skip
        if number == 0:
            totals["B5"] += beside
        rows["facilities"].append(code | _facilities(totals))
        rows["staffing"].append(code | _staffing(totals, stage))
    return rows


def _facilities(totals):
    found = {column: int(totals[c]) for c, column in WHOLE.items()}
    areas = {c: Decimal(found[c]) for c in list(WHOLE.values())[:3]}
    return found | areas | {"gymnasium_area_m2": Decimal(0)}


def _staffing(totals, stage):
    found = {f"{column}_{stage}": int(totals[c]) for c, column in STAGED.items()}
    nobody = [f"teachers_{title}_{stage}" for title in ("master", "doctorate", "associate")]
    return found | dict.fromkeys(nobody, 0)


@settings(max_examples=30)
@given(counties_on_the_composite_limit())
def test_both_engines_agree_on_composites_exactly_on_their_limit(rows):
    agree(rows, [])


@pytest.mark.prove
@settings(max_examples=2000, derandomize=False)
@given(counties_on_the_composite_limit())
def test_both_engines_agree_on_very_many_composites_on_their_limit(rows):
    agree(rows, [])
