"""An invented nation: the per-school facts of N schools in Y years, as wide Parquet, fast.

    python benchmarks/national/nation.py OUT --schools 200000 --years 10

Counties have about seventy rows: primary schools, teaching points (some below the size that
counts), junior, nine-year, twelve-year and complete secondary schools, a senior and a special
school now and then, private ones, campuses that do not count as schools and are added to their
parent. A few cells are missing. Counties differ in how well and how evenly they are furnished, so
that every verdict occurs. Nothing is drawn from any real place; the same seed gives the same rows.
"""

import argparse
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import polars as pl

COUNTY = 70
"""Rows of a county, about."""
FIRST_YEAR = 2016
PROVINCES = (11, 12, 13, 14, 15, 21, 22, 23, 31, 32, 33, 34, 35, 36, 37, 41,
             42, 43, 44, 45, 46, 50, 51, 52, 53, 54, 61, 62, 63, 64, 65)  # fmt: skip

TYPES = ("primary", "teaching_point", "junior", "nine_year", "complete", "twelve_year", "senior", "special")  # fmt: skip
FREQUENCY = (0.50, 0.16, 0.17, 0.10, 0.03, 0.01, 0.02, 0.01)
STAGES = {
    "primary": np.isin(TYPES, ("primary", "teaching_point", "nine_year", "twelve_year")),
    "junior": np.isin(TYPES, ("junior", "nine_year", "complete", "twelve_year")),
    "senior": np.isin(TYPES, ("complete", "twelve_year", "senior")),
}
SIZE = {"primary": 520, "junior": 640, "senior": 900}
WEIGHTS = {"primary": 1.0, "junior": 1.1, "senior": 1.32}
SMALL, TINY = 0.12, 0.5
"""A teaching point against a primary school; the spread of its size on the logarithmic scale."""
PRIVATE, CAMPUS, ATTACHED = 0.08, 0.04, 0.02
"""Shares of private schools, of rows that do not count as schools, of juniors with primary classes."""
BLANK, UNFILED = 0.0015, 0.0003
"""Shares of rows with a missing cell, and of schools on the register that did not file."""
WELL, WELL_LEVEL, WELL_SPREAD = 0.12, 2.0, 0.03
"""Counties where nearly every school meets everything."""

TEACHERS = {
    "teachers_associate": (0.9, None),
    "teachers_bachelor": (4.6, 6.4),
    "teachers_master": (0.25, 0.7),
    "teachers_doctorate": (0.01, 0.02),
    "key_teachers_county_plus": (1.25, 1.25),
    "teachers_pe": (0.5, 0.5),
    "teachers_music": (0.3, 0.27),
    "teachers_fine_arts": (0.28, 0.26),
    "teachers_arts": (0.06, 0.05),
}
"""Mean number for a hundred pupils, primary and junior."""
ROOMS = {"multimedia_classrooms": 2.9}
HUNDREDTHS = {
    "teaching_auxiliary_area_m2": 6.4,
    "indoor_sports_room_area_m2": 0.35,
    "gymnasium_area_m2": 1.1,
    "sports_ground_area_m2": 9.6,
    "equipment_value_yuan": 2750.0,
}
"""Means for a pupil, and rooms for a hundred pupils."""
MONEY = pl.Decimal(18, 2)


@dataclass(frozen=True)
class Roster:
    """What stays from year to year: who the schools are."""

    county: np.ndarray
    kind: np.ndarray
    has: Mapping[str, np.ndarray]
    """Which stages a row has, attached classes included."""
    attached: np.ndarray
    """A junior school with primary classes attached to it."""
    private: np.ndarray
    parent: np.ndarray
    """Row of the parent; its own row where it counts as a school."""
    size: np.ndarray
    well: np.ndarray
    level: np.ndarray
    """How well the county is furnished, `well` where it wants to meet everything; for every row."""
    unevenness: np.ndarray
    codes: pl.Series
    counties: pl.Series


def roster(schools: int, *, seed: int) -> Roster:
    """Who the schools are; county by county, so that a file is in the order of its counties."""
    chance = np.random.default_rng([seed, schools])
    counties = max(1, round(schools / COUNTY))
    county = np.sort(chance.integers(0, counties, schools))
    kind = chance.choice(len(TYPES), schools, p=FREQUENCY)
    private = chance.random(schools) < PRIVATE
    well = chance.random(counties) < WELL
    level = np.where(well, WELL_LEVEL, np.exp(chance.normal(0.15, 0.15, counties)))[county]
    unevenness = np.where(well, WELL_SPREAD, chance.uniform(0.05, 0.50, counties))[county]
    attached = (kind == TYPES.index("junior")) & (chance.random(schools) < ATTACHED)
    size = np.exp(chance.normal(0, 0.55, schools))
    size = np.where(kind == TYPES.index("teaching_point"), SMALL * size**TINY, size)
    unit = _units(counties).gather(county)
    serial = pl.Series(np.arange(schools) % 10_000).cast(pl.String).str.zfill(4)
    codes = (pl.DataFrame({"u": unit, "s": serial}).select(pl.concat_str("u", "s"))).to_series()
    has = {stage: here[kind] for stage, here in STAGES.items()}
    has["primary"] = has["primary"] | attached
    parent = _parents(chance, county, kind, attached)
    return Roster(
        county,
        kind,
        has,
        attached,
        private,
        parent,
        size,
        well[county],
        level,
        unevenness,
        codes,
        unit,
    )


def _units(counties: int) -> pl.Series:
    """Six digits for each county, none of them in use: counties of a city begin at 51."""
    index = np.arange(counties)
    province = np.array(PROVINCES)[index % len(PROVINCES)]
    rest = index // len(PROVINCES)
    return pl.Series(province * 10_000 + (rest % 90 + 1) * 100 + 51 + rest // 90).cast(pl.String)


def _parents(
    chance: np.random.Generator, county: np.ndarray, kind: np.ndarray, attached: np.ndarray
) -> np.ndarray:
    """Each row's parent: itself, or for a campus a school of the same county and type before it."""
    own = np.arange(len(county))
    order = np.lexsort((own, kind, county))
    place = np.empty_like(own)
    place[order] = own
    first = np.r_[True, (np.diff(county[order]) != 0) | (np.diff(kind[order]) != 0)]
    lead = order[np.maximum.accumulate(np.where(first, own, 0))][place]
    may = (lead != own) & (kind < TYPES.index("senior")) & ~attached & ~attached[lead]
    return np.where(may & (chance.random(len(own)) < CAMPUS), lead, own)


def year_of(known: Roster, year: int, *, seed: int) -> pl.DataFrame:
    """The facts of one year, one row a filing school or campus."""
    chance = np.random.default_rng([seed, len(known.county), year])
    rows = len(known.county)
    grown = known.level * (1 + 0.02 * (year - FIRST_YEAR))
    drift = known.size * np.exp(chance.normal(0, 0.05, rows))
    pupils = {
        stage: np.where(has, np.maximum(np.rint(SIZE[stage] * drift), 6), 0)
        for stage, has in known.has.items()
    }
    weighted = sum(WEIGHTS[stage] * count for stage, count in pupils.items())

    def amounts(mean: float, base: np.ndarray) -> np.ndarray:
        noise = np.exp(chance.normal(0, 1, rows) * known.unevenness)
        exact = mean * base * grown * noise
        return np.where(known.well, np.ceil(exact), np.rint(exact)).astype(np.int64)

    numbers = _enrolments(known, pupils)
    for name, means in TEACHERS.items():
        for stage, mean in zip(("primary", "junior"), means, strict=True):
            if mean is not None:
                numbers[f"{name}_{stage}"] = amounts(mean / 100, pupils[stage])
    numbers |= {name: amounts(mean / 100, weighted) for name, mean in ROOMS.items()}
    numbers |= {name: amounts(mean * 100, weighted) for name, mean in HUNDREDTHS.items()}
    blank = np.where(chance.random(rows) < BLANK, chance.integers(0, len(numbers), rows), -1)
    filed = (known.parent != np.arange(rows)) | (chance.random(rows) >= UNFILED)
    held = _identity(known, year, filed).with_columns(
        _cells(name, values, known, blank == place)
        for place, (name, values) in enumerate(numbers.items())
    )
    kept = {"county", "year", "school_code", "school_name", "school_type", "filed"}
    answers = [name for name in held.columns if name not in kept]
    return held.with_columns(pl.when("filed").then(name).alias(name) for name in answers)


def _enrolments(known: Roster, pupils: Mapping[str, np.ndarray]) -> dict[str, np.ndarray]:
    found = {f"enrolment_{stage}": count.astype(np.int64) for stage, count in pupils.items()}
    found["attached_primary_enrolment"] = np.where(known.attached, pupils["primary"], 0).astype(
        np.int64
    )
    found["attached_junior_enrolment"] = np.zeros(len(known.kind), np.int64)
    return found


def _identity(known: Roster, year: int, filed: np.ndarray) -> pl.DataFrame:
    rows = len(known.county)
    counted = pl.Series(known.parent == np.arange(rows))
    parents = known.codes.gather(known.parent)
    return pl.DataFrame(
        {
            "county": known.counties,
            "year": pl.repeat(year, rows, dtype=pl.Int64, eager=True),
            "filed": pl.Series(filed),
            "school_code": known.codes,
            "school_name": "示例学校" + known.codes,
            "school_type": pl.Series(TYPES).gather(known.kind),
            "ownership": pl.Series(("public", "private")).gather(known.private.astype(np.int64)),
            "urban_rural_code": pl.Series(("111", "121", "210", "220")).gather(known.county % 4),
            "counts_as_school": counted,
            "parent_school_code": pl.select(pl.when(~counted).then(parents)).to_series(),
            "not_applicable": pl.repeat(None, rows, dtype=pl.String, eager=True),
        }
    )


def _cells(name: str, values: np.ndarray, known: Roster, blank: np.ndarray) -> pl.Series:
    """The column as it stands in facts: null where it does not apply and where it was not filed."""
    absent = blank | ~_applies(name, known)
    scaled = (
        pl.Series(values / 100).round(2).cast(MONEY) if name in HUNDREDTHS else pl.Series(values)
    )
    return pl.select(pl.when(~pl.Series(absent)).then(scaled)).to_series().alias(name)


def _applies(name: str, known: Roster) -> np.ndarray:
    stage = name.rpartition("_")[2]
    if name.startswith("enrolment_"):
        return STAGES[stage][known.kind]
    if name == "attached_primary_enrolment":
        return known.kind == TYPES.index("junior")
    if name == "attached_junior_enrolment":
        return known.kind == TYPES.index("senior")
    return known.has.get(stage, np.ones(len(known.kind), bool))


def write_nation(out: Path, *, schools: int, years: int, seed: int = 1) -> list[Path]:
    """One Parquet file a year; only one year is held in memory."""
    out.mkdir(parents=True, exist_ok=True)
    known = roster(schools, seed=seed)
    written = []
    for year in range(FIRST_YEAR, FIRST_YEAR + years):
        path = out / f"{year}.parquet"
        year_of(known, year, seed=seed).write_parquet(path)
        written.append(path)
    return written


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("out", type=Path)
    parser.add_argument("--schools", type=int, default=5_000)
    parser.add_argument("--years", type=int, default=10)
    parser.add_argument("--seed", type=int, default=1)
    asked = parser.parse_args()
    for path in write_nation(asked.out, schools=asked.schools, years=asked.years, seed=asked.seed):
        print(path)


if __name__ == "__main__":
    main()
