"""Nothing is done earlier than it must be: years without money between are passed over, and it is tried until nothing moves."""

from dataclasses import replace

import pytest
from plan.compliance.test_years_ahead import ACTING, BY_YEAR, EXACT, LATER, by_year, paid
from plan.compliance.tiny import _unmet
from plan.compliance.years import BY, ON

from junheng.plan.compliance import Limits, plan_compliance
from junheng.plan.compliance.limits import Budget
from junheng.plan.compliance.schedule import within
from junheng.plan.compliance.searching import search
from junheng.plan.compliance.strangers import Known
from junheng.plan.compliance.waiting import put_off
from junheng.registry import Facts
from junheng.sample import make_county


def test_a_year_without_money_between_is_passed_over() -> None:
    """Money in 2026 and in 2028, none in 2027: what fits 2028 is not done in 2026."""
    facts = Facts.from_rows(make_county(seed=5, schools=9, year=2025), year=2025)
    free = plan_compliance(facts, on=ON, by=BY, effort=EXACT)
    ample = str(int(free.cost) * 2)
    given = tuple(Budget(year=year, source="县", yuan=ample) for year in (2026, BY))
    found = plan_compliance(facts, on=ON, by=BY, limits=Limits("限制", "", budgets=given))
    assert found.left == ()
    assert {a.year for a in found.plan.actions if a.item != "teacher_move"} == {BY}


def moved_later(chosen: list[list[int]]):
    """Every plan in which one unit of one thing is done later."""
    for way, years in enumerate(chosen):
        for early in range(len(years)):
            for late in range(early + 1, len(years)):
                if years[early]:
                    other = [[*each] for each in chosen]
                    other[way][early] -= 1
                    other[way][late] += 1
                    yield other


@pytest.mark.parametrize("seed", BY_YEAR)
def test_no_unit_of_a_tiny_case_could_be_done_later(seed: int) -> None:
    """As many requirements met, at no more cost, with one unit in any later year: there is none."""
    made = by_year(seed)
    assert made is not None
    base, later, asked, limits = made
    limits = replace(limits, quotas=())  # money alone: every third case has a year without any
    limits = replace(limits, budgets=tuple(b if (seed + b.year) % 3 else replace_yuan(b) for b in limits.budgets))  # fmt: skip
    known = Known(frozenset(), frozenset({"县"}))
    schedule, held = within(asked, limits, known=known, first=ACTING[0], by=BY, last=LATER)
    answer = search(held, effort=EXACT)
    assert answer is not None
    late = put_off(held, asked, schedule, answer)
    ways = [way for _, way in asked.ways[: len(base.levers)]]
    chosen = [[0] * len(ACTING) for _ in ways]
    for lever, year, number in schedule.dated(late.amounts):
        chosen[lever % len(ways)][year - ACTING[0]] += number
    missed = lost(base, later, chosen)
    for other in moved_later(chosen):
        if spent(ways, other, limits) and not lost(base, later, other) - missed:
            pytest.fail(f"{chosen} could be {other}")


def replace_yuan(budget: Budget) -> Budget:
    return Budget(year=budget.year, source=budget.source, yuan="0")


def lost(base, later, chosen: list[list[int]]) -> set[tuple[str, int]]:
    """What is not met in the first year and in both, counted."""
    first = tuple(sum(each[: BY - ACTING[0] + 1]) for each in chosen)
    whole = tuple(map(sum, chosen))
    return {("first", n) for n in range(_unmet(base, first))} | {("later", n) for n in range(_unmet(later, whole))}  # fmt: skip


def spent(ways, chosen: list[list[int]], limits: Limits) -> bool:
    """Whether each year's money does."""
    free = replace(limits, quotas=tuple(_Many() for _ in limits.budgets))  # type: ignore[arg-type]
    return paid(ways, chosen, free) is not None


class _Many:
    hires = 10**9
