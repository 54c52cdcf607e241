"""The first page: what waits for whom, and that it asks the database few questions."""

from datetime import date

import pytest
from desk_cast import Cast
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from junheng.web.actions import cases
from junheng.web.roles import Role
from junheng.web.tasks import tasks_of

ON = date(2026, 11, 30)
MOST = 12
"""Queries a page."""


@pytest.fixture
def filings(cast: Cast) -> Cast:
    states = ("due", "submitted", "returned", "passed")
    for school, state in zip(cast.schools, states, strict=True):
        cases.open_case(
            register="filings", subject=school, office=school, year=2026, state=state, by=None,
            due=date(2026, 11, 20),
        )  # fmt: skip
    return cast


def _told(cast: Cast, role: Role, area: str = "own") -> list[tuple[str, int, bool]]:
    found = tasks_of(cast.people[role, area], on=ON)
    return [(each.state, each.count, each.mine) for each in found]


def test_a_clerk_is_told_of_the_own_return_alone(filings: Cast) -> None:
    assert _told(filings, Role.SCHOOL_CLERK) == [("待填报", 1, True)]
    task = tasks_of(filings.people[Role.SCHOOL_CLERK, "own"], on=ON)[0]
    assert task.late == 1
    assert task.case is not None


def test_a_county_is_told_first_what_it_can_move_on(filings: Cast) -> None:
    told = _told(filings, Role.COUNTY_OFFICER)
    assert ("已提交", 1, True) in told
    assert {state for state, _, _ in told} == {"待填报", "已提交"}


def test_a_leader_moves_nothing_and_sees_everything(filings: Cast) -> None:
    told = _told(filings, Role.CITY_LEADER)
    assert {state for state, _, _ in told} == {"待填报", "已提交", "已退回", "已通过"}
    assert not any(mine for _, _, mine in told)


@pytest.mark.parametrize("role", list(Role))
def test_the_first_page_asks_few_questions(
    filings: Cast, role: Role, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    client: Client = filings.client(role)
    client.get("/")
    with django_assert_max_num_queries(MOST):
        page = client.get("/")
    assert filings.people[role, "own"].office.name in page.content.decode()
