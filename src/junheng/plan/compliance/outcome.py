"""What the compliance plan answers: actions, cost by item and county, what is promised, what is not."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from junheng.plan.compliance.funding import Paid
from junheng.plan.nouns import Plan
from junheng.plan.pricing import PriceList


@dataclass(frozen=True)
class Failing:
    """One requirement that the plan leaves unmet, or one that is not met today."""

    kind: str
    """part = an indicator of a stage part; spread = a coefficient of variation; clause = a further clause."""
    county: str
    school: str
    """School code; empty for a coefficient and for a clause on the county."""
    name: str
    line: str
    """L1–L7, GV3, GV9, GV12."""
    stage: str
    reason: str = ""
    year: int = 0
    """School year in which it is asked."""


@dataclass(frozen=True)
class CompliancePlan:
    """The plan of one county or several, with its proof."""

    plan: Plan
    on: date
    by: int
    """School year from whose beginning everything counts."""
    prices: PriceList
    counties: Mapping[str, str]
    """Code → name."""
    amounts: tuple[int, ...]
    """Of the levers of the problem."""
    cost: Fraction
    bound: float
    """No plan that leaves so few requirements unmet costs less (yuan)."""
    gap: float
    before: tuple[Failing, ...]
    left: tuple[Failing, ...]
    fewest: int
    """Proven: no plan leaves fewer unmet within the limits."""
    moved: int
    """Teachers who change school."""
    fewest_moved: int
    """Proven: no plan that meets as much at no more cost moves fewer."""
    stopped: bool
    """Ended before the gap asked for was reached."""
    assumptions: tuple[str, ...]
    paid: tuple[Paid, ...] = ()
    """What each budget told by year and source pays; empty where none is told."""

    @property
    def last(self) -> int:
        """The last school year that the plan looks at: yearly costs are counted up to its end."""
        return self.plan.last_year

    @property
    def years(self) -> tuple[int, ...]:
        """Every year in which everything that is asked must hold."""
        return tuple(each.year for each in self.plan.outlooks)


@dataclass(frozen=True)
class Affordable:
    """What one budget can do: the plan found for it, and how few unmet are proven unavoidable."""

    budget: Fraction
    """Yuan, all counties together."""
    plan: Plan
    cost: Fraction
    left: tuple[Failing, ...]
    fewest: int
