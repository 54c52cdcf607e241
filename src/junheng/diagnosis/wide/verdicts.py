"""Stage parts against their limits, by cross-multiplication: `diagnosis.parts` as expressions.

With value = N / D, limit = l / q and one step more adding s to N:

    met           l·D − q·N ≤ 0
    above floor   f·D − q·N ≤ 0
    gap           ⌈(l·D − q·N) / (q·s)⌉ steps, 0 where it is met

Which integer type holds the products is decided by their bounds before anything is computed.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import reduce
from operator import add, or_

import narwhals as nw
from narwhals.typing import IntoDType

from junheng.diagnosis.verdict import Verdict
from junheng.diagnosis.wide.demanded import Demanded
from junheng.indicators import CATALOGUE
from junheng.indicators.measuring import denominator, numerator
from junheng.indicators.wide.bounds import INT64, greatest_ratio, one_step
from junheng.indicators.wide.merging import ROWS, Frame
from junheng.indicators.wide.parts import IDENTITY
from junheng.schema import Stage

KEPT = (*IDENTITY, "combined", ROWS, "pupils")


def fitting(demanded: Demanded, maxima: Mapping[str, int], wide: IntoDType) -> IntoDType:
    """64-bit integers where every product provably fits them, else the widest of the engine."""
    for code in demanded.codes:
        above, below = greatest_ratio(CATALOGUE[code], maxima)
        short = demanded.greatest[code] * below + demanded.scales[code] * above
        step, _ = greatest_ratio(one_step(code), maxima)
        if short + 2 * demanded.scales[code] * step > INT64:
            return wide
    return nw.Int64()


def measured(parts: Frame, codes: Sequence[str], whole: IntoDType) -> Frame:
    """The parts with `<code>_numerator`, `<code>_denominator`, `<code>_value` and `<code>_step`."""
    whole_numbers = parts.select(
        *KEPT,
        "stage",
        *(
            expression
            for code in codes
            for expression in (
                numerator(CATALOGUE[code], whole).alias(f"{code}_numerator"),
                denominator(CATALOGUE[code], whole).alias(f"{code}_denominator"),
                numerator(one_step(code), whole).alias(f"{code}_step"),
            )
        ),
    )
    return whole_numbers.with_columns(value(code).alias(f"{code}_value") for code in codes)


def judged(parts: Frame, stage: Stage, demanded: Demanded, *, divides: bool) -> Frame:
    """Measured parts of a stage, limits beside them, with verdicts, gaps and the school rule.

    `divides`: whether // of the engine's whole numbers is the floor of their exact quotient.
    """
    codes = demanded.codes
    steps = _divided if divides else _tried
    compared = parts.with_columns(
        *(_short(code, "limit", stage, demanded).alias(f"{code}_short") for code in codes),
        *(_short(code, "floor", stage, demanded).alias(f"{code}_deep") for code in codes),
    )
    known = compared.with_columns(
        *(
            expression
            for code in codes
            for expression in (
                (nw.col(f"{code}_short") <= 0).alias(f"{code}_met"),
                (nw.col(f"{code}_deep") <= 0).alias(f"{code}_above_floor"),
                _gap(f"{code}_short", code, demanded, steps).alias(f"{code}_gap"),
                _gap(f"{code}_deep", code, demanded, steps).alias(f"{code}_gap_to_floor"),
            )
        )
    )
    return known.with_columns(_rule(codes, demanded.number("needed", stage)), _met(codes))


def value(code: str) -> nw.Expr:
    """The value in floating point: each step is rounded once, so every engine gets the same bits."""
    above, below = nw.col(f"{code}_numerator"), nw.col(f"{code}_denominator")
    return above.cast(nw.Float64) / below.cast(nw.Float64)


def _short(code: str, line: str, stage: Stage, demanded: Demanded) -> nw.Expr:
    """How far N falls short of the limit or floor: l·D − q·N."""
    below = nw.col(f"{code}_denominator") * demanded.number(f"{code}_{line}", stage)
    return below - nw.col(f"{code}_numerator") * demanded.scales[code]


Steps = Callable[[nw.Expr, nw.Expr], nw.Expr]
"""⌈a / b⌉ of whole numbers, a and b above 0."""


def _gap(short: str, code: str, demanded: Demanded, steps: Steps) -> nw.Expr:
    lacking = nw.col(short)
    found = steps(lacking, nw.col(f"{code}_step") * demanded.scales[code])
    return nw.when(lacking <= 0).then(nw.lit(0).cast(nw.Int64)).otherwise(found)


def _divided(lacking: nw.Expr, one: nw.Expr) -> nw.Expr:
    return ((lacking + one - 1) // one).cast(nw.Int64)


def _tried(lacking: nw.Expr, one: nw.Expr) -> nw.Expr:
    """Without integer division, which not every engine has.

    The floating quotient is off by less than 3/8 below 2**50, so that rounded to the nearest whole
    number it is ⌈a/b⌉ or one less: what is left of a after so many steps says which.
    """
    tried = (lacking.cast(nw.Float64) / one.cast(nw.Float64)).round(0).cast(nw.Int64)
    return tried + (lacking > one * tried).cast(nw.Int64)


def _are(codes: Sequence[str], suffix: str, *, wanted: bool) -> Iterator[nw.Expr]:
    for code in codes:
        flag = nw.col(f"{code}_{suffix}")
        yield (flag if wanted else ~flag).fill_null(value=False)


def _count(codes: Sequence[str], suffix: str, *, wanted: bool) -> nw.Expr:
    return reduce(add, (each.cast(nw.Int8) for each in _are(codes, suffix, wanted=wanted)))


def _rule(codes: Sequence[str], needed: nw.Expr) -> nw.Expr:
    """`parts._school_rule`: decided as soon as missing values cannot turn it."""
    failed = _count(codes, "met", wanted=False)
    deep = reduce(or_, _are(codes, "above_floor", wanted=False))
    blank = reduce(or_, (nw.col(f"{code}_met").is_null() for code in codes))
    fails = (nw.lit(len(codes)) - failed.cast(nw.Int64) < needed) | deep
    open_ = nw.when(blank).then(nw.lit(Verdict.NO_DATA.value))
    decided = open_.otherwise(nw.lit(Verdict.PASS.value))
    return nw.when(fails).then(nw.lit(Verdict.FAIL.value)).otherwise(decided).alias("verdict")


def _met(codes: Sequence[str]) -> nw.Expr:
    return _count(codes, "met", wanted=True).cast(nw.Int64).alias("met")
