"""Every address × every role × own / other area: what is not allowed is refused."""

from collections.abc import Iterator
from typing import Any

import desk_rooms  # noqa: F401 - the entries of the other rooms
import pytest
from desk_cast import Cast
from desk_matrix import MATRIX
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from junheng.web.roles import Role

pytestmark = pytest.mark.slow

REFUSED = (403, 404)


def _patterns(resolver: URLResolver) -> Iterator[URLPattern]:
    for each in resolver.url_patterns:
        if isinstance(each, URLResolver):
            yield from _patterns(each)
        else:
            yield each


PATTERNS = list(_patterns(get_resolver()))


def _let_go(answer: Any) -> None:
    """Close a file that nobody reads. `close` itself would also end the connection of the test."""
    for closer in answer._resource_closers:
        closer()


def test_every_address_stands_in_the_matrix_and_every_entry_is_an_address() -> None:
    assert {str(each.name) for each in PATTERNS} == set(MATRIX)


@pytest.mark.parametrize("pattern", PATTERNS, ids=lambda each: str(each.name))
def test_every_view_says_who_may_open_it(pattern: URLPattern) -> None:
    assert getattr(pattern.callback, "opened_by", None), (
        "mark it with needs, signed_in or open_to_all"
    )


def test_nobody_gets_in_without_signing_in(cast: Cast) -> None:
    client = Client()
    for name, entry in MATRIX.items():
        path = entry.path(name, cast)
        for answer in (client.get(path), client.post(path)):
            _let_go(answer)
            if entry.anybody:
                assert answer.status_code < 400, name
            else:
                assert answer.status_code in (302, 401), name
                if answer.status_code == 302:
                    assert answer.headers["Location"].startswith(reverse("sign-in")), name


@pytest.mark.parametrize("area", ["own", "other"])
@pytest.mark.parametrize("role", list(Role))
def test_an_address_opens_to_its_roles_in_their_area_and_to_nobody_else(
    role: Role, area: str, cast: Cast
) -> None:
    client, wrong = cast.client(role, area), []
    for name, entry in MATRIX.items():
        if name == "sign-out":  # by GET it does nothing; by POST it would end this test
            continue
        path = entry.path(name, cast)
        answer = client.get(path)
        _let_go(answer)
        got = answer.status_code
        if entry.opens_to(cast, role, area):
            wrong += [f"{name}: {got}"] if got != entry.status else []
            continue
        refused = (*REFUSED, 405) if entry.status == 405 else REFUSED
        wrong += [f"{name} opened: {got}"] if got not in refused else []
        posted = client.post(path).status_code
        wrong += [f"{name} took a POST: {posted}"] if posted not in REFUSED else []
    assert wrong == []


def test_every_role_has_somebody_in_both_areas(cast: Cast) -> None:
    assert set(cast.people) == {(role, area) for role in Role for area in ("own", "other")}
