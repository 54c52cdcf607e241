"""The clerk's journey: due, template, upload, errors, explanations, papers, submission, report card."""

import io
import re
import zipfile
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from filings.county_desk import (
    CODES,
    FACTS,
    LAST,
    PRIMARY,
    Desk,
    form_of,
    send,
    text_of,
)
from openpyxl import load_workbook
from return_cases import workbook

from junheng.web.models import Attachment, Event


def test_the_clerk_is_led_to_the_return_and_sees_by_when(desk: Desk) -> None:
    page = desk.client("张").get("/filings/", follow=True)
    assert page.redirect_chain[-1][0] == f"/filings/{desk.case().pk}/"
    assert "待填报" in text_of(page)
    assert "2099-09-30" in text_of(page)


def test_the_template_holds_what_is_known_of_the_school_and_nothing_of_others(desk: Desk) -> None:
    case = desk.case()
    got = desk.client("张").get(f"/filings/{case.pk}/template/")
    book = load_workbook(io.BytesIO(got.content))
    sheet = book["学校基本情况"]
    codes = {sheet.cell(row, 1).value for row in range(5, sheet.max_row + 1)} - {None}
    assert codes == {PRIMARY}
    values = {c.value for row in sheet.iter_rows(min_row=5) for c in row}
    name = LAST["schools"].filter(school_code=PRIMARY)["school_name"][0]
    assert name in values


def test_a_clean_workbook_is_submitted_and_the_card_comes_back(
    desk: Desk, books: dict[str, Path]
) -> None:
    client, case = desk.client("张"), desk.case()
    page = send(client, case, books[PRIMARY])
    assert "校验没有问题，可以提交" in text_of(page)
    case.refresh_from_db()
    assert case.state == "draft"
    assert (case.data["clean"], case.data["must_fix"]) == (True, 0)
    page = client.post(f"/filings/{case.pk}/move/submit/", {"seen": case.version}, follow=True)
    assert "成绩单" in text_of(page)
    assert "七项指标" in text_of(page)
    assert re.search(r"L4 教学及辅助用房面积 小学 [\d.]+ 4\.5 (未)?达标", text_of(page)), text_of(
        page
    )[:3000]
    case.refresh_from_db()
    assert case.state == "submitted"
    verbs = list(Event.objects.about(case).values_list("verb", flat=True))
    assert verbs == ["开启填报", "上传文件", "保存草稿", "提交"]


def test_all_errors_come_at_once_at_their_cells_and_the_marked_workbook_says_the_same(
    desk: Desk, tmp_path: Path
) -> None:
    wrong = workbook(
        tmp_path / "wrong.xlsx", FACTS, PRIMARY, seats__enrolment_primary=-5,
        staffing__full_time_teachers_primary=None, facilities__teaching_auxiliary_area_m2=Decimal(-1),
    )  # fmt: skip
    client, case = desk.client("张"), desk.case()
    page = text_of(send(client, case, wrong))
    assert "已保存为草稿" in page
    for sheet, label in (
        ("学生与班级", "小学学生人数"),
        ("教师", "专任教师总人数"),
        ("校舍场地设备", "教学及辅助用房总面积"),
    ):
        assert re.search(rf"{sheet} [A-Z]+5 “[^”]*{label}", page), (sheet, label)
    marked = client.get(f"/filings/{case.pk}/marked/")
    book = load_workbook(io.BytesIO(marked.content))
    told = [str(c.value) for row in book["校验结果"].iter_rows() for c in row if c.value]
    assert any("专任教师总人数" in each for each in told)
    refused = client.post(f"/filings/{case.pk}/move/submit/", {"seen": desk.case().version})
    assert refused.status_code == 409
    assert "校验还有“必须改”" in text_of(refused)


def test_a_flagged_value_is_kept_with_an_explanation(desk: Desk, tmp_path: Path) -> None:
    area = LAST["facilities"].filter(school_code=PRIMARY)["teaching_auxiliary_area_m2"][0]
    jump = workbook(
        tmp_path / "jump.xlsx", FACTS, PRIMARY, facilities__teaching_auxiliary_area_m2=area * 2
    )
    client, case = desk.client("张"), desk.case()
    send(client, case, jump)
    case.refresh_from_db()
    assert case.data["clean"]
    flagged = case.data["explain"]
    assert flagged
    page = client.get(f"/filings/{case.pk}/").content.decode()
    fields = set(re.findall(r'name="([a-z_]+\.[a-z0-9_]+!)"', page))
    assert "facilities.teaching_auxiliary_area_m2!" in fields
    sent = dict.fromkeys(fields, "新建教学楼 <b>一幢</b>") | {"seen": case.version}
    page = client.post(f"/filings/{case.pk}/explain/", sent, follow=True)
    case.refresh_from_db()
    assert case.data["explain"] == 0
    assert "已说明：新建教学楼 &lt;b&gt;一幢&lt;/b&gt;" in page.content.decode()


def test_the_page_form_is_prefilled_and_saves_what_is_typed(desk: Desk) -> None:
    client, case = desk.client("张"), desk.case()
    page = client.get(f"/filings/{case.pk}/form/").content.decode()
    name = LAST["schools"].filter(school_code=PRIMARY)["school_name"][0]
    assert f'value="{name}"' in page
    assert "已按上年填好" in page
    fields = dict(
        re.findall(r'<input name="([a-z_]+\.[a-z0-9_]+)" id="[^"]+" value="([^"]*)"', page)
    )
    assert fields["seats.enrolment_primary"] == ""
    fields["seats.enrolment_primary"] = "三百多"
    fields["seats.migrant_children_enrolled"] = "１２"
    sent = {**fields, "seen": case.version, "once": "a1"}
    page = client.post(f"/filings/{case.pk}/form/", sent, follow=True).content.decode()
    case.refresh_from_db()
    assert case.state == "draft"
    assert case.data["typed"] == {"seats.enrolment_primary": "三百多"}
    assert 'value="三百多"' in page, "what cannot be read is shown as it was typed"
    assert re.search(r"“小学学生人数”填的是“三百多”", page)
    assert (
        'name="seats.migrant_children_enrolled" id="in-seats.migrant_children_enrolled" value="12"'
        in page
    )


def test_the_whole_return_can_be_typed_on_the_page(desk: Desk, books: dict[str, Path]) -> None:
    """What the page shows of a clean workbook, sent back as it stands, is the same clean return."""
    client, case = desk.client("张"), desk.case()
    send(client, case, books[PRIMARY])
    case.refresh_from_db()
    page = client.get(f"/filings/{case.pk}/form/").content.decode()
    fields = dict(
        re.findall(r'<input name="([a-z_]+\.[a-z0-9_]+!?)" id="[^"]+" value="([^"]*)"', page)
    )
    for name, options in re.findall(r'<select name="([^"]+)"[^>]*>(.*?)</select>', page):
        fields[name] = (re.findall(r"<option selected>([^<]*)", options) or [""])[0]
    sent = {**fields, "seen": case.version, "once": "b2"}
    client.post(f"/filings/{case.pk}/form/", sent)
    before = case.data
    case.refresh_from_db()
    assert case.data["file"]["way"] == "页面填写"
    assert (case.data["clean"], case.data["explain"]) == (True, 0)
    assert case.data["asked"] == before["asked"]


PDF = b"%PDF-1.7\nzhang cheng"
PAPER = {
    "indicator": "QL3", "title": "学校章程", "issuer": "县教育局", "issued_on": "2025-03-01",
    "valid_from": "2025-03-01", "valid_to": "2035-03-01",
}  # fmt: skip


def test_a_paper_is_added_for_an_indicator_opened_on_record_and_removed(desk: Desk) -> None:
    client, case = desk.client("张"), desk.case()
    page = text_of(client.get(f"/filings/{case.pk}/papers/"))
    assert "没有材料就不能判定的还缺" in page
    assert "QL3" in page
    sent = {**PAPER, "seen": case.version, "file": SimpleUploadedFile("章程.pdf", PDF)}
    page = client.post(f"/filings/{case.pk}/papers/", sent, follow=True)
    assert "已添加“章程.pdf”" in text_of(page)
    paper = Attachment.objects.get(case=case)
    got = client.get(f"/filings/{case.pk}/papers/{paper.pk}/")
    assert got.content == PDF
    assert "sandbox" in got["Content-Security-Policy"]
    assert Event.objects.about(case).filter(verb="查看佐证材料").count() == 1
    packed = b"".join(client.get(f"/filings/{case.pk}/papers.zip").streaming_content)
    assert zipfile.ZipFile(io.BytesIO(packed)).read("QL3-01 章程.pdf") == PDF
    case.refresh_from_db()
    client.post(f"/filings/{case.pk}/papers/{paper.pk}/", {"seen": case.version})
    case.refresh_from_db()
    assert case.data["papers"] == {}
    assert Attachment.objects.filter(pk=paper.pk).exists(), "what was handed in stays on record"


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({"indicator": ""}, "“支撑的指标或例外”没有填"),
        ({"issued_on": "去年"}, "读不出日期"),
        ({"valid_to": "2024-01-01"}, "早于“有效期起”"),
        ({"file": SimpleUploadedFile("章程.pdf", b"MZ\x90\x00")}, "认不出的类型"),
        ({"file": SimpleUploadedFile("章程.pdf", b"")}, "空文件"),
    ],
)
def test_a_paper_that_does_not_fit_is_refused_and_what_was_typed_stays(
    desk: Desk, changes: dict[str, Any], told: str
) -> None:
    client, case = desk.client("张"), desk.case()
    sent = {**PAPER, "seen": case.version, "file": SimpleUploadedFile("章程.pdf", PDF), **changes}
    page = client.post(f"/filings/{case.pk}/papers/", sent)
    assert page.status_code == 409
    assert told in text_of(page)
    assert 'value="学校章程"' in page.content.decode()
    assert not Attachment.objects.filter(case=case).exists()


def test_what_is_counted_is_how_little_is_asked_again(desk: Desk, books: dict[str, Path]) -> None:
    client, case = desk.client("张"), desk.case()
    fields = form_of(client, case)
    send(client, case, books[PRIMARY], began=str(int(fields["began"]) - 90))
    case.refresh_from_db()
    told = case.data["asked"]
    assert 0 < told["kept"] <= told["prefilled"] < told["asked"]
    assert 90 <= case.data["seconds"] < 100
    row = text_of(desk.client("王").get("/filings/effort/"))
    assert re.search(
        rf"2026—2027学年 小学 1 {told['asked']} {told['prefilled']} {told['kept']}", row
    ), row


def test_a_neighbour_never_sees_it(desk: Desk, books: dict[str, Path]) -> None:
    case = desk.case()
    send(desk.client("张"), case, books[PRIMARY])
    client = desk.client("赵")
    for tail in (
        "",
        "template/",
        "form/",
        "workbook/",
        "marked/",
        "papers/",
        "card/",
        "move/return/",
    ):
        assert client.get(f"/filings/{case.pk}/{tail}").status_code == 404
    assert client.post(f"/filings/{case.pk}/upload/").status_code == 404
    assert CODES[1] not in text_of(desk.client("张").get("/filings/", follow=True))
