"""The bulk assessment says of every row what the ordinary engine says, on counties of every kind."""

from fractions import Fraction
from functools import cache

import pytest
from national.in_bulk import (
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
from national.nations import CENT, Decimal, on_the_limits, unanswered
from oracle.cases import batch, renamed
from worked.building import rows_of, school

from junheng.diagnosis.wide import verdicts
from junheng.indicators import VARIANTS
from junheng.studies.national import assess_wide, bulk, engines

pytestmark = pytest.mark.slow

FEW, MANY = 12, 400


def off_the_grid():
    """One pupil beside a hundred: values far beyond the limit, and so beyond the grid."""
    small = school("A", "primary", {"primary": 1}, teaching_auxiliary_area_m2=Decimal(9_000_000))
    return rows_of([small, school("B", "primary", {"primary": 100})])


def on_the_limits_between_grid_points(times):
    """The CVs of L5 on their limits, of values that no grid of powers of two holds."""
    return rows_of(
        [
            school("A", "primary", {"primary": 25 * times}, sports_ground_area_m2=2000),
            school("B", "primary", {"primary": 100 * times}, sports_ground_area_m2=3000),
        ]
    )


LACKING = "key_teachers_county_plus_primary"


def merging():
    """Parents and campuses: each in turn did not file one number; one filed — for it."""
    found = []
    for code, own, theirs in (("A", None, 3), ("B", 3, None), ("C", 3, None), ("D", 3, 4)):
        campus = {"counts_as_school": False, "parent_school_code": code}
        found.append(school(code, "primary", {"primary": 200}, **{LACKING: own}))
        found.append(school(code * 2, "primary", {"primary": 60}, **{LACKING: theirs}, **campus))
    return rows_of(found)


DASH = ("staffing", "CC-merging", LACKING, "不适用", "")


@cache
def facts(counties=FEW):
    """Two years: private schools, campuses, several stages, teaching points, blanks, not filed."""
    found = []
    for place, year in enumerate((2024, 2025)):
        rows, marks = batch(range(place * counties, (place + 1) * counties))
        special = {
            "on": on_the_limits(Decimal(0)),
            "above": on_the_limits(CENT),
            "open": unanswered(),
            "off": off_the_grid(),
            "merging": merging(),
        }
        for times in (3, 7, 11, 13):
            special[f"on-{times}"] = on_the_limits_between_grid_points(times)
        for tag, county in special.items():
            for table, listed in renamed(county, tag).items():
                rows.setdefault(table, []).extend(listed)
        found.append(facts_of((rows, [*marks, DASH]), year))
    return tuple(found)


@cache
def expected(counties=FEW):
    return ordinary(facts(counties))


def assessed(folder, engine, counties=FEW, variant=""):
    path = stored(folder / "wide", facts(counties))
    return assess_wide([path], engine=engine, on=ON, out=folder / "out", variant=variant).out


@pytest.fixture(scope="module", params=["polars", "duckdb"])
def out(request, tmp_path_factory):
    return assessed(tmp_path_factory.mktemp(request.param), request.param)


def same_parts(found, wanted):
    assert found.keys() == wanted.keys()
    different = [key for key in wanted if found[key] != wanted[key]]
    assert [found[key] for key in different] == [wanted[key] for key in different]


def close_cv(cv):
    """The proved bound grows with 1 + CV, and with how far the mean lies below the limit."""
    return pytest.approx(cv, abs=2e-6 * (1 + cv))


def same_spreads(found, wanted):
    assert found.keys() == wanted.keys()
    assert {k: v[:3] for k, v in found.items()} == {k: v[:3] for k, v in wanted.items()}
    for key, (*_, cv) in wanted.items():
        assert (cv is None) == (found[key][3] is None), key
        assert cv is None or found[key][3] == close_cv(cv), key


def same_shares(found, wanted):
    assert found.keys() == wanted.keys()
    for key, share in wanted.items():
        assert found[key] == pytest.approx(float(share), abs=6e-5), key


def test_every_part_has_the_same_values_verdicts_and_gaps(out):
    same_parts(bulk_parts(out), expected()[0])


def test_every_coefficient_of_variation_has_the_same_verdict(out):
    same_spreads(bulk_spreads(out), expected()[2])


def test_a_cv_on_its_limit_passes_and_a_cent_above_it_fails(out):
    found = {(key[1], value[0]) for key, value in bulk_spreads(out).items()}
    on = {verdict for county, verdict in found if "-on" in county}
    assert on == {"达标"}
    assert "未达标" in {verdict for county, verdict in found if county.endswith("-above")}


def test_one_that_did_not_file_leaves_the_sum_open_and_a_dash_does_not(out):
    found = {key[1]: part["L2"][0] for key, part in bulk_parts(out).items() if key[0] == 2025}
    values = [found[f"{code}-merging"] for code in "ABCD"]
    assert values == [None, None, Fraction(300, 260), Fraction(700, 260)]


def test_every_share_is_the_same(out):
    same_shares(bulk_shares(out), expected()[1])


def test_every_county_and_every_school_has_the_same_verdict(out):
    *_, counties, schools, _ = expected()
    found = bulk_counties(out)
    assert found == {key: counties[key] for key in found}
    assert len(found) > FEW
    assert bulk_schools(out) == schools


@pytest.mark.parametrize("workers", [1, 2])
def test_portions_of_single_years_give_the_same_rows(tmp_path, monkeypatch, out, workers):
    """One worker takes the second year by the steps of the first."""
    if "polars" not in str(out):
        pytest.skip("only Polars reads in portions")
    monkeypatch.setattr(engines, "PORTION_ROWS", 1)
    monkeypatch.setattr(bulk, "AT_ONCE", workers)
    found = assessed(tmp_path, "polars")
    assert len([*found.glob("parts/stage=primary/*.parquet")]) == len(facts())
    for read in (bulk_parts, bulk_shares, bulk_spreads, bulk_counties, bulk_schools):
        assert read(found) == read(out)


def test_a_year_of_which_no_cv_is_near_its_limit_stands_beside_one_that_has_some(
    tmp_path, monkeypatch
):
    monkeypatch.setattr(engines, "PORTION_ROWS", 1)
    plain = facts_of((renamed(unanswered(), "open"), []), 2023)
    path = stored(tmp_path / "wide", (plain, *facts()))
    found = bulk_spreads(assess_wide([path], engine="polars", on=ON, out=tmp_path / "out").out)
    assert {year for year, *_ in found} == {2023, 2024, 2025}


@pytest.mark.slow
@pytest.mark.parametrize("variant", sorted(VARIANTS))
def test_every_variant_of_the_cv_is_the_same(tmp_path, variant):
    found = bulk_spreads(assessed(tmp_path, "polars", variant=variant))
    for key, variants in expected()[-1].items():
        verdict, cv = variants[variant]
        assert found[key][0] == verdict, key
        assert found[key][3] == (cv if cv is None else close_cv(cv)), key


@pytest.mark.slow
@pytest.mark.parametrize("engine", ["polars", "duckdb"])
def test_integers_of_128_bits_give_the_same(tmp_path, monkeypatch, engine):
    """As if no product could be proved to fit 64 bits."""
    monkeypatch.setattr(verdicts, "INT64", 0)
    found = assessed(tmp_path, engine)
    same_parts(bulk_parts(found), expected()[0])
    same_spreads(bulk_spreads(found), expected()[2])


@pytest.mark.prove
@pytest.mark.parametrize("engine", ["polars", "duckdb"])
def test_hundreds_of_counties_are_the_same(tmp_path, engine):
    found = assessed(tmp_path, engine, MANY)
    parts, shares, spreads, *_ = expected(MANY)
    same_parts(bulk_parts(found), parts)
    same_shares(bulk_shares(found), shares)
    same_spreads(bulk_spreads(found), spreads)
