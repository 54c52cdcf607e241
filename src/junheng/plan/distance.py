"""How far apart two schools stand, in a straight line (直线距离), from their filed coordinates.

Coordinates are brought to WGS 84 first. CGCS2000 and WGS 84 differ by centimetres and are taken as
one. GCJ-02 has no published formula; the one in general use is taken and inverted by iteration
(good to a few metres); BD-09 is GCJ-02 turned and shifted by a published formula. Over a distance
of kilometres that is small; it decides nothing but who counts as a neighbour.
"""

from collections.abc import Callable
from dataclasses import dataclass
from math import asin, atan2, cos, pi, radians, sin, sqrt

EARTH_RADIUS_M = 6_371_008.8
"""Mean radius of WGS 84."""
_A, _EE = 6378245.0, 0.00669342162296594323
"""Krassowsky ellipsoid: half axis and eccentricity squared, as the offset of GCJ-02 uses them."""
_BAIDU = pi * 3000.0 / 180.0
ROUNDS = 6
"""Each round of the inversion gains about four digits."""

Point = tuple[float, float]
"""Longitude and latitude in degrees."""


@dataclass(frozen=True)
class Position:
    """A point in WGS 84, and the system in which it was filed."""

    lon: float
    lat: float
    filed_crs: str

    @property
    def converted(self) -> bool:
        """Whether an approximate formula stands between what was filed and this point."""
        return self.filed_crs in ("gcj02", "bd09")


def position(lon: float, lat: float, crs: str) -> Position:
    """The filed point in WGS 84; `crs` is one of the choices of the column."""
    return Position(*FROM[crs](lon, lat), crs)


def metres_between(one: Position, other: Position) -> int:
    """Great-circle distance in whole metres."""
    up, across = radians(other.lat - one.lat) / 2, radians(other.lon - one.lon) / 2
    inner = sin(up) ** 2 + cos(radians(one.lat)) * cos(radians(other.lat)) * sin(across) ** 2
    return round(2 * EARTH_RADIUS_M * asin(sqrt(min(1.0, inner))))


def _same(lon: float, lat: float) -> Point:
    return lon, lat


def gcj02_of(lon: float, lat: float) -> Point:
    """WGS 84 → GCJ-02, by the formula in general use."""
    x, y = lon - 105.0, lat - 35.0
    wave = (20.0 * sin(6.0 * x * pi) + 20.0 * sin(2.0 * x * pi)) * 2.0 / 3.0
    north = -100.0 + 2.0 * x + 3.0 * y + 0.2 * y * y + 0.1 * x * y + 0.2 * sqrt(abs(x)) + wave
    north += (20.0 * sin(y * pi) + 40.0 * sin(y / 3.0 * pi)) * 2.0 / 3.0
    north += (160.0 * sin(y / 12.0 * pi) + 320.0 * sin(y * pi / 30.0)) * 2.0 / 3.0
    east = 300.0 + x + 2.0 * y + 0.1 * x * x + 0.1 * x * y + 0.1 * sqrt(abs(x)) + wave
    east += (20.0 * sin(x * pi) + 40.0 * sin(x / 3.0 * pi)) * 2.0 / 3.0
    east += (150.0 * sin(x / 12.0 * pi) + 300.0 * sin(x / 30.0 * pi)) * 2.0 / 3.0
    magic = 1 - _EE * sin(radians(lat)) ** 2
    step_north = north * 180.0 / (_A * (1 - _EE) / (magic * sqrt(magic)) * pi)
    step_east = east * 180.0 / (_A / sqrt(magic) * cos(radians(lat)) * pi)
    return lon + step_east, lat + step_north


def wgs84_of_gcj02(lon: float, lat: float) -> Point:
    """GCJ-02 → WGS 84: the point whose offset leads to the given one."""
    found = (lon, lat)
    for _ in range(ROUNDS):
        there = gcj02_of(*found)
        found = (found[0] + lon - there[0], found[1] + lat - there[1])
    return found


def gcj02_of_bd09(lon: float, lat: float) -> Point:
    """BD-09 → GCJ-02."""
    x, y = lon - 0.0065, lat - 0.006
    radius = sqrt(x * x + y * y) - 0.00002 * sin(y * _BAIDU)
    angle = atan2(y, x) - 0.000003 * cos(x * _BAIDU)
    return radius * cos(angle), radius * sin(angle)


FROM: dict[str, Callable[[float, float], Point]] = {
    "wgs84": _same,
    "cgcs2000": _same,
    "gcj02": wgs84_of_gcj02,
    "bd09": lambda lon, lat: wgs84_of_gcj02(*gcj02_of_bd09(lon, lat)),
}
