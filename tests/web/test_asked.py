"""What somebody types into an address or a form is refused or read past; it breaks nothing."""

import pytest
from desk_cast import Cast
from django.test import Client
from django.urls import reverse

from junheng.web.asked import number_asked
from junheng.web.roles import Role

ODD = ["²", "9" * 5_000, "-1", "1.5", "x", "", "٣x", "1" * 10]


@pytest.mark.parametrize("text", ODD)
def test_what_is_no_number_is_none(text: str) -> None:
    assert number_asked(text) is None


@pytest.mark.parametrize(
    ("text", "number"), [("0", 0), ("2026", 2026), ("９", 9), ("9" * 9, 999_999_999)]
)
def test_digits_are_a_number(text: str, number: int) -> None:
    assert number_asked(text) == number


@pytest.mark.parametrize("odd", ["²", "9" * 5_000, "999999999"])
@pytest.mark.parametrize(
    ("role", "address"),
    [
        (Role.CITY_OFFICER, "/filings/?list=1&year={}"),
        (Role.CITY_OFFICER, "/filings/seal/?year={}"),
        (Role.CITY_OFFICER, "/filings/effort/?year={}"),
        (Role.COUNTY_OFFICER, "/remedies/new/?county=419951&year={}"),
        (Role.COUNTY_OFFICER, "/events/?sort={}"),
        (Role.COUNTY_OFFICER, "/events/?page={}"),
        (Role.CITY_OFFICER, "/runs/beside/?one={}&other=1"),
        (Role.CITY_OFFICER, "/runs/new/compliance/?like={}"),
    ],
)
def test_an_odd_number_in_an_address_does_no_harm(
    cast: Cast, role: Role, address: str, odd: str
) -> None:
    answer = cast.client(role).get(address.format(odd), follow=True)
    assert answer.status_code in (200, 404), answer.status_code


@pytest.mark.parametrize("year", ["²", "9" * 5_000])
def test_an_odd_year_of_a_round_is_refused_with_a_sentence(cast: Cast, year: str) -> None:
    answer = cast.client(Role.CITY_OFFICER).post(reverse("filings-open"), {"year": year})
    assert answer.status_code in (200, 409)
    assert "学年" in answer.content.decode()


@pytest.mark.parametrize("length", ["²", "9" * 5_000])
def test_an_odd_length_does_no_harm(cast: Cast, length: str) -> None:
    client = cast.client(Role.PRINCIPAL)
    assert client.get("/", CONTENT_LENGTH=length).status_code in (200, 413)


@pytest.mark.parametrize(
    "path", ["/events/?q=%00", "/events/?%00=1", "/sign-in/?next=a%00", "/a%00b/"]
)
def test_a_nul_in_an_address_is_refused_with_a_sentence(cast: Cast, path: str) -> None:
    answer = cast.client(Role.COUNTY_OFFICER).get(path)
    assert answer.status_code == 400
    assert "看不见的字符" in answer.content.decode()


def test_a_nul_in_a_form_or_a_cookie_is_refused_and_nothing_is_done(cast: Cast) -> None:
    client = Client()
    told = {"username": "a\x00b", "password": "x"}
    assert client.post(reverse("sign-in"), told).status_code == 400
    client.cookies["sessionid"] = "a\x00b"
    assert client.get("/").status_code == 400
    admin = cast.client(Role.ADMINISTRATOR)
    told = {"code": "9", "name": "甲\x00乙", "kind": "county", "parent": str(cast.city.pk)}
    assert admin.post(reverse("new-office"), told).status_code == 400
