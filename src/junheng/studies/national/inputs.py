"""Whether what was opened is wide facts: columns, keys, amounts within what the forms allow.

The rows of a portion are looked at before anything of it is computed. That also gives the greatest
amounts, from which it is proved that 64-bit integers hold every product.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cache

import narwhals as nw
import polars as pl

from junheng.errors import RefusedError
from junheng.indicators.wide import check_columns, read_columns, wide_columns
from junheng.indicators.wide.counting import Counting
from junheng.indicators.wide.merging import ROWS, Frame, in_hundredths, most_of_one_parent
from junheng.registry import school_columns
from junheng.schema import Stage
from junheng.studies.national.engines import Engine
from junheng.studies.national.steps import Steps

NAMED = ("county", "year", "school_code", "filed")
KEY = ["year", "school_code"]
NOTHING_TWICE = pl.DataFrame(schema={"year": pl.Int64(), "school_code": pl.String()})
LEAST, MOST = -(2**63), 2**63 - 1
"""What 64 bits hold."""
ALL, DIFFERENT = "rows", "codes"
TEN_THOUSANDS = "万元"
LABELS = {each.name: each.label for each in wide_columns()}


@dataclass(frozen=True)
class Inputs:
    """The rows as they stand in the files, and of which counties and years they are."""

    scanned: Frame
    counties: pl.DataFrame
    """county, year, rows."""


@dataclass(frozen=True)
class Seen:
    """What stands in some rows."""

    found: Mapping[str, int]
    """`<column>_null` blank cells, `<column>_max` and `<column>_min` amounts in one row."""
    twice: pl.DataFrame
    """year and school_code of the schools that occur more than once."""
    most: int = 0
    """Most rows that merge into one parent."""

    def faults(self) -> list[str]:
        """Why the rows cannot be facts, in sentences; empty where they can."""
        return [*_empty(self.found), *_repeated(self.twice), *_beyond(self.found)]


def opened(engine: Engine, paths: Sequence[str]) -> Inputs:
    """Raises MisuseError for other columns, RefusedError for rows without a county or year.

    RefusedError as well, for everything at once, where a count is beyond 64 bits.
    """
    every = engine.scan(paths)
    check_columns(dict(every.collect_schema()), "、".join(paths))
    scanned = every.select(*(each.name for each in wide_columns()))
    pieces = engine.counted(
        scanned,
        lambda rows: rows.group_by("county", _year()).agg(nw.len().cast(nw.Int64).alias("rows")),
    )
    counties = pieces.group_by("county", "year").agg(pl.col("rows").sum())
    blank = counties.select("county", "year").null_count().sum_horizontal().item()
    if blank or _beyond_64_bits(engine, scanned):
        steps = engine.steps()
        rows = steps.source(scanned)
        refuse([seen(steps, rows.with_columns(in_hundredths(rows)), several=True)])
    return Inputs(scanned, counties.sort("county", "year"))


def _beyond_64_bits(engine: Engine, scanned: Frame) -> bool:
    """Whether a count is too large to be computed with; few types of whole numbers hold one."""
    kinds = scanned.collect_schema()
    large = [name for name in _amounts() if kinds[name] in (nw.UInt64, nw.Int128, nw.UInt128)]
    if not large:
        return False
    both = scanned.select(
        *(nw.col(name).max().alias(f"{name}_max") for name in large),
        *(nw.col(name).min().alias(f"{name}_min") for name in large),
    )
    found = engine.collect(both).row(0)
    return any(each is not None and not LEAST <= each <= MOST for each in found)


def seen(steps: Steps, rows: Frame, few: Frame | None = None, *, several: bool) -> Seen:
    """What stands in the rows of a portion, amounts in hundredths; `few` are those that merge.

    `several`: whether they may be of several years. In a single year as many different codes as
    rows say that nothing occurs twice, which is found far faster than what does.
    """
    name = "extremes" if several else "extremes of a year"
    row = steps.collect(name, lambda: _extremes(rows, several=several)).row(0, named=True)
    found = {name: int(value or 0) for name, value in row.items()}
    twice = NOTHING_TWICE
    if several or found.pop(DIFFERENT) < found.pop(ALL):
        twice = steps.collect("twice", lambda: _twice(rows)).drop_nulls().select(KEY)
    most = None
    if few is not None:
        most = steps.collect("most merged", lambda: most_of_one_parent(few))[ROWS].to_list()[0]
    return Seen(found, twice, most or 0)


def refuse(all_seen: Sequence[Seen]) -> None:
    """Raises RefusedError that names everything that cannot be."""
    found = {name: [each.found[name] for each in all_seen] for name in all_seen[0].found}
    whole = {
        name: sum(each) if name.endswith("_null") else (min if name.endswith("_min") else max)(each)
        for name, each in found.items()
    }
    if faults := Seen(whole, pl.concat(each.twice for each in all_seen)).faults():
        listed = "".join(f"\n  {each}" for each in faults)
        raise RefusedError(f"宽表里有不能评估的内容：{listed}\n请改正后再运行。")


def _year() -> nw.Expr:
    return nw.col("year").cast(nw.Int64).alias("year")


@cache
def _amounts() -> tuple[str, ...]:
    held = (each.name for each in wide_columns() if each.holds in ("count", "hundredths"))
    return tuple(name for name in held if name != "year")


def _extremes(rows: Frame, *, several: bool) -> Frame:
    """One row: blank names, greatest and least amounts; rows and different codes of a single year."""
    names = _amounts()
    counted = (
        nw.len().cast(nw.Int64).alias(ALL),
        nw.col("school_code").n_unique().cast(nw.Int64).alias(DIFFERENT),
    )
    return rows.select(
        *(() if several else counted),
        *(nw.col(name).is_null().cast(nw.Int64).sum().alias(f"{name}_null") for name in NAMED),
        *(nw.col(name).max().alias(f"{name}_max") for name in names),
        *(nw.col(name).min().alias(f"{name}_min") for name in names),
    )


def _twice(rows: Frame) -> Frame:
    counted = rows.group_by(_year(), "school_code").agg(nw.len().cast(nw.Int64).alias("rows"))
    return counted.filter(nw.col("rows") > 1)


def _empty(found: Mapping[str, int]) -> Iterator[str]:
    for name in NAMED:
        if found[f"{name}_null"]:
            yield f"{name}（{LABELS[name]}）有{found[f'{name}_null']}行是空的"


def _repeated(twice: pl.DataFrame) -> Iterator[str]:
    if len(twice):
        year, code = twice.sort(KEY).row(0)
        yield (
            f"同一学年有重复的学校，共{len(twice)}所，例如{year}学年的 {code}；同一份数据可能给了两次"
        )


def _beyond(found: Mapping[str, int]) -> Iterator[str]:
    for name in _amounts():
        least, most, allowed = found[f"{name}_min"], found[f"{name}_max"], _allowed(name)
        if least < 0 or most > allowed:
            worst = least if least < 0 else most
            yield (
                f"{name}（{LABELS[name]}）有 {_shown(name, worst)}，"
                f"应在 0 与 {_shown(name, allowed)} 之间"
            )


def _hundredths(name: str) -> bool:
    return any(each.name == name and each.holds == "hundredths" for each in wide_columns())


@cache
def _allowed(name: str) -> int:
    """The declared maximum, as the integer that a row holds."""
    column = school_columns()[name]
    times = (10_000 if column.unit == TEN_THOUSANDS else 1) * (100 if _hundredths(name) else 1)
    return int(Decimal(column.maximum) * times)


def _shown(name: str, amount: int) -> str:
    return f"{Decimal(amount) / 100:f}" if _hundredths(name) else str(amount)


def merged_maxima(rows: Seen, counting: Counting) -> dict[str, int]:
    """Bounds on what a part can hold after merging, under the names that measures read."""
    times = 1 + rows.most
    found: dict[str, int] = {}
    for name in read_columns():
        column = school_columns()[name]
        bare = name.removesuffix(f"_{column.stage}") if column.stage else name
        found[bare] = max(found.get(bare, 0), rows.found[f"{name}_max"] * times)
    pupils = {stage: _pupils(rows, stage) * times for stage in Stage}
    weighted = {stage: pupils[stage] * counting.weights[stage] for stage in Stage}
    found["pupils"] = max(pupils.values())
    found["weighted_pupils"] = max(weighted.values())
    found["weighted_pupils_school"] = sum(weighted.values())
    return found


def _pupils(rows: Seen, stage: Stage) -> int:
    own = rows.found[f"enrolment_{stage}_max"]
    return max(own, rows.found.get(f"attached_{stage}_enrolment_max", 0))
