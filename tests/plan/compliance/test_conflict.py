"""Why a requirement cannot be met: the limits named make it impossible, and each of them is needed."""

from datetime import date
from fractions import Fraction

import pytest

from junheng.plan.compliance import CompliancePlan, Limits, plan_compliance
from junheng.plan.compliance.checking import Unmet, unmet
from junheng.plan.compliance.conflict import conflicts, reason
from junheng.plan.compliance.limits import CountyLimits, SchoolLimits
from junheng.plan.compliance.problem import Cap, Demand, Lever, Problem
from junheng.plan.compliance.question import pose
from junheng.registry import Facts
from junheng.sample import make_county

pytestmark = pytest.mark.slow

ON, BY = date(2026, 3, 31), 2028
ONE = Fraction(1)


def levers(*most: int | None) -> tuple[Lever, ...]:
    return tuple(Lever(f"措施{i}", ONE, each) for i, each in enumerate(most))


def asking(
    demand: dict[int, Fraction], needed: int, most: tuple[int | None, ...], *caps: Cap
) -> Problem:
    return Problem(levers(*most), (), (), (), (Demand("要求", Fraction(-needed), demand),), caps)


def only(asked: Problem) -> str:
    nothing = tuple(0 for _ in asked.levers)
    (found,) = conflicts(asked, nothing, unmet(asked, nothing))
    return reason(found)


def test_the_limits_that_matter_are_named_and_no_others() -> None:
    both = {0: ONE, 1: ONE}
    caps = (
        Cap("甲不多", {0: ONE}, ONE),
        Cap("乙不多", {1: ONE}, ONE),
        Cap("合计", both, Fraction(50)),
    )
    told = only(asking(both, 10, (None, None), *caps))
    assert told == "单看这一项就做不到：甲不多，且乙不多"


def test_how_much_there_is_of_a_thing_is_a_limit_too() -> None:
    assert only(asking({0: ONE}, 5, (3,))) == "单看这一项就做不到：措施0最多3"


def test_what_nothing_changes_is_said_to_be_so() -> None:
    assert only(asking({}, 5, (3,))) == "没有一种措施能使它达到"


def test_what_can_be_met_alone_names_what_it_shares() -> None:
    """Two demands of four units each, money for six."""
    asked = Problem(
        levers(None, None), (), (), (),
        (Demand("甲", Fraction(-4), {0: ONE}), Demand("乙", Fraction(-4), {1: ONE})),
        (Cap("经费", {0: ONE, 1: ONE}, Fraction(6)),),
    )  # fmt: skip
    (found,) = conflicts(asked, (4, 0), Unmet((), (), (1,)))
    assert reason(found) == "单独能做到，与其他要求合在一起做不到：经费"


def test_what_only_whole_things_prevent_names_the_limits_that_concern_it() -> None:
    asked = asking({0: Fraction(2)}, 3, (None,), Cap("经费", {0: Fraction(10)}, Fraction(19)))
    assert only(asked).endswith("有关的限制：经费")


def test_what_a_search_that_ended_early_did_not_reach_is_not_said_to_be_impossible() -> None:
    """Money for a hundred, five needed, nothing bought: it could be met, and nobody proved otherwise."""
    asked = asking({0: ONE}, 5, (None,), Cap("经费", {0: ONE}, Fraction(100)))
    (found,) = conflicts(asked, (0,), unmet(asked, (0,)))
    told = reason(found, ended=True)
    assert told == "求解停在这里，没有找到做得到的办法，也没有证明做不到；有关的限制：经费"


def test_what_is_proven_impossible_is_said_to_be_so_though_the_search_ended() -> None:
    asked = asking({0: ONE}, 5, (3,))
    (found,) = conflicts(asked, (0,), unmet(asked, (0,)))
    assert reason(found, ended=True) == "单看这一项就做不到：措施0最多3"


@pytest.fixture(scope="module")
def facts() -> Facts:
    return Facts.from_rows(make_county(seed=5, schools=9, year=2025), year=2025)


@pytest.fixture(scope="module")
def plan(facts: Facts) -> CompliancePlan:
    return plan_compliance(facts, on=ON, by=BY)


def test_a_school_without_land_is_named_in_words(facts: Facts, plan: CompliancePlan) -> None:
    school = next(a.school for a in plan.plan.actions if a.item == "new_sports_ground")
    none = SchoolLimits(code=school, sports_ground_m2=0, gymnasium_m2=100)
    found = plan_compliance(facts, on=ON, by=BY, limits=Limits("限制", "", (none,)))
    (left,) = found.left
    assert "无地可扩（新建体育运动场地最多0㎡），且" in left.reason
    assert "新建体育馆最多100㎡" in left.reason


def test_money_is_named(facts: Facts, plan: CompliancePlan) -> None:
    code = next(iter(plan.counties))
    within = Limits("限制", "", (), (CountyLimits(code=code, budget_yuan="600000"),))
    found = plan_compliance(facts, on=ON, by=BY, limits=within)
    assert found.left
    assert all("经费最多60.0万元" in each.reason for each in found.left)


def test_a_plan_that_leaves_more_than_is_proven_says_so_of_each(facts: Facts) -> None:
    """Doing nothing for a county that money can mend, told with a bound of nothing."""
    question = pose(facts, on=ON, by=BY)
    nothing = tuple(0 for _ in question.problem.levers)
    left = unmet(question.problem, nothing)
    ended = {each.reason for each in question.explained(nothing, left, 0) if each.reason}
    assert ended
    assert all(each.startswith("求解停在这里，没有找到") for each in ended)
    proven = {each.reason for each in question.explained(nothing, left, len(left)) if each.reason}
    assert not any(each.startswith("求解停在这里") for each in proven)
