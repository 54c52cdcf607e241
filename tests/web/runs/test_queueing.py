"""Queueing a run, following it, laying two side by side, reminding of a target."""

import json
import re
from pathlib import Path
from typing import Any

import pytest
from assessed import YEAR, assessed
from desk_cast import Cast
from django.conf import settings
from django.urls import reverse

from junheng.web.actions.runs import queue_run
from junheng.web.models import Event, Run
from junheng.web.roles import Role

pytestmark = pytest.mark.django_db
SEAL = f"{YEAR}-0123456789ab"


@pytest.fixture
def seal() -> str:
    """A seal in the store, as far as the forms read it."""
    folder = Path(settings.DATA) / "store" / "seals" / SEAL
    folder.mkdir(parents=True, exist_ok=True)
    told = {
        "year": YEAR,
        "on": f"{YEAR}-10-20",
        "by": "示例",
        "facts": "ab" * 32,
        "missing_schools": [],
    }
    (folder / "seal.json").write_text(json.dumps(told), encoding="utf-8")
    return SEAL


def plain(content: bytes) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", content.decode()))


def post(cast: Cast, role: Role, kind: str, **words: Any) -> Any:
    return cast.client(role).post(reverse("new-run-of", args=[kind]), words)


def test_an_assessment_is_queued_with_plain_settings(cast: Cast, seal: str) -> None:
    answer = post(
        cast, Role.CITY_OFFICER, "assessment", office=cast.city.pk, snapshot=seal, on="2026-03-31",
        official="on",
    )  # fmt: skip
    run = Run.objects.latest("pk")
    assert answer.headers["Location"] == reverse("run", args=[run.pk])
    assert run.official
    assert (run.snapshot, run.year, run.state) == (seal, YEAR, "queued")
    assert run.settings["on"] == "2026-03-31"
    json.dumps(run.settings)


def test_other_than_default_readings_are_never_official(cast: Cast, seal: str) -> None:
    answer = post(
        cast, Role.CITY_OFFICER, "assessment", office=cast.city.pk, snapshot=seal, on="2026-03-31",
        official="on", variant="unweighted_pop",
    )  # fmt: skip
    assert "不能作为正式结论" in answer.content.decode()
    assert not Run.objects.exists()


def test_a_county_officer_queues_for_the_own_county_alone_and_never_officially(
    cast: Cast, seal: str
) -> None:
    words = {"snapshot": seal, "on": "2026-03-31", "official": "on"}
    refused = post(cast, Role.COUNTY_OFFICER, "assessment", office=cast.counties[1].pk, **words)
    assert refused.status_code == 200
    assert not Run.objects.exists()
    post(cast, Role.COUNTY_OFFICER, "assessment", office=cast.counties[0].pk, **words)
    assert not Run.objects.get().official


def test_a_price_and_a_limit_are_changed_and_run_again(cast: Cast, seal: str) -> None:
    words = {"office": cast.counties[0].pk, "snapshot": seal, "on": "2026-03-31", "by": 2027,
             "seconds": 60, "budget": "1500.5", "most.hires": 20, "price.art_room": "510000"}  # fmt: skip
    post(cast, Role.CITY_OFFICER, "compliance", **words)
    run = Run.objects.latest("pk")
    assert run.settings["prices"] == {"art_room": "510000"}
    assert run.settings["limits"] == {cast.counties[0].code: {"hires": 20}}
    assert run.settings["budget_yuan"] == "15005000"
    again = cast.client(Role.CITY_OFFICER).get(
        reverse("new-run-of", args=["compliance"]), {"like": run.pk}
    )
    page = again.content.decode()
    for value in ("510000", "1500.5", 'value="20"', 'value="2027"'):
        assert value in page


def test_what_makes_no_sense_is_refused_at_the_field(cast: Cast, seal: str) -> None:
    late = post(
        cast, Role.CITY_OFFICER, "targets", office=cast.city.pk, seals=[seal], on="2026-11-29",
        recover_by="2026-01-01",
    )  # fmt: skip
    assert "补齐日期应晚于" in late.content.decode()
    early = post(
        cast, Role.CITY_OFFICER, "compliance", office=cast.city.pk, snapshot=seal, on="2026-03-31",
        by=2020, seconds=60,
    )  # fmt: skip
    assert early.status_code == 200
    unknown = post(cast, Role.CITY_OFFICER, "nonsense")
    assert unknown.status_code == 404
    assert not Run.objects.exists()


def test_a_run_is_followed_and_cancelled_on_the_page(cast: Cast) -> None:
    client, by = cast.client(Role.CITY_OFFICER), cast.people[Role.CITY_OFFICER, "own"]
    run = queue_run(kind="years", title="历年", office=cast.city, by=by)
    part = client.get(reverse("run-progress", args=[run.pk]))
    assert "排队" in part.content.decode()
    assert "HX-Refresh" not in part.headers
    client.post(reverse("cancel-run", args=[run.pk]))
    run.refresh_from_db()
    assert run.state == "cancelled"
    assert client.get(reverse("run-progress", args=[run.pk])).headers["HX-Refresh"] == "true"


def test_files_are_given_out_and_nothing_else_of_the_disk(cast: Cast) -> None:
    run, client = assessed(cast), cast.client(Role.CITY_LEADER)
    answer = client.get(reverse("run-file", args=[run.pk, "assessment.parquet"]))
    assert answer.status_code == 200
    assert b"".join(answer.streaming_content)[:4] == b"PAR1"
    for name in ("pages/city.json", "../../secret.key", "..%2F..%2Fsecret.key", "nothing.xlsx"):
        assert client.get(f"/runs/{run.pk}/files/{name}").status_code == 404


def test_two_results_side_by_side_tell_only_what_differs(cast: Cast) -> None:
    one, other = assessed(cast), assessed(cast, official=False)
    file = other.path / "pages" / "page.json"
    told = json.loads(file.read_text(encoding="utf-8"))
    told["tables"][0]["rows"][0][1] = ["达标", "pass"]
    told["figures"][0]["value"] = "9 / 9"
    file.write_text(json.dumps(told), encoding="utf-8")
    from junheng.web.results import reading

    reading._KEPT = reading.Kept()
    client = cast.client(Role.CITY_OFFICER)
    page = plain(client.get(reverse("runs-beside"), {"one": one.pk, "other": other.pk}).content)
    assert "9 / 9 （不同）" in page or "9 / 9（不同）" in page
    assert "另有 1 行两次一样" in page
    assert "两次完全一样" in page


def test_a_unit_is_reminded_of_an_overdue_target_once_a_form(cast: Cast) -> None:
    by = cast.people[Role.CITY_OFFICER, "own"]
    run = queue_run(
        kind="targets", title="目标", office=cast.city, by=by, settings={"on": "2026-11-29"}
    )
    folder = Path(settings.DATA) / "results" / "targets-1" / "pages"
    folder.mkdir(parents=True, exist_ok=True)
    row = [
        "C1 少超班额",
        "甲县",
        ["逾期", "fail"],
        "9%",
        "≥ 100%",
        "91",
        "2026-08-31",
        "甲县政府",
        "还差",
        "每月 3 个班",
    ]
    other = ["C1 少超班额", "乙县", ["达成", "pass"], *row[3:]]
    table = {
        "name": "政策目标", "note": "", "keys": 2, "folded": False, "about": [c.code for c in cast.counties],
        "headings": [{"title": str(n), "kind": ""} for n in range(10)], "rows": [row, other],
    }  # fmt: skip
    page = {
        "lead": [],
        "figures": [],
        "tables": [table],
        "notes": [],
        "warnings": [],
        "settings": [],
    }
    (folder / "page.json").write_text(json.dumps(page), encoding="utf-8")
    Run.objects.filter(pk=run.pk).update(state="done", receipt={}, folder="targets-1")
    client = cast.client(Role.CITY_OFFICER)
    words = {"which": f"{cast.counties[0].code}|C1", "words": "请于下周报进度", "once": "form-1"}
    assert client.post(reverse("remind-target"), words).status_code == 302
    client.post(reverse("remind-target"), words)
    assert Event.objects.get(verb="催办目标").once == f"{by.pk}:form-1", "the person's own number"
    long = {**words, "once": "x" * 200}
    assert client.post(reverse("remind-target"), long).status_code == 302
    event = Event.objects.filter(verb="催办目标").last()
    assert len(event.once) <= Event._meta.get_field("once").max_length
    county = plain(cast.client(Role.COUNTY_OFFICER).get(reverse("targets")).content)
    assert "（共2次）" in county
    assert "乙县" not in county


def test_a_form_sent_twice_queues_one_run_and_leads_to_it(cast: Cast, seal: str) -> None:
    address = reverse("new-run-of", args=["assessment"])
    shown = cast.client(Role.CITY_OFFICER).get(address).content.decode()
    found = re.search(r'name="once" value="(\w+)"', shown)
    assert found is not None
    words = {"office": cast.city.pk, "snapshot": seal, "on": "2026-03-31", "once": found[1]}
    first, second = (post(cast, Role.CITY_OFFICER, "assessment", **words) for _ in range(2))
    assert Run.objects.count() == 1
    assert first.headers["Location"] == second.headers["Location"]
    page = cast.client(Role.CITY_OFFICER).get(address).content.decode()
    assert found[1] not in page, "a form shown anew is another form"
    post(cast, Role.CITY_OFFICER, "assessment", **{**words, "once": "another"})
    assert Run.objects.count() == 2
    changed = post(cast, Role.CITY_OFFICER, "assessment", **{**words, "on": "2026-04-01"})
    assert Run.objects.count() == 3, "back, one thing changed: that is asked for"
    assert changed.headers["Location"] != first.headers["Location"]


def test_the_number_of_a_form_is_the_persons_own(cast: Cast, seal: str) -> None:
    words = {"snapshot": seal, "on": "2026-03-31", "once": "same"}
    post(cast, Role.CITY_OFFICER, "assessment", office=cast.city.pk, **words)
    post(cast, Role.COUNTY_OFFICER, "assessment", office=cast.counties[0].pk, **words)
    assert Run.objects.count() == 2
