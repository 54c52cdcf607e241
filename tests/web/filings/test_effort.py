"""What filing cost: the sums of the database are those of the rows, one after the other."""

import random
from collections import defaultdict

import pytest
from desk_cast import Cast
from django.db import connection
from django.test.utils import CaptureQueriesContext

from junheng.web.models import Case
from junheng.web.roles import Role
from junheng.web.views.filings.effort import COUNTY, totals

pytestmark = pytest.mark.django_db


def fill(cast: Cast) -> None:
    """Returns of three years; one type is empty, some cases hold nothing yet, some know no seconds."""
    chance = random.Random(2)
    cases = []
    for year in (2024, 2025, 2026):
        for subject in (*cast.schools, *cast.counties):
            counted = {n: chance.randint(0, 200) for n in ("asked", "prefilled", "kept", "spared")}
            data: dict[str, object] = {
                "asked": counted, "type": chance.choice(["primary", "junior", ""]), "seconds": chance.randint(0, 999),
            }  # fmt: skip
            if chance.random() < 0.2:
                del data["seconds"]
            if chance.random() < 0.2:
                data = {}
            cases.append(
                Case(register="filings", subject=subject, office=subject, year=year, state="draft", data=data)
            )  # fmt: skip
    Case.objects.bulk_create(cases)


def test_the_sums_are_those_of_the_rows(cast: Cast) -> None:
    fill(cast)
    told: dict[tuple[int, str], list[int]] = defaultdict(lambda: [0] * 6)
    for case in Case.objects.filter(register="filings").select_related("subject"):
        if "asked" in case.data:
            name = COUNTY if case.subject.kind == "county" else case.data["type"]
            held = case.data["asked"]
            row = (
                1,
                *(held[n] for n in ("asked", "prefilled", "kept", "spared")),
                case.data.get("seconds", 0),
            )
            told[case.year, name] = [a + b for a, b in zip(told[case.year, name], row, strict=True)]
    found = totals(Case.objects.filter(register="filings", data__has_key="asked"))
    assert {
        k: [t.cases, t.asked, t.prefilled, t.kept, t.spared, t.seconds] for k, t in found.items()
    } == dict(told)
    assert len(told) > 6


def test_the_page_reads_sums_and_no_rows(cast: Cast) -> None:
    fill(cast)
    client = cast.client(Role.CITY_OFFICER)
    with CaptureQueriesContext(connection) as asked:
        assert client.get("/filings/effort/").status_code == 200
    about = [q["sql"] for q in asked.captured_queries if "desk_case" in q["sql"]]
    assert len(about) == 1
    assert "GROUP BY" in about[0]
