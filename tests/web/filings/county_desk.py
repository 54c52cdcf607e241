"""A desk with the invented county of return_cases: last year sealed, this year's round opened."""

import re
import shutil
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from return_cases import CODE, NAME, YEAR, both_years, schools, workbook

from junheng import registry
from junheng.registry.template import write_filled
from junheng.web.actions import accounts, filings, offices
from junheng.web.models import Case, Office, User
from junheng.web.roles import OfficeKind, Role

PASSWORD = "Zheng-quan-2026"
OPENED, DUE = date(2026, 9, 7), date(2099, 9, 30)
FACTS, LAST = both_years()[YEAR], both_years()[YEAR - 1]
CODES = schools(FACTS)
PRIMARY = next(c for c in CODES if c.startswith("21"))


@pytest.fixture(scope="session")
def sealed_last_year(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store in which last year of the county is sealed."""
    folder = tmp_path_factory.mktemp("last")
    write_filled(folder / "all.xlsx", LAST, year=YEAR - 1)
    on = date(YEAR - 1, 11, 20)
    report = registry.check(registry.read([folder / "all.xlsx"]), year=YEAR - 1, on=on)
    registry.seal(report, folder / "store", year=YEAR - 1, by="示例填报员", on=on)
    return folder / "store"


@pytest.fixture(scope="session")
def books(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """This year's filled workbook of every school, and with "" that of the county office."""
    folder = tmp_path_factory.mktemp("books")
    return {code: workbook(folder / f"{code or '区县'}.xlsx", FACTS, code) for code in ("", *CODES)}


@dataclass
class Desk:
    """The county's offices and people."""

    city: Office
    county: Office
    schools: dict[str, Office]
    people: dict[str, User]

    def client(self, who: str) -> Client:
        client = Client()
        client.force_login(self.people[who], backend="django.contrib.auth.backends.ModelBackend")
        return client

    def case(self, code: str = PRIMARY) -> Case:
        """The case of a school; with "" that of the county's own sheet."""
        subject = self.schools[code] if code else self.county
        return Case.objects.select_related("subject__parent", "office").get(
            register="filings", year=YEAR, subject=subject
        )


def make_desk() -> Desk:
    """Offices, accounts, and the round of this year."""
    city = offices.enter_office(
        code="419900", name="示例市", kind=OfficeKind.CITY, parent=None, by=None
    )
    county = offices.enter_office(
        code=CODE, name=NAME, kind=OfficeKind.COUNTY, parent=city, by=None
    )
    other = offices.enter_office(
        code="419952", name="隔壁县", kind=OfficeKind.COUNTY, parent=city, by=None
    )
    names = dict(FACTS["schools"].select("school_code", "school_name").iter_rows())
    made = {
        code: offices.enter_office(
            code=code, name=names[code], kind=OfficeKind.SCHOOL, parent=county, by=None
        )
        for code in CODES
    }
    homes = {
        "张": (made[PRIMARY], Role.SCHOOL_CLERK), "校长": (made[PRIMARY], Role.PRINCIPAL),
        "王": (county, Role.COUNTY_OFFICER), "王二": (county, Role.COUNTY_OFFICER),
        "李": (city, Role.CITY_OFFICER), "赵": (other, Role.COUNTY_OFFICER),
    }  # fmt: skip
    people = {
        name: accounts.open_account(
            username=f"user-{number}", name=f"{name}某", office=office, role=role, by=None,
            password=PASSWORD, must_change=False,
        )[0]
        for number, (name, (office, role)) in enumerate(homes.items())
    }  # fmt: skip
    filings.open_round(city, year=YEAR, on=OPENED, by=people["李"], due=DUE)
    return Desk(city, county, made, people)


@pytest.fixture(autouse=True)
def data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, sealed_last_year: Path) -> Path:
    """The desk's folder of one test, with last year in its store."""
    monkeypatch.setattr(settings, "DATA", tmp_path)
    shutil.copytree(sealed_last_year, tmp_path / "store")
    return tmp_path


@pytest.fixture
def desk(db: None) -> Desk:
    return make_desk()


def text_of(answer: Any) -> str:
    """The page as text, without tags, spaces evened."""
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", answer.content.decode()))


def form_of(client: Client, case: Case) -> dict[str, str]:
    """The hidden fields of the upload form, as a browser has them."""
    page = client.get(f"/filings/{case.pk}/").content.decode()
    form = page[max(page.find('enctype="multipart/form-data"'), 0) :]
    return dict(re.findall(r'type="hidden" name="(once|seen|began)" value="([^"]+)"', form)[:3])


def send(client: Client, case: Case, path: Path, name: str = "我校.xlsx", **fields: str) -> Any:
    sent = SimpleUploadedFile(name, path.read_bytes())
    told = {**form_of(client, case), **fields, "file": sent}
    return client.post(f"/filings/{case.pk}/upload/", told, follow=True)
