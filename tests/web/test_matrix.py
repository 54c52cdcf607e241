"""Every address × every role × own / other area: what is not allowed is refused."""

from collections.abc import Iterator

import desk_rooms  # noqa: F401 - the entries of the other rooms
import pytest
from desk_cast import Cast
from desk_matrix import MATRIX
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from junheng.web.roles import Role

REFUSED = (403, 404)


def _patterns(resolver: URLResolver) -> Iterator[URLPattern]:
    for each in resolver.url_patterns:
        if isinstance(each, URLResolver):
            yield from _patterns(each)
        else:
            yield each


PATTERNS = list(_patterns(get_resolver()))


def test_every_address_stands_in_the_matrix_and_every_entry_is_an_address() -> None:
    assert {str(each.name) for each in PATTERNS} == set(MATRIX)


@pytest.mark.parametrize("pattern", PATTERNS, ids=lambda each: str(each.name))
def test_every_view_says_who_may_open_it(pattern: URLPattern) -> None:
    assert getattr(pattern.callback, "opened_by", None), (
        "mark it with needs, signed_in or open_to_all"
    )


@pytest.mark.parametrize("name", sorted(MATRIX))
def test_nobody_gets_in_without_signing_in(name: str, cast: Cast) -> None:
    entry = MATRIX[name]
    client, path = Client(), entry.path(name, cast)
    for answer in (client.get(path), client.post(path)):
        if entry.anybody:
            assert answer.status_code < 400
        else:
            assert answer.status_code in (302, 401)
            if answer.status_code == 302:
                assert answer.headers["Location"].startswith(reverse("sign-in"))


@pytest.mark.parametrize("name", sorted(MATRIX))
def test_an_address_opens_to_its_roles_in_their_area_and_to_nobody_else(
    name: str, cast: Cast
) -> None:
    entry = MATRIX[name]
    path = entry.path(name, cast)
    for role, area in cast.people:
        client = cast.client(role, area)
        got = client.get(path).status_code
        if entry.opens_to(cast, role, area):
            assert got == entry.status, f"{role} of the {area} area got {got}"
        else:
            refused = (*REFUSED, 405) if entry.status == 405 else REFUSED
            assert got in refused, f"{role} of the {area} area got {got}"
            assert client.post(path).status_code in REFUSED


def test_every_role_has_somebody_in_both_areas(cast: Cast) -> None:
    assert set(cast.people) == {(role, area) for role in Role for area in ("own", "other")}
