"""The desk's own pages in a real browser, at desktop and phone width: no complaint, no fault of axe."""

from typing import Any

import pytest
from desk_browser import DESKTOP, PHONE, opened
from desk_cast import PASSWORD, load_cast
from django.urls import reverse

from junheng.web.models import Event, User
from junheng.web.roles import Role

pytestmark = [pytest.mark.slow, pytest.mark.django_db(transaction=True)]


@pytest.mark.slow
def test_the_pages_of_accounts_are_faultless_at_both_sizes(live_server: Any) -> None:
    cast = load_cast()
    clerk = cast.people[Role.SCHOOL_CLERK, "own"]
    event = Event.objects.get(subject="user", subject_id=str(clerk.pk))
    admin = ["/", reverse("offices"), reverse("new-office"), reverse("office", args=[cast.schools[0].pk]),
             reverse("accounts"), reverse("new-account"), reverse("account", args=[clerk.pk]),
             reverse("hand-over", args=[clerk.pk]), reverse("events"), reverse("own-account"),
             reverse("event", args=[event.number]), reverse("change-password"),
             reverse("second-step"), "/nowhere/"]  # fmt: skip
    with opened(live_server.url) as desk:
        for width in (DESKTOP, PHONE):
            desk.driver.delete_all_cookies()
            desk.open(reverse("sign-in"), width)
            desk.sign_in(cast.client(Role.ADMINISTRATOR))
            for path in admin:
                if path == "/nowhere/":
                    desk.driver.get(live_server.url + path)
                    desk.driver.get_log("browser")  # the browser tells of the 404 itself
                    desk.look_over(f"{path} at {width}")
                else:
                    desk.open(path, width)
        desk.open(reverse("new-office"))
        desk.run("document.querySelector('label').remove()")
        assert desk.faults(), "axe sees a field without a label"


def test_an_account_is_opened_used_and_handed_over(live_server: Any) -> None:
    cast = load_cast()
    with opened(live_server.url) as desk:
        desk.open(reverse("sign-in"))
        desk.type("username", "administrator-own")
        desk.type("password", PASSWORD)
        desk.click("登录")
        desk.click("账号")
        desk.click("建立账号")
        desk.type("username", "zhang")
        desk.type("name", "张老师")
        desk.type("office", "no such code")
        desk.click("保存")
        assert "没有代码为" in desk.text
        desk.look_over("the form with its error")
        desk.type("office", cast.schools[0].code)
        desk.click("保存")
        password = desk.find(".key").text
        desk.click("退出")
        desk.type("username", "zhang")
        desk.type("password", password)
        desk.click("登录")
        assert "请先换成自己的" in desk.text
        desk.type("old", password)
        desk.type("new", "Xin-mima-2027")
        desk.type("again", "Xin-mima-2027")
        desk.click("更改")
        assert cast.schools[0].name in desk.text
    assert User.objects.get(username="zhang").check_password("Xin-mima-2027")
    verbs = list(Event.objects.filter(subject_name="张老师").values_list("verb", flat=True))
    assert verbs == ["建立账号", "登录", "更改密码"]
