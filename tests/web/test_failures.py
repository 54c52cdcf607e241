"""What goes wrong is told in a sentence, with the way back, and leaves nothing half done."""

from typing import Any

import pytest
from desk_cast import Cast
from django.test import Client, override_settings
from django.urls import reverse

from junheng.web.models import Office
from junheng.web.roles import Role


def test_a_request_that_is_too_large_is_told_so_and_nothing_is_read(cast: Cast) -> None:
    with override_settings(LARGEST_REQUEST=1000):
        answer = cast.client(Role.ADMINISTRATOR).post(reverse("new-office"), {"name": "x" * 2000})
    assert answer.status_code == 413
    assert "没有接收" in answer.content.decode()


def test_a_form_of_megabytes_of_words_is_told_so(cast: Cast) -> None:
    form = {"code": "1", "name": "字" * 2_000_000, "kind": "county", "parent": cast.city.pk}
    answer = cast.client(Role.ADMINISTRATOR).post(reverse("new-office"), form)
    assert answer.status_code in (200, 413)
    assert not Office.objects.filter(code="1").exists()


def test_an_old_form_is_told_that_it_is_old(cast: Cast) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(
        cast.people[Role.ADMINISTRATOR, "own"],
        backend="django.contrib.auth.backends.ModelBackend",
    )
    answer = client.post(reverse("new-office"), {"name": "x"})
    assert answer.status_code == 403
    assert "这一页已经过期" in answer.content.decode()


@pytest.mark.parametrize("path", ["/nowhere/", "/offices/99999/", "/events/99999/"])
def test_what_is_not_there_has_a_page_with_the_way_back(cast: Cast, path: str) -> None:
    answer = cast.client(Role.ADMINISTRATOR).get(path)
    assert answer.status_code == 404
    assert 'href="/"' in answer.content.decode()


def test_a_fault_of_ours_shows_no_traceback(cast: Cast, monkeypatch: Any) -> None:
    client = cast.client(Role.ADMINISTRATOR)
    client.raise_request_exception = False
    monkeypatch.setattr("junheng.web.views.accounts.long_table", lambda *_, **__: 1 / 0)
    answer = client.get(reverse("accounts"))
    assert answer.status_code == 500
    text = answer.content.decode()
    assert "程序出了错" in text
    assert "ZeroDivisionError" not in text


@pytest.mark.parametrize(
    "query",
    [
        "page=x",
        "page=-3",
        "page=999",
        "sort=99",
        "sort=-x",
        "as=exe",
        "q=%27%22%3Cb%3E",
        "kind=zzz",
    ],
)
def test_addresses_that_somebody_typed_do_no_harm(cast: Cast, query: str) -> None:
    client = cast.client(Role.ADMINISTRATOR)
    for name in ("offices", "accounts", "events"):
        answer = client.get(f"{reverse(name)}?{query}")
        assert answer.status_code == 200
        assert "<b>" not in answer.content.decode()
