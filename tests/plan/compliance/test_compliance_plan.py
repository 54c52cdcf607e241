"""A plan for a county: its projection passes by the ordinary engine, and no action can be spared."""

import json
from dataclasses import replace
from datetime import date
from fractions import Fraction
from pathlib import Path

import pytest

from junheng.diagnosis import Verdict, assess_facts
from junheng.errors import MisuseError, RefusedError, UnreadableFileError
from junheng.indicators import CATALOGUE
from junheng.plan import load_prices
from junheng.plan.compliance import CompliancePlan, Effort, Limits, load_limits, plan_compliance
from junheng.plan.compliance.limits import CountyLimits, SchoolLimits
from junheng.registry import Facts
from junheng.sample import make_county

YEAR, BY, ON = 2025, 2028, date(2026, 3, 31)
RESOURCES = ("L1", "L2", "L3", "L4", "L5", "L6", "L7", "GV3", "GV9", "GV12")
EXACT = Effort(gap=0.0)


@pytest.fixture(scope="module")
def facts() -> Facts:
    return Facts.from_rows(make_county(seed=5, schools=9, year=YEAR), year=YEAR)


@pytest.fixture(scope="module")
def plan(facts: Facts) -> CompliancePlan:
    return plan_compliance(facts, on=ON, by=BY, effort=EXACT)


def lines(facts: Facts) -> dict[str, Verdict]:
    (county,) = assess_facts(facts, on=ON).counties
    return {line.code: line.verdict for line in county.lines if line.code in RESOURCES}


def test_the_county_fails_today_and_passes_after_the_plan(
    facts: Facts, plan: CompliancePlan
) -> None:
    assert Verdict.FAIL in lines(facts).values()
    assert plan.left == ()
    assert set(lines(plan.plan.apply(facts).facts).values()) == {Verdict.PASS}
    (county,) = assess_facts(plan.plan.apply(facts).facts, on=ON).counties
    assert county.resource is Verdict.PASS


def test_the_cost_is_that_of_the_actions_and_not_below_the_bound(plan: CompliancePlan) -> None:
    assert plan.cost == plan.plan.cost_by(BY) > 0
    assert plan.bound <= float(plan.cost) + 1e-6
    assert plan.gap < 1e-4


def test_the_coefficients_come_from_the_indicators(
    facts: Facts, plan: CompliancePlan, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where a sports ground counts half, twice as much of it is planned."""
    before = CATALOGUE["L5"]
    half = replace(before, ratio=replace(before.ratio, numerator=_Half(before.ratio.numerator)))
    monkeypatch.setitem(CATALOGUE, "L5", half)
    other = plan_compliance(facts, on=ON, by=BY, effort=EXACT)
    ground = {"new_sports_ground", "gymnasium_area"}

    def area(of: CompliancePlan) -> int:
        return sum(a.amount for a in of.plan.actions if a.item in ground)

    assert area(other) > 2 * area(plan) > 0


class _Half:
    """A quantity of which only half counts: fewer of its expression's units make one natural unit."""

    def __init__(self, inner: object) -> None:
        self._inner = inner

    def __getattr__(self, name: str) -> object:
        return getattr(self._inner, name)

    @property
    def scale(self) -> int:
        return 2 * self._inner.scale  # type: ignore[attr-defined,no-any-return]

    def exact(self, row: object) -> Fraction | None:
        found = self._inner.exact(row)  # type: ignore[attr-defined]
        return None if found is None else found / 2


def test_a_county_that_passes_needs_nothing(facts: Facts, plan: CompliancePlan) -> None:
    mended = plan.plan.apply(facts).facts
    again = plan_compliance(mended, on=ON, by=BY + 1, effort=EXACT)
    assert (again.plan.actions, again.cost, again.before, again.left) == ((), 0, (), ())


def test_no_money_leaves_everything_unmet_and_says_so(facts: Facts, plan: CompliancePlan) -> None:
    poor = plan_compliance(facts, on=ON, by=BY, limits=Limits(budget=Fraction(0)), effort=EXACT)
    assert poor.cost == 0
    assert len(poor.left) == len(plan.before) == poor.fewest


def test_more_money_never_leaves_more_unmet(facts: Facts, plan: CompliancePlan) -> None:
    left = []
    for share in (Fraction(1, 4), Fraction(1, 2), Fraction(1)):
        within = Limits(budget=plan.cost * share)
        found = plan_compliance(facts, on=ON, by=BY, limits=within)
        assert found.cost <= plan.cost * share
        left.append(len(found.left))
    assert left == sorted(left, reverse=True)
    assert left[-1] == 0


def test_what_cannot_be_without_land_is_named(facts: Facts, plan: CompliancePlan) -> None:
    school = next(a.school for a in plan.plan.actions if a.item == "new_sports_ground")
    none = SchoolLimits(code=school, sports_ground_m2=0, gymnasium_m2=0)
    found = plan_compliance(facts, on=ON, by=BY, limits=Limits("限制", "", (none,)))
    assert all(a.school != school for a in found.plan.actions if a.item == "new_sports_ground")
    assert {each.line for each in found.left} == {"L5"}
    assert all(each.school in (school, "") for each in found.left)
    assert found.fewest == len(found.left)


def test_limits_on_people_are_kept(facts: Facts, plan: CompliancePlan) -> None:
    code = next(iter(plan.counties))
    within = Limits("限制", "", (), (CountyLimits(code=code, hires=0, moves=0, key_teachers=1),))
    found = plan_compliance(facts, on=ON, by=BY, limits=within)
    amounts = {}
    for action in found.plan.actions:
        amounts[action.item] = amounts.get(action.item, 0) + action.amount
    assert amounts.get("teacher_hiring", 0) == amounts.get("teacher_move", 0) == 0
    assert amounts.get("key_teacher_training", 0) <= 1


def test_missing_data_is_refused_by_name() -> None:
    rows = make_county(seed=5, schools=9, year=YEAR)
    rows["facilities"][0]["gymnasium_area_m2"] = None
    with pytest.raises(RefusedError, match=r"数据不全.*L5"):
        plan_compliance(Facts.from_rows(rows, year=YEAR), on=ON, by=BY)


@pytest.mark.parametrize("year", [YEAR, 2036])
def test_a_year_outside_the_horizon_is_refused(facts: Facts, year: int) -> None:
    with pytest.raises(MisuseError, match="2026 到 2035"):
        plan_compliance(facts, on=ON, by=year)


def test_a_county_that_is_not_there_is_refused(facts: Facts) -> None:
    with pytest.raises(MisuseError, match="没有区县 999999"):
        plan_compliance(facts, on=ON, by=BY, counties=("999999",))


def test_a_price_that_is_not_listed_is_named(facts: Facts) -> None:
    prices = load_prices()
    fewer = replace(prices, prices=tuple(p for p in prices.prices if p.item != "equipment"))
    with pytest.raises(MisuseError, match="没有 equipment"):
        plan_compliance(facts, on=ON, by=BY, prices=fewer)


def test_the_search_can_be_ended(facts: Facts) -> None:
    """Ctrl-C: the first plan that meets everything comes back with its gap."""
    heard = []

    def told(progress: object) -> bool:
        heard.append(progress)
        return False

    found = plan_compliance(facts, on=ON, by=BY, told=told, effort=EXACT)
    assert len(heard) == 1
    assert set(lines(found.plan.apply(facts).facts).values()) == {Verdict.PASS}


def test_limits_are_read_from_a_file(tmp_path: Path) -> None:
    path = tmp_path / "限制.toml"
    path.write_text('budget_yuan = "2000000"\n[[school]]\ncode = "1"\nsports_ground_m2 = 5\n', encoding="utf-8")  # fmt: skip
    found = load_limits(path)
    assert (found.budget, found.schools[0].sports_ground_m2) == (Fraction(2_000_000), 5)
    path.write_bytes("名称".encode("gb18030"))
    with pytest.raises(UnreadableFileError, match="不是UTF-8文字"):
        load_limits(path)


def test_the_same_question_has_the_same_plan(facts: Facts, plan: CompliancePlan) -> None:
    again = plan_compliance(facts, on=ON, by=BY, effort=EXACT)
    assert again.plan.hash == plan.plan.hash
    assert json.dumps(plan.plan.settings)
