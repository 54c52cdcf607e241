"""What goes wrong at a desk: a clear Chinese sentence, nothing lost, no half state."""

import json
import re
import zipfile
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from filings.county_desk import FACTS, PRIMARY, Desk, form_of, send, text_of
from return_cases import workbook

from junheng.web.actions import attachments, filings
from junheng.web.actions.filings import handing_in
from junheng.web.models import Attachment, Case, Event

pytestmark = pytest.mark.slow


def kept_files(data: Path) -> set[str]:
    return (
        {p.name for p in (data / "attachments").rglob("*") if p.is_file()}
        if (data / "attachments").is_dir()
        else set()
    )


def unchanged(case: Case) -> None:
    """The case is as it was opened."""
    now = Case.objects.get(pk=case.pk)
    assert (now.state, now.version, now.data) == (case.state, case.version, case.data)
    assert not Attachment.objects.filter(case=case).exists()


@pytest.mark.parametrize(
    ("content", "name", "told"),
    [
        (b"", "空.xlsx", "空文件"),
        (b"MZ\x90\x00 program", "表.xlsx", "认不出的类型"),
        (b"%PDF-1.7", "表.xlsx", "内容是PDF"),
        (b"<html><script>alert(1)</script>", "表.xlsx", "内容是网页"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "表.xls", "内容是旧版 Office"),
        (b"a,b\n1,2\n", "表.csv", "内容是CSV"),
    ],
)
def test_a_file_of_the_wrong_kind_is_refused_by_its_content(
    desk: Desk, data: Path, content: bytes, name: str, told: str
) -> None:
    client, case = desk.client("张"), desk.case()
    sent = {**form_of(client, case), "file": SimpleUploadedFile(name, content)}
    page = client.post(f"/filings/{case.pk}/upload/", sent, follow=True)
    assert told in text_of(page)
    unchanged(case)
    assert kept_files(data) == set()


def test_a_file_that_is_too_big_is_refused_and_nothing_is_left(
    desk: Desk, data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The same door as for 200 MB, with a smaller one: so much is not written in a test."""
    monkeypatch.setattr(attachments.keep, "__kwdefaults__", {"largest": 2 << 20})
    client, case = desk.client("张"), desk.case()
    sent = {
        **form_of(client, case),
        "file": SimpleUploadedFile("大.xlsx", b"PK\x03\x04" + bytes(3 << 20)),
    }
    page = client.post(f"/filings/{case.pk}/upload/", sent, follow=True)
    assert "“大.xlsx”超过 2 MB，没有接收" in text_of(page)
    unchanged(case)
    assert kept_files(data) == set()


def test_no_file_at_all_is_told(desk: Desk) -> None:
    client, case = desk.client("张"), desk.case()
    page = client.post(f"/filings/{case.pk}/upload/", form_of(client, case), follow=True)
    assert "没有选择文件" in text_of(page)
    unchanged(case)


def test_a_workbook_that_is_damaged_or_none_of_ours_is_kept_with_every_reason(
    desk: Desk, tmp_path: Path
) -> None:
    """A package that says it is a workbook and cannot be read: a draft with 必须改, no traceback."""
    with zipfile.ZipFile(tmp_path / "bad.xlsx", "w") as book:
        book.writestr("xl/workbook.xml", "<workbook")
        book.writestr("[Content_Types].xml", "<Types/>")
    client, case = desk.client("张"), desk.case()
    page = text_of(send(client, case, tmp_path / "bad.xlsx"))
    assert "必须改" in page
    case.refresh_from_db()
    assert (case.state, case.data["clean"]) == ("draft", False)
    assert client.get(f"/filings/{case.pk}/card/").status_code in (200, 409)
    assert client.get(f"/filings/{case.pk}/marked/").status_code in (200, 409)
    assert client.get(f"/filings/{case.pk}/form/").status_code == 200


def test_html_in_cells_is_text_wherever_it_is_shown(desk: Desk, tmp_path: Path) -> None:
    bad = "<script>alert(1)</script>"
    book = workbook(tmp_path / "x.xlsx", FACTS, PRIMARY, schools__school_name=bad)
    client, case = desk.client("张"), desk.case()
    send(client, case, book, name="<img src=x onerror=alert(1)>.xlsx")
    for tail in ("", "form/", "card/"):
        page = client.get(f"/filings/{case.pk}/{tail}").content.decode()
        assert bad not in page
        assert "<img src=x" not in page
    assert "&lt;script&gt;" in client.get(f"/filings/{case.pk}/form/").content.decode()


def test_a_double_click_hands_in_once(desk: Desk, books: dict[str, Path]) -> None:
    client, case = desk.client("张"), desk.case()
    fields = form_of(client, case)
    send(client, case, books[PRIMARY], **fields)
    page = send(client, case, books[PRIMARY], **fields)
    assert "已经收到过，没有再办理一遍" in text_of(page)
    assert Event.objects.about(case).filter(verb="保存草稿").count() == 1
    assert Attachment.objects.filter(case=case).count() == 1


def test_the_back_button_after_somebody_else_acted_is_told_and_loses_nothing(
    desk: Desk, books: dict[str, Path]
) -> None:
    """Two people of one school: who sends the older page is told; what was typed is shown again."""
    client, case = desk.client("张"), desk.case()
    old = case.version
    send(desk.client("王"), case, books[PRIMARY])
    typed = {"seats.enrolment_primary": "777", "seen": old, "once": "q"}
    page = client.post(f"/filings/{case.pk}/form/", typed)
    assert page.status_code == 409
    assert "刚刚被别人改动过" in text_of(page)
    assert 'value="777"' in page.content.decode()
    again = dict(re.findall(r'name="(seen)" value="(\d+)"', page.content.decode()))
    page = client.post(f"/filings/{case.pk}/form/", {**typed, **again, "once": "r"}, follow=True)
    assert "必须改" in text_of(page) or "已保存" in text_of(page)


def test_two_uploads_for_one_school_the_later_stands_and_both_are_on_record(
    desk: Desk, books: dict[str, Path], tmp_path: Path
) -> None:
    client, case = desk.client("张"), desk.case()
    send(client, case, books[PRIMARY], name="一.xlsx")
    other = workbook(tmp_path / "b.xlsx", FACTS, PRIMARY, seats__migrant_children_enrolled=7)
    case.refresh_from_db()
    send(client, case, other, name="二.xlsx")
    case.refresh_from_db()
    assert case.data["file"]["name"] == "二.xlsx"
    names = set(Attachment.objects.filter(case=case).values_list("name", flat=True))
    assert names == {"一.xlsx", "二.xlsx"}
    assert client.get(f"/filings/{case.pk}/workbook/").content == other.read_bytes()


def test_after_the_deadline_a_reason_is_asked_and_nothing_is_lost(
    desk: Desk, books: dict[str, Path]
) -> None:
    case = desk.case()
    Case.objects.filter(pk=case.pk).update(
        due=date(2026, 9, 30), data={"first": {"file": "2026-09-30"}}
    )
    client = desk.client("张")
    assert "已逾期" in text_of(client.get(f"/filings/{case.pk}/"))
    send(client, case, books[PRIMARY])
    case.refresh_from_db()
    page = client.post(f"/filings/{case.pk}/move/submit/", {"seen": case.version})
    assert page.status_code == 409
    assert "期限是 2026-09-30，已经过了，没有写原因" in text_of(page)
    client.post(f"/filings/{case.pk}/move/submit/", {"seen": case.version, "reason": "停电三天"})
    case.refresh_from_db()
    assert case.state == "submitted"
    assert Event.objects.about(case).get(verb="提交").reason == "停电三天"


def test_a_session_that_ended_while_typing_keeps_the_form(desk: Desk) -> None:
    case, client = desk.case(), Client()
    typed = {"seats.enrolment_primary": "321", "seen": case.version, "once": "s"}
    page = client.post(f"/filings/{case.pk}/form/", typed)
    assert page.status_code == 401
    kept = re.search(r'name="kept" value="([^"]+)"', page.content.decode())
    assert kept
    unchanged(case)
    told = client.post(
        "/sign-in/",
        {"username": desk.people["张"].username, "password": "Zheng-quan-2026", "kept": kept[1]},
        follow=True,
    )
    assert 'name="seats.enrolment_primary" value="321"' in told.content.decode()
    client.post(f"/filings/{case.pk}/form/", typed)
    case.refresh_from_db()
    assert case.state == "draft"


def test_what_is_submitted_takes_no_file_and_says_what_to_do(
    desk: Desk, books: dict[str, Path]
) -> None:
    client, case = desk.client("张"), desk.case()
    send(client, case, books[PRIMARY])
    case.refresh_from_db()
    client.post(f"/filings/{case.pk}/move/submit/", {"seen": case.version})
    page = send(client, case, books[PRIMARY], once="t", seen="9")
    assert "已经提交，正在等审核。要改请先撤回" in text_of(page)
    assert client.get(f"/filings/{case.pk}/move/submit/").status_code == 409
    case.refresh_from_db()
    client.post(f"/filings/{case.pk}/move/withdraw/", {"seen": case.version})
    case.refresh_from_db()
    assert (case.state, case.due) == ("draft", date(2099, 9, 30))


@pytest.mark.parametrize("where", ["attach", "take"])
def test_a_fault_between_the_file_and_the_row_leaves_no_half_state(
    desk: Desk, books: dict[str, Path], monkeypatch: pytest.MonkeyPatch, where: str
) -> None:
    """As if the process ended there: the transaction is undone, the case is as it was."""

    class Ended(BaseException):
        pass

    def ends(*_: Any, **__: Any) -> None:
        raise Ended

    case = desk.case()
    monkeypatch.setattr(handing_in, where, ends)
    with pytest.raises(Ended):
        filings.hand_in(
            case, [books[PRIMARY].read_bytes()], name="a.xlsx", by=desk.people["张"],
            seen=case.version, on=date(2026, 11, 20),
        )  # fmt: skip
    monkeypatch.undo()
    unchanged(desk.case())


def test_an_acknowledged_submission_is_on_the_disk_before_the_answer(
    desk: Desk, books: dict[str, Path], data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """In the order of what happens: file flushed, folder flushed, then the row."""
    told: list[str] = []
    real = attachments.os.fsync
    monkeypatch.setattr(attachments.os, "fsync", lambda fd: (told.append("fsync"), real(fd))[1])
    plain = handing_in.attach
    monkeypatch.setattr(
        handing_in, "attach", lambda *a, **k: (told.append("row"), plain(*a, **k))[1]
    )
    send(desk.client("张"), desk.case(), books[PRIMARY])
    assert told == ["fsync", "fsync", "row"]
    assert desk.case().data["file"]["sha256"] in kept_files(data)


def test_signs_that_no_database_keeps_are_gone_from_what_a_workbook_says(
    desk: Desk, books: dict[str, Path], tmp_path: Path
) -> None:
    """A workbook may hold a NUL as `_x0000_`; PostgreSQL keeps none, in a text or in JSON."""
    path, found = tmp_path / "odd.xlsx", 0
    with zipfile.ZipFile(books[PRIMARY]) as old, zipfile.ZipFile(path, "w") as new:
        for info in old.infolist():
            content = old.read(info)
            if info.filename == "xl/sharedStrings.xml":
                found = content.count("第一小学".encode())
                content = content.replace("第一小学".encode(), "第一_x0000__x0001_小学".encode())
            new.writestr(info, content)
    assert found
    client = desk.client("张")
    assert "已保存" in text_of(send(client, desk.case(), path, name="我\0校.xlsx"))
    held = filings.return_of(desk.case())
    assert held is not None
    assert "\0" not in repr(held.rows)
    case = desk.case()
    assert "\\u0000" not in json.dumps(case.data)
    assert "\0" not in text_of(client.get(f"/filings/{case.pk}/"))
    assert client.get(f"/filings/{case.pk}/marked/").status_code == 200
