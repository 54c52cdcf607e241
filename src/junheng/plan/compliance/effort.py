"""How long to search, what is told on the way, and what a search answers."""

from dataclasses import dataclass
from fractions import Fraction
from math import inf

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


@dataclass(frozen=True)
class Progress:
    """Where the search stands."""

    step: str
    cost: Fraction | None
    bound: float
    gap: float | None


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
