"""校舍场地设备: whole-school areas, equipment and rooms; the program splits them by stage.

A pupil of an older stage takes a fixed multiple of what a primary pupil takes (`levels.older`),
so one level furnishes a combined school for all its stages.
"""

from datetime import date
from math import ceil
from random import Random
from typing import Any

from junheng.sample.character import Character
from junheng.sample.cohorts import SchoolClass
from junheng.sample.draws import square_metres, stream, yuan
from junheng.sample.levels import draw, far_above, older
from junheng.sample.register import Site

CLASSES_A_SPECIAL_ROOM = 12
SPECIAL_ROOMS_NETWORKED = 0.15
"""Share of schools that may count networked music and art rooms beside the classrooms."""
UNOPENED_PUPILS = 900
"""The school of this year is built for so many pupils, though none came yet."""
MUSIC_BINS = ("music_rooms_ge_96", "music_rooms_73_96", "music_rooms_61_73", "music_rooms_54_61")
ART_BINS = ("art_rooms_ge_90", "art_rooms_67_90", "art_rooms_61_67", "art_rooms_54_61")


def facilities(
    seed: int,
    site: Site,
    classes: list[SchoolClass],
    *,
    character: Character,
    year: int,
    kindergarten: int,
) -> dict[str, Any]:
    """Columns of the table `facilities`."""
    chance = stream(seed, site.key, "facilities")
    pupils = {s: sum(c.pupils for c in classes if c.stage == s) for s in ("primary", "junior")}
    pupils["senior"] = sum(c.pupils for c in classes if c.stage == "senior")
    if site.role == "unopened":
        pupils["primary"] = UNOPENED_PUPILS
    places = sum(n * older(stage) for stage, n in pupils.items()) + kindergarten
    level = {
        code: _level(chance, character, code, site, pupils) for code in ("L4", "L5", "L6", "L7")
    }
    built = max(len(classes), ceil(sum(pupils.values()) / 45) if site.role == "unopened" else 1)
    row = _areas(chance, site, places, level, classes=built)
    row |= _rooms(chance, built, ceil(level["L7"] * places / 100), poor=character.lapsed("rooms"))
    row["equipment_value_yuan"] = yuan(level["L6"] * places + 100)
    return row | _dense(chance, site, year) | _bought(seed, site, sum(pupils.values()))


def _bought(seed: int, site: Site, pupils: int) -> dict[str, int]:
    """Computers and books, of which the scheme of 2012 asks."""
    chance = stream(seed, site.key, "bought")
    return {
        "computers": int(pupils * (0.1 + 0.08 * chance.random())) + 1,
        "books": int(pupils * (22 + 16 * chance.random())) + 1,
    }


def _level(
    chance: Random, character: Character, code: str, site: Site, pupils: dict[str, int]
) -> float:
    """Level for one place (a primary pupil's share) that serves each stage of the school."""
    primary = draw(chance, character, "primary", code, site.place)
    junior = draw(chance, character, "junior", code, site.place) / older("junior")
    if not pupils["junior"]:
        if site.life.enters_from and not site.role:
            return primary  # built for all its grades, of which few came yet
        return primary * far_above(chance, character, "primary", code)
    return max(primary, junior) if pupils["primary"] else junior


def _areas(
    chance: Random, site: Site, places: float, level: dict[str, float], *, classes: int
) -> dict[str, Any]:
    grounds = level["L5"] * places
    hall = min(grounds * 0.2, 420 + 480 * chance.random()) if classes >= 18 else 0.0
    if hall and chance.random() < 0.4:
        hall = 0.0
    teaching = level["L4"] * places + hall
    building = teaching * (1.3 + 0.3 * chance.random() + (0.5 if site.boarding else 0.0))
    base = grounds - hall + building / (3.2 if site.place == "city" else 2.4)
    green = base * (0.3 + 0.2 * chance.random())
    return {
        "teaching_auxiliary_area_m2": square_metres(teaching + 0.01),
        "indoor_sports_room_area_m2": square_metres(hall),
        "gymnasium_area_m2": square_metres(hall),
        "sports_ground_area_m2": square_metres(grounds - hall + 0.01),
        "campus_area_m2": square_metres(base + green + 200 * chance.random() + 1),
        "green_area_m2": square_metres(green),
        "building_area_m2": square_metres(building),
    }


def _rooms(chance: Random, classes: int, multimedia: int, *, poor: bool) -> dict[str, Any]:
    need = ceil(classes / CLASSES_A_SPECIAL_ROOM)
    music = _special_rooms(chance, MUSIC_BINS, need, poor=poor)
    art = _special_rooms(chance, ART_BINS, need, poor=poor)
    special = sum(music.values()) + sum(art.values())
    spare = int(classes * 0.12 * chance.random())
    least = multimedia - special if chance.random() < SPECIAL_ROOMS_NETWORKED else multimedia
    regular = max(classes + spare, least)
    return {
        "regular_classrooms": regular,
        "multimedia_classrooms": multimedia,
        "music_rooms": sum(music.values()),
        **music,
        "art_rooms": sum(art.values()),
        **art,
    }


def _special_rooms(
    chance: Random, bins: tuple[str, ...], need: int, *, poor: bool
) -> dict[str, int]:
    """Rooms by size bin; where the county is poor, some are too small or lacking."""
    found = dict.fromkeys(bins, 0)
    for _ in range(need):
        fate = chance.random() if poor else 0.0
        place = 0 if fate < 0.82 else 1 if fate < 0.92 else 2 if fate < 0.97 else 3
        found[bins[place]] += 1
    return found


def _dense(chance: Random, site: Site, year: int) -> dict[str, Any]:
    """Off-campus and roof grounds, only for the school in the certified dense area (X2)."""
    if site.role != "dense":
        return {}
    return {
        "leased_sports_area_m2": square_metres(900 + 600 * chance.random()),
        "other_campus_sports_area_m2": square_metres(200 + 300 * chance.random()),
        "leased_contract_no": f"示例租〔{year}〕{chance.randint(1, 40)}号",
        "lease_start": date(year, 3, 1),
        "lease_end": date(year + 3, 2, 28),
        "walking_minutes": chance.randint(4, 9),
    }
