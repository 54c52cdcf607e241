"""Through the real facts, the planner finds what trying everything finds: fewest unmet, then least cost."""

from collections import Counter
from datetime import date
from fractions import Fraction

import pytest
from plan.brute.counties import ITEMS, MILD, STAGES, Tiny, price_list, pupils_of, tiny
from plan.brute.trying import best, kinds_tried, unmet_after

from junheng.plan.compliance import CompliancePlan, Effort, Limits, plan_compliance
from junheng.plan.compliance.limits import CountyLimits, SchoolLimits
from junheng.plan.pricing import parse_prices
from junheng.registry import Facts

ON, YEAR, BY = date(2026, 3, 31), 2025, 2026
QUICK, ALL, FEN = 16, MILD + 80, 100
SOME_MILD = (*range(MILD, MILD + 6),)


def planned(county: Tiny) -> CompliancePlan:
    within = Limits(
        file="小算例",
        schools=tuple(SchoolLimits(code=c, **most) for c, most in county.school_limits.items()),
        counties=(CountyLimits(code=county.county, **county.county_limits),),
        budget=Fraction(county.budget, FEN),
    )
    return plan_compliance(
        Facts.from_rows(county.rows, year=YEAR), on=ON, by=BY, limits=within, effort=Effort(gap=0.0),
        prices=parse_prices(price_list(county.prices), file="小算例"),
    )  # fmt: skip


def compare(seed: int) -> None:
    county = tiny(seed)
    found = planned(county)
    effects = (
        (effect.school, effect.column, int(effect.amount))
        for action in found.plan.actions
        for effect in action.effects
    )
    assert unmet_after(county, effects) == len(found.left)
    assert (len(found.left), found.cost * FEN) == best(county)
    assert found.fewest <= len(found.left)
    assert found.bound <= float(found.cost) + 1e-6


@pytest.mark.parametrize("seed", [*range(QUICK), *SOME_MILD])
def test_a_tiny_county_is_planned_as_by_trying_everything(seed: int) -> None:
    compare(seed)


@pytest.mark.prove
@pytest.mark.parametrize("seed", [s for s in range(QUICK, ALL) if s not in SOME_MILD])
def test_more_tiny_counties_are_planned_as_by_trying_everything(seed: int) -> None:
    compare(seed)


def test_the_tiny_counties_are_of_every_size_and_every_kind_of_action_is_reached() -> None:
    counties = [tiny(seed) for seed in range(ALL)]
    assert set.union(*map(kinds_tried, counties)) == set(ITEMS)
    pupils = [pupils_of(row, s) for c in counties for row in c.rows["seats"] for s in STAGES]
    assert min(filter(None, pupils)) < 3
    assert max(pupils) > 1_900
    assert len({c.budget for c in counties}) > 20


@pytest.mark.prove
def test_every_kind_of_action_is_done_and_some_counties_cannot_meet_everything() -> None:
    found = [planned(tiny(seed)) for seed in range(ALL)]
    done = Counter(action.item for each in found for action in each.plan.actions)
    assert set(done) == set(ITEMS), done
    assert min(done.values()) > 4, done
    assert sum(bool(each.left) for each in found) > 50
    assert sum(not each.left and each.cost > 0 for each in found) > 20
