"""The PLOVER types with their modes, scale values and notes, and the contexts: what `timeline types` explains.

The table is `data/types.toml`; its head says what each column means and where it comes from. The kinds below the types
are `kinds.py`'s, which extraction and the store ask; nothing here is needed to read or to save an article.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from timeline.reference.kinds import Kind, all_kinds


@dataclass(frozen=True, slots=True)
class Mode:
    """A mode of a type: its meaning and its `scale` value (-10 conflict to 10 cooperation) or None."""

    name: str
    meaning: str
    scale: float | None


@dataclass(frozen=True, slots=True)
class EventType:
    """A PLOVER type, or OTHER: `quad` is its class, "" for OTHER; `notes` tell it from its neighbours."""

    name: str
    quad: str
    definition: str
    scale: float | None
    notes: tuple[str, ...]
    modes: tuple[Mode, ...]

    def scale_of(self, mode: str) -> float | None:
        """The scale value of one of its modes, of the type itself where that has none."""
        return next((m.scale for m in self.modes if m.name == mode and m.scale is not None), self.scale)


@cache
def all_types() -> Mapping[str, EventType]:
    """The types by name, in the manual's order, OTHER last."""
    return {name: _type(name, row) for name, row in _table()["types"].items()}


@cache
def contexts() -> Mapping[str, str]:
    """What each context means, by its name."""
    return dict(_table()["contexts"])


def kinds_of(name: str) -> list[Kind]:
    """The kinds below a type, in the order of their table."""
    return [kind for kind in all_kinds().values() if kind.type == name]


def scale(kind: Kind) -> float | None:
    """A kind's value from -10 (conflict) to 10 (cooperation): that of its mode, else of its type; None for OTHER."""
    return all_types()[kind.type].scale_of(kind.mode)


def _type(name: str, row: Mapping[str, Any]) -> EventType:
    modes = tuple(
        Mode(mode, meaning, value if isinstance(value, float) else None)
        for mode, (value, meaning) in row.get("modes", {}).items()
    )
    return EventType(name, row["quad"], row["definition"], row.get("scale"), tuple(row["notes"]), modes)


@cache
def _table() -> Mapping[str, Any]:
    return tomllib.loads(files("timeline.reference").joinpath("data/types.toml").read_text(encoding="utf-8"))
