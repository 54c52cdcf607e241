"""Registers of persons and rooms (学籍、教师、用房台账) counted into the columns of the template."""

from junheng.registry.rosters.declaring import shipped, with_files
from junheng.registry.rosters.taking import Counted, Taken, count_registers
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
