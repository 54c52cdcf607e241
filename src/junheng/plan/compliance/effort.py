"""How long to search, what is told on the way, and what a search answers."""

from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction
from math import ceil, inf

from junheng.errors import MisuseError
from junheng.plan.compliance.checking import Unmet


@dataclass(frozen=True)
class Effort:
    """How long to search."""

    gap: float = 0.001
    """Relative gap at which the search ends."""
    seconds: float = inf
    """Time of the solver in all; without it, nodes alone end the search and every machine answers alike."""
    nodes: int = 2_000
    """Search nodes of each programme."""

    def __post_init__(self) -> None:
        """Raises MisuseError for what is no gap and no time."""
        if not 0 <= self.gap < 1:
            raise MisuseError(f"差距是 {self.gap}，应当从 0 起、小于 1，例如 0.001（--gap）。")
        if not self.seconds > 0:
            raise MisuseError(f"时间是 {self.seconds} 秒，应当大于 0（--seconds）。")


@dataclass(frozen=True)
class Progress:
    """Where the search stands."""

    step: str
    cost: Fraction | None
    bound: float
    gap: float | None


class UntilEnded:
    """Who is told of progress, until it has once said that it is enough."""

    def __init__(self, told: Callable[[Progress], bool]) -> None:
        self._told = told
        self.ended = False

    def __call__(self, progress: Progress) -> bool:
        self.ended = self.ended or not self._told(progress)
        return not self.ended


@dataclass(frozen=True)
class Answer:
    """Whole amounts of the levers, what they leave unmet, and how good they are proven to be."""

    amounts: tuple[int, ...]
    cost: Fraction
    bound: float
    """No answer with so few unmet costs less."""
    unmet: Unmet
    fewest: int
    """Proven: no answer leaves fewer unmet."""

    @property
    def gap(self) -> float:
        """(cost − bound) ÷ cost; 0 where it costs nothing."""
        return max(0.0, (float(self.cost) - self.bound) / float(self.cost)) if self.cost else 0.0


REFUTED = 1e-6
"""Share of a cost by which a bound may be above it and be taken for rounding."""


def bound_for(cost: Fraction, bound: float) -> float:
    """The bound beside the cost of a plan that is known: 0, nothing known, where the plan refutes it."""
    known = float(cost)
    return min(bound, known) if bound <= known + REFUTED * max(1.0, known) else 0.0


SURE = 1e-6
"""Slack of the solver's bound on a whole number."""


def at_least(bound: float) -> int:
    """The whole number that a solver's bound on a whole number proves."""
    return ceil(bound - SURE)
