"""Money of the invented county by calendar year, told backwards from the last one.

What year t calls 上上年度 is what year t−1 called 上年度, by construction.
"""

from collections.abc import Callable
from dataclasses import dataclass

from junheng.sample.character import Character
from junheng.sample.draws import stream

STEP = 10_000
"""Yuan: two places of 万元 and two more, so that a figure can be typed as filed."""
DIP_YEARS_AGO = 2
"""In a county that is not all in order, spending fell in the calendar year so long ago."""


@dataclass(frozen=True)
class Treasury:
    """The purse of a county whose story ends in the school year `last`."""

    seed: int
    last: int
    character: Character
    pupils: Callable[[int], int]
    """Pupils of a school year, senior pupils included."""

    def spent(self, year: int) -> int:
        """一般公共预算教育支出 of a calendar year before `last`, in yuan."""
        chance = stream(self.seed, "treasury")
        at = self.last - 1
        value = self.pupils(at) * (17_500 + 1_500 * chance.random())
        while at > year:
            growth = self.pupils(at) / max(1, self.pupils(at - 1))
            rise = max(1.0, growth) * (1.02 + 0.02 * chance.random())
            if self.character.lapsed("money") and self.last - at == DIP_YEARS_AGO:
                rise = 0.985
            value /= rise
            at -= 1
        return max(0, round(value / STEP)) * STEP

    def civil_pay(self, year: int) -> float:
        """Mean pay of civil servants in a calendar year, in yuan."""
        value = 86_000 + 12_000 * stream(self.seed, "pay").random()
        for _ in range(self.last - 1 - year):
            value *= 0.97
        return value

    def teachers_over_civil(self, year: int) -> float:
        """Teachers' mean pay over civil servants'; below 1 where the county came from behind."""
        ahead = 1.01 + 0.05 * stream(self.seed, "pay of teachers").random()
        behind = 0.02 * (self.last - 1 - year) if self.character.lapsed("money") else 0.0
        return ahead * self.character.rate("pay") - behind
