"""The coefficient of variation 差异系数, in its named variants, written once (standards.md §4).

Over the parts i of one stage of one county, with pupils P, value X = x / P, N = ΣP, n parts:

    variant             mean       variance
    weighted            Σx / N     Σ (P/N) (X − mean)²
    unweighted_pop      ΣX / n     Σ (X − mean)² / n
    unweighted_sample   ΣX / n     Σ (X − mean)² / (n − 1)
    pooled_unweighted   Σx / N     Σ (X − mean)² / n

Every variant is the same exact fraction of integers: with m = N, S = ΣPX (pooled mean) or m = n,
S = ΣX (plain mean), weight a = P or 1 and divisor D = N, n or n − 1,

    CV² = Σ a (mX − S)² / (D S²)

so a verdict squares the limit and never takes a root. In floating point sums go through
`math.fsum`, which rounds once, so order cannot matter; where the CV lies within NEAR of the limit
the integers decide.
"""

import math
from fractions import Fraction

from junheng.freezing import frozen

NEAR = 1e-9
"""|cv − limit| below which floating point may not decide; its own error is far below this."""


@frozen
class Variant:
    """How a CV is taken."""

    pooled: bool
    """Mean: pooled (Σx/N) or of the parts (ΣX/n)."""
    by_pupils: bool
    """Weight of a part in the variance: its pupils, or one."""
    less_one: bool = False
    """Divide by n − 1."""

    def divisor(self, pupils: tuple[int, ...]) -> int:
        if self.by_pupils:
            return sum(pupils)
        return max(len(pupils) - 1, 1) if self.less_one else len(pupils)


VARIANTS: dict[str, Variant] = {
    "weighted": Variant(pooled=True, by_pupils=True),
    "unweighted_pop": Variant(pooled=False, by_pupils=False),
    "unweighted_sample": Variant(pooled=False, by_pupils=False, less_one=True),
    "pooled_unweighted": Variant(pooled=True, by_pupils=False),
}


@frozen
class Sample:
    """Values and pupils of the parts over which a CV is taken."""

    values: tuple[Fraction, ...]
    pupils: tuple[int, ...]

    def __post_init__(self) -> None:
        assert len(self.values) == len(self.pupils), "one number of pupils a value"
        assert all(each > 0 for each in self.pupils), "a part without pupils has no value"

    def replaced(self, index: int, value: Fraction) -> "Sample":
        """The sample with one value changed."""
        values = list(self.values)
        values[index] = value
        return Sample(tuple(values), self.pupils)


@frozen
class Moments:
    """The integers of the formula above, over the values' common denominator."""

    away: tuple[int, ...]
    """mX − S: how far each value is from the mean, and on which side."""
    terms: tuple[int, ...]
    """a(mX − S)²: what each part adds to the variance."""
    divisor: int
    total: int

    @property
    def variance(self) -> int:
        """Σ of the terms: the variance up to one common factor, 0 where all values are equal."""
        return sum(self.terms)

    def exceeds(self, limit: Fraction) -> bool | None:
        """CV > limit, exactly; None where the mean is 0."""
        if self.total == 0:
            return None
        return (
            self.variance * limit.denominator**2 > self.divisor * self.total**2 * limit.numerator**2
        )


def moments(sample: Sample, variant: str) -> Moments:
    """The integers from which CV² is exactly known; the sample must not be empty."""
    chosen = VARIANTS[variant]
    common = math.lcm(*(x.denominator for x in sample.values))
    scaled = [x.numerator * (common // x.denominator) for x in sample.values]
    if chosen.pooled:
        factor, total = (
            sum(sample.pupils),
            sum(p * x for p, x in zip(sample.pupils, scaled, strict=True)),
        )
    else:
        factor, total = len(scaled), sum(scaled)
    weights = sample.pupils if chosen.by_pupils else (1,) * len(scaled)
    away = tuple(factor * x - total for x in scaled)
    terms = tuple(a * each**2 for a, each in zip(weights, away, strict=True))
    return Moments(away, terms, chosen.divisor(sample.pupils), total)


def mean_of(sample: Sample, variant: str) -> float:
    """The mean that the variant takes, for display; the sample must not be empty."""
    values = [float(x) for x in sample.values]
    if VARIANTS[variant].pooled:
        return math.fsum(p * x for p, x in zip(sample.pupils, values, strict=True)) / sum(
            sample.pupils
        )
    return math.fsum(values) / len(values)


def deviation_of(sample: Sample, variant: str) -> float:
    """The standard deviation that the variant takes, for display; equal values have exactly 0."""
    if len(set(sample.values)) == 1:
        return 0.0
    chosen, mean = VARIANTS[variant], mean_of(sample, variant)
    weights = sample.pupils if chosen.by_pupils else (1,) * len(sample.values)
    squares = math.fsum(
        a * (float(x) - mean) ** 2 for a, x in zip(weights, sample.values, strict=True)
    )
    return math.sqrt(squares / chosen.divisor(sample.pupils))


def cv(sample: Sample, variant: str) -> float | None:
    """CV for display and charts; None where there is no value or the mean is 0 (undefined)."""
    if not sample.values:
        return None
    mean = mean_of(sample, variant)
    return None if mean == 0 else deviation_of(sample, variant) / abs(mean)


def exceeds(sample: Sample, variant: str, limit: Fraction) -> bool | None:
    """Whether CV > limit; None where the CV is undefined. Exact near the limit, limit included in a pass."""
    shown = cv(sample, variant)
    if shown is None:
        return None
    if abs(shown - float(limit)) >= NEAR:
        return shown > limit
    return moments(sample, variant).exceeds(limit)
