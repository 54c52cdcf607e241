"""What only a later year has use for can be paid with the money of an earlier year that asks something."""

from fractions import Fraction

import msgspec
import pytest
from plan.compliance.years import BY, ON, as_filed, forecast, passes

from junheng.plan.compliance import CompliancePlan, Limits, plan_compliance
from junheng.plan.compliance.limits import Budget
from junheng.plan.compliance.problem import Demand, Lever, Need, PartRule, Problem
from junheng.plan.compliance.unavoidable import _wide
from junheng.registry import Facts
from junheng.sample import make_county

pytestmark = pytest.mark.slow

NEXT, AMPLE = BY + 1, "900000000"
PAY = ("teacher_hiring", "teacher_move")


@pytest.fixture(scope="module")
def facts() -> Facts:
    return Facts.from_rows(make_county(seed=5, schools=9, year=2025), year=2025)


@pytest.fixture(scope="module")
def opened(facts: Facts) -> tuple[CompliancePlan, str]:
    """A school is empty in the first year and full in the next, which has money for teachers only."""
    rows = list(facts.schools.iter_rows(named=True))
    code = next(r["school_code"] for r in rows if r["school_type"] == "primary" and r["counts_as_school"])  # fmt: skip
    whole = {code, *(r["school_code"] for r in rows if r["parent_school_code"] == code)}
    closed = [
        msgspec.structs.replace(c, pupils=0, classes=0) if c.school in whole else c
        for c in as_filed(facts, BY)
    ]
    full = [
        msgspec.structs.replace(c, pupils=2 * c.pupils, classes=2 * (c.classes or 0))
        if c.school == code else c
        for c in as_filed(facts, NEXT)
    ]  # fmt: skip
    money = (
        Budget(year=BY, source="县", yuan=AMPLE),
        Budget(year=NEXT, source="县", yuan=AMPLE, items=PAY),
    )
    limits = Limits("限制", "", budgets=money)
    found = plan_compliance(facts, on=ON, by=BY, forecast=forecast(closed, full), limits=limits)
    return found, code


def test_a_school_that_opens_later_is_built_with_the_money_of_the_year_before(
    opened: tuple[CompliancePlan, str],
) -> None:
    found, code = opened
    assert (found.left, found.fewest) == ((), 0)
    built = {a.year for a in found.plan.actions if a.school == code and a.item not in PAY}
    assert built == {BY}
    assert {a.item for a in found.plan.actions if a.year == NEXT} <= set(PAY)


def test_the_ordinary_engine_confirms_it_in_both_years(
    facts: Facts, opened: tuple[CompliancePlan, str]
) -> None:
    for year in (BY, NEXT):
        assert passes(opened[0].plan, facts, year), year


def test_requirements_of_schools_and_counties_name_their_county(
    opened: tuple[CompliancePlan, str],
) -> None:
    found, _ = opened
    clauses = [each for each in found.before if each.kind == "clause"]
    assert clauses
    assert {each.county for each in clauses} == set(found.counties)


def test_a_demand_of_one_school_stays_its_own_however_many_years_ask() -> None:
    """Two stages in three years are six parts of one school, and not a county."""
    asking = [(who, year) for who in ("a/小学", "a/初中") for year in range(3)]
    one = {0: Fraction(1)}
    needs = tuple(
        Need(f"{who}{year}", Fraction(0), one, Fraction(1), Fraction(0)) for who, year in asking
    )
    parts = tuple(PartRule(f"{w}{y}", (n,), 1, w) for n, (w, y) in enumerate(asking))
    demand = Demand("音乐教室", Fraction(-1), one)
    problem = Problem((Lever("建", Fraction(1)),), needs, parts, (), (demand,))
    assert not _wide(problem, demand)
    four = tuple(PartRule(str(n), (n,), 1, f"{n}/小学") for n in range(4))
    assert _wide(Problem(problem.levers, needs, four, (), (demand,)), demand)
