"""How large the classes of a stage are, from the class list, the largest class filed, and the bins.

The largest class is the largest that anything filed shows. Classes over a limit are counted on the
class list, else from the bins where the limit is the upper end of one; a mean class size says
nothing. Bins are read from the names of the declared columns, so no bound stands here.
"""

import re
from collections.abc import Mapping, Sequence
from fractions import Fraction
from functools import cache
from typing import Any

from junheng.freezing import frozen
from junheng.indicators.columns import part_columns
from junheng.schema import Stage

BIN = re.compile(r"classes_(?:(?P<low>\d+)_(?P<high>\d+)|le_(?P<most>\d+)|ge_(?P<least>\d+))")


@frozen
class Bin:
    """One column of class counts: classes of `low` to `high` pupils; None = open above."""

    column: str
    low: int
    high: int | None


@cache
def bins() -> tuple[Bin, ...]:
    """The bins of the return, the smallest classes first."""
    found = []
    for name in part_columns():
        match = BIN.fullmatch(name)
        if match:
            low = int(match["low"] or match["least"] or 1)
            high = match["high"] or match["most"]
            found.append(Bin(name, low, int(high) if high else None))
    return tuple(sorted(found, key=lambda each: each.low))


@frozen
class ClassSizes:
    """What one school filed about the classes of one stage."""

    listed: tuple[int, ...]
    """Pupils of each class of the class list; empty where no list was filed."""
    counts: tuple[int | None, ...]
    """Classes by bin, in the order of `bins()`."""
    filed_largest: int | None

    @classmethod
    def of(cls, row: Mapping[str, Any], stage: Stage, listed: Sequence[int]) -> "ClassSizes":
        counts = tuple(row[f"{each.column}_{stage}"] for each in bins())
        return cls(tuple(listed), counts, row[f"max_class_size_{stage}"])

    @property
    def largest(self) -> int | None:
        """The largest class; None where neither it nor a class list was filed."""
        found = [each for each in (*self.listed, self.filed_largest) if each is not None]
        if not found:
            return None
        highest = self._highest
        return max(found) if highest is None else max(*found, highest.low)

    @property
    def between(self) -> tuple[int, int | None] | None:
        """Least and greatest that the largest class can be by the bins alone, where they say so."""
        highest = self._highest
        if highest is None:
            return None
        return highest.low, None if None in self.counts else highest.high

    def over(self, limit: Fraction) -> int | None:
        """How many classes are larger than `limit`; None where nothing filed says."""
        if self.listed:
            return sum(each > limit for each in self.listed)
        bounds = {each.high for each in bins()}
        above = [c for c, b in zip(self.counts, bins(), strict=True) if b.low > limit]
        if limit not in bounds or None in above:
            return None
        return sum(c for c in above if c is not None)

    @property
    def _highest(self) -> Bin | None:
        filled = [b for c, b in zip(self.counts, bins(), strict=True) if c]
        return filled[-1] if filled else None
