"""Registers of persons and rooms (学籍、教师、用房台账) counted into the columns of the template.

Loaded when it is first asked for: while it loads, the files are hashed.
"""

from typing import TYPE_CHECKING

from junheng.later import later

if TYPE_CHECKING:
    from junheng.registry.rosters.counting import count_registers
    from junheng.registry.rosters.declaring import shipped, with_files
    from junheng.registry.rosters.taking import Counted, Taken
    from junheng.registry.rosters.writing import write_parquet, write_workbooks

__all__ = [
    "Counted",
    "Taken",
    "count_registers",
    "shipped",
    "with_files",
    "write_parquet",
    "write_workbooks",
]

__getattr__ = later(
    __name__,
    {
        "counting": ("count_registers",),
        "declaring": ("shipped", "with_files"),
        "taking": ("Counted", "Taken"),
        "writing": ("write_parquet", "write_workbooks"),
    },
)
