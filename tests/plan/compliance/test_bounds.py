"""Bounds of the relaxation: never above what a true plan costs, and no proof where the solver is not sure."""

from fractions import Fraction
from random import Random

import clarabel
import pytest

from junheng.plan.compliance import relaxation
from junheng.plan.compliance.checking import broken, unmet
from junheng.plan.compliance.effort import bound_for
from junheng.plan.compliance.problem import Cap, Lever, Need, PartRule, Problem, Spread
from junheng.plan.compliance.relaxation import relax


def just_enough(seed: int) -> tuple[Problem, list[int]]:
    """Schools that the money brings to the limit exactly, and by which amounts."""
    random = Random(seed)
    count = random.choice((3, 5, 8))
    pupils = [random.randint(20, 900) for _ in range(count)]
    limit = Fraction(random.choice((10, 75, 2000)))
    for _ in pupils:
        random.randint(60, 99)
    levers = tuple(Lever(str(i), Fraction(random.randint(1, 9) * 1000)) for i in range(count))
    amounts = [random.randint(1, 40) for _ in pupils]
    units = [Fraction(100, number) for number in pupils]
    needs = tuple(
        Need(str(i), limit - number * unit, {i: unit}, limit, limit)
        for i, (number, unit) in enumerate(zip(amounts, units, strict=True))
    )
    money = sum((x.cost * n for x, n in zip(levers, amounts, strict=True)), Fraction(0))
    spread = Spread("CV", tuple(range(count)), tuple(pupils), "weighted", Fraction(random.choice((1, 10, 50)), 100))  # fmt: skip
    cap = Cap("money", {i: x.cost for i, x in enumerate(levers)}, money)
    rules = tuple(PartRule(str(i), (i,), 1) for i in range(count))
    return Problem(levers, needs, rules, (spread,), (), (cap,)), amounts


def test_no_bound_is_above_the_cost_of_a_plan() -> None:
    above = []
    for seed in range(400):
        asked, amounts = just_enough(seed)
        assert not broken(asked, amounts)
        assert not unmet(asked, amounts)
        found = relax(asked)
        assert found.possible is not False
        if Fraction(found.bound) > asked.cost(amounts):
            above.append(seed)
    assert above == []


@pytest.mark.parametrize(
    "status", [clarabel.SolverStatus.AlmostSolved, clarabel.SolverStatus.AlmostPrimalInfeasible]
)
def test_almost_is_no_proof(monkeypatch: pytest.MonkeyPatch, status: object) -> None:
    asked, _ = just_enough(0)
    solved = relaxation._Form.solved
    monkeypatch.setattr(
        relaxation._Form, "solved", lambda form, costs: (status, *solved(form, costs)[1:])
    )
    found = relax(asked)
    assert (found.possible, found.bound) == (None, 0.0)


def test_a_bound_above_a_known_cost_is_unknown_and_not_that_cost() -> None:
    cost = Fraction(1000)
    assert bound_for(cost, 999.0) == 999.0
    assert bound_for(cost, 1000.0000001) == 1000.0
    assert bound_for(cost, 1001.0) == 0.0
