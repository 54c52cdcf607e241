"""Offices and accounts: what an administrator does, and what is refused."""

import re

import pytest
from desk_cast import PASSWORD, Cast
from django.test import Client
from django.urls import reverse
from django_otp.plugins.otp_totp.models import TOTPDevice

from junheng.errors import RefusedError
from junheng.web.actions import accounts, offices, second_steps
from junheng.web.models import Event, Office, User
from junheng.web.roles import OfficeKind, Role


def _admin(cast: Cast) -> User:
    return cast.people[Role.ADMINISTRATOR, "own"]


def test_an_administrator_opens_an_account_and_sees_its_password_once(cast: Cast) -> None:
    client = cast.client(Role.ADMINISTRATOR)
    told = {
        "username": "wang2",
        "name": "王二",
        "office": cast.counties[0].code,
        "role": "county_officer",
    }
    page = client.post(reverse("new-account"), told).content.decode()
    password = re.search(r'class="key">([^<]+)<', page)
    assert password is not None
    user = User.objects.get(username="wang2")
    assert user.check_password(password[1])
    shown = client.get(reverse("account", args=[user.pk])).content.decode()
    assert password[1] not in shown
    assert all(password[1] not in str(e.new) for e in Event.objects.all())


def test_several_people_share_an_office(cast: Cast) -> None:
    for number in range(3):
        accounts.open_account(
            username=f"p{number}", name=f"同事{number}", office=cast.schools[0],
            role=Role.SCHOOL_CLERK, by=_admin(cast),
        )  # fmt: skip
    assert cast.schools[0].people.filter(role=Role.SCHOOL_CLERK).count() == 4


def test_a_role_has_its_place(cast: Cast) -> None:
    with pytest.raises(RefusedError, match="只能设在学校"):
        accounts.open_account(
            username="x", name="某", office=cast.city, role=Role.SCHOOL_CLERK, by=_admin(cast)
        )


def test_a_name_is_taken_once(cast: Cast) -> None:
    with pytest.raises(RefusedError, match="已经有人用"):
        accounts.open_account(
            username="principal-own",
            name="某",
            office=cast.schools[0],
            role=Role.PRINCIPAL,
            by=None,
        )


def test_an_administrator_opens_no_account_elsewhere(cast: Cast) -> None:
    client = cast.client(Role.ADMINISTRATOR, "other")
    told = {
        "username": "w",
        "name": "王",
        "office": cast.counties[0].code,
        "role": "county_officer",
    }
    assert "没有代码为" in client.post(reverse("new-account"), told).content.decode()
    assert not User.objects.filter(username="w").exists()


def test_work_is_handed_over_to_a_new_account_of_the_same_office_and_role(cast: Cast) -> None:
    old = cast.people[Role.COUNTY_OFFICER, "own"]
    working = Client()
    working.post(reverse("sign-in"), {"username": old.username, "password": PASSWORD})
    client = cast.client(Role.ADMINISTRATOR)
    told = {"username": "heir", "name": "接手人", "phone": "", "reason": "岗位调整"}
    assert "只显示这一次" in client.post(reverse("hand-over", args=[old.pk]), told).content.decode()
    heir = User.objects.get(username="heir")
    assert (heir.office, heir.role) == (old.office, old.role)
    old.refresh_from_db()
    assert not old.is_active
    assert working.get("/me/").status_code == 302
    event = Event.objects.about(old).get(verb="交接账号")
    assert (event.reason, event.new["username"]) == ("岗位调整", "heir")


def test_nobody_takes_oneself_out_of_use(cast: Cast) -> None:
    me = _admin(cast)
    with pytest.raises(RefusedError, match="自己"):
        accounts.change_account(me, name=me.name, phone="", role=me.part, active=False, by=me)


def test_a_new_password_ends_the_sessions_of_the_old(cast: Cast) -> None:
    user = cast.people[Role.PRINCIPAL, "own"]
    working = Client()
    working.post(reverse("sign-in"), {"username": user.username, "password": PASSWORD})
    assert working.get("/me/").status_code == 200
    page = cast.client(Role.ADMINISTRATOR).post(reverse("reset-password", args=[user.pk]))
    assert "只显示这一次" in page.content.decode()
    assert working.get("/me/").status_code == 302


def test_an_office_that_is_entered_again_is_brought_up_to_date(cast: Cast) -> None:
    county, before = cast.counties[0], Event.objects.count()
    offices.enter_office(
        code=county.code, name=county.name, kind=OfficeKind.COUNTY, parent=cast.city, by=None
    )
    assert Event.objects.count() == before, "nothing changed, nothing is recorded"
    offices.enter_office(
        code=county.code, name="甲区", kind=OfficeKind.COUNTY, parent=cast.city, by=None
    )
    assert Office.objects.get(code=county.code).name == "甲区"
    assert Event.objects.latest("number").old["name"] == "甲县"


def test_a_school_holds_no_county(cast: Cast) -> None:
    with pytest.raises(RefusedError, match="不能放在"):
        offices.enter_office(
            code="x", name="x", kind=OfficeKind.COUNTY, parent=cast.schools[0], by=None
        )


def test_a_list_goes_out_as_a_file_without_formulas(cast: Cast) -> None:
    accounts.open_account(
        username="f", name="=1+1", office=cast.counties[0], role=Role.COUNTY_OFFICER, by=None
    )
    client = cast.client(Role.ADMINISTRATOR)
    text = client.get(reverse("accounts"), {"as": "csv"}).getvalue().decode("utf-8-sig")
    assert "'=1+1" in text
    book = client.get(reverse("accounts"), {"as": "xlsx"})
    assert book.content.startswith(b"PK")
    assert Event.objects.filter(verb="查看：导出账号名单").count() == 2


def test_an_administrator_does_not_reset_the_own_password(cast: Cast) -> None:
    """That would take the own second step away without a code from it."""
    me = _admin(cast)
    TOTPDevice.objects.create(user=me, confirmed=True, name="验证器")
    client = cast.client(Role.ADMINISTRATOR)
    assert "重设密码" not in client.get(reverse("account", args=[me.pk])).content.decode()
    answer = client.post(reverse("reset-password", args=[me.pk]))
    assert answer.status_code == 409
    assert "另一位管理员" in answer.content.decode()
    assert TOTPDevice.objects.filter(user=me, confirmed=True).exists()
    assert User.objects.get(pk=me.pk).check_password(PASSWORD)
    with pytest.raises(RefusedError, match="自己"):
        second_steps.remove_for(me, by=me, reason="x")
    other = cast.people[Role.PRINCIPAL, "own"]
    TOTPDevice.objects.create(user=other, confirmed=True, name="验证器")
    assert client.post(reverse("reset-password", args=[other.pk])).status_code == 200
    assert not TOTPDevice.objects.filter(user=other).exists()


def test_nobody_closes_the_own_office(cast: Cast) -> None:
    with pytest.raises(RefusedError, match="自己所在的单位"):
        offices.change_office(
            cast.city, name=cast.city.name, parent=None, active=False, by=_admin(cast)
        )
