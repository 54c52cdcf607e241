"""What is written: the columns of parts, and one row for every row that was read.

Part columns, for each indicator: `<code>_numerator` / `<code>_denominator` (exact), `_value`,
`_met` (达标; null = 缺数据), `_above_floor`, `_gap` and `_gap_to_floor` (in whole steps of the
indicator: 人, 0.01㎡, 元, 间), `_share` of the county's variance, `_below` its mean.
"""

from collections.abc import Sequence

import narwhals as nw

from junheng.diagnosis import Verdict
from junheng.diagnosis.wide.verdicts import KEPT
from junheng.indicators.wide.counting import Counting
from junheng.indicators.wide.merging import Frame
from junheng.indicators.wide.parts import left_out, reasons_out

WHAT = (
    "numerator", "denominator", "value", "met", "above_floor", "gap", "gap_to_floor", "share", "below",
)  # fmt: skip
KEY = ("year", "county", "school_code", "school_name", "school_type")
COUNTED, MERGED, OUT, LACKING = "计入", "并入主校", "不计入", "缺报"


def part_columns(codes: Sequence[str], *, narrow: bool) -> list[nw.Expr]:
    """The columns of parts; integers beyond 64 bits as DECIMAL(38,0), for Parquet has no such."""
    found = [nw.col(name) for name in (*KEPT, "verdict", "met")]
    for code in codes:
        for what in WHAT:
            column = nw.col(f"{code}_{what}")
            if what in ("numerator", "denominator") and not narrow:
                column = column.cast(nw.Decimal(38, 0))
            found.append(column)
    return found


def school_rows(
    taken_in: Frame, schools: Frame, missing: Frame, parts: Frame, counting: Counting
) -> Frame:
    """year, county, school_code, school_name, school_type, status, reason, merged_into, verdict."""
    single = parts.filter(~nw.col("combined")).select(
        *KEY, *_said(COUNTED), nw.col("verdict").alias("verdict")
    )
    return nw.concat(
        [
            single,
            _combined(parts.filter(nw.col("combined"))),
            _left_out(schools, counting),
            missing.select(*KEY, *_said(LACKING, nw.col("reason")), _no_text("verdict")),
            taken_in.select(
                *KEY,
                *_said(MERGED, merged_into=nw.col("parent_school_code")),
                _no_text("verdict"),
            ),
        ]
    )


def _said(
    status: str, reason: nw.Expr | None = None, merged_into: nw.Expr | None = None
) -> list[nw.Expr]:
    return [
        nw.lit(status).alias("status"),
        _no_text("reason") if reason is None else reason.alias("reason"),
        _no_text("merged_into") if merged_into is None else merged_into.alias("merged_into"),
    ]


def _no_text(name: str) -> nw.Expr:
    return nw.lit(None).cast(nw.String).alias(name)


def _combined(parts: Frame) -> Frame:
    """Schools of several stages: the worst verdict of their parts."""
    said = {v: (nw.col("verdict") == v.value).cast(nw.Int64) for v in Verdict}
    grouped = parts.select(
        *KEY,
        said[Verdict.FAIL].alias("failing"),
        said[Verdict.NO_DATA].alias("open"),
    )
    worst = grouped.group_by(*KEY).agg(nw.col("failing").max(), nw.col("open").max())
    open_ = nw.when(nw.col("open") > 0).then(nw.lit(Verdict.NO_DATA.value))
    verdict = (
        nw.when(nw.col("failing") > 0)
        .then(nw.lit(Verdict.FAIL.value))
        .otherwise(open_.otherwise(nw.lit(Verdict.PASS.value)))
    )
    return worst.select(*KEY, *_said(COUNTED), verdict.alias("verdict"))


def _left_out(schools: Frame, counting: Counting) -> Frame:
    """Schools outside the scope, each with the first reason that holds."""
    reason = nw.lit(None).cast(nw.String)
    for words, holds in reversed(reasons_out(counting).items()):
        reason = nw.when(holds).then(nw.lit(words)).otherwise(reason)
    out = schools.filter(left_out(counting)).with_columns(reason.alias("reason"))
    return out.select(*KEY, *_said(OUT, nw.col("reason")), _no_text("verdict"))
