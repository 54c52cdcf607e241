"""The cast of the desk's tests: 学校的张、县里的王、市里的李, and 隔壁县的赵 who must never get in."""

from dataclasses import dataclass, field

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


def make_cast() -> Cast:
    """The cast in the database."""
    city = _office("419900", "示例市", OfficeKind.CITY)
    counties = [
        _office("419951", "甲县", OfficeKind.COUNTY, city),
        _office("419952", "乙县", OfficeKind.COUNTY, city),
    ]
    schools = [
        _office(
            f"214195{county}00{number}",
            f"{name}第{number}小学",
            OfficeKind.SCHOOL,
            counties[county - 1],
        )
        for county, name in ((1, "甲县"), (2, "乙县"))
        for number in (1, 2)
    ]
    finance = _office("419900-cz", "市财政局", OfficeKind.DEPARTMENT, city)
    cast = Cast(city, counties, schools, finance)
    other_city = _office("419800", "邻市", OfficeKind.CITY)
    other_finance = _office("419800-cz", "邻市财政局", OfficeKind.DEPARTMENT, other_city)
    places = {
        "own": {OfficeKind.SCHOOL: schools[0], OfficeKind.COUNTY: counties[0], OfficeKind.CITY: city,
                OfficeKind.DEPARTMENT: finance},
        "other": {OfficeKind.SCHOOL: schools[2], OfficeKind.COUNTY: counties[1],
                  OfficeKind.CITY: other_city, OfficeKind.DEPARTMENT: other_finance},
    }  # fmt: skip
    homes = {
        Role.SCHOOL_CLERK: OfficeKind.SCHOOL, Role.PRINCIPAL: OfficeKind.SCHOOL,
        Role.COUNTY_OFFICER: OfficeKind.COUNTY, Role.COUNTY_LEADER: OfficeKind.COUNTY,
        Role.DEPARTMENT: OfficeKind.DEPARTMENT,
    }  # fmt: skip
    for area, offices_of in places.items():
        for role in Role:
            office = offices_of[homes.get(role, OfficeKind.CITY)]
            user, _ = accounts.open_account(
                username=f"{role}-{area}", name=f"{role.label}{'甲' if area == 'own' else '乙'}",
                office=office, role=role, by=None, password=PASSWORD, must_change=False,
            )  # fmt: skip
            cast.people[role, area] = user
    return cast
