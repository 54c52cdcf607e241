"""What makes a county meet what is required of its resources, at least cost, by a given year?

Given   sealed facts, the standard in force, a price list, limits of land, people and money
Choose  what to build, buy, hire, train and move, at which school
So that every part meets its rule, every coefficient of variation is within its limit, music and art
        rooms (GV3) are there, teachers are trained and certified (GV9, GV12)
First   as few unmet requirements as possible, then least cost, then few teachers moved, all as late
        as may be; what is asked holds in that year and in every later one of which pupils are told
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from fractions import Fraction
from typing import Any

from junheng.errors import MisuseError, RefusedError
from junheng.plan.compliance.checking import broken, unmet
from junheng.plan.compliance.disruption import least_moved
from junheng.plan.compliance.frontier import frontier
from junheng.plan.compliance.funding import paid_by_budget
from junheng.plan.compliance.outcome import Affordable, CompliancePlan
from junheng.plan.compliance.problem import Problem
from junheng.plan.compliance.question import Question, pose
from junheng.plan.compliance.searching import Answer, Effort, Progress, search
from junheng.plan.compliance.trading import Fixed, after, fixed_amounts
from junheng.plan.compliance.waiting import put_off
from junheng.plan.compliance.worth import Saving, groups_of, savings
from junheng.registry import Facts

USUAL = Effort()


def answered(
    question: Question,
    *,
    changes: Sequence[Fixed] = (),
    start: CompliancePlan | None = None,
    effort: Effort = USUAL,
    told: Callable[[Progress], bool] = lambda _: True,
) -> CompliancePlan:
    """The plan that answers the question, with what is fixed or forbidden; no worse than `start`, where
    that is still allowed. Raises RefusedError where the search was ended before it had an answer,
    MisuseError for changes that contradict each other or the limits."""
    fixed = fixed_amounts(question, changes)
    problem = after(question.problem, fixed)
    nothing = tuple(0 for _ in problem.levers)
    over = broken(problem, nothing)
    if over:
        raise MisuseError(f"固定的措施超过了限制：{'；'.join(over)}。请减少，或放宽限制。")
    found = search(problem, effort=effort, told=told)
    if found is None:
        raise RefusedError("求解在得到第一个方案之前就结束了。请放宽时间（--seconds）再做。")
    calm = least_moved(problem, _better(problem, found, start, fixed), effort=effort)
    late = put_off(problem, question.asked, question.schedule, calm.answer)
    calm = replace(calm, answer=_whole(question.problem, late, fixed))
    answer = calm.answer
    plan = question.plan(answer, calm)
    county_of = {site.code: site.county for site, _ in question.asked.ways}
    return CompliancePlan(
        plan=plan,
        on=question.on,
        by=question.by,
        prices=question.prices,
        counties=question.counties,
        amounts=answer.amounts,
        cost=answer.cost,
        bound=answer.bound,
        gap=answer.gap,
        before=question.failing(unmet(question.problem, nothing)),
        left=question.explained(answer.amounts, answer.unmet, answer.fewest),
        fewest=answer.fewest + len(question.beyond),
        moved=calm.teachers,
        fewest_moved=calm.fewest,
        stopped=answer.gap > effort.gap or len(answer.unmet) > answer.fewest,
        assumptions=question.assumptions,
        paid=paid_by_budget(plan.actions, county_of, question.limits),
    )


def _better(
    problem: Problem, found: Answer, start: CompliancePlan | None, fixed: Mapping[int, int]
) -> Answer:
    """What was found, or the plan from which was started where it is allowed and better."""
    if start is None or any(start.amounts[i] != n for i, n in fixed.items()):
        return found
    amounts = tuple(0 if i in fixed else n for i, n in enumerate(start.amounts))
    left, cost = unmet(problem, amounts), problem.cost(amounts)
    if broken(problem, amounts) or (len(left), cost) >= (len(found.unmet), found.cost):
        return found
    return replace(
        found, amounts=amounts, cost=cost, unmet=left, bound=min(found.bound, float(cost))
    )


def _whole(problem: Problem, answer: Answer, fixed: Mapping[int, int]) -> Answer:
    """The answer with what was fixed beforehand: done and paid like everything else."""
    if not fixed:
        return answer
    amounts = tuple(fixed.get(i, n) for i, n in enumerate(answer.amounts))
    cost = problem.cost(amounts)
    return replace(
        answer, amounts=amounts, cost=cost, bound=answer.bound + float(cost - answer.cost),
        unmet=unmet(problem, amounts),
    )  # fmt: skip


def with_less(
    question: Question,
    whole: CompliancePlan,
    budgets: Sequence[Fraction],
    *,
    effort: Effort = USUAL,
    told: Callable[[Progress], bool] = lambda _: True,
) -> Iterator[Affordable]:
    """What no money, and each of these budgets (yuan), can do; the least money first."""
    beyond = len(question.beyond)
    known = (whole.amounts, whole.fewest - beyond, whole.bound)
    points = frontier(question.problem, known, budgets, effort=effort, told=told)
    for point in points:
        answer = Answer(point.amounts, point.cost, 0.0, point.unmet, point.fewest)
        left = question.failing(point.unmet)
        fewest = point.fewest + beyond
        yield Affordable(point.budget, question.plan(answer), point.cost, left, fewest)


def priced_by_line(
    question: Question,
    plan: CompliancePlan,
    *,
    effort: Effort = USUAL,
    told: Callable[[Progress], bool] = lambda _: True,
) -> Iterator[Saving]:
    """How much less the plan would cost without each group of requirements; see `worth`."""
    left = unmet(question.problem, plan.amounts)
    fewest = plan.fewest - len(question.beyond)
    answer = Answer(plan.amounts, plan.cost, plan.bound, left, fewest)
    yield from savings(
        question.problem, answer, groups_of(question.asked), effort=effort, told=told
    )


def plan_compliance(
    facts: Facts,
    *,
    effort: Effort = USUAL,
    told: Callable[[Progress], bool] = lambda _: True,
    **choices: Any,
) -> CompliancePlan:
    """`pose` and `answered` in one; the choices are those of `pose`."""
    return answered(pose(facts, **choices), effort=effort, told=told)
