"""Places: cities of 15,000 people and more, and regions, seas, straits and sites of the news.

Table: `data/places.csv`, built by tools/reference/build.py from GeoNames (CC BY 4.0) and our own list.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from timeline.model.actor import fold
from timeline.model.place import PlaceExactness
from timeline.reference.tables import rows, split


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
def _aliases() -> dict[str, tuple[PlaceEntry, ...]]:
    found: dict[str, tuple[PlaceEntry, ...]] = {}
    for r in rows("places.csv"):
        entry = PlaceEntry(
            id=r["id"],
            name=r["name"],
            country=r["country"],
            latitude=float(r["latitude"]),
            longitude=float(r["longitude"]),
            exactness=PlaceExactness(r["exactness"]),
            population=int(r["population"]),
        )
        for name in (r["name"], *split(r["names"])):
            key = name.casefold()
            if entry not in found.get(key, ()):
                found[key] = (*found.get(key, ()), entry)
    return found


def lookup(words: str) -> tuple[PlaceEntry, ...]:
    """Every place that words of a text name, curated ones first, then by falling population."""
    bare = words.removeprefix("the ").strip()
    if not bare[:1].isupper():
        return ()
    return _aliases().get(bare.casefold(), ()) or _aliases().get(fold(bare), ())
