"""Every invented county, of any profile, size and seed, passes every check as it stands."""

import pytest
from sample.in_memory import filing

from junheng.registry import Facts, Level
from junheng.registry.checks import check
from junheng.registry.reading import read
from junheng.sample import fill_workbook, make_county, marks_of

pytestmark = pytest.mark.slow

YEAR = 2025
SPECIAL_KINDS = 24
"""So many schools hold every kind once."""


COUNTIES = [
    pytest.param(seed, schools, profile, marks=pytest.mark.prove if schools == 150 and seed else ())
    for seed in range(5)
    for schools in (SPECIAL_KINDS, 60, 150)
    for profile in ("mixed", "passing", "narrow")
]


@pytest.mark.slow
@pytest.mark.parametrize(("seed", "schools", "profile"), COUNTIES)
def test_nothing_is_to_be_mended_and_every_oddity_is_explained(seed, schools, profile):
    found = check(filing(make_county(seed=seed, schools=schools, profile=profile), YEAR), year=YEAR)
    assert [f.sentence for f in found.findings if f.level is not Level.NOTE] == []
    assert [f.sentence for f in found.findings if "已说明" not in f.found] == []
    assert found.missing_schools == ()


@pytest.mark.parametrize("schools", [1, 2, 5, 12])
def test_a_county_of_a_few_schools_is_clean_too(schools):
    found = check(filing(make_county(seed=4, schools=schools), YEAR), year=YEAR)
    assert [f.sentence for f in found.findings if f.level is not Level.NOTE] == []


def test_other_years_codes_and_names_are_clean_too():
    rows = make_county(seed=2, year=2023, code="ZDXQ01", name="示例新区")
    assert rows["county"][0]["county_name"] == "示例新区"
    assert all(row["school_name"].startswith("示例新区") for row in rows["schools"])
    found = check(filing(rows, 2023), year=2023)
    assert [f.sentence for f in found.findings if f.level is not Level.NOTE] == []


def test_the_workbook_read_back_gives_the_very_facts_it_was_written_from(tmp_path):
    path = tmp_path / "示例县.xlsx"
    fill_workbook(path, seed=6)
    rows = make_county(seed=6)
    written = Facts.from_rows(rows, marks_of(rows, year=YEAR), year=YEAR)
    report = check(read([path]), year=YEAR)
    assert Facts.of(report.filing.records, year=YEAR).fingerprint == written.fingerprint


def test_the_workbook_is_the_same_bytes_from_the_same_seed_and_says_that_it_is_invented(tmp_path):
    paths = tmp_path / "a.xlsx", tmp_path / "b.xlsx"
    for path in paths:
        fill_workbook(path, seed=6, schools=24)
    assert paths[0].read_bytes() == paths[1].read_bytes()
    report = check(read([paths[0]]), year=YEAR)
    county = report.filing.of("county")[0]
    assert "演示数据" in str(county.value("rotation_rule"))
