"""The requirements as the solvers see them: rows in units of one lever step, spreads in shares of the limit.

A need whose levers all add the same amount is counted in that amount and its limit and floor are
rounded up to whole units: a row then says exactly what the law says. A coefficient of
variation is taken over y = value ÷ limit; with weights w of the mean and v of the variance it is
within c exactly where Σ v (y − m)² ≤ c² m², m = Σ w y, a second-order cone. It is lifted part by part:
τ ≥ (y − m)² ÷ m and Σ v τ ≤ c² m, and each τ is cut by tangents τ ≥ 2ρ (y − m) − ρ² m, valid for
every ratio ρ = (y − m) ÷ m.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from math import ceil, floor

from junheng.indicators import VARIANTS
from junheng.plan.compliance.problem import Need, Problem, Spread

FINE = 0.02
"""Share of a limit: tangents need not lie closer than this, an error of a ten-thousandth of m²."""


@dataclass(frozen=True)
class Row:
    """Σ step × lever ≥ limit where it is met, ≥ floor where it may stay behind."""

    steps: Mapping[int, Fraction]
    limit: Fraction
    floor: Fraction
    least: Fraction | None
    """What the sum cannot fall below, whatever is taken away; None where nothing bounds it."""
    unit: Fraction
    """How much of the need's value one step is."""


def row_of(problem: Problem, need: Need) -> Row:
    """The need counted in the unit of its levers."""
    slopes = {lever: slope for lever, slope in need.slopes.items() if slope}
    sizes = {abs(slope) for slope in slopes.values()}
    unit = min(sizes) if sizes else need.limit
    steps = {lever: slope / unit for lever, slope in slopes.items()}
    limit, floor = (need.limit - need.base) / unit, (need.floor - need.base) / unit
    whole = all(step.denominator == 1 for step in steps.values())
    if whole:
        limit, floor = Fraction(ceil(limit)), Fraction(ceil(floor))
    least: Fraction | None = Fraction(0)
    for lever, step in steps.items():
        most = problem.levers[lever].most
        if step < 0 and least is not None:
            least = None if most is None else least + step * most
    if (
        least is not None
    ):  # a floor that cannot be missed says nothing, and said so makes the row tight
        floor = min(limit, max(floor, least))
    return Row(steps, limit, floor, least, unit)


@dataclass(frozen=True)
class Cone:
    """A coefficient of variation over y = value ÷ limit, in floats."""

    spread: Spread
    bases: tuple[float, ...]
    slopes: tuple[Mapping[int, float], ...]
    mean_weights: tuple[float, ...]
    variance_weights: tuple[float, ...]
    square: float
    """c², the square of the limit."""

    @cached_property
    def levers(self) -> tuple[int, ...]:
        return tuple(sorted({lever for each in self.slopes for lever in each}))

    @cached_property
    def least_mean(self) -> float:
        """Less than any mean above nought; 0 where none can come to nought: all have something
        that nobody takes away."""
        if any(
            base > 0 and w > 0 and all(slope > 0 for slope in each.values())
            for base, w, each in zip(self.bases, self.mean_weights, self.slopes, strict=True)
        ):
            return 0.0
        weighed = zip(self.bases, self.mean_weights, self.slopes, strict=True)
        steps = [w * size for b, w, each in weighed for size in (b, *map(abs, each.values()))]
        return min((step for step in steps if step > 0), default=1.0) / 2

    def values(self, amounts: Mapping[int, float]) -> list[float]:
        """y of each part."""
        return [
            base + sum(slope * amounts[lever] for lever, slope in slopes.items())
            for base, slopes in zip(self.bases, self.slopes, strict=True)
        ]

    def mean(self, amounts: Mapping[int, float]) -> float:
        """m = Σ w y."""
        return sum(w * y for w, y in zip(self.mean_weights, self.values(amounts), strict=True))

    def ratios(
        self, amounts: Mapping[int, float], *, steps: int | None = None
    ) -> tuple[float, ...] | None:
        """ρ of each part, where the tangents touch; None where the mean is nought.

        With `steps` at the value so many whole units above the one at or below the amounts'."""
        values, mean = self.values(amounts), self.mean(amounts)
        if mean <= 0:
            return None
        if steps is not None:
            each = zip(values, self.bases, self.slopes, strict=True)
            values = [_stepped(y, base, slopes, steps) for y, base, slopes in each]
        return tuple((y - mean) / mean for y in values)


def _stepped(value: float, base: float, slopes: Mapping[int, float], steps: int) -> float:
    """The value so many units above the last whole one; units too small to matter count as `FINE`."""
    unit = max(FINE, min(map(abs, slopes.values()))) if slopes else FINE
    return base + (floor((value - base) / unit + 1e-7) + steps) * unit


def cone_of(problem: Problem, spread: Spread) -> Cone:
    """The cone of one coefficient in its variant (`indicators.spread`)."""
    variant = VARIANTS[spread.variant]
    needs = [problem.needs[n] for n in spread.needs]
    unit = needs[0].limit if needs else Fraction(1)
    everyone, count = sum(spread.pupils), len(needs)
    return Cone(
        spread,
        tuple(float(need.base / unit) for need in needs),
        tuple({lv: float(s / unit) for lv, s in need.slopes.items() if s} for need in needs),
        tuple(p / everyone if variant.pooled else 1 / count for p in spread.pupils),
        tuple((p if variant.by_pupils else 1) / variant.divisor(spread.pupils) for p in spread.pupils),
        float(spread.limit) ** 2,
    )  # fmt: skip
