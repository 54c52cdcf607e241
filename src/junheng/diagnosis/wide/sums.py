"""The sums from which every coefficient of variation follows, in integers, so that order is nothing.

A value X becomes v = ⌊X·2^k⌋ on a grid of 2^-k that puts the limit of its indicator near 2^30
(k depends on the indicator alone). v is held as high·2^20 + low, both below 2^20, so that with
p pupils (or 1) for each part

    Σ p·v,  Σ p·high²,  Σ p·high·low,  Σ p·low²

stay below 2^40·Σp and fit 64 bits on every engine as long as a county has fewer than 2^22 pupils
at a stage. A part whose value is 2^10 times the limit or more does not fit the grid; its county is
told (`off_grid`) and decided by exact fractions, as is one with more pupils.
"""

from collections.abc import Mapping, Sequence
from fractions import Fraction

import narwhals as nw

from junheng.diagnosis.wide.demanded import Demanded
from junheng.diagnosis.wide.verdicts import value
from junheng.indicators import VARIANTS
from junheng.indicators.wide.merging import Frame

HALF = 20
"""Bits of `high` and of `low`."""
PLACE = 30
"""Bits of the limit on the grid."""
MOST_PUPILS = 2**22
GROUP = ("year", "county", "stage")


def grids(demanded: Demanded) -> Mapping[str, int]:
    """k for each indicator: 2^k times its greatest limit lies between 2^29 and 2^30."""
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
    with pupils as weights, and the same with `_n` with ones.
    """
    on_grid = parts.select(
        *GROUP,
        "pupils",
        *((value(code) * nw.lit(float(2 ** grid[code]))).alias(f"{code}_grid") for code in codes),
    )
    split = on_grid.select(
        *GROUP, "pupils", *(each for code in codes for each in _split(code)), _off(codes)
    )
    kinds = weights(variant)
    products = split.select(
        *GROUP,
        "pupils",
        "off_grid",
        *(f"{code}_low" for code in codes),
        *(each for code in codes for kind in kinds for each in _products(code, kind)),
    )
    grouped = products.group_by(*GROUP).agg(
        nw.len().alias("parts"),
        nw.col("pupils").sum().alias("pupils"),
        nw.col("off_grid").sum().alias("off_grid"),
        *(nw.col(f"{code}_low").count().alias(f"{code}_known") for code in codes),
        *(nw.col(name).sum().alias(name) for name in sum_names(codes, kinds)),
    )
    names = [n for n in grouped.collect_schema().names() if n not in GROUP]
    return grouped.select(*GROUP, *(nw.col(name).cast(nw.Int64).alias(name) for name in names))


def sum_names(codes: Sequence[str], kinds: Sequence[str]) -> list[str]:
    return [
        f"{code}_{what}_{kind}"
        for code in codes
        for kind in kinds
        for what in ("sum", "hh", "hl", "ll")
    ]


def _split(code: str) -> list[nw.Expr]:
    found = nw.col(f"{code}_grid")
    held = nw.when(_fits(code)).then(found).otherwise(nw.when(~found.is_null()).then(nw.lit(0.0)))
    high = (held * nw.lit(1 / 2**HALF)).floor().cast(nw.Int64)
    low = held.floor().cast(nw.Int64) - high * 2**HALF
    return [high.alias(f"{code}_high"), low.alias(f"{code}_low")]


def _fits(code: str) -> nw.Expr:
    edge = float(2 ** (2 * HALF))
    return (nw.col(f"{code}_grid") < edge) & (nw.col(f"{code}_grid") > -edge)


def _off(codes: Sequence[str]) -> nw.Expr:
    off = [(~_fits(code)).fill_null(value=False) for code in codes]
    return nw.any_horizontal(*off, ignore_nulls=True).cast(nw.Int64).alias("off_grid")


def _products(code: str, kind: str) -> list[nw.Expr]:
    high, low = nw.col(f"{code}_high"), nw.col(f"{code}_low")
    one = nw.col("pupils") if kind == "p" else nw.lit(1).cast(nw.Int64)
    return [
        (one * (high * 2**HALF + low)).alias(f"{code}_sum_{kind}"),
        (one * high * high).alias(f"{code}_hh_{kind}"),
        (one * high * low).alias(f"{code}_hl_{kind}"),
        (one * low * low).alias(f"{code}_ll_{kind}"),
    ]
