"""What a diagnosis says: verdicts of parts, of coefficients of variation, of counties.

All values are exact fractions; nothing here is rounded. `near` (临界) is a flag beside a verdict,
never a verdict. Verdict words are those the offices use (users.md §2).
"""

from datetime import date
from fractions import Fraction

from junheng.diagnosis.lines import AreaVerdict, Line
from junheng.diagnosis.verdict import Verdict, worst
from junheng.freezing import frozen
from junheng.indicators import LeftOut, Missing, RelaxationUse
from junheng.schema import Stage
from junheng.standards import Standard


@frozen
class Gap:
    """What a school lacks, in natural units of the whole school (teachers, m², yuan, rooms)."""

    to_limit: Fraction
    """Least addition, in whole steps, with which the part reaches the limit; 0 where it is met."""
    to_floor: Fraction
    """Least addition with which it reaches the floor (85 %)."""
    unit: str


@frozen
class PartIndicator:
    """One indicator of one stage part, judged."""

    indicator: str
    numerator: int | None
    denominator: int | None
    value: Fraction | None
    limit: Fraction
    floor: Fraction
    verdict: Verdict
    above_floor: bool | None
    near: bool
    gap: Gap | None
    numbers: str
    """The formula with the part's own numbers."""


@frozen
class Way:
    """One way to reach k of n: which indicator stays at or above the floor, and what to add."""

    stays: str
    additions: tuple[tuple[str, Fraction, str], ...]
    """(indicator, amount in natural units, unit) for everything that must be added."""


@frozen
class PartVerdict:
    """A stage part against the school rule (6 of 7, the other at 85 %)."""

    county: str
    school_code: str
    school_name: str
    school_type: str
    ownership: str | None
    urban_rural_code: str | None
    stage: Stage
    combined: bool
    merged: str
    """Codes of uncounted rows that were merged in, joined with 、."""
    pupils: int
    verdict: Verdict
    near: bool
    met: int
    indicators: tuple[PartIndicator, ...]
    ways: tuple[Way, ...]

    @property
    def title(self) -> str:
        """Name as printed: combined schools by part, 某校（小学部）."""
        return (
            f"{self.school_name}（{self.stage.part_label}）" if self.combined else self.school_name
        )

    def of(self, indicator: str) -> PartIndicator:
        return next(each for each in self.indicators if each.indicator == indicator)


@frozen
class Share:
    """What one part adds to the variance of one CV: `numerator` over the spread's `total`."""

    school_code: str
    school_name: str
    numerator: int
    below: bool
    """The part's value lies below the mean."""


@frozen
class Flip:
    """The smallest change at one school that turns a CV verdict."""

    school_code: str
    school_name: str
    change: Fraction
    """In natural units of the whole school; negative = less."""
    unit: str
    becomes: Verdict


@frozen
class Reading:
    """The CV under one variant."""

    cv: float | None
    verdict: Verdict


@frozen
class SpreadVerdict:
    """One coefficient of variation of one county and stage, judged."""

    county: str
    stage: Stage
    indicator: str
    variant: str
    limit: Fraction
    parts: int
    cv: float | None
    mean: float | None
    deviation: float | None
    verdict: Verdict
    near: bool
    one_school: bool
    readings: dict[str, Reading]
    """Every variant side by side, the one used included."""
    missing: tuple[tuple[str, str], ...]
    """(code, name) of the schools without whose values there is no verdict."""
    shares: tuple[Share, ...]
    total: int
    """Sum of the shares' numerators."""
    flip: Flip | None
    flip_by_adding: Flip | None

    @property
    def disagree(self) -> bool:
        """Whether some variant gives another verdict than the one used."""
        return any(each.verdict is not self.verdict for each in self.readings.values())


@frozen
class CountyVerdict:
    """One county: every part and every CV of 资源配置, the areas with their lines, the conclusion."""

    code: str
    name: str
    standard: Standard
    verdict: Verdict
    """The conclusion over all areas."""
    reasons: tuple[str, ...]
    """Why, the weakest area and its weakest point first."""
    resource: Verdict
    """资源配置 alone: the school rule in every part, and every CV."""
    resource_reasons: tuple[str, ...]
    areas: tuple[AreaVerdict, ...]
    parts: tuple[PartVerdict, ...]
    spreads: tuple[SpreadVerdict, ...]
    left_out: tuple[LeftOut, ...]
    missing: tuple[Missing, ...]
    relaxations: tuple[RelaxationUse, ...]

    @property
    def lines(self) -> tuple[Line, ...]:
        """All lines of the scheme, in its order: none is skipped."""
        return tuple(line for area in self.areas for line in area.lines)

    @property
    def schools(self) -> dict[str, Verdict]:
        """Verdict of each school: the worst of its parts."""
        found: dict[str, list[Verdict]] = {}
        for part in self.parts:
            found.setdefault(part.school_code, []).append(part.verdict)
        return {code: worst(verdicts) for code, verdicts in found.items()}


@frozen
class Assessment:
    """The diagnosis of everything in one set of facts, on one day, under one scheme."""

    facts: str
    year: int
    on: date
    scheme: str
    counties: tuple[CountyVerdict, ...]

    @property
    def parts(self) -> tuple[PartVerdict, ...]:
        return tuple(part for county in self.counties for part in county.parts)

    @property
    def spreads(self) -> tuple[SpreadVerdict, ...]:
        return tuple(spread for county in self.counties for spread in county.spreads)
