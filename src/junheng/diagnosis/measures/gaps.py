"""Gaps between schools: the squared CV of every indicator by stage, exact (articles 1 and 11)."""

from collections.abc import Iterator
from fractions import Fraction

import polars as pl

from junheng.diagnosis.measures.registry import County, measure
from junheng.diagnosis.parts import measured
from junheng.diagnosis.points import Point
from junheng.indicators import Sample, build_parts, moments


@measure("school_gaps")
def school_gaps(county: County) -> Iterator[Point]:
    """CV² by stage and indicator, in the scheme's variant: a smaller square is a smaller CV."""
    standard = county.standard
    # counties under the same documents have the same parts, whichever of them asks
    rules = tuple((code, each.document.name) for code, each in standard.demands.items())
    parts = county.once(("parts", rules), lambda: build_parts(county.facts, standard))
    rows = measured(parts.frame.filter(pl.col("county") == county.place), standard.indicators)
    missing = {s for m in parts.missing if m.county == county.place for s in m.stages}
    found = {}
    for stage in standard.stages:
        if stage in missing:
            continue
        own = [row for row in rows if row.stage is stage]
        for code in standard.indicators:
            values = [row.value(code) for row in own]
            known = tuple(value for value in values if value is not None)
            if own and len(known) == len(values):
                sample = Sample(known, tuple(row.row["pupils"] for row in own))
                square = _square(sample, standard.variant)
                if square is not None:
                    found[f"{stage.label}{code}"] = square
    if found:
        yield Point(county.counted_on, None, county.source, parts=found)
    else:
        yield county.nothing("有学校缺报或缺数据，差异系数不能计算")


def _square(sample: Sample, variant: str) -> Fraction | None:
    exact = moments(sample, variant)
    if exact.total == 0:
        return None
    return Fraction(exact.variance, exact.divisor * exact.total**2)
