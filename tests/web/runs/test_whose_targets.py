"""Whose run the page of the targets shows, where several were made for different offices."""

import json
import re
from pathlib import Path

import pytest
from desk_cast import Cast
from django.conf import settings
from django.urls import reverse

from junheng.web.models import Event, Office, Run
from junheng.web.roles import Role

pytestmark = pytest.mark.django_db
HEADINGS = 10
LONGEST = 80
"""Characters of a form's number in the log; PostgreSQL refuses more."""


def made(cast: Cast, office: Office, by: Role, day: str) -> Run:
    """A done run about the targets for an office, of which one line speaks: the day."""
    folder = f"targets-{office.code}-{day}"
    pages = Path(settings.DATA) / "results" / folder / "pages"
    pages.mkdir(parents=True, exist_ok=True)
    row = ["C1 少超班额", office.name, ["逾期", "fail"], *[""] * (HEADINGS - 3)]
    table = {
        "name": "政策目标", "note": "", "keys": 2, "folded": False, "about": [office.code], "rows": [row],
        "headings": [{"title": str(n), "kind": ""} for n in range(HEADINGS)],
    }  # fmt: skip
    page = {"lead": [], "figures": [], "tables": [table], "notes": [], "warnings": [], "settings": []}  # fmt: skip
    (pages / "page.json").write_text(json.dumps(page), encoding="utf-8")
    return Run.objects.create(
        kind="targets", title="目标", office=office, by=cast.people[by, "own"], state="done", receipt={},
        folder=folder, settings={"on": day},
    )  # fmt: skip


def shown(cast: Cast, role: Role) -> str:
    """The whole page as text."""
    page = cast.client(role).get(reverse("targets")).content.decode()
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", page))


def test_the_city_sees_its_own_run_though_a_countys_is_newer(cast: Cast) -> None:
    made(cast, cast.city, Role.CITY_OFFICER, "2026-01-01")
    made(cast, cast.counties[0], Role.COUNTY_OFFICER, "2026-02-02")
    for role in (Role.CITY_OFFICER, Role.CITY_LEADER):
        assert "到2026-01-01的情况" in shown(cast, role)


def test_a_county_sees_the_newest_of_its_own_and_of_the_whole_citys(cast: Cast) -> None:
    made(cast, cast.counties[0], Role.COUNTY_OFFICER, "2026-02-02")
    assert "到2026-02-02的情况" in shown(cast, Role.COUNTY_OFFICER)
    made(cast, cast.city, Role.CITY_OFFICER, "2026-03-03")
    assert "到2026-03-03的情况" in shown(cast, Role.COUNTY_OFFICER)
    made(cast, cast.counties[1], Role.CITY_OFFICER, "2026-04-04")
    assert "到2026-03-03的情况" in shown(cast, Role.COUNTY_OFFICER)


def test_an_endless_number_of_a_form_fits_into_the_log(cast: Cast) -> None:
    made(cast, cast.city, Role.CITY_OFFICER, "2026-01-01")
    client, words = (
        cast.client(Role.CITY_OFFICER),
        {"which": f"{cast.city.code}|C1", "words": "请报"},
    )
    assert client.post(reverse("remind-target"), {**words, "once": "x" * 500}).status_code == 302
    assert max(len(each.once or "") for each in Event.objects.filter(verb="催办目标")) <= LONGEST


def test_a_countys_run_is_shown_to_the_city_only_where_nothing_else_is_and_says_so(
    cast: Cast,
) -> None:
    made(cast, cast.counties[0], Role.COUNTY_OFFICER, "2026-02-02")
    page = shown(cast, Role.CITY_OFFICER)
    assert "到2026-02-02的情况" in page
    assert "只是甲县的，不是示例市的" in page
    made(cast, cast.city, Role.CITY_OFFICER, "2026-01-01")
    assert "只是甲县的" not in shown(cast, Role.CITY_OFFICER)
