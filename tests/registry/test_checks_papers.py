"""Evidence, results, statements and progress: each check fires at its bound and is silent inside."""

from datetime import date
from decimal import Decimal

import pytest
from registry.county_of_eight import (
    ATTACHED,
    COUNTY,
    JUNIOR,
    PRIMARY,
    UNCLEAR,
    YEAR,
    Change,
    changed,
    filing,
    put,
)
from registry.mistakes_of_checks import OTHER, facts, gone, second_county
from registry.papers import HASH, VETOES, charter, plan, progress, row, signed, survey

from junheng.registry import Level, check
from junheng.registry.checks import rules
from junheng.registry.checks.rule import unverified_parts

FILED_ON = date(2025, 10, 20)


def codes(
    *changes: Change, on: date | None = None, last=None, year: int | None = YEAR
) -> list[str]:
    report = check(filing(changed(*changes)), year=year, on=on, last=last)
    return [each.check for each in report.findings]


def statements(**odd) -> list[Change]:
    return [signed(each, **odd.get(each, {})) for each in VETOES]


def test_everything_that_is_right_has_nothing_to_report() -> None:
    assert codes(
        plan(), plan(indicator="GV2"), plan(indicator="X2", scope=PRIMARY),
        plan(indicator="QL6"), plan(indicator="QL6", scope=JUNIOR),
        charter(PRIMARY), charter(JUNIOR, b"another"),
        survey("数学", indicator="QL9", level=3, difference=Decimal("0.12")),
        survey("合计", satisfied=861, sampled=1000),
        survey("家长", satisfied=430, sampled=500), survey("学生", satisfied=431, sampled=500),
        *statements(), progress(), progress(place="410100", value=30),
        on=date(2026, 3, 31),
    ) == []  # fmt: skip


def test_lists_that_are_empty_are_told_as_unverified() -> None:
    whens = {each.reason: each.when for each in unverified_parts()}

    def told(*changes: Change) -> set[str]:
        report = check(filing(changed(*changes)), year=YEAR)
        return {whens[reason] for _, reason in report.unverified if reason in whens}

    every = {"no_evidence", "no_official_results", "no_statements"}
    assert every <= told()
    assert every - told(plan()) == {"no_evidence"}
    assert every - told(*statements()) == {"no_statements"}
    assert every - told(survey("合计", rate_percent=Decimal(86))) == {"no_official_results"}


# --- whose -------------------------------------------------------------------------------------


def test_evidence_may_be_of_a_school_that_has_not_filed_yet() -> None:
    assert codes(gone(ATTACHED), charter(ATTACHED)) == ["K11.1"]
    assert codes(charter("2141000099")) == ["R101"]


def test_evidence_of_a_second_county_is_welcome() -> None:
    assert codes(second_county, plan(scope=OTHER), signed("VT1", county_code=OTHER)) == ["R131"]


@pytest.mark.parametrize("table", ["official_results", "statements"])
def test_results_and_statements_are_of_a_filed_county(table: str) -> None:
    other = {
        "official_results": [survey("合计", satisfied=1, sampled=2, county_code=OTHER)],
        "statements": [signed(each, county_code=OTHER) for each in VETOES],
    }[table]
    assert set(codes(*other)) == {"R101"}


@pytest.mark.parametrize("indicator", ["GV1", "GV10", "QL9", "SR1", "VT3"])
def test_one_school_does_not_prove_what_the_county_owes(indicator: str) -> None:
    assert codes(plan(indicator=indicator, scope=PRIMARY)) == ["R108"]
    assert codes(plan(indicator=indicator)) == []


@pytest.mark.parametrize("indicator", ["QL3", "QL5", "QL7", "QL8"])
def test_the_county_does_not_prove_what_each_school_owes(indicator: str) -> None:
    assert codes(plan(indicator=indicator)) == ["R108"]
    assert codes(plan(indicator=indicator, scope=PRIMARY)) == []


@pytest.mark.parametrize("indicator", ["L8", "GV0", "GV16", "QL10", "SR2", "VT8", "X7", "GV01"])
def test_indicators_that_do_not_exist_are_named(indicator: str) -> None:
    assert codes(plan(indicator=indicator)) == ["R102"]


def test_every_indicator_of_the_scheme_is_known() -> None:
    known = next(each for each in rules() if each.code == "R102").words["known"]
    assert len([each for each in known if each[0] not in "XV"]) == 32
    assert len(known) == 32 + 7 + 6


# --- days --------------------------------------------------------------------------------------


def test_evidence_is_in_force_on_the_day_of_filing_both_ends_included() -> None:
    until = {"valid_to": FILED_ON}
    assert codes(plan(**until), on=FILED_ON) == []
    assert codes(plan(**until), on=date(2025, 10, 21)) == ["R106"]
    since = {"issued_on": date(2025, 9, 1), "valid_from": FILED_ON}
    assert codes(plan(**since), on=FILED_ON) == []
    assert codes(plan(**since), on=date(2025, 10, 19)) == ["R106"]


def test_without_a_day_evidence_lapsed_before_the_year_is_named() -> None:
    assert codes(plan(valid_to=date(2025, 9, 1))) == []
    assert codes(plan(valid_to=date(2025, 8, 31))) == ["R106"]
    assert codes(plan(issued_on=date(2025, 9, 1), valid_from=date(2025, 12, 1))) == []


def test_evidence_out_of_force_can_be_explained() -> None:
    key = f"GV1|{COUNTY}|布局规划.pdf"
    said = {("evidence", key, "valid_to"): "新规划已报批，旧规划延用"}
    rows = changed(plan(valid_to=date(2025, 8, 31)))
    [found] = check(filing(rows, said), year=YEAR).findings
    assert (found.level, found.explanation) == (Level.NOTE, "新规划已报批，旧规划延用")


@pytest.mark.parametrize(
    "made",
    [
        lambda day: [plan(issued_on=day, valid_from=date(2026, 1, 1))],
        lambda day: [survey("合计", satisfied=1, sampled=2, published_on=day)],
        lambda day: [*statements(VT1={"signed_on": day})],
        lambda day: [progress(measured_on=day)],
    ],
)
def test_nothing_is_dated_after_the_day_of_filing(made) -> None:
    on, after = FILED_ON, date(2025, 10, 21)
    assert "R111" not in codes(*made(on), on=on)
    assert codes(*made(after), on=on).count("R111") == 1
    assert "R111" not in codes(*made(after)), "the year is not over"


def test_validity_ends_after_it_begins_and_may_be_a_day() -> None:
    day = {"valid_from": FILED_ON, "valid_to": FILED_ON}
    assert codes(plan(**day), on=FILED_ON) == []
    assert "R103" in codes(plan(**{**day, "valid_to": date(2025, 10, 19)}), on=FILED_ON)


def test_a_filing_without_a_year_is_judged_as_far_as_it_can_be() -> None:
    rows = changed(plan(valid_to=date(2020, 1, 1), valid_from=date(2019, 1, 1),
                        issued_on=date(2019, 1, 1)), put("county", COUNTY, filing_year=None))  # fmt: skip
    found = [each.check for each in check(filing(rows)).findings]
    assert found == ["S51"]


@pytest.mark.parametrize("year", [0, 9999, 10**12])
def test_impossible_years_stop_nothing(year: int) -> None:
    assert "R111" not in codes(plan(), progress(), year=year)


# --- pupils' personal data ---------------------------------------------------------------------


@pytest.mark.parametrize(
    "title",
    [
        "学生名单", "随迁子女花名册", "残疾儿童少年 信息表", "留守儿童登记表", "学生身份证复印件",
        "户口簿扫描件", "2025年毕业生去向明细", "学 生 名 单", "转学学生名单（一）",
        "410105201501011234王某", "新生名册", "学籍号对照",
    ],
)  # fmt: skip
def test_lists_of_pupils_are_refused(title: str) -> None:
    assert codes(plan(title=title)) == ["R110"]
    assert codes(plan(file_name=f"{title}.xlsx")) == ["R110"]


@pytest.mark.parametrize(
    "title",
    [
        "随迁子女入学人数统计表", "学生资助管理办法", "学校名单", "教师交流轮岗名单", "招生计划",
        "留守儿童关爱服务工作方案", "转学情况统计（不含学生名单）", "示政〔2024〕1号",
        "20240301布局规划", "残疾儿童少年入学情况（按安置方式）", "学校章程",
        "布局规划-202403011530451234567890", "残疾儿童康复机构名录", "学生食堂供应商名单",
    ],
)  # fmt: skip
def test_counts_rules_and_plans_are_not(title: str) -> None:
    assert codes(plan(title=title, file_name=f"{title}.pdf")) == []


def test_documents_of_results_and_statements_are_looked_at_too() -> None:
    assert codes(survey("合计", satisfied=1, sampled=2, document="受访学生名单.xlsx")) == ["R110"]
    assert codes(*statements(VT1={"document": "学生名单.pdf"})) == ["R110"]


def test_a_number_of_a_citizen_is_not_repeated_in_the_finding() -> None:
    report = check(filing(changed(plan(title="41010520150101123X"))), year=YEAR)
    assert "公民身份号码" in report.findings[0].found


# --- hashes and reviews ------------------------------------------------------------------------


def test_one_file_for_several_indicators_has_one_hash() -> None:
    assert codes(plan(), plan(indicator="GV2")) == []
    assert codes(plan(), plan(indicator="GV2", sha256=None)) == ["R109"]
    assert codes(plan(), plan(indicator="GV2", sha256="f" * 64)) == ["R107"]


def test_a_row_whose_hash_is_not_clear_is_not_said_to_have_none() -> None:
    assert codes(plan(sha256=UNCLEAR)) == []


def test_a_return_needs_its_reason_and_a_pass_none() -> None:
    assert codes(plan(review="pass")) == codes(plan(review="return", review_reason="缺印章")) == []
    assert codes(plan(review="return")) == ["R105"]


# --- official results --------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("given", "at"),
    [
        ({"indicator": "QL9"}, "level"),
        ({"indicator": "QL9", "difference": Decimal("0.1")}, "level"),
        ({"indicator": "QL9", "level": 3}, "difference"),
        ({"satisfied": 861}, "sampled"),
        ({"sampled": 1000}, "satisfied"),
        ({}, "rate_percent"),
    ],
)
def test_a_result_says_all_that_its_indicator_asks(given, at: str) -> None:
    report = check(filing(changed(survey("合计", **given))), year=YEAR)
    assert [(each.check, each.column) for each in report.findings] == [("R121", at)]


def test_a_survey_may_be_told_as_a_rate_alone() -> None:
    assert codes(survey("合计", rate_percent=Decimal("86.1"))) == []


def test_a_result_that_is_not_clear_is_not_said_to_be_blank() -> None:
    assert codes(survey("数学", indicator="QL9", level=UNCLEAR, difference=Decimal("0.1"))) == []


def test_all_may_approve_and_not_one_more() -> None:
    assert codes(survey("合计", satisfied=1000, sampled=1000)) == []
    assert codes(survey("合计", satisfied=1001, sampled=1000)) == ["R122"]


def test_groups_add_up_in_both_counts() -> None:
    parents = survey("家长", satisfied=430, sampled=500)
    assert codes(parents, survey("合计", satisfied=430, sampled=500)) == []
    report = check(filing(changed(parents, survey("合计", satisfied=431, sampled=501))), year=YEAR)
    assert [(each.check, each.column) for each in report.findings] == [
        ("R124", "satisfied"), ("R124", "sampled"),
    ]  # fmt: skip


def test_groups_told_as_rates_are_not_added() -> None:
    parents = survey("家长", rate_percent=Decimal(86))
    assert codes(parents, survey("合计", satisfied=431, sampled=501)) == []


def test_subjects_of_the_monitoring_need_no_whole() -> None:
    assert codes(survey("数学", indicator="QL9", level=3, difference=Decimal("0.1"))) == []


def test_a_rate_beside_its_counts_is_theirs_but_for_rounding() -> None:
    counts = {"satisfied": 861, "sampled": 1000}
    assert codes(survey("合计", **counts, rate_percent=Decimal("86.6"))) == []
    assert codes(survey("合计", **counts, rate_percent=Decimal("86.600001"))) == ["R125"]
    assert codes(survey("合计", satisfied=0, sampled=0, rate_percent=Decimal(86))) == []


# --- statements --------------------------------------------------------------------------------


def test_all_seven_are_signed_and_what_lacks_is_listed() -> None:
    assert codes(*statements()) == []
    report = check(filing(changed(signed("VT1"), signed("VT7"))), year=YEAR)
    assert [each.found for each in report.findings] == ["缺少 VT2、VT3、VT4、VT5、VT6"]


def test_each_county_signs_for_itself() -> None:
    assert codes(second_county, *statements(), signed("VT1", county_code=OTHER)) == ["R131"]


def test_what_happened_may_have_open_cases_and_needs_its_document() -> None:
    assert codes(*statements(VT2={"occurred": True, "open_cases": 3})) == []
    assert codes(*statements(VT2={"occurred": False, "open_cases": 3})) == ["R132"]
    assert codes(*statements(VT2={"occurred": True, "document": None})) == ["S51"]


# --- progress ----------------------------------------------------------------------------------


@pytest.mark.parametrize("place", [COUNTY, "410100", "410000"])
def test_progress_is_of_a_filed_county_or_its_city(place: str) -> None:
    assert codes(progress(place=place)) == []


def test_progress_may_be_of_the_unit_that_manages_a_school() -> None:
    assert codes(progress(place="ZDXQ01")) == ["R141"]
    assert codes(put("schools", PRIMARY, managing_unit="ZDXQ01"), progress(place="ZDXQ01")) == []


def test_a_total_does_not_fall_within_a_year_or_over_the_years() -> None:
    march, may = date(2026, 3, 1), date(2026, 5, 1)
    assert codes(progress(12, measured_on=march), progress(12, measured_on=may)) == []
    assert codes(progress(13, measured_on=march), progress(12, measured_on=may)) == ["R142"]
    last = facts(progress(12, measured_on=date(2025, 3, 1)), year=YEAR - 1)
    assert codes(progress(12), last=last) == []
    assert codes(progress(11), last=last) == ["R142"]


def test_a_share_may_fall_and_places_are_not_mixed() -> None:
    large = {"commitment": "C03.5"}
    last = facts(progress(12, measured_on=date(2025, 3, 1)),
                 progress(9, **large, measured_on=date(2025, 3, 1)), year=YEAR - 1)  # fmt: skip
    assert codes(progress(3, **large), progress(3, place="410100"), last=last) == []


def test_progress_of_a_later_day_last_year_is_not_before() -> None:
    last = facts(progress(12, measured_on=date(2026, 1, 1)), year=YEAR - 1)
    assert codes(progress(11, measured_on=date(2025, 12, 31)), last=last) == []


def test_a_recovery_is_promised_for_later() -> None:
    assert codes(progress(recovery_date=date(2026, 12, 31))) == []
    assert codes(progress(recovery_date=date(2025, 12, 30))) == ["R143"]


def test_a_row_that_must_say_something_and_says_nothing_is_named() -> None:
    empty = row("evidence", indicator="GV1", scope=COUNTY, file_name="甲.pdf", sha256=HASH)
    assert set(codes(empty)) == {"S51"}
