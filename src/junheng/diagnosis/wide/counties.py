"""Counties by the thousand: 资源配置 from the verdicts of parts and CVs, as `assessing` judges one."""

import polars as pl

from junheng.diagnosis.verdict import Verdict

KEY = ("year", "county")
PARTS = ("parts", "parts_failing", "parts_open")


def county_verdicts(
    counties: pl.DataFrame, parts: pl.DataFrame, spreads: pl.DataFrame, missing: pl.DataFrame
) -> pl.DataFrame:
    """One row a year and county: its verdict, and how much of what speaks against it.

    `counties` names them; `parts` counts parts (`parts`, `parts_failing`, `parts_open`), `missing`
    schools that are lacking.
    One failure fails, whatever is missing; else anything missing leaves the county open, as does
    having nothing to judge.
    """
    told = (
        parts.lazy().select(*KEY, *(pl.col(name).cast(pl.Int64) for name in PARTS)),
        _spreads(spreads.lazy()),
        missing.lazy().select(*KEY, pl.col("missing").cast(pl.Int64)),
    )
    found = counties.lazy().select(*KEY).sort(*KEY)
    for frame in told:
        found = found.join(frame, on=KEY, how="left", validate="1:1", maintain_order="left")
    found = found.with_columns(pl.exclude(KEY).fill_null(0))
    failing = pl.col("parts_failing") + pl.col("spreads_failing") > 0
    open_ = pl.sum_horizontal("parts_open", "spreads_open", "missing") > 0
    verdict = (
        pl.when(failing)
        .then(pl.lit(Verdict.FAIL.value))
        .when(open_ | (pl.col("parts") == 0))
        .then(pl.lit(Verdict.NO_DATA.value))
        .otherwise(pl.lit(Verdict.PASS.value))
    )
    return found.with_columns(verdict.alias("resource")).collect()


def _spreads(spreads: pl.LazyFrame) -> pl.LazyFrame:
    verdicts = {"spreads_failing": Verdict.FAIL, "spreads_open": Verdict.NO_DATA}
    return spreads.group_by(KEY).agg(
        (pl.col("verdict") == verdict.value).sum().cast(pl.Int64).alias(name)
        for name, verdict in verdicts.items()
    )
