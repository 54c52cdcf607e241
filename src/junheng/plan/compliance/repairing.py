"""From the solver's answer to whole amounts that meet every requirement exactly, at little more cost."""

from collections.abc import Mapping, Sequence
from math import ceil, inf

from junheng.plan.compliance.checking import is_within
from junheng.plan.compliance.numbers import Cone, cone_of
from junheng.plan.compliance.problem import Cap, Problem

STEPS = 4_000
"""Additions that are tried before a coefficient is left as it is."""
SLIP = 1e-5
"""What a solver's whole number may be off by."""


def whole(problem: Problem, amounts: Sequence[float]) -> tuple[int, ...]:
    """Whole amounts: the nearest of what was whole already, rounded up else, never beyond the most."""
    found = []
    for lever, amount in zip(problem.levers, amounts, strict=True):
        number = ceil(amount - SLIP) if lever.fine else round(amount)
        found.append(max(0, number if lever.most is None else min(number, lever.most)))
    for cap in problem.caps:
        _within(problem, cap, found, amounts)
    return tuple(found)


def _within(problem: Problem, cap: Cap, held: list[int], amounts: Sequence[float]) -> None:
    """Take back what rounding up of fine units overspent, first where nothing depends on it."""
    over = sum(weight * held[lever] for lever, weight in cap.weights.items()) - cap.most
    if over <= 0:
        return
    fine = [lever for lever in cap.weights if problem.levers[lever].fine and held[lever]]
    fine.sort(key=lambda lever: amounts[lever] % 1)
    for lever in fine:
        if over > 0 and held[lever] > amounts[lever]:
            held[lever] -= 1
            over -= cap.weights[lever]


def repaired(
    problem: Problem, amounts: Sequence[int], spreads: Sequence[int], *, steps: int = STEPS
) -> tuple[int, ...]:
    """The amounts with units added until these coefficients are exactly within their limits.

    Only levers that take from nobody are added to, within the caps. Where nothing helps any more
    the amounts come back as far as they got: `checking.unmet` tells.
    """
    held = list(amounts)
    for place in spreads:
        spread = problem.spreads[place]
        cone = cone_of(problem, spread)
        for _ in range(steps):
            if is_within(problem, spread, held):
                break
            best = _best(problem, cone, held)
            if best is None:
                break
            lever, number = best
            held[lever] += number
    return tuple(held)


def _best(problem: Problem, cone: Cone, held: Sequence[int]) -> tuple[int, int] | None:
    """The lever that takes most off the excess for a yuan, and how many units of it."""
    excess, slopes = _excess(cone, dict(enumerate(held)))
    chosen, rate, number = None, 0.0, 1
    for lever, slope in slopes.items():
        free = problem.levers[lever]
        if slope >= 0 or free.pool or not _room(problem, lever, held):
            continue
        paid = -slope / max(float(free.cost), 1e-9)
        if paid > rate:
            chosen, rate = lever, paid
            number = 1 if not free.fine else max(1, ceil(excess / -slope))
    if chosen is None:
        return None
    return chosen, min(number, _room(problem, chosen, held))


def _room(problem: Problem, lever: int, held: Sequence[int]) -> int:
    """Units that may still be added."""
    most = problem.levers[lever].most
    room = inf if most is None else most - held[lever]
    for cap in problem.caps:
        weight = cap.weights.get(lever)
        if weight and weight > 0:
            left = cap.most - sum(w * held[i] for i, w in cap.weights.items())
            room = min(room, left // weight)
    return int(min(room, 10**12))


def _excess(cone: Cone, held: Mapping[int, int]) -> tuple[float, dict[int, float]]:
    """Σ v (y − m)² − c² m², and what one unit of each lever adds to it."""
    values = [
        base + sum(slope * held[lever] for lever, slope in slopes.items())
        for base, slopes in zip(cone.bases, cone.slopes, strict=True)
    ]
    mean = sum(w * y for w, y in zip(cone.mean_weights, values, strict=True))
    away = [y - mean for y in values]
    excess = sum(v * a * a for v, a in zip(cone.variance_weights, away, strict=True))
    pulled = sum(v * a for v, a in zip(cone.variance_weights, away, strict=True))
    slopes: dict[int, float] = {}
    for w, v, a, each in zip(
        cone.mean_weights, cone.variance_weights, away, cone.slopes, strict=True
    ):
        for lever, slope in each.items():
            added = 2 * v * a * slope - 2 * (pulled + cone.square * mean) * w * slope
            slopes[lever] = slopes.get(lever, 0.0) + added
    return excess - cone.square * mean * mean, slopes
