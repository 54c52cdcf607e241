"""What a requirement costs is the least cost with it less the least cost without it, by trying everything."""

from dataclasses import replace
from datetime import date
from importlib.resources import files

import pytest
from plan.compliance.tiny import best, problem

from junheng.plan.compliance import worth
from junheng.plan.compliance.checking import Unmet
from junheng.plan.compliance.planning import answered, priced_by_line
from junheng.plan.compliance.problem import Problem
from junheng.plan.compliance.question import pose
from junheng.plan.compliance.searching import Effort, search
from junheng.plan.compliance.worth import Group, savings, without
from junheng.publish.word.compliance.money import WORTH
from junheng.registry import Facts
from junheng.sample import make_county

pytestmark = pytest.mark.slow

EXACT = Effort(gap=0.0)


def met_cost(asked: Problem) -> int | None:
    few, cost = best(asked)
    return None if few else cost


@pytest.mark.parametrize("seed", range(40))
def test_a_saving_is_what_trying_everything_saves(seed: int) -> None:
    asked = problem(seed)
    if met_cost(asked) is None:
        asked = without(asked, Group("CV", "", spreads=frozenset(range(len(asked.spreads)))))
    if met_cost(asked) is None:
        return
    answer = search(asked, effort=EXACT)
    assert answer is not None
    kinds = len(asked.parts[0].needs)
    first = Group("A", "", frozenset(n for n in range(len(asked.needs)) if n % kinds == 0))
    every = Group("CV", "", spreads=frozenset(range(len(asked.spreads))))
    for saving in savings(asked, answer, [first, every], effort=EXACT):
        _, cheaper = best(without(asked, saving.group))
        assert saving.saved == answer.cost - cheaper
        assert saving.at_least - 1e-6 <= saving.saved <= saving.at_most + 1e-6


def test_what_is_unmet_anyway_is_asked_of_nobody() -> None:
    """The savings of a plan that cannot meet everything are those of what it does meet."""
    seed = next(s for s in range(60) if best(problem(s))[0] and best(problem(s))[1])
    asked = problem(seed)
    answer = search(asked, effort=EXACT)
    assert answer is not None
    nothing = Group("", "")
    (saving,) = savings(asked, answer, [nothing], effort=EXACT)
    assert saving.saved >= 0


def test_every_requirement_of_a_county_is_in_a_group() -> None:
    facts = Facts.from_rows(make_county(seed=5, schools=9, year=2025), year=2025)
    question = pose(facts, on=date(2026, 3, 31), by=2028)
    plan = answered(question)
    found = list(priced_by_line(question, plan))
    needs = [n for each in found for n in each.group.needs]
    assert sorted(needs) == list(range(len(question.problem.needs)))
    assert {"CV", "GV3", "GV9", "GV12"} <= {each.group.line for each in found}
    dearest = max(found, key=lambda each: each.saved)
    assert (dearest.group.line, dearest.group.stage) == ("L5", "primary")
    assert all(0 <= each.saved <= plan.cost for each in found)
    everything = replace(question.problem, parts=(), spreads=(), demands=())
    nothing = search(everything, effort=EXACT)
    assert nothing is not None
    assert nothing.cost == 0


def test_a_group_whose_search_ended_early_is_not_among_the_savings(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """It may save or not: whoever lists the savings must not say that the others save nothing."""
    seed = next(s for s in range(60) if met_cost(problem(s)))
    asked = problem(seed)
    answer = search(asked, effort=EXACT)
    assert answer is not None
    every = Group("CV", "", spreads=frozenset(range(len(asked.spreads))))
    (saving,) = savings(asked, answer, [every], effort=EXACT)
    assert saving.group == every
    ended = replace(answer, unmet=Unmet(needs=(0,)))
    monkeypatch.setattr(worth, "search", lambda *_, **__: ended)
    assert not [*savings(asked, answer, [every], effort=EXACT)]
    page = (
        files("junheng.publish.html").joinpath("script/plan/money.js").read_text(encoding="utf-8")
    )
    for words in (WORTH, page):
        assert "没有列出的，去掉也不省钱，或者求解提前结束、没有求出。" in words
