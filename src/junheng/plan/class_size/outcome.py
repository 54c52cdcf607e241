"""What the class-size plan says: per school, grade and year; what no option mends; on which assumptions."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from fractions import Fraction

from junheng.plan.class_size.law import Law
from junheng.plan.class_size.present import SchoolNow, Unknown
from junheng.plan.class_size.sizes import even
from junheng.plan.nouns import Action, Plan
from junheng.plan.pricing import PriceList
from junheng.schema import Stage


class Outcome(StrEnum):
    """What becomes of a school under the plan."""

    LEGAL = "不需措施"
    MENDED = "可以解决"
    UNMENDED = "解决不了"
    NO_DATA = "缺数据"


@dataclass(frozen=True)
class GradeYear:
    """One grade of one school in one planned year."""

    grade: int
    stage: Stage
    pupils_before: int
    """If nobody changed school."""
    pupils: int
    """After the plan's transfers."""
    kept: int
    """Classes if nothing is done: those that the cohort already has; in an entrance grade as many as
    this year's, as far as there are rooms; at least one where there are pupils."""
    needed: int
    """Fewest legal classes: pupils ÷ limit, rounded up."""
    sizes: tuple[int, ...]
    """The classes after the plan."""
    limit: int

    @property
    def sizes_if_nothing(self) -> tuple[int, ...]:
        """The classes if nothing is done: everybody in the classes there are, evenly."""
        return even(self.pupils_before, self.kept)

    @property
    def largest(self) -> int:
        return max(self.sizes, default=0)

    @property
    def over(self) -> int:
        """Classes above the limit after the plan."""
        return sum(size > self.limit for size in self.sizes)


@dataclass(frozen=True)
class SchoolYear:
    """One school in one planned year."""

    year: int
    grades: tuple[GradeYear, ...]
    classes_needed: int
    """Fewest legal classes if nobody changed school, of all compulsory grades."""
    to_open: int
    """Of those, beyond the classes of today."""
    rooms_lacking: int
    """Of those, beyond the rooms of today."""
    teachers_lacking: Mapping[Stage, int]
    """For those classes, at today's teachers a class of the school."""
    classes: int
    """Classes after the plan."""
    legal: bool
    """Every class within the limit after the plan."""

    @property
    def large(self) -> int:
        return max((g.largest for g in self.grades), default=0)


@dataclass(frozen=True)
class SchoolPlan:
    """One school: today, the years ahead, and what becomes of it."""

    now: SchoolNow
    years: tuple[SchoolYear, ...]
    outcome: Outcome
    reason: str
    """Why no option mends it; empty unless 解决不了."""
    rooms_to_build: int
    """New classrooms that would mend it in every year; 0 unless 解决不了."""

    @property
    def unmended_years(self) -> tuple[int, ...]:
        return tuple(each.year for each in self.years if not each.legal)


@dataclass(frozen=True)
class CountyPlan:
    """The class sizes of one county."""

    code: str
    name: str
    law: Law
    schools: tuple[SchoolPlan, ...]
    unknown: tuple[Unknown, ...]


@dataclass(frozen=True)
class ClassSizePlan:
    """The whole answer: the plan that can be applied, and what it says of every school."""

    plan: Plan
    on: date
    years: tuple[int, ...]
    within_m: int
    reorganise: bool
    prices: PriceList
    counties: tuple[CountyPlan, ...]
    assumptions: tuple[str, ...]
    """Everything that was taken for granted, in sentences."""

    @property
    def schools(self) -> tuple[SchoolPlan, ...]:
        return tuple(school for county in self.counties for school in county.schools)

    @property
    def actions(self) -> tuple[Action, ...]:
        return self.plan.actions

    @property
    def cost_yuan(self) -> Fraction:
        """Everything paid within the horizon."""
        return self.plan.cost_by(self.years[-1])
