"""The register of remedies at ten thousand: the database counts, sorts and cuts; nothing is left out."""

import csv
import io
import random
from collections import Counter
from datetime import timedelta
from typing import Any

import pytest
from desk_cast import Cast
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from junheng.casework import register
from junheng.casework.deadlines import Lateness
from junheng.web import paging
from junheng.web.models import Case
from junheng.web.roles import Role
from junheng.web.views.filings.fetching import standing_of
from junheng.web.views.remedies.urgency import counted, ranked

pytestmark = [pytest.mark.slow, pytest.mark.django_db]
STATES = ("found", "working", "reported", "struck", "dropped")
REMEDIES = register("remedies")
RANKS = (Lateness.LATE, Lateness.SOON, Lateness.EARLY, Lateness.NONE)


def fill(cast: Cast, count: int, *, year: int = 2026) -> None:
    """Remedies of all states and days, in the cast's schools."""
    chance, today = random.Random(5), timezone.localdate()
    Case.objects.bulk_create([
        Case(
            register="remedies", subject=chance.choice(cast.schools), office=chance.choice(cast.counties), year=year,
            key=f"L{chance.randint(1, 7)} 小学 {n}", state=chance.choice(STATES),
            due=chance.choice([None, *(today + timedelta(days) for days in range(-40, 60, 3))]),
            data={"values": {"line_code": "L5", "line_label": f"第{n}项", "gap": "1"}},
        )
        for n in range(count)
    ])  # fmt: skip


def test_the_order_of_the_database_is_that_of_the_rules_of_the_register(cast: Cast) -> None:
    fill(cast, 400)
    today = timezone.localdate()
    found = Case.objects.filter(register="remedies").select_related("subject__parent")
    shown = list(ranked(found, REMEDIES, on=today).order_by("urgency", "until", "pk"))
    told = [(RANKS.index(standing_of(each).lateness), str(standing_of(each).due or "9"), each.pk) for each in shown]  # fmt: skip
    assert told == sorted(told)
    assert [each.urgency for each in shown] == [rank for rank, _, _ in told]  # type: ignore[attr-defined]
    assert {rank for rank, _, _ in told} == {0, 1, 2, 3}


def test_the_counts_are_those_of_all_rows(cast: Cast) -> None:
    fill(cast, 300)
    found = Case.objects.filter(register="remedies").select_related("subject__parent")
    told = counted(found, REMEDIES, on=timezone.localdate())
    assert told.by_state == Counter(each.state for each in found)
    late = [each for each in found if standing_of(each).lateness is Lateness.LATE]
    assert (told.late, told.total) == (len(late), 300)
    assert late


def test_every_row_is_on_one_page_whatever_it_is_sorted_by(cast: Cast) -> None:
    fill(cast, 250)
    client = cast.client(Role.CITY_OFFICER)
    for sort in ("", "0", "-6", "8", "-1"):
        seen: list[str] = []
        for page in (1, 2, 3):
            text = client.get(reverse("remedies"), {"page": page, "sort": sort}).content.decode()
            seen += [
                part.split("/")[0]
                for part in text.split('href="/remedies/')[1:]
                if part[0].isdecimal()
            ]
        assert len(seen) == len(set(seen)) == 250
    assert "共 250 行" in text


def test_sorting_by_a_heading_sorts_the_whole_list_and_not_the_page(cast: Cast) -> None:
    fill(cast, 250)
    last = Case.objects.filter(register="remedies").order_by("-key").first()
    assert last is not None
    text = cast.client(Role.CITY_OFFICER).get(reverse("remedies"), {"sort": "-1"}).content.decode()
    assert f'href="/remedies/{last.pk}/"' in text
    assert 'aria-sort="descending"' in text


def test_the_tabs_and_the_search_filter_in_the_database(cast: Cast) -> None:
    fill(cast, 120)
    client = cast.client(Role.CITY_OFFICER)
    rows = csv_of(client.get(reverse("remedies"), {"state": "late", "as": "csv"}))
    found = Case.objects.filter(register="remedies").select_related("subject__parent")
    assert len(rows) == sum(standing_of(c).lateness is Lateness.LATE for c in found)
    one = csv_of(client.get(reverse("remedies"), {"q": "L3 小学", "as": "csv"}))
    assert len(one) == sum("L3 小学" in c.key for c in found)
    none = client.get(reverse("remedies"), {"q": "没有这所学校"}).content.decode()
    assert "没有符合条件的整改" in none


def csv_of(answer: Any) -> list[dict[str, str]]:
    text = answer.getvalue().decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text)))


def test_an_export_is_whole_and_streamed_however_long_the_list(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    fill(cast, 730)
    client = cast.client(Role.CITY_OFFICER)
    monkeypatch.setattr(paging, "ROWS", 100)
    answer = client.get(reverse("remedies"), {"as": "csv", "page": 3})
    assert answer.streaming
    rows = csv_of(answer)
    assert len(rows) == len({row["要求"] for row in rows}) == 730
    assert client.get(reverse("remedies"), {"as": "xlsx"}).status_code == 200
    monkeypatch.setattr(paging, "MOST_IN_EXCEL", 700)
    refused = client.get(reverse("remedies"), {"as": "xlsx"})
    assert refused.status_code == 409
    assert "有 730 行，Excel 文件最多导出 700 行" in refused.content.decode()


def test_of_ten_thousand_a_page_reads_a_page(cast: Cast) -> None:
    fill(cast, 10_000)
    client = cast.client(Role.CITY_OFFICER)
    client.get(reverse("remedies"))
    for page in ("1", "50"):
        with CaptureQueriesContext(connection) as asked:
            assert client.get(reverse("remedies"), {"page": page}).status_code == 200
        assert len(asked) <= 12
        rows = [q["sql"] for q in asked.captured_queries if '"desk_case"."data"' in q["sql"]]
        assert len(rows) == 1, "rows are read once"
        assert rows[0].count(",") < 400, "those of the page, by their numbers"
        assert '"desk_case"."id" IN (' in rows[0]


def test_a_remedy_that_fails_again_says_who_takes_it_in_again(cast: Cast) -> None:
    from junheng.web.views.remedies.listing import _failed_again

    fill(cast, 60)
    case = Case.objects.filter(state="struck").select_related("subject__parent", "office")[0]
    for role, told in ((Role.COUNTY_OFFICER, "请打开这一件，重新列入"), (Role.CITY_OFFICER, "请打开这一件，重新列入"),
                       (Role.COUNTY_LEADER, "请区县填报管理员或市级管理员或督导办理")):  # fmt: skip
        assert told in _failed_again(case, cast.people[role, "own"])
