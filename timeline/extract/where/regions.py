"""States and provinces by name, which tell towns of one name apart ("Paris, Texas")."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

# Parts of a region's or site's name after which the rest names a known place ("Rakhine State", "Brussels Airport").
_REGION_WORDS = frozenset({"state", "province", "region", "oblast", "district", "county", "governorate", "prefecture"})
_SITE_WORDS = frozenset({"airport", "port", "harbour", "harbor", "stadium", "cathedral", "prison", "university"})
# Names that are first of all a country or a city elsewhere: states only beside a town of theirs.
_BESIDE_ONLY = frozenset({"Georgia", "Victoria", "Quebec"})


@dataclass(frozen=True, slots=True)
class Region:
    """A first-level region; degrees are WGS 84 of its middle."""

    name: str
    country: str
    latitude: float
    longitude: float


@cache
def _regions() -> dict[str, Region]:
    table = tomllib.loads(files("timeline.extract.where").joinpath("data/regions.toml").read_text(encoding="utf-8"))
    return {name: Region(name, code, *middle) for code, each in table.items() for name, middle in each.items()}


def region_of(name: str, *, beside: bool = False) -> Region | None:
    """The state or province of a name; `beside` a town's name it may be one that alone means something else."""
    return None if name in _BESIDE_ONLY and not beside else _regions().get(name)


def without_kind(name: str) -> tuple[str, str]:
    """("Rakhine", "region") for "Rakhine State", ("Brussels", "site") for "Brussels Airport", else ("", "")."""
    rest, _, last = name.rpartition(" ")
    kind = "region" if last.lower() in _REGION_WORDS else "site" if last.lower() in _SITE_WORDS else ""
    return (rest, kind) if rest and kind else ("", "")
