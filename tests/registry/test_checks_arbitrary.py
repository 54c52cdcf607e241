"""Whatever stands in the cells, a check answers: it never raises and never repeats itself."""

import random
from datetime import date, timedelta
from decimal import Decimal
from unittest.mock import patch

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from registry.county_of_eight import DASH, PRIMARY, UNCLEAR, YEAR, changed, filing
from registry.mistakes_of_checks import (
    campus,
    child,
    class_list,
    correction,
    dense,
    facts,
    room,
    second_county,
)

from junheng.registry import Facts, Level, check
from junheng.registry.catalogue import tables
from junheng.registry.checks.screening import SCREENS
from junheng.schema import Column, Kind

pytestmark = pytest.mark.slow

PLACES = {Kind.AREA: 2, Kind.MONEY: 2, Kind.COORDINATE: 6}
CODES = ("2141000001", "3141000002", "2141000006", "9999999999", "410199", "000000", "")
AMOUNTS = (0, 1, 2, 24, 25, 26, 49, 50, 99, 100, 200, 500, 2000, 10_000, 10**9, 10**12, -1)
YEARS = (1, 1000, YEAR - 3, YEAR, YEAR + 1, 9999, 10**6, 0, -5)


def arbitrary(column: Column, chance: random.Random):
    """A value of the column's type, or one of the things a cell says without one."""
    if chance.random() < 0.2:
        return chance.choice((None, DASH, UNCLEAR))
    if column.kind in PLACES:
        return Decimal(chance.choice(AMOUNTS)).scaleb(-chance.choice((0, PLACES[column.kind])))
    choices = {
        Kind.INT: AMOUNTS,
        Kind.YEAR: YEARS,
        Kind.BOOL: (True, False),
        Kind.DATE: (date.min, date.max, date(YEAR, 9, 1), date(YEAR, 9, 1) - timedelta(1)),
        Kind.ENUM: tuple(column.choices),
        Kind.CODE: CODES,
        Kind.TEXT: (
            "甲",
            "{low}",
            "0",
            "是",
            "NaN",
            "1e999",
            "示例县河湾教学点",
            "enrolment_primary",
        ),
    }
    return chance.choice(choices[column.kind])


def spoilt(seed: int, share: float):
    """A county with every kind of row, a share of whose cells hold anything at all."""
    rows = changed(
        dense, second_county, class_list, child("2141000006", PRIMARY), campus("东校区"),
        campus("示例县河湾教学点"), room("M1", "music", 98), room("A1", "regular", 60),
        correction("网络多媒体教室间数", "13"),
    )  # fmt: skip
    chance = random.Random(seed)
    for name, table in tables().items():
        for row in rows[name].values():
            for column in table.column:
                if chance.random() < share:
                    row[column.name] = arbitrary(column, chance)
    return rows


@pytest.mark.slow
@settings(max_examples=60, deadline=None)
@given(
    seed=st.integers(0, 2**32),
    share=st.sampled_from((0.01, 0.1, 0.5, 1.0)),
    year=st.sampled_from((None, YEAR, 1, 9999)),
    ago=st.sampled_from((None, 1, 3)),
)
def test_a_check_answers_whatever_stands_in_the_cells(seed, share, year, ago) -> None:
    last = None if ago is None else facts(year=YEAR - ago)
    report = check(filing(spoilt(seed, share)), year=year, last=last)
    assert len({(f.check, f.origin, f.found) for f in report.findings}) == len(report.findings)
    for each in report.findings:
        assert each.level in Level
        assert each.found
        assert "None" not in each.sentence
    again = check(filing(spoilt(seed, share)), year=year, last=last)
    assert again.findings == report.findings


@settings(max_examples=40, deadline=None)
@given(seed=st.integers(0, 2**32), share=st.sampled_from((0.02, 0.2, 1.0)))
def test_no_screen_holds_back_what_a_rule_would_find(seed, share) -> None:
    last = [facts(year=YEAR - 1), facts(year=YEAR - 3)]
    screened = check(filing(spoilt(seed, share)), year=YEAR, last=last)
    with patch.dict(SCREENS, clear=True):
        plain = check(filing(spoilt(seed, share)), year=YEAR, last=last)
    assert screened.findings == plain.findings
    assert screened.unverified == plain.unverified


@settings(max_examples=30, deadline=None)
@given(seed=st.integers(0, 2**32))
def test_a_second_check_of_the_reported_filing_says_the_same(seed) -> None:
    """Blanks turned into 不适用 must not change what is found."""
    first = check(filing(spoilt(seed, 0.1)), year=YEAR)
    second = check(first.filing, year=YEAR)
    assert [(f.check, f.origin) for f in first.findings] == [
        (f.check, f.origin) for f in second.findings
    ]
    assert first.filing.records == second.filing.records


@settings(max_examples=30, deadline=None)
@given(seed=st.integers(0, 2**32))
def test_what_is_accepted_can_be_made_into_facts(seed) -> None:
    report = check(filing(spoilt(seed, 0.002)), year=YEAR)
    if report.acceptable:
        assert len(Facts.of(report.filing.records, year=YEAR).fingerprint) == 64
