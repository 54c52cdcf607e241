"""The engine and the oracle say the same of random counties, to the last fraction."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from junheng.registry import NOT_APPLICABLE
from oracle.cases import batch, both
from oracle.judging import VARIANTS
from oracle.strategies import counties, counties_on_the_cv_limit
from oracle.view import differences, plain, told_shares

SIZE = 20
BATCHES = 52
FAST = 8
"""Batches that the quick check runs."""
RELAXATIONS = ((), ("X1",), ("X2",), ("X1", "X2"))
SWITCHES = [(variant, relaxed) for variant in VARIANTS for relaxed in ((), ("X1", "X2"))]


def agree(rows, marks, variant, relaxations):
    ours, theirs = both(rows, marks, variant=variant, relaxations=relaxations)
    found = differences(plain(ours), theirs)
    assert found[:1] == []
    for spread in ours.spreads:
        key = (spread.stage.value, spread.indicator, variant)
        if spread.shares:
            assert told_shares(spread) == theirs[spread.county]["cvs"][key]["shares"]


@pytest.mark.parametrize(
    "number",
    [pytest.param(n, marks=() if n < FAST else pytest.mark.slow) for n in range(BATCHES)],
)
def test_engine_and_oracle_agree_on_random_counties(number):
    rows, marks = batch(range(number * SIZE, (number + 1) * SIZE))
    agree(rows, marks, *SWITCHES[number % len(SWITCHES)])


@pytest.mark.slow
@settings(max_examples=250)
@given(counties(), st.sampled_from(VARIANTS), st.sampled_from(RELAXATIONS))
def test_engine_and_oracle_agree_on_every_edge(county, variant, relaxations):
    rows, dashes = county
    agree(rows, [(*cell, NOT_APPLICABLE, "") for cell in dashes], variant, relaxations)


@pytest.mark.slow
@settings(max_examples=150)
@given(counties_on_the_cv_limit())
def test_engine_and_oracle_agree_on_cvs_exactly_on_their_limits(county):
    agree(county[0], [], "weighted", ())


@pytest.mark.prove
@settings(max_examples=10_000, derandomize=False)
@given(counties(), st.sampled_from(VARIANTS), st.sampled_from(RELAXATIONS))
def test_engine_and_oracle_agree_on_very_many_edges(county, variant, relaxations):
    rows, dashes = county
    agree(rows, [(*cell, NOT_APPLICABLE, "") for cell in dashes], variant, relaxations)
