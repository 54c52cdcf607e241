"""School-years by the million: wide facts written, and assessed on DuckDB, Polars or Spark."""

from junheng.studies.national.writing import write_wide

__all__ = ["write_wide"]
