"""School-years by the million: wide facts written, and assessed on DuckDB, Polars or Spark."""

from junheng.studies.national.bulk import NationalResult, assess_wide
from junheng.studies.national.engines import ENGINES
from junheng.studies.national.writing import write_wide

__all__ = ["ENGINES", "NationalResult", "assess_wide", "write_wide"]
