"""What less money achieves: never worse with more, never above the money, bounded by what trying everything finds."""

from dataclasses import replace
from datetime import date
from fractions import Fraction
from functools import cache

import pytest
from plan.compliance.sealing import sealed
from plan.compliance.tiny import best, problem

from junheng.plan.compliance.checking import unmet
from junheng.plan.compliance.frontier import Point, frontier, steps_of
from junheng.plan.compliance.problem import Cap, Lever, Need, PartRule, Problem
from junheng.plan.compliance.searching import Effort, Progress, search
from junheng.studies import ComplianceStudy, plan_to_comply

EXACT = Effort(gap=0.0)
ON = date(2026, 3, 31)


def drawn(asked: Problem) -> list[Point]:
    whole = search(asked, effort=EXACT)
    assert whole is not None
    known = (whole.amounts, whole.fewest, whole.bound)
    return list(frontier(asked, known, steps_of(whole.cost, 4), effort=EXACT))


@cache
def tried(seed: int) -> list[tuple[Point, int]]:
    """The points of a tiny problem, and how few unmet trying everything finds for the money of each."""
    asked = problem(seed)
    prices = {i: lever.cost for i, lever in enumerate(asked.levers) if lever.cost}
    return [
        (point, best(replace(asked, caps=(*asked.caps, Cap("money", prices, point.budget))))[0])
        for point in drawn(asked)
    ]


@pytest.mark.parametrize("seed", range(25))
def test_no_point_is_better_than_trying_everything_and_none_is_proven_better(seed: int) -> None:
    asked = problem(seed)
    for point, few in tried(seed):
        assert point.fewest <= few <= len(point.unmet)
        assert point.cost == asked.cost(point.amounts) <= point.budget
        assert point.unmet == unmet(asked, point.amounts)


@pytest.mark.parametrize("seed", range(25))
def test_more_money_never_leaves_more_unmet(seed: int) -> None:
    points = [point for point, _ in tried(seed)]
    left = [len(point.unmet) for point in points]
    assert left == sorted(left, reverse=True)
    assert points[0].cost == 0


def test_the_points_find_what_trying_everything_finds_mostly() -> None:
    """Setting the coefficients aside costs little: a frontier that is always worse would be no use."""
    exact, all_ = 0, 0
    for seed in range(25):
        for point, few in tried(seed):
            exact, all_ = exact + (len(point.unmet) == few), all_ + 1
    assert exact > all_ * Fraction(4, 5)


@pytest.mark.parametrize("spare", [0, 1, 999])
def test_money_for_one_unit_buys_it_though_other_things_are_bought_by_the_yuan(spare: int) -> None:
    """Two schools lack a room of 10 yuan and equipment of 1000: for 10 yuan or more one is mended."""
    one = Fraction(1)
    levers = (Lever("room", Fraction(10), 3), Lever("equipment", one, None, fine=True))
    needs = (Need("a", Fraction(0), {0: one}, one, one),
             Need("b", Fraction(0), {1: one}, Fraction(1000), Fraction(1000)))  # fmt: skip
    rules = (PartRule("a", (0,), 1), PartRule("b", (1,), 1))
    asked = Problem(levers, needs, rules, ())
    (_, point) = frontier(asked, ((1, 1000), 0, 1010.0), [Fraction(10 + spare)], effort=EXACT)
    assert (len(point.unmet), point.fewest) == (1, 1)


def test_it_ends_with_the_points_so_far() -> None:
    asked = next(problem(seed) for seed in range(60) if best(problem(seed))[1])
    whole = search(asked, effort=EXACT)
    assert whole is not None
    heard: list[Progress] = []

    def told(progress: Progress) -> bool:
        heard.append(progress)
        return False

    known = (whole.amounts, whole.fewest, whole.bound)
    points = list(frontier(asked, known, steps_of(whole.cost, 4), effort=EXACT, told=told))
    assert (len(points), len(heard)) == (2, 1)


@pytest.fixture(scope="module")
def study(tmp_path_factory: pytest.TempPathFactory) -> ComplianceStudy:
    snapshot = sealed(tmp_path_factory.mktemp("frontier"))
    return plan_to_comply(
        snapshot, on=ON, by=2028, points=4, what_if=(Fraction(1_000_000), Fraction(10**9))
    )


def test_the_engine_judges_every_point(study: ComplianceStudy) -> None:
    first, *_, last = study.frontier
    assert len(study.frontier) == 5
    assert (first.budget, first.cost, len(first.left)) == (0, 0, len(study.answer.before))
    assert last.cost == study.answer.cost
    assert (last.schools_passing, last.lines_passing) == (last.schools, last.lines)
    assert first.lines_passing < last.lines_passing


def test_a_named_budget_is_answered_beside_the_steps(study: ComplianceStudy) -> None:
    little, plenty = study.what_if
    assert little.cost <= little.budget == 1_000_000
    assert 0 < len(little.left) < len(study.answer.before)
    assert little.items
    assert (plenty.cost, plenty.left) == (study.answer.cost, ())


def test_the_points_are_in_the_record(study: ComplianceStudy) -> None:
    held = study.record["frontier"]
    assert [point["unmet"] for point in held] == [len(p.left) for p in study.frontier]
    assert sum(held[0]["unmet_by_line"].values()) == held[0]["unmet"]
    assert study.record["what_if"][0]["budget_yuan"] == "1000000"
