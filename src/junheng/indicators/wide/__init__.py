"""Wide facts 宽表: one row a school and year, measured by the million, on any engine.

The same rules as `merging`, `scope`, `stages` and `parts`, written as expressions over columns.
"""

from junheng.indicators.wide.counting import Counting
from junheng.indicators.wide.rows import wide_rows
from junheng.indicators.wide.schema import (
    KEY,
    WideColumn,
    check_columns,
    read_columns,
    wide_columns,
    wide_schema,
)

__all__ = [
    "KEY",
    "Counting",
    "WideColumn",
    "check_columns",
    "read_columns",
    "wide_columns",
    "wide_rows",
    "wide_schema",
]
