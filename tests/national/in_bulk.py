"""Random counties as wide files, assessed in bulk and by the ordinary engine, in one shape."""

from datetime import date
from fractions import Fraction

import polars as pl

from junheng.diagnosis import assess_facts
from junheng.indicators import CATALOGUE
from junheng.indicators.wide import wide_rows
from junheng.registry import Facts

ON = date(2026, 3, 31)
CODES = ("L1", "L2", "L3", "L4", "L5", "L6", "L7")
WORDS = {True: "达标", False: "未达标", None: "缺数据"}


def stored(folder, facts):
    """One flat file a year."""
    folder.mkdir(parents=True, exist_ok=True)
    for each in facts:
        wide_rows(each).write_parquet(folder / f"{each.year}.parquet")
    return str(folder)


def ordinary(facts):
    """Parts, shares, spreads, counties, schools and variants as the engine for one snapshot finds them."""
    found = [(each.year, assess_facts(each, on=ON)) for each in facts]
    parts = {
        (year, part.school_code, part.stage.value): _part(part)
        for year, assessment in found
        for part in assessment.parts
    }
    shares, spreads, variants = {}, {}, {}
    for year, assessment in found:
        for spread in assessment.spreads:
            key = (year, spread.county, spread.stage.value, spread.indicator)
            spreads[key] = (spread.verdict.value, spread.parts, spread.one_school, spread.cv)
            variants[key] = {n: (r.verdict.value, r.cv) for n, r in spread.readings.items()}
            for share in spread.shares:
                of = Fraction(share.numerator, spread.total) if spread.total else Fraction(0)
                shares[year, share.school_code, spread.stage.value, spread.indicator] = of
    counties = {
        (year, county.code): county.resource.value
        for year, assessment in found
        for county in assessment.counties
    }
    schools = {
        (year, code): verdict.value
        for year, assessment in found
        for county in assessment.counties
        for code, verdict in county.schools.items()
    }
    return parts, shares, spreads, counties, schools, variants


def _part(part):
    return {
        "county": part.county,
        "pupils": part.pupils,
        "combined": part.combined,
        "verdict": part.verdict.value,
        "met": part.met,
        "merged": len(part.merged.split("、")) if part.merged else 0,
    } | {
        each.indicator: (
            each.value,
            each.verdict.value,
            each.above_floor,
            None if each.gap is None else each.gap.to_limit,
            None if each.gap is None else each.gap.to_floor,
        )
        for each in part.indicators
    }


def bulk_parts(out):
    """The same out of OUT/parts."""
    frame = pl.read_parquet(f"{out}/parts/**/*.parquet", hive_partitioning=True)
    return {
        (row["year"], row["school_code"], row["stage"]): _bulk_part(row)
        for row in frame.iter_rows(named=True)
    }


def _bulk_part(row):
    found = {name: row[name] for name in ("county", "pupils", "combined", "verdict", "met")}
    found["merged"] = row["merged_rows"]
    for code in CODES:
        above, below = row[f"{code}_numerator"], row[f"{code}_denominator"]
        value = None if above is None else Fraction(int(above), int(below))
        step = CATALOGUE[code].step
        gaps = (row[f"{code}_gap"], row[f"{code}_gap_to_floor"])
        found[code] = (
            value,
            WORDS[row[f"{code}_met"]],
            row[f"{code}_above_floor"],
            *(None if gap is None else gap * step for gap in gaps),
        )
        if value is not None:
            assert abs(row[f"{code}_value"] - float(value)) <= 1e-12 * abs(float(value))
    return found


def bulk_shares(out):
    frame = pl.read_parquet(f"{out}/parts/**/*.parquet", hive_partitioning=True)
    return {
        (row["year"], row["school_code"], row["stage"], code): row[f"{code}_share"]
        for row in frame.iter_rows(named=True)
        for code in CODES
        if row[f"{code}_share"] is not None
    }


def bulk_spreads(out):
    frame = pl.read_parquet(f"{out}/spreads/*.parquet")
    return {
        (row["year"], row["county"], row["stage"], row["indicator"]): (
            row["verdict"],
            row["parts"],
            row["one_school"],
            row["cv"],
        )
        for row in frame.iter_rows(named=True)
    }


def bulk_counties(out):
    frame = pl.read_parquet(f"{out}/counties/*.parquet")
    return {(r["year"], r["county"]): r["resource"] for r in frame.iter_rows(named=True)}


def bulk_schools(out):
    frame = pl.read_parquet(f"{out}/schools/*.parquet").filter(pl.col("verdict").is_not_null())
    return {(r["year"], r["school_code"]): r["verdict"] for r in frame.iter_rows(named=True)}


def facts_of(batch, year=2025):
    rows, marks = batch
    return Facts.from_rows(rows, marks, year=year)
