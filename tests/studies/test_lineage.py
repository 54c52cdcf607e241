"""School lineage: a line follows one school through new names and codes, mergers, splits and gaps."""

from typing import Any

from worked.building import COUNTY, rows_of, school

from junheng.registry import Facts
from junheng.studies.lineage import lives


def year(when: int, *listed: str | tuple[str, str], founded: int = 1990, rows: Any = ()) -> Facts:
    """Facts of a year: schools by code (or code and name), and its rows of the lineage table."""
    schools = []
    for each in listed:
        code, name = (each, f"学校{each}") if isinstance(each, str) else each
        wide = school(code, "primary", {"primary": 200}, school_name=name, founding_year=founded)
        schools.append(wide)
    lineage = [
        {"old_code": old, "new_code": new, "change": change, "document": "批复.pdf"}
        for change, old, new in rows
    ]
    county = [{"county_code": COUNTY, "county_name": "示例县", "filing_year": when}]
    return Facts.from_rows(rows_of(schools, lineage=lineage, county=county), year=when)


def followed(*years: Facts) -> dict[str, dict[int, str]]:
    """Latest code → code by year."""
    return {life.code: dict(life.codes) for life in lives({f.year: f for f in years})[0]}


def told(*years: Facts) -> list[tuple[int, str, str, str]]:
    changes = lives({f.year: f for f in years})[1]
    return [(c.year, c.change, c.old_code, c.new_code) for c in changes]


def ended(code: str, *years: Facts) -> str:
    found, _ = lives({f.year: f for f in years})
    return next(life.ended for life in found if life.code == code)


def test_a_renamed_school_keeps_its_code_and_its_line_and_both_names_are_known():
    row = ("renamed", "A", "A")
    before, after = year(2024, ("A", "旧名小学")), year(2025, ("A", "新名小学"), rows=[row])
    (life,), (change,) = lives({2024: before, 2025: after})
    assert dict(life.names) == {2024: "旧名小学", 2025: "新名小学"}
    assert (change.old_name, change.new_name, change.label) == ("旧名小学", "新名小学", "改名")
    assert life.ended == ""


def test_a_change_of_type_goes_on_under_the_new_code_even_twice():
    years = (
        year(2023, "A"),
        year(2024, "B", rows=[("type_changed", "A", "B")]),
        year(2025, "C", rows=[("type_changed", "B", "C")]),
    )
    assert followed(*years) == {"C": {2023: "A", 2024: "B", 2025: "C"}}


def test_a_merged_school_ends_and_the_other_goes_on():
    years = year(2024, "A", "B"), year(2025, "B", rows=[("merged", "A", "B")])
    assert followed(*years) == {"A": {2024: "A"}, "B": {2024: "B", 2025: "B"}}
    assert ended("A", *years) == "并入“学校B”"
    assert ended("B", *years) == ""
    assert [c.change for life in lives({f.year: f for f in years})[0] for c in life.changes] == [
        "merged",
        "merged",
    ]


def test_two_schools_merged_into_a_new_one_both_end():
    rows = [("merged", "A", "C"), ("merged", "B", "C")]
    years = year(2024, "A", "B"), year(2025, "C", rows=rows)
    assert followed(*years) == {"A": {2024: "A"}, "B": {2024: "B"}, "C": {2025: "C"}}
    assert told(*years) == [(2025, "merged", "A", "C"), (2025, "merged", "B", "C")]


def test_a_school_split_off_begins_and_the_old_one_goes_on():
    years = year(2024, "A"), year(2025, "A", "B", rows=[("split", "A", "B")])
    assert followed(*years) == {"A": {2024: "A", 2025: "A"}, "B": {2025: "B"}}
    assert ended("A", *years) == ""


def test_a_school_split_into_two_others_ends():
    rows = [("split", "A", "B"), ("split", "A", "C")]
    years = year(2024, "A"), year(2025, "B", "C", rows=rows)
    assert followed(*years) == {"A": {2024: "A"}, "B": {2025: "B"}, "C": {2025: "C"}}
    assert ended("A", *years) == "分立“学校B”"


def test_a_school_that_changes_type_and_takes_another_in_is_one_line():
    rows = [("merged", "B", "C"), ("type_changed", "A", "C")]
    years = year(2024, "A", "B"), year(2025, "C", rows=rows)
    assert followed(*years)["C"] == {2024: "A", 2025: "C"}
    assert ended("B", *years) == "并入“学校C”"


def test_a_closed_school_ends():
    years = year(2024, "A", "B"), year(2025, "B", rows=[("closed", "A", "A")])
    assert ended("A", *years) == "撤销"
    assert told(*years) == [(2025, "closed", "A", "A")]


def test_a_school_that_is_gone_without_a_row_is_shown_as_unlinked():
    years = year(2024, "A", "B"), year(2025, "B")
    assert told(*years) == [(2025, "unlinked_gone", "A", "")]
    assert ended("A", *years) == "不见了，没有沿革记录"


def test_an_old_school_that_comes_without_a_row_is_shown_and_a_school_founded_this_year_is_not():
    assert told(year(2024, "A"), year(2025, "A", "B")) == [(2025, "unlinked_came", "", "B")]
    assert told(year(2024, "A"), year(2025, "A", "B", founded=2025)) == []


def test_a_row_that_contradicts_the_filing_is_said_and_changes_no_line():
    for change in ("type_changed", "merged", "closed"):
        new = "A" if change == "closed" else "B"
        years = year(2024, "A", "B"), year(2025, "A", "B", rows=[(change, "A", new)])
        assert (2025, "contradicted", "A", new) in told(*years)
        assert followed(*years)["A"] == {2024: "A", 2025: "A"}


def test_a_line_goes_on_through_a_year_without_facts():
    assert followed(year(2023, "A"), year(2025, "A")) == {"A": {2023: "A", 2025: "A"}}
    assert told(year(2023, "A"), year(2025, "A")) == []


def test_a_school_that_comes_back_under_its_code_is_one_line():
    years = year(2023, "A", "B"), year(2024, "B"), year(2025, "A", "B")
    assert followed(*years)["A"] == {2023: "A", 2025: "A"}
    assert ended("A", *years) == ""


def test_a_county_that_did_not_file_loses_no_schools():
    other = school("Z", "primary", {"primary": 200}, location_unit="410122")
    only_other = Facts.from_rows(rows_of([other]), year=2024)
    both = year(2023, "A")
    assert (
        told(both, only_other, year(2025, "A")) == [(2024, "unlinked_came", "", "Z")]
        or told(both, only_other, year(2025, "A")) == []
    )


def test_a_school_on_the_register_without_a_return_is_there():
    rows = rows_of([school("A", "primary", {"primary": 200})])
    listed = {"school_code": "B", "school_name": "学校B", "location_unit": COUNTY,
              "school_type": "primary"}  # fmt: skip
    rows["register"].append(listed)
    assert followed(year(2024, "A", "B"), Facts.from_rows(rows, year=2025))["B"] == {
        2024: "B",
        2025: "B",
    }
