"""The report: explanations, order, missing schools, and what was left unverified."""

from dataclasses import replace

import pytest
from registry.county_of_eight import (
    ATTACHED,
    COUNTY,
    DASH,
    JUNIOR,
    PRIMARY,
    UNCLEAR,
    YEAR,
    changed,
    clean,
    filing,
    put,
    records,
    yuan,
)
from registry.mistakes_of_checks import (
    MISTAKES,
    OTHER,
    Mistake,
    class_list,
    entered,
    facts,
    gone,
    recoded,
    second_county,
)

from junheng.registry import Filing, Finding, Level, Origin, Source, check
from junheng.registry.catalogue import tables
from junheng.registry.checks import catalogue
from junheng.registry.checks.rule import rules

EXPLAINABLE = {
    column.name
    for table in tables().values()
    for column in table.column
    if column.explained
}  # fmt: skip
AT_EACH_COLUMN = {
    "unchanged", "unchanged_under_code", "jumped", "row_in_force", "groups_make_the_whole",
    "division_keeps_the_sum", "type_has_pupils",
}  # fmt: skip
"""Kinds that report at the very column that is odd, whatever `at` says."""
WITHOUT_EXPLANATION = {"school_code"}
"""Columns without 异常说明 at which 请说明 is mended elsewhere or stays open."""


def codes(report):
    return [each.check for each in report.findings]


# --- explanations ------------------------------------------------------------------------------


@pytest.mark.slow
@pytest.mark.parametrize("mistake", MISTAKES, ids=lambda each: each.code)
def test_an_explanation_answers_what_may_be_explained_and_nothing_else(mistake: Mistake) -> None:
    before = mistake.report()
    said = {(each.table, "|".join(each.key), each.column): "见扩建批复" for each in before.findings}
    after = mistake.check(mistake.filing(said))
    for old, new in zip(before.findings, after.findings, strict=True):
        assert (old.check, old.origin, old.allowed) == (new.check, new.origin, new.allowed)
        if old.level is Level.EXPLAIN:
            assert new.level is Level.NOTE
            assert new.found == f"{old.found}；已说明：见扩建批复"
            assert new.explanation == "见扩建批复"
            assert new in after.explained
        else:
            assert new == old


def test_an_explanation_answers_what_the_reader_asked_too() -> None:
    told = Finding(Level.EXPLAIN, "V99", Origin("示例县.xlsx", "校舍场地设备", "C5"), "甲", "乙", "丙",
                   "facilities", (PRIMARY,), "teaching_auxiliary_area_m2")  # fmt: skip
    said = {("facilities", PRIMARY, "teaching_auxiliary_area_m2"): "已核实"}
    [found] = check(replace(filing(clean(), said), findings=(told,)), year=YEAR).findings
    assert (found.level, found.found) == (Level.NOTE, "甲；已说明：已核实")


def test_what_is_to_be_explained_stands_where_an_explanation_can_be_written() -> None:
    for rule in rules():
        if rule.level is Level.EXPLAIN:
            places = (
                rule.columns
                if rule.kind in AT_EACH_COLUMN
                else (rule.place,)
                if rule.at or rule.left
                else ()
            )
            assert {*places} <= EXPLAINABLE | WITHOUT_EXPLANATION, rule.code


# --- order -------------------------------------------------------------------------------------


def test_findings_come_by_file_sheet_row_and_column() -> None:
    rows = changed(
        put("finance", PRIMARY, training_funds_budget_prev_yuan=None),
        put("schools", JUNIOR, lon=None, boarders=None),
        put("schools", PRIMARY, lat=None),
        put("county", COUNTY, rotated=None),
        put("seats", PRIMARY, max_class_size_primary=None),
    )
    filed = filing(rows)
    again = [replace(r, origin=replace(r.origin, file="甲.xlsx"), entries={
        name: replace(e, origin=replace(e.origin, file="甲.xlsx")) for name, e in r.entries.items()
    }) if r.key == (JUNIOR,) else r for r in reversed(filed.records)]  # fmt: skip
    report = check(Filing(tuple(again), (), (), None), year=YEAR)
    assert [(f.origin.file, f.origin.sheet, f.column) for f in report.findings] == [
        ("甲.xlsx", "学校基本情况", "boarders"),
        ("甲.xlsx", "学校基本情况", "lon"),
        ("示例县.xlsx", "区县填报表", "rotated"),
        ("示例县.xlsx", "学校基本情况", "lat"),
        ("示例县.xlsx", "学生与班级", "max_class_size_primary"),
        ("示例县.xlsx", "经费", "training_funds_budget_prev_yuan"),
    ]


@pytest.mark.slow
def test_the_order_of_the_rows_changes_nothing_in_the_report() -> None:
    for mistake in MISTAKES:
        if mistake.code == "S57":
            continue
        filed = mistake.filing()
        turned = replace(filed, records=tuple(reversed(filed.records)))
        one, other = (mistake.check(each) for each in (filed, turned))
        assert one.findings == other.findings
        assert one.unverified == other.unverified


# --- missing schools, several counties ---------------------------------------------------------


def test_a_listed_school_without_a_return_is_missing_and_stops_nothing() -> None:
    report = check(filing(changed(gone(ATTACHED))), year=YEAR)
    assert report.missing_schools == ((ATTACHED, "示例县第三中学"),)
    assert "“示例县第三中学”（3141000008）没有填报" in report.findings[0].found
    assert report.acceptable


def test_sums_over_the_schools_wait_for_the_missing_one() -> None:
    rows = changed(gone(ATTACHED), put("county", COUNTY, rotation_eligible=5000))
    report = check(filing(rows), year=YEAR)
    assert codes(report) == ["K11.1"]
    waiting = {code for code, reason in report.unverified if "还有 1 所学校没有填报" in reason}
    assert waiting == {"K12.3", "K12.4", "R54", "K13.2"}


def test_sums_wait_in_the_county_of_the_missing_school_only() -> None:
    rows = changed(second_county, gone(ATTACHED), put("county", OTHER, rotation_eligible=5000))
    report = check(filing(rows), year=YEAR)
    assert codes(report) == ["K12.3", "K11.1"]
    assert all(reason.startswith("示例县：") for _, reason in report.unverified if "还有" in reason)


def test_sums_wait_for_a_school_known_by_some_of_its_rows_only() -> None:
    stray = entered("finance", "2141000099", school_code="2141000099")
    rows = changed(stray, put("county", COUNTY, rotation_eligible=5000))
    assert codes(check(filing(rows), year=YEAR)) == ["S54"]


def test_sums_wait_for_a_cell_that_is_not_clear() -> None:
    rows = changed(put("staffing", PRIMARY, full_time_teachers_primary=UNCLEAR),
                   put("county", COUNTY, rotation_eligible=5000))  # fmt: skip
    report = check(filing(rows), year=YEAR)
    assert codes(report) == []
    assert ("K12.3", "示例县：“示例县第一小学”的“小学专任教师总人数”、“初中专任教师总人数”没有填清，无法求和") \
        in report.unverified  # fmt: skip


def test_the_years_of_several_counties_must_agree_when_no_year_is_given() -> None:
    rows = changed(second_county, put("county", OTHER, filing_year=YEAR - 1))
    found = check(filing(rows)).findings
    assert [(each.check, each.key) for each in found] == [("S56", (COUNTY,))]
    assert check(filing(changed(second_county))).findings == ()


def test_an_empty_filing_has_nothing_to_report() -> None:
    report = check(Filing((), (), (), None))
    assert report.findings == ()
    assert report.acceptable


def test_a_blank_template_is_asked_for_the_county_form() -> None:
    blank = Filing((), (), (Source("空白.xlsx", "0" * 64, 1),), "1-test")
    assert [(f.check, f.origin.file) for f in check(blank).findings] == [("S55", "空白.xlsx")]


# --- what cannot be verified -------------------------------------------------------------------


def test_every_part_of_k1_to_k15_that_does_not_run_says_why() -> None:
    unverified = check(filing(clean()), year=YEAR).unverified
    told = {code for code, _ in unverified}
    assert {f"K{n}" for n in range(1, 16)} - told == set()
    assert {"§2", "§5", "§7.4", "§7.5", "§7.6", "§7.7"} <= told
    assert all(reason for _, reason in unverified)
    assert len({*unverified}) == len(unverified)


def test_last_years_facts_leave_less_unverified() -> None:
    without = {*check(filing(clean()), year=YEAR).unverified}
    withit = {*check(filing(clean()), year=YEAR, last=facts(year=YEAR - 1)).unverified}
    cohort = {*check(filing(clean()), year=YEAR, last=facts(year=YEAR - 3)).unverified}
    assert {code for code, _ in without - withit} == {"K1", "K11", "K15", "§7.4"}
    assert {code for code, _ in without - cohort} == {"K13"}
    assert withit < without
    assert cohort < without


def test_facts_of_another_year_are_not_compared() -> None:
    last = facts(put("facilities", PRIMARY, campus_area_m2=yuan(1)), year=YEAR - 2)
    assert check(filing(clean()), year=YEAR, last=last).findings == ()


def test_lists_of_every_school_leave_less_unverified() -> None:
    reasons = [reason for _, reason in check(filing(changed(class_list)), year=YEAR).unverified]
    assert any("班级清单" in reason for reason in reasons)
    rows = changed(class_list)
    for code in rows["schools"]:
        rows["classes"].setdefault(f"{code}|1|1", {
            "school_code": code, "grade": 1, "class_no": "1", "stage": "primary", "pupils": UNCLEAR})  # fmt: skip
    reasons = [reason for _, reason in check(filing(rows), year=YEAR).unverified]
    assert not any("班级清单" in reason for reason in reasons)


# --- findings of the reader --------------------------------------------------------------------


def test_the_findings_of_reading_are_kept_in_their_place() -> None:
    early = Finding(Level.NOTE, "V10", Origin("示例县.xlsx", "区县填报表", "D4"), "甲", "乙", "丙")
    late = Finding(Level.NOTE, "S13", Origin("示例县.xlsx", "自己的表", "A1"), "甲", "乙", "丙")
    filed = replace(filing(changed(put("seats", PRIMARY, max_class_size_primary=None))),
                    findings=(late, early))  # fmt: skip
    assert codes(check(filed, year=YEAR)) == ["V10", "S51", "S13"]


def test_a_repeated_row_that_the_reader_named_is_not_named_again() -> None:
    mistake = next(each for each in MISTAKES if each.code == "S57")
    filed = mistake.then(filing(clean()))
    told = Finding(Level.MUST_FIX, "S21", Origin("示例县.xlsx", "经费", "A99"), "甲", "乙", "丙",
                   "finance", filed.records[-1].key, "school_code")  # fmt: skip
    assert check(replace(filed, findings=(told,)), year=YEAR).findings == (told,)


def test_a_nameless_row_given_twice_stays_there_twice() -> None:
    """As one object too: rows are told apart by their number."""
    filed = filing(clean())
    nameless = replace(filed.of("finance")[0], key=("",))
    report = check(replace(filed, records=(*filed.records, nameless, nameless)), year=YEAR)
    assert [each.key for each in report.filing.of("finance")].count(("",)) == 2
    without = check(filed, year=YEAR)
    assert len(report.filing.records) == len(without.filing.records) + 2


# --- several mistakes at once ------------------------------------------------------------------


def test_mistakes_of_different_schools_do_not_hide_one_another() -> None:
    rows = changed(
        put("seats", PRIMARY, max_class_size_primary=46),
        put("staffing", JUNIOR, teachers_arts_junior=2),
        put("finance", ATTACHED, training_funds_budget_prev_yuan=None),
        put("county", COUNTY, disabled_home=3),
    )
    assert sorted(codes(check(filing(rows), year=YEAR))) == ["K8.3", "K9.3", "R56", "S51"]


def test_a_mistaken_unit_hides_no_other_mistake_of_the_same_school() -> None:
    slip = put("finance", PRIMARY, public_funds_budget_prev_yuan=yuan(540 * 950 * 10_000))
    rows = changed(slip, put("finance", PRIMARY, training_funds_budget_prev_yuan=yuan(600_000)))
    assert codes(check(filing(rows), year=YEAR)) == ["R43", "R41"]


def test_a_changed_code_is_neither_a_lost_nor_a_new_school() -> None:
    last = facts(recoded(JUNIOR, "3141000077"), year=YEAR - 1)
    [found] = check(filing(clean()), year=YEAR, last=last).findings
    assert "上年的代码是 3141000077" in found.found


def test_the_catalogue_lists_each_check_once_in_natural_order() -> None:
    listed = [code for code, *_ in catalogue()]
    assert len({*listed}) == len(listed)
    assert listed.index("K2.1") < listed.index("K10.1" if "K10.1" in listed else "K11.1")
    assert all(
        title and source and confidence in "HMLBD"
        for _, title, _, source, confidence in catalogue()
    )


def test_one_workbook_a_school_reports_as_one_workbook_a_county() -> None:
    rows = changed(put("seats", PRIMARY, max_class_size_primary=46))
    parts = [r for key in (*rows["schools"], COUNTY)
             for r in records(rows, file=f"{key}.xlsx") if r.key[0] == key]  # fmt: skip
    split = Filing(tuple(parts), (), (Source("甲.xlsx", "0" * 64, 1),), None)
    one, many = check(filing(rows), year=YEAR), check(split, year=YEAR)
    assert codes(one) == codes(many)
    assert one.unverified == many.unverified


def test_a_dash_where_nothing_need_be_said_counts_as_nothing() -> None:
    rows = changed(put("seats", PRIMARY, enrolment_kindergarten=DASH))
    assert check(filing(rows), year=YEAR).findings == ()
