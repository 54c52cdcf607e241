"""The engine and the oracle say the same of random counties, to the last fraction.

Of every county: who is left out or missing, each part and CV, every clause with its figures and its
schools, every line and area, and the conclusion; under the readings and relaxations drawn.
"""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from junheng.registry import NOT_APPLICABLE
from oracle.cases import batch, both
from oracle.judging import VARIANTS
from oracle.many_edges import READINGS, RELAXATIONS, choices, counties_of_many_edges
from oracle.strategies import counties, counties_on_the_cv_limit
from oracle.verdicts import PASS, UNKNOWN
from oracle.view import differences, plain, told_shares

pytestmark = pytest.mark.slow

SIZE = 20
FAST, SLOW, BATCHES = 4, 12, 60
"""Batches that the quick check runs, that `make test` runs, and all."""
LAST = {switch: options[-1] for switch, options in READINGS.items()}
SECOND = {switch: options[1] for switch, options in READINGS.items()}
CHOICES = (
    ("weighted", RELAXATIONS, {}),
    ("weighted", (), {}),
    ("unweighted_pop", ("X3", "X4", "X5", "X6"), SECOND),
    ("unweighted_sample", ("X1", "X2"), LAST),
    ("pooled_unweighted", RELAXATIONS, {"campus": "school"}),
    ("weighted", ("X3", "X5"), {"zoned-enrolment": "every", "training-fund-base": "final"}),
)


def agree(rows, marks, variant, relaxations, readings=None):
    ours, theirs = both(rows, marks, variant=variant, relaxations=relaxations, readings=readings)
    assert differences(plain(ours), theirs)[:1] == []
    for spread in ours.spreads:
        key = (spread.stage.value, spread.indicator, variant)
        if spread.shares:
            assert told_shares(spread) == theirs[spread.county]["cvs"][key]["shares"]
    for county in ours.counties:
        for line in county.lines:
            for clause in line.clauses:
                assert clause.reasons or clause.verdict.value == PASS, clause.demand.clause.code
                assert bool(clause.wanting) is (clause.verdict.value == UNKNOWN)


def weight(number):
    if number < FAST:
        return ()
    return pytest.mark.slow if number < SLOW else pytest.mark.prove


@pytest.mark.parametrize("number", [pytest.param(n, marks=weight(n)) for n in range(BATCHES)])
def test_engine_and_oracle_agree_on_random_counties(number):
    rows, marks = batch(range(number * SIZE, (number + 1) * SIZE))
    agree(rows, marks, *CHOICES[number % len(CHOICES)])


@settings(max_examples=60)
@given(counties_of_many_edges(), choices())
def test_engine_and_oracle_agree_on_several_edges_at_once(rows, chosen):
    agree(rows, [], *chosen)


def with_dashes(county):
    rows, dashes = county
    return rows, [(*cell, NOT_APPLICABLE, "") for cell in dashes]


@pytest.mark.slow
@settings(max_examples=60)
@given(counties(), choices())
def test_engine_and_oracle_agree_on_every_edge(county, chosen):
    agree(*with_dashes(county), *chosen)


@pytest.mark.slow
@settings(max_examples=40)
@given(counties_on_the_cv_limit())
def test_engine_and_oracle_agree_on_cvs_exactly_on_their_limits(county):
    agree(county[0], [], "weighted", ())


@pytest.mark.prove
@settings(max_examples=1000, derandomize=False)
@given(counties_on_the_cv_limit())
def test_engine_and_oracle_agree_on_very_many_cvs_exactly_on_their_limits(county):
    agree(county[0], [], "weighted", ())


@pytest.mark.prove
@settings(max_examples=3000, derandomize=False)
@given(counties(), st.sampled_from(VARIANTS), st.lists(st.sampled_from(RELAXATIONS), unique=True))
def test_engine_and_oracle_agree_on_very_many_edges(county, variant, relaxations):
    agree(*with_dashes(county), variant, tuple(relaxations))


@pytest.mark.prove
@settings(max_examples=3000, derandomize=False)
@given(counties_of_many_edges(), choices())
def test_engine_and_oracle_agree_on_very_many_edges_at_once(rows, chosen):
    agree(rows, [], *chosen)
