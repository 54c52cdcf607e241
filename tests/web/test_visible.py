"""Who sees which rows: the area follows the parent of the office, the kind of row the role."""

from collections.abc import Iterable

import pytest
from desk_cast import Cast
from hypothesis import given
from hypothesis import strategies as st

from junheng.errors import RefusedError
from junheng.web.actions import accounts, cases, offices
from junheng.web.actions.run_reminders import remind_of_target
from junheng.web.models import Case, Event, Office, User
from junheng.web.roles import ROLES, OfficeKind, Permission, Role


def _codes(found: Iterable[Office]) -> set[str]:
    return {each.code for each in found}


def test_people_see_the_offices_of_their_area_alone(cast: Cast) -> None:
    a, b = cast.counties
    mine = {a.code, cast.schools[0].code, cast.schools[1].code}
    assert _codes(Office.objects.visible_to(cast.people[Role.COUNTY_OFFICER, "own"])) == mine
    clerk = cast.people[Role.SCHOOL_CLERK, "own"]
    assert _codes(Office.objects.visible_to(clerk)) == {cast.schools[0].code}
    city = _codes(Office.objects.visible_to(cast.people[Role.CITY_OFFICER, "own"]))
    assert city == {"419900", "419900-cz", a.code, b.code, *(s.code for s in cast.schools)}
    assert _codes(Office.objects.visible_to(cast.people[Role.DEPARTMENT, "own"])) == city


def test_a_code_that_begins_like_another_gives_no_right(cast: Cast) -> None:
    """4199 is no superior of 419951: rights follow the parent."""
    alike = offices.enter_office(
        code="4199", name="像市", kind=OfficeKind.CITY, parent=None, by=None
    )
    user, _ = accounts.open_account(
        username="x", name="某", office=alike, role=Role.CITY_OFFICER, by=None
    )
    assert _codes(Office.objects.visible_to(user)) == {"4199"}


def test_a_county_that_moves_takes_its_schools_and_rights_with_it(cast: Cast) -> None:
    elsewhere = offices.enter_office(
        code="419700", name="远市", kind=OfficeKind.CITY, parent=None, by=None
    )
    county = cast.counties[0]
    offices.change_office(county, name=county.name, parent=elsewhere, active=True, by=None)
    city = cast.people[Role.CITY_OFFICER, "own"]
    seen = _codes(Office.objects.visible_to(User.objects.get(pk=city.pk)))
    assert not seen & {county.code, cast.schools[0].code}
    for office in Office.objects.select_related("parent"):
        assert office.lineage == f"{office.parent.lineage if office.parent else ''}{office.code}/"


def test_an_office_does_not_go_below_itself(cast: Cast) -> None:
    county = cast.counties[0]
    with pytest.raises(RefusedError, match="下级"):
        offices.change_office(cast.city, name="x", parent=county, active=True, by=None)


def _case(cast: Cast, school: int, register: str = "filings") -> Case:
    subject = cast.schools[school]
    return cases.open_case(
        register=register, subject=subject, office=subject, year=2026, state="待填报", by=None
    )


def test_cases_are_seen_by_their_area_and_not_by_the_administrator(cast: Cast) -> None:
    first, other = _case(cast, 0), _case(cast, 2)
    seen = {role: set(Case.objects.visible_to(cast.people[role, "own"])) for role in Role}
    assert seen[Role.SCHOOL_CLERK] == seen[Role.COUNTY_OFFICER] == {first}
    assert seen[Role.CITY_LEADER] == {first, other}
    assert seen[Role.ADMINISTRATOR] == seen[Role.DEPARTMENT] == set()


def test_a_department_sees_what_it_must_act_on(cast: Cast) -> None:
    case = cases.open_case(
        register="remedies", subject=cast.schools[0], office=cast.finance, year=2026,
        state="下达", key="L6", by=cast.people[Role.CITY_OFFICER, "own"],
    )  # fmt: skip
    _case(cast, 1)
    assert list(Case.objects.visible_to(cast.people[Role.DEPARTMENT, "own"])) == [case]


def test_an_administrator_reads_of_accounts_and_not_of_data(cast: Cast) -> None:
    case = _case(cast, 0)
    subjects = {
        role: {e.subject for e in Event.objects.visible_to(cast.people[role, "own"])}
        for role in Role
    }
    assert "case" not in subjects[Role.ADMINISTRATOR]
    assert "case" in subjects[Role.COUNTY_OFFICER]
    assert subjects[Role.SCHOOL_CLERK] == subjects[Role.DEPARTMENT] == set()
    other = Event.objects.visible_to(cast.people[Role.COUNTY_OFFICER, "other"])
    assert not other.about(case).exists()


@given(
    parents=st.lists(st.integers(0, 8), min_size=1, max_size=9),
    watcher=st.integers(0, 9),
)
def test_an_area_is_the_office_and_all_below_it(parents: list[int], watcher: int) -> None:
    """Against walking up the parents one by one, in trees drawn at random."""
    made = [Office(code="0", name="0", kind="city", lineage="0/")]
    for number, parent in enumerate(parents, 1):
        above = made[parent % number]
        made.append(
            Office(code=str(number), name="", kind="city", parent=above,
                   lineage=f"{above.lineage}{number}/")
        )  # fmt: skip
    top = made[watcher % len(made)]
    for each in made:
        up: Office | None = each
        while up is not None and up is not top:
            up = up.parent
        assert each.within(top) == (up is top)


def test_every_permission_is_held_by_some_role_and_has_its_words() -> None:
    held = {p for card in ROLES.values() for p in card.permissions}
    assert held == set(Permission)
    assert all(each.label for each in Permission)
    assert set(ROLES) == set(Role)
    assert all(card.description.endswith("。") for card in ROLES.values())


def test_no_role_that_manages_accounts_sees_data() -> None:
    data = {Permission.SEE_RESULTS, Permission.SEE_CASES, Permission.SEE_RUNS}
    for role, card in ROLES.items():
        if Permission.MANAGE_ACCOUNTS in card.permissions:
            assert not card.permissions & data, role


def test_signing_in_is_read_by_oneself_and_the_administrator_alone(cast: Cast) -> None:
    watched = cast.people[Role.PRINCIPAL, "own"]
    accounts.note_session("登录", watched, address="10.0.0.7")
    for role in Role:
        user = cast.people[role, "own"]
        seen = Event.objects.visible_to(user).about(watched).exists()
        assert seen is (role in (Role.ADMINISTRATOR, Role.PRINCIPAL)), role
    officer = cast.people[Role.COUNTY_OFFICER, "own"]
    accounts.note_session("登录", officer, address="10.0.0.8")
    assert Event.objects.visible_to(officer).about(officer).filter(verb="登录").exists()


def test_an_administrator_reads_of_offices_and_not_of_what_is_asked_of_them(cast: Cast) -> None:
    admin, by = cast.people[Role.ADMINISTRATOR, "own"], cast.people[Role.CITY_OFFICER, "own"]
    county = cast.counties[0]
    remind_of_target(county, target="C1", title="少超班额", by=by, words="")
    offices.change_office(county, name="甲区", parent=cast.city, active=True, by=admin)
    verbs = set(Event.objects.visible_to(admin).about(county).values_list("verb", flat=True))
    assert verbs == {"建立单位", "更改单位"}
    assert Event.objects.visible_to(by).about(county).filter(verb="催办目标").exists()
