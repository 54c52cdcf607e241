"""The composite of the scheme of 2012: the plain mean of several CVs, judged exactly (§2.1).

    composite ≤ c   ⇔   √q₁ + … + √q_k ≤ k·c,   q = CV² an exact fraction

A sum of square roots of fractions, none negative, is a fraction only where every root is one. So
either all are perfect squares and fractions decide, or equality is impossible and an interval
around the sum, made narrower by integer square roots, leaves the limit outside after some steps.
"""

import math
from collections.abc import Sequence
from fractions import Fraction

from junheng.indicators.spread import NEAR, Sample, cv, moments

FIRST_BITS = 64
"""Bits behind the point of the first interval; doubled until it decides."""


def composite(samples: Sequence[Sample], variant: str) -> float | None:
    """Mean of the CVs for display; None where one of them is undefined."""
    found = [cv(sample, variant) for sample in samples]
    known = [each for each in found if each is not None]
    return math.fsum(known) / len(found) if found and len(known) == len(found) else None


def composite_exceeds(samples: Sequence[Sample], variant: str, limit: Fraction) -> bool | None:
    """Whether the mean of the CVs > limit; None where it is undefined. The limit itself passes."""
    shown = composite(samples, variant)
    if shown is None:
        return None
    if abs(shown - float(limit)) >= NEAR:
        return shown > limit
    squares = [_square(sample, variant) for sample in samples]
    return roots_exceed(squares, limit * len(squares))


def roots_exceed(squares: Sequence[Fraction], bound: Fraction) -> bool:
    """Whether Σ √q > bound, exactly; no q is negative."""
    exact = [_root(square) for square in squares]
    known = [root for root in exact if root is not None]
    if len(known) == len(exact):
        return sum(known, Fraction(0)) > bound
    open_ = [q for q, root in zip(squares, exact, strict=True) if root is None]
    rest, bits = bound - sum(known, Fraction(0)), FIRST_BITS
    while True:
        unit = 1 << bits
        low = sum(math.isqrt(q.numerator * unit * unit // q.denominator) for q in open_)
        if low >= rest * unit:
            return True
        if low + len(open_) <= rest * unit:
            return False
        bits += bits


def _square(sample: Sample, variant: str) -> Fraction:
    found = moments(sample, variant)
    return Fraction(found.variance, found.divisor * found.total**2)


def _root(square: Fraction) -> Fraction | None:
    """The root where it is a fraction."""
    above, below = math.isqrt(square.numerator), math.isqrt(square.denominator)
    whole = above * above == square.numerator and below * below == square.denominator
    return Fraction(above, below) if whole else None
