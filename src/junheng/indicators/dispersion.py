"""How unequal values are over a city: variance, Theil's T and Gini, pupil by pupil, and by groups.

Over parts i with pupils P and value X = x / P, N = ΣP, mean m = ΣPX / N:

    variance   V = Σ (P/N) (X − m)²
    Theil      T = Σ (P/N) (X/m) ln(X/m)         a part with X = 0 adds nothing
    Gini       G = Σᵢ Σⱼ PᵢPⱼ |Xᵢ − Xⱼ| / (2 N² m)

For groups g, with pupils N_g, mean m_g and share of the whole sum s_g = N_g m_g / (N m):

    V = Σ (N_g/N) V_g  +  Σ (N_g/N) (m_g − m)²    within + between, exactly
    T = Σ s_g T_g      +  Σ s_g ln(m_g/m)         within + between, an identity

Variance and Gini are exact fractions; a logarithm is none, so Theil goes through `math.fsum` over
ratios that are rounded once. Gini has no such decomposition: only whole and groups are told. These
figures describe; no document sets them a limit, and nothing here judges.
"""

import math
from collections.abc import Hashable, Iterable, Mapping, Sequence
from fractions import Fraction

from junheng.freezing import frozen
from junheng.indicators.spread import Sample


@frozen
class Dispersion:
    """The dispersion of one sample, its pupils counting one by one."""

    parts: int
    pupils: int
    mean: Fraction
    variance: Fraction
    theil: float | None
    """None where the mean is 0 or a value is negative: a share of the sum means nothing there."""
    gini: Fraction | None
    """None where Theil is."""


@frozen
class Decomposition:
    """The dispersion of a whole, of its groups, and how much lies between and within them."""

    whole: Dispersion
    groups: Mapping[Hashable, Dispersion]
    between: Fraction
    """Variance of the groups' means; `between + within == whole.variance`."""
    within: Fraction
    theil_between: float | None
    theil_within: float | None

    def within_of(self, group: Hashable) -> Fraction:
        """What one group adds to the variance within: (N_g/N) V_g."""
        each = self.groups[group]
        return each.variance * each.pupils / self.whole.pupils


def dispersion(sample: Sample) -> Dispersion:
    """Mean, variance, Theil and Gini; the sample must not be empty."""
    pupils = sum(sample.pupils)
    pairs = list(zip(sample.values, sample.pupils, strict=True))
    total = exact_sum(x * p for x, p in pairs)
    mean = total / pupils
    squares = exact_sum(x * x * p for x, p in pairs)
    shares = total > 0 and min(sample.values) >= 0
    return Dispersion(
        parts=len(pairs),
        pupils=pupils,
        mean=mean,
        variance=squares / pupils - mean * mean,
        theil=_theil([(p * x / pupils, x) for x, p in pairs], mean) if shares else None,
        gini=_gini(pairs, pupils, total) if shares else None,
    )


def decompose(sample: Sample, keys: Sequence[Hashable], whole: Dispersion) -> Decomposition:
    """The sample, whose dispersion is `whole`, by groups: one key a value.

    Groups stand in the order of first appearance.
    """
    members: dict[Hashable, list[int]] = {}
    for index, key in enumerate(keys):
        members.setdefault(key, []).append(index)
    groups = {key: dispersion(_only(sample, indices)) for key, indices in members.items()}
    weighted = [(Fraction(each.pupils, whole.pupils), each) for each in groups.values()]
    told = whole.theil is not None
    means = [(w * each.mean, each.mean) for w, each in weighted]
    return Decomposition(
        whole=whole,
        groups=groups,
        between=exact_sum(w * (each.mean - whole.mean) ** 2 for w, each in weighted),
        within=exact_sum(w * each.variance for w, each in weighted),
        theil_between=_theil(means, whole.mean) if told else None,
        theil_within=_theil_within(weighted, whole.mean) if told else None,
    )


def exact_sum(terms: Iterable[Fraction]) -> Fraction:
    """The sum of fractions, added in pairs: long denominators arise only in the last few sums."""
    rest = list(terms)
    while len(rest) > 1:
        odd = [rest.pop()] if len(rest) % 2 else []
        rest = [a + b for a, b in zip(rest[::2], rest[1::2], strict=True)] + odd
    return rest[0] if rest else Fraction(0)


def _only(sample: Sample, indices: Sequence[int]) -> Sample:
    return Sample(
        tuple(sample.values[i] for i in indices), tuple(sample.pupils[i] for i in indices)
    )


def _theil(terms: Sequence[tuple[Fraction, Fraction]], mean: Fraction) -> float:
    """Σ (a/m) ln(x/m) over (a, x); ln through x/m − 1, so that equal values give exactly 0."""
    return math.fsum(_quotient(a, mean) * math.log1p(_excess(x, mean)) for a, x in terms if x)


def _theil_within(weighted: Sequence[tuple[Fraction, Dispersion]], mean: Fraction) -> float:
    """Groups in which nobody has anything have no Theil, and no share of the sum."""
    return math.fsum(
        _quotient(w * each.mean, mean) * each.theil
        for w, each in weighted
        if each.theil is not None
    )


def _quotient(above: Fraction, below: Fraction) -> float:
    """above / below, rounded once; without a common divisor being sought in very long integers."""
    return (above.numerator * below.denominator) / (above.denominator * below.numerator)


def _excess(value: Fraction, mean: Fraction) -> float:
    """value / mean − 1, rounded once."""
    above = value.numerator * mean.denominator
    below = value.denominator * mean.numerator
    return (above - below) / below


def _gini(pairs: Sequence[tuple[Fraction, int]], pupils: int, total: Fraction) -> Fraction:
    """With the values in order, PᵢXᵢ enters as often as pupils stand below it less those above."""
    terms, below = [], 0
    for value, here in sorted(pairs, key=lambda pair: pair[0]):
        terms.append(value * (here * (2 * below + here - pupils)))
        below += here
    return exact_sum(terms) / (total * pupils)
