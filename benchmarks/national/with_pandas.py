"""The whole assessment written by hand in pandas, as a practised user would: columns, no loops, floats.

    python benchmarks/national/with_pandas.py PARQUET… -o OUT --numbers NUMBERS.json

One file (a year) at a time, since nothing of L1–L7 crosses a year; Arrow turns the decimals into
floats, for pandas would make an object of each.
"""

import argparse
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

CODES = ("L1", "L2", "L3", "L4", "L5", "L6", "L7")
STAGES = ("primary", "junior")
HAS = {
    "primary": ("primary", "teaching_point", "nine_year", "twelve_year"),
    "junior": ("junior", "nine_year", "complete", "twelve_year"),
    "senior": ("complete", "twelve_year", "senior"),
}
KEY = ["year", "county", "school_code", "school_type"]
PASS, FAIL, OPEN = "达标", "未达标", "缺数据"
SLACK = 1e-9
"""What a careful writer allows floats where they are rounded up or compared."""
Numbers = Mapping[str, Any]


def read(path: Path) -> pd.DataFrame:
    """One year; numbers as floats, NaN where nothing was filed."""
    held = pq.read_table(path)
    for place, field in enumerate(held.schema):
        if pa.types.is_decimal(field.type):
            cast = pc.cast(held.column(place), pa.float64(), safe=False)
            held = held.set_column(place, field.name, cast)
    frame = held.to_pandas()
    own = [f"{name}_{stage}" for stage in STAGES for name in ("teachers_bachelor", "teachers_master", "teachers_doctorate")]  # fmt: skip
    found = frame[[*KEY, "parent_school_code"]].copy()
    found["counted"] = frame["counts_as_school"].ne(False)
    junior = frame["school_type"] == "junior"
    attached = frame["attached_primary_enrolment"]
    found["has_primary"] = frame["school_type"].isin(HAS["primary"])
    found["has_primary"] |= junior & frame["filed"] & ~(attached == 0)
    for stage in (*STAGES, "senior"):
        found[f"pupils_{stage}"] = frame[f"enrolment_{stage}"].astype(float)
    found["pupils_primary"] = found["pupils_primary"].mask(junior, attached)
    for stage in STAGES:
        above = [name for name in own if name.endswith(stage)]
        if stage == "primary":
            above.append("teachers_associate_primary")
        arts = [f"teachers_{name}_{stage}" for name in ("pe", "music", "fine_arts", "arts")]
        found[f"L1_{stage}"] = frame[above].sum(axis=1, skipna=False)
        found[f"L2_{stage}"] = frame[f"key_teachers_county_plus_{stage}"]
        found[f"L3_{stage}"] = frame[arts].sum(axis=1, skipna=False)
    found["L4"] = frame["teaching_auxiliary_area_m2"] - frame["indoor_sports_room_area_m2"]
    found["L5"] = frame["gymnasium_area_m2"] + frame["sports_ground_area_m2"]
    found["L6"] = frame["equipment_value_yuan"]
    found["L7"] = frame["multimedia_classrooms"]
    return found


def merge_campuses(frame: pd.DataFrame, numbers: Numbers) -> pd.DataFrame:
    """Campuses added into their parents; a sum with a missing value is missing."""
    frame = frame[~frame["school_type"].isin(numbers["excluded"])]
    amounts = [name for name in frame if name.startswith(("pupils_", "L"))]
    campus = frame[~frame["counted"]]
    heads = frame[frame["counted"]].set_index("school_code", drop=False)
    grouped = campus.groupby("parent_school_code")[amounts]
    added = grouped.sum().where(grouped.count().eq(grouped.size(), axis=0))
    heads.loc[added.index, amounts] += added
    return heads.reset_index(drop=True)


def parts_of(schools: pd.DataFrame, numbers: Numbers) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Stage parts of the schools that count, and the stages of those whose pupils are unknown."""
    has = {stage: schools["school_type"].isin(types) for stage, types in HAS.items()}
    has["primary"] = schools["has_primary"]
    for stage, here in has.items():
        schools[f"pupils_{stage}"] = schools[f"pupils_{stage}"].where(here, 0)
    pupils = schools[[f"pupils_{stage}" for stage in HAS]]
    weighted = pupils.to_numpy() @ np.array([1, numbers["junior"], numbers["senior"]])
    compulsory = schools["pupils_primary"] + schools["pupils_junior"]
    counts = (has["primary"] | has["junior"]) & ~(compulsory == 0)
    counts &= ~((schools["school_type"] == "teaching_point") & (compulsory < numbers["fewest"]))
    unknown = pupils.isna().any(axis=1)
    parts, lost = [], []
    for stage in STAGES:
        weight = numbers["junior"] if stage == "junior" else 1
        here = counts & ~unknown & (schools[f"pupils_{stage}"] > 0)
        part = schools.loc[here, KEY].assign(stage=stage)
        part["pupils"] = schools.loc[here, f"pupils_{stage}"]
        part["part"] = part["pupils"] * weight / weighted[here]
        for code in CODES[:3]:
            part[code] = schools.loc[here, f"{code}_{stage}"]
        for code in CODES[3:]:
            part[code] = schools.loc[here, code] * part["part"]
        parts.append(part)
        lost.append(schools.loc[counts & unknown & has[stage], KEY].assign(stage=stage))
    return pd.concat(parts, ignore_index=True), pd.concat(lost, ignore_index=True)


def judge(parts: pd.DataFrame, numbers: Numbers) -> pd.DataFrame:
    """Value, verdict and gap of each indicator; met, and the verdict of the school rule."""
    junior = (parts["stage"] == "junior").to_numpy()
    passed, floored, open_ = (np.zeros(len(parts), int) for _ in range(3))
    for code in CODES:
        limits = numbers["limits"][code]
        limit = np.where(junior, limits["junior"], limits["primary"])
        per, step = numbers["per"][code], numbers["step"][code]
        value = (parts[code] * per / parts["pupils"]).to_numpy()
        known = ~np.isnan(value)
        met = value >= limit - SLACK * limit
        short = np.maximum(limit - value, 0) * parts["pupils"] / per
        if code in CODES[3:]:
            short = short / parts["part"]
        parts[f"{code}_value"] = value
        parts[f"{code}_verdict"] = np.select([~known, met], [OPEN, PASS], FAIL)
        parts[f"{code}_gap"] = np.ceil(short / step - SLACK).clip(0) * step
        passed += met
        open_ += ~known
        floored += known & (value < limit * numbers["floor"] * (1 - SLACK))
    fails = (passed + open_ < numbers["needed"]) | (floored > 0)
    parts["met"] = passed
    parts["verdict"] = np.select([fails, open_ > 0], [FAIL, OPEN], PASS)
    return parts


def spread(parts: pd.DataFrame, lost: pd.DataFrame, numbers: Numbers) -> pd.DataFrame:
    """CV and verdict of each indicator, county and stage; adds the shares to `parts`."""
    by = ["county", "stage"]
    group = parts.groupby(by, sort=True)
    number = group.ngroup().to_numpy()
    counties = group.agg(year=("year", "first"), parts=("pupils", "size"), pupils=("pupils", "sum"))
    absent = lost.groupby(by).size().reindex(counties.index, fill_value=0)
    limit = counties.index.get_level_values("stage").map(numbers["spread"]).to_numpy()
    for code in CODES:
        total = group[code].sum().to_numpy()
        known = (group[code].count() == counties["parts"]).to_numpy() & (absent == 0).to_numpy()
        away = (
            parts[f"{code}_value"] / numbers["per"][code]
            - (total / counties["pupils"].to_numpy())[number]
        )
        term = parts["pupils"] * away**2
        variance = term.groupby(number).sum().to_numpy()
        with np.errstate(divide="ignore", invalid="ignore"):
            cv = np.sqrt(variance / counties["pupils"].to_numpy()) / (
                total / counties["pupils"].to_numpy()
            )
            parts[f"{code}_share"] = np.where(known[number], term / variance[number], np.nan)
        known &= total > 0
        counties[f"{code}_cv"] = np.where(known, cv, np.nan)
        counties[f"{code}_verdict"] = np.select([~known, cv <= limit + SLACK], [OPEN, PASS], FAIL)
    return counties.reset_index()


def worst(verdicts: pd.Series, by: list[pd.Series]) -> pd.Series:
    """One failure fails; else one gap in the data leaves it open."""
    rank = verdicts.map({FAIL: 0, OPEN: 1, PASS: 2})
    return rank.groupby(by).min().map({0: FAIL, 1: OPEN, 2: PASS})


def assess(path: Path, numbers: Numbers) -> dict[str, pd.DataFrame]:
    schools = merge_campuses(read(path), numbers)
    parts, lost = parts_of(schools, numbers)
    parts = judge(parts, numbers)
    counties = spread(parts, lost, numbers)
    judged = worst(parts["verdict"], [parts["county"], parts["school_code"]])
    school = judged.rename("verdict").reset_index()
    said = pd.concat(
        [
            parts[["county", "verdict"]],
            lost[["county"]].assign(verdict=OPEN),
            *(
                counties[["county", f"{code}_verdict"]].set_axis(["county", "verdict"], axis=1)
                for code in CODES
            ),
        ],
        ignore_index=True,
    )
    county = worst(said["verdict"], [said["county"]]).rename("verdict").reset_index()
    year = parts["year"].iloc[0]
    return {
        "parts": parts.drop(columns=[*CODES, "part"]),
        "schools": school.assign(year=year),
        "spreads": counties,
        "counties": county.assign(year=year),
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("files", nargs="+", type=Path)
    parser.add_argument("-o", "--out", type=Path, required=True)
    parser.add_argument("--numbers", type=Path, required=True)
    asked = parser.parse_args()
    numbers = json.loads(asked.numbers.read_text(encoding="utf-8"))
    for path in asked.files:
        for name, frame in assess(path, numbers).items():
            folder = asked.out / name
            folder.mkdir(parents=True, exist_ok=True)
            frame.to_parquet(folder / path.name, index=False)


if __name__ == "__main__":
    main()
