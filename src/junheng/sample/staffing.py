"""教师: full-time teachers of each stage, by qualification, by subject, key teachers."""

from math import ceil
from random import Random
from typing import Any

from junheng.sample.character import Character
from junheng.sample.cohorts import SchoolClass
from junheng.sample.draws import stream
from junheng.sample.earlier import key_teachers_then
from junheng.sample.levels import draw
from junheng.sample.register import Site

PUPILS_A_SENIOR_TEACHER = 12.5
PUPILS_A_SPECIAL_TEACHER = 4
SUBJECTS = ("teachers_pe", "teachers_music", "teachers_fine_arts", "teachers_arts")
VISITING = ("visiting_pe_teachers", "visiting_music_teachers", "visiting_fine_arts_teachers",
            "visiting_arts_teachers")  # fmt: skip


def staffing(
    seed: int, site: Site, classes: list[SchoolClass], *, character: Character, years: int
) -> dict[str, Any]:
    """Columns of the table `staffing`; a stage without pupils has no teachers.

    `years` counts back from the last year of the story: the key teachers were fewer then.
    """
    then = key_teachers_then(years, character)
    senior = sum(c.pupils for c in classes if c.stage == "senior")
    row: dict[str, Any] = {"full_time_teachers_senior": ceil(senior / PUPILS_A_SENIOR_TEACHER)}
    for stage in ("primary", "junior"):
        sizes = [c.pupils for c in classes if c.stage == stage]
        chance = stream(seed, site.key, "teachers", stage)
        found = _stage(chance, site, stage, sizes, character, then)
        ranked = 0.3 + 0.3 * stream(seed, site.key, "ranks", stage).random()
        found["teachers_intermediate_plus"] = int(found["full_time_teachers"] * ranked)
        row |= {f"{name}_{stage}": value for name, value in found.items()}
    return row


def _stage(
    chance: Random, site: Site, stage: str, sizes: list[int], character: Character, then: float
) -> dict[str, int]:
    hundreds = sum(sizes) / 100
    rate = {code: draw(chance, character, stage, code, site.place) for code in ("L1", "L2", "L3")}
    above = max(ceil(rate["L1"] * hundreds), ceil(len(sizes) * 1.2))
    if site.school_type == "special":
        above = ceil(sum(sizes) / PUPILS_A_SPECIAL_TEACHER)
    at_level = int(above * 0.06 * chance.random())
    full_time = above + at_level
    key = min(full_time, ceil(rate["L2"] * then * hundreds))
    trained = full_time
    if character.lapsed("training") and full_time > 20 and chance.random() < 0.15:
        trained -= chance.randint(1, 3)
    return {
        "full_time_teachers": full_time,
        **_qualified(chance, stage, above),
        "teachers_at_required_level": at_level,
        "key_teachers_county_plus": key,
        "certified_teachers": full_time,
        "teachers_training_360h": trained,
        **_subjects(chance, min(full_time, ceil(rate["L3"] * hundreds))),
        **dict.fromkeys(VISITING, 0),
        "visiting_pe_teachers": 1,
    }


def _qualified(chance: Random, stage: str, above: int) -> dict[str, int]:
    """Teachers above the required level; 专科 counts for primary, not for junior."""
    master = int(above * 0.12 * chance.random())
    doctorate = 1 if master > 8 and chance.random() < 0.1 else 0
    associate = int(above * 0.35 * chance.random()) if stage == "primary" else 0
    found = {
        "teachers_bachelor": above - master - doctorate - associate,
        "teachers_master": master,
        "teachers_doctorate": doctorate,
    }
    return found | ({"teachers_associate": associate} if stage == "primary" else {})


def _subjects(chance: Random, total: int) -> dict[str, int]:
    """PE about half, music and fine arts about a quarter each, few teach 艺术 as one subject."""
    pe = (total + 1) // 2
    rest = total - pe
    arts = 1 if rest >= 5 and chance.random() < 0.2 else 0
    music = (rest - arts + chance.randint(0, 1)) // 2
    return dict(zip(SUBJECTS, (pe, music, rest - arts - music, arts), strict=True))
