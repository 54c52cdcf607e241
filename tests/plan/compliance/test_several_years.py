"""Several years: the search finds what trying every amount in every year finds; money goes where it may."""

from dataclasses import replace
from datetime import date
from fractions import Fraction
from functools import cache
from itertools import product
from random import Random

import pytest
from plan.compliance.tiny import problem

from junheng.diagnosis import assess_facts
from junheng.errors import DeclarationError, MisuseError
from junheng.plan import load_prices
from junheng.plan.compliance import (
    CompliancePlan,
    Effort,
    Limits,
    parse_limits,
    plan_compliance,
    stands,
)
from junheng.plan.compliance.asking import Asked, Site
from junheng.plan.compliance.checking import broken, unmet
from junheng.plan.compliance.limits import Budget, Quota
from junheng.plan.compliance.problem import Problem
from junheng.plan.compliance.schedule import Schedule, within
from junheng.plan.compliance.searching import Answer, search
from junheng.plan.compliance.strangers import Known
from junheng.plan.compliance.ways import Way
from junheng.registry import Facts
from junheng.sample import make_county

pytestmark = pytest.mark.slow

EXACT, ON = Effort(gap=0.0), date(2026, 3, 31)
FIRST, BY = 2026, 2028
YEARS = range(FIRST, BY + 1)
BUILT, HIRED = "new_sports_ground", "teacher_hiring"


def asked_of(seed: int) -> Asked | None:
    """A tiny problem whose levers are built once or hired for good; None where trying takes long."""
    base, random = problem(seed), Random(seed)
    if len(base.levers) > 5 or base.pools or not base.levers:
        return None
    ways, levers = [], []
    for i, lever in enumerate(base.levers):
        item = random.choice((BUILT, HIRED))
        yearly = Fraction(random.randint(1, 3)) if item == HIRED else Fraction(0)
        way = Way(item, f"{i}", "件", {}, lever.cost, yearly)
        ways.append((Site(f"{i}", f"{i}", "县"), way))
        levers.append(replace(lever, cost=way.once + way.yearly))
    held = replace(base, levers=tuple(levers), caps=())
    return Asked(held, tuple(ways), (), (), (), ())


def limits_of(seed: int) -> Limits:
    random = Random(seed + 1000)
    free = [Budget(year=y, source="县", yuan=str(random.randint(0, 9))) for y in YEARS]
    tied = [Budget(year=y, source="市", yuan=str(random.randint(0, 6)), items=(BUILT,)) for y in YEARS]  # fmt: skip
    quotas = [Quota(county="县", year=y, hires=random.randint(0, 2)) for y in YEARS]
    return Limits("限制", "", budgets=(*free, *tied), quotas=tuple(quotas))


def payable(asked: Asked, spread: tuple[tuple[int, ...], ...], limits: Limits) -> Fraction | None:
    """What so many units a lever and year cost, or None where a year's money or people do not do."""
    whole = Fraction(0)
    for y, year in enumerate(YEARS):
        spent = {BUILT: Fraction(0), HIRED: Fraction(0)}
        hired = 0
        for (_, way), units in zip(asked.ways, spread, strict=True):
            spent[way.item] += way.once * units[y] + way.yearly * sum(units[: y + 1])
            hired += units[y] if way.item == HIRED else 0
        free, tied = (Fraction(b.yuan) for b in limits.budgets if b.year == year)
        quota = next(q.hires for q in limits.quotas if q.year == year)
        assert quota is not None
        if spent[HIRED] + max(Fraction(0), spent[BUILT] - tied) > free or hired > quota:
            return None
        whole += sum(spent.values())
    return whole


def best(asked: Asked, limits: Limits) -> tuple[int, Fraction]:
    """Fewest unmet, then least cost, by trying every amount in every year."""
    ranges = []
    for lever in asked.problem.levers:
        most = range((lever.most or 0) + 1)
        ranges.append([each for each in product(most, repeat=3) if sum(each) <= (lever.most or 0)])
    found = None
    for spread in product(*ranges):
        cost = payable(asked, spread, limits)
        if cost is not None:
            amounts = [sum(units) for units in spread]
            rank = (len(unmet(asked.problem, amounts)), cost)
            found = rank if found is None else min(found, rank)
    assert found is not None
    return found


KNOWN = Known(frozenset(), frozenset({"县"}))
ALL = [seed for seed in range(400) if asked_of(seed)][:40]
CASES = ALL[:25]
MORE = [pytest.param(seed, marks=pytest.mark.prove) for seed in ALL[25:]]


def schedule_of(seed: int) -> tuple[Asked, Limits, Schedule]:
    asked, limits = asked_of(seed), limits_of(seed)
    assert asked is not None
    schedule, _ = within(asked, limits, known=KNOWN, first=FIRST, by=BY)
    return asked, limits, schedule


@cache
def answered(seed: int) -> tuple[Problem, Answer]:
    """The problem of a tiny case, within what its years allow, and its answer."""
    asked, limits, _ = schedule_of(seed)
    _, held = within(asked, limits, known=KNOWN, first=FIRST, by=BY)
    answer = search(held, effort=EXACT)
    assert answer is not None
    return held, answer


@pytest.mark.parametrize("seed", [*CASES, *MORE])
def test_years_are_chosen_as_by_trying_every_amount_in_every_year(seed: int) -> None:
    asked, limits, schedule = schedule_of(seed)
    held, answer = answered(seed)
    assert not broken(held, answer.amounts)
    assert (len(answer.unmet), answer.cost) == best(asked, limits)
    spread = [[0, 0, 0] for _ in asked.ways]
    for lever, year, number in schedule.dated(answer.amounts):
        spread[lever][year - FIRST] += number
    assert payable(asked, tuple(map(tuple, spread)), limits) == answer.cost
    assert schedule.amounts(schedule.dated(answer.amounts)) == answer.amounts


def test_the_tiny_cases_use_several_years() -> None:
    years = set()
    for seed in CASES:
        *_, schedule = schedule_of(seed)
        _, answer = answered(seed)
        years |= {year for _, year, _ in schedule.dated(answer.amounts)}
    assert years == set(YEARS)


@pytest.fixture(scope="module")
def facts() -> Facts:
    return Facts.from_rows(make_county(seed=5, schools=9, year=2025), year=2025)


def money(*yuan: int) -> tuple[Budget, ...]:
    return tuple(Budget(year=y, source="县", yuan=str(n)) for y, n in zip(YEARS, yuan, strict=True))


@pytest.fixture(scope="module")
def spread_out(facts: Facts) -> CompliancePlan:
    limits = Limits("限制", "", budgets=money(8_000_000, 8_000_000, 8_000_000))
    return plan_compliance(facts, on=ON, by=BY, limits=limits)


def test_a_county_spreads_its_works_over_the_years(spread_out: CompliancePlan) -> None:
    assert spread_out.left == ()
    assert {action.year for action in spread_out.plan.actions} == set(YEARS)
    for paid in spread_out.paid:
        assert 0 < paid.yuan <= Fraction(paid.budget.yuan)
    assert sum(paid.yuan for paid in spread_out.paid) == spread_out.cost


def test_what_goes_on_is_paid_in_every_year_after(facts: Facts, spread_out: CompliancePlan) -> None:
    """A written plan is priced by what its own years cost."""
    today = assess_facts(facts, on=ON)
    limits = Limits("限制", "", budgets=money(8_000_000, 8_000_000, 8_000_000))
    looked = stands(spread_out.plan, facts, today, prices=load_prices(), limits=limits)
    assert (looked.cost, looked.wrong) == (spread_out.cost, ())
    moved = tuple(replace(action, year=FIRST) for action in spread_out.plan.actions)
    early = replace(spread_out.plan, actions=moved)
    wrong = stands(early, facts, today, prices=load_prices(), limits=limits).wrong
    assert any("2026学年" in told and "超过限制" in told for told in wrong)


def test_less_money_in_one_year_never_leaves_fewer_unmet(facts: Facts) -> None:
    left = []
    for first in (0, 1_000_000, 30_000_000):
        limits = Limits("限制", "", budgets=money(first, 0, 100_000))
        left.append(len(plan_compliance(facts, on=ON, by=BY, limits=limits).left))
    assert left == sorted(left, reverse=True)
    assert left[0] > left[-1] == 0


def test_a_year_that_the_plan_does_not_reach_is_named(facts: Facts) -> None:
    limits = Limits("限制.toml", "", budgets=(Budget(year=2030, source="县", yuan="1"),))
    with pytest.raises(MisuseError, match="2030学年不在方案之内（2026—2028学年）"):
        plan_compliance(facts, on=ON, by=BY, limits=limits)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ('[[budget]]\nyear = 2026\nsource = "天上"\nyuan = "1"\n', "source"),
        ('[[budget]]\nyear = 2026\nsource = "县"\nyuan = "-1"\n', "不带正负号"),
        ('[[budget]]\nyear = 2026\nsource = "县"\nyuan = "1"\nitems = ["pool"]\n', "没有“pool”"),
        ('[[quota]]\ncounty = "1"\nyear = 2026\nhires = -2\n', "小于0"),
        ('[[quota]]\ncounty = "1"\nyear = 2026\n\n[[quota]]\ncounty = "1"\nyear = 2026\n', "写了两段"),
        ('[[school]]\ncode = "1"\nsports_ground_m2 = -5\n', "小于0"),
    ],
)  # fmt: skip
def test_limits_that_cannot_be_are_refused_by_name(text: str, told: str) -> None:
    with pytest.raises(DeclarationError, match=told):
        parse_limits(text, file="限制.toml")
