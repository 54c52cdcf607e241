"""The columns of wide facts: what each holds, of which type, and whether a table has them.

One row a school and school year. Names and units are those of the facts (areas in m², money in
yuan, two decimal places); `county` is the unit in which the school lies, so that folders may be
partitioned by county and year in the manner of Hive. Columns beyond these are left alone.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Literal

import narwhals as nw
import polars as pl

from junheng.errors import MisuseError
from junheng.indicators.columns import HUNDREDTHS, stage_free
from junheng.indicators.definition import CATALOGUE
from junheng.registry import school_columns
from junheng.standards import schemes

Holds = Literal["text", "count", "hundredths", "flag"]
SCHEME = "2017-quality"
"""The scheme whose indicators are measured on wide facts."""
DOCUMENTATION = "docs/howto/national.md"
KINDS: Mapping[Holds, tuple[str, pl.DataType]] = {
    "text": ("文本", pl.String()),
    "count": ("整数", pl.Int64()),
    "hundredths": ("两位小数的 DECIMAL（如 DECIMAL(18,2)）", pl.Decimal(18, 2)),
    "flag": ("布尔", pl.Boolean()),
}


@dataclass(frozen=True)
class WideColumn:
    """One column of wide facts."""

    name: str
    label: str
    holds: Holds

    @property
    def words(self) -> str:
        """What type it must have, in Chinese."""
        return KINDS[self.holds][0]

    def fits(self, found: nw.dtypes.DType) -> bool:
        """Whether a column of that type can be read as this one."""
        match self.holds:
            case "text":
                return found == nw.String
            case "flag":
                return found == nw.Boolean
            case "count":
                return found.is_integer()
            case _:
                return isinstance(found, nw.Decimal) and found.scale == 2 and _narrow(found)


def _narrow(found: nw.Decimal) -> bool:
    """Whether its integers fit 64 bits."""
    return found.precision is None or found.precision <= 18


IDENTITY: tuple[tuple[str, str, Holds], ...] = (
    ("county", "学校所在区县代码", "text"),
    ("year", "学年（2025 表示 2025—2026 学年）", "count"),
    ("school_code", "学校标识码", "text"),
    ("school_name", "学校名称", "text"),
    ("school_type", "办学类型", "text"),
    ("ownership", "举办性质", "text"),
    ("urban_rural_code", "城乡分类", "text"),
    ("filed", "是否填报（名册上有、没有填报的学校为假，其余栏目为空）", "flag"),
    ("counts_as_school", "是否计校数", "flag"),
    ("parent_school_code", "主校标识码", "text"),
    ("not_applicable", "填“—”的栏目名，用英文逗号隔开；没有则为空", "text"),
)
ENROLMENT = (
    "enrolment_primary", "enrolment_junior", "enrolment_senior",
    "attached_primary_enrolment", "attached_junior_enrolment",
)  # fmt: skip
KEY = ("year", "school_code")


def _read() -> tuple[str, ...]:
    """The declared columns that some indicator of the scheme reads, in the order of the form."""
    codes = schemes()[SCHEME].indicators
    wanted = {c for code in codes for c in CATALOGUE[code].ratio.columns()}
    return tuple(name for name, c in school_columns().items() if stage_free(name, c) in wanted)


@cache
def _columns() -> tuple[tuple[WideColumn, ...], tuple[str, ...]]:
    declared, read = school_columns(), _read()
    columns = [WideColumn(*each) for each in IDENTITY]
    for name in (*ENROLMENT, *read):
        holds: Holds = "hundredths" if declared[name].kind in HUNDREDTHS else "count"
        columns.append(WideColumn(name, declared[name].label, holds))
    return tuple(columns), read


def wide_columns() -> tuple[WideColumn, ...]:
    """Every column of wide facts, in order."""
    return _columns()[0]


def read_columns() -> tuple[str, ...]:
    """Those that an indicator reads: staff, premises, equipment."""
    return _columns()[1]


def wide_schema() -> pl.Schema:
    """Names and types as they are written."""
    return pl.Schema({each.name: KINDS[each.holds][1] for each in wide_columns()})


def check_columns(found: Mapping[str, nw.dtypes.DType], where: str) -> None:
    """Raises MisuseError that names every column that is lacking or of another type."""
    faults = [*_faults(found)]
    if faults:
        listed = "".join(f"\n  {each}" for each in faults)
        raise MisuseError(
            f"“{where}”不是宽表，{len(faults)}处与规定不符：{listed}\n"
            f"宽表的栏目见 {DOCUMENTATION}；用 junheng wide 可以从封存的数据写出。"
        )


def _faults(found: Mapping[str, nw.dtypes.DType]) -> Iterable[str]:
    for each in wide_columns():
        if each.name not in found:
            yield f"缺 {each.name}（{each.label}，{each.words}）"
        elif not each.fits(found[each.name]):
            yield f"{each.name}（{each.label}）的类型是 {found[each.name]}，应为{each.words}"
