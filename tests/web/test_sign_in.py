"""Signing in and out, lock-out, first passwords, the second step, and the form that is kept."""

import re
from datetime import timedelta

import pytest
from desk_cast import PASSWORD, Cast
from django.contrib.sessions.models import Session
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from django_otp.oath import TOTP
from django_otp.plugins.otp_totp.models import TOTPDevice

from junheng.web.actions import accounts
from junheng.web.models import Event, User
from junheng.web.roles import Role

ENTRY = reverse("sign-in")


def _sign_in(client: Client, user: User, password: str = PASSWORD, **more: str) -> int:
    told = {"username": user.username, "password": password, **more}
    return client.post(ENTRY, told).status_code


def test_the_right_password_opens_the_desk_and_goes_into_the_log(cast: Cast) -> None:
    client, user = Client(), cast.people[Role.COUNTY_OFFICER, "own"]
    assert _sign_in(client, user, next="/me/") == 302
    assert user.name in client.get("/").content.decode()
    assert Event.objects.about(user).last().verb == "登录"


def test_a_wrong_password_is_told_and_goes_into_the_log(cast: Cast) -> None:
    client, user = Client(), cast.people[Role.COUNTY_OFFICER, "own"]
    answer = client.post(ENTRY, {"username": user.username, "password": "x"})
    assert "登录名或密码不对" in answer.content.decode()
    event = Event.objects.about(user).last()
    assert event.verb == "登录失败"
    assert (event.by, event.role) == ("", ""), "who tried is not known"
    assert event.new == {"address": "127.0.0.1"}


def test_five_wrong_passwords_lock_the_account_even_for_the_right_one(cast: Cast) -> None:
    client, user = Client(), cast.people[Role.COUNTY_OFFICER, "own"]
    codes = [_sign_in(client, user, "wrong") for _ in range(5)]
    assert codes[-1] == 429
    assert _sign_in(client, user) == 429
    other = cast.people[Role.CITY_OFFICER, "own"]
    assert _sign_in(Client(), other) == 302


def test_an_account_out_of_use_does_not_get_in(cast: Cast) -> None:
    user = cast.people[Role.COUNTY_OFFICER, "own"]
    by = cast.people[Role.ADMINISTRATOR, "own"]
    client = Client()
    assert _sign_in(client, user) == 302
    accounts.change_account(user, name=user.name, phone="", role=user.part, active=False, by=by)
    assert client.get("/me/").status_code == 302, "the session has ended"
    assert _sign_in(client, user) == 401


def test_an_address_elsewhere_is_not_followed_after_signing_in(cast: Cast) -> None:
    user = cast.people[Role.COUNTY_OFFICER, "own"]
    told = {"username": user.username, "password": PASSWORD, "next": "https://evil.example/"}
    assert Client().post(ENTRY, told).headers["Location"] == "/"


def test_a_first_password_must_be_changed_before_anything_else(cast: Cast) -> None:
    by = cast.people[Role.ADMINISTRATOR, "own"]
    user, password = accounts.open_account(
        username="new", name="新人", office=cast.counties[0], role=Role.COUNTY_OFFICER, by=by
    )
    client = Client()
    assert _sign_in(client, user, password) == 302
    assert client.get("/events/").headers["Location"] == reverse("change-password")
    form = {"old": password, "new": "short", "again": "short"}
    assert "密码" in client.post(reverse("change-password"), form).content.decode()
    assert client.get("/events/").status_code == 302
    form = {"old": password, "new": PASSWORD, "again": PASSWORD}
    assert client.post(reverse("change-password"), form).status_code == 302
    assert client.get("/events/").status_code == 200


@pytest.mark.parametrize("weak", ["Ab1-", "1234567890", "aaaaaaaaaaaa", "county_officer-own1"])
def test_weak_passwords_are_refused_with_what_they_lack(cast: Cast, weak: str) -> None:
    client = cast.client(Role.COUNTY_OFFICER)
    form = {"old": PASSWORD, "new": weak, "again": weak}
    answer = client.post(reverse("change-password"), form)
    assert answer.status_code == 200
    assert "aria-invalid" in answer.content.decode()


def test_signing_out_is_a_post_and_goes_into_the_log(cast: Cast) -> None:
    client = cast.client(Role.PRINCIPAL)
    client.get(reverse("sign-out"))
    assert client.get("/me/").status_code == 200
    client.post(reverse("sign-out"))
    assert client.get("/me/").status_code == 302
    assert Event.objects.last().verb == "退出"


def _code(device: TOTPDevice, ahead: int = 0) -> str:
    totp = TOTP(device.bin_key, device.step, device.t0, device.digits, device.drift)
    totp.time = totp.time + ahead * device.step
    return f"{totp.token():06d}"


def test_the_second_step_is_asked_for_once_it_is_set_up(cast: Cast) -> None:
    user = cast.people[Role.CITY_OFFICER, "own"]
    client = cast.client(Role.CITY_OFFICER)
    assert re.search(r"[A-Z2-7]{32}", client.get(reverse("second-step")).content.decode())
    device = TOTPDevice.objects.get(user=user)
    assert client.post(reverse("second-step"), {"code": _code(device)}).status_code == 302
    fresh = Client()
    assert _sign_in(fresh, user) == 302
    assert fresh.get("/me/").status_code == 302, "the password alone is not enough"
    wrong = fresh.post(reverse("sign-in-code"), {"code": "000000"})
    assert "不对" in wrong.content.decode()
    event = Event.objects.about(user).last()
    assert (event.verb, event.by) == ("动态口令不对", ""), "who tried is not known"
    device.refresh_from_db()
    device.throttle_reset()
    answer = fresh.post(reverse("sign-in-code"), {"code": _code(device, ahead=1)})
    assert answer.status_code == 302
    assert fresh.get("/me/").status_code == 200


def test_what_was_typed_when_the_session_ended_is_kept_for_the_same_place(cast: Cast) -> None:
    client = cast.client(Role.ADMINISTRATOR)
    del client.cookies["sessionid"]
    form = {
        "code": "419977",
        "name": "丁县<b>",
        "kind": "county",
        "parent": cast.city.pk,
        "active": "on",
    }
    asked = client.post(reverse("new-office"), form)
    assert asked.status_code == 401
    page = asked.content.decode()
    assert "刚才填写的内容还在" in page
    kept = re.search(r'name="kept" value="([^"]+)"', page)
    assert kept is not None
    user = cast.people[Role.ADMINISTRATOR, "own"]
    told = {"username": user.username, "password": PASSWORD, "kept": kept[1]}
    again = client.post(ENTRY, told).content.decode()
    assert "丁县&lt;b&gt;" in again
    assert f'action="{reverse("new-office")}"' in again
    assert client.post(reverse("new-office"), form).status_code == 302


def test_a_kept_form_that_was_altered_is_dropped(cast: Cast) -> None:
    user = cast.people[Role.ADMINISTRATOR, "own"]
    told = {"username": user.username, "password": PASSWORD, "kept": "abc:def:ghi"}
    assert Client().post(ENTRY, told).status_code == 302


def test_a_session_ends_after_half_an_hour_without_a_request(cast: Cast) -> None:
    client = cast.client(Role.PRINCIPAL)
    assert client.session.get_expiry_age() == timedelta(minutes=30).total_seconds()
    assert client.session.get_expire_at_browser_close()


def test_the_half_hour_begins_anew_with_a_request_but_is_not_written_each_time(cast: Cast) -> None:
    client = cast.client(Role.PRINCIPAL)
    client.get("/")
    row = Session.objects.get()
    Session.objects.update(expire_date=timezone.now() + timedelta(minutes=1))
    client.get("/")
    row.refresh_from_db()
    assert row.expire_date < timezone.now() + timedelta(minutes=2), "within the minute"
    session = client.session
    session["renewed"] -= 61
    session.save()
    Session.objects.update(expire_date=timezone.now() + timedelta(minutes=1))
    client.get("/")
    row.refresh_from_db()
    assert row.expire_date > timezone.now() + timedelta(minutes=29)


def test_the_pages_carry_a_policy_without_inline_script_or_eval(cast: Cast) -> None:
    answer = cast.client(Role.PRINCIPAL).get("/")
    policy = answer.headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    page = answer.content.decode()
    assert not re.search(r"<script(?![^>]*\bsrc=)", page)
    assert not re.search(r"\son\w+=|style=", page)
    assert answer.headers["Cache-Control"] == "private, no-store"
