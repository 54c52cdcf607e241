"""Looking into a result: what the pages say is what the assessment says, and only within the area."""

import csv
import io
import re

import pytest
from assessed import COUNTIES, assessed, study
from desk_cast import Cast
from django.test import Client
from django.urls import reverse

from junheng.publish.digits import spread_text, value_text
from junheng.publish.wording import headline, verdict_word
from junheng.web.models import Run
from junheng.web.roles import Role
from junheng.web.views.drill.links import Links

pytestmark = pytest.mark.django_db
MOST_QUERIES = 12


def text(client: Client, name: str, *args: object, **query: str) -> str:
    answer = client.get(reverse(name, args=args), query)
    assert answer.status_code == 200
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", answer.content.decode()))


def rows(client: Client, key: str, name: str, *args: object, **query: str) -> list[list[str]]:
    """The exported table, without its heading."""
    answer = client.get(reverse(name, args=args), {f"as{key}": "csv", **query})
    return list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig"))))[1:]


def test_the_city_shows_every_county_with_its_verdict(cast: Cast) -> None:
    run = assessed(cast)
    shown = {r[0]: r[1] for r in rows(cast.client(Role.CITY_LEADER), "", "drill-city", run.pk)}
    assert shown == {c.name: c.verdict.value for c in study().assessment.counties}


def test_the_county_says_the_headline_and_every_coefficient_of_variation(cast: Cast) -> None:
    run, county = assessed(cast), study().assessment.counties[0]
    client = cast.client(Role.COUNTY_LEADER)
    assert headline(county) in text(client, "drill-county", run.pk, county.code)
    shown = [r[2] for r in rows(client, ".cv", "drill-county", run.pk, county.code)]
    assert [float(x) for x in shown] == [float(spread_text(s)) for s in county.spreads]


def test_the_matrix_has_every_value_of_every_part(cast: Cast) -> None:
    run, county = assessed(cast), study().assessment.counties[0]
    shown = rows(cast.client(Role.COUNTY_OFFICER), "", "drill-matrix", run.pk, county.code)
    assert len(shown) == len(county.parts)
    for row, part in zip(shown, county.parts, strict=True):
        assert row[0] == part.title
        assert row[1] == verdict_word(part.verdict, near=part.near)
        told = [value_text(each).replace(",", "") for each in part.indicators]
        assert [float(x) for x in row[8:]] == [float(x) for x in told]


@pytest.mark.parametrize(
    ("name", "value"),
    [("stage", "初中"), ("own", "公办"), ("place", "乡村"), ("verdict", "未达标")],
)
def test_a_filter_keeps_what_it_says_and_loses_nothing(cast: Cast, name: str, value: str) -> None:
    run, code = assessed(cast), next(iter(COUNTIES))
    at = {"stage": 3, "own": 5, "place": 6, "verdict": 1}[name]
    client = cast.client(Role.CITY_OFFICER)
    everything = rows(client, "", "drill-matrix", run.pk, code)
    kept = rows(client, "", "drill-matrix", run.pk, code, **{name: value})
    assert kept == [row for row in everything if row[at] == value]


def test_a_value_walks_back_to_its_cell(cast: Cast) -> None:
    run, code = assessed(cast), cast.schools[0].code
    client = cast.client(Role.SCHOOL_CLERK)
    part = next(p for p in study().assessment.parts if p.school_code == code)
    judged = part.of("L5")
    page = text(client, "drill-cells", run.pk, code, "L5")
    assert judged.numbers in page
    table = rows(client, ".cells", "drill-cells", run.pk, code, "L5")
    ground = next(r for r in table if "体育场" in r[0])
    assert ground[3:6] == ["示例.xlsx", "facilities", ground[5]]
    filed = text(client, "drill-cell", run.pk, code, "sports_ground_area_m2")
    assert ground[5] in filed
    assert "L5" in filed


def test_a_school_sees_itself_and_no_other(cast: Cast) -> None:
    run, client = assessed(cast), cast.client(Role.SCHOOL_CLERK)
    own, neighbour = (each.code for each in cast.schools[:2])
    assert client.get(reverse("drill-school", args=[run.pk, own])).status_code == 200
    for name, args in (
        ("drill-school", [neighbour]), ("drill-cells", [neighbour, "L5"]), ("drill-filed", [neighbour]),
        ("drill-county", [cast.counties[0].code]), ("drill-city", []), ("drill-leader", []),
    ):  # fmt: skip
        assert client.get(reverse(name, args=[run.pk, *args])).status_code == 404


def test_what_is_not_official_is_shown_to_who_sees_runs_and_marked(cast: Cast) -> None:
    trial = assessed(cast, official=False)
    code = cast.counties[0].code
    assert "预览" in text(cast.client(Role.CITY_OFFICER), "drill-county", trial.pk, code)
    for role in (Role.COUNTY_OFFICER, Role.SCHOOL_CLERK):
        answer = cast.client(role).get(reverse("drill-county", args=[trial.pk, code]))
        assert answer.status_code == 404
    assert "正式" in text(cast.client(Role.COUNTY_OFFICER), "drill-county", assessed(cast).pk, code)


def test_the_leader_reads_what_where_cost_who_and_when(cast: Cast) -> None:
    page = text(cast.client(Role.CITY_LEADER), "drill-leader", assessed(cast).pk)
    for words in ("哪里", "差什么、差多少", "要花多少", "谁负责", "何时完成", "甲县", "乙县"):
        assert words in page
    own = text(cast.client(Role.COUNTY_LEADER), "drill-leader", assessed(cast).pk)
    assert "甲县" in own
    assert "乙县" not in own


def test_no_page_asks_the_database_more_than_twelve_times(
    cast: Cast, django_assert_max_num_queries: object
) -> None:
    run, code, school = assessed(cast), cast.counties[0].code, cast.schools[0].code
    client = cast.client(Role.CITY_OFFICER)
    pages = [
        ("drill-city", []), ("drill-leader", []), ("drill-county", [code]), ("drill-matrix", [code]),
        ("drill-shortfalls", [code]), ("drill-line", [code, "L5"]), ("drill-line", [code, "GV3"]),
        ("drill-school", [school]), ("drill-cells", [school, "L5"]), ("drill-filed", [school]),
        ("run", []),
    ]  # fmt: skip
    for name, args in pages:
        with django_assert_max_num_queries(MOST_QUERIES):  # type: ignore[operator]
            assert client.get(reverse(name, args=[run.pk, *args])).status_code == 200
    with django_assert_max_num_queries(MOST_QUERIES):  # type: ignore[operator]
        assert client.get(reverse("runs")).status_code == 200


def test_a_result_whose_files_are_gone_is_told_in_a_sentence(cast: Cast) -> None:
    run = assessed(cast)
    Run.objects.filter(pk=run.pk).update(folder="nowhere")
    answer = cast.client(Role.CITY_LEADER).get(reverse("drill-city", args=[run.pk]))
    assert answer.status_code == 409
    assert "重新安排一次测算" in answer.content.decode()


def test_addresses_put_together_are_those_that_django_would_give() -> None:
    links, county, school = Links(7), "419951", "2141951001"
    assert links.county(county) == reverse("drill-county", args=[7, county])
    assert links.line(county, "L5") == reverse("drill-line", args=[7, county, "L5"])
    assert links.school(school) == reverse("drill-school", args=[7, school])
    assert links.cells(school, "L5") == reverse("drill-cells", args=[7, school, "L5"])
    assert links.cell(school, "boarders") == reverse("drill-cell", args=[7, school, "boarders"])
