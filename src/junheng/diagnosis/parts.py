"""Judging stage parts: each indicator against its limit, and the school rule over them.

A verdict is a comparison of fractions, that is, a cross-multiplication of exact numbers.
"""

from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from math import ceil
from typing import Any

import polars as pl

from junheng.diagnosis.nouns import Gap, PartIndicator, PartVerdict, Way
from junheng.diagnosis.verdict import Verdict
from junheng.freezing import frozen
from junheng.indicators import CATALOGUE, Indicator, measure
from junheng.schema import Stage
from junheng.standards import Standard

Row = Mapping[str, Any]


@frozen
class Measured:
    """A part with the values of its indicators, and what one more natural unit adds to each."""

    row: Row
    ratios: Mapping[str, tuple[int, int] | None]
    slopes: Mapping[str, Fraction | None]

    @property
    def stage(self) -> Stage:
        return Stage(self.row["stage"])

    def value(self, indicator: str) -> Fraction | None:
        ratio = self.ratios[indicator]
        return None if ratio is None else Fraction(*ratio)


def measured(frame: pl.DataFrame, codes: Sequence[str]) -> list[Measured]:
    """The parts measured by the catalogue, once as filed and once with one natural unit more."""
    base = _ratios(frame, codes)
    leading = {code: next(CATALOGUE[code].ratio.numerator.columns()) for code in codes}
    scales = {leading[code]: CATALOGUE[code].ratio.numerator.scale for code in codes}
    more = _ratios(frame.with_columns(pl.col(c) + scale for c, scale in scales.items()), codes)
    rows = frame.iter_rows(named=True)
    return [Measured(row, b, _slopes(b, m)) for row, b, m in zip(rows, base, more, strict=True)]


def _ratios(frame: pl.DataFrame, codes: Sequence[str]) -> list[dict[str, tuple[int, int] | None]]:
    table = measure(frame, codes)
    assert isinstance(table, pl.DataFrame), "measure returns the frame type it was given"
    found = []
    for row in table.iter_rows(named=True):
        pairs = {code: (row[f"{code}_numerator"], row[f"{code}_denominator"]) for code in codes}
        found.append({code: pair if None not in pair else None for code, pair in pairs.items()})
    return found


def _slopes(
    base: Mapping[str, tuple[int, int] | None], more: Mapping[str, tuple[int, int] | None]
) -> dict[str, Fraction | None]:
    found: dict[str, Fraction | None] = {}
    for code, ratio in base.items():
        found[code] = None
        if ratio is not None:
            other = more[code]
            assert other is not None, "one unit more of a known value is known"
            found[code] = Fraction(*other) - Fraction(*ratio)
    return found


def judge_part(part: Measured, standard: Standard) -> PartVerdict:
    """The part's indicators and its verdict under the school rule."""
    judged = tuple(_judge(CATALOGUE[code], part, standard) for code in standard.indicators)
    row = part.row
    return PartVerdict(
        county=row["county"],
        school_code=row["school_code"],
        school_name=row["school_name"],
        school_type=row["school_type"],
        ownership=row["ownership"],
        urban_rural_code=row["urban_rural_code"],
        stage=part.stage,
        combined=row["combined"],
        merged=row["merged"],
        pupils=row["pupils"],
        verdict=_school_rule(judged, standard.needed),
        near=_near(judged, standard),
        met=sum(each.verdict is Verdict.PASS for each in judged),
        indicators=judged,
        ways=tuple(_ways(judged, standard.needed)),
    )


def _judge(each: Indicator, part: Measured, standard: Standard) -> PartIndicator:
    limit, floor = standard.limit(each.code, part.stage), standard.floor(each.code, part.stage)
    ratio, value, slope = part.ratios[each.code], part.value(each.code), part.slopes[each.code]
    numerator, denominator = ratio or (None, None)
    numbers = each.formula_of(part.row)
    if value is None:
        return PartIndicator(
            each.code, None, None, None, limit, floor, Verdict.NO_DATA, None, False, None, numbers
        )
    assert slope is not None, "a part with a value has a slope"
    return PartIndicator(
        indicator=each.code,
        numerator=numerator,
        denominator=denominator,
        value=value,
        limit=limit,
        floor=floor,
        verdict=Verdict.PASS if value >= limit else Verdict.FAIL,
        above_floor=value >= floor,
        near=abs(value - limit) < standard.near_margin * limit,
        gap=Gap(
            _lacking(limit - value, slope, each.step),
            _lacking(floor - value, slope, each.step),
            each.gap_unit,
        ),
        numbers=numbers,
    )


def _lacking(shortfall: Fraction, slope: Fraction, step: Fraction) -> Fraction:
    """Least whole number of steps that makes up the shortfall."""
    return max(Fraction(0), ceil(shortfall / slope / step) * step)


def _school_rule(judged: Sequence[PartIndicator], needed: int) -> Verdict:
    """k of n met and every other at the floor: decided as soon as missing values cannot turn it."""
    failed = [each for each in judged if each.verdict is Verdict.FAIL]
    if len(judged) - len(failed) < needed or any(not each.above_floor for each in failed):
        return Verdict.FAIL
    return (
        Verdict.NO_DATA if any(each.verdict is Verdict.NO_DATA for each in judged) else Verdict.PASS
    )


def _near(judged: Sequence[PartIndicator], standard: Standard) -> bool:
    """Whether values within the margin of their limits, taken the other way, turn the part's verdict."""
    verdict = _school_rule(judged, standard.needed)
    if verdict is Verdict.NO_DATA:
        return False
    margin = standard.near_margin
    turned_met = 0
    floors_broken = False
    for each in judged:
        value = each.value
        assert value is not None or verdict is Verdict.FAIL, (
            "a part with a missing value passes nothing"
        )
        if value is None:
            continue
        shift = margin if verdict is Verdict.FAIL else -margin
        shifted = value + shift * each.limit
        turned_met += shifted >= each.limit
        floors_broken |= shifted < each.floor
    turned = turned_met >= standard.needed and not floors_broken
    return turned is not (verdict is Verdict.PASS)


def _ways(judged: Sequence[PartIndicator], needed: int) -> Iterator[Way]:
    """For each failing indicator that may stay at the floor: everything that must then be added."""
    failing = [each for each in judged if each.verdict is Verdict.FAIL]
    for stays in failing if len(judged) > needed else ():
        additions = []
        for each in failing:
            assert each.gap is not None
            amount = each.gap.to_floor if each is stays else each.gap.to_limit
            if amount:
                additions.append((each.indicator, amount, each.gap.unit))
        yield Way(stays.indicator, tuple(additions))
