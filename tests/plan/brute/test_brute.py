"""Through the real facts, the planner finds what trying everything finds: fewest unmet, then least cost."""

from datetime import date
from fractions import Fraction

import pytest
from plan.brute.counties import ITEMS, Tiny, price_list, tiny
from plan.brute.trying import best, kinds_tried, unmet_after

from junheng.plan.compliance import CompliancePlan, Effort, Limits, plan_compliance
from junheng.plan.compliance.limits import CountyLimits, SchoolLimits
from junheng.plan.pricing import parse_prices
from junheng.registry import Facts

ON, YEAR, BY = date(2026, 3, 31), 2025, 2026
QUICK, ALL = 16, 320


def planned(county: Tiny) -> CompliancePlan:
    within = Limits(
        file="小算例",
        schools=tuple(SchoolLimits(code=c, **most) for c, most in county.school_limits.items()),
        counties=(CountyLimits(code=county.county, **county.county_limits),),
        budget=Fraction(county.budget),
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
    assert (len(found.left), found.cost) == best(county)
    assert found.fewest <= len(found.left)
    assert found.bound <= float(found.cost) + 1e-6


@pytest.mark.parametrize("seed", range(QUICK))
def test_a_tiny_county_is_planned_as_by_trying_everything(seed: int) -> None:
    compare(seed)


@pytest.mark.prove
@pytest.mark.parametrize("seed", range(QUICK, ALL))
def test_more_tiny_counties_are_planned_as_by_trying_everything(seed: int) -> None:
    compare(seed)


@pytest.mark.prove
def test_every_kind_of_action_has_its_turn() -> None:
    assert set.union(*(kinds_tried(tiny(seed)) for seed in range(ALL))) == set(ITEMS)
