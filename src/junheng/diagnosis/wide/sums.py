"""The sums from which every coefficient of variation follows, exact, so that order is nothing.

A value X becomes v = ⌊X·2^k⌋ on a grid of 2^-k that puts the limit of its indicator near 2^27
(k depends on the indicator alone). v is held as high·2^16 + low, low below 2^16. With p pupils (or
1) for each part the sums

    Σ p·v,  Σ p·high²,  Σ p·high·low,  Σ p·low²

are whole numbers, which floating point adds exactly in any order below 2^53, faster than 128-bit
integers. They are known to lie there as soon as Σp is below 2^20 and Σp·high² came out below 2^53:

    its terms are not negative, so that every partial sum lay below 2^53 and none was rounded;
    Σp·|high| ≤ √(Σp · Σp·high²) < 2^36.5 (Cauchy, Schwarz), and so |Σp·v| and |Σp·high·low| are
    below 2^16 · (2^36.5 + 2^20) < 2^53; and Σp·low² < 2^32 · 2^20 = 2^52.

Where a value lies so far beyond its limit that Σp·high² does not stay below 2^53, or a county has
more pupils, exact fractions decide.
"""

from collections.abc import Mapping, Sequence
from fractions import Fraction

import narwhals as nw

from junheng.diagnosis.wide.demanded import Demanded
from junheng.diagnosis.wide.verdicts import value
from junheng.indicators import VARIANTS
from junheng.indicators.wide.merging import Frame

HALF = 16
"""Bits of `high` and of `low`."""
PLACE = 27
"""Bits of the limit on the grid."""
EXACT = 2**53
"""Whole numbers below it are exact in double precision."""
MOST_PUPILS = 2**20
GROUP = ("year", "county", "stage")


def grids(demanded: Demanded) -> Mapping[str, int]:
    """k for each indicator: 2^k times its greatest limit is at most 2^27, and more than a quarter of it."""
    return {
        code: PLACE - _bits(Fraction(demanded.greatest[code], demanded.scales[code]))
        for code in demanded.codes
    }


def _bits(limit: Fraction) -> int:
    """The least b with limit ≤ 2^b; never below 0."""
    return max(0, (-(-limit.numerator // limit.denominator) - 1).bit_length())


def weights(variant: str) -> tuple[str, ...]:
    """Which weights the sums of a variant need: pupils for its mean, its variance, or ones."""
    chosen = VARIANTS[variant]
    by_pupils = chosen.pooled or chosen.by_pupils
    plain = not (chosen.pooled and chosen.by_pupils)
    return (("p",) if by_pupils else ()) + (("n",) if plain else ())


def summed(parts: Frame, codes: Sequence[str], grid: Mapping[str, int], variant: str) -> Frame:
    """One row a year, county and stage: parts, pupils, and for each code its sums.

    `<code>_known` parts with a value; `<code>_sum_p`, `<code>_hh_p`, `<code>_hl_p`, `<code>_ll_p`
    with pupils as weights, and the same with `_n` with ones: whole numbers in floating point, exact
    where `<code>_hh_…` is below `EXACT` and there are fewer pupils than `MOST_PUPILS`.
    """
    kinds = weights(variant)
    placed = parts.select(
        *GROUP, _real("pupils"), *(each for code in codes for each in _placed(code, grid[code]))
    )
    split = placed.with_columns(_low(code) for code in codes)
    products = split.select(
        *GROUP,
        "pupils",
        *(f"{code}_v" for code in codes),
        *(each for code in codes for kind in kinds for each in _products(code, kind)),
    )
    return products.group_by(*GROUP).agg(
        nw.len().cast(nw.Int64).alias("parts"),
        nw.col("pupils").sum(),
        *(nw.col(f"{code}_v").count().cast(nw.Int64).alias(f"{code}_known") for code in codes),
        *(nw.col(name).sum() for name in sum_names(codes, kinds)),
    )


def sum_names(codes: Sequence[str], kinds: Sequence[str]) -> list[str]:
    """The sums of all codes."""
    return [
        f"{code}_{what}_{kind}"
        for code in codes
        for kind in kinds
        for what in ("sum", "hh", "hl", "ll")
    ]


def _real(name: str) -> nw.Expr:
    return nw.col(name).cast(nw.Float64).alias(name)


def _placed(code: str, grid: int) -> tuple[nw.Expr, nw.Expr]:
    """v and its high half: scaling by a power of two is exact, so one is the floor of the other."""
    found = value(code)
    return (
        (found * nw.lit(2.0**grid)).floor().alias(f"{code}_v"),
        (found * nw.lit(2.0 ** (grid - HALF))).floor().alias(f"{code}_high"),
    )


def _low(code: str) -> nw.Expr:
    return (nw.col(f"{code}_v") - nw.col(f"{code}_high") * nw.lit(2.0**HALF)).alias(f"{code}_low")


def _products(code: str, kind: str) -> list[nw.Expr]:
    v, high, low = (nw.col(f"{code}_{each}") for each in ("v", "high", "low"))
    one = nw.col("pupils") if kind == "p" else nw.lit(1.0)
    return [
        (one * v).alias(f"{code}_sum_{kind}"),
        (one * high * high).alias(f"{code}_hh_{kind}"),
        (one * high * low).alias(f"{code}_hl_{kind}"),
        (one * low * low).alias(f"{code}_ll_{kind}"),
    ]
