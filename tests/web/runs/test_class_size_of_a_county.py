"""The class-size plan of one county out of a sealed city: its schools alone, the same plan as in the whole."""

import io
import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from assessed import COUNTIES, YEAR, county_rows
from desk_cast import Cast
from django.urls import reverse

from junheng.casework.returns import records_of
from junheng.errors import MisuseError
from junheng.registry import Filing, Report, Snapshot, seal
from junheng.web.roles import Role
from junheng.web.working.doing.planning import plan_classes
from junheng.web.working.telling import Telling


@pytest.fixture(scope="module")
def city(tmp_path_factory: pytest.TempPathFactory) -> Snapshot:
    """Both counties of the cast under one seal."""
    parts = [county_rows(code) for code in COUNTIES]
    plain = {
        table: [{c: v for c, v in row.items() if "!" not in c} for part in parts for row in part[table]]
        for table in parts[0]
    }  # fmt: skip
    report = Report(
        Filing(tuple(records_of(plain, file="示例.xlsx")), (), (), "1-示例"), (), (), ()
    )
    folder = tmp_path_factory.mktemp("city")
    return seal(report, folder, year=YEAR, by="示例", on=date(YEAR, 10, 20))


def planned(city: Snapshot, folder: Path, county: str) -> tuple[dict[str, Any], str]:
    folder.mkdir()
    job = {"seals": [str(city.path)], "on": f"{YEAR + 1}-03-31", "years": 1, "county": county}
    receipt = plan_classes(job, folder, Telling(io.StringIO()))
    return receipt, (folder / "page.json" if (folder / "page.json").is_file() else folder / "pages" / "page.json").read_text(encoding="utf-8")  # fmt: skip


def test_a_county_gets_its_own_plan_and_it_is_that_of_the_whole(
    city: Snapshot, tmp_path: Path
) -> None:
    code, (name, _) = next(iter(COUNTIES.items()))
    other = dict(COUNTIES)["419952"][0]
    whole, page = planned(city, tmp_path / "whole", "")
    alone, own = planned(city, tmp_path / "alone", code)
    assert whole["facts"] == alone["facts"] == city.facts.fingerprint
    rows = [row for table in json.loads(page)["tables"] for row in table["rows"]]
    mine = [row for table in json.loads(own)["tables"] for row in table["rows"]]
    assert rows
    assert len(mine) < len(rows)
    codes = {row["school_code"] for row in county_rows(code)["schools"]}
    names = {row["school_name"] for row in county_rows(code)["schools"]}
    told = json.dumps(mine, ensure_ascii=False)
    assert any(each in told for each in names)
    assert codes
    assert other not in told
    assert name


def test_a_county_that_is_not_in_the_seal_is_told(city: Snapshot, tmp_path: Path) -> None:
    with pytest.raises(MisuseError, match="没有区县“419999”"):
        planned(city, tmp_path / "none", "419999")


@pytest.mark.django_db
def test_a_county_officer_is_offered_the_class_size_plan(cast: Cast) -> None:
    page = cast.client(Role.COUNTY_OFFICER).get(reverse("new-run-of", args=["class_size"]))
    assert cast.counties[0].name in page.content.decode()
