"""What is not in order in the `mixed` county: small lapses at a few schools, as offices meet them.

Some are lapses only by the strict rule: the relaxations X3–X6 would let them pass. A school of the
fixed cast has each lapse in any case; others have it by chance.
"""

from collections.abc import Callable
from decimal import Decimal
from math import ceil
from random import Random
from typing import Any

from junheng.sample.character import Character, Lapse
from junheng.sample.draws import stream, yuan
from junheng.sample.finance import STANDARD
from junheng.sample.register import Site

Row = dict[str, Any]
LARGE, LARGE_RELAXED = 2000, 2400
SHORT_OF_TRAINING = Decimal("0.0496")
TEACHER_SHARE, TRAINING_SHARE, ZONE_SHARE, NARROW_SHARE = 0.04, 0.05, 0.08, 0.6
MIGRANT_SHARE = 0.54


def spoil(
    seed: int, sites: list[Site], wide: list[Row], *, character: Character, crowded: str
) -> None:
    """Change the records of one year in place; the same schools every year.

    `crowded` names the oversize school most of whose pupils are migrants' children (X6).
    """
    for site, row in zip(sites, wide, strict=True):
        chance = stream(seed, site.key, "defects")
        for topic, lapse in LAPSES.items():
            if character.lapsed(topic):
                lapse(chance, site, row)
        if site.key == crowded and character.lapsed("migrants"):
            pupils = row["enrolment_primary"] + row["enrolment_junior"]
            row["migrant_children_enrolled"] = ceil(pupils * MIGRANT_SHARE)


def _uncertified(chance: Random, site: Site, row: Row) -> None:
    """One teacher without certificate (GV12)."""
    hit = chance.random() < TEACHER_SHARE or site.role == "dense"
    for stage in ("primary", "junior"):
        if hit and row[f"full_time_teachers_{stage}"] > 20:
            row[f"certified_teachers_{stage}"] -= 1
            return


def _training_short(chance: Random, site: Site, row: Row) -> None:
    """Training funds a little under 5 % of the public funds (QL4)."""
    budget = row["public_funds_budget_prev_yuan"]
    hit = chance.random() < TRAINING_SHARE or site.role == "kindergarten"
    if hit and budget is not None:
        row["training_funds_budget_prev_yuan"] = yuan(float(budget * SHORT_OF_TRAINING))


def _outside_the_zone(chance: Random, site: Site, row: Row) -> None:
    """A few pupils live outside the zone of a primary school (GV13)."""
    hit = chance.random() < ZONE_SHARE or site.role == "dense"
    count = chance.randint(1, 6)
    if hit and site.place == "city" and row["in_zone_enrolment_primary"] > 200:
        row["in_zone_enrolment_primary"] -= count


def _narrow_rooms(chance: Random, site: Site, row: Row) -> None:
    """Music and art rooms of 54 m² in small rural schools (GV3, X4)."""
    if chance.random() >= NARROW_SHARE or site.role not in ("small", "smallest", "point_50"):
        return
    for kind, wanted in (("music", "ge_96"), ("art", "ge_90")):
        row[f"{kind}_rooms_54_61"] += row[f"{kind}_rooms_{wanted}"]
        row[f"{kind}_rooms_{wanted}"] = 0


def _funded_by_head(_: Random, site: Site, row: Row) -> None:
    """A school under 100 pupils that gets money for the pupils it has (GV6)."""
    if site.role == "smallest" and site.ownership == "public":
        pupils = row["enrolment_primary"] + row["enrolment_junior"]
        row["public_funds_budget_prev_yuan"] = yuan(STANDARD["primary"] * (pupils + 5))
        row["public_funds_final_prev_yuan"] = yuan(STANDARD["primary"] * (pupils + 4))
        row["training_funds_budget_prev_yuan"] = yuan(STANDARD["primary"] * pupils * 0.06 + 100)


LAPSES: dict[Lapse, Callable[[Random, Site, Row], None]] = {
    "certificates": _uncertified,
    "training_funds": _training_short,
    "zones": _outside_the_zone,
    "narrow_rooms": _narrow_rooms,
    "small_funds": _funded_by_head,
}


def crowded_by_migrants(sites: list[Site], pupils: dict[str, int]) -> str:
    """The first oversize school that only X6 could excuse; empty where there is none."""
    for site in sites:
        large = LARGE < pupils[site.code] <= LARGE_RELAXED
        if large and site.school_type in ("primary", "junior") and site.founding_year > 2010:
            return site.key
    return ""
