"""Schools into stage parts, and those that make none: `indicators.parts` as expressions.

The parts have the columns that `measuring` reads, so that every formula stays where it is written.
"""

from functools import reduce

import narwhals as nw

from junheng.indicators.columns import stage_free
from junheng.indicators.wide.counting import Counting
from junheng.indicators.wide.merging import OUTSIDE, POINT, ROWS, STAGES, Frame, orphans
from junheng.indicators.wide.schema import read_columns
from junheng.indicators.wide.stages import own_stage
from junheng.registry import school_columns
from junheng.schema import Stage

IDENTITY = (
    "year", "county", "school_code", "school_name", "school_type", "ownership", "urban_rural_code",
)  # fmt: skip


def stage_parts(schools: Frame, stage: Stage, counting: Counting) -> Frame:
    """The parts of one stage: schools within the scope with all pupils known and some of the stage.

    One with pupils of the stage has the stage and some pupils, so that two reasons stay to be tried.
    """
    pupils = {s: nw.col(f"pupils_{s}") for s in STAGES}
    counted = schools.filter(
        pupils[stage] > 0, *_known(), ~nw.col(OUTSIDE), ~_small_point(counting)
    )
    weighted = {s: pupils[s] * counting.weights[s] for s in STAGES}
    several = reduce(lambda a, b: a + b, ((p > 0).cast(nw.Int64) for p in pupils.values())) > 1
    return counted.select(
        *IDENTITY,
        nw.lit(stage.value).alias("stage"),
        several.alias("combined"),
        ROWS,
        pupils[stage].alias("pupils"),
        weighted[stage].alias("weighted_pupils"),
        reduce(lambda a, b: a + b, weighted.values()).alias("weighted_pupils_school"),
        *_inputs(stage),
    )


def _inputs(stage: Stage) -> list[nw.Expr]:
    """The amounts under the names of a part; what the stage does not file is 0."""
    declared = school_columns()
    bare = dict.fromkeys(stage_free(name, declared[name]) for name in read_columns())
    found = []
    for name in bare:
        own = f"{name}_{stage}" if f"{name}_{stage}" in read_columns() else name
        value = nw.col(own) if own in read_columns() else nw.lit(0).cast(nw.Int64)
        found.append(value.alias(name))
    return found


def _known() -> list[nw.Expr]:
    return [~nw.col(f"pupils_{stage}").is_null() for stage in STAGES]


def left_out(counting: Counting) -> nw.Expr:
    """Whether a school lies outside the scope, for whatever reason."""
    return reduce(lambda a, b: a | b, reasons_out(counting).values())


def reasons_out(counting: Counting) -> dict[str, nw.Expr]:
    """Why a school is not measured, in the order in which the reasons are tried."""
    total = _compulsory(counting)
    staged = reduce(lambda a, b: a | b, (nw.col(f"has_{s}") for s in counting.stages))
    return {
        "学校类型不在范围内": nw.col(OUTSIDE),
        "没有义务教育学段": ~staged,
        f"教学点不足{counting.fewest}人": _small_point(counting),
        "尚无学生": (total == 0).fill_null(value=False),
    }


def _compulsory(counting: Counting) -> nw.Expr:
    return reduce(lambda a, b: a + b, (nw.col(f"pupils_{s}") for s in counting.stages))


def _small_point(counting: Counting) -> nw.Expr:
    total = _compulsory(counting)
    small = nw.col(POINT) & (total > 0) & (total < counting.fewest)
    return small.fill_null(value=False)


def unknown(schools: Frame, counting: Counting) -> Frame:
    """Schools within the scope of which some pupils were not filed."""
    lacking = reduce(lambda a, b: a | b, (nw.col(f"pupils_{s}").is_null() for s in STAGES))
    return schools.filter(~left_out(counting) & lacking)


def missing(rows: Frame, few: Frame, schools: Frame, counting: Counting) -> Frame:
    """Schools that should be measured and cannot be, with why, and which stages want them."""
    absent = rows.filter(~nw.col("filed") & ~nw.col(OUTSIDE))
    known = ("year", "county", "school_code", "school_name", "school_type")
    own = [own_stage(stage).alias(f"has_{stage}") for stage in counting.stages]
    has = [f"has_{stage}" for stage in counting.stages]
    found = [
        _because(unknown(schools, counting).select(*known, *has), "学生数没有填报"),
        _because(orphans(rows, few).select(*known, *own), "不计校数，但主校没有填报"),
        _because(absent.select(*known, *own).filter(_any(has)), "在学校名册上，没有填报"),
    ]
    return nw.concat(found)


def _any(names: list[str]) -> nw.Expr:
    return reduce(lambda a, b: a | b, (nw.col(name) for name in names))


def _because(frame: Frame, reason: str) -> Frame:
    return frame.with_columns(nw.lit(reason).alias("reason"))
