"""Countries by name, nationality or the seat of their government; bodies by their seat; when a seat is only a place."""

from __future__ import annotations

from typing import TYPE_CHECKING

from timeline.extract.who.homonyms import country
from timeline.extract.who.lexicon import words
from timeline.extract.who.nationality import country_inside
from timeline.model import Actor, ActorKind
from timeline.model.actor import fold
from timeline.reference import countries, organisations, seats

if TYPE_CHECKING:
    from collections.abc import Iterable

    from spacy.tokens import Token

Resolved = tuple[Actor | None, str]
_BESIDE = ("appos", "npadvmod", "compound")


def country_of(match: countries.CountryMatch, words_: str, root: Token) -> Resolved:
    """The actor of words that name a country; None and why for a capital that is a place there."""
    name = match.country.name
    if match.how == "metonym":
        if _is_town(root):
            return None, f"a place in {name}"
        return country(match.country.iso3), f"seat of the government of {name}"
    if match.how == "demonym" and root.tag_ in ("NNS", "NNPS"):
        return Actor(words_, ActorKind.GROUP, match.country.iso3), f"people of {name}"
    reason = {"name": "country by name", "demonym": "nationality"}.get(match.how, match.how)
    return country(match.country.iso3), reason


def body_at(name: str, root: Token, spoken: frozenset[str], names: Iterable[str]) -> Resolved | None:
    """The organisation that a seat of its own stands for, None for other names; and why none, as for a capital.

    A town where a government sits as well ("Brussels") means the one that the article speaks of, by the countries
    `spoken` of and its folded `names`; where it speaks of both, it could be either.
    """
    seat = seats.lookup(name)
    if seat is None:
        return None
    if _is_town(root):
        return None, f"a place in {countries.name_of(seat.country)}"
    body, home = organisations.get(seat.organisation), countries.get(seat.country)
    if seat.of_government and home.iso3 in spoken:
        own = [f" {fold(word)} " for word in seat.words]
        if any(word in f" {each} " for each in names for word in own):
            return None, f"could be {body.name} or {home.name}"
        return country(home.iso3), f"seat of the government of {home.name}"
    return Actor(body.name, body.kind, body.country, body.id), f"seat of {body.name}"


def _is_town(root: Token) -> bool:
    head = root.head.lemma_.lower()
    if root.dep_ == "pobj":
        return root.head.lower_ in words("locative") or (root.head.lower_ == "on" and not _pressed(root))
    if root.dep_ == "dobj" and head in words("politics", "visited"):
        return True
    if root.dep_ == "nsubjpass" and head in words("politics", "visited"):
        return True
    if _in_dateline(root):
        return True
    return root.dep_ in (*_BESIDE, "poss") and head not in words("politics", "owned")


def _pressed(root: Token) -> bool:
    """ "sanctions on Moscow", "called on Pyongyang": after "on" a capital is a government where words press it."""
    return root.head.head.lemma_.lower() in words("politics", "pressing")


def _in_dateline(root: Token) -> bool:
    """ "BONN, Germany", "NAIROBI, August 21": a capital in capitals or with its country just after it is the town."""
    doc, i = root.doc, root.i
    if root.is_upper and len(root) > 3 and i + 1 < len(doc) and doc[i + 1].text in (",", "(", "-", "–", "—", "_"):
        return True
    return i + 2 < len(doc) and doc[i + 1].text == "," and country_inside(root.text) == country_inside(doc[i + 2].text)
