"""The county's round: all states, reminders, return and pass, two officers at once, filing for a school."""

import re
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from filings.county_desk import CODES, PRIMARY, Desk, send, text_of
from return_cases import YEAR

from junheng.registry import Snapshot
from junheng.web.actions import filings
from junheng.web.actions.recording import OutpacedError
from junheng.web.models import Case, Event, Run

pytestmark = pytest.mark.slow

ON = date(2026, 11, 20)


def hand_in_all(desk: Desk, books: dict[str, Path], codes: list[str]) -> None:
    """The county office hands in the workbooks of these schools (with "" its own) and submits them."""
    by = desk.people["王"]
    for code in codes:
        case = desk.case(code)
        filings.hand_in(
            case, [books[code].read_bytes()], name=f"{code}.xlsx", by=by, seen=case.version, on=ON
        )
        filings.take(case, "submit", by=by, seen=case.version, on=ON)


def act(client: Any, case: Case, move: str, **fields: Any) -> Any:
    sent = {"seen": case.version, **fields}
    return client.post(f"/filings/{case.pk}/move/{move}/", sent, follow=True)


def test_the_county_sees_every_school_with_its_state_and_counts(
    desk: Desk, books: dict[str, Path]
) -> None:
    hand_in_all(desk, books, CODES[:2])
    page = desk.client("王").get("/filings/")
    text = text_of(page)
    assert f"全部 {len(CODES)}" in text
    assert "已提交 2" in text
    assert f"待填报 {len(CODES) - 2}" in text
    for school in desk.schools.values():
        assert school.name in text
    only = text_of(desk.client("王").get("/filings/?state=submitted"))
    assert desk.schools[CODES[0]].name in only
    assert desk.schools[CODES[5]].name not in only
    csv = desk.client("王").get("/filings/?as=csv").content.decode("utf-8-sig")
    assert len(csv.splitlines()) == len(CODES) + 1


def test_filing_for_a_school_says_so_everywhere(desk: Desk, books: dict[str, Path]) -> None:
    case = desk.case()
    client = desk.client("王")
    send(client, case, books[PRIMARY])
    case.refresh_from_db()
    act(client, case, "submit")
    assert "代填 示例县" in text_of(desk.client("张").get(f"/filings/{case.pk}/"))
    assert "（示例县代填）" in text_of(client.get("/filings/"))
    event = Event.objects.about(case).get(verb="提交")
    assert (event.office_name, event.role) == ("示例县", "county_officer")


def test_one_record_is_returned_with_a_reason_and_no_other_is_touched(
    desk: Desk, books: dict[str, Path]
) -> None:
    hand_in_all(desk, books, [PRIMARY, CODES[1]])
    client, case = desk.client("王"), desk.case()
    assert "必须写明原因" in text_of(act(client, case, "return"))
    assert desk.case().state == "submitted"
    act(client, case, "return", reason="教师数与编制台账不符")
    assert desk.case().state == "returned"
    assert desk.case(CODES[1]).state == "submitted"
    page = text_of(desk.client("张").get(f"/filings/{case.pk}/"))
    assert "退回： 教师数与编制台账不符（示例县 王某" in page
    assert "改正期限" in page
    again = desk.case()
    send(desk.client("张"), again, books[PRIMARY])
    again.refresh_from_db()
    assert again.state == "returned", "until it is submitted again"
    act(desk.client("张"), again, "submit")
    assert desk.case().state == "submitted"


def test_passing_in_bulk_passes_what_is_chosen_and_tells_of_what_somebody_else_changed(
    desk: Desk, books: dict[str, Path]
) -> None:
    hand_in_all(desk, books, CODES[:3])
    client = desk.client("王")
    url = f"/filings/county/{desk.county.pk}/pass/"
    page = client.get(url).content.decode()
    chosen = re.findall(r'name="case" value="(\d+)"', page)
    assert len(chosen) == 3
    seen = dict(re.findall(r'name="(seen-\d+)" value="(\d+)"', page))
    act(desk.client("王二"), desk.case(CODES[0]), "return", reason="先退回")
    filings.take(
        desk.case(CODES[0]), "submit", by=desk.people["王"], seen=desk.case(CODES[0]).version, on=ON
    )
    page = client.post(url, {"case": chosen, "once": "x", **seen}, follow=True)
    assert "已通过 2 件" in text_of(page)
    assert "刚刚被别人改动过" in text_of(page)
    assert [desk.case(c).state for c in CODES[:3]] == ["submitted", "passed", "passed"]
    again = client.post(url, {"case": chosen, "once": "x", **seen}, follow=True)
    assert "已通过 0 件" in text_of(again)


def test_two_officers_on_one_case_one_wins_and_the_other_is_told(
    desk: Desk, books: dict[str, Path]
) -> None:
    hand_in_all(desk, books, [PRIMARY])
    shown = desk.case()
    act(desk.client("王"), shown, "pass")
    late = act(desk.client("王二"), shown, "return", reason="数不对")
    assert "刚刚被别人改动过" in text_of(late)
    assert desk.case().state == "passed"
    with pytest.raises(OutpacedError):
        filings.take(
            shown, "return", by=desk.people["王二"], seen=shown.version, on=ON, reason="数不对"
        )


def test_the_late_are_reminded_once_a_day_and_see_it(desk: Desk) -> None:
    case = desk.case()
    Case.objects.filter(pk=case.pk).update(due=date(2026, 9, 30))
    client = desk.client("王")
    assert "逾期 1" in text_of(client.get("/filings/"))
    page = client.get(f"/filings/county/{desk.county.pk}/remind/").content.decode()
    chosen = re.findall(r'value="(\d+)" checked', page)
    assert chosen == [str(case.pk)]
    url, sent = f"/filings/county/{desk.county.pk}/remind/", {"case": chosen, "words": "请尽快"}
    assert "已催报 1 件" in text_of(client.post(url, sent, follow=True))
    assert "已催报 0 件" in text_of(client.post(url, sent, follow=True))
    assert "催报： 示例县" in text_of(desk.client("张").get(f"/filings/{case.pk}/"))
    assert Event.objects.about(case).filter(verb="催报", reason="请尽快").count() == 1


def test_the_county_sheet_is_filled_and_passed_by_the_city(
    desk: Desk, books: dict[str, Path]
) -> None:
    case = desk.case("")
    page = send(desk.client("王"), case, books[""])
    assert "校验没有问题" in text_of(page), text_of(page)[:1500]
    case.refresh_from_db()
    act(desk.client("王"), case, "submit")
    case.refresh_from_db()
    assert case.state == "submitted"
    assert desk.client("王").get(f"/filings/{case.pk}/move/pass/").status_code == 403
    act(desk.client("李"), case, "pass")
    assert desk.case("").state == "passed"


def test_the_preview_counts_what_was_handed_in_and_says_what_is_missing(
    desk: Desk, books: dict[str, Path]
) -> None:
    url = f"/filings/county/{desk.county.pk}/preview/"
    client = desk.client("王")
    page = text_of(client.get(url))
    assert f"已交 0 所，共 {len(CODES)} 所" in page
    hand_in_all(desk, books, ["", *CODES])
    page = text_of(client.get(url))
    assert f"已交 {len(CODES)} 所，共 {len(CODES)} 所" in page
    assert "资源配置" in page
    assert "合并校验没有问题" in text_of(client.get(f"{url}?check=1"))


def test_a_year_is_sealed_and_one_record_reopened_with_a_reason(
    desk: Desk, books: dict[str, Path], data: Path
) -> None:
    hand_in_all(desk, books, ["", *CODES])
    for code in ["", *CODES]:
        case = desk.case(code)
        by = desk.people["李" if not code else "王"]
        filings.take(case, "pass", by=by, seen=case.version, on=ON)
    city = desk.client("李")
    assert f"可以封存 {len(CODES) + 1} 件" in text_of(city.get(f"/filings/seal/?year={YEAR}"))
    city.post(f"/filings/seal/?year={YEAR}")
    run = Run.objects.get(kind="seal")
    assert run.settings["year"] == YEAR
    snapshot = filings.seal_round(desk.city, year=YEAR, by=desk.people["李"], on=ON)
    assert Snapshot.open(snapshot.path).facts.fingerprint == snapshot.facts.fingerprint
    assert len(snapshot.facts["schools"]) == len(CODES)
    assert {desk.case(c).state for c in ["", *CODES]} == {"sealed"}
    assert desk.case().data["seal"] == snapshot.path.name
    refused = send(desk.client("张"), desk.case(), books[PRIMARY], once="z", seen="1", began="1")
    assert "已经封存。确需更正请市级重开" in text_of(refused)
    act(city, desk.case(), "reopen", reason="学生数更正")
    assert desk.case().state == "reopened"
    assert desk.case(CODES[1]).state == "sealed"


def test_a_seal_over_a_fault_is_refused_and_nothing_moves(
    desk: Desk, books: dict[str, Path]
) -> None:
    """The register of the county sheet does not know a school that was handed in."""
    hand_in_all(desk, books, [PRIMARY])
    case = desk.case()
    filings.take(case, "pass", by=desk.people["王"], seen=case.version, on=ON)
    with pytest.raises(Exception, match="合并校验还有"):
        filings.seal_round(desk.city, year=YEAR, by=desk.people["李"], on=ON)
    assert desk.case().state == "passed"


def test_the_city_sees_counties_and_opens_rounds(desk: Desk, books: dict[str, Path]) -> None:
    hand_in_all(desk, books, [PRIMARY])
    page = text_of(desk.client("李").get("/filings/"))
    assert re.search(rf"示例县 待填报 {len(CODES) - 1} 1 {len(CODES)}", page), page
    again = desk.client("李").post(
        "/filings/open/", {"year": YEAR, "due": "2099-10-01"}, follow=True
    )
    assert "已为 0 个单位开启" in text_of(again)
    for sent, told in (
        ({"year": "abc"}, "学年“abc”不对"),
        ({"year": YEAR, "due": "明天"}, "读不出来"),
        ({"year": YEAR, "due": "2020-01-01"}, "已经过了"),
    ):
        refused = desk.client("李").post("/filings/open/", sent)
        assert refused.status_code == 409
        assert told in text_of(refused)


@pytest.mark.parametrize("who", ["张", "王", "李"])
def test_a_page_asks_the_database_little_however_many_schools_there_are(
    desk: Desk, books: dict[str, Path], django_assert_max_num_queries: Any, who: str
) -> None:
    hand_in_all(desk, books, ["", *CODES])
    client, case, county = desk.client(who), desk.case(), desk.county.pk
    paths = ["/filings/", f"/filings/{case.pk}/", f"/filings/{case.pk}/card/", "/filings/effort/"]
    if who != "张":
        paths += [
            f"/filings/county/{county}/{tail}" for tail in ("", "pass/", "remind/", "preview/")
        ]
    for path in paths:
        if who == "李" and "pass" in path:
            continue
        client.get(path)  # what is kept in memory is kept now
        with django_assert_max_num_queries(12):
            assert client.get(path, follow=True).status_code == 200, path


def test_the_last_day_is_moved_for_who_has_not_handed_in_with_a_reason(
    desk: Desk, books: dict[str, Path]
) -> None:
    hand_in_all(desk, books, [PRIMARY])
    before = desk.case().due
    client, url = desk.client("李"), "/filings/open/"
    sent = {"move": "1", "year": YEAR, "due": "2100-01-15"}
    assert "没有写改期的理由" in text_of(client.post(url, sent))
    assert "没有写新的截止日期" in text_of(client.post(url, {**sent, "due": "", "reason": "雨"}))
    page = client.post(url, {**sent, "reason": "全市停课"}, follow=True)
    waiting = Case.objects.filter(register="filings", state="due").count()
    assert waiting >= len(CODES)
    assert f"已把 {waiting} 件的填报期限改为 2100-01-15" in text_of(page)
    assert desk.case(CODES[3]).due == date(2100, 1, 15)
    assert desk.case().due == before, "what was handed in is not filing any more"
    case = desk.case(CODES[3])
    filings.hand_in(
        case, [books[CODES[3]].read_bytes()], name="a.xlsx", by=desk.people["王"],
        seen=case.version, on=ON,
    )  # fmt: skip
    assert desk.case(CODES[3]).due == date(2100, 1, 15), "the draft keeps the new day"
