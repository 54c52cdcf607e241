"""The compliance question in numbers: levers, what they add to, what is required.

    Given   parts with pupils, the value of each indicator now, and for each lever what one unit of it
            adds to which values, what it costs and how much of it there is
    Choose  whole amounts of the levers
    So that each part has so many indicators at their limit and the others at their floor, each
            coefficient of variation is within its limit, each further demand is met
    First   as few unmet requirements as possible; then least cost

Values are exact fractions; the solvers see floats of them, `checking` decides by the fractions.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property

from junheng.indicators import Sample


@dataclass(frozen=True)
class Lever:
    """One way to act, in whole units."""

    name: str
    cost: Fraction
    """Yuan a unit, everything up to the end of the plan."""
    most: int | None = None
    """Greatest amount; None = as much as money buys."""
    pool: str = ""
    """Levers of one pool take from it (`sign` −1: a teacher leaves) or draw on it (+1)."""
    sign: int = 0
    fine: bool = False
    """So small a unit (a yuan) that the search may take it for continuous; amounts are rounded up."""


@dataclass(frozen=True)
class Linear:
    """A value that the levers change, each by so much a unit."""

    name: str
    base: Fraction
    slopes: Mapping[int, Fraction]
    """Lever → what one unit adds to the value."""

    def value(self, amounts: Sequence[int]) -> Fraction:
        return self.base + sum(
            (slope * amounts[lever] for lever, slope in self.slopes.items() if amounts[lever]),
            Fraction(0),
        )


@dataclass(frozen=True)
class Need(Linear):
    """One indicator of one part, and what it must come to."""

    limit: Fraction
    floor: Fraction


@dataclass(frozen=True)
class PartRule:
    """A part: so many of its needs at the limit, the others at the floor."""

    name: str
    needs: tuple[int, ...]
    needed: int
    who: str = ""
    """School and stage: the same in every year that asks."""


@dataclass(frozen=True)
class Spread:
    """One coefficient of variation over needs of one indicator and stage."""

    name: str
    needs: tuple[int, ...]
    pupils: tuple[int, ...]
    variant: str
    limit: Fraction


@dataclass(frozen=True)
class Demand(Linear):
    """A further clause: its value must not be below nought."""


@dataclass(frozen=True)
class Cap:
    """A shared limit: Σ weight × amount ≤ most (land of a school, hiring quota, budget)."""

    name: str
    weights: Mapping[int, Fraction]
    most: Fraction


@dataclass(frozen=True)
class Problem:
    """Everything that a plan is sought for."""

    levers: tuple[Lever, ...]
    needs: tuple[Need, ...]
    parts: tuple[PartRule, ...]
    spreads: tuple[Spread, ...]
    demands: tuple[Demand, ...] = ()
    caps: tuple[Cap, ...] = ()

    def cost(self, amounts: Sequence[int]) -> Fraction:
        return sum(
            (lever.cost * n for lever, n in zip(self.levers, amounts, strict=True) if n),
            Fraction(0),
        )

    def sample(self, spread: Spread, amounts: Sequence[int]) -> Sample:
        """The values over which the coefficient is taken, exactly."""
        return Sample(tuple(self.needs[n].value(amounts) for n in spread.needs), spread.pupils)

    @cached_property
    def pools(self) -> dict[str, tuple[int, ...]]:
        """Pool → its levers."""
        found: dict[str, list[int]] = {}
        for index, lever in enumerate(self.levers):
            if lever.pool:
                found.setdefault(lever.pool, []).append(index)
        return {name: tuple(held) for name, held in found.items()}
