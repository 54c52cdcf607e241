"""The person in charge of a remedy stays private in the log of acts too."""

import pytest
from filings.county_desk import Desk, text_of
from remedies.test_remedies import TOLD, assigned

from junheng.web.models import Event

pytestmark = pytest.mark.slow


def readings() -> int:
    return Event.objects.filter(verb="查看：整改责任人").count()


def told_at(desk: Desk, person: str, event: Event) -> str:
    return text_of(desk.client(person).get(f"/events/{event.number}/"))


def test_the_log_withholds_the_person_from_who_does_not_assign(desk: Desk) -> None:
    case = assigned(desk)
    event = Event.objects.about(case).get(verb="交办")
    assert event.new["data"]["values"]["owner_person"] == TOLD["owner_person"], "the log is whole"
    before = readings()
    page = told_at(desk, "校长", event)
    assert TOLD["measure"] in page
    assert TOLD["owner_person"] not in page
    assert "不公开" in page
    assert readings() == before


@pytest.mark.parametrize("person", ["王", "李"])
def test_who_assigns_sees_the_person_in_the_log_on_record(desk: Desk, person: str) -> None:
    case = assigned(desk)
    event = Event.objects.about(case).get(verb="交办")
    before = readings()
    assert TOLD["owner_person"] in told_at(desk, person, event)
    assert readings() == before + 1
    assert Event.objects.about(case).last().by == desk.people[person].username


def test_an_event_without_a_person_is_read_without_a_record(desk: Desk) -> None:
    case = assigned(desk)
    opened = Event.objects.about(case).get(verb="列入整改")
    before = readings()
    assert "列入整改" in told_at(desk, "王", opened)
    assert readings() == before
