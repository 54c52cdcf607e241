"""A written plan looked at anew, from the facts, the prices and the actions alone."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction

import msgspec

from junheng.diagnosis import Assessment
from junheng.plan.compliance.ahead import Forecast, outlooks_of, read_back
from junheng.plan.compliance.asking import Asked
from junheng.plan.compliance.checking import broken, unmet
from junheng.plan.compliance.disruption import moved
from junheng.plan.compliance.limits import Limits
from junheng.plan.compliance.outcome import Failing
from junheng.plan.compliance.question import action_of, beyond_of, failing_of, in_numbers
from junheng.plan.compliance.schedule import within
from junheng.plan.compliance.strangers import Known
from junheng.plan.nouns import Outlook, Plan
from junheng.plan.pricing import PriceList
from junheng.registry import Facts
from junheng.standards import Switches


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
    settings = plan.settings
    first, by = facts.year + 1, settings["by"]
    forecast = read_back(settings.get("pupils"))
    outlooks = outlooks_of(facts, forecast, by)
    switches = msgspec.convert(settings["switches"], Switches)
    asked, _ = in_numbers(
        facts, today, outlooks, settings["counties"], prices, switches=switches, forecast=forecast
    )
    last = outlooks[-1].year
    schedule, problem = within(asked, limits, known=Known.of(facts), first=first, by=by, last=last)
    levers = {
        (site.code, way.item, way.label, year): i
        for i, ((site, way), year) in enumerate(zip(asked.ways, asked.when, strict=True))
    }
    acts = {key[:3] for key in levers}
    dated: list[tuple[int, int, int]] = []
    priced, wrong = [], [*_unlike(plan, outlooks, forecast)]
    for action in plan.actions:
        what = (action.school, action.item, action.reason)
        if what not in acts:
            wrong.append(f"{action.school} {action.reason}：没有这样的措施")
            continue
        asking = next((year for year in asked.years if year >= action.year), None)
        lever = None if asking is None or action.year < first else levers.get((*what, asking))
        if lever is None:
            wrong.append(f"{action.school} {action.reason}：{action.year}学年不在方案之内")
            continue
        if type(action.amount) is not int or action.amount <= 0:
            wrong.append(
                f"{action.school} {action.reason}：数量是{action.amount}，应当是大于0的整数"
            )
            continue
        if any((lever, action.year) == done[:2] for done in dated):
            wrong.append(f"{action.school} {action.reason}：{action.year}学年写了两次")
        dated.append((lever, action.year, action.amount))
        priced.append(action)
        if action != action_of(*asked.ways[lever], action.amount, action.year):
            wrong.append(f"{action.school} {action.reason}：费用或作用与价格表、填报表不符")
    amounts = schedule.amounts(dated)
    wrong += [f"{year}学年{pool}：调出与调入人数不等" for pool, year in _unbalanced(asked, dated)]
    over = (name for name in broken(problem, amounts) if name not in problem.pools)
    wrong += [f"{name}：超过限制" for name in over]
    return Standing(
        sum((paid.cost_by(last) for paid in priced), Fraction(0)),
        (*failing_of(asked, unmet(problem, amounts), by), *beyond_of(asked, forecast)),
        moved(problem, amounts),
        tuple(wrong),
    )


def _unlike(plan: Plan, outlooks: Sequence[Outlook], forecast: Forecast) -> Iterator[str]:
    """Where pupils and classes of the plan are not those that it says it was told."""
    if forecast.sha256 != (forecast.content_sha256 if forecast else ""):
        yield "学生数表的内容与它的哈希不符"
    if plan.outlooks != tuple(outlooks):
        yield "方案各学年的学生数、班数与它的学生数表不符"


def _unbalanced(asked: Asked, dated: list[tuple[int, int, int]]) -> list[tuple[str, int]]:
    """Pools and years in which not as many teachers leave as arrive."""
    sums: dict[tuple[str, int], int] = {}
    for lever, year, number in dated:
        way = asked.ways[lever][1]
        if way.pool:
            sums[way.pool, year] = sums.get((way.pool, year), 0) + way.sign * number
    return [key for key, left in sums.items() if left]
