"""States and provinces by name, which tell towns of one name apart ("Paris, Texas").

Table: `data/regions.toml`, our own list.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from timeline.model.actor import fold
from timeline.reference import countries

# Names that are first of all a country or a city elsewhere: states only beside a town of theirs.
_BESIDE_ONLY = frozenset({"georgia", "new york", "victoria", "washington"})


@dataclass(frozen=True, slots=True)
class Region:
    """A first-level region; degrees are WGS 84 of its middle."""

    name: str
    country: str
    latitude: float
    longitude: float

    @property
    def id(self) -> str:
        return f"tl:{fold(self.name).replace(' ', '-')}-{self.country.lower()}"


@cache
def _table() -> tuple[dict[str, Region], dict[str, str]]:
    """The regions by folded name, and the short forms of names."""
    table = tomllib.loads(files("timeline.reference").joinpath("data/regions.toml").read_text(encoding="utf-8"))
    short = table.pop("short")
    found = {fold(name): Region(name, code, *middle) for code, each in table.items() for name, middle in each.items()}
    return found, short


def lookup(name: str, *, beside: bool = False) -> Region | None:
    """The state or province of a name, in any case.

    `beside` a town it may be one that alone means something else, or a short form ("Ill.", "D.C.").
    """
    found, short = _table()
    wanted = fold(short.get(name.removesuffix("."), name) if beside else name)
    return None if wanted in _BESIDE_ONLY and not beside else found.get(wanted)


def find(name: str) -> Region | None:
    """The state or province a user means: "Illinois", "Georgia, US"."""
    head, comma, tail = (part.strip() for part in name.rpartition(","))
    if not comma:
        return lookup(name)
    country, region = countries.named(tail), lookup(head, beside=True)
    return region if region is not None and country is not None and region.country == country.iso3 else None
