"""The demonstration: the invented city in the desk, with accounts for every role."""

import json
import os
import shutil
from collections.abc import Iterable, Iterator
from datetime import date
from pathlib import Path

from django.contrib.auth.hashers import make_password
from django.db import transaction

from junheng import sample
from junheng.registry import Facts, Snapshot, check, read, seal
from junheng.registry.snapshot import seals_of
from junheng.registry.whole_file import write_whole
from junheng.web.actions import accounts, offices
from junheng.web.models import Office, User
from junheng.web.passwords import made_password
from junheng.web.roles import OfficeKind, Role

YEARS = (2021, 2022, 2023, 2024, 2025, 2026)
SEED = 1
CLERK = "示例填报员"
NOTE = "演示账号.txt"
BOUNDARIES = "boundaries.geojson"
CITY_PEOPLE = (
    (Role.ADMINISTRATOR, "admin"),
    (Role.CITY_OFFICER, "city"),
    (Role.CITY_LEADER, "leader"),
    (Role.INSPECTOR, "inspector"),
)
COUNTY_PEOPLE = ((Role.COUNTY_OFFICER, "county"), (Role.COUNTY_LEADER, "county-leader"))
SURNAMES = "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗"
SCHOOL_PEOPLE = ((Role.SCHOOL_CLERK, "school"), (Role.PRINCIPAL, "principal"))


def bring_store(found: Path, store: Path) -> list[Path]:
    """Copy every seal of a store into ours; the folders of all that we have then.

    Each is opened first, which proves it; one that is damaged raises SnapshotError.
    """
    for path in seals_of(found):
        snapshot = Snapshot.open(path)
        _copy(found / "facts" / snapshot.facts.fingerprint, store / "facts")
        _copy(path, store / "seals")
    return seals_of(store)


def bring_city(found: Path, store: Path) -> list[Path]:
    """The seals of the city that `make demo` left: a store a year, named by the year."""
    for year in sorted(each for each in found.iterdir() if each.name.isdigit()):
        bring_store(year, store)
    return seals_of(store)


def draw_boundaries(data: Path) -> None:
    """The invented shapes of the counties, where the maps look for them."""
    text = json.dumps(sample.boundaries(sample.units_of()), ensure_ascii=False)
    write_whole(data / BOUNDARIES, text.encode())


def _copy(folder: Path, into: Path) -> None:
    """A folder copied beside and renamed; nothing where it is there already."""
    if (into / folder.name).is_dir():
        return
    into.mkdir(parents=True, exist_ok=True)
    aside = into / f".writing-{folder.name}"
    shutil.rmtree(aside, ignore_errors=True)
    shutil.copytree(folder, aside)
    aside.rename(into / folder.name)


def make_years(store: Path, folder: Path, years: Iterable[int]) -> None:
    """Invent these years of the city and seal each, checked against the year before.

    The rows of a year are the same whichever years are made with it: all are made up to the last.
    """
    wanted = sorted(years)
    last = YEARS[-1]
    sample.fill_city(
        folder, seed=SEED, years=sorted({*wanted, last}), processes=os.cpu_count(),
        evidence=folder / "佐证材料" if wanted == [last] else None,
    )  # fmt: skip
    before: Facts | None = None
    for year in wanted:
        on = date(year, 10, 20)
        papers = folder / "佐证材料"
        report = check(
            read([folder / str(year)]), year=year, on=on, last=[before] if before else [],
            evidence=papers if papers.is_dir() and year == last else None,
        )  # fmt: skip
        before = seal(report, store, year=year, by=CLERK, on=on).facts


@transaction.atomic
def open_accounts(top: Office) -> str:
    """An account for each role of the city, of every county and of every school, and a finance
    bureau; all share one password, made anew, which is returned. Never for real data."""
    password = made_password()
    held = make_password(password)
    finance = offices.enter_office(
        code=f"{top.code}-cz", name="市财政局", kind=OfficeKind.DEPARTMENT, parent=top, by=None
    )
    people = [*_people(finance, [(Role.DEPARTMENT, "finance")], alone=True)]
    people += _people(top, CITY_PEOPLE, alone=True)
    below = Office.objects.filter(lineage__startswith=top.lineage).select_related("parent")
    for office in below.filter(kind=OfficeKind.COUNTY):
        people += _people(office, COUNTY_PEOPLE)
    for office in below.filter(kind=OfficeKind.SCHOOL):
        people += _people(office, SCHOOL_PEOPLE)
    accounts.open_demo_accounts(people, held=held)
    return password


def _people(
    office: Office, people: Iterable[tuple[Role, str]], *, alone: bool = False
) -> Iterator[tuple[str, str, Office, Role]]:
    for role, stem in people:
        yield stem if alone else f"{stem}-{office.code}", _person(office, role), office, role


def _person(office: Office, role: Role) -> str:
    """An invented person: always the same for the same office and role."""
    drawn = sum(map(ord, f"{office.code}{role}"))
    return f"{SURNAMES[drawn % len(SURNAMES)]}{'老师' if office.level is OfficeKind.SCHOOL else '同志'}"


def told() -> list[tuple[str, str]]:
    """(login name, role and office) of the accounts to try; one of each kind."""
    found = []
    kinds = (Role.ADMINISTRATOR, Role.CITY_OFFICER, Role.CITY_LEADER, Role.INSPECTOR, Role.DEPARTMENT,
             Role.COUNTY_OFFICER, Role.COUNTY_LEADER, Role.SCHOOL_CLERK, Role.PRINCIPAL)  # fmt: skip
    for role in kinds:
        user = User.objects.filter(role=role).select_related("office").order_by("username").first()
        if user is not None:
            found.append((user.username, f"{role.label}，{user.office.name}"))
    return found
