"""How large the classes of a stage are, from the class list, the largest class filed, and the bins.

The largest class is the largest that anything filed shows, in whichever row of a merged school: a
row that does not say leaves open how large it is at most, not what the others said. Classes over a
limit are counted on the class list, else from the bins where the limit is the upper end of one; a
mean class size says nothing. Bins are read from the names of the declared columns, so no bound
stands here.
"""

import re
from fractions import Fraction
from functools import cache

from junheng.freezing import frozen
from junheng.indicators.columns import part_columns

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
    """What one school, all its rows together, filed about the classes of one stage."""

    listed: tuple[int, ...]
    """Pupils of each class of the class list; empty where no list was filed."""
    counts: tuple[int | None, ...]
    """Classes by bin, in the order of `bins()`; None where a row did not say."""
    filled: tuple[bool, ...]
    """Whether some row has classes in the bin."""
    filed: tuple[int, ...]
    """The largest class of each row that filed it."""
    owed: bool = False
    """Whether a row had to file its largest class, and neither did nor listed its classes."""

    @property
    def largest(self) -> int | None:
        """The largest class; None where nobody told it, or a row that had to neither filed it nor
        listed its classes."""
        told = self.listed or self.filed
        return self._least if told and not self.owed else None

    @property
    def between(self) -> tuple[int, int | None] | None:
        """Least and greatest that the largest class can be by what was filed, where that says so."""
        least, highest = self._least, self._highest
        if least is None:
            return None
        if highest is None or highest.high is None or None in self.counts:
            return least, None
        return least, max(highest.high, *self.filed, *self.listed, 0)

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
    def _least(self) -> int | None:
        highest = self._highest
        lows = () if highest is None else (highest.low,)
        return max((*self.listed, *self.filed, *lows), default=None)

    @property
    def _highest(self) -> Bin | None:
        found = [each for each, filled in zip(bins(), self.filled, strict=True) if filled]
        return found[-1] if found else None
