"""One county by itself: the same study as if nobody else had filed, for documents of its own."""

from collections.abc import Iterator
from dataclasses import replace

import polars as pl

from junheng.registry import Facts
from junheng.studies import Study

NOBODY = ""


def each_alone(study: Study) -> Iterator[Study]:
    """A study of each county, in the order of the assessment: its rows, marks and verdict alone.

    Seal and receipt stay those of the whole, so that documents name what they can be checked by.
    """
    counties = study.assessment.counties
    if len(counties) == 1:
        yield study
        return
    facts = study.snapshot.facts
    owners = _owners(study)
    frames = {name: (frame, _owned(frame, owners)) for name, frame in facts.frames.items()}
    keys = [_of_key(key, owners) for key in facts.marks["key"]]
    marks = pl.Series(keys, dtype=pl.String)
    for county in counties:
        kept = {
            name: frame if owned is None else frame.filter(owned == county.code)
            for name, (frame, owned) in frames.items()
        }
        alone = Facts(facts.year, kept, facts.marks.filter(marks == county.code))
        yield replace(
            study,
            snapshot=replace(study.snapshot, facts=alone),
            assessment=replace(study.assessment, counties=(county,)),
        )


def _owners(study: Study) -> dict[str, str]:
    """Code of a school or county → the county it stands under."""
    schools = study.snapshot.facts["schools"]
    found = dict(schools.select("school_code", "location_unit").iter_rows())
    for county in study.assessment.counties:
        found |= {each.code: county.code for each in county.missing} | {county.code: county.code}
    return found


def _owned(frame: pl.DataFrame, owners: dict[str, str]) -> pl.Series | None:
    """The county of each row; None for tables that belong to no county."""
    column = next((c for c in ("school_code", "county_code", "scope") if c in frame.columns), None)
    if column is None:
        return None
    return pl.Series([owners.get(unit or "", NOBODY) for unit in frame[column]], dtype=pl.String)


def _of_key(key: str, owners: dict[str, str]) -> str:
    """The county that the joined key of a row names."""
    return next((owners[each] for each in key.split("|") if each in owners), NOBODY)
