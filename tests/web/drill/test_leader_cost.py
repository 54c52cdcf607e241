"""What the leader's page says of money: from which plan it is, and what that plan leaves undone."""

import re
from typing import Any

import pytest
from assessed import YEAR, assessed
from desk_cast import Cast
from django.urls import reverse

from junheng.web.models import Run
from junheng.web.roles import Role

pytestmark = pytest.mark.django_db
COUNTY = "419951"


def planned(cast: Cast, yuan: int, *, left: int = 0, snapshot: str = "", **settings: Any) -> Run:
    """A done plan of 甲县 by the city officer, for the page's own seal unless another is named."""
    return Run.objects.create(
        kind="compliance", title="方案", office=cast.counties[0], year=YEAR, state="done", folder="x",
        by=cast.people[Role.CITY_OFFICER, "own"], settings=settings, snapshot=snapshot or assessed(cast).snapshot,
        receipt={"summary": {"by": 2027, "cost_yuan": str(yuan), "left": left, "counties": {COUNTY: 1}}},
    )  # fmt: skip


def sheet(cast: Cast) -> str:
    client = cast.client(Role.CITY_LEADER)
    page = client.get(reverse("drill-leader", args=[assessed(cast).pk])).content.decode()
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", page))


def test_a_plan_of_another_seal_says_nothing_of_this_page(cast: Cast) -> None:
    planned(cast, 12_340_000)
    planned(cast, 10_000, snapshot="2021-aaaaaaaaaaaa")
    assert "1,234.0万元" in sheet(cast)
    assert "1.0万元" not in sheet(cast).replace("1,234.0万元", "")
    Run.objects.filter(kind="compliance").exclude(snapshot="2021-aaaaaaaaaaaa").delete()
    assert "不知道要花多少钱" in sheet(cast)


@pytest.mark.parametrize(
    "capped",
    [{"budget_yuan": "50000"}, {"limits": {COUNTY: {"hires": 2}}}],
    ids=["money", "people"],
)
def test_what_does_everything_goes_before_a_newer_plan_with_a_cap(
    capped: dict[str, Any], cast: Cast
) -> None:
    planned(cast, 12_340_000)
    planned(cast, 50_000, left=40, **capped)
    page = sheet(cast)
    assert "1,234.0万元" in page
    assert "40" not in page.partition("1,234.0万元")[2].partition("乙县")[0]


def test_a_cap_and_what_is_left_undone_stand_beside_the_cost(cast: Cast) -> None:
    planned(cast, 12_340_000, left=40, budget_yuan="15000000")
    page = sheet(cast)
    for words in (
        "还达不到 40 项",
        "经费有上限",
        "2027",
        cast.people[Role.CITY_OFFICER, "own"].name,
    ):
        assert words in page
    assert "做完仍有 40 项达不到" in page


def test_the_newest_of_equals_counts_and_own_prices_are_told(cast: Cast) -> None:
    planned(cast, 10_000)
    planned(cast, 12_340_000, prices={"art_room": "510000"})
    page = sheet(cast)
    assert "1,234.0万元" in page
    assert "改过价格" in page
