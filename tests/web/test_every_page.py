"""Every page of the desk in a real browser, at desktop and phone width: axe finds no fault on any.

The pages are those of the matrix, so a page that is added is looked at without anybody thinking of it.
"""

from typing import Any

import desk_rooms  # noqa: F401 - the entries of the other rooms
import pytest
from desk_browser import DESKTOP, PHONE, opened
from desk_cast import Cast, load_cast
from desk_matrix import MATRIX
from django.test import Client

from junheng.web.roles import Role

FIRST = (Role.SCHOOL_CLERK, Role.COUNTY_OFFICER, Role.CITY_OFFICER, Role.ADMINISTRATOR)
"""Whoever works with most pages; for a page that none of them opens, any other role."""
LEAST = 45
"""Pages that there are at least: a matrix that lost its entries would find no fault either."""


def _pages(cast: Cast) -> list[tuple[str, str, Role]]:
    """(name, address, who opens it) of everything that answers with a page."""
    found = []
    for name, entry in MATRIX.items():
        path = entry.path(name, cast)
        may = [r for r in (*FIRST, *Role) if entry.opens_to(cast, r, "own")]
        if entry.status != 200 or not may:
            continue
        answer = cast.client(may[0]).get(path)
        html = answer.headers["Content-Type"].startswith("text/html")
        if html and b"<html" in answer.content:  # not a piece of a page that htmx asks for
            found.append((name, path, may[0]))
        for closer in answer._resource_closers:
            closer()
    return found


@pytest.mark.prove
@pytest.mark.django_db(transaction=True)
def test_axe_finds_no_fault_on_any_page(live_server: Any, record_property: Any) -> None:
    cast = load_cast()
    pages = _pages(cast)
    assert len(pages) >= LEAST
    faults: list[str] = []
    with opened(live_server.url) as desk:
        for role in dict.fromkeys(role for _, _, role in pages):
            desk.sign_in(cast.client(role))
            for name, path in ((n, p) for n, p, who in pages if who is role):
                for width in (DESKTOP, PHONE):
                    try:
                        desk.open(path, width)
                    except AssertionError as error:
                        faults.append(f"{name} {width}: {error}")
        desk.driver.delete_all_cookies()
        for name in ("sign-in", "open"):
            address = MATRIX[name].path(name, cast)
            assert Client().get(address).status_code == 200
            for width in (DESKTOP, PHONE):
                desk.open(address, width)
    assert faults == []
    record_property("tally", {"axe 看过的页面（两种宽度）": 2 * (len(pages) + 2)})
