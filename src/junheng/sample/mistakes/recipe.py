"""What a recipe is: a function that types one mistake into a workbook, and what should be said."""

from collections.abc import Callable
from dataclasses import dataclass
from random import Random
from typing import Literal

from openpyxl.cell.cell import Cell

from junheng.registry.filing import Level
from junheng.sample.desk import Desk

Make = Callable[[Desk, str, Random], Cell | None]
"""(desk, school code, chance) → the cell where it shows; None where this school does not offer it."""


@dataclass(frozen=True)
class Mistake:
    """One kind of mistake."""

    name: str
    checks: tuple[str, ...]
    """Codes of checks, one of which must name the cell; empty where it is read silently."""
    make: Make
    level: Level = Level.MUST_FIX
    scope: Literal["school", "county"] = "school"
    """`county`: made once at most in a workbook, in the county's own form or for all its schools."""
    topic: str = ""
    """Mistakes of one topic share relations: only one of them is made in a county form."""
    alone: bool = False
    """Shows only where nothing else is wrong (a sum over all schools); made when asked for."""

    @property
    def silent(self) -> bool:
        return not self.checks


MISTAKES: dict[str, Mistake] = {}


def mistake(
    name: str,
    *checks: str,
    level: Level = Level.MUST_FIX,
    scope: Literal["school", "county"] = "school",
    topic: str = "",
    alone: bool = False,
) -> Callable[[Make], Make]:
    """Enter a recipe under its Chinese name; without a check it is a slip that is read silently."""

    def enter(function: Make) -> Make:
        assert name not in MISTAKES, f"mistake {name} is defined twice"
        MISTAKES[name] = Mistake(name, checks, function, level, scope, topic, alone)
        return function

    return enter
