"""School-years by the million against L1–L7: values, verdicts, gaps, shares, CVs, counties.

Nothing of L1–L7 crosses a year, so an engine may take the rows in portions of whole years. A
portion is read for the sums of the CVs and for the parts, which then stand beside their county's
means. What merges (不计校数) is held.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property

import narwhals as nw
import polars as pl
from narwhals.typing import IntoDType

from junheng.diagnosis.wide.counties import county_verdicts
from junheng.diagnosis.wide.demanded import Demanded
from junheng.diagnosis.wide.shares import beside, shared
from junheng.diagnosis.wide.spreads import exact, finished
from junheng.diagnosis.wide.sums import GROUP, grids, summed
from junheng.diagnosis.wide.verdicts import fitting, judged, measured
from junheng.indicators.wide.merging import (
    ROWS,
    Frame,
    children,
    merging,
    most_of_one_parent,
    parents,
    schools,
    taken_in,
)
from junheng.indicators.wide.parts import missing, stage_parts
from junheng.schema import Stage
from junheng.standards import Switches
from junheng.studies.national.engines import Engine
from junheng.studies.national.inputs import Inputs, merged_maxima, opened
from junheng.studies.national.tables import part_columns, school_rows


@dataclass(frozen=True)
class Bulk:
    """One bulk assessment under way on one engine."""

    engine: Engine
    inputs: Inputs
    demanded: Demanded
    whole: IntoDType
    """The integer type that holds every product."""

    @cached_property
    def portions(self) -> Sequence[tuple[Collection[int], Frame]]:
        """Years and their rows, in portions of whole years."""
        years = dict(self.inputs.counties.group_by("year").agg(pl.col("rows").sum()).iter_rows())
        return self.engine.portions(self.inputs.rows, years)

    def portion(self, years: Collection[int], unread: Frame) -> "Portion":
        """One of the portions, read."""
        rows = self.engine.keep(unread)
        few = self.engine.hold(merging(rows, self.demanded.counting))
        added = self.engine.hold(children(few))
        taking = self.engine.hold(parents(rows, added, self.demanded.counting))
        named = self.inputs.counties.filter(pl.col("year").is_in([*years]))
        return Portion(self.engine, self.demanded, self.whole, named, rows, few, taking)


@dataclass(frozen=True)
class Portion:
    """Rows of some whole years on their way through."""

    engine: Engine
    demanded: Demanded
    whole: IntoDType
    counties: pl.DataFrame
    """Its years and counties, and how many rows each has."""
    rows: Frame
    few: Frame
    """The rows that merge into another."""
    taking: Frame
    """The schools that uncounted rows merge into."""

    @cached_property
    def schools(self) -> Frame:
        return self.engine.keep(schools(self.rows, self.taking, self.demanded.counting))

    @cached_property
    def missing(self) -> Frame:
        counting = self.demanded.counting
        return self.engine.hold(missing(self.rows, self.few, self.schools, counting))

    @cached_property
    def measured(self) -> Mapping[Stage, Frame]:
        """The measured parts, by stage."""
        counting = self.demanded.counting
        return {
            stage: self.engine.keep(
                measured(
                    stage_parts(self.schools, stage, counting), self.demanded.codes, self.whole
                )
            )
            for stage in counting.stages
        }


def begun(engine: Engine, paths: Sequence[str], *, on: date, scheme: str, variant: str) -> Bulk:
    """The inputs proved and the standards found."""
    inputs = opened(engine, paths)
    demanded = Demanded.of(
        inputs.counties["county"].unique(), on, scheme=scheme, switches=Switches(variant=variant)
    )
    campuses = merging(inputs.rows, demanded.counting)
    most = engine.collect(most_of_one_parent(campuses))[ROWS].to_list()[0]
    maxima = merged_maxima(inputs, most or 0, demanded.counting)
    return Bulk(engine, inputs, demanded, fitting(demanded, maxima, engine.wide))


def spreads_of(portion: Portion) -> pl.DataFrame:
    """Every coefficient of variation, decided."""
    grid = grids(portion.demanded)
    stages = portion.demanded.counting.stages
    sums = pl.concat(
        portion.engine.collect(
            summed(portion.measured[stage], portion.demanded.codes, grid, portion.demanded.variant)
        )
        for stage in stages
    )
    found = finished(sums, _lacking(portion), portion.demanded, grid)
    unsure = found.filter("unsure")
    if not len(unsure):
        return found
    settled = exact(unsure, _parts_of(portion, unsure), portion.demanded)
    kept = found.filter(~pl.col("unsure"))
    order = [*GROUP, "indicator"]
    return (
        found.select(order)
        .join(
            pl.concat([kept, settled]), on=order, how="left", validate="1:1", maintain_order="left"
        )
        .drop("unsure")
    )


def _lacking(portion: Portion) -> pl.DataFrame:
    """How many schools each year, county and stage lacks."""
    stages = portion.demanded.counting.stages
    counted = portion.engine.collect(
        portion.missing.group_by("year", "county").agg(
            *(nw.col(f"has_{stage}").cast(nw.Int64).sum().alias(stage.value) for stage in stages)
        )
    )
    long = counted.unpivot(
        [stage.value for stage in stages],
        index=["year", "county"],
        variable_name="stage",
        value_name="missing",
    )
    return long.filter(pl.col("missing") > 0).select(*GROUP, pl.col("missing").cast(pl.Int64))


def _parts_of(portion: Portion, unsure: pl.DataFrame) -> pl.DataFrame:
    """Pupils and ratios of the parts of some years, counties and stages."""
    wanted = portion.engine.table(unsure.select(*GROUP).unique(maintain_order=True))
    counties = unsure["county"].unique().sort().to_list()
    codes = unsure["indicator"].unique(maintain_order=True)
    ratios = [f"{code}_{what}" for code in codes for what in ("numerator", "denominator")]
    found = [
        portion.engine.collect(
            portion.measured[Stage(stage)]
            .filter(nw.col("county").is_in(counties))
            .join(wanted, on=[*GROUP], how="inner")
            .select(*GROUP, "school_code", "pupils", *ratios)
        )
        for stage in unsure["stage"].unique(maintain_order=True)
    ]
    return pl.concat(found).sort(*GROUP, "school_code")


def write_parts(portion: Portion, spreads: pl.DataFrame, out: str, number: int) -> Frame:
    """Every part with value, verdict, gaps and share, a folder a stage; what was written."""
    demanded, grid = portion.demanded, grids(portion.demanded)
    side = portion.engine.table(beside(spreads, demanded))
    columns = part_columns(demanded.codes, narrow=portion.whole == nw.Int64())
    written = []
    for stage in demanded.counting.stages:
        parts = portion.measured[stage].join(side, on=[*GROUP], how="left")
        told = shared(judged(parts, stage, demanded), demanded, grid).select(*columns)
        written.append(portion.engine.write(told, f"{out}/stage={stage}", number))
    return nw.concat(written)


def write_schools(portion: Portion, parts: Frame, out: str, number: int) -> None:
    """Every wide row: what became of it, and the worst verdict of its parts."""
    merged = taken_in(portion.rows, portion.few)
    counting = portion.demanded.counting
    rows = school_rows(merged, portion.schools, portion.missing, parts, counting)
    portion.engine.write(rows, out, number)


def counties_of(portion: Portion, spreads: pl.DataFrame, parts: Frame) -> pl.DataFrame:
    """The verdict of 资源配置 for every county and year of the portion."""
    counted = portion.engine.collect(
        parts.group_by("year", "county", "verdict").agg(nw.len().alias("parts"))
    )
    lacking = portion.engine.collect(
        portion.missing.group_by("year", "county").agg(nw.len().alias("missing"))
    )
    return county_verdicts(portion.counties, counted, spreads, lacking)
