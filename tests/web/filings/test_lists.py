"""The lists of a return on the page: rows added, changed and removed; nothing half understood is kept."""

import re
from pathlib import Path
from typing import Any

import pytest
from desk_browser import DESKTOP, PHONE, opened
from django.test import Client
from filings.county_desk import CODES, FACTS, PRIMARY, Desk, make_desk, send, text_of

from junheng.casework.returns.listed import LONGEST, lists_of
from junheng.registry import Facts
from junheng.web.actions import filings
from junheng.web.models import Event

pytestmark = [pytest.mark.slow, pytest.mark.django_db]


WITH_CLASSES = next(code for code in CODES if len(FACTS["classes"].filter(school_code=code)) == 10)
"""A primary school that fills the list of its classes."""


def address(desk: Desk, table: str = "classes", code: str = WITH_CLASSES) -> str:
    return f"/filings/{desk.case(code).pk}/lists/{table}/"


def shown(client: Client, path: str) -> dict[str, str]:
    """Every field of the page with what stands in it, as a browser would send it."""
    page = client.get(path).content.decode()
    fields = dict(re.findall(r'<input name="(\d+\.\w+)"[^>]*? value="([^"]*)"', page))
    for name, options in re.findall(
        r'<select name="(\d+\.\w+)".*?>(.*?)</select>', page, re.DOTALL
    ):
        fields[name] = next(iter(re.findall(r"<option selected>([^<]*)", options)), "")
    hidden = dict(re.findall(r'type="hidden" name="(once|seen|began)" value="([^"]+)"', page))
    return {**fields, **hidden}


def rows(desk: Desk, table: str = "classes") -> list[dict[str, Any]]:
    held = filings.return_of(desk.case(WITH_CLASSES))
    return [dict(row) for row in held.rows.get(table, ())] if held else []


def test_what_was_uploaded_stands_on_the_page_and_saving_it_changes_nothing(
    desk: Desk, books: dict[str, Path]
) -> None:
    client = desk.client("王")
    send(client, desk.case(WITH_CLASSES), books[WITH_CLASSES])
    for table in lists_of(filings.owner_of(desk.case(WITH_CLASSES))):
        before = rows(desk, table)
        answer = client.post(address(desk, table), shown(client, address(desk, table)))
        assert answer.status_code == 302, text_of(answer)
        assert rows(desk, table) == before
    assert rows(desk), "there are classes"


def test_a_row_is_changed_one_is_added_and_one_removed(desk: Desk, books: dict[str, Path]) -> None:
    client, path = desk.client("王"), address(desk)
    send(client, desk.case(WITH_CLASSES), books[WITH_CLASSES])
    before = rows(desk)
    fields = shown(client, path)
    new = len(before)
    fields |= {"0.pupils": "41", "1.!": "on", f"{new}.grade": "1", f"{new}.class_no": "99", f"{new}.stage": "小学", f"{new}.pupils": "30"}  # fmt: skip
    assert client.post(path, fields).status_code == 302
    after = rows(desk)
    assert len(after) == len(before)
    assert [r["pupils"] for r in after if r["class_no"] == "99"] == [30]
    first, second = before[0], before[1]
    kept = {(r["grade"], r["class_no"]): r["pupils"] for r in after}
    assert kept[first["grade"], first["class_no"]] == 41
    assert (second["grade"], second["class_no"]) not in kept
    assert {r["school_code"] for r in after} == {WITH_CLASSES}
    assert Event.objects.about(desk.case(WITH_CLASSES)).filter(verb="保存草稿").count() == 2
    assert desk.case(WITH_CLASSES).data["file"]["way"] == "页面填写"


def test_what_is_wrong_is_told_at_its_cell_and_nothing_is_saved(
    desk: Desk, books: dict[str, Path]
) -> None:
    client, path = desk.client("王"), address(desk)
    send(client, desk.case(WITH_CLASSES), books[WITH_CLASSES])
    before, version = rows(desk), desk.case(WITH_CLASSES).version
    fields = shown(client, path)
    new = len(before)
    fields |= {"0.pupils": "四十", f"{new}.pupils": "30", f"{new + 1}.grade": fields["0.grade"], f"{new + 1}.class_no": fields["0.class_no"]}  # fmt: skip
    answer = client.post(path, fields)
    assert answer.status_code == 409
    page = answer.content.decode()
    for told in (
        "没有保存",
        "没有填“年级”",
        "没有填“班号”",
        "与第 1 行的学校代码（标识码）、年级、班号相同",
    ):
        assert told in page
    assert 'value="四十"' in page
    assert 'id="err-0.pupils"' in page
    assert rows(desk) == before
    assert desk.case(WITH_CLASSES).version == version


def test_more_rows_are_given_without_saving_and_the_form_is_still_the_same(desk: Desk) -> None:
    client, path = desk.client("王"), address(desk)
    fields = {**shown(client, path), "0.class_no": "3", "more": ""}
    page = client.post(path, fields).content.decode()
    assert 'value="3"' in page
    assert f'name="once" value="{fields["once"]}"' in page
    assert rows(desk) == []
    assert desk.case(WITH_CLASSES).state == "due"


def test_a_list_is_saved_once_and_never_over_what_somebody_else_saved(
    desk: Desk, books: dict[str, Path]
) -> None:
    client, path = desk.client("王"), address(desk)
    fields = {
        **shown(client, path),
        "0.grade": "1",
        "0.class_no": "1",
        "0.stage": "小学",
        "0.pupils": "30",
    }
    assert client.post(path, fields).status_code == 302
    again = client.post(path, fields)
    assert again.status_code == 409
    assert "已经收到过" in text_of(again)
    stale = client.post(path, {**fields, "once": "another", "0.pupils": "31"})
    assert stale.status_code == 409
    assert "刚刚被别人改动过" in text_of(stale)
    assert 'value="31"' in stale.content.decode()
    assert [r["pupils"] for r in rows(desk)] == [30]


def test_a_school_has_its_lists_the_county_its_own_and_no_list_stands_nowhere(desk: Desk) -> None:
    school, county = desk.client("张"), desk.client("王")
    case, sheet = desk.case(), desk.case("")
    for table, theirs, ours in (("classes", 200, 404), ("register", 404, 200), ("evidence", 404, 404), ("schools", 404, 404), ("nothing", 404, 404)):  # fmt: skip
        assert school.get(f"/filings/{case.pk}/lists/{table}/").status_code == theirs
        assert county.get(f"/filings/{sheet.pk}/lists/{table}/").status_code == ours
    page = school.get(f"/filings/{case.pk}/form/").content.decode()
    assert f"/filings/{case.pk}/lists/rooms/" in page


def test_the_county_adds_a_school_to_its_register(desk: Desk) -> None:
    client = desk.client("王")
    path = address(desk, "register", "")
    fields = shown(client, path)
    before = len({name.split(".")[0] for name, text in fields.items() if text and "." in name})
    fields |= {f"{before}.school_code": "2141999999", f"{before}.school_name": "新建小学", f"{before}.location_unit": desk.county.code}  # fmt: skip
    answer = client.post(path, fields)
    assert answer.status_code == 302, text_of(answer)
    held = filings.return_of(desk.case(""))
    assert held is not None
    assert "新建小学" in [row["school_name"] for row in held.rows["register"]]
    assert isinstance(
        Facts.from_rows({"register": [dict(r) for r in held.rows["register"]]}, year=2026), Facts
    )


def test_a_list_too_long_for_the_page_goes_by_workbook(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, books: dict[str, Path]
) -> None:
    client = desk.client("王")
    send(client, desk.case(WITH_CLASSES), books[WITH_CLASSES])
    monkeypatch.setattr("junheng.web.views.filings.lists.LONGEST", 2)
    answer = client.get(address(desk))
    assert answer.status_code == 409
    assert "页面上最多改 2 行" in text_of(answer)
    assert LONGEST > 100


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_a_list_in_a_browser(live_server: Any) -> None:
    desk = make_desk()
    with opened(live_server.url) as page:
        page.sign_in(desk.client("张"))
        for table in ("classes", "rooms", "campuses", "corrections"):
            for width in (DESKTOP, PHONE):
                page.open(address(desk, table, PRIMARY), width)
        page.open(address(desk, code=PRIMARY))
        page.find("[name='0.grade']").send_keys("1")
        page.find("[name='0.class_no']").send_keys("一")
        page.find("[name='0.pupils']").send_keys("很多")
        page.click("保存并校验")
        page.driver.get_log("browser")  # the browser tells of the 409 itself
        page.look_over("the list with a fault")
        assert "没有保存" in page.text
        field = page.find("[name='0.pupils']")
        field.clear()
        field.send_keys("40")
        page.click("再加几行")
        page.click("保存并校验")
        assert "已保存" in page.text
        page.look_over("the list saved")
