"""Rows as the solver is given them: pushed a little outward, so that no true plan lies on an edge.

The solver counts in floats. A budget that a plan hits to the yuan is, to it, a matter of the last
digit, and it has been seen to call such plans impossible. Every row therefore allows a little more than
it says; which plans keep it is decided by `checking`, in fractions.
"""

from collections.abc import Collection
from fractions import Fraction
from functools import reduce
from math import gcd, lcm

NUDGE, SHARE = 1e-6, 1e-7
"""Pushed outward by so much, or by such a share: ten times the solver's tolerance, or as much as it."""


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
