"""What makes a county meet what is required of its resources, at least cost, by a given year?

Given   sealed facts, the standard in force, a price list, limits of land, people and money
Choose  what to build, buy, hire, train and move, at which school
So that every part meets its rule, every coefficient of variation is within its limit, music and art
        rooms (GV3) are there, teachers are trained and certified (GV9, GV12)
First   as few unmet requirements as possible, then least cost; pupils stay as they are
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Any

from junheng.diagnosis import Assessment, CountyVerdict, assess_facts
from junheng.errors import MisuseError, RefusedError
from junheng.indicators import build_parts, gather
from junheng.plan.compliance.asking import BY_COUNTY, BY_SCHOOL, Asked, Site, ask
from junheng.plan.compliance.checking import Unmet, broken, unmet
from junheng.plan.compliance.frontier import frontier
from junheng.plan.compliance.limits import Limits, limited
from junheng.plan.compliance.outcome import Affordable, CompliancePlan, Failing
from junheng.plan.compliance.problem import Problem
from junheng.plan.compliance.searching import Answer, Effort, Progress, search
from junheng.plan.compliance.ways import Way
from junheng.plan.nouns import Action, Effect, Goal, Outlook, Plan
from junheng.plan.pricing import PriceList, load_prices
from junheng.registry import Facts
from junheng.standards import Switches

QUESTION = "compliance"
BY_LINES = (*BY_SCHOOL, *BY_COUNTY)
"""Lines beside the seven indicators that the plan brings to their limit."""
UNLIMITED, USUAL = Limits(), Effort()
LATEST = 2035
"""The last year that the policy's targets name."""


@dataclass(frozen=True)
class Question:
    """What is asked of these counties, in numbers, and everything that was chosen in asking it."""

    facts: Facts
    on: date
    by: int
    scheme: str
    switches: Switches
    prices: PriceList
    limits: Limits
    counties: Mapping[str, str]
    """Code → name."""
    asked: Asked
    problem: Problem
    """The asked problem within the limits."""

    def plan(self, answer: Answer) -> Plan:
        """The actions of an answer, with its two goals and their bounds."""
        goals = (
            Goal("没有满足的要求", "项", Fraction(len(answer.unmet)), Fraction(answer.fewest)),
            Goal("费用", "元", answer.cost, min(answer.cost, Fraction(answer.bound).limit_denominator(100))),
        )  # fmt: skip
        return Plan(
            QUESTION, self.facts.fingerprint, self.facts.year, self._settings(),
            tuple(_actions(self.asked, answer.amounts, self.by)), (Outlook(self.by, {}, {}),), goals,
        )  # fmt: skip

    def failing(self, left: Unmet) -> tuple[Failing, ...]:
        """Requirements left unmet, in words."""
        return tuple(_failing(self.asked, left))

    def _settings(self) -> dict[str, Any]:
        limits = self.limits
        return {
            "on": self.on.isoformat(), "by": self.by, "scheme": self.scheme,
            "counties": sorted(self.counties), "prices": self.prices.file,
            "prices_sha256": self.prices.sha256, "limits": limits.file, "limits_sha256": limits.sha256,
            "budget_yuan": None if limits.budget is None else str(limits.budget),
            "switches": self.switches.to_json(),
        }  # fmt: skip


def pose(
    facts: Facts,
    *,
    on: date,
    by: int,
    counties: Sequence[str] = (),
    scheme: str = "2017-quality",
    switches: Switches | None = None,
    prices: PriceList | None = None,
    limits: Limits = UNLIMITED,
) -> Question:
    """The question of these counties together (all in the facts where none is named).

    Raises MisuseError for a county that is not there, a year outside the horizon, a price that is
    not listed, limits of strangers; RefusedError where a return lacks what must be known."""
    _refuse_year(facts, by)
    priced = prices or load_prices()
    assessment = assess_facts(facts, on=on, scheme=scheme, switches=switches)
    asked, names = _asked(facts, assessment, counties, priced)
    problem = limited(asked, limits, known=set(facts["schools"]["school_code"]))
    return Question(
        facts, on, by, scheme, switches or Switches(), priced, limits, names, asked, problem
    )


def answered(
    question: Question,
    *,
    effort: Effort = USUAL,
    told: Callable[[Progress], bool] = lambda _: True,
) -> CompliancePlan:
    """The plan that answers the question. Raises RefusedError where the search was ended before it
    had an answer."""
    problem = question.problem
    answer = search(problem, effort=effort, told=told)
    if answer is None:
        raise RefusedError("求解在得到第一个方案之前就结束了。请放宽时间（--seconds）再做。")
    nothing = tuple(0 for _ in problem.levers)
    return CompliancePlan(
        plan=question.plan(answer),
        on=question.on,
        by=question.by,
        prices=question.prices,
        counties=question.counties,
        amounts=answer.amounts,
        cost=answer.cost,
        bound=answer.bound,
        gap=answer.gap,
        before=question.failing(unmet(problem, nothing)),
        left=question.failing(answer.unmet),
        fewest=answer.fewest,
        stopped=answer.gap > effort.gap or len(answer.unmet) > answer.fewest,
        assumptions=_assumptions(question.prices, question.limits, question.by),
    )


def with_less(
    question: Question,
    whole: CompliancePlan,
    budgets: Sequence[Fraction],
    *,
    effort: Effort = USUAL,
    told: Callable[[Progress], bool] = lambda _: True,
) -> Iterator[Affordable]:
    """What no money, and each of these budgets (yuan), can do; the least money first."""
    known = (whole.amounts, whole.fewest, whole.bound)
    points = frontier(question.problem, known, budgets, effort=effort, told=told)
    for point in points:
        answer = Answer(point.amounts, point.cost, 0.0, point.unmet, point.fewest)
        left = question.failing(point.unmet)
        yield Affordable(point.budget, question.plan(answer), point.cost, left, point.fewest)


def plan_compliance(
    facts: Facts,
    *,
    effort: Effort = USUAL,
    told: Callable[[Progress], bool] = lambda _: True,
    **choices: Any,
) -> CompliancePlan:
    """`pose` and `answered` in one; the choices are those of `pose`."""
    return answered(pose(facts, **choices), effort=effort, told=told)


def _asked(
    facts: Facts, assessment: Assessment, counties: Sequence[str], prices: PriceList
) -> tuple[Asked, dict[str, str]]:
    """The problem of these counties, and their names."""
    chosen = _chosen(assessment.counties, counties)
    parts = build_parts(facts, chosen[0].standard)
    filed = gather(facts, parts)
    asked = ask([(c, filed[c.code]) for c in chosen], parts, prices, years=1)
    return asked, {c.code: c.name for c in chosen}


@dataclass(frozen=True)
class Standing:
    """A written plan looked at anew: from the facts, the prices and the actions alone."""

    cost: Fraction
    """Of the actions, by the price list."""
    left: tuple[Failing, ...]
    wrong: tuple[str, ...]
    """What cannot be: actions that no way to act gives, limits overstepped, teachers out of nowhere."""


def stands(
    plan: Plan, facts: Facts, today: Assessment, *, prices: PriceList, limits: Limits
) -> Standing:
    """Price, limits and requirements of a plan again, without believing anything it says of itself.

    `today` is the engine's assessment of the facts by the day, scheme and switches of the plan."""
    asked, _ = _asked(facts, today, plan.settings["counties"], prices)
    problem = limited(asked, limits, known=set(facts["schools"]["school_code"]))
    levers = {(site.code, way.item, way.label): i for i, (site, way) in enumerate(asked.ways)}
    amounts, wrong = [0] * len(problem.levers), []
    for action in plan.actions:
        lever = levers.get((action.school, action.item, action.reason))
        if lever is None:
            wrong.append(f"{action.school} {action.reason}：没有这样的措施")
            continue
        amounts[lever] += action.amount
        if action != _action(*asked.ways[lever], action.amount, action.year):
            wrong.append(f"{action.school} {action.reason}：费用或作用与价格表、填报表不符")
    wrong += [f"{name}：超过限制" for name in broken(problem, amounts)]
    return Standing(
        problem.cost(amounts), tuple(_failing(asked, unmet(problem, amounts))), tuple(wrong)
    )


def _refuse_year(facts: Facts, by: int) -> None:
    if not facts.year < by <= LATEST:
        raise MisuseError(
            f"达标的学年是 {by}，应当在 {facts.year + 1} 到 {LATEST} 之间（封存的是 {facts.year} 学年）。"
        )


def _chosen(all_: Sequence[CountyVerdict], asked: Sequence[str]) -> list[CountyVerdict]:
    known = {county.code: county for county in all_}
    strange = [code for code in asked if code not in known]
    if strange:
        shown = "、".join(f"{c.code}{c.name}" for c in all_)
        raise MisuseError(f"封存里没有区县 {'、'.join(strange)}。有：{shown}。")
    return [known[code] for code in asked] if asked else list(all_)


def _actions(asked: Asked, amounts: Sequence[int], by: int) -> Iterator[Action]:
    """Every lever that is used, by school and item."""
    done = [(site, way, n) for (site, way), n in zip(asked.ways, amounts, strict=True) if n]
    for site, way, number in sorted(done, key=lambda each: (each[0].code, each[1].item, each[1].label)):  # fmt: skip
        yield _action(site, way, number, by)


def _action(site: Site, way: Way, number: int, by: int) -> Action:
    effects = tuple(Effect(site.code, c, Fraction(n * number)) for c, n in way.columns.items())
    return Action(
        site.code, way.item, number, way.unit, by, way.once * number, way.yearly * number,
        way.label, way.clause, way.stage, effects=effects,
    )  # fmt: skip


def _failing(asked: Asked, left: Unmet) -> Iterator[Failing]:
    for need in left.needs:
        part, line = asked.needs[need]
        code, name, stage = asked.parts[part]
        county = _county(asked, code)
        yield Failing("part", county, code, name, line, stage.value)
    for place in left.spreads:
        county, stage, line = asked.spreads[place]
        yield Failing("spread", county, "", asked.problem.spreads[place].name, line, stage.value)
    for place in left.demands:
        line, _, school = asked.demands[place]
        yield Failing("clause", "", school, asked.problem.demands[place].name, line, "")


def _county(asked: Asked, school: str) -> str:
    return next((site.county for site, _ in asked.ways if site.code == school), "")


def _assumptions(prices: PriceList, limits: Limits, by: int) -> tuple[str, ...]:
    return (
        f"学生数、班级数不变；全部措施在{by}学年开始前完成",
        "教师只在本区县公办学校之间交流；调动的教师有学历、资格证，已满360学时",
        "新招教师按本科、持证、满360学时计，培训费用计入；人员经费计一年",
        f"价格：{prices.title}（{prices.status}）",
        f"限制：{limits.file}"
        if limits.file
        else "没有给出用地、招聘、经费的限制：一律视为不受限制",
        "只管资源配置七项、差异系数、GV3、GV9、GV12；班额、调查、监测、佐证、一票否决不在方案之内",
    )
