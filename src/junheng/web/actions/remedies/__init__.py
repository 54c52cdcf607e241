"""Remedies 整改: made from the failing lines of a sealed assessment, followed until struck off."""

from junheng.web.actions.remedies.cases import (
    PAPER,
    file_of,
    offices_for,
    papers_of,
    take,
    values_of,
)
from junheng.web.actions.remedies.opening import (
    REMEDIES,
    Opened,
    failing,
    open_from,
    sealed_years,
)

__all__ = [
    "PAPER",
    "REMEDIES",
    "Opened",
    "failing",
    "file_of",
    "offices_for",
    "open_from",
    "papers_of",
    "sealed_years",
    "take",
    "values_of",
]
