"""A school if nobody moves: what it needs, what it cannot do without, what becomes of it untouched.

Its rooms are those that are there: a class beyond them exists only where the classes that go up with
their cohorts, and one class for every other grade that has pupils, already take more.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from junheng.plan.class_size.cohorts import Arrivals, kept
from junheng.plan.class_size.paths import Counts, pupils_of_years
from junheng.plan.class_size.present import GRADES, SchoolNow
from junheng.plan.class_size.sizes import minimum_classes


@dataclass(frozen=True)
class Alone:
    """One school by year, if nobody moved."""

    pupils: tuple[Counts, ...]
    legal: tuple[Counts, ...]
    """By grade, fewest classes with which every class is within the limit."""
    fewest: tuple[Counts, ...]
    """Classes that are there whatever is done: those of the cohorts, and one where anybody sits."""


def alone(school: SchoolNow, coming: Arrivals, limits: Mapping[int, int], *, keep: bool) -> Alone:
    """The school by year. `limits`: grade → greatest class; `keep`: classes go up with their cohorts."""
    pupils = tuple(pupils_of_years(school, coming, ()))
    legal: Mapping[int, int] = _today(school)
    fewest: Mapping[int, int] = legal
    lawful, least = [], []
    for counts in pupils:
        wanted = {g: minimum_classes(n, limits[g]) for g, n in counts.items()}
        legal = _grown(school, legal, wanted, keep=keep)
        fewest = _grown(school, fewest, {g: min(1, n) for g, n in counts.items()}, keep=keep)
        lawful.append(dict(legal))
        least.append(dict(fewest))
    return Alone(pupils, tuple(lawful), tuple(least))


def _today(school: SchoolNow) -> Counts:
    return {g: len(school.sizes[g]) for g in school.grades}


def _grown(
    school: SchoolNow, before: Mapping[int, int], wanted: Mapping[int, int], *, keep: bool
) -> Counts:
    held = kept(before, school) if keep else {}
    return {g: max(held.get(g, 0), n) for g, n in wanted.items()}


def largest_at_best(found: Alone, limits: Mapping[int, int], rooms: int, *, keep: bool) -> int:
    """The largest class of any year, if every free room is used where classes are largest.

    One way to live with the rooms there are, not always the best one: what it does without, the
    best does without as well."""
    classes = [dict(each) for each in found.fewest]
    for year in reversed(range(len(classes))):
        after = classes[year + 1] if keep and year + 1 < len(classes) else None
        _ease(found.pupils[year], classes[year], limits, after, rooms)
    return max(
        (
            -(-n // classes[year][grade])
            for year, counts in enumerate(found.pupils)
            for grade, n in counts.items()
            if n
        ),
        default=0,
    )


def _ease(
    pupils: Counts, classes: Counts, limits: Mapping[int, int], after: Counts | None, rooms: int
) -> None:
    """Open classes in what rooms are left, one by one where the mean class is largest.

    Never more than the cohort has the year after: nothing planned for later is undone."""

    def may(grade: int) -> bool:
        goes_on = after is not None and grade + 1 in limits and grade not in LAST
        room_later = not goes_on or (after is not None and classes[grade] < after[grade + 1])
        return room_later and classes[grade] < minimum_classes(pupils[grade], limits[grade])

    for _ in range(rooms - sum(classes.values())):
        open_to = [grade for grade in classes if pupils[grade] and may(grade)]
        if not open_to:
            return
        fullest = max(open_to, key=lambda g: (Fraction(pupils[g], classes[g]), -g))
        classes[fullest] += 1


LAST = frozenset(grades[-1] for grades in GRADES.values())


def untouched(school: SchoolNow, pupils: Sequence[Counts], rooms: int) -> list[Counts]:
    """Classes by grade and year if nothing is done at all.

    Classes go up with their cohorts. An entrance grade has as many as this year's, as far as there
    are rooms, and at least one; a grade that gets pupils from elsewhere has at least one."""
    today = _today(school)
    entrance = [GRADES[stage][0] for stage in school.stages]
    found: list[Counts] = []
    before: Mapping[int, int] = today
    for counts in pupils:
        now = {g: max(n, min(1, counts[g])) for g, n in kept(before, school).items()}
        now |= {g: max(today[g], min(1, counts[g])) for g in entrance}
        for _ in range(sum(now.values()) - rooms):
            spare = [g for g in entrance if now[g] > min(1, counts[g])]
            if not spare:
                break
            now[min(spare, key=lambda g: (Fraction(counts[g], now[g]), g))] -= 1
        found.append(now)
        before = now
    return found
