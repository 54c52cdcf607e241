"""The sums from which every coefficient of variation follows, whole numbers, so that order is nothing.

A value X becomes v = ⌊X·2^k⌋ on a grid of 2^-k that puts the limit of its indicator near 2^27
(k depends on the indicator alone). With p pupils (or 1) for each part two sums are taken,

    Σ p·v,  Σ ⌊p·v²·2^-s⌋

of whole numbers in floating point, which adds them exactly in any order below 2^53, faster than
128-bit integers. They are known to lie there as soon as the second came out below 2^53 and Σp is
below 2^20: its terms are not negative, so that every partial sum lay below 2^53 and none was
rounded; and |Σ p·v| ≤ √(Σp · Σp·v²) < √(2^20 · 2^(54 + s)) < 2^53 (Cauchy, Schwarz). p·v is then
exact, p·v² off by less than 2^s, and so is its floor: a term is off by less than two units of 2^s.

Where a value lies so far beyond its limit, or a county has so many pupils, that a sum may not stay
below 2^53, exact fractions decide.
"""

from collections.abc import Mapping, Sequence
from fractions import Fraction

import narwhals as nw

from junheng.diagnosis.wide.demanded import Demanded
from junheng.indicators import VARIANTS
from junheng.indicators.wide.merging import Frame

SHIFTS = {"p": 24, "n": 12}
"""s of a weight: a county of 2^20 pupils with values of twice their limit stays below 2^53."""
SQUARE_OFF = 2
"""A term of the second sum against the exact one, in units of 2^s."""
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


def summed(
    parts: Frame,
    codes: Sequence[str],
    grid: Mapping[str, int],
    variant: str,
    group: Sequence[str] = GROUP,
) -> Frame:
    """One row a year, county and stage: parts, pupils, and for each code its sums.

    `<code>_known` parts with a value; `<code>_sum_p` and `<code>_square_p` with pupils as weights,
    the same with `_n` with ones: whole numbers in floating point, exact where `<code>_square_…` is
    below `EXACT` and there are fewer pupils than `MOST_PUPILS`. `parts` have `<code>_value`; where
    they are of one stage, `group` may leave it out.
    """
    kinds = weights(variant)
    placed = parts.select(*group, _real("pupils"), *(_placed(code, grid[code]) for code in codes))
    products = placed.select(
        *group,
        "pupils",
        *(f"{code}_v" for code in codes),
        *(each for code in codes for kind in kinds for each in _products(code, kind)),
    )
    return products.group_by(*group).agg(
        nw.len().cast(nw.Int64).alias("parts"),
        nw.col("pupils").sum(),
        *(nw.col(f"{code}_v").count().cast(nw.Int64).alias(f"{code}_known") for code in codes),
        *(nw.col(name).sum() for name in sum_names(codes, kinds)),
    )


def sum_names(codes: Sequence[str], kinds: Sequence[str]) -> list[str]:
    """The sums of all codes."""
    return [
        f"{code}_{what}_{kind}" for code in codes for kind in kinds for what in ("sum", "square")
    ]


def _real(name: str) -> nw.Expr:
    return nw.col(name).cast(nw.Float64).alias(name)


def _placed(code: str, grid: int) -> nw.Expr:
    return (nw.col(f"{code}_value") * nw.lit(2.0**grid)).floor().alias(f"{code}_v")


def _products(code: str, kind: str) -> tuple[nw.Expr, nw.Expr]:
    v = nw.col(f"{code}_v")
    once = nw.col("pupils") * v if kind == "p" else v
    return (
        once.alias(f"{code}_sum_{kind}"),
        (once * v * nw.lit(2.0 ** -SHIFTS[kind])).floor().alias(f"{code}_square_{kind}"),
    )
