"""Moves: who may, what is demanded, what is refused and in which words."""

from datetime import date
from typing import Any

import pytest

from junheng.casework import CaseFile, calendar, due_after, filled, move, moves_open_to, register
from junheng.casework.deadlines import Lateness, lateness
from junheng.errors import RefusedError

DAYS = calendar()
FILINGS, REMEDIES = register("filings"), register("remedies")
ON, DUE = date(2026, 9, 15), date(2026, 9, 22)


def filing(state: str, **more: Any) -> CaseFile:
    return CaseFile(FILINGS, more.pop("subject", "school"), state, **{"due": DUE, **more})


def names(case: CaseFile, role: str) -> list[str]:
    return [each.label for each in moves_open_to(case, role)]


def test_a_clerk_saves_and_submits_and_takes_back_but_never_passes() -> None:
    assert names(filing("due"), "school_clerk") == ["保存草稿"]
    assert names(filing("draft"), "school_clerk") == ["保存草稿", "提交"]
    assert names(filing("submitted"), "school_clerk") == ["撤回"]
    assert names(filing("passed"), "school_clerk") == []


def test_the_county_sheet_is_passed_by_the_city_not_by_the_county() -> None:
    sheet = filing("submitted", subject="county")
    assert names(sheet, "county_officer") == ["撤回"]
    assert names(sheet, "city_officer") == ["退回", "通过"]


def test_a_clean_filing_in_time_is_submitted_and_the_review_clock_starts() -> None:
    step = move(filing("draft", clean=True), "submit", by="school_clerk", on=ON, days=DAYS)
    assert step.taken
    assert step.state == "submitted"
    assert step.due.deadline is not None
    assert (step.due.deadline.name, step.due.on) == ("review", date(2026, 9, 29))


@pytest.mark.parametrize(("clean", "told"), [(None, "还没有交数据"), (False, "校验还有“必须改”")])
def test_what_is_not_clean_is_not_submitted_and_stays_where_it_was(clean: Any, told: str) -> None:
    step = move(filing("draft", clean=clean), "submit", by="school_clerk", on=ON, days=DAYS)
    assert not step.taken
    assert (step.state, step.due.on) == ("draft", DUE)
    assert [each.found for each in step.unmet] == [told]


def test_after_the_deadline_a_reason_is_asked_and_then_taken() -> None:
    late, case = date(2026, 9, 23), filing("draft", clean=True)
    (asked,) = move(case, "submit", by="school_clerk", on=late, days=DAYS).unmet
    assert asked.found == "期限是 2026-09-22，已经过了，没有写原因"
    assert move(case, "submit", by="school_clerk", on=late, days=DAYS, reason="停电").taken
    on_the_day = move(case, "submit", by="school_clerk", on=DUE, days=DAYS)
    assert on_the_day.taken, "the last day belongs to the term"


def test_returning_without_a_reason_is_not_done() -> None:
    step = move(filing("submitted"), "return", by="county_officer", on=ON, days=DAYS, reason="  ")
    assert [each.mend for each in step.unmet] == ["请写明原因"]
    step = move(filing("passed"), "return", by="county_officer", on=ON, days=DAYS, reason="数不对")
    assert step.state == "returned"


def test_a_reason_may_not_be_a_document() -> None:
    step = move(
        filing("submitted"), "return", by="county_officer", on=ON, days=DAYS, reason="长" * 501
    )
    assert "501 个字" in step.unmet[0].found


def test_everything_unmet_is_said_at_once() -> None:
    case = CaseFile(REMEDIES, "school", "found")
    step = move(case, "assign", by="county_officer", on=ON, days=DAYS)
    assert [each.column for each in step.unmet] == ["owner", "promised_on", "measure"]
    report = move(
        CaseFile(REMEDIES, "school", "working"), "report", by="school_clerk", on=ON, days=DAYS
    )
    assert [str(each.origin) for each in report.unmet] == [
        "整改台账 “报结”的整改情况",
        "整改台账 “报结”的附件",
    ]


def test_a_move_that_is_not_open_is_refused_with_what_is_open() -> None:
    with pytest.raises(RefusedError, match="处于“封存”，您不能“提交”。现在没有您可以做的动作"):
        move(filing("sealed"), "submit", by="school_clerk", on=ON, days=DAYS)
    with pytest.raises(RefusedError, match="您不能“通过”。现在可以：撤回"):
        move(filing("submitted"), "pass", by="school_clerk", on=ON, days=DAYS)


def test_a_draft_keeps_the_day_on_which_it_was_due() -> None:
    assert due_after(filing("due"), "draft", on=ON, days=DAYS).on == DUE


def test_what_is_taken_back_is_due_on_its_first_day_not_later() -> None:
    back = filing("submitted", due=date(2026, 9, 29), first={"file": DUE})
    step = move(back, "withdraw", by="school_clerk", on=ON, days=DAYS)
    assert (step.state, step.due.on) == ("draft", DUE)


def test_a_passed_filing_is_due_no_more() -> None:
    assert due_after(filing("submitted"), "passed", on=ON, days=DAYS).on is None


def test_a_term_beyond_the_known_calendar_is_left_open_and_says_why() -> None:
    opened = CaseFile(FILINGS, "school", "due")
    late = due_after(opened, "due", on=date(2026, 12, 25), days=DAYS, opened=True)
    assert late.on is None
    assert "2027年的放假调休安排没有登记" in late.unknown


def test_a_remedy_is_due_on_the_day_that_was_promised() -> None:
    told = {"owner": "县教育局", "promised_on": date(2027, 8, 31), "measure": "扩建"}
    step = move(
        CaseFile(REMEDIES, "school", "found", values=told), "assign", by="county_officer", on=ON,
        days=DAYS,
    )  # fmt: skip
    assert step.due.on == date(2027, 8, 31)


@pytest.mark.parametrize(
    ("on", "stands"),
    [
        (date(2026, 9, 10), Lateness.EARLY),
        (date(2026, 9, 18), Lateness.SOON),  # 19 off, 20 worked, 21, 22
        (date(2026, 9, 22), Lateness.SOON),
        (date(2026, 9, 23), Lateness.LATE),
    ],
)
def test_a_day_stands_against_a_deadline(on: date, stands: Lateness) -> None:
    clock = FILINGS.deadline_in("draft")
    assert lateness(DUE, clock, on=on, days=DAYS) is stands
    assert lateness(None, clock, on=on, days=DAYS) is Lateness.NONE


def test_what_is_typed_into_a_form_is_read_as_a_cell_is() -> None:
    texts = {"promised_on": "2027年8月31日", "cost_yuan": "１２.5", "owner": " 县教育局 "}
    values, found = filled(REMEDIES, texts, ["promised_on", "cost_yuan", "owner", "measure"])
    assert found == []
    assert values["promised_on"] == date(2027, 8, 31)
    assert str(values["cost_yuan"]) == "125000.00"
    assert (values["owner"], values["measure"]) == ("县教育局", None)


def test_every_text_that_does_not_fit_is_named_with_its_column() -> None:
    _, found = filled(
        REMEDIES, {"promised_on": "明年", "cost_yuan": "很多"}, ["promised_on", "cost_yuan"]
    )
    assert [each.column for each in found] == ["promised_on", "cost_yuan"]
    assert all(each.mend for each in found)
