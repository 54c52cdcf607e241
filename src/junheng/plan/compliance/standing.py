"""A written plan looked at anew, from the facts, the prices and the actions alone."""

from dataclasses import dataclass
from fractions import Fraction

from junheng.diagnosis import Assessment
from junheng.plan.compliance.checking import broken, unmet
from junheng.plan.compliance.disruption import moved
from junheng.plan.compliance.limits import Limits, limited
from junheng.plan.compliance.outcome import Failing
from junheng.plan.compliance.question import action_of, failing_of, in_numbers
from junheng.plan.nouns import Plan
from junheng.plan.pricing import PriceList
from junheng.registry import Facts


@dataclass(frozen=True)
class Standing:
    """A written plan looked at anew: from the facts, the prices and the actions alone."""

    cost: Fraction
    """Of the actions, by the price list."""
    left: tuple[Failing, ...]
    moved: int
    """Teachers who change school."""
    wrong: tuple[str, ...]
    """What cannot be: actions that no way to act gives, limits overstepped, teachers out of nowhere."""


def stands(
    plan: Plan, facts: Facts, today: Assessment, *, prices: PriceList, limits: Limits
) -> Standing:
    """Price, limits and requirements of a plan again, without believing anything it says of itself.

    `today` is the engine's assessment of the facts by the day, scheme and switches of the plan."""
    asked, _ = in_numbers(facts, today, plan.settings["counties"], prices)
    problem = limited(asked, limits, known=set(facts["schools"]["school_code"]))
    levers = {(site.code, way.item, way.label): i for i, (site, way) in enumerate(asked.ways)}
    amounts, wrong = [0] * len(problem.levers), []
    for action in plan.actions:
        lever = levers.get((action.school, action.item, action.reason))
        if lever is None:
            wrong.append(f"{action.school} {action.reason}：没有这样的措施")
            continue
        amounts[lever] += action.amount
        if action != action_of(*asked.ways[lever], action.amount, action.year):
            wrong.append(f"{action.school} {action.reason}：费用或作用与价格表、填报表不符")
    wrong += [f"{name}：超过限制" for name in broken(problem, amounts)]
    return Standing(
        problem.cost(amounts),
        tuple(failing_of(asked, unmet(problem, amounts))),
        moved(problem, amounts),
        tuple(wrong),
    )
