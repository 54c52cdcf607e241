"""The whole assessment written by hand in pandas, as a practised user would: columns, exact integers.

    python benchmarks/national/with_pandas.py PARQUET… -o OUT --numbers NUMBERS.json

The same input checks, the same columns of the same four tables as `junheng assess --engine`; only
the receipt is left out. One file (a year) at a time, since nothing of L1–L7 crosses a year. Arrow
turns the decimals into whole hundredths, for pandas would make an object of each; what may be blank
is held in pandas' nullable integers, and judged in numpy beside one mask a column.
"""

import argparse
import json
import sys
from collections.abc import Iterator, Mapping
from fractions import Fraction
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq
from exactly import NEAR, within
from facts import (
    AMOUNTS,
    ATTACHED,
    CODES,
    HUNDREDTHS,
    IDENTITY,
    LEADING,
    NAMED,
    NUMERATORS,
    OWED_BY,
    OWN,
    READ,
    SHARED,
    STAGES,
)

VERDICTS = ["未达标", "缺数据", "达标"]
"""From worst to best, so that the worst of several is their minimum."""
FAIL, OPEN, PASS = range(3)
KEY = ["year", "county", "school_code", "school_name", "school_type"]
TOLD = ["county", "year", "school_code", "school_name", "school_type", "ownership", "urban_rural_code"]  # fmt: skip
NULLABLE = {pa.int64(): pd.Int64Dtype(), pa.bool_(): pd.BooleanDtype()}
Numbers = Mapping[str, Any]


def read(path: Path, numbers: Numbers) -> pd.DataFrame:
    """One year: areas in 0.01 m², money in fen, stages and pupils; refused where it cannot be facts."""
    held = pq.read_table(path, columns=[*IDENTITY, *AMOUNTS])
    for name in HUNDREDTHS:
        hundred = pc.multiply(pc.cast(held.column(name), pa.float64(), safe=False), 100.0)
        cents = pc.cast(pc.round(hundred), pa.int64())
        held = held.set_column(held.schema.get_field_index(name), name, cents)
    if faults := [*checked(held, numbers)]:
        sys.exit("\n".join(faults))
    frame = held.to_pandas(types_mapper=NULLABLE.get)
    dashed = frame["not_applicable"].dropna()
    for stage in ATTACHED:
        name = f"attached_{stage}_enrolment"
        blank = names(dashed, name) & frame.loc[dashed.index, name].isna()
        frame.loc[dashed.index[blank.to_numpy(bool)], name] = 0
    for stage, types in OWN.items():
        own = frame["school_type"].isin(types).to_numpy()
        more = frame["school_type"].isin(ATTACHED.get(stage, ())).to_numpy()
        pupils = frame[f"enrolment_{stage}"].where(own, 0)
        if stage in ATTACHED:
            classes = frame[f"attached_{stage}_enrolment"]
            pupils = pupils.where(~more, classes)
            more = more & (classes != 0).fillna(True).to_numpy(bool)
        frame[f"own_{stage}"], frame[f"has_{stage}"] = own, own | more
        frame[f"pupils_{stage}"] = pupils
    frame["counts"] = frame["counts_as_school"].fillna(True).to_numpy(bool)
    frame["filed"] = frame["filed"].to_numpy(bool)
    frame["outside"] = frame["school_type"].isin(numbers["excluded"]).to_numpy()
    return frame


def names(dashed: pd.Series, name: str) -> pd.Series:
    """Whether rows name a column among those they filed as —."""
    return ("," + dashed + ",").str.contains(f",{name},", regex=False).astype(bool)


def checked(held: pa.Table, numbers: Numbers) -> Iterator[str]:
    """What cannot be facts: blank names, schools that occur twice, amounts beyond the form's."""
    for name in NAMED:
        if blank := held.column(name).null_count:
            yield f"{name}: {blank} blank"
    twice = held.select(["year", "school_code"]).to_pandas().duplicated().sum()
    if twice:
        yield f"{twice} schools occur twice"
    for name, most in numbers["most"].items():
        allowed = most * 100 if name in HUNDREDTHS else most
        found = pc.min_max(held.column(name)).as_py()
        if (found["max"] or 0) > allowed or (found["min"] or 0) < 0:
            yield f"{name}: {found['min']} to {found['max']}, 0 to {allowed} are allowed"


def owes(frame: pd.DataFrame, name: str) -> np.ndarray:
    """Whether rows had to file a column and did not."""
    lacking = frame[name].isna().to_numpy() & (frame["school_type"] != "special").to_numpy(bool)
    dashed = frame["not_applicable"].dropna()
    lacking &= ~frame.index.isin(dashed.index[names(dashed, name)])
    if stage := OWED_BY.get(name):
        attached = (frame[f"attached_{stage}_enrolment"] > 0).fillna(False)
        lacking &= frame[f"own_{stage}"].to_numpy() | attached.to_numpy(bool)
    return lacking


def merged(frame: pd.DataFrame, campuses: pd.DataFrame) -> pd.DataFrame:
    """Schools of their own, their campuses added into them; `frame` has the rows in order of index."""
    schools = frame[frame["filed"] & (frame["counts"] | frame["outside"])].copy()
    schools["merged_rows"] = np.int64(0)
    group = campuses.groupby("parent_school_code", sort=False)
    takes = schools[schools["counts"]].reset_index().set_index("school_code")["index"]
    rows = group.size()
    rows = rows[takes.index.get_indexer(rows.index) >= 0]
    at, heads = takes.loc[rows.index].to_numpy(), schools.loc[takes.loc[rows.index]]
    schools.loc[at, "merged_rows"] = rows.to_numpy()
    for stage in OWN:
        theirs = group[f"has_{stage}"].any().loc[rows.index].to_numpy()
        schools.loc[at, f"has_{stage}"] |= theirs
        known = group[f"pupils_{stage}"].count().loc[rows.index] == rows
        added = group[f"pupils_{stage}"].sum().loc[rows.index].where(known)
        schools.loc[at, f"pupils_{stage}"] = (heads[f"pupils_{stage}"].array + added.array)  # fmt: skip
    for name in READ:
        owed = (
            pd.Series(owes(campuses, name)).groupby(campuses["parent_school_code"].to_numpy()).any()
        )
        added = group[name].sum(min_count=1).loc[rows.index].array
        own = heads[name].array
        total = pd.array(
            np.where(own.isna(), added, own + pd.Series(added).fillna(0).array), "Int64"
        )
        total[owes(heads, name) | owed.loc[rows.index].to_numpy()] = pd.NA
        schools.loc[at, name] = total
    return schools


def scoped(schools: pd.DataFrame, numbers: Numbers) -> pd.DataFrame:
    """Each school with why it is not measured, weighted pupils, and whether it has several stages."""
    pupils = {stage: schools[f"pupils_{stage}"] for stage in OWN}
    compulsory = pupils["primary"] + pupils["junior"]
    nobody = (compulsory == 0).fillna(False).to_numpy(bool)
    few = (compulsory < numbers["fewest"]).fillna(False).to_numpy(bool) & ~nobody
    reasons = {
        "学校类型不在范围内": schools["outside"].to_numpy(),
        "没有义务教育学段": ~(schools["has_primary"] | schools["has_junior"]).to_numpy(bool),
        f"教学点不足{numbers['fewest']}人": few & (schools["school_type"] == "teaching_point").to_numpy(bool),
        "尚无学生": nobody,
    }  # fmt: skip
    chosen = np.select([*reasons.values()], range(len(reasons)), -1)
    schools["reason"] = pd.Categorical.from_codes(chosen, [*reasons])
    schools["weighted"] = sum(
        pupils[stage] * weight for stage, weight in numbers["weights"].items()
    )
    several = sum((each > 0).fillna(False).to_numpy(np.int8) for each in pupils.values())
    schools["combined"] = several > 1
    return schools


def missing_of(frame: pd.DataFrame, schools: pd.DataFrame, orphans: pd.DataFrame) -> pd.DataFrame:
    """Schools that should be measured and cannot be, why, and which stages want them."""
    unknown = schools[schools["reason"].isna() & schools["weighted"].isna()]
    absent = frame[~frame["filed"] & ~frame["outside"]]
    absent = absent[absent["own_primary"] | absent["own_junior"]]
    found = []
    for rows, prefix, why in (
        (unknown, "has", "学生数没有填报"),
        (orphans, "own", "不计校数，但主校没有填报"),
        (absent, "own", "在学校名册上，没有填报"),
    ):
        wants = {f"wants_{stage}": rows[f"{prefix}_{stage}"].to_numpy(bool) for stage in STAGES}
        found.append(rows[KEY].assign(reason=why, **wants))
    return pd.concat(found, ignore_index=True)


def parts_of(
    schools: pd.DataFrame, stage: str, numbers: Numbers
) -> tuple[pd.DataFrame, dict[str, np.ndarray]]:
    """The parts of a stage, and by name the arrays of them: numerators, denominators, steps, values."""
    pupils = schools[f"pupils_{stage}"]
    here = schools["reason"].isna() & schools["weighted"].notna() & (pupils > 0).fillna(False)
    own = [name for name in READ if OWED_BY.get(name, stage) == stage]
    kept = [*TOLD, "combined", "merged_rows", "weighted", f"pupils_{stage}", *own]
    part = schools.loc[here.to_numpy(bool), kept]
    people = part[f"pupils_{stage}"].to_numpy(np.int64)
    weight, weighted = people * numbers["weights"][stage], part["weighted"].to_numpy(np.int64)
    found = {"pupils": people}
    for code in CODES:
        per, step = numbers["per"][code], numbers["step"][code]
        amount = NUMERATORS[code](part.__getitem__, stage)
        above, below, more = amount.to_numpy(np.int64, na_value=0) * per, people, step * per
        if code in SHARED:
            above, more = above * weight, weight * more
            below = people * (100 if LEADING[code] in HUNDREDTHS else 1) * weighted
        blank = amount.isna().to_numpy()
        found |= {f"{code}_blank": blank, f"{code}_above": above, f"{code}_below": below, f"{code}_step": more}  # fmt: skip
        found[f"{code}_value"] = np.where(blank, np.nan, above / below)
    return part, found


def spreads_of(
    part: pd.DataFrame, found: dict[str, np.ndarray], missing: pd.DataFrame, stage: str, numbers: Numbers
) -> tuple[pd.DataFrame, dict[str, np.ndarray]]:  # fmt: skip
    """One row a county and indicator; and for every part the terms of its shares."""
    lost = missing.loc[missing[f"wants_{stage}"], "county"]
    county, place = part["county"], None
    names_, place = np.unique(np.concatenate([county.to_numpy(str), lost.to_numpy(str)]), return_inverse=True)  # fmt: skip
    own, size = place[: len(part)], len(names_)
    absent = np.bincount(place[len(part) :], minlength=size)
    people, every = found["pupils"], np.bincount(own, minlength=size)
    total = np.bincount(own, people, size)
    limit = Fraction(*numbers["spread"][stage])
    rows, terms = [], {}
    for code in CODES:
        value, blank = found[f"{code}_value"], found[f"{code}_blank"]
        known = np.bincount(own, ~blank, size).astype(np.int64)
        complete = (absent == 0) & (known == every)
        with np.errstate(divide="ignore", invalid="ignore"):
            mean = np.bincount(own, people * value, size) / total
            low, high = np.full(size, np.inf), np.full(size, -np.inf)
            np.minimum.at(low, own, value)
            np.maximum.at(high, own, value)
            mean = np.where(low == high, low, mean)
            away = value - mean[own]
            term = people * away * away
            squares = np.bincount(own, term, size)
            deviation = np.sqrt(squares / total)
            cv = np.where(mean != 0, deviation / np.abs(mean), np.nan)
        verdict = np.select([~complete | np.isnan(cv), cv <= float(limit)], [OPEN, PASS], FAIL)
        for at in np.flatnonzero(complete & (np.abs(cv - float(limit)) <= NEAR)):
            group = own == at
            kept = within(people[group], found[f"{code}_above"][group], found[f"{code}_below"][group], limit)  # fmt: skip
            verdict[at] = PASS if kept else FAIL
        whole = complete & (mean != 0)
        terms[f"{code}_mean"] = np.where(whole, mean, np.nan)[own]
        with np.errstate(divide="ignore", invalid="ignore"):
            share = np.where(squares[own] > 0, term / squares[own], 0.0)
        terms[f"{code}_share"] = np.where(whole[own], share, np.nan)
        terms[f"{code}_away"] = away
        shown = {
            "cv": cv,
            "mean": mean,
            "deviation": deviation,
            "total": np.where(mean != 0, squares, np.nan),
        }
        rows.append(
            pd.DataFrame(
                {
                    "county": names_, "stage": stage, "indicator": code, "limit": float(limit),
                    "parts": known, "missing": absent,
                    **{name: np.where(complete, each, np.nan) for name, each in shown.items()},
                    "verdict": pd.Categorical.from_codes(verdict, VERDICTS),
                    "one_school": complete & (known == 1),
                }
            )
        )  # fmt: skip
    return pd.concat(rows, ignore_index=True), terms


def judged(
    part: pd.DataFrame, found: dict[str, np.ndarray], terms: dict[str, np.ndarray], stage: str, numbers: Numbers
) -> pd.DataFrame:  # fmt: skip
    """Verdicts, gaps in whole steps, shares of the CVs, and the school rule."""
    columns: dict[str, Any] = {}
    met, failed, deep, open_ = (np.zeros(len(part), np.int64) for _ in range(4))
    for code in CODES:
        blank, scale = found[f"{code}_blank"], numbers["scales"][code]
        above, below = found[f"{code}_above"], found[f"{code}_below"]
        own, one = above * scale, found[f"{code}_step"] * scale
        short = below * numbers["limits"][code][stage] - own
        under = below * numbers["floors"][code][stage] - own
        passed, safe = short <= 0, under <= 0
        mean = terms[f"{code}_mean"]
        less = terms[f"{code}_away"] < -NEAR * np.abs(mean)
        columns |= {
            f"{code}_numerator": pd.arrays.IntegerArray(above, blank),
            f"{code}_denominator": below,
            f"{code}_value": pd.arrays.FloatingArray(found[f"{code}_value"], blank),
            f"{code}_met": pd.arrays.BooleanArray(passed, blank),
            f"{code}_above_floor": pd.arrays.BooleanArray(safe, blank),
            f"{code}_gap": pd.arrays.IntegerArray(_steps(short, one), blank),
            f"{code}_gap_to_floor": pd.arrays.IntegerArray(_steps(under, one), blank),
            f"{code}_share": pd.arrays.FloatingArray(terms[f"{code}_share"], np.isnan(terms[f"{code}_share"])),
            f"{code}_below": pd.arrays.BooleanArray(less, np.isnan(mean)),
        }  # fmt: skip
        met += passed & ~blank
        failed += ~passed & ~blank
        deep += ~safe & ~blank
        open_ += blank
    fails = (len(CODES) - failed < numbers["needed"]) | (deep > 0)
    verdict = np.select([fails, open_ > 0], [FAIL, OPEN], PASS)
    told = {name: part[name].array for name in (*TOLD, "combined", "merged_rows")}
    told |= {
        "pupils": found["pupils"],
        "verdict": pd.Categorical.from_codes(verdict, VERDICTS),
        "met": met,
    }
    return pd.DataFrame(told | columns, copy=False)


def _steps(short: np.ndarray, one: np.ndarray | int) -> np.ndarray:
    return np.where(short <= 0, 0, -(-short // one))


def school_rows(
    parts: pd.DataFrame, schools: pd.DataFrame, missing: pd.DataFrame, taken: pd.DataFrame
) -> pd.DataFrame:
    """Every row that was read: what became of it, and the worst verdict of its parts."""
    several = parts[parts["combined"].to_numpy()]
    rank = pd.Series(several["verdict"].cat.codes.to_numpy())
    worst = rank.groupby(several["school_code"].to_numpy()).min()
    first = several.drop_duplicates("school_code").set_index("school_code", drop=False)
    combined = first.loc[worst.index, KEY].assign(
        verdict=pd.Categorical.from_codes(worst, VERDICTS)
    )
    single = parts.loc[~parts["combined"].to_numpy(), [*KEY, "verdict"]]
    out = schools.loc[schools["reason"].notna(), [*KEY, "reason"]]
    return pd.concat(
        [
            single.assign(status="计入"),
            combined.assign(status="计入"),
            out.assign(status="不计入", reason=out["reason"].astype("str")),
            missing[[*KEY, "reason"]].assign(status="缺报"),
            taken[KEY].assign(status="并入主校", merged_into=taken["parent_school_code"]),
        ],
        ignore_index=True,
    )[[*KEY, "status", "reason", "merged_into", "verdict"]]


def county_rows(
    frame: pd.DataFrame, parts: pd.DataFrame, spreads: pd.DataFrame, missing: pd.DataFrame
) -> pd.DataFrame:
    """资源配置 of every county: one failure fails; else anything missing leaves it open."""
    counties = pd.Index(sorted(frame["county"].unique()), name="county")

    def counted(rows: pd.DataFrame, verdict: int | None = None) -> np.ndarray:
        chosen = rows if verdict is None else rows[rows["verdict"] == VERDICTS[verdict]]
        return chosen["county"].value_counts().reindex(counties, fill_value=0).to_numpy()

    found = {
        "year": frame["year"].iloc[0],
        "county": counties,
        "parts": counted(parts),
        "parts_failing": counted(parts, FAIL),
        "parts_open": counted(parts, OPEN),
        "spreads_failing": counted(spreads, FAIL),
        "spreads_open": counted(spreads, OPEN),
        "missing": counted(missing),
    }
    failing = found["parts_failing"] + found["spreads_failing"] > 0
    open_ = (found["parts_open"] + found["spreads_open"] + found["missing"] > 0) | (
        found["parts"] == 0
    )
    resource = np.select([failing, open_], [FAIL, OPEN], PASS)
    return pd.DataFrame(found).assign(resource=pd.Categorical.from_codes(resource, VERDICTS))


def assess(path: Path, numbers: Numbers) -> dict[str, pd.DataFrame]:
    frame = read(path, numbers)
    campuses = frame[frame["filed"] & ~frame["counts"] & ~frame["outside"]]
    counting = pd.Index(frame.loc[frame["filed"] & frame["counts"], "school_code"])
    there = counting.get_indexer(campuses["parent_school_code"]) >= 0
    schools = scoped(merged(frame, campuses), numbers)
    missing = missing_of(frame, schools, campuses[~there])
    tables, verdicts, spreads = {}, [], []
    for stage in STAGES:
        part, found = parts_of(schools, stage, numbers)
        spread, terms = spreads_of(part, found, missing, stage, numbers)
        tables[f"parts/stage={stage}"] = told = judged(part, found, terms, stage, numbers)
        verdicts.append(told[[*KEY, "combined", "verdict"]])
        spreads.append(spread)
    parts, spread = pd.concat(verdicts, ignore_index=True), pd.concat(spreads, ignore_index=True)
    spread.insert(0, "year", frame["year"].iloc[0])
    order = spread["stage"].map({stage: n for n, stage in enumerate(STAGES)})
    spread = (
        spread.assign(order=order)
        .sort_values(["county", "order", "indicator"])
        .drop(columns="order")
    )
    return {
        **tables,
        "schools": school_rows(parts, schools, missing, campuses[there]),
        "spreads": spread,
        "counties": county_rows(frame, parts, spread, missing),
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
            words = [each for each in frame if frame[each].dtype.kind not in "ifbu"]
            frame.to_parquet(
                folder / path.name, index=False, compression="lz4", use_dictionary=words, write_statistics=False
            )  # fmt: skip


if __name__ == "__main__":
    main()
