"""Rooms that could become classrooms: other rooms of the register, special rooms above what GV3 asks."""

from dataclasses import dataclass
from math import ceil
from typing import Any

import polars as pl

from junheng.plan.class_size.law import Law
from junheng.registry import Facts


@dataclass(frozen=True)
class Convertible:
    """One room, and what its conversion takes from and adds to the school's return."""

    kind: str
    """In words."""
    takes: tuple[str, ...]
    """Columns that lose one."""


OTHER = Convertible("用房台账中的其他用房", ())
MUSIC = Convertible("富余的音乐教室", ("music_rooms", "music_rooms_ge_96"))
ART = Convertible("富余的美术教室", ("art_rooms", "art_rooms_ge_90"))


def convertible_rooms(facts: Facts, row: dict[str, Any], law: Law) -> tuple[Convertible, ...]:
    """Rooms of a school that may be converted, in the order in which they would be.

    Special rooms count only where enough are left for as many classes as there would then be rooms.
    """
    least = law.least_room_m2
    others = facts["rooms"].filter(
        (pl.col("school_code") == row["school_code"]) & (pl.col("room_type") == "other")
    )
    found = [OTHER for area in others["area_m2"] if area is not None and area >= least]
    per = law.classes_a_special_room
    if per is None:
        return tuple(found)
    left = {MUSIC: row["music_rooms_ge_96"] or 0, ART: row["art_rooms_ge_90"] or 0}
    for kind in left:
        while left[kind] > 0 and _enough(
            left, kind, row["regular_classrooms"] + len(found) + 1, per
        ):
            left[kind] -= 1
            found.append(kind)
    return tuple(found)


def _enough(left: dict[Convertible, int], kind: Convertible, classes: int, per: int) -> bool:
    """Whether with one room of the kind less every kind still has one for each `per` classes."""
    due = ceil(classes / per)
    return all(count - (each is kind) >= due for each, count in left.items())
