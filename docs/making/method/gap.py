"""Gaps in natural units, and the ways to reach the rule."""

from collections.abc import Iterator
from math import ceil

from junheng.indicators import CATALOGUE
from making.grids import grid
from making.method import written
from making.method.written import number, standard, valued


def steps(name: str, school: str, stage: str, code: str) -> Iterator[str]:
    """From the shortfall to whole units; the slope is the indicator's own, one unit more."""
    part = written.part(name, school, stage)
    judged, each = part.of(code), CATALOGUE[code]
    assert judged.value is not None
    assert judged.gap is not None
    pupils = dict(next(s for s in written.example(name).school if s.code == school).pupils)
    weights = standard().weights
    whole = sum(n * weights[s] for s in weights for n in (pupils.get(s.value, 0),))
    share = part.pupils * weights[part.stage] / whole if each.shared else 1
    slope = share * each.ratio.per / part.pupils
    lacking = judged.limit - judged.value
    units = lacking / slope / each.step
    assert ceil(units) * each.step == judged.gap.to_limit, "the page steps as the engine does"
    rows = (
        ("差多少", f"{number(judged.limit)} − {number(judged.value)} ＝ {valued(lacking)} {each.unit}"),
        ("全校多一个自然单位，指标提高", f"{valued(slope, 8)} {each.unit}"),
        (f"折成最小单位（{number(each.step)} {each.gap_unit}）", valued(units)),
        ("向上取整", f"{ceil(units):,} 个最小单位 ＝ **{number(judged.gap.to_limit)} {each.gap_unit}**"),
    )  # fmt: skip
    yield from grid(("步骤", "数"), rows)


def ways(name: str, school: str, stage: str) -> Iterator[str]:
    """The ways of one part: what may stay at the floor, and what must then be added."""
    rows = [
        (
            each.stays,
            "；".join(
                f"{code} 增加 {number(amount)} {unit}" for code, amount, unit in each.additions
            )
            or "不必增加",
        )
        for each in written.part(name, school, stage).ways
    ]
    yield from grid(("可以停在底线的一项", "须增加的"), rows)
