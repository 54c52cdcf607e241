"""The mistakes that clerks make, one small recipe each; importing this fills `MISTAKES`."""

from junheng.sample.mistakes import (  # noqa: F401
    blanks,
    evidence,
    facilities,
    finance,
    identity,
    layout,
    lists,
    office,
    quality,
    records,
    seats,
    staffing,
    typed,
)
from junheng.sample.mistakes.recipe import MISTAKES, Mistake

__all__ = ["MISTAKES", "Mistake"]
