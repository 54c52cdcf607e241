"""Whether what was opened is wide facts: columns, keys, amounts within what the forms allow.

One pass over the rows, before anything is computed. It also gives the greatest amounts, from which
it is proved that 64-bit integers hold every product.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

import narwhals as nw
import polars as pl

from junheng.errors import RefusedError
from junheng.indicators.wide import check_columns, read_columns, wide_columns
from junheng.indicators.wide.counting import Counting
from junheng.indicators.wide.merging import ROWS, Frame, as_cents, as_integers
from junheng.registry import school_columns
from junheng.schema import Stage
from junheng.studies.national.engines import Engine

NAMED = ("county", "year", "school_code", "filed")
TEN_THOUSANDS = "万元"
LABELS = {each.name: each.label for each in wide_columns()}


@dataclass(frozen=True)
class Inputs:
    """Rows as integers, and what the first pass over them found."""

    rows: Frame
    counties: pl.DataFrame
    """county, year, rows."""
    maxima: Mapping[str, int]
    """Greatest amount of each column in one row."""


def opened(engine: Engine, paths: Sequence[str]) -> Inputs:
    """Raises MisuseError for other columns, RefusedError for rows that cannot be facts."""
    scanned = engine.scan(paths)
    check_columns(dict(scanned.collect_schema()), "、".join(paths))
    names = [each.name for each in wide_columns()]
    rows = as_integers(scanned.select(*names))
    amounts = [each.name for each in wide_columns() if each.holds in ("count", "hundredths")]
    amounts.remove("year")
    counties = engine.collect(
        rows.group_by("county", "year").agg(nw.len().cast(nw.Int64).alias("rows"))
    )
    seen = engine.collect(_extremes(scanned, amounts)).row(0, named=True)
    found = {name: int(value or 0) for name, value in seen.items()}
    _refuse([*_empty(found), *_twice(engine, rows), *_beyond(found, amounts)])
    maxima = {name: found[f"{name}_max"] for name in amounts}
    return Inputs(rows, counties.sort("county", "year"), maxima)


def _extremes(scanned: Frame, amounts: Sequence[str]) -> Frame:
    """One row: blank names, greatest and least amounts; of the rows as filed, for that is fastest."""
    found = scanned.select(
        *(nw.col(name).is_null().cast(nw.Int64).sum().alias(f"{name}_null") for name in NAMED),
        *(nw.col(name).max().alias(f"{name}_max") for name in amounts),
        *(nw.col(name).min().alias(f"{name}_min") for name in amounts),
    )
    cents = [f"{name}_{which}" for name in amounts if _hundredths(name) for which in ("max", "min")]
    return found.with_columns(as_cents(name) for name in cents)


def _refuse(faults: Sequence[str]) -> None:
    if faults:
        listed = "".join(f"\n  {each}" for each in faults)
        raise RefusedError(f"宽表里有不能评估的内容：{listed}\n请改正后再运行。")


def _empty(found: Mapping[str, int]) -> Iterator[str]:
    for name in NAMED:
        if found[f"{name}_null"]:
            yield f"{name}（{LABELS[name]}）有{found[f'{name}_null']}行是空的"


def _twice(engine: Engine, rows: Frame) -> Iterator[str]:
    listed = rows.group_by("year", "school_code").agg(nw.len().cast(nw.Int64).alias("rows"))
    twice = (
        engine.collect(listed.filter(nw.col("rows") > 1)).drop_nulls().sort("year", "school_code")
    )
    if len(twice):
        year, code, _ = twice.row(0)
        yield (
            f"同一学年有重复的学校，共{len(twice)}所，例如{year}学年的 {code}；同一份数据可能给了两次"
        )


def _beyond(found: Mapping[str, int], amounts: Sequence[str]) -> Iterator[str]:
    for name in amounts:
        least, most, allowed = found[f"{name}_min"], found[f"{name}_max"], _allowed(name)
        if least < 0 or most > allowed:
            worst = least if least < 0 else most
            yield (
                f"{name}（{LABELS[name]}）有 {_shown(name, worst)}，"
                f"应在 0 与 {_shown(name, allowed)} 之间"
            )


def _hundredths(name: str) -> bool:
    return any(each.name == name and each.holds == "hundredths" for each in wide_columns())


def _allowed(name: str) -> int:
    """The declared maximum, as the integer that a row holds."""
    column = school_columns()[name]
    times = (10_000 if column.unit == TEN_THOUSANDS else 1) * (100 if _hundredths(name) else 1)
    return int(Decimal(column.maximum) * times)


def _shown(name: str, amount: int) -> str:
    return f"{Decimal(amount) / 100:f}" if _hundredths(name) else str(amount)


def merged_maxima(inputs: Inputs, most_children: int, counting: Counting) -> dict[str, int]:
    """Bounds on what a part can hold after merging, under the names that measures read."""
    times = 1 + most_children
    found: dict[str, int] = {}
    for name in read_columns():
        column = school_columns()[name]
        bare = name.removesuffix(f"_{column.stage}") if column.stage else name
        found[bare] = max(found.get(bare, 0), inputs.maxima[name] * times)
    pupils = {stage: _pupils(inputs, stage) * times for stage in Stage}
    weighted = {stage: pupils[stage] * counting.weights[stage] for stage in Stage}
    found["pupils"] = max(pupils.values())
    found["weighted_pupils"] = max(weighted.values())
    found["weighted_pupils_school"] = sum(weighted.values())
    return found


def _pupils(inputs: Inputs, stage: Stage) -> int:
    own = inputs.maxima[f"enrolment_{stage}"]
    return max(own, inputs.maxima.get(f"attached_{stage}_enrolment", 0))


__all__ = ["ROWS", "Inputs", "merged_maxima", "opened"]
