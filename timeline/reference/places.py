"""Places: cities of 15,000 people and more, and regions, seas, straits and sites of the news.

Tables: `data/places.csv`, built by tools/reference/build.py from GeoNames (CC BY 4.0) and our own list;
`data/meanings.toml`, our own list.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from math import log10

from timeline.model.actor import fold
from timeline.model.errors import AmbiguousError, NotFoundError
from timeline.model.globe import distance_km
from timeline.model.place import PlaceExactness
from timeline.reference import countries, regions
from timeline.reference.regions import Region
from timeline.reference.tables import Index, Table, plain_rows, suggestion

# What stands for the population of a region, a sea or a site, of which none is given: they are listed for the news.
_UNCOUNTED = 3_000_000
# A name is a place's own in one of ten mentions of another place that is only sometimes called so.
_SOMETIMES = 1.0
# One place is meant without asking when it weighs so much more than the next: ten times as populous.
_FAR_AHEAD = 1.0
_MEANT = 3.0
# A town lies at most so many kilometres from the middle of the state named beside it.
_NEAR_STATE_KM = 800.0
_POINT = re.compile(r"^(?P<name>.*\S)\s*\((?P<lat>-?\d+(?:\.\d+)?)\s*,\s*(?P<lon>-?\d+(?:\.\d+)?)\)$")
_SAME_POINT_KM = 3.0


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


def _entry(row: list[str]) -> PlaceEntry:
    id_, name, country, lat, lon, exactness, population, *_ = row
    return PlaceEntry(id_, name, country, float(lat), float(lon), PlaceExactness(exactness), int(population))


_TABLE = Table("places.csv", _entry)
_NAMES = Index("places_names.txt")


@cache
def _meanings() -> dict[str, str]:
    text = files("timeline.reference").joinpath("data/meanings.toml").read_text(encoding="utf-8")
    return {fold(name): place for name, place in tomllib.loads(text).items()}


def part_of(name: str, country: countries.Country) -> PlaceEntry | None:
    """The part of a country that one of the country's own names means ("Gaza", "Scotland"), None for the whole."""
    if fold(name) == fold(country.name):
        return None
    parts = (e for e in named(name) if e.country == country.iso3 and e.exactness is PlaceExactness.REGION)
    return next(parts, None)


def lookup(words: str) -> tuple[PlaceEntry, ...]:
    """Every place that words of a text name, with or without accents, by falling weight.

    Accents that the words have count: "San José" is none of the towns that are written "San Jose".
    """
    bare = words.removeprefix("the ").strip()
    return named(bare) if bare[:1].isupper() else ()


@cache
def named(name: str) -> tuple[PlaceEntry, ...]:
    """The same in any case."""
    key = fold(name)
    found = _TABLE.of(_NAMES, key)
    if key in _meanings() and _meanings()[key] not in {e.id for e in found}:
        found = (*found, _TABLE.get(_meanings()[key]))
    if not name.isascii():
        accented = tuple(e for e in found if name.casefold() in e.name.casefold())
        found = accented or found
    return tuple(sorted(found, key=lambda e: -weight(e, name)))


def weight(entry: PlaceEntry, name: str) -> float:
    """How likely a name, alone, means a place: ten times the people are one more."""
    counted = entry.population or (_UNCOUNTED if entry.id.startswith("tl:") else 1)
    people = log10(counted)
    own = fold(entry.name) == fold(name)
    return people - (0 if own else _SOMETIMES) + (_MEANT if _meanings().get(fold(name)) == entry.id else 0)


def in_region(entries: Iterable[PlaceEntry], region: Region) -> tuple[PlaceEntry, ...]:
    """Those that lie in a state or province, the nearest to its middle first."""

    def far(entry: PlaceEntry) -> float:
        return distance_km(entry.latitude, entry.longitude, region.latitude, region.longitude)

    there = [e for e in entries if e.country == region.country and far(e) < _NEAR_STATE_KM]
    return tuple(sorted(there, key=far))


def find(name: str) -> PlaceEntry:
    """The place a user means: "Vladivostok", "Springfield, Illinois", "Tripoli, Lebanon", or as a candidate is printed.

    Raises AmbiguousError with the candidates; NotFoundError with suggestions.
    """
    wanted = " ".join(name.split())
    if (point := _POINT.match(wanted)) is not None:
        head = point["name"].split(",")[0]
        at = (float(point["lat"]), float(point["lon"]))
        near = sorted((distance_km(*at, e.latitude, e.longitude), i, e) for i, e in enumerate(named(head)))
        if near and near[0][0] <= _SAME_POINT_KM:
            return near[0][2]
    found = _narrowed(wanted)
    if not found:
        raise NotFoundError(f"no place is called {name!r}", hint=_like(wanted))
    weights = sorted((weight(e, wanted.split(",")[0]) for e in found), reverse=True)
    if len(found) == 1 or weights[0] - weights[1] >= _FAR_AHEAD:
        return found[0]
    raise AmbiguousError(f"{name!r} could be several places", hint=f"Say which: {'; '.join(map(told, found[:5]))}")


def _narrowed(wanted: str) -> tuple[PlaceEntry, ...]:
    """The places of a name, by falling weight; after a comma a region or country may follow."""
    head, comma, tail = (part.strip() for part in wanted.rpartition(","))
    if not comma or named(wanted):
        return named(wanted)
    within = countries.named(tail)
    if (region := regions.lookup(tail, beside=True)) is not None and (within is None or in_region(named(head), region)):
        return in_region(named(head), region)[:1]
    return tuple(e for e in _narrowed(head) if within is not None and e.country == within.iso3)


def told(entry: PlaceEntry) -> str:
    """A place as a candidate: "Springfield, US (39.80,-89.64)"."""
    country = countries.all_countries().get(entry.country)
    home = f", {country.iso2}" if country else ""
    return f"{entry.name}{home} ({entry.latitude:.2f},{entry.longitude:.2f})"


def _like(wanted: str) -> str:
    """Suggestions among the places that begin with the same letter; looking through all takes seconds."""
    first = fold(wanted)[:1]
    names = dict.fromkeys(row[1] for row in plain_rows("places.csv") if fold(row[1][:1]) == first)
    return suggestion(wanted, names) or "'timeline show' prints the places of the store"
