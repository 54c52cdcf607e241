"""学校基本情况: what a school is and where it stands on the invented plan."""

from collections.abc import Callable
from decimal import Decimal
from random import Random
from typing import Any

from junheng.sample.draws import stream
from junheng.sample.register import Site

CENTRE_LON, CENTRE_LAT = 113_400_000, 34_600_000
"""Centre of the invented plan in 0.000001 degree: open fields, no real town is meant."""
REACH = {"city": (0, 55_000), "town": (70_000, 160_000), "village": (90_000, 210_000)}
MICRO = Decimal("0.000001")
Ground = Callable[[Random, Site], tuple[int, int]]
"""Longitude and latitude of a school in 0.000001 degree; no two schools at the same point."""


def _open_fields(chance: Random, site: Site) -> tuple[int, int]:
    """A point in a square ring around the centre; the index keeps any two points apart."""
    near, far = REACH[site.place]
    along, out = chance.randint(-far, far), chance.choice((-1, 1)) * chance.randint(near, far)
    east, north = (along, out) if chance.random() < 0.5 else (out, along)
    return (CENTRE_LON + east) // 10_000 * 10_000 + site.index, CENTRE_LAT + north


OPEN_FIELDS: Ground = _open_fields


def identity(seed: int, site: Site, seats: dict[str, Any], ground: Ground) -> dict[str, Any]:
    """Columns of the table `schools`; flags on size follow from the pupils drawn."""
    pupils = sum(int(seats.get(c) or 0) for c in ("enrolment_primary", "enrolment_junior"))
    largest = max(int(seats.get(f"max_class_size_{s}") or 0) for s in ("primary", "junior"))
    small = site.rural and site.school_type in ("primary", "junior", "nine_year", "teaching_point")
    lon, lat = ground(stream(seed, site.key, "place"), site)
    chance = stream(seed, site.key, "group")
    grouped = site.place == "city" and site.role == "" and chance.random() < 0.3
    return {
        "school_code": site.code,
        "school_name": site.name,
        "school_type": site.school_type,
        "ownership": site.ownership,
        "urban_rural_code": site.urban_rural_code,
        "location_unit": site.location_unit,
        "managing_unit": site.managing_unit,
        "counts_as_school": site.parent is None,
        "parent_school_code": site.parent,
        "founding_year": site.founding_year,
        "built_by_2010": site.founding_year <= 2010,
        "built_by_2016": site.founding_year <= 2016,
        "dense_urban_core": site.role == "dense",
        "rural_small_50_99": small and 50 <= pupils <= 99,
        "rural_small_max_class_lt30": small and 0 < pupils < 100 and largest < 30,
        "boarding_school": site.boarding,
        "lon": lon * MICRO,
        "lat": lat * MICRO,
        "crs": "cgcs2000",
        "group_id": f"JT{site.index % 3 + 1:02d}" if grouped else None,
        "group_role": chance.choice(("core", "member", "member")) if grouped else None,
    }
