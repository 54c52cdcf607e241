"""The bulk assessment says of every row what the ordinary engine says, on random counties."""

from functools import cache

import pytest
from national.nation import (
    ON,
    bulk_counties,
    bulk_parts,
    bulk_schools,
    bulk_shares,
    bulk_spreads,
    facts_of,
    ordinary,
    stored,
)
from oracle.cases import batch

from junheng.studies.national import assess_wide

YEARS = (2024, 2025)


@cache
def facts():
    """Two years of random counties of every kind of school, with blanks and schools not filed."""
    return tuple(
        facts_of(batch(range(start, start + 150)), year)
        for start, year in zip((0, 150), YEARS, strict=True)
    )


@cache
def expected():
    return ordinary(facts())


@pytest.fixture(scope="module", params=["polars", "duckdb"])
def out(request, tmp_path_factory):
    folder = tmp_path_factory.mktemp(request.param)
    path = stored(folder / "wide", facts())
    return assess_wide([path], engine=request.param, on=ON, out=folder / "out").out


def test_every_part_has_the_same_values_verdicts_and_gaps(out):
    found, wanted = bulk_parts(out), expected()[0]
    assert found.keys() == wanted.keys()
    assert {key: found[key] for key in wanted if found[key] != wanted[key]} == {
        key: wanted[key] for key in wanted if found[key] != wanted[key]
    }


def test_every_coefficient_of_variation_has_the_same_verdict(out):
    found, wanted = bulk_spreads(out), expected()[2]
    assert found.keys() == wanted.keys()
    assert {k: v[:3] for k, v in found.items()} == {k: v[:3] for k, v in wanted.items()}
    for key, (*_, cv) in wanted.items():
        assert (cv is None) == (found[key][3] is None), key
        assert cv is None or found[key][3] == pytest.approx(cv, abs=2e-7), key


def test_every_share_is_the_same(out):
    found, wanted = bulk_shares(out), expected()[1]
    assert found.keys() == wanted.keys()
    for key, share in wanted.items():
        assert found[key] == pytest.approx(float(share), abs=2e-6), key


def test_every_county_and_every_school_has_the_same_verdict(out):
    *_, counties, schools = expected()
    found = bulk_counties(out)
    assert found == {key: counties[key] for key in found}
    assert len(found) > 150
    assert bulk_schools(out) == schools
