"""What is recorded: declared tables, filings, findings, facts, seals.

Reading and checking are loaded when they are first asked for: who opens sealed facts needs neither.
"""

from typing import TYPE_CHECKING

from junheng.later import later
from junheng.registry.catalogue import school_columns, table_of, tables
from junheng.registry.facts import EXPLAINED, NOT_APPLICABLE, Facts
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
from junheng.registry.snapshot import Snapshot, seal

if TYPE_CHECKING:
    from junheng.registry.checks import check
    from junheng.registry.reading import read

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

__getattr__ = later(__name__, {"checks": ("check",), "reading": ("read",)})
