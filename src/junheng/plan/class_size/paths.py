"""From an assignment to what each school is in each year: pupils, classes, sizes, who stays above.

A school that stays above the limit opens what classes its free rooms hold, in the grades where the
classes are largest; never more than the cohort will have the year after, so that nothing planned
for later is undone.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

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
    site: Site, pupils: Sequence[Counts], allowed: Sequence[int | None], rooms: Sequence[int]
) -> list[Counts]:
    """Fewest classes by grade for each year, then what free rooms still ease where it stays above.

    `allowed`: the largest class of a year in which the school stays above the limit; None where it
    does not."""
    found: list[Counts] = []
    before: Mapping[int, int] = site.classes
    for counts, largest in zip(pupils, allowed, strict=True):
        now = {}
        for grade, limit in site.limits.items():
            held = before.get(grade - 1, 0) if site.keep and site.goes_up_to(grade) else 0
            now[grade] = max(held, minimum_classes(counts[grade], max(limit, largest or 0)))
        found.append(now)
        before = now
    for year in reversed(range(len(found))):
        if allowed[year] is not None:
            after = found[year + 1] if year + 1 < len(found) and site.keep else None
            _ease(site, pupils[year], found[year], after, rooms[year])
    return found


def _ease(site: Site, pupils: Counts, classes: Counts, after: Counts | None, rooms: int) -> None:
    """Open classes in what rooms are left, one by one where the mean class is largest."""

    def may(grade: int) -> bool:
        enough = classes[grade] >= minimum_classes(pupils[grade], site.limits[grade])
        goes_on = after is not None and grade + 1 in site.limits and site.goes_up_to(grade + 1)
        return not enough and not (
            goes_on and after is not None and classes[grade] >= after[grade + 1]
        )

    for _ in range(rooms - sum(classes.values())):
        open_to = [grade for grade in classes if pupils[grade] and may(grade)]
        if not open_to:
            return
        fullest = max(open_to, key=lambda g: (Fraction(pupils[g], classes[g]), -g))
        classes[fullest] += 1


def path_of(
    school: SchoolNow, site: Site, coming: Arrivals, moved: Assignment
) -> list[SchoolYearPath]:
    """The school year by year under the assignment."""
    pupils = pupils_of_years(school, coming, moved.transfers)
    years = range(len(pupils))
    unmet = [(school.code, year) in moved.unmet for year in years]
    allowed = [
        site.largest_allowed(year, large=(school.code, year) in moved.large) if above else None
        for year, above in enumerate(unmet)
    ]
    converted = [moved.converted.get((school.code, year), 0) for year in years]
    classes = classes_of_years(site, pupils, allowed, [site.rooms + made for made in converted])
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
