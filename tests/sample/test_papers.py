"""Evidence and the files behind it: every filed hash is that of the file that is written."""

from datetime import date
from hashlib import sha256

import pytest
from sample.in_memory import filing
from typer.testing import CliRunner

from junheng.cli import app
from junheng.registry import tables
from junheng.registry.checks import check
from junheng.sample import fill_years, make_county, make_years, write_evidence

pytestmark = pytest.mark.slow

YEAR = 2025
OF_THE_COUNTY = {"GV1", "GV2", "GV8", "GV10", "GV14", "GV15"}
OF_A_SCHOOL = {"QL3", "QL5", "QL6", "QL7", "QL8"}
NAMED_BY = {"evidence": "file_name", "official_results": "document", "statements": "document"}


def proved(rows, scope) -> set[str]:
    return {row["indicator"] for row in rows["evidence"] if row["scope"] == scope}


def test_every_hash_is_that_of_the_written_file_and_no_other_file_is_written(tmp_path):
    rows = make_county(seed=1)
    count = write_evidence(rows, tmp_path)
    told = {row[c]: row["sha256"] for table, c in NAMED_BY.items() for row in rows[table]}
    there = {each.name: sha256(each.read_bytes()).hexdigest() for each in tmp_path.iterdir()}
    assert there == told
    assert count == len(there)
    assert all("演示数据" in each.read_text(encoding="utf-8") for each in tmp_path.iterdir())


def test_the_check_finds_every_file_and_nothing_beside(tmp_path):
    for year, rows in make_years(seed=2, schools=30).items():
        folder = tmp_path / str(year)
        write_evidence(rows, folder)
        found = check(filing(rows, year), year=year, on=date(year, 10, 20), evidence=folder)
        assert [f.sentence for f in found.findings if f.check.startswith("R11")] == []
        assert len(found.evidence) == len(list(folder.iterdir()))


def test_a_file_that_was_changed_is_named(tmp_path):
    rows = make_county(seed=2, schools=12)
    write_evidence(rows, tmp_path)
    first = min(tmp_path.iterdir())
    first.write_bytes(first.read_bytes() + b" ")
    found = check(filing(rows, YEAR), year=YEAR, evidence=tmp_path)
    assert [f.check for f in found.findings if f.check == "R114"] == ["R114"]


def test_the_passing_county_files_everything_for_itself_and_every_school():
    rows = make_county(seed=1, profile="passing")
    assert proved(rows, "410199") >= OF_THE_COUNTY
    assert all(proved(rows, row["school_code"]) >= OF_A_SCHOOL for row in rows["schools"])
    assert {row["review"] for row in rows["evidence"]} == {"pass"}


def test_in_the_mixed_county_some_papers_are_missing_one_returned_one_lapses_in_time():
    rows = make_county(seed=1)
    lacking = [
        OF_A_SCHOOL - proved(rows, row["school_code"])
        for row in rows["schools"]
        if OF_A_SCHOOL - proved(rows, row["school_code"])
    ]
    assert sorted(map(sorted, lacking)) == [["QL3", "QL8"], ["QL7"]]
    (returned,) = (row for row in rows["evidence"] if row["review"] == "return")
    assert returned["review_reason"]
    lapsing = [row for row in rows["evidence"] if row["valid_to"] == date(YEAR, 12, 31)]
    assert [row["indicator"] for row in lapsing] == ["GV10"]


def test_exceptions_are_claimed_with_and_without_papers():
    rows = make_county(seed=1)
    flagged = {row["school_code"] for row in rows["schools"] if row["built_by_2016"]}
    claims = {row["scope"] for row in rows["evidence"] if row["indicator"] == "X3"}
    assert claims
    assert claims < flagged
    filed = [*rows["evidence"], *make_county(seed=0)["evidence"]]
    assert {row["indicator"] for row in filed} >= {"X1", "X2", "X3", "X4", "X5", "X6"}


def test_small_rural_schools_claim_x1_with_and_without_papers_and_the_dense_one_has_them():
    rows = make_county(seed=0)
    small = {row["school_code"] for row in rows["schools"] if row["rural_small_50_99"]}
    dense = {row["school_code"] for row in rows["schools"] if row["dense_urban_core"]}
    proven = {
        code: {row["scope"] for row in rows["evidence"] if row["indicator"] == code}
        for code in ("X1", "X2")
    }
    assert set() < proven["X1"] < small
    assert proven["X2"] == dense


def test_the_survey_has_a_whole_that_its_groups_make_and_all_items_are_signed():
    for profile in ("mixed", "passing"):
        rows = make_county(seed=1, profile=profile)
        survey = [row for row in rows["official_results"] if row["indicator"] == "SR1"]
        (whole,) = (row for row in survey if row["item"] == "合计")
        for column in ("satisfied", "sampled"):
            assert sum(r[column] for r in survey if r is not whole) == whole[column]
        assert len([r for r in rows["official_results"] if r["indicator"] == "QL9"]) == 3
        items = [row["item"] for row in rows["statements"]]
        assert items == list(tables()["statements"].columns()["item"].choices)


def test_several_years_are_written_each_with_its_evidence(tmp_path):
    written = fill_years(tmp_path, seed=2, schools=12, evidence=tmp_path / "佐证材料")
    names = [path.name for path in written.workbooks]
    assert names == ["示例县-2023.xlsx", "示例县-2024.xlsx", "示例县-2025.xlsx"]
    folders = sorted((tmp_path / "佐证材料").iterdir())
    assert [folder.name for folder in folders] == ["2023", "2024", "2025"]
    assert written.papers == sum(len(list(folder.iterdir())) for folder in folders)


@pytest.mark.parametrize("years", [1, 2])
def test_the_command_writes_one_workbook_or_a_folder_of_them(tmp_path, years):
    out = tmp_path / ("示例县.xlsx" if years == 1 else "示例县")
    words = ["sample", str(out), "--schools", "12", "--years", str(years)]
    result = CliRunner().invoke(app, [*words, "--evidence", str(tmp_path / "材料")])
    assert result.exit_code == 0, result.output
    assert result.output.count("演示数据") == years + 1
    assert len(list(tmp_path.rglob("*.xlsx"))) == years
