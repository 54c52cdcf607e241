"""Pages that ask for news of a run by themselves: they keep no session alive, and end with it."""

import pytest
from django.test import Client
from django.urls import reverse

ENTRY = reverse("sign-in")


@pytest.mark.django_db
def test_a_page_that_asks_again_and_again_goes_to_the_sign_in_as_a_whole() -> None:
    asked = {"HX-Request": "true", "HX-Current-URL": "http://testserver/runs/1/?a=b"}
    answer = Client().get("/runs/1/progress/", headers=asked)
    assert answer.status_code == 401
    assert answer.headers["HX-Redirect"] == f"{ENTRY}?next=/runs/1/%3Fa%3Db"
    elsewhere = {"HX-Request": "true", "HX-Current-URL": "https://evil.example/x"}
    answer = Client().get("/runs/1/progress/", headers=elsewhere)
    assert answer.headers["HX-Redirect"] == f"{ENTRY}?next=/"
