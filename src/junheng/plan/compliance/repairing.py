"""From the solver's answer to whole amounts that meet every requirement exactly, at little more cost."""

from collections.abc import Iterator, Sequence
from fractions import Fraction
from math import ceil, floor, inf

from junheng.plan.compliance.checking import Unmet, is_within, unmet
from junheng.plan.compliance.footing import Footing
from junheng.plan.compliance.problem import Cap, Problem

STEPS = 4_000
"""Additions that are tried before a coefficient is left as it is."""
PASSES = 4
"""How often limits are gone through: what is taken back for one may overstep another."""
SLIP = 1e-5
"""What a solver's whole number may be off by."""
NOTHING = Unmet()


def whole(problem: Problem, amounts: Sequence[float]) -> tuple[int, ...]:
    """Whole amounts: the nearest of what was whole already, rounded up else, never beyond the most."""
    found = []
    for lever, amount in zip(problem.levers, amounts, strict=True):
        number = ceil(amount - SLIP) if lever.fine else round(amount)
        found.append(max(0, number if lever.most is None else min(number, lever.most)))
    for _ in range(PASSES):
        over = [cap for cap in problem.caps if _spent(cap, found) > cap.most]
        for cap in over:
            _within(problem, cap, found, amounts)
        if not over:
            break
    return tuple(found)


def _within(problem: Problem, cap: Cap, held: list[int], amounts: Sequence[float]) -> None:
    """Take back what rounding up of fine units overspent: pay it in another year where that may be; else
    first where the least of a unit was meant."""
    over = _spent(cap, held) - cap.most
    if over <= 0:
        return
    fine = [lever for lever in cap.weights if problem.levers[lever].fine]
    serving = {lever for line in (*problem.needs, *problem.demands) for lever in line.slopes}
    for lever in fine:
        if over > 0 and lever not in serving:
            over -= _shifted(problem, cap, lever, held, over)
    fine.sort(key=lambda lever: amounts[lever] % 1)
    for lever in fine:
        if over > 0 and cap.weights[lever] > 0 and held[lever] > amounts[lever]:
            held[lever] -= 1
            over -= cap.weights[lever]


def _spent(cap: Cap, held: Sequence[int]) -> Fraction:
    return sum((w * held[lever] for lever, w in cap.weights.items() if held[lever]), Fraction(0))


def _shifted(problem: Problem, cap: Cap, lever: int, held: list[int], over: Fraction) -> Fraction:
    """What the cap is relieved of by more or less of a lever that serves no need: money that comes early
    or late. As much as the other caps let."""
    weight = cap.weights[lever]
    sign = -1 if weight > 0 else 1
    number = ceil(over / abs(weight))
    if sign < 0:
        number = min(number, held[lever])
    for other in problem.caps:
        added = sign * other.weights.get(lever, 0)
        if added > 0:
            number = min(number, floor((other.most - _spent(other, held)) / added))
    if number <= 0:
        return Fraction(0)
    held[lever] += sign * number
    return number * abs(weight)


def repaired(
    problem: Problem, amounts: Sequence[int], spreads: Sequence[int], *, steps: int = STEPS
) -> tuple[int, ...]:
    """The amounts with units added until these coefficients are exactly within their limits, and
    with units taken away of which nothing is needed any more.

    Only levers that take from nobody are added to, within the caps. Where nothing helps any more
    the amounts come back as far as they got: `checking.unmet` tells.
    """
    footing = Footing(problem, amounts)
    for place in spreads:
        _bring_within(problem, footing, place, steps)
    kept = tuple(footing.held)
    _spare(problem, footing)
    spared = tuple(footing.held)
    return spared if len(unmet(problem, spared)) <= len(unmet(problem, kept)) else kept


def _bring_within(problem: Problem, footing: Footing, place: int, steps: int) -> None:
    spread = problem.spreads[place]
    levers = sorted({lever for n in spread.needs for lever in problem.needs[n].slopes})
    for _ in range(steps):
        if footing.sums[place].now <= 0 and is_within(problem, spread, footing.held):
            return
        best = min(_steps(problem, footing, place, levers), default=None)
        if best is None:
            return
        footing.add(best[2], best[1])


def _steps(
    problem: Problem, footing: Footing, place: int, levers: Sequence[int]
) -> Iterator[tuple[float, int, int]]:
    """(Yuan for what is still missing, units, lever): a lever that ends it pays its own cost,
    another by its share of the way."""
    excess = max(footing.sums[place].now, 0.0)
    for lever in levers:
        each = problem.levers[lever]
        if each.pool or footing.room(lever) < 1:
            continue
        gained = excess - footing.excesses(lever, 1).get(place, inf)
        if gained <= 0:
            continue
        number = 1
        if each.fine:
            number = int(min(max(1, ceil(excess / gained)), footing.room(lever)))
            gained = excess - footing.excesses(lever, number)[place]
            if gained <= 0:
                continue
        share = min(1.0, gained / excess) if excess else 1.0
        yield float(each.cost) * number / share, number, lever


def _spare(problem: Problem, footing: Footing) -> None:
    """Take away, the dearest first, what nothing depends on."""
    used = [i for i, n in enumerate(footing.held) if n and problem.levers[i].cost > 0]
    for lever in sorted(used, key=lambda i: -problem.levers[i].cost):
        if problem.levers[lever].pool:
            continue
        number = footing.held[lever]
        while number:  # all that can be spared, by halving
            if footing.can_spare(lever, number):
                footing.add(lever, -number)
            else:
                number //= 2
            number = min(number, footing.held[lever])


def nearest(problem: Problem, amounts: Sequence[float]) -> tuple[int, ...]:
    """Whole amounts near those of a relaxation, without a solver: within a second for a county.

    Rounded in several ways; then as many teachers come as go, needs are met one by one by the cheapest
    lever, coefficients repaired, and what is idle taken away. The one with the fewest unmet and the least
    cost."""
    tried = roundings(problem, amounts)
    return min(tried, key=lambda held: (len(unmet(problem, held)), problem.cost(held)))


def roundings(
    problem: Problem, amounts: Sequence[float], given_up: Unmet = NOTHING
) -> list[tuple[int, ...]]:
    """All ways of `nearest`; what is given up is not mended."""
    return [rounded(problem, amounts, given_up, share) for share in NEARLY]


def rounded(
    problem: Problem, amounts: Sequence[float], given_up: Unmet, share: float = 1 / 2
) -> tuple[int, ...]:
    """One way: what lacks no more than this share of a unit is rounded up."""
    held = [
        floor(amount + share) if lever.most is None else min(lever.most, floor(amount + share))
        for lever, amount in zip(problem.levers, amounts, strict=True)
    ]
    for cap in problem.caps:
        _keep_to(cap, held, amounts)
    for levers in problem.pools.values():
        _balance(problem, held, levers)
    for _ in range(MENDINGS):
        left = unmet(problem, held)
        needs = [n for n in left.needs if n not in given_up.needs]
        demands = [d for d in left.demands if d not in given_up.demands]
        if not needs and not demands:
            break
        footing = Footing(problem, held)
        for _, number, lever in sorted(mending(problem, footing, needs)):
            if footing.room(lever) >= number:
                footing.add(lever, number)
        for place in demands:
            _demanded(problem, footing, place)
        held = footing.held
    spreads = [s for s in range(len(problem.spreads)) if s not in given_up.spreads]
    return repaired(problem, held, spreads)


NEARLY = (0.5, 0.7, 0.9)
"""Of a unit. What is then idle is taken away: best is much."""
MENDINGS = 4
"""How often needs are looked over."""


def _balance(problem: Problem, held: list[int], levers: Sequence[int]) -> None:
    """As many come as go: those too many stay where they are."""
    over = sum(problem.levers[i].sign * held[i] for i in levers)
    for lever in levers:
        sign = problem.levers[lever].sign
        while over * sign > 0 and held[lever]:
            held[lever] -= 1
            over -= sign


def _keep_to(cap: Cap, held: list[int], amounts: Sequence[float]) -> None:
    """Take back what rounding up overspent, first where the least of a unit was meant."""
    over = sum(weight * held[lever] for lever, weight in cap.weights.items() if held[lever])
    over -= cap.most
    raised = [i for i, w in cap.weights.items() if w > 0 and held[i] > amounts[i]]
    for lever in sorted(raised, key=lambda i: amounts[i] % 1):
        if over > 0:
            held[lever] -= 1
            over -= cap.weights[lever]


def mending(
    problem: Problem, footing: Footing, needs: Sequence[int]
) -> Iterator[tuple[Fraction, int, int]]:
    """(Yuan, units, lever) that bring each of these needs to its limit, by the cheapest lever."""
    for n in needs:
        need = problem.needs[n]
        lacking = need.limit - need.value(footing.held)
        ways = [
            (problem.levers[i].cost * ceil(lacking / slope), ceil(lacking / slope), i)
            for i, slope in need.slopes.items()
            if slope > 0 and not problem.levers[i].pool
        ]
        ways = [way for way in ways if footing.room(way[2]) >= way[1]]
        if ways and lacking > 0:
            yield min(ways)


def _demanded(problem: Problem, footing: Footing, place: int) -> None:
    """Bring a demand to nought, the cheapest lever first, as far as there is of each."""
    demand = problem.demands[place]
    helping = [i for i, s in demand.slopes.items() if s > 0 and not problem.levers[i].pool]
    for lever in sorted(helping, key=lambda i: problem.levers[i].cost / demand.slopes[i]):
        lacking = -demand.value(footing.held)
        if lacking <= 0:
            return
        footing.add(lever, int(min(ceil(lacking / demand.slopes[lever]), footing.room(lever))))
