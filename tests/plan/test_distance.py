"""Straight-line distances, and coordinates of four systems brought to one."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from junheng.plan.distance import (
    Position,
    gcj02_of,
    gcj02_of_bd09,
    metres_between,
    position,
    wgs84_of_gcj02,
)

lons, lats = st.floats(110.3, 116.6), st.floats(31.4, 36.4)
"""Henan."""


def test_a_degree_of_latitude_is_a_hundred_and_eleven_kilometres() -> None:
    assert metres_between(Position(113, 34, "wgs84"), Position(113, 35, "wgs84")) == 111_195


def test_the_offset_is_the_one_in_general_use() -> None:
    assert gcj02_of(116.404, 39.915) == pytest.approx(
        (116.41024449916938, 39.91640428150164), abs=1e-12
    )
    assert gcj02_of_bd09(116.404, 39.915) == pytest.approx(
        (116.39762729119315, 39.90865673957631), abs=1e-12
    )


@given(lons, lats)
def test_the_offset_is_undone_to_the_millimetre(lon: float, lat: float) -> None:
    assert wgs84_of_gcj02(*gcj02_of(lon, lat)) == pytest.approx((lon, lat), abs=1e-8)


@given(lons, lats)
def test_one_place_filed_in_two_systems_is_one_place(lon: float, lat: float) -> None:
    there = position(*gcj02_of(lon, lat), "gcj02")
    assert metres_between(there, position(lon, lat, "cgcs2000")) == 0
    assert there.converted


@given(lons, lats)
def test_systems_mixed_unawares_would_be_hundreds_of_metres_off(lon: float, lat: float) -> None:
    raw = Position(*gcj02_of(lon, lat), "wgs84")
    assert metres_between(raw, Position(lon, lat, "wgs84")) > 100
