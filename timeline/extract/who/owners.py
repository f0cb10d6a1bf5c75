"""Whose a noun is: "Myanmar's military", "the Russian army", "the army of Iran", "his army", "police in Texas"."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from timeline.extract.text.parsed import Sentence
from timeline.extract.who.cast import Mention
from timeline.extract.who.hyphens import based, is_against
from timeline.extract.who.lexicon import words
from timeline.model import Actor, ActorKind
from timeline.reference import countries, places, regions

if TYPE_CHECKING:
    from spacy.tokens import Token

_LANDS = (ActorKind.COUNTRY, ActorKind.GROUP)
BESIDE = ("poss", "amod", "compound", "nmod")


@dataclass(frozen=True, slots=True)
class Owner:
    """An owner, the preposition that joins it ("of", "in"; "" when it stands before), and how the noun is told apart.

    `place` is the name of a place that is no country and whose country the owner is, "" otherwise; `possessive` tells
    "Syria's rebels" from "Syrian rebels"; `far` is the owner's owner ("the police of the city of Kabul").
    """

    actor: Actor
    preposition: str = ""
    place: str = ""
    possessive: bool = False
    far: bool = False

    @property
    def name(self) -> str:
        return self.place or self.actor.name


@dataclass(frozen=True)
class Lookup:
    """Mentions of a sentence by token."""

    inside: dict[tuple[int, int], Mention]
    new: dict[int, Mention]
    sentence: Sentence

    def at(self, token: Token) -> Mention | None:
        return self.inside.get((id(self.sentence.block), token.i)) or self.new.get(token.i)

    def person(self, token: Token) -> Mention | None:
        """The mention at a token if it is of a person whom we know."""
        mention = self.at(token)
        known = mention is not None and mention.actor is not None and mention.actor.kind is ActorKind.PERSON
        return mention if known else None

    def owner(self, noun: Token) -> Owner | None:
        """The owner before a noun, else the one after "of" or "in", else the owner of that one."""
        if noun.lemma_.lower() in words("named") and (found := self._after(noun)) is not None:
            return found
        for child in noun.children:
            if child.dep_ in BESIDE and child.i < noun.i and not is_against(child):
                if (found := self._owner(based(child), "")) is None:
                    continue
                peopled = found.actor.kind is ActorKind.GROUP and not found.actor.country
                return (self._after(noun) or found) if peopled else found
        return self._after(noun)

    def others(self, noun: Token) -> list[tuple[Owner, Mention]]:
        """Countries and peoples joined to the one that owns a noun: Jordan in "the presidents of Egypt and Jordan"."""
        first = self.owner(noun)
        if first is None or first.far or first.place or first.actor.kind not in _LANDS:
            return []
        before = [c for c in noun.children if c.dep_ in BESIDE and c.i < noun.i]
        after = [t for c in noun.children if c.dep_ == "prep" and c.lower_ == first.preposition for t in c.children]
        for token in after if first.preposition else before:
            mention = self.at(token)
            if mention is not None and mention.actor == first.actor:
                found = [(t, m) for t in token.conjuncts if (m := self.at(t)) is not None and m.head == t.i]
                lands = [(m, m.actor) for _, m in found if m.actor and m.actor.kind in _LANDS]
                return [(replace(first, actor=actor), mention) for mention, actor in lands]
        return []

    def _after(self, noun: Token) -> Owner | None:
        joining = ("of",) if noun.lemma_.lower() in words("abroad") else ("of", "in")
        if noun.tag_ == "NNS" and (noun.head if noun.dep_ == "conj" else noun).dep_ == "nsubj":
            joining = (*joining, "from")  # "officials from Japan met"; not "withdrew troops from Mali"
        for child in noun.children:
            if child.dep_ == "prep" and child.lower_ in joining:
                for inner in child.children:
                    if inner.dep_ != "pobj":
                        continue
                    if (found := self._owner(inner, child.lower_)) is not None:
                        return found
                    if (found := self.owner(inner)) is not None:
                        return replace(found, far=True, preposition=child.lower_)
        return None

    def body(self, noun: Token) -> Actor | None:
        """The organisation just before a noun or after "of"."""
        before = [c for c in noun.children if c.dep_ in BESIDE and c.i < noun.i]
        after = [t for c in noun.children if c.dep_ == "prep" and c.lower_ == "of" for t in c.children]
        found = (m.actor for t in (*before, *after) if (m := self.at(t)) is not None and m.actor is not None)
        return next((a for a in found if a.kind is ActorKind.ORGANISATION), None)

    def country(self, noun: Token) -> str:
        """ISO3 of the country of an office: before its noun or after "of", or that of a government after "of"."""
        before = [c for c in noun.children if c.dep_ in BESIDE and c.i < noun.i]
        after = [t for c in noun.children if c.dep_ == "prep" and c.lower_ == "of" for t in c.children]
        for token in (*before, *after):
            mention = self.at(token)
            if mention is not None and mention.actor is not None and mention.actor.kind is ActorKind.COUNTRY:
                return mention.actor.country
        for token in after:
            if token.lemma_.lower() in words("office", "of") and (code := self.country(token)):
                return code
        return ""

    def _owner(self, token: Token, preposition: str) -> Owner | None:
        """The actor at a token; for a place, its country ("Shanghai police", "residents of Kabul")."""
        mention = self.at(token)
        if mention is None or (mention.head != token.i and mention.actor is None):
            return None
        possessive = token.dep_ == "poss"
        if mention.actor is not None:
            return Owner(mention.actor, preposition, possessive=possessive)
        region = regions.lookup(mention.words, beside=mention.reason.endswith("called as a country"))
        entries = places.lookup(mention.words) if mention.reason.startswith("a place in") and region is None else ()
        match = countries.lookup(mention.words)
        code = region.country if region else match.country.iso3 if match else entries[0].country if entries else ""
        if not code:
            return None
        actor = Actor(countries.name_of(code), ActorKind.COUNTRY, code, code)
        return Owner(actor, preposition, mention.words, possessive)
