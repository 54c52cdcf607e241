"""An assessment as one long table, for Parquet and for notebooks.

Columns: grain (part / county), county, school_code, school_name, stage, indicator, what (value /
cv), numerator and denominator (exact, as texts: they pass 64 bits), value (rounded, for reading),
limit, floor, verdict, near, gap_to_limit, gap_unit, variant.
"""

import polars as pl

from junheng.diagnosis import Assessment

COLUMNS = pl.Schema(
    {
        "grain": pl.String(),
        "county": pl.String(),
        "school_code": pl.String(),
        "school_name": pl.String(),
        "stage": pl.String(),
        "indicator": pl.String(),
        "what": pl.String(),
        "numerator": pl.String(),
        "denominator": pl.String(),
        "value": pl.Float64(),
        "limit": pl.Float64(),
        "floor": pl.Float64(),
        "verdict": pl.String(),
        "near": pl.Boolean(),
        "gap_to_limit": pl.Float64(),
        "gap_unit": pl.String(),
        "variant": pl.String(),
    }
)


def indicator_rows(assessment: Assessment) -> pl.DataFrame:
    rows = [
        (
            "part", part.county, part.school_code, part.school_name, part.stage.value, each.indicator, "value",
            None if each.numerator is None else str(each.numerator),
            None if each.denominator is None else str(each.denominator),
            None if each.value is None else float(each.value),
            float(each.limit), float(each.floor), each.verdict.value, each.near,
            None if each.gap is None else float(each.gap.to_limit), None if each.gap is None else each.gap.unit, "",
        )
        for part in assessment.parts
        for each in part.indicators
    ]  # fmt: skip
    return pl.DataFrame(rows, schema=COLUMNS, orient="row")


def spread_rows(assessment: Assessment) -> pl.DataFrame:
    rows = [
        (
            "county", spread.county, None, None, spread.stage.value, spread.indicator, "cv", None, None,
            spread.cv, float(spread.limit), None, spread.verdict.value, spread.near, None, None, spread.variant,
        )
        for spread in assessment.spreads
    ]  # fmt: skip
    return pl.DataFrame(rows, schema=COLUMNS, orient="row")
