"""What is recorded: declared tables, filings, findings, facts, seals.

Loaded when they are first asked for: reading and checking, which who opens sealed facts does not
need, and the facts themselves with their Polars, which who checks a workbook does not.
"""

from typing import TYPE_CHECKING

from junheng.later import later
from junheng.registry.catalogue import school_columns, table_of, tables
from junheng.registry.filing import (
    Entry,
    Filing,
    Finding,
    Level,
    Origin,
    Record,
    Report,
    Source,
    State,
)

if TYPE_CHECKING:
    from junheng.registry.checks import check
    from junheng.registry.facts import EXPLAINED, NOT_APPLICABLE, Facts
    from junheng.registry.reading import read
    from junheng.registry.snapshot import Snapshot, seal

__all__ = [
    "EXPLAINED",
    "NOT_APPLICABLE",
    "Entry",
    "Facts",
    "Filing",
    "Finding",
    "Level",
    "Origin",
    "Record",
    "Report",
    "Snapshot",
    "Source",
    "State",
    "check",
    "read",
    "school_columns",
    "seal",
    "table_of",
    "tables",
]

__getattr__ = later(
    __name__,
    {
        "checks": ("check",),
        "facts": ("EXPLAINED", "NOT_APPLICABLE", "Facts"),
        "reading": ("read",),
        "snapshot": ("Snapshot", "seal"),
    },
)
