"""Places: cities of 15,000 people and more, and regions, seas, straits and sites of the news.

Table: `data/places.csv`, built by tools/reference/build.py from GeoNames (CC BY 4.0) and our own list.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from timeline.model.actor import fold
from timeline.model.place import PlaceExactness
from timeline.reference.tables import plain_rows


@dataclass(frozen=True, slots=True)
class PlaceEntry:
    """A place; coordinates are WGS 84 degrees, `country` is ISO3 or "" for what lies in none or several."""

    id: str
    name: str
    country: str
    latitude: float
    longitude: float
    exactness: PlaceExactness
    population: int


@cache
def _aliases() -> dict[str, list[list[str]]]:
    """Each name to its rows; entries are made when asked for, since an article names few of the places."""
    found: dict[str, list[list[str]]] = {}
    for row in plain_rows("places.csv"):
        for name in {n.casefold() for n in (row[1], *row[7].split("|")) if n}:
            found.setdefault(name, []).append(row)
    return found


@cache
def _entries(key: str) -> tuple[PlaceEntry, ...]:
    return tuple(
        PlaceEntry(id_, name, country, float(lat), float(lon), PlaceExactness(exactness), int(population))
        for id_, name, country, lat, lon, exactness, population, *_ in _aliases().get(key, ())
    )


def lookup(words: str) -> tuple[PlaceEntry, ...]:
    """Every place that words of a text name, curated ones first, then by falling population."""
    bare = words.removeprefix("the ").strip()
    if not bare[:1].isupper():
        return ()
    return _entries(bare.casefold()) or _entries(fold(bare))
