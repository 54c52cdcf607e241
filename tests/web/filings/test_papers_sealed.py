"""Papers that were uploaded are in the seal as rows that count, and each only once."""

from datetime import date
from pathlib import Path

import pytest
from filings.county_desk import CODES, FACTS, PRIMARY, Desk
from return_cases import YEAR
from test_county_review import hand_in_all

from junheng.web.actions import filings
from junheng.web.actions.filings.papers import add_paper

pytestmark = pytest.mark.slow

ON = date(2026, 11, 20)
TEXTS = {
    "title": "学校章程",
    "issuer": "县教育局",
    "issued_on": "2025-03-01",
    "valid_from": "2025-03-01",
}


def test_an_uploaded_paper_is_evidence_that_counts_in_the_seal_and_in_the_preview(
    desk: Desk, books: dict[str, Path]
) -> None:
    case = desk.case()
    add_paper(
        case, [b"%PDF-1.7 charter"], {**TEXTS, "indicator": "QL7"}, name="课程表.pdf",
        by=desk.people["张"], seen=case.version,
    )  # fmt: skip
    hand_in_all(desk, books, ["", *CODES])
    facts = filings.round_facts([desk.case(c) for c in ["", *CODES]], YEAR)
    row = facts["evidence"].filter(scope=PRIMARY, file_name="课程表.pdf")
    assert row["review"].to_list() == [None], "nobody has passed it yet"
    for code in ["", *CODES]:
        each = desk.case(code)
        by = desk.people["李" if not code else "王"]
        filings.take(each, "pass", by=by, seen=each.version, on=ON)
    snapshot = filings.seal_round(desk.city, year=YEAR, by=desk.people["李"], on=ON)
    (row,) = (
        snapshot.facts["evidence"]
        .filter(scope=PRIMARY, file_name="课程表.pdf")
        .iter_rows(named=True)
    )
    assert (row["indicator"], row["review"], row["uploaded_by_role"]) == ("QL7", "pass", "school")
    assert len(row["sha256"]) == 64
    assert row["valid_from"] == date(2025, 3, 1)


def test_a_paper_that_the_workbook_lists_too_is_one_row_with_what_both_say(
    desk: Desk, books: dict[str, Path]
) -> None:
    listed = FACTS["evidence"].filter(scope=PRIMARY).row(0, named=True)
    case = desk.case()
    add_paper(
        case, [b"%PDF-1.7 other"], {**TEXTS, "indicator": listed["indicator"]},
        name=listed["file_name"], by=desk.people["张"], seen=case.version,
    )  # fmt: skip
    hand_in_all(desk, books, [PRIMARY])
    filings.take(desk.case(), "pass", by=desk.people["王"], seen=desk.case().version, on=ON)
    (row,) = filings.collect([desk.case()], YEAR).papers
    assert row["title"] is None, "the workbook says it"
    assert row["file_name"] == listed["file_name"]
    report = filings.joined_report([desk.case()], year=YEAR, on=ON)
    assert not any(f.table == "evidence" and f.level == "必须改" for f in report.findings)
