"""The first things in an empty desk: its offices, and the administrator who opens all accounts."""

from dataclasses import dataclass

from django.db import transaction

from junheng.errors import MisuseError
from junheng.registry import Snapshot
from junheng.standards import common_superior, places
from junheng.web.actions import accounts, offices
from junheng.web.models import Office, User
from junheng.web.roles import OfficeKind, Role

NATION = "000000"
OWN, OWN_NAME = "own", "本单位"
"""The office of a desk of which no place was named; it can be renamed."""
ADMINISTRATOR = "admin"


@dataclass(frozen=True)
class FirstAccount:
    """An account and its first password, to be shown once."""

    username: str
    password: str
    office: str


def is_empty() -> bool:
    """Whether nobody can sign in yet."""
    return not User.objects.exists()


@transaction.atomic
def first_administrator(top: Office) -> FirstAccount:
    """The account with which everything begins."""
    user, password = accounts.open_account(
        username=ADMINISTRATOR, name="系统管理员", office=top, role=Role.ADMINISTRATOR, by=None
    )
    return FirstAccount(user.username, password, top.name)


@transaction.atomic
def enter_place(code: str) -> Office:
    """The offices of a unit and of the units below it, as the unit table has them.

    Raises MisuseError where the unit table has no such code.
    """
    if code not in places():
        raise MisuseError(f"单位表里没有代码“{code}”。请核对代码，例如 410100，或不写 --place。")
    top = _city(code)
    for place in places().values():
        if place.parent == code:
            offices.enter_office(
                code=place.code, name=place.name, kind=OfficeKind.COUNTY, parent=top, by=None
            )
    return top


def own_office() -> Office:
    """The office of a desk of which nothing is known yet."""
    return offices.enter_office(code=OWN, name=OWN_NAME, kind=OfficeKind.CITY, parent=None, by=None)


@transaction.atomic
def enter_offices(snapshot: Snapshot) -> Office:
    """The counties and schools of a snapshot, under the unit that all counties have in common.

    A school stands under the county where it lies: there it is counted, and there its return is
    reviewed. Returns the office at the top.
    """
    counties = dict(snapshot.facts["county"].select("county_code", "county_name").iter_rows())
    schools = snapshot.facts["schools"].select("school_code", "school_name", "location_unit")
    found = sorted({*counties, *schools["location_unit"].drop_nulls()})
    if not found:
        raise MisuseError(f"封存“{snapshot.path.name}”里没有区县，也没有学校。请换一次封存。")
    top = _city(_top_code(found))
    made = {
        code: offices.enter_office(
            code=code, name=_name(code, counties.get(code)), kind=OfficeKind.COUNTY, parent=top,
            by=None,
        )
        for code in found
    }  # fmt: skip
    offices.enter_schools(
        (
            (code, name or code, made[unit])
            for code, name, unit in schools.sort("school_code").iter_rows()
        ),
        by=None,
    )
    return top


def _top_code(counties: list[str]) -> str:
    """The unit above the counties; of a single county its own superior."""
    if len(counties) > 1:
        common = common_superior(counties)
    else:
        common = places()[counties[0]].parent if counties[0] in places() else NATION
    return OWN if common == NATION else common


def _city(code: str) -> Office:
    if code == OWN:
        return own_office()
    return offices.enter_office(
        code=code, name=places()[code].name, kind=OfficeKind.CITY, parent=None, by=None
    )


def _name(code: str, filed: str | None) -> str:
    """As the county calls itself; with the mark of demonstration data where the unit table has it."""
    listed = places()[code].name if code in places() else ""
    if filed and not listed.startswith(filed):
        return filed
    return listed or filed or code
