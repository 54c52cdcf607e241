"""The schematic plan of the invented city: plain polygons, and points of schools inside them.

Nothing on it is real: the outlines were drawn for the purpose. Real boundaries never enter.
"""

from random import Random
from typing import Any

from junheng.sample.city.units import Unit
from junheng.sample.draws import DEMONSTRATION
from junheng.sample.identity import CENTRE_LAT, CENTRE_LON, MICRO, Ground
from junheng.sample.register import Site

Point = tuple[int, int]
NEAR = {"city": 34, "town": 84, "village": 96}
"""How far from the seat towards the border the schools of a place lie, in %."""
NEAR_OF_A_CITY = 94
"""The same for a unit that is all 城区."""
FINE = 1_000
"""Longitudes keep the thousandths; below them stands the number of the school, so no two meet."""


def outline_of(unit: Unit) -> list[Point]:
    """Corners in 0.000001 degree."""
    return [_at(x, y) for x, y in unit.outline]


def ground_of(unit: Unit) -> Ground:
    """Where the schools of the unit stand: inside its polygon, the city's near its seat."""
    ring, seat = outline_of(unit), _at(*unit.seat)
    wholly = not any(n for kind in (unit.primary, unit.junior) for n in kind[1:])

    def ground(chance: Random, site: Site) -> Point:
        share = NEAR_OF_A_CITY if wholly else NEAR[site.place]
        while True:
            lon, lat = _within(chance, ring)
            lon = seat[0] + (lon - seat[0]) * share // 100
            lat = seat[1] + (lat - seat[1]) * share // 100
            lon = lon // FINE * FINE + site.index % FINE
            if inside((lon, lat), ring):
                return lon, lat

    return ground


def inside(point: Point, ring: list[Point]) -> bool:
    """Whether a point lies in a polygon, in whole numbers; the border is not asked for."""
    x, y = point
    found = False
    for (ax, ay), (bx, by) in zip(ring, [*ring[1:], ring[0]], strict=True):
        if (ay > y) != (by > y):
            left = (x - ax) * (by - ay) - (bx - ax) * (y - ay)
            found ^= (left < 0) == (by > ay)
    return found


def boundaries(units: tuple[Unit, ...]) -> dict[str, Any]:
    """The plan as GeoJSON: one polygon a unit, with `code`, `name` and 演示数据."""
    return {
        "type": "FeatureCollection",
        "name": DEMONSTRATION,
        "features": [
            {
                "type": "Feature",
                "properties": {"code": u.code, "name": u.name, DEMONSTRATION: True},
                "geometry": {"type": "Polygon", "coordinates": [_ring(u)]},
            }
            for u in units
        ],
    }


def _ring(unit: Unit) -> list[list[float]]:
    ring = outline_of(unit)
    return [[float(lon * MICRO), float(lat * MICRO)] for lon, lat in [*ring, ring[0]]]


def _at(x: int, y: int) -> Point:
    return CENTRE_LON + x * 1_000, CENTRE_LAT + y * 1_000


def _within(chance: Random, ring: list[Point]) -> Point:
    """A point of the polygon, each as likely as another."""
    lons, lats = zip(*ring, strict=True)
    while True:
        point = chance.randint(min(lons), max(lons)), chance.randint(min(lats), max(lats))
        if inside(point, ring):
            return point
