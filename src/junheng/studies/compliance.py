"""The compliance plan of a snapshot, and its certificate: what the ordinary engine says of it.

A plan is right only if assessing its projection says so. `certify` assesses the facts as they would
be after the plan, by the engine and the exact arithmetic that judge what was filed, and sets line by
line what the plan was held to, what was met already, and what no plan of this kind reaches.
"""

from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from functools import cached_property
from importlib.metadata import version
from pathlib import Path
from typing import Any

import msgspec

from junheng.diagnosis import Assessment, CountyVerdict, SpreadVerdict, assess_facts
from junheng.plan import load_prices
from junheng.plan.compliance import (
    LATEST,
    NOTHING,
    CompliancePlan,
    Effort,
    Fixed,
    Forecast,
    Limits,
    Progress,
    Question,
    Saving,
    Standing,
    answered,
    joined,
    load_limits,
    pose,
    priced_by_line,
    read_back,
    read_class_size,
    read_pupils,
    refuse_gaps,
    stands,
    steps_of,
)
from junheng.plan.nouns import Plan
from junheng.plan.pricing import PriceList
from junheng.registry import Facts, Snapshot
from junheng.standards import Switches
from junheng.studies.certificate import Certificate
from junheng.studies.compliance_record import compliance_record, worth_record
from junheng.studies.frontier import FrontierPoint, draw_frontier, frontier_record
from junheng.studies.projected import faults_of, new_land
from junheng.studies.receipt import code_sha256
from junheng.studies.year_standing import year_standing, years_without


@dataclass(frozen=True)
class ComplianceStudy:
    """A compliance plan, the snapshot it was made from, and what the engine says before and after."""

    snapshot: Snapshot
    answer: CompliancePlan
    question: Question
    today: Assessment
    ahead: Assessment
    certificate: Certificate
    frontier: tuple[FrontierPoint, ...] = ()
    """What each budget achieves, from none to the cost of the plan; empty where it was not asked for."""
    what_if: tuple[FrontierPoint, ...] = ()
    """The same for the budgets that were named, the least first."""

    worth: tuple[Saving, ...] = ()
    """How much less the plan would cost without each group of requirements; empty where not asked."""

    @cached_property
    def record(self) -> dict[str, Any]:
        """The answer as JSON-ready data; `plan check` reads it back."""
        return {
            **compliance_record(self.answer, self.certificate, spreads_of(self.today, self.ahead)),
            "frontier": frontier_record(self.frontier),
            "what_if": frontier_record(self.what_if),
            "cost_by_line": worth_record(self.worth),
        }


def plan_to_comply(
    snapshot: Snapshot,
    *,
    on: date,
    by: int,
    counties: Sequence[str] = (),
    prices: str | Path | None = None,
    limits: str | Path | None = None,
    budget: Fraction | None = None,
    pupils: str | Path | None = None,
    class_size: str | Path | None = None,
    scheme: str = "2017-quality",
    switches: Switches | None = None,
    effort: Effort | None = None,
    points: int = 0,
    what_if: Sequence[Fraction] = (),
    by_line: bool = False,
    told: Callable[[Progress], bool] = lambda _: True,
) -> ComplianceStudy:
    """The least-cost plan for these counties (all, where none is named), certified.

    `prices` None takes the demonstration list, `limits` None limits nothing, `budget` (yuan) takes
    the place of the one in the limits. `pupils` is a table of pupils and classes by year, `class_size`
    the folder of a class-size plan. `points` budgets up to the cost of the plan, and those of
    `what_if` (yuan), are looked at too; `by_line` asks what each
    requirement costs. Raises MisuseError, RefusedError, UnreadableFileError or
    DeclarationError where a choice, a return or a file does not fit."""
    priced, within, trying = (
        load_prices(prices),
        load_limits(limits, budget=budget),
        effort or Effort(),
    )
    question = pose(
        snapshot.facts, on=on, by=by, counties=counties, scheme=scheme, switches=switches,
        prices=priced, limits=within, forecast=told_ahead(snapshot.facts, by, pupils, class_size),
    )  # fmt: skip
    answer = answered(question, effort=trying, told=told)
    today, ahead, certificate = certify(
        answer.plan, snapshot, prices=priced, limits=within, known=question.today
    )
    drawn = draw_frontier(
        question, answer, points=points, also=what_if, judged=judge_of(answer.plan), effort=trying, told=told
    )  # fmt: skip
    worth = tuple(priced_by_line(question, answer, effort=trying, told=told)) if by_line else ()
    even = {Fraction(0), *(steps_of(answer.cost, points) if points else ())}
    return ComplianceStudy(
        snapshot, answer, question, today, ahead, certificate,
        tuple(each for each in drawn if points and each.budget in even),
        tuple(each for each in drawn if each.budget in what_if),
        worth,
    )  # fmt: skip


def told_ahead(
    facts: Facts, by: int, pupils: str | Path | None, class_size: str | Path | None
) -> Forecast:
    """Pupils and classes of the years to come, as far as they were given, for what is asked from `by`.

    Raises UnreadableFileError, RefusedError and MisuseError for what does not fit."""
    given = [] if pupils is None else [read_pupils(pupils, facts, latest=LATEST)]
    if class_size is not None:
        given.append(read_class_size(class_size, facts))
    found = joined(*given) if given else NOTHING
    refuse_gaps(found, by)
    return found


def solve_again(
    study: ComplianceStudy,
    *,
    changes: Sequence[Fixed] = (),
    prices: PriceList | None = None,
    effort: Effort | None = None,
    told: Callable[[Progress], bool] = lambda _: True,
) -> ComplianceStudy:
    """The same question with actions fixed or forbidden, or with other prices, certified anew.

    Started from the plan of `study`: no worse than that where it is still allowed. Raises
    MisuseError for changes that do not fit."""
    asked, snapshot = study.question, study.snapshot
    if prices is not None and prices.sha256 != asked.prices.sha256:
        asked = pose(
            snapshot.facts, on=asked.on, by=asked.by, counties=tuple(asked.counties), scheme=asked.scheme,
            switches=asked.switches, prices=prices, limits=asked.limits, forecast=asked.forecast,
        )  # fmt: skip
    answer = answered(
        asked, changes=changes, start=study.answer, effort=effort or Effort(), told=told
    )
    certified = certify(
        answer.plan, snapshot, prices=asked.prices, limits=asked.limits, known=asked.today
    )
    return ComplianceStudy(snapshot, answer, asked, *certified)


def judge_of(plan: Plan) -> Callable[[Facts, date], Assessment]:
    """The engine's assessment of any facts, of the counties and by the scheme and switches of a plan."""
    settings = plan.settings
    scheme = settings["scheme"]
    switches = msgspec.convert(settings["switches"], Switches)

    def judged(facts: Facts, on: date) -> Assessment:
        found = assess_facts(facts, on=on, scheme=scheme, switches=switches)
        return _chosen(found, settings["counties"])

    return judged


def _chosen(found: Assessment, codes: Collection[str]) -> Assessment:
    """The assessment of these counties alone."""
    chosen = tuple(county for county in found.counties if county.code in codes)
    return Assessment(found.facts, found.year, found.on, found.scheme, chosen)


def certify(
    plan: Plan,
    snapshot: Snapshot,
    *,
    prices: PriceList,
    limits: Limits,
    known: Assessment | None = None,
) -> tuple[Assessment, Assessment, Certificate]:
    """The assessments of today and of the year of compliance, and the certificate: every year in which
    what is asked must hold, by the requirements in force in it; facts that no return could say are a
    fault of the plan. `known` is the engine's assessment of the facts on the plan's day, by its scheme and
    switches, where it was made already. Raises RefusedError for other facts."""
    plan.refuse_others(snapshot.facts)
    judged, on = judge_of(plan), date.fromisoformat(plan.settings["on"])
    codes = plan.settings["counties"]
    today = judged(snapshot.facts, on) if known is None else _chosen(known, codes)
    looked = stands(plan, snapshot.facts, today, prices=prices, limits=limits)
    wrong = [*looked.wrong, *_unlike_goals(plan, looked)]
    told = read_back(plan.settings.get("pupils"))
    reached = {}
    asking = plan.settings["by"]
    for bare in years_without(plan, snapshot.facts, today, judged):
        asking = bare.year if bare.binds else asking
        projection = plan.apply(snapshot, year=bare.year)
        wrong += faults_of(projection, snapshot.facts)
        ahead = judged(projection.facts, bare.judged.on)
        left = tuple(each for each in looked.left if each.year == asking)
        standing = year_standing(bare, today, ahead, left, on_path=bare.year in told.path_years,
            sized=bare.year not in told.unsized_years,
        )  # fmt: skip
        reached[bare.year] = (ahead, standing)
    certificate = Certificate(
        snapshot.facts.fingerprint, plan.hash, looked.cost, looked.left, tuple(wrong),
        tuple(standing for _, standing in reached.values()), new_land(projection, snapshot.facts),
        version("junheng"), code_sha256(),
    )  # fmt: skip
    return today, next(iter(reached.values()))[0], certificate


def _unlike_goals(plan: Plan, looked: Standing) -> Iterator[str]:
    """Where the plan promises more than its actions give."""
    unmet, cost, moved = (goal.value for goal in plan.goals)
    if len(looked.left) != unmet:
        yield f"方案说有{unmet}项要求达不到，按它的措施重新核对是{len(looked.left)}项"
    if looked.cost != cost:
        yield f"方案说费用是{cost}元，按价格表重新计价是{looked.cost}元"
    if looked.moved != moved:
        yield f"方案说调动{moved}名教师，按它的措施是{looked.moved}名"


def spreads_of(today: Assessment, ahead: Assessment) -> list[dict[str, Any]]:
    """Every coefficient of variation that there is before and after."""
    return [
        {
            "county": one.county, "stage": one.stage.value, "indicator": one.indicator,
            "limit": str(one.limit), "before": one.cv, "after": other.cv,
            "verdict_before": one.verdict.value, "verdict_after": other.verdict.value,
        }
        for a, b in zip(today.counties, ahead.counties, strict=True)
        for one, other in _both(a, b)
    ]  # fmt: skip


def _both(
    before: CountyVerdict, after: CountyVerdict
) -> Iterator[tuple[SpreadVerdict, SpreadVerdict]]:
    then = {(each.stage, each.indicator): each for each in after.spreads}
    for one in before.spreads:
        if (one.stage, one.indicator) in then:
            yield one, then[one.stage, one.indicator]
