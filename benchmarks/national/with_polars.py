"""The whole assessment written by hand in Polars, as a practised user would: lazy, exact integers.

    python benchmarks/national/with_polars.py PARQUET… -o OUT --numbers NUMBERS.json

The same input checks, the same columns of the same four tables as `junheng assess --engine`; only
the receipt is left out. One file (a year) at a time, since nothing of L1–L7 crosses a year; each
year is computed in three collections: schools, measured parts, judged parts.
"""

import argparse
import json
import sys
from collections.abc import Iterator, Mapping
from fractions import Fraction
from functools import reduce
from operator import add
from pathlib import Path
from typing import Any

import polars as pl
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

PASS, FAIL, OPEN = "达标", "未达标", "缺数据"
KEY = ("year", "county", "school_code", "school_name", "school_type")
TOLD = ("county", "year", "school_code", "school_name", "school_type", "ownership", "urban_rural_code")  # fmt: skip
GROUP = ("year", "county", "stage")
Numbers = Mapping[str, Any]


def typed(types: tuple[str, ...] | list[str]) -> pl.Expr:
    return pl.col("school_type").is_in(list(types)).fill_null(value=False)


def read(path: Path, numbers: Numbers) -> pl.LazyFrame:
    """One year: areas in 0.01 m², money in fen, stages and pupils; refused where it cannot be facts."""
    held = pl.read_parquet(path, columns=list(IDENTITY + AMOUNTS))
    if faults := [*checked(held, numbers)]:
        sys.exit("\n".join(faults))
    attached = [f"attached_{stage}_enrolment" for stage in ATTACHED]
    listed = pl.concat_str(pl.lit(","), "not_applicable", pl.lit(","))
    has, pupils = {}, {}
    for stage, types in OWN.items():
        own, more = typed(types), typed(ATTACHED.get(stage, ()))
        classes = (
            pl.col(f"attached_{stage}_enrolment") if stage in ATTACHED else pl.lit(0, pl.Int64)
        )
        has[stage] = own | more & (classes != 0).fill_null(value=True)
        elsewhere = pl.when(more).then(classes).otherwise(pl.lit(0, pl.Int64))
        pupils[stage] = pl.when(own).then(f"enrolment_{stage}").otherwise(elsewhere)
    return (
        held.lazy()
        .with_columns(
            *((pl.col(n).cast(pl.Float64) * 100).round().cast(pl.Int64) for n in HUNDREDTHS),
            *(
                pl.when(pl.col(n).is_null() & listed.str.contains(f",{n},", literal=True))
                .then(0)
                .otherwise(n)
                .alias(n)
                for n in attached
            ),
        )
        .with_columns(
            *(each.alias(f"has_{stage}") for stage, each in has.items()),
            *(each.alias(f"pupils_{stage}") for stage, each in pupils.items()),
            counts=pl.col("counts_as_school").fill_null(value=True),
            outside=typed(numbers["excluded"]),
        )
    )


def checked(held: pl.DataFrame, numbers: Numbers) -> Iterator[str]:
    """What cannot be facts: blank names, schools that occur twice, amounts beyond the form's."""
    for name in NAMED:
        if blank := held[name].null_count():
            yield f"{name}: {blank} blank"
    twice = held.select("year", "school_code").is_duplicated()
    if twice.any():
        yield f"{held.filter(twice)['school_code'].n_unique()} schools occur twice"
    most = held.select(pl.col(AMOUNTS).max()).row(0, named=True)
    least = held.select(pl.col(AMOUNTS).min()).row(0, named=True)
    for name, allowed in numbers["most"].items():
        if (most[name] or 0) > allowed or (least[name] or 0) < 0:
            yield f"{name}: {least[name]} to {most[name]}, 0 to {allowed} are allowed"


def owes(name: str) -> pl.Expr:
    """Whether the row had to file the column and did not."""
    listed = pl.concat_str(pl.lit(","), "not_applicable", pl.lit(","))
    lacking = pl.col(name).is_null() & ~listed.str.contains(f",{name},", literal=True).fill_null(value=False)  # fmt: skip
    must = pl.col("school_type") != "special"
    if stage := OWED_BY.get(name):
        must &= typed(OWN[stage]) | (pl.col(f"attached_{stage}_enrolment") > 0).fill_null(
            value=False
        )
    return lacking & must


def children_of(campuses: pl.LazyFrame) -> pl.LazyFrame:
    """What the campuses of each parent add: sums, and whether one of them lacks a value."""
    return (
        campuses.with_columns(owes(name).alias(f"owed_{name}") for name in READ)
        .group_by("parent_school_code")
        .agg(
            pl.len().cast(pl.Int64).alias("merged_rows"),
            *(pl.col(f"has_{stage}").any().alias(f"child_has_{stage}") for stage in OWN),
            *(
                pl.when(~pl.col(f"pupils_{stage}").has_nulls()).then(pl.col(f"pupils_{stage}").sum())
                .alias(f"child_pupils_{stage}")
                for stage in OWN
            ),
            *(
                pl.when(pl.col(name).count() > 0).then(pl.col(name).sum()).alias(f"child_{name}")
                for name in READ
            ),
            *(pl.col(f"owed_{name}").any() for name in READ),
        )
        .rename({"parent_school_code": "school_code"} | {f"owed_{name}": f"child_owed_{name}" for name in READ})
    )  # fmt: skip


def schools_of(rows: pl.LazyFrame, campuses: pl.LazyFrame) -> pl.LazyFrame:
    """Schools of their own, their campuses added into them."""
    added = children_of(campuses)
    heads = rows.filter("filed", pl.col("counts") | pl.col("outside"))
    alone = heads.join(
        added.select("school_code", taking=True), on="school_code", how="left"
    ).filter(pl.col("taking").is_null() | ~pl.col("counts"))
    taking = heads.filter("counts").join(added, on="school_code")
    stages = [f"{what}_{stage}" for what in ("has", "pupils") for stage in OWN]
    together = [
        pl.when(~owes(n) & ~pl.col(f"child_owed_{n}"))
        .then(
            pl.when(pl.col(n).is_null())
            .then(f"child_{n}")
            .otherwise(pl.col(n) + pl.col(f"child_{n}").fill_null(0))
        )
        .alias(n)
        for n in READ
    ]
    return pl.concat(
        [
            alone.select(
                *TOLD, pl.lit(0, pl.Int64).alias("merged_rows"), *stages, *READ, "outside"
            ),
            taking.select(
                *TOLD,
                "merged_rows",
                *(pl.col(f"has_{s}") | pl.col(f"child_has_{s}") for s in OWN),
                *(pl.col(f"pupils_{s}") + pl.col(f"child_pupils_{s}") for s in OWN),
                *together,
                "outside",
            ),
        ]
    )


def scoped(schools: pl.LazyFrame, numbers: Numbers) -> pl.LazyFrame:
    """Each school with why it is not measured, weighted pupils, and whether it has several stages."""
    pupils = [pl.col(f"pupils_{stage}") for stage in OWN]
    compulsory = pl.col("pupils_primary") + pl.col("pupils_junior")
    small = (pl.col("school_type") == "teaching_point") & (compulsory > 0) & (compulsory < numbers["fewest"])  # fmt: skip
    reason = (
        pl.when("outside")
        .then(pl.lit("学校类型不在范围内"))
        .when(~(pl.col("has_primary") | pl.col("has_junior")))
        .then(pl.lit("没有义务教育学段"))
        .when(small.fill_null(value=False))
        .then(pl.lit(f"教学点不足{numbers['fewest']}人"))
        .when((compulsory == 0).fill_null(value=False))
        .then(pl.lit("尚无学生"))
    )
    weighted = [each * numbers["weights"][stage] for each, stage in zip(pupils, OWN, strict=True)]
    return schools.with_columns(
        reason=reason,
        weighted=reduce(add, weighted),
        combined=reduce(add, ((each > 0).cast(pl.Int8) for each in pupils)) > 1,
    )


def missing_of(rows: pl.LazyFrame, schools: pl.LazyFrame, orphans: pl.LazyFrame) -> pl.LazyFrame:
    """Schools that should be measured and cannot be, why, and which stages want them."""
    own = [typed(OWN[stage]).alias(f"has_{stage}") for stage in STAGES]
    has = [f"has_{stage}" for stage in STAGES]
    unknown = schools.filter(pl.col("reason").is_null(), pl.col("weighted").is_null())
    absent = rows.filter(~pl.col("filed"), ~pl.col("outside")).select(*KEY, *own)
    return pl.concat(
        frame.with_columns(reason=pl.lit(why))
        for frame, why in (
            (unknown.select(*KEY, *has), "学生数没有填报"),
            (orphans.select(*KEY, *own), "不计校数，但主校没有填报"),
            (absent.filter(pl.any_horizontal(has)), "在学校名册上，没有填报"),
        )
    )


def measured(schools: pl.LazyFrame, stage: str, numbers: Numbers) -> pl.LazyFrame:
    """The parts of a stage, each value as an exact numerator and denominator, and one step more."""
    known = schools.filter(
        pl.col("reason").is_null(), pl.col("weighted").is_not_null(), pl.col(f"pupils_{stage}") > 0
    )
    pupils = pl.col(f"pupils_{stage}")
    weight = pupils * numbers["weights"][stage]
    told = []
    for code in CODES:
        per, step = numbers["per"][code], numbers["step"][code]
        amount = NUMERATORS[code](pl.col, stage)
        if code in SHARED:
            hundred = 100 if LEADING[code] in HUNDREDTHS else 1
            above, below, more = amount * weight * per, pupils * hundred * pl.col("weighted"), weight * (step * per)  # fmt: skip
        else:
            above, below, more = amount * per, pupils, pl.lit(step * per, pl.Int64)
        told += [
            above.alias(f"{code}_numerator"),
            below.alias(f"{code}_denominator"),
            more.alias(f"{code}_step"),
            (above.cast(pl.Float64) / below.cast(pl.Float64)).alias(f"{code}_value"),
        ]
    return known.select(
        "year", "county", *TOLD[2:], pl.lit(stage).alias("stage"), "combined", "merged_rows", pupils.alias("pupils"), *told
    )  # fmt: skip


def beside_means(parts: pl.LazyFrame) -> pl.LazyFrame:
    """The parts beside the means of their county and stage, weighted by pupils."""
    pupils = pl.col("pupils")
    means = parts.group_by("county", "stage").agg(
        (pl.col(f"{c}_value") * pupils).sum().truediv(pupils.sum()).alias(f"{c}_mean")
        for c in CODES
    )
    return parts.join(means, on=["county", "stage"])


def spreads_of(parts: pl.DataFrame, missing: pl.DataFrame, numbers: Numbers) -> pl.DataFrame:
    """One row a county, stage and indicator; CVs too near the limit are decided exactly."""
    pupils = pl.col("pupils")
    sums = parts.lazy().group_by(GROUP).agg(
        pl.len().cast(pl.Int64).alias("all"),
        pupils.sum().alias("people"),
        *(pl.col(f"{c}_value").count().cast(pl.Int64).alias(f"{c}_known") for c in CODES),
        *(pl.col(f"{c}_mean").first() for c in CODES),
        *(((pl.col(f"{c}_value") - pl.col(f"{c}_mean")) ** 2 * pupils).sum().alias(f"{c}_squares") for c in CODES),
        *((pl.col(f"{c}_value").max() == pl.col(f"{c}_value").min()).alias(f"{c}_even") for c in CODES),
    )  # fmt: skip
    lacking = pl.concat(
        missing.lazy().filter(f"has_{stage}").select("year", "county", stage=pl.lit(stage))
        for stage in STAGES
    )
    lost = lacking.group_by(GROUP).agg(pl.len().cast(pl.Int64).alias("missing"))
    both = sums.join(lost, on=GROUP, how="full", coalesce=True)
    found = pl.concat(_of_code(both, code, numbers) for code in CODES)
    return _decided(found.sort("year", "county", "order", "indicator").collect(), parts, numbers)


def _of_code(both: pl.LazyFrame, code: str, numbers: Numbers) -> pl.LazyFrame:
    people, known = pl.col("people"), pl.col(f"{code}_known")
    complete = pl.col("missing").is_null() & (known == pl.col("all"))
    mean = pl.col(f"{code}_mean")
    total = pl.when(f"{code}_even").then(0.0).otherwise(f"{code}_squares")
    limits = {stage: above / below for stage, (above, below) in numbers["spread"].items()}
    deviation = (pl.col("squares") / people).sqrt()
    cv, open_ = pl.col("deviation") / pl.col("mean").abs(), pl.col("cv").is_null()
    return (
        both.with_columns(
            pl.lit(code).alias("indicator"),
            pl.col("stage").replace_strict({stage: n for n, stage in enumerate(STAGES)}, return_dtype=pl.Int64).alias("order"),
            pl.col("stage").replace_strict(limits, return_dtype=pl.Float64).alias("limit"),
            known.fill_null(0).alias("parts"),
            pl.col("missing").fill_null(0),
            pl.when(complete).then(mean).alias("mean"),
            pl.when(complete).then(total).alias("squares"),
            (complete & (known == 1)).fill_null(value=False).alias("one_school"),
        )
        .with_columns(deviation=deviation)
        .with_columns(cv=pl.when(pl.col("mean") != 0).then(cv), total=pl.when(pl.col("mean") != 0).then("squares"))
        .select(
            *GROUP, "order", "indicator", "limit", "parts", "missing", "cv", "mean", "deviation",
            "total",
            pl.when(open_).then(pl.lit(OPEN)).when(pl.col("cv") <= pl.col("limit")).then(pl.lit(PASS))
            .otherwise(pl.lit(FAIL)).alias("verdict"),
            "one_school",
        )
    )  # fmt: skip


def _decided(found: pl.DataFrame, parts: pl.DataFrame, numbers: Numbers) -> pl.DataFrame:
    near = (found["cv"] - found["limit"]).abs() <= NEAR
    verdicts = found["verdict"].to_list() if near.any() else []
    for row in near.fill_null(value=False).arg_true():
        _year, county, stage, _, code, *_ = found.row(row)
        group = parts.filter(pl.col("county") == county, pl.col("stage") == stage)
        columns = [group[each].to_list() for each in ("pupils", f"{code}_numerator", f"{code}_denominator")]  # fmt: skip
        verdicts[row] = PASS if within(*columns, Fraction(*numbers["spread"][stage])) else FAIL
    if verdicts:
        found = found.with_columns(pl.Series("verdict", verdicts))
    return found.drop("order")


def judged(
    parts: pl.LazyFrame, spreads: pl.DataFrame, stage: str, numbers: Numbers
) -> pl.LazyFrame:
    """Verdicts, gaps in whole steps, shares of the CVs, and the school rule."""
    totals = spreads.pivot("indicator", index=["county", "stage"], values="total").rename(
        {code: f"{code}_total" for code in CODES}
    )
    compared, told = [], []
    for code in CODES:
        scale = numbers["scales"][code]
        for line, short in (("limits", "short"), ("floors", "deep")):
            limit = numbers[line][code][stage]
            left = pl.col(f"{code}_denominator") * limit - pl.col(f"{code}_numerator") * scale
            compared.append(left.alias(f"{code}_{short}"))
        one = pl.col(f"{code}_step") * scale
        away, total = pl.col(f"{code}_value") - pl.col(f"{code}_mean"), pl.col(f"{code}_total")
        told += [
            (pl.col(f"{code}_short") <= 0).alias(f"{code}_met"),
            (pl.col(f"{code}_deep") <= 0).alias(f"{code}_above_floor"),
            _steps(pl.col(f"{code}_short"), one).alias(f"{code}_gap"),
            _steps(pl.col(f"{code}_deep"), one).alias(f"{code}_gap_to_floor"),
            pl.when(total > 0).then(away**2 * pl.col("pupils") / total).when(total <= 0).then(0.0)
            .alias(f"{code}_share"),
            pl.when(total.is_not_null()).then(away < -NEAR * pl.col(f"{code}_mean").abs())
            .alias(f"{code}_below"),
        ]  # fmt: skip
    met = pl.sum_horizontal(pl.col(f"{code}_met").cast(pl.Int64) for code in CODES)
    failed = pl.sum_horizontal((~pl.col(f"{code}_met")).cast(pl.Int64) for code in CODES)
    deep = pl.any_horizontal((~pl.col(f"{code}_above_floor")).fill_null(value=False) for code in CODES)  # fmt: skip
    blank = pl.any_horizontal(pl.col(f"{code}_met").is_null() for code in CODES)
    verdict = (
        pl.when((len(CODES) - failed < numbers["needed"]) | deep)
        .then(pl.lit(FAIL))
        .when(blank)
        .then(pl.lit(OPEN))
        .otherwise(pl.lit(PASS))
    )
    what = ("numerator", "denominator", "value", "met", "above_floor", "gap", "gap_to_floor", "share", "below")  # fmt: skip
    return (
        parts.filter(pl.col("stage") == stage)
        .join(totals.lazy(), on=["county", "stage"], how="left")
        .with_columns(compared)
        .with_columns(told)
        .select(
            *TOLD, "combined", "merged_rows", "pupils", verdict.alias("verdict"), met.alias("met"),
            *(f"{code}_{each}" for code in CODES for each in what),
        )
    )  # fmt: skip


def _steps(short: pl.Expr, one: pl.Expr) -> pl.Expr:
    return pl.when(short <= 0).then(0).otherwise((short + one - 1) // one)


def school_rows(
    parts: pl.LazyFrame, schools: pl.LazyFrame, missing: pl.LazyFrame, taken: pl.LazyFrame
) -> pl.LazyFrame:
    """Every row that was read: what became of it, and the worst verdict of its parts."""
    no_text = pl.lit(None, pl.String)
    names = [*KEY, "status", "reason", "merged_into", "verdict"]
    verdicts = (
        parts.filter("combined")
        .group_by(KEY)
        .agg((pl.col("verdict") == FAIL).any().alias("fail"), (pl.col("verdict") == OPEN).any().alias("open"))
        .with_columns(verdict=pl.when("fail").then(pl.lit(FAIL)).when("open").then(pl.lit(OPEN)).otherwise(pl.lit(PASS)))
    )  # fmt: skip
    counted = pl.concat(
        [
            parts.filter(~pl.col("combined")).select(*KEY, "verdict"),
            verdicts.select(*KEY, "verdict"),
        ]
    )
    return pl.concat(
        [
            counted.with_columns(status=pl.lit("计入"), reason=no_text, merged_into=no_text),
            schools.filter(pl.col("reason").is_not_null()).select(
                *KEY, "reason", status=pl.lit("不计入"), merged_into=no_text, verdict=no_text
            ),
            missing.select(
                *KEY, "reason", status=pl.lit("缺报"), merged_into=no_text, verdict=no_text
            ),
            taken.select(
                *KEY, status=pl.lit("并入主校"), reason=no_text, merged_into="parent_school_code", verdict=no_text
            ),
        ],
        how="diagonal",
    ).select(names)  # fmt: skip


def county_rows(
    rows: pl.LazyFrame, parts: pl.LazyFrame, spreads: pl.LazyFrame, missing: pl.LazyFrame
) -> pl.LazyFrame:
    """资源配置 of every county: one failure fails; else anything missing leaves it open."""
    place = ["year", "county"]

    def counted(name: str, frame: pl.LazyFrame, verdict: str = "") -> pl.LazyFrame:
        chosen = frame.filter(pl.col("verdict") == verdict) if verdict else frame
        return chosen.group_by(place).agg(pl.len().cast(pl.Int64).alias(name))

    found = rows.select(place).unique()
    told = {
        "parts": (parts, ""),
        "parts_failing": (parts, FAIL),
        "parts_open": (parts, OPEN),
        "spreads_failing": (spreads, FAIL),
        "spreads_open": (spreads, OPEN),
        "missing": (missing, ""),
    }
    for name, (frame, verdict) in told.items():
        found = found.join(counted(name, frame, verdict), on=place, how="left")
    failing = pl.col("parts_failing") + pl.col("spreads_failing") > 0
    open_ = pl.sum_horizontal("parts_open", "spreads_open", "missing") > 0
    resource = (
        pl.when(failing).then(pl.lit(FAIL)).when(open_ | (pl.col("parts") == 0)).then(pl.lit(OPEN))
        .otherwise(pl.lit(PASS))
    )  # fmt: skip
    return (
        found.with_columns(pl.col(*told).fill_null(0)).with_columns(resource=resource).sort(place)
    )


def assess(path: Path, numbers: Numbers) -> dict[str, pl.DataFrame]:
    rows = read(path, numbers).collect().lazy()
    campuses = rows.filter("filed", ~pl.col("counts"), ~pl.col("outside")).collect().lazy()
    there = (
        rows.filter("filed", "counts")
        .select(parent_school_code="school_code", there=True)
        .join(campuses.select("parent_school_code"), on="parent_school_code", how="semi")
    )
    placed = campuses.join(there, on="parent_school_code", how="left").collect().lazy()
    schools = scoped(schools_of(rows, campuses), numbers).collect().lazy()
    missing = missing_of(rows, schools, placed.filter(pl.col("there").is_null())).collect()
    each = [measured(schools, stage, numbers) for stage in STAGES]
    parts = pl.concat(pl.collect_all([beside_means(stage) for stage in each]))
    spreads = spreads_of(parts, missing, numbers)
    each = pl.collect_all([judged(parts.lazy(), spreads, stage, numbers) for stage in STAGES])
    verdicts = pl.concat(part.select(*KEY, "combined", "verdict") for part in each).lazy()
    taken = placed.filter(pl.col("there").is_not_null())
    ended = school_rows(verdicts, schools, missing.lazy(), taken)
    counties = county_rows(rows, verdicts, spreads.lazy(), missing.lazy())
    written = pl.collect_all([ended, counties])
    return {
        **{f"parts/stage={stage}": part for stage, part in zip(STAGES, each, strict=True)},
        "schools": written[0],
        "spreads": spreads,
        "counties": written[1],
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
            frame.write_parquet(folder / path.name, compression="lz4", statistics=False)


if __name__ == "__main__":
    main()
