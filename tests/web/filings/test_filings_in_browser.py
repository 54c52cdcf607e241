"""The journeys in a real browser, every page of them looked over: console, width, axe, both sizes."""

import os
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from desk_browser import DESKTOP, PHONE, Desk, opened
from filings.county_desk import CODES, FACTS, LAST, PASSWORD, PRIMARY, make_desk
from return_cases import YEAR, workbook

from junheng.web.actions import filings
from junheng.web.models import Case, User

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]


def signed_in(browser: Desk, user: User) -> None:
    """Sign in as a person does, by the form."""
    browser.driver.get(f"{browser.base}/alive/")
    browser.driver.delete_all_cookies()
    browser.open("/sign-in/")
    browser.type("username", user.username)
    browser.type("password", PASSWORD)
    browser.click("登录")


def shot(browser: Desk) -> None:
    if folder := os.environ.get("JUNHENG_SHOTS"):
        browser.shots = Path(folder)


def choose_file(browser: Desk, path: Path) -> None:
    browser.find("input[name=file]").send_keys(str(path))


@pytest.mark.parametrize("width", [DESKTOP, PHONE])
def test_the_clerk_uploads_mends_explains_and_gets_the_card(
    live_server: Any, tmp_path: Path, width: int
) -> None:
    desk = make_desk()
    area = LAST["facilities"].filter(school_code=PRIMARY)["teaching_auxiliary_area_m2"][0]
    wrong = workbook(
        tmp_path / "有错.xlsx", FACTS, PRIMARY, staffing__full_time_teachers_primary=None,
        facilities__sports_ground_area_m2=Decimal(-1), seats__enrolment_primary=-9,
    )  # fmt: skip
    flagged = workbook(
        tmp_path / "改好.xlsx", FACTS, PRIMARY, facilities__teaching_auxiliary_area_m2=area * 2
    )
    with opened(live_server.url) as browser:
        shot(browser)
        browser.size(width)
        signed_in(browser, desk.people["张"])
        browser.open("/filings/", width)
        assert "待填报" in browser.text
        choose_file(browser, wrong)
        browser.click("上传并校验")
        browser.look_over(f"clerk with errors at {width}")
        assert "必须改（" in browser.text
        assert "专任教师总人数" in browser.text
        choose_file(browser, flagged)
        browser.click("上传并校验")
        browser.look_over(f"clerk with a flag at {width}")
        for each in browser.driver.find_elements("css selector", ".findings input[type=text]"):
            each.send_keys("新建教学楼一幢")
        browser.click("保存说明")
        assert "已说明：新建教学楼一幢" in browser.run("return document.body.textContent")
        browser.click("提交")
        browser.look_over(f"submitting at {width}")
        browser.click("提交")
        browser.look_over(f"the card at {width}")
        assert "七项指标" in browser.text
        assert "成绩单" in browser.text
    assert desk.case().state == "submitted"


@pytest.mark.parametrize("width", [DESKTOP, PHONE])
def test_the_clerk_fills_the_page_form_and_adds_a_paper(
    live_server: Any, tmp_path: Path, width: int
) -> None:
    desk = make_desk()
    case = desk.case()
    with opened(live_server.url) as browser:
        shot(browser)
        browser.sign_in(desk.client("张"))
        browser.open(f"/filings/{case.pk}/form/", width)
        field = browser.find("[name='seats.enrolment_primary']")
        field.send_keys("三百多")
        browser.click("保存并校验")
        browser.look_over(f"the page form with errors at {width}")
        assert "“小学学生人数”填的是“三百多”" in browser.text
        browser.open(f"/filings/{case.pk}/papers/", width)
        for name, text in (
            ("title", "学校章程"), ("issuer", "县教育局"),
        ):  # fmt: skip
            browser.type(name, text)
        browser.run("document.querySelector('[name=indicator]').value = 'QL3'")
        for name in ("issued_on", "valid_from"):
            browser.run(f"document.querySelector('[name={name}]').value = '2025-03-01'")
        paper = tmp_path / "章程.pdf"
        paper.write_bytes(b"%PDF-1.7 x")
        choose_file(browser, paper)
        browser.click("上传")
        browser.look_over(f"papers at {width}")
        assert "已添加“章程.pdf”" in browser.text


def test_the_county_and_the_city_look_over_return_pass_and_seal(
    live_server: Any, tmp_path: Path
) -> None:
    """On a phone all along; every page is looked over at the width of a desktop as well."""
    desk = make_desk()
    by = desk.people["王"]
    for code in ["", *CODES[:6]]:
        case = desk.case(code)
        path = workbook(tmp_path / f"{code or '区县'}.xlsx", FACTS, code)
        from datetime import date

        on = date(2026, 11, 20)
        filings.hand_in(case, [path.read_bytes()], name=path.name, by=by, seen=case.version, on=on)
        filings.take(case, "submit", by=by, seen=case.version, on=on)
    Case.objects.filter(pk=desk.case(CODES[8]).pk).update(due=date(2026, 9, 30))
    county = desk.county.pk
    with opened(live_server.url) as browser:
        shot(browser)
        browser.sign_in(desk.client("王"))
        for path in (
            "/filings/", "/filings/?state=late", f"/filings/county/{county}/pass/",
            f"/filings/county/{county}/remind/", f"/filings/county/{county}/preview/",
            f"/filings/county/{county}/preview/?check=1", "/filings/effort/",
            f"/filings/{desk.case(CODES[1]).pk}/", f"/filings/{desk.case('').pk}/",
        ):  # fmt: skip
            browser.open_at_both(path)
        browser.open_at_both(f"/filings/{desk.case(CODES[1]).pk}/")
        browser.click("退回")
        browser.type("reason", "教师数与编制台账不符")
        browser.click("退回")
        browser.look_over_at_both("returned")
        browser.open_at_both("/filings/")
        browser.click("批量通过（5）")
        browser.click("通过勾选的")
        browser.look_over_at_both("passed")
        assert "已通过 5 件" in browser.text
        browser.sign_in(desk.client("李"))
        for path in ("/filings/", "/filings/open/", f"/filings/seal/?year={YEAR}"):
            browser.open_at_both(path)
        browser.sign_in(desk.client("王"))
        browser.open_at_both("/remedies/new/")
        browser.click("全部列入整改")
        browser.look_over_at_both("the remedies")
        case = Case.objects.filter(register="remedies").first()
        assert case is not None
        browser.open_at_both(f"/remedies/{case.pk}/")
        browser.open_at_both("/remedies/public/")
        if case.subject_id != desk.county.pk:
            browser.open_at_both(f"/remedies/{case.pk}/move/assign/")
            browser.click("交办")
            browser.look_over_at_both("assigning")
            assert "还不能交办" in browser.text
    assert desk.case(CODES[1]).state == "returned"
    assert desk.case(CODES[0]).state == "passed"
