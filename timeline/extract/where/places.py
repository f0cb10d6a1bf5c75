"""Places of an article and of its happenings.

A name is looked up as a whole in the reference places and countries. Of several places of one name the one in a
country that the article speaks of wins, then the most populous. A happening is at the place of its own phrase ("in
Vladivostok"), of the phrases below it, or of its clause; an actor's nationality is no place.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import TYPE_CHECKING

from timeline.extract.text.parsed import Parsed, Sentence
from timeline.extract.where.choosing import Beside, choose
from timeline.extract.where.regions import region_of
from timeline.model import ActorKind, Place, PlaceExactness
from timeline.reference import countries, places

if TYPE_CHECKING:
    from spacy.tokens import Token

    from timeline.extract.who import Cast

_PLACE_LABELS = frozenset({"GPE", "LOC", "FAC", "PERSON", "ORG"})
_LOCATING = frozenset(
    {
        "in",
        "at",
        "near",
        "outside",
        "inside",
        "around",
        "to",
        "from",
        "into",
        "off",
        "on",
        "across",
        "of",
        "toward",
        "towards",
    }
)
_SURELY = frozenset({"in", "at", "near", "outside", "inside", "around", "off", "across"})
_GOING = frozenset({"to", "into", "toward", "towards"})
_MOTION = frozenset(
    {
        "travel",
        "go",
        "fly",
        "visit",
        "arrive",
        "return",
        "come",
        "head",
        "trip",
        "move",
        "flee",
        "send",
        "deploy",
        "sail",
        "drive",
        "march",
    }
)
_PREFERENCE = (_SURELY, _GOING, frozenset({"of", "on", "from"}))
_MAX_DEPTH = 7


class Places:
    """The places of an article by token."""

    def __init__(self, found: Iterable[tuple[Sentence, int, Place]]) -> None:
        self._by_token: dict[tuple[int, int], Place] = {}
        self._by_sentence: dict[int, list[tuple[Place, int]]] = {}
        for sentence, head, place in found:
            self._by_token[id(sentence.block), head] = place
            self._by_sentence.setdefault(sentence.index, []).append((place, head))

    def at(self, sentence: Sentence, token: Token) -> Place | None:
        """The place that a token names as the head of its name."""
        return self._by_token.get((id(sentence.block), token.i))

    def of(self, sentence: Sentence) -> tuple[tuple[Place, int], ...]:
        """The places of a sentence with the index of their head token."""
        return tuple(self._by_sentence.get(sentence.index, ()))

    def for_event(self, sentence: Sentence, trigger: Token) -> Place | None:
        """The place at which the happening named by `trigger` happened, None where the clause names none."""
        if sentence.index not in self._by_sentence:
            return None
        found: list[tuple[int, int, Place]] = []
        self._collect(sentence, trigger, 0, found)
        if not found and trigger.dep_ in ("dobj", "nsubj", "nsubjpass", "attr", "pobj") and trigger.pos_ == "NOUN":
            governor = trigger.head.head if trigger.dep_ == "pobj" else trigger.head
            self._collect(sentence, governor, 1, found)
        if not found:
            for ancestor in list(trigger.ancestors)[:3]:
                if ancestor.lemma_ == "be" and ancestor.pos_ == "AUX" and trigger.pos_ == "NOUN":
                    self._collect(sentence, ancestor, 1, found)
        if not found:
            return None
        return min(found, key=lambda each: each[:2])[2]

    def _collect(self, sentence: Sentence, token: Token, depth: int, found: list[tuple[int, int, Place]]) -> None:
        """Places in the phrases below a token: (rank of the preposition, depth, place)."""
        if depth > _MAX_DEPTH:
            return
        for child in token.children:
            if child.dep_ in ("prep", "agent") and child.lower_ in _LOCATING:
                for inner in child.children:
                    if inner.dep_ == "pobj":
                        self._phrase(sentence, token, child.lower_, inner, depth, found)
            elif child.dep_ == "prep":
                for inner in child.children:
                    if inner.dep_ == "pobj":
                        self._collect(sentence, inner, depth + 2, found)
            elif child.dep_ == "compound" and depth == 0 and (place := self.at(sentence, child)):
                found.append((1, depth, place))
            elif child.dep_ in ("acl",) or (child.dep_ == "dobj" and token.lemma_ not in _MOTION):
                self._collect(sentence, child, depth + 1, found)
            elif child.dep_ == "dobj" and (place := self.at(sentence, child)):
                found.append((1, depth, place))

    def _phrase(
        self,
        sentence: Sentence,
        top: Token,
        preposition: str,
        noun: Token,
        depth: int,
        found: list[tuple[int, int, Place]],
    ) -> None:
        place = self.at(sentence, noun)
        rank = next(i for i, group in enumerate((*_PREFERENCE, _LOCATING)) if preposition in group)
        moves = top.lemma_ in _MOTION
        if place is not None:
            of_city = preposition == "of" and place.exactness is not PlaceExactness.COUNTRY
            if preposition in _SURELY or (preposition in _GOING and moves) or of_city:
                found.append((rank, depth, place))
        beside = [c for c in noun.children if c.dep_ in ("appos", "conj")] if place is None else []
        found.extend((rank, depth, other) for child in beside if (other := self.at(sentence, child)))
        self._collect(sentence, noun, depth + 1, found)


def locate(parsed: Parsed, cast: Cast) -> Places:
    """Every place that the article names."""
    spoken = Counter(m.actor.country for m in cast.mentions if m.actor is not None and m.actor.country)
    found: list[tuple[Sentence, int, Place]] = []
    for sentence in parsed.sentences:
        taken: set[int] = set()
        for mention in cast.of(sentence):
            if sentence.block.doc[mention.head].pos_ == "PRON":
                continue
            if (mention.actor is None or mention.actor.kind is ActorKind.COUNTRY) and mention.first not in taken:
                place = choose(mention.words, mention.span, spoken, _follows(sentence, mention.last))
                if place is not None and not _adjective(sentence, mention.head, mention.words):
                    found.append((sentence, mention.head, place))
                    taken.update(range(mention.first, mention.last + 1))
        for entity in sentence.slice.ents:
            if entity.label_ in _PLACE_LABELS and entity.start not in taken:
                span = sentence.span_of(entity[0], entity[-1])
                place = choose(entity.text, span, spoken, _follows(sentence, entity.end - 1))
                if place is not None and (entity.label_ in ("GPE", "LOC", "FAC") or _after_preposition(entity.root)):
                    found.append((sentence, entity.root.i, place))
    return Places(found)


def _after_preposition(root: Token) -> bool:
    return root.dep_ == "pobj" and root.head.lower_ in _LOCATING


def _adjective(sentence: Sentence, head: int, words: str) -> bool:
    """A nationality is no place."""
    match = countries.lookup(words)
    return match is not None and match.how == "demonym" and sentence.block.doc[head].pos_ == "ADJ"


def _follows(sentence: Sentence, last: int) -> Beside:
    """The country or state named just after a comma: "Yangon, Myanmar", "Paris, Texas"."""
    doc, end = sentence.block.doc, sentence.slice.end
    if last + 2 >= end or doc[last + 1].text != ",":
        return Beside()
    for length in (3, 2, 1):
        if last + 2 + length > end:
            continue
        name = doc[last + 2 : last + 2 + length].text.strip(" .,;")
        region = region_of(name, beside=True)
        match = countries.lookup(name)
        if region is not None and (match is None or _town_of(doc[last].text, region.country, match.country.iso3)):
            return Beside(region=region)
        if match is not None:
            return Beside(country=match.country.iso3 if match.how == "name" else "")
    return Beside()


def _town_of(name: str, country: str, other: str) -> bool:
    """Whether a country has a town of a name that the other has not ("Atlanta, Georgia")."""
    homes = {entry.country for entry in places.lookup(name)}
    return country in homes and other not in homes
