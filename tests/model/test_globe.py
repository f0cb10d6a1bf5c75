"""Distances on the globe are right everywhere, and the box around a circle holds all of it."""

from __future__ import annotations

from math import asin, atan2, cos, degrees, radians, sin

import pytest
from hypothesis import given
from hypothesis import strategies as st

from timeline.model.globe import EARTH_KM, Circle, distance_km


@pytest.mark.parametrize(
    ("a", "b", "km"),
    [
        ((0.0, 0.0), (0.0, 180.0), 20015.1),
        ((90.0, 0.0), (-90.0, 77.0), 20015.1),
        ((0.0, 179.5), (0.0, -179.5), 111.2),
        ((43.11, 131.87), (43.11, 131.87), 0.0),
        ((55.75, 37.62), (43.11, 131.87), 6418.0),  # Moscow to Vladivostok
        ((48.85, 2.35), (51.51, -0.13), 344.0),  # Paris to London
    ],
)
def test_distances_are_those_of_the_great_circle(a: tuple[float, float], b: tuple[float, float], km: float) -> None:
    assert distance_km(*a, *b) == pytest.approx(km, abs=3.0)


def _at(circle: Circle, bearing: float, part: float) -> tuple[float, float]:
    """The point at a bearing (degrees), at a part (0 to 1) of the circle's radius from its middle."""
    lat, lon, way = radians(circle.latitude), radians(circle.longitude), circle.km * part / EARTH_KM
    north = asin(max(-1.0, min(1.0, sin(lat) * cos(way) + cos(lat) * sin(way) * cos(radians(bearing)))))
    east = lon + atan2(sin(radians(bearing)) * sin(way) * cos(lat), cos(way) - sin(lat) * sin(north))
    return degrees(north), (degrees(east) + 540) % 360 - 180


CIRCLES = st.builds(Circle, st.floats(-90, 90), st.floats(-180, 180), st.floats(0.1, 20_038))


@given(CIRCLES, st.floats(0, 360), st.floats(0, 0.999))
def test_the_box_holds_every_point_of_the_circle(circle: Circle, bearing: float, part: float) -> None:
    lat, lon = _at(circle, bearing, part)
    south, north, ranges = circle.box()
    assert circle.has(lat, lon) or part > 0.99
    assert south <= lat <= north
    assert any(west <= lon <= east for west, east in ranges)


@given(CIRCLES)
def test_the_box_lies_on_the_globe(circle: Circle) -> None:
    south, north, ranges = circle.box()
    assert -90 <= south <= north <= 90
    assert all(-180 <= west <= east <= 180 for west, east in ranges)
