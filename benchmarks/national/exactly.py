"""What both peers do with a coefficient of variation too near its limit for floating point."""

from collections.abc import Sequence
from fractions import Fraction

NEAR = 1e-9
"""|CV − limit| below which floating point may not decide; its own error is far below this."""


def within(
    pupils: Sequence[int], numerators: Sequence[int], denominators: Sequence[int], limit: Fraction
) -> bool | None:
    """Whether the CV weighted by pupils is at most the limit; None where the mean is 0."""
    values = [Fraction(int(n), int(d)) for n, d in zip(numerators, denominators, strict=True)]
    people = [int(each) for each in pupils]
    everybody = sum(people)
    mean = sum(p * v for p, v in zip(people, values, strict=True)) / everybody
    if not mean:
        return None
    squares = sum(p * (v - mean) ** 2 for p, v in zip(people, values, strict=True))
    return squares <= everybody * (limit * mean) ** 2
