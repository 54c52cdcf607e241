"""The coefficient of variation 差异系数, in its named variants, written once (standards.md §4).

Over the parts i of one stage of one county, with value X_i = x_i / P_i and pupils P_i:

    weighted           mean Σx/ΣP,     variance Σ (P_i/ΣP) (X_i − mean)²
    unweighted_pop     mean of the X,  variance Σ (X_i − mean)² / n
    unweighted_sample  mean of the X,  variance Σ (X_i − mean)² / (n − 1)
    pooled_unweighted  mean Σx/ΣP,     variance Σ (X_i − mean)² / n

CV² is a ratio of exact numbers, so `exceeds` compares CV² with limit² and never takes a root. In
floating point the square is summed with `math.fsum` (rounded once, so order cannot matter); only
where it lies within NEAR of the limit are exact fractions built.
"""

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from fractions import Fraction

NEAR = 1e-9
"""|cv − limit| below which floating point may not decide; its own error is below 1e-12."""


@dataclass(frozen=True)
class Sample:
    """Values and pupils of the parts over which a CV is taken."""

    values: tuple[Fraction, ...]
    pupils: tuple[int, ...]

    def __post_init__(self) -> None:
        assert len(self.values) == len(self.pupils), "one number of pupils a value"
        assert all(each > 0 for each in self.pupils), "a part without pupils has no value"

    @property
    def pooled_mean(self) -> Fraction:
        total = sum(p * x for p, x in zip(self.pupils, self.values, strict=True))
        return Fraction(total, sum(self.pupils))

    @property
    def plain_mean(self) -> Fraction:
        return Fraction(sum(self.values), len(self.values))


@dataclass(frozen=True)
class Variant:
    """How a CV is taken: which mean, and the weight of each part in the variance."""

    pooled: bool
    weights: Callable[[Sequence[int]], list[Fraction]]

    def mean(self, sample: Sample) -> Fraction:
        return sample.pooled_mean if self.pooled else sample.plain_mean


def _by_pupils(pupils: Sequence[int]) -> list[Fraction]:
    total = sum(pupils)
    return [Fraction(each, total) for each in pupils]


def _equal(pupils: Sequence[int]) -> list[Fraction]:
    return [Fraction(1, len(pupils))] * len(pupils)


def _less_one(pupils: Sequence[int]) -> list[Fraction]:
    return [Fraction(1, max(len(pupils) - 1, 1))] * len(pupils)


VARIANTS: dict[str, Variant] = {
    "weighted": Variant(pooled=True, weights=_by_pupils),
    "unweighted_pop": Variant(pooled=False, weights=_equal),
    "unweighted_sample": Variant(pooled=False, weights=_less_one),
    "pooled_unweighted": Variant(pooled=True, weights=_equal),
}


def terms(sample: Sample, variant: str) -> list[Fraction]:
    """What each part adds to the variance, exactly; they sum to the variance."""
    chosen = VARIANTS[variant]
    mean = chosen.mean(sample)
    return [
        w * (x - mean) ** 2
        for w, x in zip(chosen.weights(sample.pupils), sample.values, strict=True)
    ]


def squared_cv(sample: Sample, variant: str) -> Fraction | None:
    """CV² exactly; None where there is no value or the mean is 0 (undefined: not 0, not a pass)."""
    if not sample.values:
        return None
    mean = VARIANTS[variant].mean(sample)
    return None if mean == 0 else sum(terms(sample, variant), Fraction(0)) / mean**2


def cv(sample: Sample, variant: str) -> float | None:
    """CV for display and for charts; the verdict is `exceeds`."""
    if not sample.values:
        return None
    values = [float(x) for x in sample.values]
    chosen = VARIANTS[variant]
    weights = [float(w) for w in chosen.weights(sample.pupils)]
    total = math.fsum(p * x for p, x in zip(sample.pupils, values, strict=True))
    mean = total / sum(sample.pupils) if chosen.pooled else math.fsum(values) / len(values)
    if mean == 0:
        return None
    return math.sqrt(
        math.fsum(w * (x - mean) ** 2 for w, x in zip(weights, values, strict=True))
    ) / abs(mean)


def exceeds(sample: Sample, variant: str, limit: Fraction) -> bool | None:
    """Whether CV > limit; None where the CV is undefined. Exact near the limit."""
    shown = cv(sample, variant)
    if shown is None:
        return None
    if abs(shown - float(limit)) >= NEAR:
        return shown > limit
    exact = squared_cv(sample, variant)
    return None if exact is None else exact > limit**2
