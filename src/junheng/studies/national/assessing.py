"""School-years by the million against L1–L7: values, verdicts, gaps, shares, CVs, counties.

The rows are read three times and never held: once to prove them, once for the sums of the CVs,
once for the parts, which then stand beside their county's means. What merges (不计校数) is held.
"""

from collections.abc import Mapping, Sequence
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
    few: Frame
    """The rows that merge into another."""
    taking: Frame
    """The schools that uncounted rows merge into."""
    whole: IntoDType
    """The integer type that holds every product."""

    @cached_property
    def schools(self) -> Frame:
        return schools(self.inputs.rows, self.taking, self.demanded.counting)

    @cached_property
    def missing(self) -> Frame:
        counting = self.demanded.counting
        return self.engine.hold(missing(self.inputs.rows, self.few, self.schools, counting))

    @cached_property
    def measured(self) -> Mapping[Stage, Frame]:
        """The measured parts, by stage."""
        counting = self.demanded.counting
        return {
            stage: measured(
                stage_parts(self.schools, stage, counting), self.demanded.codes, self.whole
            )
            for stage in counting.stages
        }


def begun(engine: Engine, paths: Sequence[str], *, on: date, scheme: str, variant: str) -> Bulk:
    """The inputs proved and the standards found."""
    inputs = opened(engine, paths)
    demanded = Demanded.of(
        inputs.counties["county"].unique(), on, scheme=scheme, switches=Switches(variant=variant)
    )
    few = engine.hold(merging(inputs.rows, demanded.counting))
    added = engine.hold(children(few))
    taking = engine.hold(parents(inputs.rows, added, demanded.counting))
    most = engine.collect(added.select(nw.col(ROWS).max().alias(ROWS)))[ROWS].to_list()[0]
    maxima = merged_maxima(inputs, most or 0, demanded.counting)
    return Bulk(engine, inputs, demanded, few, taking, fitting(demanded, maxima, engine.wide))


def spreads_of(bulk: Bulk) -> pl.DataFrame:
    """Every coefficient of variation, decided."""
    grid = grids(bulk.demanded)
    stages = bulk.demanded.counting.stages
    sums = pl.concat(
        bulk.engine.collect(
            summed(bulk.measured[stage], bulk.demanded.codes, grid, bulk.demanded.variant)
        )
        for stage in stages
    )
    found = finished(sums, _lacking(bulk), bulk.demanded, grid)
    unsure = found.filter("unsure")
    if not len(unsure):
        return found
    settled = exact(unsure, _parts_of(bulk, unsure), bulk.demanded)
    kept = found.filter(~pl.col("unsure"))
    order = [*GROUP, "indicator"]
    return (
        found.select(order)
        .join(
            pl.concat([kept, settled]), on=order, how="left", validate="1:1", maintain_order="left"
        )
        .drop("unsure")
    )


def _lacking(bulk: Bulk) -> pl.DataFrame:
    """How many schools each year, county and stage lacks."""
    stages = bulk.demanded.counting.stages
    counted = bulk.engine.collect(
        bulk.missing.group_by("year", "county").agg(
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


def _parts_of(bulk: Bulk, unsure: pl.DataFrame) -> pl.DataFrame:
    """Pupils and ratios of the parts of some years, counties and stages."""
    wanted = bulk.engine.table(unsure.select(*GROUP).unique(maintain_order=True))
    counties = unsure["county"].unique().sort().to_list()
    codes = unsure["indicator"].unique(maintain_order=True)
    ratios = [f"{code}_{what}" for code in codes for what in ("numerator", "denominator")]
    found = [
        bulk.engine.collect(
            bulk.measured[Stage(stage)]
            .filter(nw.col("county").is_in(counties))
            .join(wanted, on=[*GROUP], how="inner")
            .select(*GROUP, "school_code", "pupils", *ratios)
        )
        for stage in unsure["stage"].unique(maintain_order=True)
    ]
    return pl.concat(found).sort(*GROUP, "school_code")


def write_parts(bulk: Bulk, spreads: pl.DataFrame, out: str) -> None:
    """Every part with value, verdict, gaps and share, a folder a stage."""
    grid = grids(bulk.demanded)
    side = bulk.engine.table(beside(spreads, bulk.demanded))
    for stage in bulk.demanded.counting.stages:
        parts = bulk.measured[stage].join(side, on=[*GROUP], how="left")
        told = shared(judged(parts, stage, bulk.demanded), bulk.demanded, grid)
        columns = part_columns(bulk.demanded.codes, narrow=bulk.whole == nw.Int64())
        bulk.engine.write(told.select(*columns), f"{out}/stage={stage}")


def write_schools(bulk: Bulk, parts: Frame, out: str) -> None:
    """Every wide row: what became of it, and the worst verdict of its parts."""
    merged = taken_in(bulk.inputs.rows, bulk.few)
    counting = bulk.demanded.counting
    bulk.engine.write(school_rows(merged, bulk.schools, bulk.missing, parts, counting), out)


def counties_of(bulk: Bulk, spreads: pl.DataFrame, parts: Frame) -> pl.DataFrame:
    """The verdict of 资源配置 for every county and year."""
    counted = bulk.engine.collect(
        parts.group_by("year", "county", "verdict").agg(nw.len().alias("parts"))
    )
    lacking = bulk.engine.collect(
        bulk.missing.group_by("year", "county").agg(nw.len().alias("missing"))
    )
    return county_verdicts(bulk.inputs.counties, counted, spreads, lacking)
