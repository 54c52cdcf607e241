"""School-years by the million against L1–L7: values, verdicts, gaps, shares, CVs, counties.

Nothing of L1–L7 crosses a year, so an engine may take the rows in portions of whole years. A
portion is read for the sums of the CVs and for the parts, which then stand beside their county's
means. What merges (不计校数) is held.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property, partial

import narwhals as nw
import polars as pl
from narwhals.typing import IntoDType

from junheng.diagnosis.verdict import Verdict
from junheng.diagnosis.wide.counties import county_verdicts
from junheng.diagnosis.wide.demanded import Demanded
from junheng.diagnosis.wide.shares import beside, shared
from junheng.diagnosis.wide.spreads import exact, finished
from junheng.diagnosis.wide.sums import GROUP, grids, summed
from junheng.diagnosis.wide.verdicts import fitting, judged, measured
from junheng.indicators.wide.merging import (
    Frame,
    as_integers,
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
from junheng.studies.national.inputs import Inputs, Seen, merged_maxima, opened, seen
from junheng.studies.national.steps import READ, Steps
from junheng.studies.national.tables import KEY, part_columns, school_rows


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
        return self.engine.portions(self.inputs.scanned, years)

    def portion(self, years: Collection[int], unread: Frame, steps: Steps) -> "Portion":
        """One of the portions, read and looked at."""
        counting = self.demanded.counting
        scanned = steps.source(unread)
        rows = steps.keep("rows", lambda: as_integers(scanned, counting))
        steps.release(READ)
        few = steps.hold("few", lambda: merging(rows))
        named = self.inputs.counties.filter(pl.col("year").is_in([*years]))
        held = seen(steps, rows, few, several=len(years) > 1)
        divides = self.engine.divides
        return Portion(steps, self.demanded, self.whole, named, held, rows, few, divides)

    def fits(self, rows: Seen) -> bool:
        """Whether the integers of this assessment hold every product of these rows."""
        maxima = merged_maxima(rows, self.demanded.counting)
        return fitting(self.demanded, maxima, self.engine.wide) in (self.whole, nw.Int64())

    def wider(self) -> "Bulk":
        """The same with the widest integers of the engine."""
        return replace(self, whole=self.engine.wide)


@dataclass(frozen=True)
class Portion:
    """Rows of some whole years on their way through."""

    steps: Steps
    demanded: Demanded
    whole: IntoDType
    counties: pl.DataFrame
    """Its years and counties, and how many rows each has."""
    seen: Seen
    rows: Frame
    few: Frame
    """The rows that merge into another."""
    divides: bool
    """Whether the engine divides whole numbers."""

    @cached_property
    def added(self) -> Frame:
        """What merges into each parent."""
        return self.steps.hold("children", lambda: children(self.few))

    @cached_property
    def marked(self) -> Frame:
        """Every row, and whether others merge into it."""
        found = self.steps.mark("marked", self.rows, self.added)
        self.steps.release("rows")
        return found

    @cached_property
    def taking(self) -> Frame:
        """The schools that take others in, with them."""
        rows, added = self.marked, self.added
        return self.steps.hold("parents", lambda: parents(rows, added))

    @cached_property
    def missing(self) -> Frame:
        rows, few, taking, counting = self.marked, self.few, self.taking, self.demanded.counting
        return self.steps.hold(
            "missing", lambda: missing(rows, few, schools(rows, taking), counting)
        )

    @cached_property
    def measured(self) -> Mapping[Stage, Frame]:
        """The measured parts, by stage."""
        return {stage: self._measured(stage) for stage in self.demanded.counting.stages}

    def _measured(self, stage: Stage) -> Frame:
        rows, taking, demanded = self.marked, self.taking, self.demanded

        def plan() -> Frame:
            parts = stage_parts(schools(rows, taking), stage, demanded.counting)
            return measured(parts, demanded.codes, self.whole)

        return self.steps.keep(f"measured {stage}", plan)


def begun(engine: Engine, paths: Sequence[str], *, on: date, scheme: str, variant: str) -> Bulk:
    """The inputs opened and the standards found; 64 bits, until rows are found that need more."""
    inputs = opened(engine, paths)
    demanded = Demanded.of(
        inputs.counties["county"].unique(), on, scheme=scheme, switches=Switches(variant=variant)
    )
    return Bulk(engine, inputs, demanded, nw.Int64())


def spreads_of(portion: Portion) -> pl.DataFrame:
    """Every coefficient of variation, decided."""
    grid = grids(portion.demanded)
    codes, variant, place = portion.demanded.codes, portion.demanded.variant, ("year", "county")
    sums = pl.concat(
        portion.steps.collect(
            f"sums {stage}", partial(summed, parts, codes, grid, variant, place)
        ).with_columns(stage=pl.lit(stage.value))
        for stage, parts in portion.measured.items()
    )
    found = finished(sums, _lacking(portion), portion.demanded, grid)
    unsure = found.filter("unsure")
    if not len(unsure):
        return found.drop("unsure")
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
    stages, missing = portion.demanded.counting.stages, portion.missing

    def plan() -> Frame:
        return missing.group_by("year", "county").agg(
            *(nw.col(f"has_{stage}").cast(nw.Int64).sum().alias(stage.value) for stage in stages)
        )

    counted = portion.steps.collect("missing by stage", plan)
    long = counted.unpivot(
        [stage.value for stage in stages],
        index=["year", "county"],
        variable_name="stage",
        value_name="missing",
    )
    return long.filter(pl.col("missing") > 0).select(*GROUP, pl.col("missing").cast(pl.Int64))


def _parts_of(portion: Portion, unsure: pl.DataFrame) -> pl.DataFrame:
    """Pupils and ratios of the parts of some years, counties and stages."""
    wanted = portion.steps.table("unsure", unsure.select(*GROUP).unique(maintain_order=True))
    counties = unsure["county"].unique().sort().to_list()
    codes = unsure["indicator"].unique(maintain_order=True)
    ratios = [f"{code}_{what}" for code in codes for what in ("numerator", "denominator")]
    found = [
        portion.steps.ask(
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
    side = portion.steps.table("beside", beside(spreads, demanded))
    columns = part_columns(demanded.codes, narrow=portion.whole == nw.Int64())

    def plan(stage: Stage, parts: Frame) -> Frame:
        beside_them = parts.join(side, on=[*GROUP], how="left")
        placed = judged(beside_them, stage, demanded, divides=portion.divides)
        return shared(placed, demanded, grid).select(*columns)

    def written(stage: Stage, parts: Frame) -> Frame:
        folder = f"{out}/stage={stage}"
        found = portion.steps.write(
            f"parts {stage}",
            partial(plan, stage, parts),
            folder,
            number,
            (*KEY, "combined", "verdict"),
        )
        portion.steps.release(f"measured {stage}")
        return found

    return nw.concat([written(*each) for each in portion.measured.items()])


def write_schools(portion: Portion, parts: Frame, out: str, number: int) -> None:
    """Every wide row: what became of it, and the worst verdict of its parts."""
    counting, rows, missing = portion.demanded.counting, portion.marked, portion.missing

    def plan() -> Frame:
        every = schools(rows, portion.taking)
        return school_rows(taken_in(rows, portion.few), every, missing, parts, counting)

    portion.steps.write("school rows", plan, out, number)


def counties_of(portion: Portion, spreads: pl.DataFrame, parts: Frame) -> pl.DataFrame:
    """The verdict of 资源配置 for every county and year of the portion."""
    place, missing = ("year", "county"), portion.missing
    said = {"parts_failing": Verdict.FAIL, "parts_open": Verdict.NO_DATA}
    flags = [(nw.col("verdict") == v.value).cast(nw.Int64).alias(n) for n, v in said.items()]
    counted = portion.steps.collect(
        "parts by county",
        lambda: (
            parts.select(*place, *flags)
            .group_by(*place)
            .agg(nw.len().alias("parts"), *(nw.col(name).sum() for name in said))
        ),
    )
    lacking = portion.steps.collect(
        "missing by county",
        lambda: missing.group_by(*place).agg(nw.len().alias("missing")),
    )
    return county_verdicts(portion.counties, counted, spreads, lacking)
