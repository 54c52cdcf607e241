"""The engine and the oracle say the same of random counties, to the last fraction."""

import pytest

from oracle.cases import batch, both
from oracle.judging import VARIANTS
from oracle.view import differences, plain, told_shares

SIZE = 20
BATCHES = 52
SWITCHES = [(variant, relaxed) for variant in VARIANTS for relaxed in ((), ("X1", "X2"))]


@pytest.mark.parametrize("number", range(BATCHES))
def test_engine_and_oracle_agree_on_random_counties(number):
    variant, relaxations = SWITCHES[number % len(SWITCHES)]
    rows, marks = batch(range(number * SIZE, (number + 1) * SIZE))
    ours, theirs = both(rows, marks, variant=variant, relaxations=relaxations)
    found = differences(plain(ours), theirs)
    assert found[:1] == []
    for spread in ours.spreads:
        shares = theirs[spread.county]["cvs"][spread.stage.value, spread.indicator, variant]
        if spread.shares:
            assert told_shares(spread) == shares["shares"]
