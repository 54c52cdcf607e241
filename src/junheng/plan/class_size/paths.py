"""From an assignment to what each school is in each year: pupils, classes, sizes, who stays above.

A school that stays above the limit opens the classes that the model gives it, no more than its
pupils need; what a cohort has been given goes up with it, but for
classes that the model merges.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from junheng.plan.class_size.cohorts import Arrivals, rolled
from junheng.plan.class_size.present import SchoolNow
from junheng.plan.class_size.problem import Assignment, Site, Transfer
from junheng.plan.class_size.sizes import minimum_classes, seated

Counts = dict[int, int]
"""Grade → pupils, or classes."""


@dataclass(frozen=True)
class SchoolYearPath:
    """One school in one planned year."""

    pupils: Counts
    sizes: Mapping[int, tuple[int, ...]]
    unmet: bool
    """The plan does not bring it under the limit in this year."""
    converted: int
    """Rooms converted by then."""

    @property
    def classes(self) -> int:
        return sum(len(each) for each in self.sizes.values())


def pupils_of_years(
    school: SchoolNow, coming: Arrivals, transfers: Sequence[Transfer]
) -> list[Counts]:
    """Pupils by grade for each planned year, after every transfer."""
    now: Counts = {grade: school.pupils(grade) for grade in school.grades}
    found = []
    for year, arriving in enumerate(coming.by_school[school.code]):
        now = rolled(now, school, arriving)
        for each in transfers:
            if each.year == year and school.code in (each.sender, each.receiver):
                now[each.grade] += each.pupils if school.code == each.receiver else -each.pupils
        found.append(dict(now))
    return found


def classes_of_years(
    site: Site,
    pupils: Sequence[Counts],
    enough: Sequence[Counts | None],
    merged: Sequence[Counts],
) -> list[Counts]:
    """Fewest classes by grade for each year.

    `enough`: the classes that a year makes do with; None where every class is to be within the limit.
    `merged`: classes that a cohort may give up."""
    found: list[Counts] = []
    before: Mapping[int, int] = site.classes
    for counts, most, fewer in zip(pupils, enough, merged, strict=True):
        now = {}
        for grade, limit in site.limits.items():
            held = before.get(grade - 1, 0) if site.keep and site.goes_up_to(grade) else 0
            legal = minimum_classes(counts[grade], limit)
            held -= fewer.get(grade, 0)
            now[grade] = max(held, legal if most is None else min(legal, most[grade]))
        found.append(now)
        before = now
    return found


def path_of(
    school: SchoolNow, site: Site, coming: Arrivals, moved: Assignment
) -> list[SchoolYearPath]:
    """The school year by year under the assignment."""
    pupils = pupils_of_years(school, coming, moved.transfers)
    years = range(len(pupils))
    unmet = [(school.code, year) in moved.unmet for year in years]
    converted = [moved.converted.get((school.code, year), 0) for year in years]
    enough = [
        dict(moved.classes[school.code, year]) if above else None
        for year, above in enumerate(unmet)
    ]
    merged = [dict(moved.merged.get((school.code, year), {})) for year in years]
    classes = classes_of_years(site, pupils, enough, merged)
    found = []
    sizes: Mapping[int, tuple[int, ...]] = school.sizes
    for year in years:
        now = {}
        for grade, limit in site.limits.items():
            held = sizes.get(grade - 1, ()) if site.goes_up_to(grade) else ()
            now[grade] = seated(held, pupils[year][grade], classes[year][grade], limit)
        found.append(SchoolYearPath(pupils[year], now, unmet[year], converted[year]))
        sizes = now
    return found
