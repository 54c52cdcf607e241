"""From the numbers of a unit to its cast: which schools are private, new, dense, small, merged."""

from collections.abc import Iterator
from dataclasses import replace
from itertools import cycle

from junheng.sample.cast import Cast, Story
from junheng.sample.city.units import Unit

PLACES = ("city", "town", "village")
FOUNDED = (2, 4, 1, 5, 3)
"""Years before the last in which the new schools came, in turn."""
TOLD = (0, 2, 1, 3, 4)
"""The same for closings and mergers."""
SCHOOLS_AN_ABSORBER, SCHOOLS_A_SMALL = 30, 4
OTHERS = {
    "complete": Cast("complete", "city", city_run=True),
    "twelve_year": Cast("twelve_year", "city", private=True, boarding=True),
    "special": Cast("special", "city"),
    "points": Cast("teaching_point", "village", "point_50"),
    "tiny": Cast("teaching_point", "village", "tiny"),
    "senior": Cast("senior", "town", "attached_junior", boarding=True),
    "campus": Cast("primary", "city", "campus"),
}


def plan_of(unit: Unit) -> list[Cast]:
    """Every row that the unit files, main schools before what belongs to them."""
    plan = [*_primary(unit), *_junior(unit), *_nine_year(unit)]
    plan = list(_with_private(unit, list(_with_founded(unit, plan))))
    homes = {
        "tiny": cycle([i for i, c in enumerate(plan) if _is(c, "primary", "town")] or [0]),
        "campus": cycle([i for i, c in enumerate(plan) if _is(c, "primary", "city")] or [0]),
    }
    for kind, number in unit.others.items():
        for _ in range(number):
            parent = next(homes[kind]) if kind in homes else None
            plan.append(replace(OTHERS[kind], parent=parent))
    return plan


def _is(cast: Cast, school_type: str, place: str) -> bool:
    """Whether it may be the main school of another: it stands alone, is old and public."""
    return (
        (cast.school_type, cast.place) == (school_type, place)
        and cast.role in ("", "dense", "centre")
        and not cast.private
        and cast.founded is None
        and cast.story in ("", "closed")
    )


def _primary(unit: Unit) -> Iterator[Cast]:
    city, town, village = unit.primary
    absorbers = max(1, (city + town) // SCHOOLS_AN_ABSORBER)
    for i in range(city):
        story: Story = "absorbed" if 8 <= i < 8 + absorbers and not town else ""
        dense = "dense" if i < unit.dense else ""
        yield Cast("primary", "city", dense, story=story, told=TOLD[i % len(TOLD)])
    for i in range(town):
        if i < unit.closed:
            yield Cast("primary", "town", "centre", story="closed", told=TOLD[i % len(TOLD)])
        elif i == unit.closed:
            yield Cast("primary", "town", "kindergarten")
        else:
            absorbing = i <= unit.closed + absorbers
            yield Cast(
                "primary", "town", story="absorbed" if absorbing else "", told=TOLD[i % len(TOLD)]
            )
    for i in range(village):
        small = i % SCHOOLS_A_SMALL == 1
        role = "smallest" if i == 0 else "small" if small else ""
        yield Cast("primary", "village", role, story="renamed" if i == 1 else "", told=i % 3)


def _junior(unit: Unit) -> Iterator[Cast]:
    city, town, village = unit.junior
    for i in range(city):
        split: Story = "split_off" if i == 0 and unit.others.get("complete") else ""
        yield Cast("junior", "city", city_run=i < 2, story=split, told=i + 1)
    for i in range(town):
        yield Cast("junior", "town", "attached_primary" if i == 1 else "")
    for _ in range(village):
        yield Cast("junior", "village", boarding=True)


def _nine_year(unit: Unit) -> Iterator[Cast]:
    for place, number in zip(PLACES, unit.nine_year, strict=True):
        for _ in range(number):
            yield Cast("nine_year", place, boarding=place == "village")


def _with_founded(unit: Unit, plan: list[Cast]) -> Iterator[Cast]:
    """The last plain city schools of each kind are new; the very last one took in nobody yet."""
    plain = [i for i, c in enumerate(plan) if c == Cast(c.school_type, "city")]
    kinds = {kind: [i for i in plain if plan[i].school_type == kind] for kind in
             ("primary", "junior", "nine_year")}  # fmt: skip
    order = [kinds[kind].pop() for kind in cycle_of(unit.founded) if len(kinds[kind]) > 1]
    years = dict(zip(order, cycle(FOUNDED), strict=False))
    unopened = kinds["primary"][-1] if unit.founded > 1 and len(kinds["primary"]) > 1 else None
    for i, cast in enumerate(plan):
        if i == unopened:
            yield replace(cast, role="unopened")
        else:
            yield replace(cast, founded=years[i]) if i in years else cast


def cycle_of(number: int) -> list[str]:
    """Of which kinds so many new schools are: primary first."""
    return [("primary", "junior", "primary", "nine_year")[i % 4] for i in range(number)]


def _with_private(unit: Unit, plan: list[Cast]) -> Iterator[Cast]:
    """Private schools of every kind in turn, from the plain ones of the city, last ones first."""
    plain = [i for i, c in enumerate(plan) if c == Cast(c.school_type, "city")]
    kinds = {kind: [i for i in plain if plan[i].school_type == kind] for kind in
             ("primary", "junior", "nine_year")}  # fmt: skip
    order = ("nine_year", "primary", "junior")
    chosen = {
        kinds[kind].pop()
        for kind in (order[i % 3] for i in range(unit.private))
        if len(kinds[kind]) > 1
    }
    for i, cast in enumerate(plan):
        yield (
            replace(cast, private=True, boarding=cast.school_type == "nine_year")
            if (i in chosen)
            else cast
        )
