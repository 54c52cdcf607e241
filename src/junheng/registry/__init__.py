"""What is recorded: declared tables, filings, findings, facts, seals."""

from junheng.registry.catalogue import school_columns, table_of, tables
from junheng.registry.checks import check
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
