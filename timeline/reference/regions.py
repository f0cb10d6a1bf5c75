"""States and provinces by name, which tell towns of one name apart ("Paris, Texas", "Lashkar Gah, Helmand").

Tables: `data/regions.toml`, the states after which English news tells towns, and how it shortens them; for the rest of
the world the regions of `data/places.csv`. Both are our own lists.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from timeline.model.actor import fold
from timeline.reference import countries
from timeline.reference.tables import Index, Table

# Names that are first of all a country or a city elsewhere: states only beside a town of theirs.
_BESIDE_ONLY = frozenset({"georgia", "new york", "victoria", "washington"})


@dataclass(frozen=True, slots=True)
class Region:
    """A first-level region; degrees are WGS 84 of its middle."""

    id: str
    name: str
    country: str
    latitude: float
    longitude: float


@cache
def _table() -> tuple[dict[str, Region], dict[str, str]]:
    """The regions by folded name, and the short forms of names."""
    table = tomllib.loads(files("timeline.reference").joinpath("data/regions.toml").read_text(encoding="utf-8"))
    short = table.pop("short")
    states = [Region(_id(name, code), name, code, *middle) for code, of in table.items() for name, middle in of.items()]
    return {fold(state.name): state for state in states}, short


def _id(name: str, country: str) -> str:
    return f"tl:{fold(name).replace(' ', '-')}-{country.lower()}"


_PLACES = Table("places.csv", list[str])
_NAMES = Index("places_names.txt")


def _abroad(key: str) -> Region | None:
    """The region of places.csv, in one country and of our own list, that a folded name means: the last of several."""
    for id_, name, country, lat, lon, exactness, _, _, source in reversed(_PLACES.of(_NAMES, key)):
        if source == "curated" and exactness == "region" and country:
            return Region(id_, name, country, float(lat), float(lon))
    return None


def lookup(name: str, *, beside: bool = False) -> Region | None:
    """The state or province of a name, in any case.

    `beside` a town it may be one that alone means something else, a short form ("Ill.", "D.C.") or a region of any
    other country: alone, those are chosen among the places of their name.
    """
    found, short = _table()
    wanted = fold(short.get(name.removesuffix("."), name) if beside else name)
    if not beside:
        return None if wanted in _BESIDE_ONLY else found.get(wanted)
    return found.get(wanted) or _abroad(wanted)


def is_state(region: Region) -> bool:
    """Whether a region is a state or province after which news is used to tell a town: one of regions.toml."""
    return region in _table()[0].values()


def find(name: str) -> Region | None:
    """The state or province a user means: "Illinois", "Georgia, US"."""
    head, comma, tail = (part.strip() for part in name.rpartition(","))
    if not comma:
        return lookup(name)
    country, region = countries.named(tail), lookup(head, beside=True)
    return region if region is not None and country is not None and region.country == country.iso3 else None
