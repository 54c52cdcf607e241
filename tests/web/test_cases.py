"""Cases: two officers at once, a form sent twice, and what is recorded of a change."""

import pytest
from desk_cast import Cast

from junheng.web.actions import cases
from junheng.web.actions.recording import OutpacedError, RepeatedError
from junheng.web.chain import faults_of
from junheng.web.models import Case, Event
from junheng.web.roles import Role


@pytest.fixture
def case(cast: Cast) -> Case:
    school = cast.schools[0]
    return cases.open_case(
        register="filings", subject=school, office=school, year=2026, state="待填报",
        by=cast.people[Role.COUNTY_OFFICER, "own"], data={"a": 1, "b": 2},
    )  # fmt: skip


def test_a_case_is_opened_once(case: Case, cast: Cast) -> None:
    again = cases.open_case(
        register="filings", subject=case.subject, office=case.office, year=2026, state="x", by=None
    )
    assert again.pk == case.pk
    assert Event.objects.about(case).count() == 1


def test_of_two_who_act_on_one_case_the_second_is_told(case: Case, cast: Cast) -> None:
    first, second = Case.objects.get(pk=case.pk), Case.objects.get(pk=case.pk)
    officer = cast.people[Role.COUNTY_OFFICER, "own"]
    cases.change_case(first, "通过", by=officer, seen=first.version, state="已通过")
    with pytest.raises(OutpacedError, match="刚刚被别人改动过"):
        cases.change_case(second, "退回", by=officer, seen=second.version, state="已退回")
    case.refresh_from_db()
    assert case.state == "已通过"
    assert [e.verb for e in Event.objects.about(case)] == ["建立", "通过"]


def test_a_form_that_comes_twice_acts_once(case: Case, cast: Cast) -> None:
    clerk = cast.people[Role.SCHOOL_CLERK, "own"]
    seen = case.version
    cases.change_case(case, "提交", by=clerk, seen=seen, state="已提交", once="f1")
    with pytest.raises(RepeatedError, match="已经收到过"):
        cases.change_case(case, "提交", by=clerk, seen=seen, state="已提交", once="f1")
    assert Case.objects.get(pk=case.pk).version == 2


def test_an_event_holds_what_changed_and_no_more(case: Case, cast: Cast) -> None:
    clerk = cast.people[Role.SCHOOL_CLERK, "own"]
    event = cases.change_case(
        case, "改", by=clerk, seen=1, data={"a": 1, "b": 3}, reason="笔误", source="x.xlsx"
    )
    assert event.old == {"data": {"b": 2}}
    assert event.new == {"data": {"b": 3}}
    assert (event.by, event.role, event.office) == (
        clerk.username,
        "school_clerk",
        clerk.office.code,
    )
    assert (event.reason, event.source) == ("笔误", "x.xlsx")


def test_cases_opened_together_are_each_on_record_and_opened_once(cast: Cast, case: Case) -> None:
    told = {"register": "filings", "year": 2026, "state": "due", "by": None}
    assert cases.open_cases(cast.schools, **told) == 3
    assert cases.open_cases(cast.schools, **told) == 0
    for school in cast.schools:
        row = Case.objects.get(register="filings", subject=school)
        assert [e.verb for e in Event.objects.about(row)] == ["建立"]
    case.refresh_from_db()
    assert case.state == "待填报", "what was there stays as it was"
    assert list(faults_of()) == []
