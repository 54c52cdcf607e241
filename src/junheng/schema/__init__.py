"""How a record or a column is declared."""

from junheng.schema.column import Column, Kind, Merge, Stage, Table

__all__ = ["Column", "Kind", "Merge", "Stage", "Table"]
