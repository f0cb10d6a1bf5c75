"""Countries by name, people named in a few words and kinds: what several readers ask of the reference data."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from timeline.model import Actor, ActorKind, Participation, Role
from timeline.model.errors import NotFoundError
from timeline.reference import codes, countries, kinds, organisations, people
from timeline.reference.kinds import Kind
from timeline.sources.datasets import rows

_MOST = 65_536
_WORD = re.compile(r"[\w'’.-]+")
_LONGEST = 5  # words of a name
_BRACKETS = re.compile(r"\s*\([^()]*\)")


@lru_cache(_MOST)
def country_of(name: str, scheme: str = "name", year: int = 0) -> str:
    """The country (ISO3) of a name or of a code of a scheme (`codes.SCHEMES`); "" where there is none or several.

    "Myanmar (Burma)" is Myanmar and "Korea, South" South Korea: where the whole is no name, what stands in brackets is
    left out and what follows a comma goes first.
    """
    wanted = name.strip()
    if not wanted:
        return ""
    if scheme != "name":
        return codes.country(wanted.removesuffix(".0"), scheme, year)
    bare = _BRACKETS.sub("", wanted)
    head, _, tail = bare.partition(", ")
    for each in dict.fromkeys((wanted, bare, f"{tail} {head}".strip(), bare.removeprefix("Kingdom of "))):
        if iso3 := rows.iso3_of(each):
            return iso3
    return ""


@lru_cache(_MOST)
def named_in(words: str) -> tuple[Participation, ...]:
    """Countries, people and organisations that a headline names in full, as participants, in its order."""
    tokens = [match[0].rstrip(".'’") for match in _WORD.finditer(words)]
    found: dict[Actor, Participation] = {}
    at = 0
    while at < len(tokens):
        for length in range(min(_LONGEST, len(tokens) - at), 0, -1):
            name = " ".join(tokens[at : at + length]).removesuffix("'s").removesuffix("’s")
            actor = _actor(name) if name[:1].isupper() else None
            if actor is not None:
                found.setdefault(actor, Participation(actor, Role.PARTICIPANT, name, None, "named in the headline"))
                at += length - 1
                break
        at += 1
    return tuple(found.values())


def _actor(name: str) -> Actor | None:
    match = countries.lookup(name)
    if match is not None and match.how == "name":
        return Actor(match.country.name, ActorKind.COUNTRY, match.country.iso3, match.country.iso3)
    if " " in name and len(persons := people.lookup(name)) == 1:
        return Actor(persons[0].name, ActorKind.PERSON, persons[0].country, persons[0].id)
    if (" " in name or name.isupper()) and len(name) > 2 and len(bodies := organisations.lookup(name)) == 1:
        return Actor(bodies[0].name, bodies[0].kind, bodies[0].country, bodies[0].id)
    return None


def kind_in(words: Sequence[str]) -> tuple[Kind, bool] | None:
    """The kind that words name, in lower case: all of them, the last two, the last or the first; and whether it is
    all. None for none."""
    whole = " ".join(words)
    for each in dict.fromkeys((whole, " ".join(words[-2:]), *words[-1:], *words[:1])):
        try:
            if each:
                return kinds.find(each), each == whole
        except NotFoundError:
            continue
    return None
