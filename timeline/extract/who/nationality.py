"""The country in the words of a name and in those around it."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from timeline.reference import countries, places, regions

if TYPE_CHECKING:
    from spacy.tokens import Token

_BESIDE = ("amod", "compound", "nmod", "poss")
# Inhabitants above which a town in a name says where an organisation is.
_TOWN = 100_000


@lru_cache(maxsize=4096)
def country_inside(name: str) -> str:
    """ISO3 of the country whose name or nationality is part of a name ("Russian Defence Ministry"), "" without one."""
    parts = name.split()
    for length in (3, 2, 1):
        for start in range(len(parts) - length + 1):
            words = " ".join(parts[start : start + length])
            if match := countries.lookup(words.removesuffix("'s").removesuffix("’s")):
                return match.country.iso3
    return ""


def home_inside(name: str) -> str:
    """ISO3 by a large town or a state in a name ("Houston Police Department", "University of Nairobi"), else ""."""
    parts = name.split()
    for length in (2, 1):
        for start in range(len(parts) - length + 1):
            words = " ".join(parts[start : start + length])
            if words[:1].isupper() and (region := regions.lookup(words)) is not None:
                return region.country
            entries = places.lookup(words)
            if entries and entries[0].country and entries[0].population > _TOWN:
                return entries[0].country
    return ""


def nationality(root: Token) -> str:
    """ISO3 of the country in the words before or beside a name: "Russian President X", "X, president of Brazil"."""
    if (code := _of_children(root)) or (code := _of_apposition(root)):
        return code
    return _of_children(root.head) if root.dep_ in ("appos", "compound") else ""


def owner_of(root: Token) -> str:
    """ISO3 of the country that owns a body: "Peru's Congress", "the Peruvian Congress", "Congress of Peru", "" else."""
    if code := _of_children(root):
        return code
    of = (c for c in root.children if c.dep_ == "prep" and c.lower_ == "of")
    lands = (countries.lookup(t.text) for c in of for t in c.children if t.dep_ == "pobj")
    return next((land.country.iso3 for land in lands if land is not None and land.how == "name"), "")


def _of_children(noun: Token) -> str:
    beside = [c for c in noun.children if c.dep_ in _BESIDE]
    inner = [g for c in beside if c.ent_type_ == "" for g in c.children if g.dep_ in _BESIDE]
    for child in (*beside, *inner):
        match = countries.lookup(child.text) or countries.lookup(child.doc[child.left_edge.i : child.i + 1].text)
        if match is not None and match.how != "metonym":
            return match.country.iso3
        if child.text[:1].isupper() and (region := regions.lookup(child.text)) is not None:
            return region.country
    return ""


def _of_apposition(root: Token) -> str:
    for noun in root.children:
        if noun.dep_ != "appos":
            continue
        if code := _of_children(noun):
            return code
        for preposition in noun.children:
            if preposition.dep_ == "prep" and preposition.lower_ in ("of", "from"):
                for inner in preposition.children:
                    if match := countries.lookup(inner.text):
                        return match.country.iso3
    return ""
