"""What of the filed evidence counts on a day, and what each other record lacks."""

from datetime import date, timedelta
from typing import Any

import pytest
from worked.whole_county import evidence

from junheng.registry import Facts
from junheng.registry.records import Records

ON = date(2026, 3, 31)
DAY = timedelta(days=1)


def records(*rows: dict[str, Any], **more: list[dict[str, Any]]) -> Records:
    return Records.of(Facts.from_rows({"evidence": list(rows), **more}, year=2025), ON)


def record(**changed: Any) -> dict[str, Any]:
    return evidence("X1", "A", title="派任文件", **changed)


FAULTS = {
    "审核退回：缺章": {"review": "return", "review_reason": "缺章"},
    "审核退回": {"review": "return"},
    "还没有审核": {"review": None},
    "没有文件校验值": {"sha256": None},
    "没有写明有效期起": {"valid_from": None},
    "自2026-04-01起才有效": {"valid_from": ON + DAY},
    "已于2026-03-30失效": {"valid_to": ON - DAY},
}


@pytest.mark.parametrize("fault", FAULTS)
def test_a_record_that_does_not_count_is_named_with_what_it_lacks(fault):
    found = records(record(**FAULTS[fault]))
    assert found.lacking(("X1",), "A") == (f"《派任文件》{fault}",)
    assert found.refusal("X1", "A", "派任文件、课程表") == f"《派任文件》{fault}"


@pytest.mark.parametrize(
    "changed", [{}, {"valid_from": ON}, {"valid_to": ON}, {"valid_to": None}, {"review_reason": "好"}]
)  # fmt: skip
def test_a_reviewed_record_counts_from_its_first_day_to_its_last(changed):
    found = records(record(**changed))
    assert found.lacking(("X1",), "A") is None
    assert found.refusal("X1", "A", "派任文件、课程表") is None


def test_one_record_that_counts_is_enough_else_all_are_named():
    poor = [record(review=None), evidence("X1", "A", file_name="2.pdf", title=None, sha256=None)]
    assert records(*poor, record(file_name="3.pdf")).refusal("X1", "A", "") is None
    assert (
        records(*poor).refusal("X1", "A", "") == "《2.pdf》没有文件校验值；《派任文件》还没有审核"
    )


def test_a_record_on_another_school_or_matter_is_none():
    found = records(evidence("X1", "B"), evidence("X2", "A"))
    assert found.lacking(("X1",), "A") == ()
    assert found.refusal("X1", "A", "派任文件、课程表") == "没有佐证材料（派任文件、课程表）"
    assert found.lacking(("X1", "X2"), "A") is None
    assert found.lacking((), "A") == ()


def test_results_and_statements_are_found_by_county_and_matter():
    result = {"county_code": "410199", "indicator": "QL9"}
    said = {"county_code": "410199", "item": "VT1", "signed_by": "示例县人民政府"}
    found = records(
        official_results=[result | {"item": "语文"}, result | {"item": "数学"}], statements=[said]
    )
    assert found.on == ON
    assert found.evidence == {}
    assert {r["item"] for r in found.results["410199", "QL9"]} == {"语文", "数学"}
    assert found.statements["410199", "VT1"]["signed_by"] == "示例县人民政府"
