"""Rows as the solver is given them: pushed a little outward, so that no true plan lies on an edge.

The solver counts in floats. A budget that a plan hits to the yuan is, to it, a matter of the last
digit, and it has been seen to call such plans impossible. Every row therefore allows a little more than
it says; which plans keep it is decided by `checking`, in fractions.
"""

from collections.abc import Collection, Sequence
from fractions import Fraction
from functools import reduce
from math import floor, gcd, inf, lcm

from junheng.plan.compliance.numbers import Cone
from junheng.plan.compliance.problem import Problem

NUDGE, SHARE = 1e-6, 1e-7
"""Pushed outward by so much, or by such a share: ten times the solver's tolerance, or as much as it."""
FAR = 100.0
"""Limits: to more than so many, and one step, no part is raised where nothing else holds it."""
LOWEST_MEAN = 0.01
"""Of a coefficient, in limits, where single values may fall below nought."""
ALIKE = 1e-9
"""Relative difference of weights that are the same."""


def most_of(weights: Collection[Fraction], most: Fraction, scale: float) -> float:
    """The right side of Σ weight × amount ≤ most in units of the scale, for whole amounts.

    Such sums come in steps: what is not a multiple of the step is not reached, and half a step more
    lets nothing in."""
    if not any(weights):
        return float(most) / scale + NUDGE
    step = reduce(_common, weights)
    reached = most // step * step
    room = min(SHARE * abs(float(reached)), float(step) / 2) / scale
    return float(reached) / scale + max(NUDGE, room)


def least_of(least: float) -> float:
    """The right side of a row Σ ≥ least."""
    return least - max(NUDGE, SHARE * abs(least))


def _common(one: Fraction, other: Fraction) -> Fraction:
    """The greatest amount of which both are whole multiples."""
    below = lcm(one.denominator, other.denominator)
    return Fraction(gcd(int(one * below), int(other * below)), below)


def reaches(problem: Problem) -> list[float]:
    """How much of each lever there can be: its own most, what caps let through, what its pool has."""
    found = [inf if lever.most is None else float(lever.most) for lever in problem.levers]
    for cap in problem.caps:
        if all(weight >= 0 for weight in cap.weights.values()):
            for lever, weight in cap.weights.items():
                if weight:
                    found[lever] = min(found[lever], max(0.0, floor(cap.most / weight)))
    for levers in problem.pools.values():
        signs = {lever: problem.levers[lever].sign for lever in levers}
        for way in (-1, 1):
            there = sum(found[lever] for lever, sign in signs.items() if sign == -way)
            for lever, sign in signs.items():
                found[lever] = min(found[lever], there) if sign == way else found[lever]
    return found


def off_of(cone: Cone, reach: Sequence[float]) -> float:
    """What Σ v τ − c² m cannot exceed, whatever is done: so much lifts the row of a given-up coefficient.

    With values from 0 to Y and v = k w the variance is k (Σ w y² − m²) ≤ k Y m, and divided by m no
    more than k Y; where v is not a multiple of w the mean adds Σ v Y. No mean is divided by, so one
    unit may be many limits, and Y grows with it."""
    highest, below = 0.0, 0.0
    for base, slopes, weight in zip(cone.bases, cone.slopes, cone.mean_weights, strict=True):
        up = sum(s * reach[lever] for lever, s in slopes.items() if s > 0)
        down = sum(-s * reach[lever] for lever, s in slopes.items() if s < 0)
        step = max((s for s in slopes.values() if s > 0), default=0.0)
        highest = max(highest, min(base + up, max(base, FAR) + step))
        if down > base:
            deep = min(down - base, FAR)
            highest, below = max(highest, deep), below + weight * deep
    pairs = zip(cone.variance_weights, cone.mean_weights, strict=True)
    shares = [v / w for v, w in pairs if w]
    most, least = max(shares, default=1.0), min(shares, default=1.0)
    away = 0.0 if most - least <= ALIKE * most else sum(cone.variance_weights)
    if below:  # Σ w |y| is then m and twice what is below nought
        most *= 1 + 2 * below / max(cone.least_mean, LOWEST_MEAN)
    return (most + away) * highest
