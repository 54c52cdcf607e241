"""The question in numbers: facts, standard, prices and limits put together, and what its answer means.

Posed once; answered, priced and asked again with less money by `planning`.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from fractions import Fraction
from math import floor
from typing import Any

from junheng.diagnosis import Assessment, CountyVerdict, assess_facts
from junheng.errors import MisuseError
from junheng.indicators import build_parts, gather
from junheng.plan.compliance.asking import BY_COUNTY, BY_SCHOOL, Asked, Site, ask
from junheng.plan.compliance.checking import Unmet
from junheng.plan.compliance.conflict import conflicts, reason
from junheng.plan.compliance.disruption import Moved
from junheng.plan.compliance.limits import Limits
from junheng.plan.compliance.outcome import Failing
from junheng.plan.compliance.problem import Problem
from junheng.plan.compliance.schedule import Schedule, within
from junheng.plan.compliance.searching import Answer
from junheng.plan.compliance.strangers import Known
from junheng.plan.compliance.ways import Way
from junheng.plan.nouns import Action, Effect, Goal, Outlook, Plan
from junheng.plan.pricing import PriceList, load_prices
from junheng.registry import Facts
from junheng.standards import Switches

QUESTION = "compliance"
BY_LINES = (*BY_SCHOOL, *BY_COUNTY)
"""Lines beside the seven indicators that the plan brings to their limit."""
UNLIMITED = Limits()
CENTS = 100
"""A yuan; bounds are rounded down to them."""
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
    """The asked problem within the limits, with the levers that bring things forward."""
    schedule: Schedule

    def plan(self, answer: Answer, calm: Moved | None = None) -> Plan:
        """The actions of an answer, with its goals and their bounds, in their order."""
        goals = (
            Goal("没有满足的要求", "项", Fraction(len(answer.unmet)), Fraction(answer.fewest)),
            Goal("费用", "元", answer.cost, min(answer.cost, Fraction(floor(Fraction(answer.bound) * CENTS), CENTS))),
            *([] if calm is None else [Goal("调动的教师", "人", Fraction(calm.teachers), Fraction(calm.fewest))]),
        )  # fmt: skip
        return Plan(
            QUESTION, self.facts.fingerprint, self.facts.year, self._settings(),
            tuple(_actions(self.asked, self.schedule.dated(answer.amounts))), (Outlook(self.by, {}, {}),), goals,
        )  # fmt: skip

    def failing(self, left: Unmet) -> tuple[Failing, ...]:
        """Requirements left unmet, in words."""
        return tuple(failing_of(self.asked, left))

    def explained(self, amounts: Sequence[int], left: Unmet) -> tuple[Failing, ...]:
        """The same, each with the limits that make it impossible."""
        why = conflicts(self.problem, amounts, left)
        return tuple(
            replace(each, reason=reason(found))
            for each, found in zip(self.failing(left), why, strict=True)
        )

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
    asked, names = in_numbers(facts, assessment, counties, priced)
    schedule, problem = within(asked, limits, known=Known.of(facts), first=facts.year + 1, by=by)
    return Question(
        facts, on, by, scheme, switches or Switches(), priced, limits, names, asked, problem, schedule
    )  # fmt: skip


def in_numbers(
    facts: Facts, assessment: Assessment, counties: Sequence[str], prices: PriceList
) -> tuple[Asked, dict[str, str]]:
    """The problem of these counties, and their names."""
    chosen = _chosen(assessment.counties, counties)
    parts = build_parts(facts, chosen[0].standard)
    filed = gather(facts, parts)
    asked = ask([(c, filed[c.code]) for c in chosen], parts, prices, years=1)
    return asked, {c.code: c.name for c in chosen}


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


def _actions(asked: Asked, dated: Sequence[tuple[int, int, int]]) -> Iterator[Action]:
    """Everything that is done, by school, item and year."""
    done = [(*asked.ways[lever], year, number) for lever, year, number in dated]
    for site, way, year, number in sorted(done, key=lambda d: (d[0].code, d[1].item, d[1].label, d[2])):  # fmt: skip
        yield action_of(site, way, number, year)


def action_of(site: Site, way: Way, number: int, year: int) -> Action:
    effects = tuple(Effect(site.code, c, Fraction(n * number)) for c, n in way.columns.items())
    return Action(
        site.code, way.item, number, way.unit, year, way.once * number, way.yearly * number,
        way.label, way.clause, way.stage, effects=effects,
    )  # fmt: skip


def failing_of(asked: Asked, left: Unmet) -> Iterator[Failing]:
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
