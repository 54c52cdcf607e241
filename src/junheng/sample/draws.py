"""Where chance comes from: streams named by a seed and some words.

Each school, topic and cohort has a stream of its own, so adding a school or a topic leaves every
other value as it was. Only additions and multiplications are used: no libm function, whose last
bit differs between machines.
"""

from collections.abc import Sequence
from decimal import Decimal
from random import Random

DEMONSTRATION = "演示数据"
"""Stands on everything that could be taken for real."""
CENT = Decimal("0.01")
_UNIFORMS = 12
"""Twelve uniform draws less six have mean 0 and standard deviation 1."""


def stream(seed: int, *words: object) -> Random:
    """A generator that depends on the seed and the words alone, not on the hash seed."""
    return Random("/".join(map(str, (seed, *words))))  # noqa: S311 - repeatable, not secret


def bell(chance: Random, centre: float, spread: float) -> float:
    """A bell-shaped draw with mean `centre` and standard deviation `spread`."""
    return centre + spread * (sum(chance.random() for _ in range(_UNIFORMS)) - _UNIFORMS / 2)


def within(low: float, value: float, high: float) -> float:
    return min(max(low, value), high)


def square_metres(value: float) -> Decimal:
    """An area in m² with two places; zero stays zero, nothing becomes negative."""
    return Decimal(max(0, round(value * 100))) * CENT


def yuan(value: float, *, step: int = 100) -> Decimal:
    """Money in yuan, a multiple of `step`: 100 yuan is two places of 万元."""
    return Decimal(max(0, round(value / step)) * step) + Decimal("0.00")


def share_out(total: int, weights: Sequence[float]) -> list[int]:
    """`total` in whole parts near the weights; the largest remainders take what is left."""
    scale = sum(weights)
    exact = [total * w / scale for w in weights]
    parts = [int(e) for e in exact]
    by_rest = sorted(range(len(parts)), key=lambda i: (parts[i] - exact[i], i))
    for i in by_rest[: total - sum(parts)]:
        parts[i] += 1
    return parts
