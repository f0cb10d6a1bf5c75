"""Named actors: the model's entities corrected by reference data, each led to one actor."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from timeline.extract.text.parsed import Parsed, Sentence
from timeline.extract.who.cast import Mention
from timeline.extract.who.lexicon import words
from timeline.model import Actor, ActorKind
from timeline.model.actor import fold
from timeline.reference import countries, organisations, people, places
from timeline.reference.titles import strip_title

if TYPE_CHECKING:
    from spacy.tokens import Token

_LONGEST_NAME = 6
_ACTOR_LABELS = frozenset({"PERSON", "ORG", "GPE", "NORP", "LOC", "FAC"})


def named(parsed: Parsed) -> list[Mention]:
    """Mentions of named actors in text order; places that are no actors have none and the reason "a place"."""
    found: list[Mention] = []
    register = Register()
    pieces = [(s, first, last) for s in parsed.sentences for first, last in _spans(s)]
    for full in (True, False):
        for sentence, first, last in pieces:
            tokens = sentence.block.doc[first : last + 1]
            if full is (len(_name_of(tokens.text).split()) > 1):
                found.append(_mention(sentence, first, last, register))
    return sorted(found, key=lambda m: (m.sentence.index, m.first))


class Register:
    """The people and organisations that the article names in full, by which shorter names are understood."""

    def __init__(self) -> None:
        self.people: dict[str, Actor] = {}
        self.organisations: dict[str, Actor] = {}

    def person(self, name: str) -> tuple[Actor | None, str]:
        """The person of a short name: the only one in the article whose name has it at an end."""
        wanted = fold(name).split()
        fitting = {
            actor.key: actor
            for known, actor in self.people.items()
            if (parts := known.split()) and (parts[-len(wanted) :] == wanted or parts[: len(wanted)] == wanted)
        }
        if len(fitting) == 1:
            return next(iter(fitting.values())), f"short for {next(iter(fitting.values())).name}"
        return None, "could be several people of the article" if fitting else ""

    def organisation(self, name: str) -> Actor | None:
        wanted = fold(name)
        fitting = [
            actor
            for known, actor in self.organisations.items()
            if known.startswith(wanted + " ") or initials(known) == wanted
        ]
        return fitting[0] if len({a.key for a in fitting}) == 1 else None


def initials(name: str) -> str:
    return "".join(w[0] for w in name.split() if w not in ("of", "the", "and", "for", "in"))


def _spans(sentence: Sentence) -> Iterator[tuple[int, int]]:
    """First and last token of every name: known names by the longest match, else the model's entity."""
    doc, end = sentence.block.doc, sentence.slice.end
    entities = {t.i: e for e in sentence.slice.ents if e.label_ in _ACTOR_LABELS for t in e}
    i = sentence.slice.start
    while i < end:
        token = doc[i]
        if not token.text[:1].isupper():
            i += 1
            continue
        known = _known_until(sentence, i)
        entity = entities.get(i)
        if entity is not None and (known is None or entity.end - 1 > known):
            yield entity.start if entity.start >= sentence.slice.start else i, entity.end - 1
            i = entity.end
        elif known is not None:
            yield i, known
            i = known + 1
        else:
            i += 1


def _known_until(sentence: Sentence, i: int) -> int | None:
    """The last token of the longest known name that begins at token `i`."""
    doc = sentence.block.doc
    for length in range(min(_LONGEST_NAME, sentence.slice.end - i), 0, -1):
        last = doc[i + length - 1]
        if length > 1 and not (last.text[:1].isupper() or last.text[:1].isdigit() or "-" in last.text):
            continue
        text = doc[i : i + length].text
        if length > 1 and (people.lookup(text) or organisations.lookup(text)):
            return i + length - 1
        if countries.lookup(text) is not None and _may_name_country(sentence, i, length):
            return i + length - 1
        if (
            length == 1
            and last.pos_ == "PROPN"
            and (len(people.lookup(text)) == 1 or (text.isupper() and organisations.lookup(text)))
        ):
            return i
    return None


def _may_name_country(sentence: Sentence, i: int, length: int) -> bool:
    """A single word that the model reads as a verb or a function word names none ("Polish the silver", "US" aside)."""
    token = sentence.block.doc[i]
    return length > 1 or token.pos_ in ("PROPN", "ADJ", "NOUN") or token.ent_type_ != ""


def _name_of(text: str) -> str:
    bare = re.sub(r"['’]s?$", "", text.strip()).strip(" ,.;:\"'“”()")
    bare = re.sub(r"^(the|The|a|an)\s+", "", bare)
    return strip_title(bare)[1]


def _mention(sentence: Sentence, first: int, last: int, register: Register) -> Mention:
    doc = sentence.block.doc
    piece = doc[first : last + 1]
    actor, reason = _resolve(sentence, first, last, register)
    return Mention(
        sentence=sentence,
        span=sentence.span_of(doc[first], doc[last]),
        head=piece.root.i,
        first=first,
        last=last,
        words=piece.text,
        actor=actor,
        reason=reason,
    )


def _resolve(sentence: Sentence, first: int, last: int, register: Register) -> tuple[Actor | None, str]:
    doc = sentence.block.doc
    piece = doc[first : last + 1]
    label = piece[0].ent_type_ or doc[last].ent_type_
    name = _name_of(piece.text)
    if not name:
        return None, "no name"
    if match := countries.lookup(piece.text) or countries.lookup(name):
        return _country(match, piece.root)
    if (known := people.lookup(name)) and (len(name.split()) > 1 or len(known) == 1):
        chosen = known[0] if len(known) == 1 else _curated(known)
        if chosen is not None:
            actor = Actor(chosen.name, ActorKind.PERSON, chosen.country, chosen.id)
            register.people.update({fold(n): actor for n in (chosen.name, *chosen.names, name)})
            return actor, "known by name"
        return None, f"could be {' or '.join(p.name for p in known[:3])}"
    if label != "PERSON" and (known_organisations := organisations.lookup(name)):
        found = known_organisations[0]
        return Actor(found.name, found.kind, found.country, found.id), "known by name"
    if label == "PERSON":
        return _person(name, piece.root, register)
    if label == "ORG":
        return _organisation(name, piece.root, register)
    if label == "NORP":
        return Actor(name, ActorKind.GROUP, ""), "named group"
    if label in ("GPE", "LOC", "FAC"):
        entries = places.lookup(name)
        return None, f"a place in {countries.name_of(entries[0].country)}" if entries and entries[
            0
        ].country else "a place"
    return None, "unknown name"


def _curated(known: tuple[people.Person, ...]) -> people.Person | None:
    curated = [p for p in known if any(o.source == "curated" for o in people.offices(p.id))]
    return curated[0] if len(curated) == 1 else None


def _country(match: countries.CountryMatch, root: Token) -> tuple[Actor | None, str]:
    country = match.country
    actor = Actor(country.name, ActorKind.COUNTRY, country.iso3, country.iso3)
    if match.how == "metonym":
        if root.dep_ == "pobj" and root.head.lower_ in words("locative"):
            return None, f"a place in {country.name}"
        if root.dep_ in ("appos", "npadvmod") or (
            root.dep_ == "compound" and root.head.ent_type_ in ("GPE", "LOC", "FAC")
        ):
            return None, f"a place in {country.name}"
        return actor, f"seat of the government of {country.name}"
    return actor, {"name": "country by name", "demonym": "nationality"}.get(match.how, match.how)


def _person(name: str, root: Token, register: Register) -> tuple[Actor | None, str]:
    if len(name.split()) == 1:
        actor, reason = register.person(name)
        if actor is not None or reason:
            return actor, reason
        entries = places.lookup(name)
        if entries and entries[0].population > 500_000:
            return None, f"a place in {countries.name_of(entries[0].country)}"
    short, _ = register.person(name)
    if short is not None:
        return short, f"short for {short.name}"
    actor = Actor(name, ActorKind.PERSON, nationality(root))
    register.people[fold(name)] = actor
    return actor, "named person"


def _organisation(name: str, root: Token, register: Register) -> tuple[Actor | None, str]:
    if len(name.split()) == 1:
        actor, _ = register.person(name)
        if actor is not None:
            return actor, f"short for {actor.name}"
    if (known := register.organisation(name)) is not None:
        return known, f"short for {known.name}"
    actor = Actor(name, ActorKind.ORGANISATION, country_inside(name) or nationality(root))
    register.organisations[fold(name)] = actor
    return actor, "named organisation"


def country_inside(name: str) -> str:
    """ISO3 of the country whose name or nationality is part of a name ("Russian Defence Ministry"), "" without one."""
    parts = name.split()
    for length in (3, 2, 1):
        for start in range(len(parts) - length + 1):
            if match := countries.lookup(" ".join(parts[start : start + length]).removesuffix("'s").removesuffix("’s")):
                return match.country.iso3
    return ""


def nationality(root: Token) -> str:
    """ISO3 of the country in the words before or beside a name: "Russian President X", "X of Brazil"."""
    for child in root.children:
        if child.dep_ in ("amod", "compound", "nmod", "poss") and (match := countries.lookup(child.text)):
            return match.country.iso3
        if child.dep_ == "appos":
            for inner in child.children:
                if inner.dep_ in ("amod", "compound", "nmod", "poss") and (match := countries.lookup(inner.text)):
                    return match.country.iso3
    if root.dep_ == "appos" or root.dep_ == "compound":
        for sibling in root.head.children:
            if sibling.dep_ in ("amod", "compound", "nmod", "poss") and (match := countries.lookup(sibling.text)):
                return match.country.iso3
    return ""
