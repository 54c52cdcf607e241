"""The words in which the neighbour model is told: schools, ways between them, caps, prices, the answer."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction

from junheng.plan.nouns import Goal
from junheng.schema import Stage


@dataclass(frozen=True)
class Site:
    """One school as the model sees it."""

    code: str
    limits: Mapping[int, int]
    """Grade → greatest class, for every grade of its stages."""
    stage: Mapping[int, Stage]
    first: frozenset[int]
    """Entrance grades."""
    last: Mapping[int, int]
    """Grade → the last grade of its stage at this school."""
    pupils: Mapping[int, int]
    classes: Mapping[int, int]
    keep: bool
    """Whether the classes of a cohort go up with it; else its pupils may be shared out anew."""
    classes_now: int
    """All classes of today: one opened beyond them costs."""
    arrivals: tuple[Mapping[int, int], ...]
    rooms: int
    """Rooms for compulsory classes; at least as many as there are such classes today."""
    convertible: int = 0
    sends: bool = False
    receives: bool = False
    short: tuple[bool, ...] = ()
    """By year, whether its legal classes would not fit into its rooms if nobody moved."""
    excess: tuple[int, ...] = ()
    """By year, classes beyond the rooms that cannot be avoided: they sit elsewhere already."""
    ceilings: tuple[int, ...] = ()
    """By year, the largest class if nobody moved: a school that stays unmet gets no larger ones."""
    largest_not_large: int = 0
    """The largest class that is no 大班额."""
    teachers: Mapping[Stage, int] = field(default_factory=dict)
    teachers_a_class: Mapping[Stage, Fraction] = field(default_factory=dict)

    @property
    def everyone(self) -> int:
        """All pupils whom the school could ever have of its own."""
        return sum(self.pupils.values()) + sum(sum(each.values()) for each in self.arrivals)

    def largest_allowed(self, year: int, *, large: bool) -> int:
        """The largest class of a year in which it stays above the limit."""
        ceiling = self.ceilings[year]
        return ceiling if large else min(ceiling, self.largest_not_large)

    def may_be_large(self, year: int) -> bool:
        """Whether a 大班额 may remain in that year."""
        return self.short[year] and self.ceilings[year] > self.largest_not_large

    def goes_up_to(self, grade: int) -> bool:
        """Whether the pupils one grade below go on into this one here."""
        return grade not in self.first and grade <= self.last[grade]


@dataclass(frozen=True)
class Way:
    """A neighbour: pupils of `sender` may go to `receiver`."""

    sender: str
    receiver: str
    metres: int


@dataclass(frozen=True)
class Cap:
    """Schools that are counted together and may not pass so many pupils."""

    codes: tuple[str, ...]
    pupils: tuple[int, ...]
    """By year."""


@dataclass(frozen=True)
class Rates:
    """Prices in yuan."""

    opening: Fraction
    conversion: Fraction
    diverting: Fraction
    moving: Fraction
    kilometre_year: Fraction
    teacher_year: Fraction

    def transfer(self, *, entrant: bool, metres: int, years: int) -> Fraction:
        """What one pupil sent so far costs up to the end of the horizon."""
        once = self.diverting if entrant else self.moving
        return once + self.kilometre_year * Fraction(metres, 1000) * years


@dataclass(frozen=True)
class Transfer:
    """Pupils who go to another school from one year on."""

    year: int
    """Index of the year: 0 = the first planned."""
    sender: str
    receiver: str
    grade: int
    pupils: int
    metres: int
    years: int
    """Years within the horizon in which they attend the other school."""
    entrant: bool


@dataclass(frozen=True)
class Assignment:
    """The answer for all components."""

    transfers: tuple[Transfer, ...]
    unmet: frozenset[tuple[str, int]]
    """(school, year index) that stay above the limit."""
    large: frozenset[tuple[str, int]]
    """Of those, the ones that keep a 大班额."""
    converted: Mapping[tuple[str, int], int]
    """(school, year index) → rooms converted by then."""
    goals: tuple[Goal, ...]
