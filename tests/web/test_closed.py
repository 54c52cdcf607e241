"""Who was closed out, with the account or with the whole office, does not get in."""

from desk_cast import PASSWORD, Cast
from django.test import Client
from django.urls import reverse
from django_otp.oath import TOTP
from django_otp.plugins.otp_totp.models import TOTPDevice

from junheng.web.actions import offices
from junheng.web.models import Event, User
from junheng.web.roles import Role

ENTRY = reverse("sign-in")


def _sign_in(client: Client, user: User) -> int:
    return client.post(ENTRY, {"username": user.username, "password": PASSWORD}).status_code


def test_people_of_a_closed_office_do_not_get_in_and_are_signed_out(cast: Cast) -> None:
    user, client = cast.people[Role.COUNTY_OFFICER, "own"], Client()
    assert _sign_in(client, user) == 302
    county = cast.counties[0]

    def turn(active: bool) -> None:
        offices.change_office(
            county, name=county.name, parent=cast.city, active=active,
            by=cast.people[Role.ADMINISTRATOR, "own"],
        )  # fmt: skip

    turn(active=False)
    assert client.get("/me/").headers["Location"].startswith(ENTRY)
    assert client.post(reverse("sign-out")).status_code == 302
    assert _sign_in(Client(), user) == 401
    turn(active=True)
    assert client.get("/me/").status_code == 302, "the old session does not come back"
    assert _sign_in(Client(), user) == 302


def test_an_account_closed_between_password_and_code_does_not_get_in(cast: Cast) -> None:
    user, client = cast.people[Role.CITY_OFFICER, "own"], Client()
    device = TOTPDevice.objects.create(user=user, confirmed=True, name="验证器")
    assert _sign_in(client, user) == 302
    User.objects.filter(pk=user.pk).update(is_active=False)
    answer = client.post(reverse("sign-in-code"), {"code": f"{TOTP(device.bin_key).token():06d}"})
    assert answer.headers["Location"] == ENTRY
    assert not Event.objects.about(user).filter(verb="登录").exists()
