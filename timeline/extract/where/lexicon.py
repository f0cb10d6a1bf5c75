"""The words of this room, from its data file."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files
from typing import Any

from timeline.model.place import PlaceExactness


@cache
def _table() -> dict[str, Any]:
    return tomllib.loads(files("timeline.extract.where").joinpath("data/words.toml").read_text(encoding="utf-8"))


@cache
def words(table: str, key: str = "words") -> frozenset[str]:
    """A word list."""
    return frozenset(_table()[table][key])


def without_kind(name: str) -> tuple[str, PlaceExactness | None]:
    """("Rakhine", region) for "Rakhine State", ("Brussels", site) for "Brussels Airport"; ("", None) for others.

    A sea or river is no part of a place that it is named after.
    """
    parts = name.split()
    last = parts.pop().lower() if parts else ""
    kind = next((k for k in ("region", "site", "area") if last in words("kinds", k)), "")
    while kind and len(parts) > 1 and parts[-1].lower() in words("kinds", "between"):
        parts.pop()
    return (" ".join(parts), PlaceExactness(kind)) if kind and parts else ("", None)


def is_water(name: str) -> bool:
    """Whether a name of several words ends as those of seas, straits and rivers do."""
    parts = name.split()
    return len(parts) > 1 and parts[-1].lower() in words("kinds", "water")


def divided(name: str, country: str) -> bool:
    """Whether a land of several countries (ISO3) lies in this one too."""
    return country in _table()["divided"].get(name, ())
