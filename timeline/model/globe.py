"""Distances on the globe: a circle around a point, for any point, the poles and the date line included."""

from __future__ import annotations

from dataclasses import dataclass
from math import asin, cos, degrees, pi, radians, sin, sqrt

EARTH_KM = 6371.0088  # mean radius (IUGG): at most 0.6 % off the ellipsoid


def distance_km(lat: float, lon: float, other_lat: float, other_lon: float) -> float:
    """Great-circle distance of two points in degrees (WGS 84), by the haversine formula."""
    a, b = radians(lat), radians(other_lat)
    half = sin((b - a) / 2) ** 2 + cos(a) * cos(b) * sin(radians(other_lon - lon) / 2) ** 2
    return 2 * EARTH_KM * asin(min(1.0, sqrt(half)))


@dataclass(frozen=True, slots=True)
class Circle:
    """All points at most `km` from a middle; degrees are WGS 84."""

    latitude: float
    longitude: float
    km: float

    def has(self, latitude: float, longitude: float) -> bool:
        return distance_km(self.latitude, self.longitude, latitude, longitude) <= self.km

    def box(self) -> tuple[float, float, tuple[tuple[float, float], ...]]:
        """South, north, and ranges of longitude (west to east) that hold the circle: two across the date line.

        A hair too wide, so that nothing on the edge is lost to rounding.
        """
        reach = self.km / EARTH_KM + 1e-9
        south, north = self.latitude - degrees(reach), self.latitude + degrees(reach)
        if south <= -90 or north >= 90:
            return max(south, -90.0), min(north, 90.0), ((-180.0, 180.0),)
        # The meridians that touch the circle; it reaches no pole, so this is below a quarter of the globe.
        aside = degrees(asin(min(1.0, sin(min(reach, pi / 2)) / cos(radians(self.latitude))))) + 1e-7
        west, east = self.longitude - aside, self.longitude + aside
        if west < -180:
            return south, north, ((west + 360, 180.0), (-180.0, east))
        if east > 180:
            return south, north, ((west, 180.0), (-180.0, east - 360))
        return south, north, ((west, east),)
