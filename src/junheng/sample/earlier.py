"""How the invented schools were furnished and staffed before the last year: a little worse.

Grounds and buildings stand as they are; equipment, networked rooms, computers and books were
bought year by year, and a few grounds were enlarged.
"""

from decimal import Decimal
from typing import Any

from junheng.sample.character import Character
from junheng.sample.draws import CENT, stream, yuan
from junheng.sample.register import Site

GROWTH = (0.01, 0.06)
"""Least and further yearly growth of what is bought."""
ENLARGED_SHARE, ENLARGED_BY = 0.06, Decimal("0.3")
GROUND, CAMPUS = "sports_ground_area_m2", "campus_area_m2"
BOUGHT = ("computers", "books")
KEY_TEACHERS_BEFORE = 0.97
"""Key teachers a pupil in one year against the next, where the county is on its way."""


def furnished_before(
    seed: int, site: Site, row: dict[str, Any], *, years: int, character: Character
) -> dict[str, Any]:
    """The facilities `years` years before the last, from those of the last year."""
    if years <= 0:
        return row
    chance = stream(seed, site.key, "growth")
    share, fewer = 1.0, 0
    enlarged = _enlarged(seed, site, character)
    for _ in range(years):
        share *= 1 - GROWTH[0] - GROWTH[1] * chance.random()
        fewer += chance.randint(0, 1)
    found = dict(row)
    found["equipment_value_yuan"] = yuan(float(row["equipment_value_yuan"]) * share + 100)
    found["multimedia_classrooms"] = max(1, row["multimedia_classrooms"] - fewer)
    for column in BOUGHT:
        found[column] = int(row[column] * share)
    if years > enlarged:
        added = (row[GROUND] * ENLARGED_BY).quantize(CENT)
        found[GROUND], found[CAMPUS] = row[GROUND] - added, row[CAMPUS] - added
    return found


def _enlarged(seed: int, site: Site, character: Character) -> int:
    """Years before the last in which the new ground was opened; far back for most schools."""
    chance = stream(seed, site.key, "works")
    plain = site.school_type in ("primary", "junior") and site.role == ""
    if not character.lapsed("growth") or not plain or chance.random() >= ENLARGED_SHARE:
        return 10_000
    return chance.randint(0, 1)


def key_teachers_then(years: int, character: Character) -> float:
    """Factor of the key teachers' rate so many years before the last."""
    factor = 1.0
    for _ in range(years if character.lapsed("growth") else 0):
        factor *= KEY_TEACHERS_BEFORE
    return factor
