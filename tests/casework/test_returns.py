"""A return of one school, or of a county office, checked alone: what is its owner's to mend."""

from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from return_cases import (
    YEAR,
    both_years,
    context,
    own_marks,
    own_rows,
    owner,
    schools,
    workbook,
)

from junheng.casework.returns import (
    Owner,
    Return,
    SchoolParts,
    asked,
    evidence_rows,
    joined,
    pack,
    page_of,
    part_of,
    read_and_check,
    typed_rows,
    unpack,
)
from junheng.registry import Facts, Level

pytestmark = pytest.mark.slow

ON = date(2026, 11, 20)
FACTS = both_years()[YEAR]
LAST = both_years()[YEAR - 1]
CODES = schools(FACTS)
FIRST = next(c for c in CODES if c.startswith("21"))


def handed_in(path: Path, code: str = "", name: str = "", **changes: Any) -> Return:
    workbook(path, FACTS, code, **changes)
    return read_and_check(
        path, owner(FACTS, code), name=name or path.name, sha256="0" * 64, year=YEAR, on=ON,
        context=context(),
    )  # fmt: skip


@pytest.fixture(scope="module")
def all_returns(tmp_path_factory: pytest.TempPathFactory) -> list[Return]:
    folder = tmp_path_factory.mktemp("returns")
    return [handed_in(folder / f"{code or 'county'}.xlsx", code) for code in ("", *CODES)]


def test_every_return_of_a_clean_county_is_clean_alone(all_returns: list[Return]) -> None:
    """So no check that needs other schools, or asks for the county's cells, is left in."""
    told = {each.owner.code: [f.sentence for f in each.at(Level.MUST_FIX)] for each in all_returns}
    assert {code: said for code, said in told.items() if said} == {}
    assert not any(each.asked_to_explain for each in all_returns)


def test_the_returns_joined_are_the_facts_of_the_county(all_returns: list[Return]) -> None:
    """Fingerprint for fingerprint: nothing is lost or made on the way by single schools."""
    assert joined(all_returns, year=YEAR).fingerprint == FACTS.fingerprint


def test_a_return_is_the_same_after_packing(all_returns: list[Return]) -> None:
    for each in all_returns[:4]:
        back = unpack(pack(each))
        assert back is not None
        assert pack(back) == pack(each)
        assert joined([back], year=YEAR).fingerprint == joined([each], year=YEAR).fingerprint
        assert back.findings == each.findings


def test_a_school_that_is_missing_is_missing_in_the_joined_facts(all_returns: list[Return]) -> None:
    facts = joined([r for r in all_returns if r.owner.school != FIRST], year=YEAR)
    assert FIRST in facts["register"]["school_code"].to_list()
    assert FIRST not in facts["schools"]["school_code"].to_list()


def test_schools_that_the_county_has_not_listed_yet_come_from_the_register_of_last_year() -> None:
    rows = list(LAST["register"].iter_rows(named=True))
    facts = joined([], year=YEAR, register=rows)
    assert len(facts["register"]) == len(rows)


def test_a_wrong_value_is_found_at_its_cell_under_the_name_of_the_upload(tmp_path: Path) -> None:
    found = handed_in(tmp_path / "tmp123.xlsx", FIRST, "我校.xlsx", seats__enrolment_primary=-3)
    assert not found.clean
    first = found.at(Level.MUST_FIX)[0]
    assert first.origin.file == "我校.xlsx"
    assert (first.table, first.column, first.key) == ("seats", "enrolment_primary", (FIRST,))


def test_the_workbook_of_another_school_is_named(tmp_path: Path) -> None:
    workbook(tmp_path / "a.xlsx", FACTS, CODES[1])
    found = read_and_check(
        tmp_path / "a.xlsx", owner(FACTS, FIRST), name="a.xlsx", sha256="", year=YEAR, on=ON,
        context=context(),
    )  # fmt: skip
    told = [f"{f.check} {f.found}" for f in found.at(Level.MUST_FIX)]
    assert any(each.startswith("M12 没有本校") for each in told)
    assert any(each.startswith(f"M13 这一行是{CODES[1]}的") for each in told)
    assert not any(found.rows.get(name) for name in ("schools", "seats"))


def test_the_workbook_of_another_county_and_of_another_year_are_named(tmp_path: Path) -> None:
    found = handed_in(tmp_path / "a.xlsx", FIRST, county__county_code="410155")
    assert any(each.check == "M11" for each in found.at(Level.MUST_FIX))
    found = handed_in(tmp_path / "b.xlsx", FIRST, county__filing_year=YEAR - 1)
    assert {f.column for f in found.at(Level.MUST_FIX)} == {"filing_year"}


def test_a_school_cannot_write_into_the_county_sheet(tmp_path: Path) -> None:
    found = handed_in(tmp_path / "a.xlsx", FIRST, county__fund_standard_primary=Decimal(999))
    assert joined([found], year=YEAR)["county"].is_empty()


def test_a_jump_wants_an_explanation_and_takes_it(tmp_path: Path) -> None:
    before = LAST["facilities"].filter(school_code=FIRST)["teaching_auxiliary_area_m2"][0]
    jump = {"facilities__teaching_auxiliary_area_m2": before * 2}
    found = handed_in(tmp_path / "a.xlsx", FIRST, **jump)
    columns = [f.column for f in found.asked_to_explain]
    assert "teaching_auxiliary_area_m2" in columns
    rows = own_rows(FACTS, FIRST)
    texts = {f"facilities.{c}!": "新建一幢教学楼" for c in columns}
    texts["facilities.teaching_auxiliary_area_m2"] = str(before * 2)
    typed = typed_rows(texts, county=False, rows=rows, marks=own_marks(FACTS, FIRST))
    assert typed.findings == ()
    assert (
        "facilities",
        FIRST,
        "teaching_auxiliary_area_m2",
        "异常说明",
        "新建一幢教学楼",
    ) in typed.marks
    assert typed.rows["facilities"][0]["teaching_auxiliary_area_m2"] == before * 2


def test_every_text_of_the_page_that_is_no_value_is_named_and_none_becomes_zero() -> None:
    texts = {
        "seats.enrolment_primary": "三百",
        "finance.public_funds_budget_prev_yuan": "1e",
        "schools.lon": "",
    }
    texts = {k: v for k, v in texts.items() if k.split(".")[1] in _columns(k.split(".")[0])}
    assert len(texts) == 3
    typed = typed_rows(texts, county=False, rows=own_rows(FACTS, FIRST), marks=[])
    assert [f"{f.table}.{f.column}" for f in typed.findings] == [
        "seats.enrolment_primary",
        "finance.public_funds_budget_prev_yuan",
    ]
    assert typed.rows["seats"][0]["enrolment_primary"] is None
    assert typed.rows["schools"][0]["lon"] is None
    assert typed.rows["schools"][0]["school_code"] == FIRST


def _columns(table: str) -> list[str]:
    return FACTS[table].columns


def test_the_page_asks_a_primary_school_nothing_of_junior_classes() -> None:
    rows = {name: held[0] for name, held in own_rows(FACTS, FIRST).items() if held}
    sections = page_of(county=False, rows=rows, last={}, typed={}, explanations={}, year=YEAR)
    names = {field.name for section in sections for field in section.fields}
    assert "seats.enrolment_primary" in names
    assert "seats.enrolment_junior" not in names
    assert all(section.hidden >= 0 for section in sections)
    assert sum(section.hidden for section in sections) > 20


def test_the_page_filled_by_itself_says_what_the_return_says() -> None:
    """Every text that the page shows is read back as the same value, for every school."""
    for code in CODES:
        held = own_rows(FACTS, code)
        rows = {name: values[0] for name, values in held.items() if values}
        sections = page_of(county=False, rows=rows, last={}, typed={}, explanations={}, year=YEAR)
        texts = {f.name: f.text for s in sections for f in s.fields}
        typed = typed_rows(texts, county=False, rows=held, marks=own_marks(FACTS, code))
        assert typed.findings == ()
        for section in sections:
            assert typed.rows[section.table.name] == held[section.table.name]


def test_what_is_prefilled_is_counted_as_not_asked_again() -> None:
    last = {n: v[0] for n, v in own_rows(LAST, FIRST).items() if v}
    full = asked(own_rows(FACTS, FIRST), last, county=False, year=YEAR)
    none = asked(own_rows(FACTS, FIRST), {}, county=False, year=YEAR)
    assert none.asked == full.asked
    assert (none.prefilled, none.kept) == (0, 0)
    assert 0 < full.kept <= full.prefilled < full.asked
    assert full.typed == full.asked - full.kept
    changed = own_rows(FACTS, FIRST)
    changed["schools"][0]["school_name"] = "改了名"
    assert asked(changed, last, county=False, year=YEAR).kept == full.kept - 1


def test_the_part_of_one_school_holds_no_other(all_returns: list[Return]) -> None:
    part = part_of(FACTS, owner(FACTS, FIRST))
    assert part["schools"]["school_code"].to_list() == [FIRST]
    assert set(part["classes"]["school_code"].to_list()) <= {FIRST}
    assert len(part["county"]) == 1
    assert {mark[1].split("|")[0] for mark in part.marks.iter_rows()} <= {FIRST, "410199"}
    whole = part_of(FACTS, owner(FACTS))
    assert isinstance(whole, Facts)
    assert len(whole["schools"]) == len(CODES)


def test_a_school_cut_from_the_sorted_facts_is_its_part(all_returns: list[Return]) -> None:
    """Frame for frame and mark for mark, in the same order; of a school that is not there, nothing."""
    parts = SchoolParts(FACTS)
    for code in CODES:
        one, other = parts.of(owner(FACTS, code)), part_of(FACTS, owner(FACTS, code))
        assert one.year == other.year
        assert list(one.frames) == list(other.frames)
        for name, frame in other.frames.items():
            assert one[name].equals(frame), name
        assert one.marks.equals(other.marks)
    gone = parts.of(Owner("410199", "示例县", "2141000000", "没有"))
    assert not len(gone["schools"])
    assert len(gone["county"]) == 1


def test_a_closed_school_is_told_by_the_county_where_it_lay() -> None:
    """Of a city all closed schools stand in the part of each county; the year before tells whose."""
    rows = {n: list(f.iter_rows(named=True)) for n, f in FACTS.frames.items()}
    elsewhere = {
        **rows["lineage"][0],
        "old_code": "2141888001",
        "new_code": "2141888001",
        "change": "closed",
    }
    rows["lineage"].append(elsewhere)
    part = part_of(Facts.from_rows(rows, FACTS.marks.iter_rows(), year=YEAR), owner(FACTS))
    assert elsewhere in own_rows(part)["lineage"]
    told = own_rows(part, last=part_of(LAST, owner(LAST)))["lineage"]
    assert told == list(FACTS["lineage"].iter_rows(named=True))
    assert told


def test_papers_of_a_passed_return_count_and_others_wait() -> None:
    paper = {"indicator": "QL3", "scope": FIRST, "file_name": "章程.pdf", "by": "某人"}
    (passed,) = evidence_rows([paper], passed=True)
    (waiting,) = evidence_rows([paper], passed=False)
    assert passed["review"] == "pass"
    assert waiting["review"] is None
    assert "by" not in passed
    (returned,) = evidence_rows([{**paper, "review": "return"}], passed=True)
    assert returned["review"] == "return"
