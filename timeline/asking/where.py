"""Where an event must have happened: from a place's name, or a point and a distance, to what the store is asked."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from timeline.model.errors import NotFoundError, UsageError

if TYPE_CHECKING:
    from timeline.asking.asked import Asked
    from timeline.model.globe import Circle
    from timeline.store.store import Store
    from timeline.store.values import Located

_KM = {
    "": 1.0,
    "km": 1.0,
    "kilometre": 1.0,
    "kilometer": 1.0,
    "m": 0.001,
    "mi": 1.609344,
    "mile": 1.609344,
    "nm": 1.852,
}
_LENGTH = re.compile(r"(\d+(?:\.\d+)?)\s*([a-z]*?)s?")
_POINT = re.compile(r"\s*(-?\d+(?:\.\d+)?)\s*,\s*(-?\d+(?:\.\d+)?)\s*")
_HALF_ROUND_KM = 20_038.0  # to the other side of the globe


def located(store: Store, name: str) -> Located:
    """A country, a state or province, or a place; or what only the store's articles call so. Raises NotFoundError."""
    from timeline.model.actor import fold
    from timeline.reference import countries, places, regions
    from timeline.store.values import Located

    wanted = " ".join(name.split())
    country = countries.named(wanted)
    if country is not None and places.part_of(wanted, country) is None:
        return Located(countries=(country.iso3,))
    if (region := regions.find(wanted)) is not None:
        return Located(references=(region.id,), region=region.name, within=region.country)
    try:
        entry = places.find(wanted)
    except NotFoundError:
        head, _, tail = (part.strip() for part in wanted.partition(","))
        if store.place_names(head) and not tail:
            return Located(names=(fold(head),))
        raise
    inside = entry.name if entry.exactness == "region" else ""
    names = tuple({fold(entry.name), fold(wanted.split(",")[0])})
    return Located(references=(entry.id,), names=names, region=inside, within=entry.country)


def circle(asked: Asked) -> Circle | None:
    """The circle around --near, as wide as --within says."""
    from timeline.model.globe import Circle
    from timeline.reference import places

    near, within = asked.get("near"), asked.get("within")
    if near is None:
        if within is not None:
            raise UsageError("--within says how far from a place", hint="Add --near NAME or --near LAT,LON")
        return None
    km = _km(within or "50km")
    if (point := _POINT.fullmatch(near)) is not None:
        lat, lon = float(point[1]), float(point[2])
        if not (-90 <= lat <= 90 and -180 <= lon <= 180):
            hint = "Latitude lies between -90 and 90, longitude between -180 and 180"
            raise UsageError(f"--near: {near!r} is no point of the globe", hint=hint)
        return Circle(lat, lon, km)
    entry = places.find(near)
    return Circle(entry.latitude, entry.longitude, km)


def _km(words: str) -> float:
    """Kilometres of "100km", "60 mi", "100". Raises UsageError."""
    match = _LENGTH.fullmatch(words.strip().lower())
    if match is None or match[2] not in _KM or not float(match[1]):
        raise UsageError(f"--within: {words!r} is no distance", hint="Write 100km or 60mi")
    return min(float(match[1]) * _KM[match[2]], _HALF_ROUND_KM)
