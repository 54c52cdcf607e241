"""The certificate of a compliance plan: what is known of it without believing the planner."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from junheng.diagnosis import Verdict
from junheng.plan.compliance import Failing
from junheng.studies.projected import NewLand

HELD, PATH, MET, BEYOND = "本方案约束", "本方案约束（按班额方案）", "已经达标", "不在本方案之内"
OPEN = "本方案约束，有达不到的"
"""A line that the plan answers for, of which it leaves some school or coefficient unmet."""
UNKNOWN = "不判断（没有班额）"
"""Class sizes in a year of which pupils and classes are told, and not the size of each class."""
BOUND = (HELD, PATH)
"""What the plan answers for."""
Areas = Mapping[str, tuple[tuple[str, Verdict, Verdict], ...]]
"""County → (area, before, after)."""


@dataclass(frozen=True)
class LineStanding:
    """One of the 32 indicators and 7 vetoes of one county, before and after."""

    county: str
    code: str
    label: str
    before: Verdict
    after: Verdict
    reach: str
    """HELD, PATH, OPEN, MET, UNKNOWN or BEYOND."""


@dataclass(frozen=True)
class YearStanding:
    """What the engine says of one year in which everything that is asked must hold."""

    year: int
    on: date
    """By the requirements of which day."""
    areas: Areas
    lines: tuple[LineStanding, ...]
    left: tuple[Failing, ...]
    """Requirements of this year that the actions leave unmet."""

    @property
    def broken(self) -> tuple[LineStanding, ...]:
        """Lines that the plan says it meets and the engine does not, and those that were met and are not."""
        open_ = {(each.county, each.line) for each in self.left}
        return tuple(
            line
            for line in self.lines
            if line.after is not Verdict.PASS
            and (
                line.reach in BOUND
                or (line.reach == MET and not {("", line.code), (line.county, line.code)} & open_)
            )
        )

    @property
    def holds(self) -> bool:
        """Whether the engine finds met what the plan says it meets, and nothing broken that was met."""
        return not self.broken


@dataclass(frozen=True)
class Certificate:
    """What is known of a plan without believing the planner."""

    facts: str
    plan: str
    """Hash of the plan."""
    cost: Fraction
    """Yuan, priced again."""
    left: tuple[Failing, ...]
    """Requirements that the actions leave unmet, counted again."""
    wrong: tuple[str, ...]
    """What cannot be; empty in a plan that holds."""
    years: tuple[YearStanding, ...]
    """The year of compliance, and every later one that is told of."""
    land: tuple[NewLand, ...]
    """By the last year: what the plan builds beyond the land that schools have."""
    code_version: str
    code_sha256: str

    @property
    def faults(self) -> tuple[str, ...]:
        """Everything for which it does not hold, in sentences."""
        lines = tuple(
            f"{each.county} {each.code} {each.label}：方案说{each.reach}，引擎说{year.year}学年{each.after}"
            for year in self.years
            for each in year.broken
        )
        return (*self.wrong, *lines)

    @property
    def areas(self) -> Areas:
        """Of the year of compliance."""
        return self.years[0].areas

    @property
    def lines(self) -> tuple[LineStanding, ...]:
        """Of the year of compliance."""
        return self.years[0].lines

    @property
    def holds(self) -> bool:
        """Whether nothing is wrong, and every year holds."""
        return not self.wrong and all(year.holds for year in self.years)
