"""Of a plan that is proven cheapest, at prices above nought, nothing can be left out and nothing made less."""

from collections import Counter
from dataclasses import dataclass, replace
from datetime import date
from functools import cache
from random import Random

import pytest
from plan.brute.counties import ITEMS, price_list, tiny

from junheng.diagnosis import Verdict, assess_facts
from junheng.plan.compliance import Effort, Limits, Question, pose, stands
from junheng.plan.compliance.searching import Answer, search
from junheng.plan.nouns import Plan
from junheng.plan.pricing import parse_prices
from junheng.registry import Facts

pytestmark = pytest.mark.slow

YEAR, BY, ON = 2025, 2026, date(2026, 3, 31)
RESOURCES = ("L1", "L2", "L3", "L4", "L5", "L6", "L7", "GV3", "GV9", "GV12")
SLOW = (10, 21)
"""Two that take seconds and are not proven to the yuan."""
FEW = pytest.param(9, 40, id="few")
MORE = pytest.param(24, 90, marks=pytest.mark.prove, id="more")
"""Seeds below, and how many actions there are at least to be left out."""


@dataclass(frozen=True)
class Planned:
    """A tiny county of which every requirement can be met, and the cheapest way to."""

    facts: Facts
    question: Question
    answer: Answer

    def plan(self, amounts: tuple[int, ...]) -> Plan:
        cost = self.question.problem.cost(amounts)
        return self.question.plan(replace(self.answer, amounts=amounts, cost=cost))

    def is_enough(self, plan: Plan) -> bool:
        """What the ordinary engine says of the projection; moves that do not balance are no plan."""
        (county,) = assess_facts(plan.apply(self.facts).facts, on=ON).counties
        verdicts = {line.verdict for line in county.lines if line.code in RESOURCES}
        today = assess_facts(self.facts, on=ON)
        looked = stands(plan, self.facts, today, prices=self.question.prices, limits=Limits())
        assert all("调出与调入人数不等" in each for each in looked.wrong)
        return Verdict.FAIL not in verdicts and not looked.wrong


def cheapest(seed: int) -> Planned | None:
    county, random = tiny(seed), Random(seed)
    prices = {item: 100 * random.randint(2, 5) for item in (*ITEMS, "hiring_pe")}
    facts = Facts.from_rows(county.rows, year=YEAR)
    priced = parse_prices(price_list(prices), file="小算例")
    question = pose(facts, on=ON, by=BY, prices=priced)
    answer = search(question.problem, effort=Effort(gap=0.0))
    assert answer is not None
    proven = float(answer.cost) - answer.bound < 1  # prices are whole: nothing cheaper is left
    return Planned(facts, question, answer) if proven and not answer.unmet else None


@cache
def planned(seeds: int) -> list[Planned]:
    found = [each for n in range(seeds) if n not in SLOW and (each := cheapest(n)) is not None]
    assert len(found) > 0.7 * seeds
    return found


@pytest.mark.parametrize(("seeds", "least"), [FEW, MORE])
def test_without_any_one_action_the_county_fails(seeds: int, least: int) -> None:
    tried: Counter[str] = Counter()
    for county in planned(seeds):
        whole = county.plan(county.answer.amounts)
        assert county.is_enough(whole)
        for action in whole.actions:
            others = tuple(each for each in whole.actions if each is not action)
            assert not county.is_enough(replace(whole, actions=others)), action.reason
            tried[action.item] += 1
    assert tried.total() > least
    assert len(tried) > 7, tried


@pytest.mark.parametrize(("seeds", "least"), [FEW, MORE])
def test_with_one_unit_less_of_any_action_the_county_fails(seeds: int, least: int) -> None:
    tried = 0
    for county in planned(seeds):
        held = county.answer.amounts
        for lever, number in enumerate(held):
            if number > 1:
                less = (*held[:lever], number - 1, *held[lever + 1 :])
                assert not county.is_enough(county.plan(less)), county.question.problem.levers[
                    lever
                ]
                tried += 1
    assert tried > least // 5


@pytest.mark.parametrize(("seeds", "least"), [FEW, MORE])
def test_without_both_ends_of_a_move_the_county_fails(seeds: int, least: int) -> None:
    """Balanced, and cheaper: so it must be too little."""
    tried = 0
    for county in planned(seeds):
        levers, held = county.question.problem.levers, county.answer.amounts
        for lever, number in enumerate(held):
            for other, more in enumerate(held):
                ends = levers[lever].sign == -1 and levers[other].sign == 1
                if ends and number and more and levers[lever].pool == levers[other].pool:
                    less = [n - (i in (lever, other)) for i, n in enumerate(held)]
                    assert not county.is_enough(county.plan(tuple(less)))
                    tried += 1
    assert tried > least // 50
