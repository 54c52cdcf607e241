"""What the city publishes: frozen, on record, the same for everybody, and gone when it is withdrawn."""

import csv
import hashlib
import io
import json
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from assessed import assessed
from desk_browser import DESKTOP, PHONE, opened
from desk_cast import Cast, load_cast
from django.conf import settings
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from opened.opened_matrix import drafted, published

from junheng.web.actions import cases
from junheng.web.models import Event, Publication
from junheng.web.roles import Role
from junheng.web.views.opened.extract import ABOUT, ALL, CONCLUSIONS, REMEDIES, told_of

pytestmark = pytest.mark.django_db


def officer(cast: Cast) -> Client:
    return cast.client(Role.CITY_OFFICER)


def post(client: Client, made: Publication, **changes: str) -> Any:
    told = {
        "title": made.title, "starts": str(timezone.localdate()), "ends": "", "basis": "4月1日会议同意",
        "seen": str(Publication.objects.get(pk=made.pk).version), **changes,
    }  # fmt: skip
    return client.post(reverse("publication", args=[made.pk]), told)


def test_the_city_drafts_looks_and_publishes_and_everybody_reads_it(cast: Cast) -> None:
    run = assessed(cast)
    made = officer(cast).post(reverse("publication-new"), {"run": run.pk})
    draft = Publication.objects.get()
    assert made.headers["Location"] == reverse("publication", args=[draft.pk])
    assert "外面将看到的内容" in officer(cast).get(made.headers["Location"]).content.decode()
    assert "现在没有公开的结论" in Client().get(reverse("open")).content.decode()
    assert Client().get(reverse("open-one", args=[draft.pk])).status_code == 404
    assert post(officer(cast), draft).status_code == 302
    page = Client().get(reverse("open-one", args=[draft.pk])).content.decode()
    for told in ("甲县", "乙县", "未达标", run.fingerprint, draft.title):
        assert told in page
    event = Event.objects.get(verb="公开")
    assert (event.reason, event.by) == ("4月1日会议同意", "city_officer-own")
    assert draft.title in Client().get(reverse("open")).content.decode()


def test_the_files_say_what_the_result_says_and_their_hashes_hold(cast: Cast) -> None:
    made = published(cast)
    assert hashlib.sha256((made.path / "SHA256SUMS.txt").read_bytes()).hexdigest() == made.sha256
    for line in (made.path / "SHA256SUMS.txt").read_text(encoding="utf-8").splitlines():
        sha256, name = line.split("  ", 1)
        answer = Client().get(reverse("open-file", args=[made.pk, name]))
        assert hashlib.sha256(answer.getvalue()).hexdigest() == sha256  # type: ignore[attr-defined]
    text = (made.path / CONCLUSIONS).read_text(encoding="utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(text)))
    result = json.loads((assessed(cast).path / "pages" / "city.json").read_bytes())
    assert {r["区县代码"]: r["结论"] for r in rows} == {
        c["code"]: c["verdict"] for c in result["counties"]
    }
    assert made.run.fingerprint in (made.path / ABOUT).read_text(encoding="utf-8")


def test_no_school_and_no_person_goes_outside(cast: Cast) -> None:
    case = cases.open_case(
        register="remedies", subject=cast.schools[0], office=cast.counties[0], year=2025, key="L5 小学",
        state="struck", by=None,
        data={"values": {"line_code": "L5", "owner": "甲县教育局", "owner_person": "张某某 副局长", "contact": "0371-1234567"}},
    )  # fmt: skip
    made = published(cast)
    told = b"".join(each.read_bytes() for each in made.path.iterdir()).decode("utf-8-sig", "ignore")
    assert "张某某" not in told
    assert "0371-1234567" not in told
    assert "甲县教育局" in (made.path / REMEDIES).read_text(encoding="utf-8-sig")
    codes = [school[0] for c in json.loads((assessed(cast).path / "pages" / "city.json").read_bytes())["counties"] for school in c["schools"]]  # fmt: skip
    assert len(codes) > 10
    assert not [code for code in codes if code in told]
    assert case.subject.name in (made.path / REMEDIES).read_text(encoding="utf-8-sig"), (
        "of a remedy that was struck off its register lets the school be named"
    )


def test_what_was_published_stays_as_it_was_whatever_the_result_says_later(cast: Cast) -> None:
    made = published(cast)
    before = (made.path / ALL).read_bytes()
    (made.run.path / "pages" / "city.json").unlink()
    page = Client().get(reverse("open-one", args=[made.pk])).content.decode()
    assert json.loads(before)["conclusion"] in page


def test_files_that_were_altered_or_lost_are_not_shown_as_published(cast: Cast) -> None:
    made = published(cast)
    address = reverse("open-one", args=[made.pk])
    whole = (made.path / ALL).read_bytes()
    (made.path / ALL).write_bytes(whole.replace("未达标".encode(), "达标".encode()))
    for path in (address, reverse("open"), reverse("open-file", args=[made.pk, ALL])):
        answer = Client().get(path)
        assert answer.status_code == 409
        assert "与公开时不同" in answer.content.decode()
    (made.path / ALL).unlink()
    assert "请系统管理员从备份恢复" in Client().get(address).content.decode()
    (made.path / ALL).write_bytes(whole)
    assert Client().get(address).status_code == 200
    (made.path / CONCLUSIONS).write_bytes(b"altered")
    assert Client().get(reverse("open-file", args=[made.pk, CONCLUSIONS])).status_code == 409
    again = drafted(cast)
    assert post(officer(cast), again, title=made.title, starts=str(made.starts)).status_code == 302
    told = Publication.objects.get(pk=again.pk)
    assert told.sha256 == made.sha256, "the same is published again"
    assert Client().get(reverse("open-file", args=[told.pk, CONCLUSIONS])).status_code == 200


def test_without_a_basis_or_with_odd_dates_nothing_is_published(cast: Cast) -> None:
    made = drafted(cast)
    for changes, told in (
        ({"basis": " "}, "没有写公开的依据"), ({"starts": ""}, "没有写开始日期"), ({"starts": "明天"}, "读不出来"),
        ({"ends": "2000-01-01"}, "早于开始日期"), ({"title": ""}, "标题没有写"), ({"seen": "99"}, "刚刚被别人改动过"),
    ):  # fmt: skip
        answer = post(officer(cast), made, **changes)
        assert answer.status_code == 409
        assert told in answer.content.decode()
    assert Publication.objects.get().state == "draft"
    assert not list((Path(settings.DATA) / "published").glob("*-*"))
    assert not Event.objects.filter(verb="公开").exists()


def test_it_is_shown_from_its_first_day_to_its_last(cast: Cast) -> None:
    made, today = published(cast), timezone.localdate()
    address = reverse("open-one", args=[made.pk])
    for starts, ends, status in (
        (today, today, 200), (today + timedelta(1), None, 404), (today - timedelta(9), today - timedelta(1), 404),
    ):  # fmt: skip
        Publication.objects.filter(pk=made.pk).update(starts=starts, ends=ends)
        assert Client().get(address).status_code == status
        answer = Client().get(reverse("open-file", args=[made.pk, ALL]))
        assert answer.status_code == status


def test_what_is_withdrawn_is_gone_outside_and_stays_on_record(cast: Cast) -> None:
    made = published(cast)
    address = reverse("publication-withdraw", args=[made.pk])
    officer(cast).post(address, {"seen": made.version, "reason": ""})
    assert Client().get(reverse("open-one", args=[made.pk])).status_code == 200
    officer(cast).post(address, {"seen": made.version, "reason": "数据更正"})
    assert Client().get(reverse("open-one", args=[made.pk])).status_code == 404
    assert Event.objects.get(verb="撤下公开").reason == "数据更正"
    assert (made.path / ALL).is_file()
    assert "已撤下" in officer(cast).get(reverse("publication", args=[made.pk])).content.decode()
    assert post(officer(cast), made).status_code == 409


def test_a_second_publication_of_the_year_takes_the_place_of_the_first(cast: Cast) -> None:
    first = published(cast)
    second = drafted(cast)
    assert post(officer(cast), second, title="更正后的结论").status_code == 302
    assert Publication.objects.get(pk=first.pk).state == "withdrawn"
    assert Event.objects.get(verb="撤下公开").reason == "由“更正后的结论”代替"
    assert "更正后的结论" in Client().get(reverse("open")).content.decode()


def test_only_an_official_conclusion_of_the_own_area_is_published(cast: Cast) -> None:
    for run in (assessed(cast, official=False), assessed(cast, county=0)):
        answer = officer(cast).post(reverse("publication-new"), {"run": run.pk})
        assert answer.status_code == 409
    other = cast.client(Role.CITY_OFFICER, "other")
    assert other.post(reverse("publication-new"), {"run": assessed(cast).pk}).status_code == 409
    assert not Publication.objects.exists()


def test_a_file_that_is_not_among_them_is_not_there(cast: Cast) -> None:
    made = published(cast)
    for name in ("no.csv", "..", "../../secret.key", "%2e%2e%2fsecret.key"):
        assert Client().get(f"/open/{made.pk}/{name}").status_code == 404
    assert told_of(made.run)["counties"]


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_the_public_pages_are_faultless_at_both_sizes(live_server: Any) -> None:
    cast = load_cast()
    made = published(cast)
    second = drafted(cast)
    with opened(live_server.url) as desk:
        for width in (DESKTOP, PHONE):
            desk.driver.delete_all_cookies()
            desk.open(reverse("open"), width)
            desk.open(reverse("open-one", args=[made.pk]), width)
            desk.sign_in(cast.client(Role.CITY_OFFICER))
            for path in (
                reverse("publications"), reverse("publication-new"),
                reverse("publication", args=[made.pk]), reverse("publication", args=[second.pk]),
            ):  # fmt: skip
                desk.open(path, width)
