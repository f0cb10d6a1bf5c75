"""Who takes part: persons, countries, organisations and groups, and named things; and the role each has in an event."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

from timeline.model.article import Span


class ActorKind(StrEnum):
    """A thing acts for nobody and has no country: a ship, a flight, a storm, a law, a pipeline, a prize."""

    PERSON = "person"
    COUNTRY = "country"
    ORGANISATION = "organisation"
    GROUP = "group"
    THING = "thing"


class Role(StrEnum):
    """source: who did it; target: to whom; participant: takes part without a direction."""

    SOURCE = "source"
    TARGET = "target"
    PARTICIPANT = "participant"


@dataclass(frozen=True, slots=True)
class Actor:
    """One actor by its canonical name.

    `country` is ISO 3166 alpha-3. `id` is the actor's id where our reference data knows one: an alpha-3 code for a
    country, a Wikidata item ("Q7747") or an id of our own tables; "" for an actor known only from an article.
    """

    name: str
    kind: ActorKind
    country: str = ""
    id: str = ""

    @property
    def key(self) -> str:
        """What makes two mentions the same actor everywhere: the id, else kind, folded name and country."""
        return self.id or f"{self.kind.value}:{fold(self.name).replace(' ', '-')}:{self.country}".rstrip(":")


@dataclass(frozen=True, slots=True)
class Participation:
    """An actor in a role, with the article's own words for it, their span and how they led to the actor."""

    actor: Actor
    role: Role
    words: str = ""
    span: Span | None = None
    reason: str = ""


def acting(taking_part: Iterable[Participation]) -> tuple[Participation, ...]:
    """Those who can act, without the things that an event is about."""
    return tuple(p for p in taking_part if p.actor.kind is not ActorKind.THING)


@dataclass(frozen=True, slots=True)
class Unresolved:
    """Words that take part in an event and could be several actors: kept with the reason, never guessed."""

    words: str
    role: Role
    span: Span | None = None
    reason: str = ""


_NOT_WORD = re.compile(r"[^\w]+")


@lru_cache(maxsize=65_536)
def fold(name: str) -> str:
    """A name as it is compared: lower case, without accents, punctuation and runs of spaces.

    >>> fold("  Côte  d'Ivoire ")
    'cote d ivoire'
    """
    bare = name.casefold()
    if not bare.isascii():
        bare = "".join(c for c in unicodedata.normalize("NFKD", bare) if not unicodedata.combining(c))
    return " ".join(_NOT_WORD.sub(" ", bare.replace("_", " ")).split())
