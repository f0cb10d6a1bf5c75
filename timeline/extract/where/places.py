"""Places of an article and of its happenings.

A name is looked up as a whole in the reference places and countries; which of several places of one name it means,
`choosing.py` tells. A happening is at the place of its own phrase ("in Vladivostok"), of the phrases below it, or of
its clause, and "here" is the dateline's; an actor's nationality is no place.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import TYPE_CHECKING

from timeline.extract.text.parsed import Parsed, Sentence
from timeline.extract.where.choosing import Context, choose
from timeline.extract.where.lexicon import words
from timeline.extract.where.naming import dateline, names
from timeline.model import Place, PlaceExactness

if TYPE_CHECKING:
    from spacy.tokens import Token

    from timeline.extract.who import Cast

_PREFERENCE = ("surely", "going", "loosely")
_MAX_DEPTH = 7


class Places:
    """The places of an article by token."""

    def __init__(self, found: Iterable[tuple[Sentence, int, Place]], here: Place | None = None) -> None:
        self.here = here
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
        if sentence.index not in self._by_sentence and self.here is None:
            return None
        found: list[tuple[int, int, Place]] = []
        self._collect(sentence, trigger, 0, found)
        other_time = trigger.dep_ == "pobj" and trigger.head.lower_ in words("apart")
        governed = trigger.dep_ in ("dobj", "nsubj", "nsubjpass", "attr", "pobj") and not other_time
        if not found and governed and trigger.pos_ == "NOUN":
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
            if child.dep_ in ("prep", "agent") and _locates(child):
                for inner in child.children:
                    if inner.dep_ == "pobj":
                        self._phrase(sentence, token, child.lower_, inner, depth, found)
            elif child.dep_ == "prep":
                for inner in child.children:
                    if inner.dep_ == "pobj":
                        self._collect(sentence, inner, depth + 2, found)
            elif child.dep_ == "compound" and depth == 0 and (place := self.at(sentence, child)):
                found.append((1, depth, place))
            elif child.lower_ == "here" and child.dep_ == "advmod" and self.here is not None:
                found.append((1, depth, self.here))
            elif child.dep_ in ("acl",) or (child.dep_ == "dobj" and token.lemma_ not in words("motion")):
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
        rank = next(i for i, group in enumerate(_PREFERENCE) if preposition in words("locating", group))
        moves = top.lemma_ in words("motion")
        if place is not None:
            of_city = preposition == "of" and place.exactness is not PlaceExactness.COUNTRY
            goes = moves and preposition in words("locating", "going")
            if preposition in words("locating", "surely") or goes or of_city:
                found.append((rank, depth, place))
        beside = [c for c in noun.children if c.dep_ in ("appos", "conj")] if place is None else []
        found.extend((rank, depth, other) for child in beside if (other := self.at(sentence, child)))
        self._collect(sentence, noun, depth + 1, found)


def _locates(preposition: Token) -> bool:
    return any(preposition.lower_ in words("locating", group) for group in _PREFERENCE)


def locate(parsed: Parsed, cast: Cast) -> Places:
    """Every place that the article names."""
    said, line = list(names(parsed, cast)), dateline(parsed)
    context = Context.of(cast, [*said, line] if line is not None else said)
    here = choose(line, context) if line is not None else None
    if line is not None and here is not None:
        context.senses.setdefault(line.key, replace(here, reason=f"the dateline: {here.reason}"))
    for name in said:
        if name.explained:
            choose(name, context)
    found = ((name, choose(name, context)) for name in said)
    return Places(((n.sentence, n.head, place) for n, place in found if n.sentence is not None and place), here)
