"""What changes a case without a new version — another deadline, a reminder — outlasts a hand-in."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from filings.county_desk import PRIMARY, Desk
from return_cases import YEAR

from junheng.web.actions import filings
from junheng.web.actions.filings.papers import add_paper
from junheng.web.models import Case

ON, LATER = date(2026, 9, 10), date(2100, 1, 15)
PAPER = {
    "indicator": "QL3", "title": "章程", "document_no": "", "issuer": "示例县第一小学",
    "issued_on": "2026-01-05", "valid_from": "2026-01-05", "valid_to": "", "pages": "3",
}  # fmt: skip


def hand_in(desk: Desk, case: Case, book: bytes) -> None:
    filings.hand_in(
        case, [book], name="a.xlsx", by=desk.people["张"], seen=case.version, on=ON
    )  # fmt: skip


def type_in(desk: Desk, case: Case, _: bytes) -> None:
    filings.hand_in_page(
        case, {"schools.founding_year": "1999"}, by=desk.people["张"], seen=case.version, on=ON
    )


def add(desk: Desk, case: Case, _: bytes) -> None:
    add_paper(
        case, [b"%PDF-1.7 proof"], PAPER, name="a.pdf", by=desk.people["张"], seen=case.version
    )


@pytest.mark.parametrize("write", [hand_in, type_in, add])
def test_a_new_deadline_and_a_reminder_outlast_what_was_begun_before_them(
    desk: Desk, books: dict[str, Path], write: Callable[[Desk, Case, bytes], None]
) -> None:
    before = desk.case()
    filings.move_deadline(
        desk.city, year=YEAR, due=LATER, on=ON, by=desk.people["李"], reason="全市停课"
    )
    assert filings.remind([desk.case()], by=desk.people["王"], on=ON, words="请快") == 1
    write(desk, before, books[PRIMARY].read_bytes())
    now = desk.case()
    assert now.due == LATER
    assert now.data["first"] == {"file": LATER.isoformat()}
    assert [told["words"] for told in now.data["reminded"]] == ["请快"]
    assert (before.due, before.data) == (now.due, now.data), "who wrote holds what is kept"


def test_a_move_is_judged_by_the_deadline_as_it_is_now(desk: Desk, books: dict[str, Path]) -> None:
    """Late by the old day, in time by the new one: no reason is asked."""
    case = desk.case()
    hand_in(desk, case, books[PRIMARY].read_bytes())
    Case.objects.filter(pk=case.pk).update(due=date(2026, 9, 9))
    shown = desk.case()
    filings.move_deadline(
        desk.city, year=YEAR, due=LATER, on=ON, by=desk.people["李"], reason="全市停课"
    )
    filings.take(shown, "submit", by=desk.people["张"], seen=shown.version, on=ON)
    assert desk.case().state == "submitted"
