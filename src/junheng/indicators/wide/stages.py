"""Which stages a wide row has, how many pupils, what it owes: `stages` and `applicability` as expressions."""

from collections.abc import Callable, Iterable, Mapping
from functools import reduce

import narwhals as nw

from junheng.errors import DeclarationError
from junheng.indicators.stages import ATTACHED_JUNIOR_TYPES, ATTACHED_PRIMARY_TYPES
from junheng.registry import school_columns
from junheng.registry.applicability import JUNIOR_TYPES, PRIMARY_TYPES, SENIOR_TYPES
from junheng.schema import Stage

OWN = {Stage.PRIMARY: PRIMARY_TYPES, Stage.JUNIOR: JUNIOR_TYPES, Stage.SENIOR: SENIOR_TYPES}
ATTACHED = {Stage.PRIMARY: ATTACHED_PRIMARY_TYPES, Stage.JUNIOR: ATTACHED_JUNIOR_TYPES}


def typed(types: Iterable[str]) -> nw.Expr:
    """Whether the row's school type is one of these; a third faster than looking it up in a set."""
    same = (nw.col("school_type") == each for each in sorted(types))
    return reduce(lambda a, b: a | b, same, nw.lit(value=False)).fill_null(value=False)


def own_stage(stage: Stage) -> nw.Expr:
    """Whether its type has the stage by itself."""
    return typed(OWN[stage])


def has_stage(stage: Stage) -> nw.Expr:
    """Whether it has the stage, attached classes included unless it filed that it has none."""
    if stage not in ATTACHED:
        return own_stage(stage)
    none = (nw.col(f"attached_{stage}_enrolment") == 0).fill_null(value=False)
    return own_stage(stage) | (typed(ATTACHED[stage]) & ~none)


def pupils_of(stage: Stage) -> nw.Expr:
    """Pupils of the stage, attached classes included; null where not filed."""
    elsewhere = nw.lit(0).cast(nw.Int64)
    if stage in ATTACHED:
        attached = nw.col(f"attached_{stage}_enrolment")
        elsewhere = nw.when(typed(ATTACHED[stage])).then(attached).otherwise(elsewhere)
    return nw.when(own_stage(stage)).then(nw.col(f"enrolment_{stage}")).otherwise(elsewhere)


def without_denied_classes() -> list[nw.Expr]:
    """Attached classes filed as — have no pupils."""
    names = [f"attached_{stage}_enrolment" for stage in ATTACHED]
    nobody = nw.lit(0).cast(nw.Int64)
    return [
        nw.when(nw.col(n).is_null() & _named(n)).then(nobody).otherwise(nw.col(n)).alias(n)
        for n in names
    ]


def _named(name: str) -> nw.Expr:
    """`dashed` of all rows: a pattern, for commas around every list would have to be written first."""
    whole = rf"(?:\A|,){name}(?:,|\z)"
    return nw.col("not_applicable").str.contains(whole).fill_null(value=False)


LISTED, OWING = "listed", "owing"
"""Columns of `asked`."""


def _listed() -> nw.Expr:
    """The names of the columns filed as —, each between commas; null where there are none."""
    return nw.concat_str(nw.lit(","), nw.col("not_applicable"), nw.lit(","))


def dashed(name: str, listed: nw.Expr) -> nw.Expr:
    """Whether the row names the column among those it filed as —."""
    return listed.str.contains(f",{name},", literal=True).fill_null(value=False)


def _special() -> nw.Expr:
    return nw.col("school_type") == "special"


def _attached(stage: Stage) -> nw.Expr:
    return (nw.col(f"attached_{stage}_enrolment") > 0).fill_null(value=False)


MUST_FILL: Mapping[str, Callable[[], nw.Expr]] = {
    "always": lambda: nw.lit(value=True),
    "primary": lambda: own_stage(Stage.PRIMARY) | _attached(Stage.PRIMARY),
    "junior": lambda: own_stage(Stage.JUNIOR) | _attached(Stage.JUNIOR),
}
"""Conditions of `registry.applicability` under which a read column must be filed."""


def asked() -> list[nw.Expr]:
    """What `owes` asks of a row, computed once for all columns: as columns beside the others."""
    return [
        _listed().alias(LISTED),
        *((condition() & ~_special()).alias(f"{OWING}_{n}") for n, condition in MUST_FILL.items()),
    ]


def owes(name: str) -> nw.Expr:
    """Whether the row had to file the column and did not; the row has the columns of `asked`."""
    column = school_columns()[name]
    conditions = {column.applies, column.required} - {"always"} or {"always"}
    for each in conditions:
        if each not in MUST_FILL:
            raise DeclarationError(
                "registry/declarations", name, f"宽表还不会判断“{each}”时该不该填"
            )
    must = (nw.col(f"{OWING}_{each}") for each in sorted(conditions))
    lacking = nw.col(name).is_null() & ~dashed(name, nw.col(LISTED))
    return reduce(lambda a, b: a & b, [lacking, *must])
