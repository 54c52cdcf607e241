"""How likely a count is under a fair share: exact binomial tails, no floating point."""

from fractions import Fraction
from math import comb


def at_least(hits: int, trials: int, share: Fraction) -> Fraction:
    """Chance of `hits` or more out of `trials`, each with the chance `share`."""
    yes, whole = share.numerator, share.denominator
    no = whole - yes
    total = sum(comb(trials, k) * yes**k * no ** (trials - k) for k in range(hits, trials + 1))
    return Fraction(total, whole**trials)
