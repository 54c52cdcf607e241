"""Counties by the thousand: 资源配置 from the verdicts of parts and CVs, as `assessing` judges one."""

import polars as pl

from junheng.diagnosis.verdict import Verdict

KEY = ("year", "county")


def county_verdicts(
    counties: pl.DataFrame, parts: pl.DataFrame, spreads: pl.DataFrame, missing: pl.DataFrame
) -> pl.DataFrame:
    """One row a year and county: its verdict, and how much of what speaks against it.

    `counties` names them; `parts` counts parts by verdict, `missing` schools that are lacking.
    One failure fails, whatever is missing; else anything missing leaves the county open, as does
    having nothing to judge.
    """
    told = {
        "parts": _counted(parts, None),
        "parts_failing": _counted(parts, Verdict.FAIL),
        "parts_open": _counted(parts, Verdict.NO_DATA),
        "spreads_failing": _spreads(spreads, Verdict.FAIL),
        "spreads_open": _spreads(spreads, Verdict.NO_DATA),
        "missing": missing.select(*KEY, pl.col("missing").cast(pl.Int64)),
    }
    found = counties.select(*KEY).sort(*KEY)
    for name, frame in told.items():
        named = frame.rename({frame.columns[-1]: name})
        found = found.join(named, on=KEY, how="left", validate="1:1", maintain_order="left")
    found = found.with_columns(pl.col(*told).fill_null(0))
    failing = pl.col("parts_failing") + pl.col("spreads_failing") > 0
    open_ = pl.sum_horizontal("parts_open", "spreads_open", "missing") > 0
    verdict = (
        pl.when(failing)
        .then(pl.lit(Verdict.FAIL.value))
        .when(open_ | (pl.col("parts") == 0))
        .then(pl.lit(Verdict.NO_DATA.value))
        .otherwise(pl.lit(Verdict.PASS.value))
    )
    return found.with_columns(verdict.alias("resource"))


def _counted(parts: pl.DataFrame, verdict: Verdict | None) -> pl.DataFrame:
    chosen = parts if verdict is None else parts.filter(pl.col("verdict") == verdict.value)
    return chosen.group_by(KEY).agg(pl.col("parts").sum().cast(pl.Int64))


def _spreads(spreads: pl.DataFrame, verdict: Verdict) -> pl.DataFrame:
    chosen = spreads.filter(pl.col("verdict") == verdict.value)
    return chosen.group_by(KEY).agg(pl.len().cast(pl.Int64))
