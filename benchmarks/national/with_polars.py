"""The whole assessment written by hand in Polars, lazily, as a practised user would: floats, windows.

    python benchmarks/national/with_polars.py PARQUET… -o OUT --numbers NUMBERS.json

One file (a year) at a time, since nothing of L1–L7 crosses a year.
"""

import argparse
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import polars as pl

CODES = ("L1", "L2", "L3", "L4", "L5", "L6", "L7")
STAGES = ("primary", "junior")
HAS = {
    "primary": ("primary", "teaching_point", "nine_year", "twelve_year"),
    "junior": ("junior", "nine_year", "complete", "twelve_year"),
    "senior": ("complete", "twelve_year", "senior"),
}
KEY = ("year", "county", "school_code", "school_type")
PLACE = ("county", "stage")
PASS, FAIL, OPEN = "达标", "未达标", "缺数据"
WORD = pl.Enum((FAIL, OPEN, PASS))
"""From worst to best, so that the worst of several is their minimum."""
SLACK = 1e-9
Numbers = Mapping[str, Any]


def word(passed: pl.Expr, open_: pl.Expr) -> pl.Expr:
    chosen = pl.when(open_).then(pl.lit(OPEN, WORD)).when(passed).then(pl.lit(PASS, WORD))
    return chosen.otherwise(pl.lit(FAIL, WORD))


def filed(path: Path, numbers: Numbers) -> pl.LazyFrame:
    """One year: stages, pupils and the seven numerators by stage, as floats."""
    junior_type = pl.col("school_type") == "junior"
    attached = pl.col("attached_primary_enrolment")
    primary_pupils = pl.when(junior_type).then(attached).otherwise("enrolment_primary")
    has = {stage: pl.col("school_type").is_in(types) for stage, types in HAS.items()}
    has["primary"] |= junior_type & pl.col("filed") & attached.ne_missing(0)
    numerators = {}
    for stage in STAGES:
        degrees = ["bachelor", "master", "doctorate"] + ["associate"] * (stage == "primary")
        above = [pl.col(f"teachers_{each}_{stage}") for each in degrees]
        arts = [pl.col(f"teachers_{each}_{stage}") for each in ("pe", "music", "fine_arts", "arts")]
        numerators[f"L1_{stage}"] = sum(above[1:], above[0])
        numerators[f"L2_{stage}"] = pl.col(f"key_teachers_county_plus_{stage}")
        numerators[f"L3_{stage}"] = sum(arts[1:], arts[0])
    numerators["L4"] = pl.col("teaching_auxiliary_area_m2") - pl.col("indoor_sports_room_area_m2")
    numerators["L5"] = pl.col("gymnasium_area_m2") + pl.col("sports_ground_area_m2")
    numerators["L6"] = pl.col("equipment_value_yuan")
    numerators["L7"] = pl.col("multimedia_classrooms")
    return (
        pl.scan_parquet(path)
        .filter(~pl.col("school_type").is_in(numbers["excluded"]))
        .select(
            *KEY,
            "parent_school_code",
            pl.col("counts_as_school").fill_null(True).alias("counted"),
            *(each.alias(f"has_{stage}") for stage, each in has.items()),
            primary_pupils.cast(pl.Float64).alias("pupils_primary"),
            pl.col("enrolment_junior").cast(pl.Float64).alias("pupils_junior"),
            pl.col("enrolment_senior").cast(pl.Float64).alias("pupils_senior"),
            *(each.cast(pl.Float64).alias(name) for name, each in numerators.items()),
        )
    )


AMOUNTS = (
    *(f"pupils_{stage}" for stage in HAS),
    *(f"{code}_{stage}" for code in CODES[:3] for stage in STAGES),
    *CODES[3:],
)


def merged(rows: pl.LazyFrame) -> pl.LazyFrame:
    """Campuses added into their parents; a sum with a missing value is missing."""
    campus = (
        rows.filter(~pl.col("counted"))
        .group_by("parent_school_code")
        .agg(pl.when(~pl.col(each).has_nulls()).then(pl.col(each).sum()) for each in AMOUNTS)
        .with_columns(merging=pl.lit(value=True))
    )
    own = rows.filter("counted").drop("parent_school_code")
    joined = own.join(campus, left_on="school_code", right_on="parent_school_code", how="left")
    more = pl.col("merging").is_not_null()
    return joined.select(
        *KEY,
        *(f"has_{stage}" for stage in HAS),
        *(
            pl.when(more).then(pl.col(each) + pl.col(f"{each}_right")).otherwise(each).alias(each)
            for each in AMOUNTS
        ),
    )


def counting(schools: pl.LazyFrame, numbers: Numbers) -> pl.LazyFrame:
    """The schools that count, with weighted pupils; null where some pupils are unknown."""
    compulsory = pl.col("pupils_primary") + pl.col("pupils_junior")
    small = (pl.col("school_type") == "teaching_point") & (compulsory < numbers["fewest"])
    weighted = pl.col("pupils_primary") + numbers["junior"] * pl.col("pupils_junior")
    return (
        schools.with_columns(
            pl.when(f"has_{stage}").then(f"pupils_{stage}").otherwise(0.0).alias(f"pupils_{stage}")
            for stage in HAS
        )
        .filter(
            pl.col("has_primary") | pl.col("has_junior"),
            ~(compulsory == 0).fill_null(value=False),
            ~small.fill_null(value=False),
        )
        .with_columns(weighted=weighted + numbers["senior"] * pl.col("pupils_senior"))
    )


def parts_of(schools: pl.LazyFrame, numbers: Numbers) -> pl.LazyFrame:
    known = schools.filter(pl.col("weighted").is_not_null())
    found = []
    for stage in STAGES:
        weight = numbers["junior"] if stage == "junior" else 1
        pupils = pl.col(f"pupils_{stage}")
        part = pupils * weight / pl.col("weighted")
        found.append(
            known.filter(pupils > 0).select(
                *KEY,
                pl.lit(stage).alias("stage"),
                pupils.alias("pupils"),
                part.alias("part"),
                *(pl.col(f"{code}_{stage}").alias(code) for code in CODES[:3]),
                *((pl.col(code) * part).alias(code) for code in CODES[3:]),
            )
        )
    return pl.concat(found)


def lost_of(schools: pl.LazyFrame) -> pl.LazyFrame:
    """County and stage of the schools whose pupils are unknown."""
    unknown = schools.filter(pl.col("weighted").is_null())
    return pl.concat(
        unknown.filter(f"has_{stage}").select("year", "county", pl.lit(stage).alias("stage"))
        for stage in STAGES
    )


def grouped(parts: pl.LazyFrame, lost: pl.LazyFrame) -> pl.LazyFrame:
    """Sums by county and stage, and how many schools are lost; what CVs and shares come from."""
    pupils = pl.col("pupils")
    sums = parts.group_by("year", *PLACE).agg(
        pl.len().alias("parts"),
        pupils.sum().alias("total"),
        *(pl.col(code).null_count().alias(f"{code}_open") for code in CODES),
        *(pl.col(code).sum().alias(f"{code}_sum") for code in CODES),
        *((pl.col(code) ** 2 / pupils).sum().alias(f"{code}_squares") for code in CODES),
    )
    absent = lost.group_by("year", *PLACE).agg(pl.len().alias("absent"))
    return sums.join(absent, on=["year", *PLACE], how="full", coalesce=True)


def whole(code: str) -> pl.Expr:
    return pl.col("absent").is_null() & (pl.col(f"{code}_open") == 0)


def judged(parts: pl.LazyFrame, groups: pl.LazyFrame, numbers: Numbers) -> pl.LazyFrame:
    """Value, verdict and gap of each indicator, share of each CV, and the school rule."""
    told, met, open_, floored = [], [], [], []
    pupils = pl.col("pupils")
    for code in CODES:
        limits, per, step = numbers["limits"][code], numbers["per"][code], numbers["step"][code]
        limit = pl.when(pl.col("stage") == "junior").then(limits["junior"]).otherwise(limits["primary"])  # fmt: skip
        value = pl.col(code) * per / pupils
        passed, known = value >= limit * (1 - SLACK), pl.col(code).is_not_null()
        short = (limit - value).clip(0) * pupils / per
        short = short / pl.col("part") if code in CODES[3:] else short
        mean = pl.col(f"{code}_sum") / pl.col("total")
        variance = pl.col(f"{code}_squares") - pl.col(f"{code}_sum") * mean
        term = pupils * (pl.col(code) / pupils - mean) ** 2
        told += [
            value.alias(f"{code}_value"),
            word(passed, ~known).alias(f"{code}_verdict"),
            ((short / step - SLACK).ceil().clip(0) * step).alias(f"{code}_gap"),
            pl.when(whole(code)).then(term / variance).alias(f"{code}_share"),
        ]
        met.append(passed.fill_null(value=False).cast(pl.Int8))
        open_.append((~known).cast(pl.Int8))
        floored.append((value < limit * numbers["floor"] * (1 - SLACK)).fill_null(value=False))
    passes, opens = pl.sum_horizontal(met), pl.sum_horizontal(open_)
    fails = (passes + opens < numbers["needed"]) | pl.any_horizontal(floored)
    return parts.join(groups, on=["year", *PLACE], how="left").select(
        *KEY,
        "stage",
        "pupils",
        *told,
        passes.alias("met"),
        word(~fails, ~fails & (opens > 0)).alias("verdict"),
    )


def spreads_of(groups: pl.LazyFrame, numbers: Numbers) -> pl.LazyFrame:
    """CV and verdict of each indicator, county and stage."""
    limit = pl.col("stage").replace_strict(numbers["spread"], return_dtype=pl.Float64)
    cvs = {}
    for code in CODES:
        total, squares = pl.col(f"{code}_sum"), pl.col(f"{code}_squares")
        cv = (pl.col("total") * squares / total**2 - 1).clip(0).sqrt()
        cvs[code] = pl.when(whole(code), total > 0).then(cv)
    return groups.select(
        "year",
        *PLACE,
        "parts",
        *(cv.alias(f"{code}_cv") for code, cv in cvs.items()),
        *(
            word(cv <= limit + SLACK, cv.is_null()).alias(f"{code}_verdict")
            for code, cv in cvs.items()
        ),
    )


def assess(path: Path, numbers: Numbers) -> dict[str, pl.LazyFrame]:
    schools = counting(merged(filed(path, numbers)), numbers)
    lost = lost_of(schools)
    measured = parts_of(schools, numbers)
    groups = grouped(measured, lost)
    parts = judged(measured, groups, numbers)
    spreads = spreads_of(groups, numbers)
    worst = pl.col("verdict").min()
    said = pl.concat(
        [
            parts.select("year", "county", "verdict"),
            lost.select("year", "county", pl.lit(OPEN, WORD).alias("verdict")),
            *(
                spreads.select("year", "county", pl.col(f"{code}_verdict").alias("verdict"))
                for code in CODES
            ),
        ]
    )
    return {
        "parts": parts,
        "schools": parts.group_by("year", "county", "school_code").agg(worst),
        "spreads": spreads,
        "counties": said.group_by("year", "county").agg(worst),
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("files", nargs="+", type=Path)
    parser.add_argument("-o", "--out", type=Path, required=True)
    parser.add_argument("--numbers", type=Path, required=True)
    asked = parser.parse_args()
    numbers = json.loads(asked.numbers.read_text(encoding="utf-8"))
    for path in asked.files:
        tables = assess(path, numbers)
        for name, frame in zip(tables, pl.collect_all(tables.values()), strict=True):
            folder = asked.out / name
            folder.mkdir(parents=True, exist_ok=True)
            frame.write_parquet(folder / path.name)


if __name__ == "__main__":
    main()
