"""A projection can be assessed; it can be neither sealed nor taken for facts that were filed."""

from dataclasses import replace
from datetime import date
from fractions import Fraction
from pathlib import Path
from typing import get_type_hints

import pytest
from class_cases import alike, facts_of, filed

import junheng
from junheng.diagnosis import assess_facts
from junheng.errors import MisuseError, RefusedError
from junheng.plan import Action, Plan, Projection, plan_class_sizes
from junheng.registry import Facts, Report, Snapshot, seal

ON = date(2026, 3, 31)


@pytest.fixture(scope="module")
def facts() -> Facts:
    return facts_of(
        filed("A", "primary", alike([50]), rooms=12, teachers=9),
        filed("B", "junior", {7: [60], 8: [40], 9: [40]}, rooms=3, teachers=9),
    )


@pytest.fixture(scope="module")
def plan(facts: Facts) -> Plan:
    return plan_class_sizes(facts, on=ON, years=2, within_m=0).plan


def test_a_projection_is_refused_by_the_seal(plan: Plan, facts: Facts, tmp_path: Path) -> None:
    """By its type, and, for those who do not ask a type checker, when it is tried."""
    projection = plan.apply(facts)
    assert get_type_hints(seal)["report"] is Report
    assert not isinstance(projection, Report | Snapshot | Facts)
    with pytest.raises(RefusedError, match=r"Projection.*不能封存。推演只是方案假设的结果"):
        seal(projection, tmp_path, year=2026, by="谁", on=ON)  # type: ignore[arg-type]
    with pytest.raises(RefusedError, match="不能封存"):
        junheng.seal(projection, tmp_path, year=2026, by="谁", on=ON)  # type: ignore[arg-type]
    assert list(tmp_path.iterdir()) == []


def test_a_projection_says_what_it_is_not(plan: Plan, facts: Facts) -> None:
    assert "不是填报数据" in repr(plan.apply(facts))


def test_a_projection_is_assessed_by_the_ordinary_engine(plan: Plan, facts: Facts) -> None:
    projection = plan.apply(facts, year=2026)
    assessed = assess_facts(projection.facts, on=ON)
    assert (projection.year, assessed.year) == (2026, 2026)
    assert assessed.facts != projection.basis == facts.fingerprint
    assert projection.plan == plan.hash


def test_a_plan_is_applied_to_the_facts_it_was_made_from_only(plan: Plan, facts: Facts) -> None:
    other = facts_of(filed("A", "primary", alike([49]), rooms=12))
    with pytest.raises(RefusedError, match=facts.fingerprint[:12]):
        plan.apply(other)


def test_a_year_beyond_the_plan_is_refused(plan: Plan, facts: Facts) -> None:
    with pytest.raises(MisuseError, match="2026、2027"):
        plan.apply(facts, year=2028)


def test_actions_of_later_years_change_nothing_yet(facts: Facts, plan: Plan) -> None:
    late = replace(plan, actions=tuple(replace(a, year=2027) for a in plan.actions))
    column = "full_time_teachers_primary"
    assert late.apply(facts, year=2026).facts["staffing"][column][0] == 9
    assert late.apply(facts, year=2027).facts["staffing"][column][0] == 18


def test_what_was_not_filed_is_not_made_up(facts: Facts, plan: Plan) -> None:
    """A teacher more where nobody filed how many are trained leaves that blank."""
    after = plan.apply(facts).facts["staffing"]
    assert after["teachers_training_360h_primary"].to_list() == [None, None]


def test_areas_change_only_where_an_action_says_so(facts: Facts, plan: Plan) -> None:
    after = plan.apply(facts).facts["facilities"]
    columns = [c for c in after.columns if c.endswith(("_m2", "_yuan")) or "multimedia" in c]
    assert after.select(columns).equals(facts["facilities"].select(columns))


@pytest.mark.parametrize(
    "change",
    [
        {"amount": 7},
        {"cost_yuan": Fraction(1)},
        {"year": 2027},
        {"school": "B"},
        {"reason": "别的"},
    ],
)
def test_the_hash_changes_with_any_action(plan: Plan, change: dict[str, object]) -> None:
    first, *rest = plan.actions
    assert replace(plan, actions=(replace(first, **change), *rest)).hash != plan.hash  # type: ignore[arg-type]


def test_costs_run_from_their_year_to_their_last() -> None:
    action = Action(
        "A", "pupil_moved", 1, "人", 2026, Fraction(10), Fraction(3), "", "GV5", last_year=2027
    )
    assert [action.cost_by(year) for year in (2025, 2026, 2027, 2028)] == [0, 13, 16, 16]
    assert replace(action, last_year=None).cost_by(2028) == 19


def test_only_a_projection_comes_out_of_apply() -> None:
    assert get_type_hints(Plan.apply)["return"] is Projection
