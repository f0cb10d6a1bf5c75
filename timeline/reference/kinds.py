"""Event kinds: ours below the PLOVER types, each with its type, mode, family, weight and definition.

The table is `data/kinds.toml`; its head says what each column means and where it comes from.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from difflib import get_close_matches
from functools import cache
from importlib.resources import files
from typing import Any

from timeline.model.errors import NotFoundError

PLOVER_TYPES = (
    "AGREE", "CONSULT", "SUPPORT", "CONCEDE", "COOPERATE", "AID", "RETREAT", "REQUEST",
    "ACCUSE", "REJECT", "THREATEN", "PROTEST", "SANCTION", "MOBILIZE", "COERCE", "ASSAULT",
)  # fmt: skip
TYPES = (*PLOVER_TYPES, "OTHER")


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of event. `weight` (0..1) is how much a timeline wants it; `title` its verb phrase, "" for none.

    `contexts` are PLOVER's, `cameo` the codes that mean it; `also` are other names that a user may give it.
    """

    name: str
    type: str
    definition: str
    family: str = ""
    weight: float = 0.5
    mode: str = ""
    symmetric: bool = False
    title: str = ""
    contexts: tuple[str, ...] = ()
    cameo: tuple[str, ...] = ()
    example: str = ""
    also: tuple[str, ...] = ()


@cache
def all_kinds() -> dict[str, Kind]:
    """Every kind by its name, in the order of the table."""
    table = tomllib.loads(files("timeline.reference").joinpath("data/kinds.toml").read_text(encoding="utf-8"))
    return {name: Kind(name=name, **{key: _frozen(value) for key, value in row.items()}) for name, row in table.items()}


def _frozen(value: Any) -> Any:
    return tuple(value) if isinstance(value, list) else value


def get(name: str) -> Kind:
    """The kind of exactly this name. Raises KeyError."""
    return all_kinds()[name]


def find(name: str) -> Kind:
    """The kind that a user means, by name in any case, singular or plural. Raises NotFoundError with suggestions."""
    wanted = " ".join(name.casefold().replace("-", " ").replace("_", " ").split())
    called = _by_any_name()
    for spelling in (wanted, wanted.removesuffix("s"), f"{wanted}s", wanted.removesuffix("es")):
        if spelling in called:
            return called[spelling]
    near = get_close_matches(wanted, called, n=3, cutoff=0.5)
    hint = f"Did you mean {', '.join(near)}?" if near else "'timeline types' lists them."
    raise NotFoundError(f"no kind of event is called {name!r}", hint=hint)


@cache
def _by_any_name() -> dict[str, Kind]:
    """Kinds by their names, and by the other names that they go by."""
    kinds = all_kinds()
    return {also.replace("-", " "): kind for kind in kinds.values() for also in kind.also} | kinds


def find_type(name: str) -> str:
    """The PLOVER type (or OTHER) that a user means, in any case. Raises NotFoundError listing the types."""
    wanted = name.strip().upper()
    if wanted in TYPES:
        return wanted
    near = get_close_matches(wanted, TYPES, n=3, cutoff=0.5)
    hint = f"Did you mean {', '.join(near)}?" if near else f"Types are {', '.join(TYPES)}."
    raise NotFoundError(f"no event type is called {name!r}", hint=hint)
