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
    """Its legal classes would not fit into its rooms in some year if nobody moved: it may stay above
    the limit in any year, for a class that is opened stays with its cohort."""
    receives: bool = False
    excess: tuple[int, ...] = ()
    """By year, classes beyond the rooms that cannot be avoided: they sit elsewhere already."""
    alone: tuple[Mapping[int, int], ...] = ()
    """By year, pupils by grade if nobody moved: nobody comes to a school that sends, nobody leaves
    one that does not."""
    fewest: tuple[Mapping[int, int], ...] = ()
    """By year and grade, the classes that are there whatever is done, while anybody sits in them;
    of a school that does not send, all that its own pupils need."""
    spared: int | None = None
    """Every class of every year can be held to so many without moving anybody; None: not known.

    Only the steps (大班额, 超大班额) that it does not spare need a choice."""
    merges: bool = False
    """Classes of a cohort may be merged: without that a 超大班额 might remain."""
    largest_not_large: int = 0
    """The largest class that is no 大班额."""
    largest_not_super: int = 0
    """The largest class that is no 超大班额."""
    teachers: Mapping[Stage, int] = field(default_factory=dict)
    teachers_a_class: Mapping[Stage, Fraction] = field(default_factory=dict)

    @property
    def everyone(self) -> int:
        """All pupils whom the school could ever have of its own."""
        return sum(self.pupils.values()) + sum(sum(each.values()) for each in self.arrivals)

    def crowd(self, year: int, grade: int, most: int) -> int:
        """Pupils above `most` a class if nobody moved and the grade had its fewest classes."""
        return max(0, self.alone[year][grade] - most * self.fewest[year][grade])

    def must_leave(self, year: int, most: Mapping[int, int], rooms: int) -> int | None:
        """Fewest pupils who must have left by a year so that its classes of at most so many fit.

        None: they never do, for the classes that stay whoever leaves take more rooms.
        A grade's first class less costs what sits in it beyond full ones, every further one a full
        class; the cheapest are given up first. A single class may go with all that sit in it."""
        fewest = {g: k if k > 1 else 0 for g, k in self.fewest[year].items()}
        classes = {g: max(fewest[g], -(-n // most[g])) for g, n in self.alone[year].items()}
        costs = []
        for grade, n in self.alone[year].items():
            last = n - most[grade] * (classes[grade] - 1)
            costs += [most[grade]] * (classes[grade] - fewest[grade])
            if classes[grade] > fewest[grade]:
                costs[-1] = last
        beyond = sum(classes.values()) - rooms
        if beyond > len(costs):
            return None
        return sum(sorted(costs)[: max(0, beyond)])

    def may_pass(self, year: int, most: int) -> bool:
        """Whether a class of more than `most` may have to remain in that year."""
        if not self.sends or (self.spared is not None and self.spared <= most):
            return False
        return any(self.crowd(year, grade, most) for grade in self.limits)

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
    super_large: frozenset[tuple[str, int]]
    """Of those, the ones that keep a 超大班额."""
    converted: Mapping[tuple[str, int], int]
    """(school, year index) → rooms converted by then."""
    classes: Mapping[tuple[str, int], Mapping[int, int]]
    """(school, year index) → grade → classes that are enough; more only where a cohort has them."""
    merged: Mapping[tuple[str, int], Mapping[int, int]]
    """(school, year index) → grade → classes fewer than the cohort had; empty where none may be."""
    goals: tuple[Goal, ...]


def offers(site: Site, grade: int) -> bool:
    """Whether a school takes others' pupils into a grade: a new school only into entrance grades."""
    if not site.receives or grade not in site.limits or grade > site.last[grade]:
        return False
    same = [g for g in site.limits if site.stage[g] is site.stage[grade]]
    return grade in site.first or any(site.pupils.get(g, 0) for g in same)
