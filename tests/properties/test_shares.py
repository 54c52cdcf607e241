"""Shares add up to exactly 1: of the schools in a CV, of between and within in a city's variance."""

from fractions import Fraction
from pathlib import Path

from hypothesis import strategies as st
from oracle.judging import VARIANTS

from junheng.diagnosis import Verdict
from junheng.registry import Facts, Snapshot
from junheng.studies import assess, balance_of
from properties.cases import ON, YEAR, assessed, holds, several


@holds(several(), st.sampled_from(VARIANTS), few=5, quick=True)
def test_the_shares_of_a_cv_are_the_whole_of_it(county, variant):
    found = assessed(*county, variant=variant)
    for spread in found.spreads:
        if spread.verdict is Verdict.NO_DATA:
            assert spread.shares == ()
            continue
        assert len(spread.shares) == spread.parts
        assert all(share.numerator >= 0 for share in spread.shares)
        assert sum(share.numerator for share in spread.shares) == spread.total
        assert (spread.total == 0) is (spread.cv == 0)
        if spread.total:
            shares = [Fraction(share.numerator, spread.total) for share in spread.shares]
            assert sum(shares) == 1


@holds(several(), few=3, many=60)
def test_the_shares_of_a_city_are_the_whole_of_it(county):
    rows, marks = county
    snapshot = Snapshot(Path("seal"), Facts.from_rows(rows, marks, year=YEAR), {})
    for figure in balance_of([assess(snapshot, on=ON)]).figures:
        for grouping in figure.groupings:
            if grouping.between is None:
                assert all(group.share is None for group in grouping.groups)
                continue
            within = sum(group.share for group in grouping.groups if group.share is not None)
            assert grouping.between + within == 1
            assert 0 <= grouping.between <= 1
