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
from junheng.plan.compliance.ahead import NOTHING, Forecast, Year, days_of, outlooks_of, years_of
from junheng.plan.compliance.asking import BY_COUNTY, BY_SCHOOL, Asked, Site, ask_over, bare
from junheng.plan.compliance.assuming import assumptions_of
from junheng.plan.compliance.checking import Unmet
from junheng.plan.compliance.conflict import conflicts, reason
from junheng.plan.compliance.disruption import Moved
from junheng.plan.compliance.limits import Limits
from junheng.plan.compliance.outcome import Failing
from junheng.plan.compliance.papers import papers_of
from junheng.plan.compliance.posing import in_year
from junheng.plan.compliance.problem import Problem
from junheng.plan.compliance.requiring import CLASSES
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
    today: Assessment
    """The engine's assessment of the facts, every county of them, on `on`."""
    asked: Asked
    problem: Problem
    """The asked problem within the limits, with the levers that bring things forward."""
    schedule: Schedule
    forecast: Forecast
    """Pupils and classes of the years to come; nothing = those that were sealed."""
    outlooks: tuple[Outlook, ...]
    """What the returns of `by` and of every later year that is told of would say."""

    @property
    def required_on(self) -> date:
        """The day whose requirements hold in the year of compliance."""
        return days_of(list(self.counties), self.on, self.scheme, self.switches)(self.by)

    @property
    def assumptions(self) -> tuple[str, ...]:
        """What the plan takes for granted, and the exceptions that run out before its years."""
        told = assumptions_of(self.prices, self.limits, self.by, self.forecast)
        return (*told, *self.asked.papers)

    @property
    def beyond(self) -> tuple[Failing, ...]:
        """What a class-size plan leaves unmet: nothing that can be done here changes it."""
        return tuple(beyond_of(self.asked, self.forecast))

    def plan(self, answer: Answer, calm: Moved | None = None) -> Plan:
        """The actions of an answer, with its goals and their bounds, in their order."""
        goals = (
            Goal(
                "没有满足的要求", "项", Fraction(len(answer.unmet) + len(self.beyond)),
                Fraction(answer.fewest + len(self.beyond)),
            ),
            Goal("费用", "元", answer.cost, min(answer.cost, Fraction(floor(Fraction(answer.bound) * CENTS), CENTS))),
            *([] if calm is None else [Goal("调动的教师", "人", Fraction(calm.teachers), Fraction(calm.fewest))]),
        )  # fmt: skip
        return Plan(
            QUESTION, self.facts.fingerprint, self.facts.year, self._settings(),
            tuple(_actions(self.asked, self.schedule.dated(answer.amounts))), self.outlooks, goals,
        )  # fmt: skip

    def failing(self, left: Unmet) -> tuple[Failing, ...]:
        """Requirements left unmet, in words; those that nothing done here changes with them."""
        return (*failing_of(self.asked, left, self.by), *self.beyond)

    def explained(self, amounts: Sequence[int], left: Unmet, fewest: int) -> tuple[Failing, ...]:
        """The same, each with the limits that make it impossible.

        Where more is left than the `fewest` that is proven, what is not proven impossible is not said
        to be so."""
        why, ended = conflicts(self.problem, amounts, left), len(left) > fewest
        told = zip(failing_of(self.asked, left, self.by), why, strict=True)
        return (
            *(replace(each, reason=reason(found, ended=ended)) for each, found in told),
            *self.beyond,
        )

    def _settings(self) -> dict[str, Any]:
        limits = self.limits
        return {
            "on": self.on.isoformat(), "by": self.by, "scheme": self.scheme,
            "counties": sorted(self.counties), "prices": self.prices.file,
            "prices_sha256": self.prices.sha256, "limits": limits.file, "limits_sha256": limits.sha256,
            "budget_yuan": None if limits.budget is None else str(limits.budget),
            "switches": self.switches.to_json(),
            **({"pupils": self.forecast.to_json()} if self.forecast else {}),
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
    forecast: Forecast = NOTHING,
) -> Question:
    """The question of these counties together (all in the facts where none is named).

    `forecast` tells pupils and classes by year: what is asked then holds in `by` and in every later
    year of it. Raises MisuseError for a county that is not there, a year outside the horizon, a price
    that is not listed, limits of strangers, a forecast that ends before `by`; RefusedError where a
    return lacks what must be known."""
    _refuse_year(facts, by)
    if forecast and max(forecast.years) < by:
        told = "、".join(each.file for each in forecast.files)
        raise MisuseError(
            f"“{told}”只写到{max(forecast.years)}学年，达标的学年是{by}：没有一年用得上。请补上{by}学年，或把 --by 提前。"
        )
    priced = prices or load_prices()
    today = assess_facts(facts, on=on, scheme=scheme, switches=switches)
    outlooks = outlooks_of(facts, forecast, by)
    asked, names = in_numbers(
        facts, today, outlooks, counties, priced, switches=switches, forecast=forecast
    )
    schedule, problem = within(
        asked, limits, known=Known.of(facts), first=facts.year + 1, by=by,
        last=outlooks[-1].year,
    )  # fmt: skip
    return Question(
        facts, on, by, scheme, switches or Switches(), priced, limits, names, today, asked, problem, schedule,
        forecast, outlooks,
    )  # fmt: skip


def in_numbers(
    facts: Facts, today: Assessment, outlooks: Sequence[Outlook], counties: Sequence[str],
    prices: PriceList, *, switches: Switches | None, forecast: Forecast = NOTHING,
) -> tuple[Asked, dict[str, str]]:  # fmt: skip
    """The problem of these counties over all years of the outlooks, and their names."""
    held = _chosen(today.counties, counties)
    if not all(county.standard.judges_schools for county in held):
        raise MisuseError(
            f"评估方案 {today.scheme} 没有学校的标准，不能做达标方案。请用 2017-quality。"
        )
    chosen = {county.code: county.name for county in held}
    years = ahead(facts, today, outlooks, list(chosen), switches)
    asked = ask_over(
        [in_year(each, list(chosen), forecast, prices) for each in years if each.binds],
        prices, last=outlooks[-1].year,
    )  # fmt: skip
    return replace(asked, papers=tuple(papers_of(facts, today, years, chosen, prices))), chosen


def ahead(
    facts: Facts, today: Assessment, outlooks: Sequence[Outlook], counties: Sequence[str],
    switches: Switches | None,
) -> tuple[Year, ...]:  # fmt: skip
    """Every year of the outlooks as the engine judges it if nothing is done."""

    def judge(held: Facts, day: date) -> Assessment:
        return assess_facts(held, on=day, scheme=today.scheme, switches=switches)

    day_of = days_of(counties, today.on, today.scheme, switches)
    return tuple(years_of(facts, today, outlooks, day_of, judge))


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


def failing_of(asked: Asked, left: Unmet, by: int) -> Iterator[Failing]:
    """Requirements left unmet, in words; where nothing is said of years, they are of `by`."""
    for need in left.needs:
        part, line = asked.needs[need]
        code, name, stage = asked.parts[part]
        county, year = _county(asked, code), _year(asked.part_years, part, by)
        yield Failing("part", county, code, name, line, stage.value, year=year)
    for place in left.spreads:
        county, stage, line = asked.spreads[place]
        year = _year(asked.spread_years, place, by)
        name = bare(asked.problem.spreads[place].name, year)
        yield Failing("spread", county, "", name, line, stage.value, year=year)
    for place in left.demands:
        line, _, school, county = asked.demands[place]
        year = _year(asked.demand_years, place, by)
        name = bare(asked.problem.demands[place].name, year)
        yield Failing("clause", county, school, name, line, "", year=year)


def beyond_of(asked: Asked, forecast: Forecast) -> Iterator[Failing]:
    """Schools that a class-size plan leaves above a limit, with its own reason; those that it says
    nothing of are named as such."""
    why = {(each.school, each.year): each.reason for each in forecast.unmended}
    sized = {(each.school, each.year) for each in forecast.counts if each.sizes}
    for each in asked.beyond:
        told = why.get((each.school, each.year), "") if each.line == CLASSES else ""
        reason = f"班额方案解决不了：{told}" if told else "按班额方案的学生数、班数就达不到"
        if sized and not told and (each.school, each.year) not in sized:
            reason = "班额方案没有写这所学校，按已有的学生数、班数就达不到"
        name = f"{each.name}{each.line}"
        yield Failing("clause", each.county, each.school, name, each.line, "", reason, each.year)


def _year(years: Sequence[int], place: int, by: int) -> int:
    return years[place] if years else by


def _county(asked: Asked, school: str) -> str:
    return next((site.county for site, _ in asked.ways if site.code == school), "")
