"""Remedies: from a failing line of a sealed assessment to the strike, with everything on record."""

import re
from datetime import date
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from filings.county_desk import PRIMARY, Desk, text_of
from return_cases import YEAR

from junheng.web.actions import remedies
from junheng.web.models import Attachment, Case, Event

pytestmark = pytest.mark.slow

ON = date(2026, 11, 20)
PDF = b"%PDF-1.7 proof"


def taken_in(desk: Desk) -> list[Case]:
    """All failing lines of last year, taken into the register by the county."""
    page = desk.client("王").post(
        "/remedies/new/", {"county": "410199", "year": YEAR - 1}, follow=True
    )
    assert re.search(r"已列入 \d+ 项", text_of(page))
    return list(
        Case.objects.filter(register="remedies").select_related("subject__parent", "office")
    )


def of_school(desk: Desk) -> Case:
    """A remedy of the first primary school."""
    return next(c for c in taken_in(desk) if c.subject.code == PRIMARY)


def fresh(case: Case) -> Case:
    return Case.objects.select_related("subject__parent", "office").get(pk=case.pk)


def act(client: Any, case: Case, move: str, **fields: Any) -> Any:
    sent = {"seen": fresh(case).version, **fields}
    return client.post(f"/remedies/{case.pk}/move/{move}/", sent, follow=True)


TOLD = {
    "owner": "示例县第一小学",
    "owner_person": "张某 校长",
    "promised_on": "2099-08-31",
    "measure": "扩建运动场",
}


def assigned(desk: Desk) -> Case:
    case = of_school(desk)
    act(desk.client("王"), case, "assign", office=case.subject_id, **TOLD)
    return fresh(case)


def test_every_failing_line_of_the_assessment_is_one_case_and_only_once(desk: Desk) -> None:
    _, lines = remedies.failing(desk.county, YEAR - 1, on=ON)
    assert lines
    cases = taken_in(desk)
    assert len(cases) == len({(x.school_code, x.code, x.what) for x in lines}) == len(lines)
    assert {c.state for c in cases} == {"found"}
    again = desk.client("王").post(
        "/remedies/new/", {"county": "410199", "year": YEAR - 1}, follow=True
    )
    assert f"已列入 0 项；原来已在台账里的 {len(cases)} 项" in text_of(again)
    held = cases[0].data["values"]
    assert held["line_code"]
    assert held["found_value"]


def test_what_is_not_sealed_cannot_be_taken_in_and_says_why(desk: Desk) -> None:
    page = desk.client("王").post("/remedies/new/", {"county": "410199", "year": YEAR})
    assert page.status_code == 409
    assert "2026年的数据还没有封存" in text_of(page)
    assert (
        desk.client("赵").post("/remedies/new/", {"county": "410199", "year": YEAR - 1}).status_code
        == 404
    )


def test_assigning_wants_an_owner_a_day_and_a_measure_all_at_once(desk: Desk) -> None:
    case = of_school(desk)
    page = act(desk.client("王"), case, "assign", owner="", promised_on="明年", measure="")
    assert page.status_code == 409
    text = text_of(page)
    for told in ("读不出日期", "“交办”之前必须填写"):
        assert told in text
    assert 'value="明年"' in page.content.decode(), "what was typed stays"
    assert fresh(case).state == "found"
    act(desk.client("王"), case, "assign", office=case.subject_id, **TOLD)
    now = fresh(case)
    assert (now.state, now.due, now.office_id) == ("working", date(2099, 8, 31), now.subject_id)


def test_the_school_reports_with_proof_and_the_county_strikes_off_after_a_visit(desk: Desk) -> None:
    case = assigned(desk)
    clerk, county = desk.client("张"), desk.client("王")
    page = act(clerk, case, "report", done_note="已建成")
    assert "至少 1 份" in text_of(page)
    assert not Attachment.objects.filter(case=case).exists()
    act(clerk, case, "report", done_note="已建成", file=SimpleUploadedFile("竣工.pdf", PDF))
    assert fresh(case).state == "reported"
    strike = act(county, case, "strike", recheck_note="看了数据")
    assert "还没有比发现时更新的封存" in text_of(strike)
    assert fresh(case).state == "reported"
    act(county, case, "accept", recheck_note="现场测量合格", reason="竣工图与现场一致")
    now = fresh(case)
    assert now.state == "struck"
    verbs = list(
        Event.objects.about(now).filter(source__isnull=False).values_list("verb", flat=True)
    )
    assert [v for v in verbs if v in ("列入整改", "交办", "报结", "现场复查销号")] == [
        "列入整改", "交办", "报结", "现场复查销号",
    ]  # fmt: skip
    paper = Attachment.objects.get(case=now)
    assert clerk.get(f"/remedies/{now.pk}/files/{paper.pk}/").content == PDF
    assert Event.objects.about(now).filter(verb="查看：整改材料").count() == 1


def test_a_failed_re_check_sends_it_back_with_a_reason(desk: Desk) -> None:
    case = assigned(desk)
    act(desk.client("张"), case, "report", done_note="好了", file=SimpleUploadedFile("a.pdf", PDF))
    assert "必须写明原因" in text_of(act(desk.client("王"), case, "refuse"))
    act(desk.client("王"), case, "refuse", reason="面积不足")
    now = fresh(case)
    assert (now.state, now.due) == ("working", date(2099, 8, 31))


def test_postponing_wants_a_reason_and_keeps_the_old_day_on_record(desk: Desk) -> None:
    case = assigned(desk)
    act(desk.client("王"), case, "postpone", promised_on="2100-08-31", reason="招标延期")
    now = fresh(case)
    assert now.due == date(2100, 8, 31)
    event = Event.objects.about(now).get(verb="改期限")
    assert event.old["due"] == "2099-08-31"
    assert event.reason == "招标延期"


def test_two_officers_at_once_one_wins(desk: Desk) -> None:
    case = of_school(desk)
    seen = case.version
    act(desk.client("王"), case, "assign", office=case.subject_id, **TOLD)
    late = desk.client("王二").post(
        f"/remedies/{case.pk}/move/assign/", {**TOLD, "office": case.subject_id, "seen": seen}
    )
    assert late.status_code == 409
    assert "现在是“整改中”" in text_of(late)


def test_a_school_acts_on_its_own_remedies_and_on_no_others(desk: Desk) -> None:
    cases = taken_in(desk)
    other = next(c for c in cases if c.subject.code not in (PRIMARY, "410199"))
    assert desk.client("张").get(f"/remedies/{other.pk}/").status_code == 404
    own = next(c for c in cases if c.subject.code == PRIMARY)
    page = desk.client("张").post(f"/remedies/{own.pk}/move/assign/", TOLD)
    assert page.status_code == 403
    assert desk.client("赵").get(f"/remedies/{own.pk}/").status_code == 404


def test_the_person_in_charge_is_seen_by_who_assigns_and_never_in_public(desk: Desk) -> None:
    case = assigned(desk)
    readings = Event.objects.about(case).filter(verb="查看：整改责任人")
    before = readings.count()
    assert "张某 校长" in text_of(desk.client("王").get(f"/remedies/{case.pk}/"))
    assert readings.count() == before + 1
    assert "张某 校长" not in text_of(desk.client("张").get(f"/remedies/{case.pk}/"))
    act(desk.client("张"), case, "report", done_note="好了", file=SimpleUploadedFile("a.pdf", PDF))
    act(desk.client("王"), case, "accept", recheck_note="合格", reason="现场")
    page = desk.client("王").get("/remedies/public/")
    assert "扩建运动场" in text_of(page)
    assert "张某 校长" not in page.content.decode()
    csv = desk.client("王").get("/remedies/public/?as=csv").getvalue().decode("utf-8-sig")
    assert "扩建运动场" in csv
    assert "张某 校长" not in csv


def test_the_overdue_stand_first(desk: Desk) -> None:
    cases = taken_in(desk)
    last = cases[-1]
    Case.objects.filter(pk=last.pk).update(state="working", due=date(2026, 1, 5))
    page = desk.client("王").get("/remedies/").content.decode()
    assert page.index(f"/remedies/{last.pk}/") < page.index(f"/remedies/{cases[0].pk}/")
    assert "逾期 1" in re.sub("<[^>]+>", "", page)


def test_what_was_struck_off_and_fails_again_is_named(desk: Desk) -> None:
    case = assigned(desk)
    Case.objects.filter(pk=case.pk).update(state="struck")
    page = desk.client("王").post(
        "/remedies/new/", {"county": "410199", "year": YEAR - 1}, follow=True
    )
    assert f"“{case.subject.name}”{case.key}已销号，这次评估又没有达到" in text_of(page)
    act(desk.client("李"), case, "renew", reason="又没有达到")
    assert fresh(case).state == "working"
