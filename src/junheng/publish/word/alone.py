"""One county by itself: the same study as if nobody else had filed, for documents of its own."""

from collections.abc import Iterator
from dataclasses import replace

import polars as pl

from junheng.diagnosis import CountyVerdict
from junheng.registry import Facts
from junheng.studies import Study


def one_county(study: Study, county: CountyVerdict) -> Study:
    """The study with the rows, marks and verdict of this county alone; seal and receipt stay."""
    if len(study.assessment.counties) == 1:
        return study
    facts = study.snapshot.facts
    schools = facts["schools"].filter(pl.col("location_unit") == county.code)["school_code"]
    units = {county.code, *schools, *(each.code for each in county.missing)}
    kept = pl.Series(sorted(units))
    frames = {
        name: frame.filter(pl.any_horizontal(pl.col(c).is_in(kept.implode()) for c in keys))
        if (keys := [c for c in ("school_code", "county_code", "scope") if c in frame.columns])
        else frame
        for name, frame in facts.frames.items()
    }
    marks = facts.marks.filter(
        pl.Series([_of(key, units) for key in facts.marks["key"]], dtype=pl.Boolean)
    )
    alone = Facts(facts.year, frames, marks)
    return replace(
        study,
        snapshot=replace(study.snapshot, facts=alone),
        assessment=replace(study.assessment, counties=(county,)),
    )


def each_alone(study: Study) -> Iterator[tuple[Study, CountyVerdict]]:
    """Every county with a study of its own, in the order of the assessment."""
    for county in study.assessment.counties:
        yield one_county(study, county), county


def _of(key: str, units: set[str]) -> bool:
    """Whether a row's joined key names one of the units."""
    return not units.isdisjoint(key.split("|"))
