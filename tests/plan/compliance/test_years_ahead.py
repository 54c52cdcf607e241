"""Pupils and classes by year: what is asked holds in every year, and nothing is bought before its time."""

from collections.abc import Sequence
from dataclasses import replace
from fractions import Fraction
from functools import cache
from itertools import product
from random import Random
from types import SimpleNamespace

import pytest
from plan.compliance.tiny import _unmet, problem
from plan.compliance.years import BY, ON, as_filed, forecast, lines, passes

from junheng.diagnosis import Verdict
from junheng.errors import MisuseError
from junheng.plan import load_prices
from junheng.plan.compliance import (
    CompliancePlan,
    Effort,
    Limits,
    answered,
    plan_compliance,
    pose,
    stands,
)
from junheng.plan.compliance.acting import Site
from junheng.plan.compliance.asking import Asked, _Woven
from junheng.plan.compliance.limits import Budget, Quota
from junheng.plan.compliance.problem import Problem
from junheng.plan.compliance.schedule import Schedule, within
from junheng.plan.compliance.searching import Answer, search
from junheng.plan.compliance.strangers import Known
from junheng.plan.compliance.waiting import put_off
from junheng.plan.compliance.ways import Way
from junheng.registry import Facts
from junheng.sample import make_county

pytestmark = pytest.mark.slow

EXACT = Effort(gap=0.0)
LATER = 2030
NOBODY = Known(frozenset(), frozenset())


# --- tiny problems of two years, by trying everything -------------------------------------------


def two_years(seed: int) -> tuple[Problem, Problem, Asked] | None:
    """A tiny problem, the same with other pupils in a later year, and both woven into one."""
    base, random = problem(seed), Random(seed)
    if not 1 <= len(base.levers) <= 4 or base.caps:
        return None
    pupils = base.spreads[0].pupils
    then = tuple(max(1, round(n * random.choice((0.7, 1, 1.3, 1.6)))) for n in pupils)
    of = {n: place for spread in base.spreads for place, n in enumerate(spread.needs)}
    needs = tuple(
        replace(
            need,
            base=need.base * pupils[of[n]] / then[of[n]],
            slopes={i: s * pupils[of[n]] / then[of[n]] for i, s in need.slopes.items()},
        )
        for n, need in enumerate(base.needs)
    )
    spreads = tuple(replace(spread, pupils=then) for spread in base.spreads)
    later = replace(base, needs=needs, spreads=spreads)
    ways = []
    for i, lever in enumerate(base.levers):
        yearly = Fraction(random.randint(0, 2)) if lever.cost else Fraction(0)
        ways.append((Site(f"{i}", f"{i}", "县"), Way("equipment", f"{i}", "件", {}, lever.cost, yearly, None, lever.most, lever.pool, lever.sign)))  # fmt: skip
    acting = SimpleNamespace(ways=ways, since=[0] * len(ways), caps=[], mains={})
    woven = _Woven(acting, [BY, LATER], LATER)  # type: ignore[arg-type]
    for place, each in enumerate((base, later)):
        woven.add(_required(each), place)  # type: ignore[arg-type]
    return base, later, woven.asked()


def _required(held: Problem) -> SimpleNamespace:
    part_of = {n: p for p, part in enumerate(held.parts) for n in part.needs}
    return SimpleNamespace(
        needs=[(need, part_of[n], "L1") for n, need in enumerate(held.needs)],
        rules=[(rule, ("", "", None)) for rule in held.parts],
        spreads=[(spread, ("", None, "")) for spread in held.spreads],
        demands=[(demand, ("", "", "")) for demand in held.demands],
        beyond=[],
    )


def best(base: Problem, later: Problem, ways: Sequence[Way]) -> tuple[int, Fraction]:
    """Fewest unmet in both years, then least cost, by trying every amount in each."""
    ranges = [range((way.most or 0) + 1) for way in ways]
    pairs = [[(a, b) for a in each for b in each if a + b <= each[-1]] for each in ranges]
    found = None
    for chosen in product(*pairs):
        first, more = zip(*chosen, strict=True)
        whole = tuple(a + b for a, b in chosen)
        if any(_unbalanced(ways, amounts) for amounts in (first, more)):
            continue
        cost = sum(
            (way.once * (a + b) + way.yearly * (a * (LATER - BY + 1) + b)
             for way, (a, b) in zip(ways, chosen, strict=True)), Fraction(0),
        )  # fmt: skip
        rank = (_unmet(base, first) + _unmet(later, whole), cost)
        found = rank if found is None else min(found, rank)
    assert found is not None
    return found


def _unbalanced(ways: Sequence[Way], amounts: Sequence[int]) -> bool:
    return sum(way.sign * n for way, n in zip(ways, amounts, strict=True)) != 0


ALL = [seed for seed in range(500) if two_years(seed)][:60]
CASES = ALL[:36]
MORE = [pytest.param(seed, marks=pytest.mark.prove) for seed in ALL[36:]]


@cache
def found(seed: int) -> tuple[Schedule, Answer, Answer]:
    """The answer of a tiny case, and the same with what can wait put off."""
    made = two_years(seed)
    assert made is not None
    schedule, held = within(made[2], Limits(), known=NOBODY, first=2026, by=BY, last=LATER)
    answer = search(held, effort=EXACT)
    assert answer is not None
    return schedule, answer, put_off(held, made[2], schedule, answer)


@pytest.mark.parametrize("seed", [*CASES, *MORE])
def test_two_years_are_planned_as_by_trying_every_amount_in_each(seed: int) -> None:
    made = two_years(seed)
    assert made is not None
    base, later, asked = made
    known = best(base, later, [way for _, way in asked.ways[: len(base.levers)]])
    for each in found(seed)[1:]:
        assert (len(each.unmet), each.cost) == known


def test_the_tiny_cases_buy_in_both_years_and_some_have_to_leave_something_unmet() -> None:
    years, left = set(), 0
    for seed in CASES:
        schedule, _, late = found(seed)
        years |= {year for _, year, _ in schedule.dated(late.amounts)}
        left += bool(late.unmet)
    assert years == {BY, LATER}
    assert 5 < left < len(CASES)


# --- the same with money and people told by year --------------------------------------------------

ACTING = range(2027, LATER + 1)
HIRED = "teacher_hiring"


def by_year(seed: int) -> tuple[Problem, Problem, Asked, Limits] | None:
    """Two years that ask, four in which something can be done: money for each, people for each."""
    made = two_years(seed)
    if made is None or len(made[0].levers) > 3 or made[0].pools:
        return None
    base, later, asked = made
    random = Random(seed + 7)
    items = [random.choice(("equipment", HIRED)) for _ in base.levers]
    ways = tuple(
        (site, replace(way, item=items[i % len(items)])) for i, (site, way) in enumerate(asked.ways)
    )
    budgets = tuple(Budget(year=y, source="县", yuan=str(random.randint(0, 8))) for y in ACTING)
    quotas = tuple(Quota(county="县", year=y, hires=random.randint(0, 2)) for y in ACTING)
    return (
        base,
        later,
        replace(asked, ways=ways),
        Limits("限制", "", budgets=budgets, quotas=quotas),
    )


def spreads_of(most: int) -> list[tuple[int, ...]]:
    return [each for each in product(range(most + 1), repeat=len(ACTING)) if sum(each) <= most]


def best_by_year(base: Problem, later: Problem, ways: Sequence[Way], limits: Limits) -> tuple[int, Fraction]:  # fmt: skip
    """Fewest unmet in both years, then least cost, by trying every amount in each of the four."""
    found = None
    for chosen in product(*(spreads_of(way.most or 0) for way in ways)):
        cost = paid(ways, chosen, limits)
        if cost is None:
            continue
        first = [sum(each[: BY - ACTING[0] + 1]) for each in chosen]
        rank = (_unmet(base, tuple(first)) + _unmet(later, tuple(map(sum, chosen))), cost)
        found = rank if found is None else min(found, rank)
    assert found is not None
    return found


def paid(ways: Sequence[Way], chosen: Sequence[Sequence[int]], limits: Limits) -> Fraction | None:
    """What it costs, or None where a year's money or people do not do."""
    whole = Fraction(0)
    for place, (budget, quota) in enumerate(zip(limits.budgets, limits.quotas, strict=True)):
        pairs = list(zip(ways, chosen, strict=True))
        spent = sum(
            (way.once * n[place] + way.yearly * sum(n[: place + 1]) for way, n in pairs),
            Fraction(0),
        )
        hired = sum(n[place] for way, n in pairs if way.item == HIRED)
        if spent > Fraction(budget.yuan) or hired > (quota.hires or 0):
            return None
        whole += spent
    return whole


BY_YEAR = [seed for seed in range(900) if by_year(seed)][:40]


@pytest.mark.parametrize("seed", BY_YEAR)
def test_money_and_people_by_year_are_spent_as_by_trying_every_amount_in_every_year(
    seed: int,
) -> None:
    made = by_year(seed)
    assert made is not None
    base, later, asked, limits = made
    known = Known(frozenset(), frozenset({"县"}))
    schedule, held = within(asked, limits, known=known, first=ACTING[0], by=BY, last=LATER)
    answer = search(held, effort=EXACT)
    assert answer is not None
    ways = [way for _, way in asked.ways[: len(base.levers)]]
    assert (len(answer.unmet), answer.cost) == best_by_year(base, later, ways, limits)
    late = put_off(held, asked, schedule, answer)
    assert (len(late.unmet), late.cost) == (len(answer.unmet), answer.cost)
    chosen = [[0] * len(ACTING) for _ in ways]
    for lever, year, number in schedule.dated(late.amounts):
        assert year <= asked.when[lever]  # in time for the year that asks
        assert year > BY or asked.when[lever] == BY  # and after the year that asked before
        chosen[lever % len(ways)][year - ACTING[0]] += number
    assert paid(ways, chosen, limits) == late.cost


# --- a county whose schools grow ----------------------------------------------------------------


@pytest.fixture(scope="module")
def facts() -> Facts:
    return Facts.from_rows(make_county(seed=5, schools=9, year=2025), year=2025)


@pytest.fixture(scope="module")
def growing(facts: Facts) -> CompliancePlan:
    """A tenth more pupils in 2029, a fifth fewer at small schools in 2030."""
    told = forecast(
        as_filed(facts, 2029, lambda n: n + n // 10),
        as_filed(facts, LATER, lambda n: n - n // 5 if n < 600 else n + n // 10),
    )
    return plan_compliance(facts, on=ON, by=BY, forecast=told, effort=Effort(gap=0.001))


def test_everything_is_met_in_every_year_by_the_ordinary_engine(
    facts: Facts, growing: CompliancePlan
) -> None:
    assert growing.years == (BY, 2029, LATER)
    assert growing.left == ()
    for year in growing.years:
        assert passes(growing.plan, facts, year), year
    assert growing.cost == growing.plan.cost_by(LATER)
    assert growing.bound <= float(growing.cost) <= growing.bound * 1.002


def test_what_later_years_need_is_bought_in_them(facts: Facts, growing: CompliancePlan) -> None:
    for_2029 = [a for a in growing.plan.actions if a.year == 2029]
    assert for_2029
    none = replace(growing.plan, actions=tuple(a for a in growing.plan.actions if a.year == BY))
    assert passes(none, facts, BY)
    assert not passes(none, facts, 2029)


def test_no_unit_could_be_bought_a_year_later(facts: Facts, growing: CompliancePlan) -> None:
    """Each school's works of 2028 with one unit put off to 2029: something is missing in 2028."""
    first = [a for a in growing.plan.actions if a.year == BY and a.item != "teacher_move"]
    assert len(first) > 5
    for action in first[:12]:
        step = 1 if action.item != "equipment" else max(1, action.amount // 100)
        effects = tuple(replace(e, amount=e.amount * (action.amount - step) / action.amount) for e in action.effects)  # fmt: skip
        less = tuple(
            replace(a, effects=effects) if a is action else a for a in growing.plan.actions
        )
        plan = replace(growing.plan, actions=less)
        assert Verdict.FAIL in lines(plan.apply(facts, year=BY).facts).values(), action.reason


def test_a_written_plan_stands_in_every_year_and_falls_with_any_of_its_years(
    facts: Facts, growing: CompliancePlan
) -> None:
    from junheng.diagnosis import assess_facts

    today = assess_facts(facts, on=ON)
    looked = stands(growing.plan, facts, today, prices=load_prices(), limits=Limits())
    assert (looked.wrong, looked.left, looked.cost) == ((), (), growing.cost)
    for year in growing.years[1:]:
        less = replace(
            growing.plan, actions=tuple(a for a in growing.plan.actions if a.year != year)
        )
        if len(less.actions) == len(growing.plan.actions):
            continue
        left = stands(less, facts, today, prices=load_prices(), limits=Limits()).left
        assert left
        assert {each.year for each in left} <= {y for y in growing.years if y >= year}


def test_pupils_of_the_plan_must_be_those_it_was_told(
    facts: Facts, growing: CompliancePlan
) -> None:
    from junheng.diagnosis import assess_facts

    today = assess_facts(facts, on=ON)
    first, second, third = growing.plan.outlooks
    code = next(iter(second.values))
    fewer = {**second.values, code: {**second.values[code], "class_count_primary": 1}}
    other = replace(growing.plan, outlooks=(first, replace(second, values=fewer), third))
    wrong = stands(other, facts, today, prices=load_prices(), limits=Limits()).wrong
    assert any("与它的学生数表不符" in each for each in wrong)


def test_a_year_that_changes_nothing_asks_nothing_and_buys_nothing(facts: Facts) -> None:
    alone = plan_compliance(facts, on=ON, by=BY, effort=EXACT)
    told = forecast(as_filed(facts, BY), as_filed(facts, 2029))
    question = pose(facts, on=ON, by=BY, forecast=told)
    assert question.asked.years == (BY,)
    again = answered(question, effort=EXACT)
    assert again.years == (BY, 2029)
    assert {a.year for a in again.plan.actions} == {BY}
    assert len(again.before) == len(alone.before)
    assert (
        again.plan.cost_by(BY) == alone.cost
    )  # what it costs is the same; pay goes on a year more


def test_quotas_and_money_of_a_later_year_hold_in_it(facts: Facts) -> None:
    told = forecast(as_filed(facts, 2029, lambda n: n + n // 5))
    free = plan_compliance(facts, on=ON, by=BY, forecast=told)
    hires = sum(
        a.amount for a in free.plan.actions if a.item == "teacher_hiring" and a.year == 2029
    )
    assert hires > 2
    code = next(iter(free.counties))
    none = Limits("限制", "", quotas=(Quota(county=code, year=2029, hires=0, moves=0),))
    kept = plan_compliance(facts, on=ON, by=BY, forecast=told, limits=none)
    assert not [a for a in kept.plan.actions if a.item in ("teacher_hiring", "teacher_move") and a.year == 2029]  # fmt: skip
    assert kept.left == ()
    assert kept.cost >= free.cost


def test_each_year_is_paid_from_its_own_money(facts: Facts) -> None:
    told = forecast(as_filed(facts, 2029, lambda n: n + n // 10))
    free = plan_compliance(facts, on=ON, by=BY, forecast=told)
    ample = str(2 * int(free.cost))
    given = tuple(Budget(year=y, source="县", yuan=ample) for y in range(2026, 2030))
    paid = plan_compliance(facts, on=ON, by=BY, forecast=told, limits=Limits("限制", "", budgets=given)).paid  # fmt: skip
    by_year = {each.budget.year: each.yuan for each in paid}
    assert by_year[2026] == by_year[2027] == 0  # nothing is done before its time
    assert by_year[2028] > 0
    assert by_year[2029] > 0


def test_a_table_that_ends_before_the_plan_begins_is_refused(facts: Facts) -> None:
    told = forecast(as_filed(facts, 2027))
    with pytest.raises(MisuseError, match=r"只写到2027学年.*达标的学年是2028"):
        plan_compliance(facts, on=ON, by=BY, forecast=told)


def test_a_table_begins_before_the_plan_and_asks_nothing_then(facts: Facts) -> None:
    told = forecast(as_filed(facts, 2027, lambda n: 3 * n), as_filed(facts, BY))
    found = plan_compliance(facts, on=ON, by=BY, forecast=told, effort=EXACT)
    assert found.cost == plan_compliance(facts, on=ON, by=BY, effort=EXACT).cost
    assert any("2027学年早于达标的学年" in each for each in found.assumptions)


def test_a_school_that_opens_later_is_asked_from_then_on(facts: Facts) -> None:
    """No pupils at a stage in 2028, pupils in 2029: what it needs is bought for 2029."""
    rows = list(facts.schools.iter_rows(named=True))
    code = next(r["school_code"] for r in rows if r["school_type"] == "primary" and r["counts_as_school"])  # fmt: skip
    whole = {code, *(r["school_code"] for r in rows if r["parent_school_code"] == code)}
    closed = [replace_count(c, 0, 0) if c.school in whole else c for c in as_filed(facts, BY)]
    told = forecast(closed, as_filed(facts, 2029))
    question = pose(facts, on=ON, by=BY, forecast=told)
    there = {year for (school, *_), year in zip(question.asked.parts, question.asked.part_years, strict=True) if school == code}  # fmt: skip
    assert there == {2029}
    found = answered(question)
    assert found.left == ()
    assert passes(found.plan, facts, BY)
    assert passes(found.plan, facts, 2029)


def replace_count(count, pupils: int, classes: int):
    import msgspec

    return msgspec.structs.replace(count, pupils=pupils, classes=classes)


def test_the_search_can_be_ended_and_what_it_has_holds_in_every_year(facts: Facts) -> None:
    """Ctrl-C, and no time left: the plan so far, with its gap."""
    told = forecast(as_filed(facts, 2029, lambda n: n + n // 10))
    heard = []

    def enough(progress: object) -> bool:
        heard.append(progress)
        return False

    found = plan_compliance(facts, on=ON, by=BY, forecast=told, told=enough, effort=EXACT)
    assert len(heard) == 1
    assert found.left == ()
    assert passes(found.plan, facts, BY)
    assert passes(found.plan, facts, 2029)
    assert 0 <= found.gap < 1
    hurried = plan_compliance(facts, on=ON, by=BY, forecast=told, effort=Effort(seconds=0.5))
    assert hurried.cost >= found.bound
