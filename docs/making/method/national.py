"""Fixed-point sums of the bulk assessment: the integers of one small county, in any order."""

from collections.abc import Iterator
from fractions import Fraction
from functools import cache
from typing import Any

import narwhals as nw
import polars as pl

from junheng.diagnosis.wide.demanded import Demanded
from junheng.diagnosis.wide.spreads import UNITS_OFF, exact, finished
from junheng.diagnosis.wide.sums import (
    EXACT,
    GROUP,
    MOST_PUPILS,
    PLACE,
    SHIFTS,
    SQUARE_OFF,
    grids,
    summed,
)
from junheng.diagnosis.wide.verdicts import value
from junheng.schema import Stage
from junheng.standards import Switches
from making.grids import grid
from making.method import written
from making.method.cv import sample
from making.method.written import COUNTY, ON, number, valued

YEAR = 2025


@cache
def _demanded() -> Demanded:
    return Demanded.of([COUNTY], ON, scheme="2017-quality", switches=Switches())


def _parts(name: str, stage: str) -> pl.DataFrame:
    """The parts of a worked example as the bulk assessment holds them."""
    columns: dict[str, object] = {}
    for code in _demanded().codes:
        found = sample(name, stage, code)
        columns["pupils"] = list(found.pupils)
        columns[f"{code}_numerator"] = [x.numerator for x in found.values]
        columns[f"{code}_denominator"] = [x.denominator for x in found.values]
    group = {"year": YEAR, "county": COUNTY, "stage": stage}
    return pl.DataFrame(columns).with_columns(pl.lit(each).alias(n) for n, each in group.items())


def _summed(parts: pl.DataFrame) -> pl.DataFrame:
    demanded = _demanded()
    frame = nw.from_native(parts, eager_only=True).with_columns(
        value(code).alias(f"{code}_value") for code in demanded.codes
    )
    return summed(frame, demanded.codes, grids(demanded), demanded.variant).to_native()


def _sums(parts: pl.DataFrame) -> dict[str, int]:
    return {n: v for n, v in _summed(parts).row(0, named=True).items() if n not in GROUP}


def exponents() -> Iterator[str]:
    """k of each indicator, from its greatest limit alone."""
    demanded = _demanded()
    rows = [
        (
            code,
            number(Fraction(demanded.greatest[code], demanded.scales[code])),
            str(k),
            f"{2.0**-k:.3e}",
        )
        for code, k in grids(demanded).items()
    ]
    yield from grid(("指标", "最大的限值", "k", "一格（2⁻ᵏ）"), rows)


def on_the_grid(name: str, stage: str, code: str) -> Iterator[str]:
    """Each value on the grid, and what it adds to the two sums."""
    found, k = sample(name, stage, code), grids(_demanded())[code]
    rows = []
    for x, pupils in zip(found.values, found.pupils, strict=True):
        v = x.numerator * 2**k // x.denominator
        square = pupils * v * v >> SHIFTS["p"]
        rows.append((valued(x), f"{v:,}", f"{pupils}", f"{pupils * v:,}", f"{square:,}"))
    held = _sums(_parts(name, stage))
    by_hand = sum(
        p * (x.numerator * 2**k // x.denominator)
        for x, p in zip(found.values, found.pupils, strict=True)
    )
    assert held[f"{code}_sum_p"] == by_hand, "the page halves as the engine does"
    yield from grid(("X", f"v ＝ ⌊X·2^{k}⌋", "学生数 p", "pv", f"⌊pv²·2^−{SHIFTS['p']}⌋"), rows)


def sums(name: str, stage: str, code: str) -> Iterator[str]:
    """The sums, as they stand and with the rows turned round and cut into two."""
    parts = _parts(name, stage)
    straight, turned = _sums(parts), _sums(parts.reverse())
    first, second = (_sums(half) for half in (parts.head(2), parts.tail(len(parts) - 2)))
    names = {"sum": "Σpv", "square": f"Σ⌊pv²·2^−{SHIFTS['p']}⌋"}
    rows = []
    for what, label in names.items():
        key = f"{code}_{what}_p"
        assert straight[key] == turned[key] == first[key] + second[key]
        rows.append(
            (
                label,
                *(f"{each[key]:,.0f}" for each in (straight, turned)),
                f"{first[key]:,.0f} ＋ {second[key]:,.0f}",
            )
        )
    yield from grid(("和", "原来的次序", "倒过来", "分给两个线程再相加"), rows)


def judged(name: str, stage: str, code: str) -> Iterator[str]:
    """What the sums come to, the margin, and whether exact fractions had to decide."""
    demanded, parts = _demanded(), _parts(name, stage)
    row = _finished(parts, code)
    limit = demanded.spread_limit(COUNTY, Stage(stage))
    units = row["mean"] * 2 ** grids(demanded)[code]
    pupils, schools = int(parts["pupils"].sum()), len(parts)
    rough = SQUARE_OFF * schools * 2 ** SHIFTS["p"] / pupils
    margin = (8 * UNITS_OFF * (1 + row["cv"]) + rough / (row["cv"] * units)) / units
    decided = row["verdict"]
    if row["unsure"]:
        (decided,) = exact(pl.DataFrame([row]), parts, demanded)["verdict"]
    assert decided == written.spread(name, stage, code).verdict
    yield from grid(
        ("项目", "数"),
        (
            ("CV（由整数的和算出）", f"{row['cv']:.12f}"),
            ("离限值", f"{abs(row['cv'] - float(limit)):.3e}"),
            ("误差的上界", f"{margin:.3e}"),
            ("要不要精确分数", "要" if row["unsure"] else "不要"),
            ("结论", f"**{decided}**"),
        ),
    )


def _finished(parts: pl.DataFrame, code: str) -> dict[str, Any]:
    demanded, sums_ = _demanded(), _summed(parts)
    missing = sums_.select(*GROUP, missing=pl.lit(0, pl.Int64))
    table = finished(sums_, missing, demanded, grids(demanded))
    return table.filter(indicator=code).row(0, named=True)


def constants() -> Iterator[str]:
    most = EXACT.bit_length() - 1
    mixed = 2 ** (most + 1 + SHIFTS["p"]) * MOST_PUPILS
    assert mixed <= EXACT**2, "Σpv, by Cauchy and Schwarz"
    yield (
        f"限值放在 2^{PLACE} 附近，s ＝ {SHIFTS['p']}（不按学生数加权的 {SHIFTS['n']}）；"
        f"一个县一个学段的学生少于 {MOST_PUPILS:,} 人。双精度数在 2^{most} 以内的整数是精确的："
        f"第二个和的各项都不是负的，算出来小于 2^{most}，就一次也没有舍入；"
        f"由它和学生数，第一个和也小于 2^{most}（柯西—施瓦茨不等式）"
    )
