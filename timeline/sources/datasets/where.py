"""Where the rows of event data sets are: countries by their names, places by name and coordinates."""

from __future__ import annotations

from functools import lru_cache

from timeline.model import Place, PlaceExactness
from timeline.model.errors import AmbiguousError
from timeline.model.globe import distance_km
from timeline.reference import countries, places

_MOST = 65_536  # so many are remembered


@lru_cache(_MOST)
def iso3_of(name: str) -> str:
    """The country (ISO3) of a name or code; "" for none, or one that several share."""
    try:
        found = countries.named(name) if name.strip() else None
    except AmbiguousError:
        return ""
    return found.iso3 if found else ""


@lru_cache(_MOST)
def place(
    name: str, iso3: str, latitude: str, longitude: str, exactness: PlaceExactness, region: str = "", reason: str = ""
) -> Place | None:
    """Where: the place of our reference data that has the name and lies there, else one of its own; a country alone is
    the country. Coordinates that are none (out of bounds, no numbers, 0 and 0) are left out; None for no name."""
    if exactness is PlaceExactness.COUNTRY and iso3:
        return Place(countries.name_of(iso3), iso3, exactness=exactness, id=iso3, reason=reason)
    if not name:
        return None
    point = coordinates(latitude, longitude)
    if point is None:
        return Place(name, iso3, None, None, exactness, "", "", None, reason, region)
    near = [
        each
        for each in places.named(name)
        if each.country in (iso3, "") and distance_km(*point, each.latitude, each.longitude) < _SAME_KM[exactness]
    ]
    if near and near[0].exactness is exactness:
        return Place(near[0].name, iso3, *point, exactness, near[0].id, "", None, reason, region)
    return Place(name, iso3, *point, exactness, "", "", None, reason, region)


@lru_cache(_MOST)
def place_told(city: str, region: str, country: str, latitude: str, longitude: str, reason: str) -> Place | None:
    """Where, as exact as the first of city, region and country that is told."""
    iso3 = iso3_of(country)
    if city:
        return place(city, iso3, latitude, longitude, PlaceExactness.CITY, region, reason)
    if region:
        return place(region, iso3, latitude, longitude, PlaceExactness.REGION, "", reason)
    exactness = PlaceExactness.COUNTRY if iso3 else PlaceExactness.AREA
    return place(country, iso3, latitude, longitude, exactness, "", reason)


_SAME_KM = {
    PlaceExactness.SITE: 5.0,
    PlaceExactness.CITY: 25.0,
    PlaceExactness.REGION: 300.0,
    PlaceExactness.COUNTRY: 0.0,
    PlaceExactness.AREA: 1000.0,
}


def coordinates(latitude: str, longitude: str) -> tuple[float, float] | None:
    """Degrees that lie on the globe; None for others, and for 0 and 0, which data sets write for nothing."""
    try:
        lat, lon = float(latitude), float(longitude)
    except ValueError:
        return None
    return (lat, lon) if -90 <= lat <= 90 and -180 <= lon <= 180 and (lat or lon) else None
