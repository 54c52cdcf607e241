"""Which budget pays what, year by year: the money of a plan dealt out to its sources, exactly.

The search made sure that it can be done; here it is done, by augmenting paths. A budget that few
things may be paid from is used first.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from junheng.plan.compliance.limits import Budget, Limits
from junheng.plan.nouns import Action

Cost = tuple[str, str]
"""County, item."""


@dataclass(frozen=True)
class Paid:
    """What one budget holds, and what of the plan it pays."""

    budget: Budget
    yuan: Fraction


def paid_by_budget(
    actions: Sequence[Action], county_of: Mapping[str, str], limits: Limits
) -> tuple[Paid, ...]:
    """What every budget pays, in their order: things done in its year, and what goes on from before."""
    found: dict[int, Fraction] = {}
    for year in {each.year for each in limits.budgets}:
        places = [i for i, each in enumerate(limits.budgets) if each.year == year]
        budgets = [limits.budgets[i] for i in places]
        costs: dict[Cost, Fraction] = {}
        for action in actions:
            owed = action.cost_by(year) - action.cost_by(year - 1)
            where = (county_of[action.school], action.item)
            costs[where] = costs.get(where, Fraction(0)) + owed
        for (place, _), money in _dealt(budgets, costs).items():
            found[places[place]] = found.get(places[place], Fraction(0)) + money
    return tuple(Paid(each, found.get(i, Fraction(0))) for i, each in enumerate(limits.budgets))


def _dealt(
    budgets: Sequence[Budget], costs: Mapping[Cost, Fraction]
) -> dict[tuple[int, Cost], Fraction]:
    """How much of each cost each budget pays."""
    left = {place: Fraction(each.yuan) for place, each in enumerate(budgets)}
    flow: dict[tuple[int, Cost], Fraction] = {}
    order = sorted(left, key=lambda place: (not budgets[place].items, not budgets[place].county))
    for cost, money in costs.items():
        owed = money
        while owed:
            path = _path(budgets, order, left, flow, cost)
            assert path is not None, "the limits by year leave room for what the plan costs"
            owed -= _pushed(left, flow, path, owed)
    return flow


Path = list[tuple[int, Cost]]
"""Budgets that pay a cost more, each but the last in place of the next."""


def _path(
    budgets: Sequence[Budget],
    order: Sequence[int],
    left: Mapping[int, Fraction],
    flow: Mapping[tuple[int, Cost], Fraction],
    cost: Cost,
) -> Path | None:
    """The shortest way to pay a bit more of a cost."""
    waiting: list[tuple[Cost, Path]] = [(cost, [])]
    seen: set[int] = set()
    while waiting:
        asked, path = waiting.pop(0)
        for place in order:
            if place in seen or not budgets[place].pays(*asked):
                continue
            seen.add(place)
            if left[place]:
                return [*path, (place, asked)]
            held = [c for (p, c), money in flow.items() if p == place and money]
            waiting += [(other, [*path, (place, asked)]) for other in held]
    return None


def _pushed(
    left: dict[int, Fraction], flow: dict[tuple[int, Cost], Fraction], path: Path, owed: Fraction
) -> Fraction:
    """Pay as much along the path as there is."""
    swapped = [(place, path[i + 1][1]) for i, (place, _) in enumerate(path[:-1])]
    money = min([owed, left[path[-1][0]], *(flow[each] for each in swapped)])
    for each in path:
        flow[each] = flow.get(each, Fraction(0)) + money
    for each in swapped:
        flow[each] -= money
    left[path[-1][0]] -= money
    return money


__all__ = ["Paid", "paid_by_budget"]
