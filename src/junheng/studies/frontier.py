"""How much each budget achieves: every point of the frontier, judged by the ordinary engine.

The planner counts requirements; which schools and which lines pass with the money is what the
assessment of the projection says, as for the plan itself.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Any

from junheng.diagnosis import Assessment, Verdict
from junheng.plan import Action
from junheng.plan.compliance import (
    BY_LINES,
    Affordable,
    CompliancePlan,
    Effort,
    Failing,
    Progress,
    Question,
    steps_of,
    with_less,
)
from junheng.registry import Facts


@dataclass(frozen=True)
class ItemDone:
    """One item of the price list as far as the money goes, all schools together."""

    item: str
    amount: int
    unit: str
    schools: int
    cost: Fraction


@dataclass(frozen=True)
class FrontierPoint:
    """What can be met with one budget."""

    budget: Fraction
    """Yuan, all counties together."""
    cost: Fraction
    """Of the plan found; not above the budget."""
    left: tuple[Failing, ...]
    """Requirements that stay unmet."""
    fewest: int
    """Proven: no plan for this money leaves fewer unmet."""
    schools_passing: int
    schools: int
    """Schools with a verdict on the seven indicators."""
    lines_passing: int
    lines: int
    """Lines that the plan is held to (L1–L7, GV3, GV9, GV12), county by county."""
    items: tuple[ItemDone, ...]
    """The dearest first."""

    @property
    def unmet_by_line(self) -> dict[str, int]:
        found: dict[str, int] = {}
        for each in self.left:
            found[each.line] = found.get(each.line, 0) + 1
        return dict(sorted(found.items()))


def draw_frontier(
    question: Question,
    whole: CompliancePlan,
    *,
    points: int,
    also: Sequence[Fraction],
    judged: Callable[[Facts, date], Assessment],
    effort: Effort,
    told: Callable[[Progress], bool],
) -> tuple[FrontierPoint, ...]:
    """The point of no money, so many even steps up to the cost of the whole plan, and the budgets `also`.

    Nothing to draw where the plan costs nothing."""
    budgets = [*(steps_of(whole.cost, points) if points and whole.cost else []), *also]
    if not budgets:
        return ()
    found = with_less(question, whole, budgets, effort=effort, told=told)
    return tuple(_point(each, question, judged) for each in found)


def _point(
    each: Affordable, question: Question, judged: Callable[[Facts, date], Assessment]
) -> FrontierPoint:
    ahead = judged(each.plan.apply(question.facts, year=question.by).facts, question.required_on)
    schools = [verdict for county in ahead.counties for verdict in county.schools.values()]
    lines = [
        line.verdict
        for county in ahead.counties
        for line in county.lines
        if line.code in (*county.standard.indicators, *BY_LINES)
    ]
    return FrontierPoint(
        each.budget, each.cost, each.left, each.fewest, schools.count(Verdict.PASS), len(schools),
        lines.count(Verdict.PASS), len(lines), tuple(items_done(each.plan.actions, each.plan.last_year)),
    )  # fmt: skip


def items_done(actions: Iterable[Action], by: int) -> Iterator[ItemDone]:
    """Actions by item, the dearest first; who leaves a school is counted where they arrive."""
    held: dict[str, list[Action]] = {}
    for action in actions:
        if not any(e.amount < 0 and e.column.startswith("full_time") for e in action.effects):
            held.setdefault(action.item, []).append(action)
    found = [
        ItemDone(
            item, sum(a.amount for a in done), done[0].unit, len({a.school for a in done}),
            sum((a.cost_by(by) for a in done), Fraction(0)),
        )
        for item, done in held.items()
    ]  # fmt: skip
    yield from sorted(found, key=lambda each: (-each.cost, each.item))


def frontier_record(points: Sequence[FrontierPoint]) -> list[dict[str, Any]]:
    """The points as JSON-ready data."""
    return [
        {
            "budget_yuan": str(each.budget), "cost_yuan": str(each.cost), "unmet": len(each.left),
            "unmet_at_least": each.fewest, "unmet_by_line": each.unmet_by_line,
            "schools_passing": each.schools_passing, "schools": each.schools,
            "lines_passing": each.lines_passing, "lines": each.lines,
            "items": [
                {"item": i.item, "amount": i.amount, "unit": i.unit, "schools": i.schools, "cost_yuan": str(i.cost)}
                for i in each.items
            ],
        }
        for each in points
    ]  # fmt: skip
