"""Stage parts against their limits, by cross-multiplication: `diagnosis.parts` as expressions.

With value = N / D, limit = l / q and one step more adding s to N:

    met           l·D − q·N ≤ 0
    above floor   f·D − q·N ≤ 0
    gap           ⌈(l·D − q·N) / (q·s)⌉ steps, 0 where it is met

Which integer type holds the products is decided by their bounds before anything is computed.
"""

from collections.abc import Mapping, Sequence
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
    """The parts with `<code>_numerator`, `<code>_denominator` and `<code>_step`."""
    return parts.select(
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


def judged(parts: Frame, stage: Stage, demanded: Demanded) -> Frame:
    """Measured parts of a stage, limits beside them, with verdicts, gaps and the school rule."""
    codes = demanded.codes
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
                value(code).alias(f"{code}_value"),
                _gap(f"{code}_short", code, demanded).alias(f"{code}_gap"),
                _gap(f"{code}_deep", code, demanded).alias(f"{code}_gap_to_floor"),
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


def _gap(short: str, code: str, demanded: Demanded) -> nw.Expr:
    """⌈a / b⌉ without integer division, which not every engine has.

    The floating quotient is off by less than 3/8 below 2**50, so its floor t is ⌈a/b⌉, one or two
    less; what is left of a after t steps says which.
    """
    lacking = nw.col(short)
    one = nw.col(f"{code}_step") * demanded.scales[code]
    tried = (lacking.cast(nw.Float64) / one.cast(nw.Float64)).floor().cast(nw.Int64)
    left = lacking - one * tried
    steps = tried + (left > 0).cast(nw.Int64) + (left > one).cast(nw.Int64)
    return nw.when(lacking <= 0).then(nw.lit(0).cast(nw.Int64)).otherwise(steps)


def _count(codes: Sequence[str], suffix: str, *, wanted: bool) -> nw.Expr:
    flags = ((nw.col(f"{code}_{suffix}") == wanted).fill_null(value=False) for code in codes)
    return reduce(add, (flag.cast(nw.Int64) for flag in flags))


def _rule(codes: Sequence[str], needed: nw.Expr) -> nw.Expr:
    """`parts._school_rule`: decided as soon as missing values cannot turn it."""
    failed = _count(codes, "met", wanted=False)
    deep = _count(codes, "above_floor", wanted=False)
    blank = reduce(or_, (nw.col(f"{code}_met").is_null() for code in codes))
    fails = (nw.lit(len(codes)) - failed < needed) | (deep > 0)
    open_ = nw.when(blank).then(nw.lit(Verdict.NO_DATA.value))
    decided = open_.otherwise(nw.lit(Verdict.PASS.value))
    return nw.when(fails).then(nw.lit(Verdict.FAIL.value)).otherwise(decided).alias("verdict")


def _met(codes: Sequence[str]) -> nw.Expr:
    return _count(codes, "met", wanted=True).alias("met")
