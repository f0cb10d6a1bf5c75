"""Organisations and armed groups by every usual name.

Table: `data/organisations.csv`, built by tools/reference/build.py from our own lists and PETRARCH2 (MIT).
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache, lru_cache

from timeline.model.actor import ActorKind, fold
from timeline.model.errors import AmbiguousError, NotFoundError
from timeline.reference.tables import Index, Table, split, suggestion


@dataclass(frozen=True, slots=True)
class Organisation:
    """An organisation or group; `country` is ISO3, "" for international ones."""

    id: str
    name: str
    kind: ActorKind
    country: str
    names: tuple[str, ...] = ()


def _organisation(row: list[str]) -> Organisation:
    key, name, kind, country, names, _ = row
    return Organisation(key, name, ActorKind(kind), country, split(names))


# Of the organisations that share a name the most usual stands first.
_TABLE = Table("organisations.csv", _organisation)
_NAMES = Index("organisations_names.txt")


@cache
def all_organisations() -> dict[str, Organisation]:
    """Every organisation by id, of those that share a name the most usual first: reads the whole table."""
    return _TABLE.all()


@lru_cache(maxsize=65_536)
def key_of(words: str) -> str:
    """A name as it is looked up: without "the", "U.S. Navy" as "US Navy", the spellings of English as one."""
    key = fold(words).removeprefix("the ")
    if key.startswith(("u s ", "u n ", "u k ")):
        key = key[0] + key[2:]
    for british, american in _SPELLINGS:
        if british in key:
            key = key.replace(british, american)
    return key


_SPELLINGS = (("defence", "defense"), ("organisation", "organization"), ("programme", "program"), ("centre", "center"))


def get(organisation_id: str) -> Organisation:
    """The organisation of an id. Raises KeyError."""
    return _TABLE.get(organisation_id)


def lookup(words: str) -> tuple[Organisation, ...]:
    """Every organisation whose name these words are; words without a capital letter name none.

    Short acronyms are ordinary words in small letters ("Who", "Fed up", "Us"), so they count only as the table writes
    them or in capitals.
    """
    if not any(c.isupper() for c in words):
        return ()
    found = _TABLE.of(_NAMES, key_of(words))
    if len(words) > _ACRONYM or words.isupper():
        return found
    return tuple(o for o in found if words in (o.name, *o.names))


_ACRONYM = 4


def find(name: str) -> Organisation:
    """The organisation a user means. Raises AmbiguousError with the candidates; NotFoundError with suggestions."""
    found = _TABLE.of(_NAMES, key_of(name))
    if len(found) == 1:
        return found[0]
    if found:
        raise AmbiguousError(f"{name!r} could be several organisations", hint=", ".join(o.name for o in found[:6]))
    hint = suggestion(name, (o.name for o in all_organisations().values()))
    raise NotFoundError(f"no organisation is called {name!r}", hint=hint)
