"""The plan of the invented county: what kind of school stands in each line of its list.

The first lines are a fixed cast in which every school type and every special case appears; the
rest follow the shape of a Zhengzhou county (standards.md §9.8).
"""

from dataclasses import dataclass, replace
from random import Random
from typing import Literal

from junheng.sample.draws import stream

Story = Literal["", "renamed", "absorbed", "closed", "split_off"]
"""A new name, a school next door taken over, a teaching point of its own closed, the end of its senior classes."""
SOME = -1
"""Some main school that comes earlier in the plan."""


@dataclass(frozen=True)
class Cast:
    """One line of the plan: what kind of school, where, and what is special about it."""

    school_type: str
    place: str
    role: str = ""
    parent: int | None = None
    """Index of the main school, for rows that do not count as a school; `SOME` in the shape."""
    private: bool = False
    city_run: bool = False
    boarding: bool = False
    founded: int | None = None
    """Years before the last; drawn where nothing is said."""
    story: Story = ""
    """What happened to it on the way."""
    told: int = 0
    """Years before the last in which it happened."""


CAST = (
    Cast("primary", "city", "dense"),
    Cast("primary", "city", "campus", parent=0),
    Cast("primary", "town", "centre", story="closed"),
    Cast("teaching_point", "village", "tiny", parent=2),
    Cast("nine_year", "city"),
    Cast("primary", "city", "campus", parent=4),
    Cast("junior", "city", city_run=True, story="split_off", told=1),
    Cast("complete", "city", city_run=True),
    Cast("twelve_year", "city", private=True, boarding=True),
    Cast("senior", "town", "attached_junior", boarding=True),
    Cast("junior", "town", "attached_primary"),
    Cast("teaching_point", "village", "point_50"),
    Cast("teaching_point", "village", "tiny"),
    Cast("special", "city"),
    Cast("primary", "village", "small", story="renamed"),
    Cast("primary", "village", "smallest"),
    Cast("primary", "city", "unopened"),
    Cast("primary", "city", private=True),
    Cast("junior", "village", boarding=True),
    Cast("nine_year", "village", boarding=True),
    Cast("primary", "town", "kindergarten", story="absorbed"),
    Cast("junior", "city", "young"),
    Cast("nine_year", "town", private=True),
    Cast("complete", "town"),
)
SHAPE = (
    (Cast("primary", "city"), 31), (Cast("primary", "town"), 14), (Cast("primary", "village"), 18),
    (Cast("primary", "village", "small"), 3), (Cast("teaching_point", "village", "point_50"), 2),
    (Cast("junior", "city"), 13), (Cast("junior", "town"), 7), (Cast("junior", "village"), 3),
    (Cast("nine_year", "city"), 4), (Cast("nine_year", "town"), 2),
    (Cast("nine_year", "village"), 1), (Cast("complete", "city"), 1),
    (Cast("primary", "city", private=True), 1), (Cast("primary", "city", "dense"), 3),
    (Cast("senior", "town", "attached_junior", boarding=True), 1),
    (Cast("teaching_point", "village", "tiny", parent=SOME), 2),
    (Cast("primary", "city", "campus", parent=SOME), 1),
)  # fmt: skip


def plan_of_county(seed: int, schools: int) -> list[Cast]:
    """The fixed cast and then the usual shape; `schools` counts rows of campuses too."""
    choices, weights = [c for c, _ in SHAPE], [w for _, w in SHAPE]
    plan = list(CAST[:schools])
    for index in range(len(plan), schools):
        chance = stream(seed, "shape", index - len(CAST))
        cast = chance.choices(choices, weights)[0]
        plan.append(replace(cast, parent=_main(chance, cast, plan)) if cast.parent else cast)
    return plan


def _main(chance: Random, cast: Cast, plan: list[Cast]) -> int:
    """An earlier primary school that counts: in a town for a teaching point, else in the city."""
    place = "town" if cast.school_type == "teaching_point" else "city"
    fitting = [
        i
        for i, each in enumerate(plan)
        if (each.school_type, each.place, each.parent) == ("primary", place, None)
        and each.role in ("", "dense", "centre")
        and not each.private
    ]
    return chance.choice(fitting)
