"""Pages that ask for news of a run by themselves: they keep no session alive, and end with it."""

from datetime import timedelta

from desk_cast import Cast
from django.contrib.sessions.models import Session
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from junheng.web.actions.runs import queue_run
from junheng.web.roles import Role

ENTRY = reverse("sign-in")


def test_a_page_that_asks_again_and_again_goes_to_the_sign_in_as_a_whole(cast: Cast) -> None:
    asked = {"HX-Request": "true", "HX-Current-URL": "http://testserver/runs/1/?a=b"}
    answer = Client().get("/runs/1/progress/", headers=asked)
    assert answer.status_code == 401
    assert answer.headers["HX-Redirect"] == f"{ENTRY}?next=/runs/1/%3Fa%3Db"
    elsewhere = {"HX-Request": "true", "HX-Current-URL": "https://evil.example/x"}
    answer = Client().get("/runs/1/progress/", headers=elsewhere)
    assert answer.headers["HX-Redirect"] == f"{ENTRY}?next=/"


def test_a_page_that_asks_again_and_again_does_not_keep_the_session_alive(cast: Cast) -> None:
    """The marker stands in both pages that poll."""
    by = cast.people[Role.CITY_OFFICER, "own"]
    run = queue_run(kind="assessment", title="评估", office=cast.city, by=by)
    client = cast.client(Role.CITY_OFFICER)
    pages = [reverse("runs"), reverse("run", args=[run.pk]), reverse("run-progress", args=[run.pk])]
    for page in pages:
        told = client.get(page).content.decode()
        assert told.count("hx-trigger") == told.count('hx-headers=\'{"Desk-Polling": "1"}\'') == 1
    session = client.session
    session["renewed"] -= 61
    session.save()
    Session.objects.update(expire_date=timezone.now() + timedelta(minutes=1))
    for page in pages:
        assert (
            client.get(page, headers={"HX-Request": "true", "Desk-Polling": "1"}).status_code == 200
        )
    assert Session.objects.get().expire_date < timezone.now() + timedelta(minutes=2)
    client.get(pages[0])
    assert Session.objects.get().expire_date > timezone.now() + timedelta(minutes=29)
