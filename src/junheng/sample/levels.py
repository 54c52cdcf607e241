"""How well an invented school is furnished: drawn from `levels.toml` by profile, stage and place."""

from functools import cache
from importlib.resources import files
from random import Random

import msgspec
import tomli

from junheng.sample.character import Character
from junheng.sample.draws import bell, within

PLACES = ("city", "town", "village")
_TAIL_SHARE = 0.16
"""Share of schools with grounds far above the rest; they make the spread of an old county."""


class Level(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One bell of values with its cut-offs; `place` scales it for 城区, 镇区, 乡村."""

    low: float
    centre: float
    spread: float
    high: float
    place: tuple[float, float, float] = (1.0, 1.0, 1.0)
    long_tail: float = 1.0


class Levels(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    older: dict[str, float]
    mixed: dict[str, dict[str, Level]]
    passing: dict[str, dict[str, Level]]


@cache
def levels() -> Levels:
    text = (files("junheng.sample") / "levels.toml").read_text(encoding="utf-8")
    return msgspec.convert(tomli.loads(text), Levels)


def older(stage: str) -> float:
    """What a pupil of `stage` takes of shared rooms and equipment, a primary pupil taking 1."""
    return levels().older[stage]


def _level(character: Character, stage: str, what: str) -> Level:
    by_stage = levels().mixed if character.base == "mixed" else levels().passing
    return by_stage[stage][what]


def draw(chance: Random, character: Character, stage: str, what: str, place: str) -> float:
    """A level of `what` (L1…L7, class_size) for a school of this stage and place."""
    level, bend = _level(character, stage, what), character.bend(stage, what)
    value = bell(chance, level.centre * bend.times, level.spread * bend.spread)
    low, high = level.low * min(1.0, bend.times), level.high * max(1.0, bend.times)
    return within(low, value * level.place[PLACES.index(place)], high)


def far_above(chance: Random, character: Character, stage: str, what: str) -> float:
    """1 for most schools; for a few old ones with wide grounds the factor `long_tail`."""
    if chance.random() >= _TAIL_SHARE:
        return 1.0
    return _level(character, stage, what).long_tail * character.bend(stage, what).tail
