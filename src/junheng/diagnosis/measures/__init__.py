"""Figures of targets that the facts hold, by the name that a target's `formula` gives."""

from junheng.diagnosis.measures import classes, coverage, funds, gaps  # noqa: F401  (they enter)
from junheng.diagnosis.measures.registry import MEASURES, County

__all__ = ["MEASURES", "County"]
