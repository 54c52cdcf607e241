"""The cast of the desk's tests: 学校的张、县里的王、市里的李, and 隔壁县的赵 who must never get in."""

from dataclasses import dataclass, field

from django.contrib.auth.hashers import make_password
from django.test import Client

from junheng.web.actions import accounts, offices
from junheng.web.models import Office, User
from junheng.web.roles import OfficeKind, Role

PASSWORD = "Zheng-quan-2026"


@dataclass
class Cast:
    """A city of two counties with two schools each, and a person for every role in each area.

    `people[role, area]`: area is `own` (甲县 and its first school) or `other` (乙县 and its)."""

    city: Office
    counties: list[Office]
    schools: list[Office]
    finance: Office
    people: dict[tuple[Role, str], User] = field(default_factory=dict)

    def client(self, role: Role, area: str = "own") -> Client:
        """A browser in which this person has signed in."""
        client = Client()
        client.force_login(
            self.people[role, area], backend="django.contrib.auth.backends.ModelBackend"
        )
        return client


def _office(code: str, name: str, kind: OfficeKind, parent: Office | None = None) -> Office:
    return offices.enter_office(code=code, name=name, kind=kind, parent=parent, by=None)


HOMES = {
    Role.SCHOOL_CLERK: OfficeKind.SCHOOL,
    Role.PRINCIPAL: OfficeKind.SCHOOL,
    Role.COUNTY_OFFICER: OfficeKind.COUNTY,
    Role.COUNTY_LEADER: OfficeKind.COUNTY,
    Role.DEPARTMENT: OfficeKind.DEPARTMENT,
}
"""Where a role stands; the others stand in the city."""
PLACES = {
    "own": {
        OfficeKind.SCHOOL: "2141951001",
        OfficeKind.COUNTY: "419951",
        OfficeKind.CITY: "419900",
        OfficeKind.DEPARTMENT: "419900-cz",
    },
    "other": {
        OfficeKind.SCHOOL: "2141952001",
        OfficeKind.COUNTY: "419952",
        OfficeKind.CITY: "419800",
        OfficeKind.DEPARTMENT: "419800-cz",
    },
}
"""Codes of the offices of the people of an area."""


def make_cast() -> None:
    """The cast put into an empty database."""
    city = _office("419900", "示例市", OfficeKind.CITY)
    for number, name in ((1, "甲县"), (2, "乙县")):
        county = _office(f"41995{number}", name, OfficeKind.COUNTY, city)
        for school in (1, 2):
            code = f"214195{number}00{school}"
            _office(code, f"{name}第{school}小学", OfficeKind.SCHOOL, county)
    _office("419900-cz", "市财政局", OfficeKind.DEPARTMENT, city)
    other = _office("419800", "邻市", OfficeKind.CITY)
    _office("419800-cz", "邻市财政局", OfficeKind.DEPARTMENT, other)
    held = make_password(PASSWORD)
    places = {each.code: each for each in Office.objects.select_related("parent")}
    accounts.open_demo_accounts(
        [
            (
                f"{role}-{area}",
                f"{role.label}{'甲' if area == 'own' else '乙'}",
                places[codes[HOMES.get(role, OfficeKind.CITY)]],
                role,
            )
            for area, codes in PLACES.items()
            for role in Role
        ],
        held=held,
    )


def load_cast() -> Cast:
    """The cast as the database has it."""
    places = {each.code: each for each in Office.objects.select_related("parent")}
    schools = [places[f"214195{c}00{s}"] for c in (1, 2) for s in (1, 2)]
    cast = Cast(
        places["419900"], [places["419951"], places["419952"]], schools, places["419900-cz"]
    )
    people = {u.username: u for u in User.objects.select_related("office__parent")}
    cast.people = {(role, area): people[f"{role}-{area}"] for area in PLACES for role in Role}
    return cast
