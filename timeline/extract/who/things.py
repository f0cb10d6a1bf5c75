"""Named things that an event is about and that are no actors: a ship, a flight, a storm, a law, a pipeline, a prize.

A thing acts for nobody and belongs to no country. It is called by its noun with the names before it ("TurkStream gas
pipeline", "Air France Flight 447"), and "the plane" afterwards means the only plane that the article names.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from timeline.extract.text.parsed import BlockKind, Parsed, Sentence
from timeline.extract.who.cast import is_maker
from timeline.extract.who.individuals import NUMBER, is_ship, sort_of
from timeline.extract.who.labels import is_site
from timeline.extract.who.lexicon import thing_of, words
from timeline.extract.who.offices import after_of
from timeline.model import Actor, ActorKind, Participation, Role

if TYPE_CHECKING:
    from spacy.tokens import Token

    from timeline.extract.who.cast import Cast, Mention

# What the model labels so is a thing.
_LABELS = frozenset({"PRODUCT", "WORK_OF_ART", "LAW", "EVENT"})
# Reasons for which a name is no actor, but a thing.
_REASONS = frozenset({"a product", "a storm or a volcano", "a law, treaty or prize", "a ship, a film or the like"})
_UNKNOWN_PLACE = "a place"
_PARTS = ("compound", "nmod", "amod", "nummod", "poss")
_BEFORE = ("compound", "nmod")
_TIMES = frozenset({"DATE", "TIME"})
_SAME = frozenset({"the", "this", "that"})
_PRODUCT = re.compile(r"[a-z]{1,2}[A-Z]")


class Things:
    """The named things of an article, found by position."""

    def __init__(self, parsed: Parsed, cast: Cast) -> None:
        self._cast = cast
        self._named: dict[tuple[int, int], tuple[Token, ...]] = {}
        self._classes: dict[str, set[str]] = {}
        told = [s for s in parsed.sentences if s.kind is not BlockKind.CAPTION]
        self._diseases = {each.text for s in told for t in s.slice for each in _diseases_of(t) if self._nobody(s, each)}
        if self._diseases:
            self._classes["disease"] = set(self._diseases)
        for sentence in told:
            for token in sentence.slice:
                self._see(sentence, token)

    def at(self, sentence: Sentence, token: Token, role: Role) -> Participation | None:
        """The thing that a noun stands for in an event."""
        beside = [c for c in token.children if c.dep_ == "appos"] if thing_of(token.lemma_.lower()) else []
        named = [c for c in token.children if c.dep_ == "appos" and c.pos_ == "PROPN"] if _is_described(token) else []
        # "the newest Macbook, Macbook 9"; "the tanker Stena Impero"
        called = [self._named.get((id(sentence.block), t.i)) for t in (*named, token, *beside)]
        if (tokens := next(filter(None, called), None)) is not None:
            span = sentence.span_of(tokens[0], tokens[-1])
            name = _text(tokens)
            return Participation(Actor(name, ActorKind.THING), role, name, span, "a named thing")
        if token.lemma_.lower() in words("spreading"):
            for disease in after_of(token):
                return self.at(sentence, disease, role)  # "the outbreak of the virus"
        names = self._classes.get(thing_of(token.lemma_.lower()), set()) if _points_back(token) else set()
        if len(names) != 1:
            return None
        name = next(iter(names))
        span = sentence.span_of(token)
        return Participation(Actor(name, ActorKind.THING), role, token.text, span, f"the {token.text} is {name}")

    def _see(self, sentence: Sentence, token: Token) -> None:
        tokens = tuple(self._name(sentence, token))
        if not tokens:
            return
        self._named[id(sentence.block), token.i] = tokens
        if sentence.kind is BlockKind.BODY:
            for sort in filter(None, (*(thing_of(t.lemma_.lower()) for t in tokens), sort_of(tokens))):
                self._classes.setdefault(sort, set()).add(_text(tokens))

    def _nobody(self, sentence: Sentence, token: Token) -> bool:
        """Whether a name is neither an actor nor a place."""
        mention = self._cast.at(sentence, token)
        return mention is None or (mention.actor is None and not mention.undecided and "place" not in mention.reason)

    def _name(self, sentence: Sentence, token: Token) -> Iterator[Token]:
        """The tokens of the name of the thing that a noun heads, none for a noun that heads none."""
        if token.text in self._diseases:
            yield token
            return
        if disease := next((c for c in _diseases_of(token) if c.text in self._diseases), None):
            yield disease
            return
        if token.pos_ not in ("NOUN", "PROPN", "NUM") or token.dep_ in _BEFORE:
            return
        tokens = _phrase(sentence, token)
        if not any(_is_name(t) for t in tokens):
            return
        mention = self._cast.at(sentence, token)
        if mention is not None and mention.head == token.i:
            if _is_called_a_thing(mention, token):
                named = (t.i for t in tokens if _is_name(t) and not is_ship(t, sentence))
                first = next(named, mention.first)  # "the British tanker X" is called X
                yield from token.doc[min(mention.first, first) : max(mention.last, tokens[-1].i) + 1]
            return
        told = _is_of_a_thing(token, tokens) or token.ent_type_ in _LABELS or _is_launched(token)
        single = token.pos_ == "PROPN" and bool(thing_of(token.lemma_.lower()))  # "Malaysia Airlines Flight 370"
        if told and (single or not self._owned(sentence, token, tokens)):
            yield from tokens

    def _owned(self, sentence: Sentence, noun: Token, phrase: Sequence[Token]) -> bool:
        """Whether the name in a noun phrase is its owner's: "NATO aircraft"."""
        within = (self._cast.at(sentence, t) for t in phrase if t != noun)
        return any(m is not None and m.actor is not None and not is_maker(m, noun.lemma_.lower()) for m in within)


def _diseases_of(token: Token) -> Iterator[Token]:
    """ "the Ebola outbreak", "an epidemic of Zika": the names of what spreads."""
    if token.lemma_.lower() not in words("spreading"):
        return
    beside = [c for c in token.children if c.dep_ in _BEFORE]
    of = (p for c in token.children if c.dep_ == "prep" and c.lower_ == "of" for p in c.children)
    yield from (t for t in (*beside, *of) if _is_name(t) and t.ent_type_ not in (*_TIMES, "PERSON", "NORP"))


def _phrase(sentence: Sentence, token: Token) -> list[Token]:
    """A noun with the names and nouns just before it, and the number just after."""
    doc, first, last = token.doc, token.i, token.i
    while first > sentence.slice.start and (_belongs(doc[first - 1], token) or _joins(doc[first - 1], token)):
        first -= 1
    while first < token.i and not _may_begin(doc[first]):
        first += 1
    if last + 1 < sentence.slice.end and NUMBER.fullmatch(doc[last + 1].text) and _is_name(doc[last]):
        last += 1
    return list(doc[first : last + 1])


def _is_described(noun: Token) -> bool:
    """ "its newest phone", "the first ship": a noun that says of what kind the thing is that is named beside it."""
    return any(c.dep_ in ("amod", "poss") and c.i < noun.i for c in noun.children)


def _may_begin(token: Token) -> bool:
    return len(token) > 1 and token.ent_type_ not in _TIMES and (_is_name(token) or token.dep_ in _BEFORE)


def _belongs(token: Token, head: Token) -> bool:
    inside = token.head == head or any(a == head for a in token.ancestors)
    return inside and token.dep_ in _PARTS and token.pos_ in ("NOUN", "PROPN", "ADJ", "NUM") and token.tag_ != "PRP$"


def _joins(token: Token, head: Token) -> bool:
    """The "and" inside a name, and what it joins there: "Belt and Road Initiative"."""
    if not _is_name(head) or not any(a == head for a in token.ancestors):
        return False
    if token.dep_ == "conj":
        return _is_name(token) and token.head.dep_ in _BEFORE
    joined = token.dep_ == "cc" and token.lower_ in ("and", "&") and token.head.dep_ in _BEFORE
    return joined and _is_name(token.head) and _is_name(token.nbor(1))


def _is_name(token: Token) -> bool:
    return token.pos_ == "PROPN" and len(token) > 1 and token.text[:2] != token.text[:2].lower()


def _is_called_a_thing(mention: Mention, head: Token) -> bool:
    """A name that no actor bears: of a thing, of a building, of what the model takes for one that acts or suffers."""
    if mention.actor is not None or mention.undecided:
        return False
    nature = mention.words.split()[-1].lower() in words("geography")
    unknown = mention.reason == _UNKNOWN_PLACE and head.dep_ != "pobj" and not nature
    article = head.ent_type_ == "GPE" and any(c.dep_ == "det" for c in head.children)  # towns have none
    numbered = any(c.dep_ == "nummod" and c.i > head.i for c in head.children)
    return (
        mention.reason in _REASONS
        or is_site(mention.words)
        or (unknown and (head.ent_type_ == "FAC" or article or numbered))
    )


def _is_of_a_thing(head: Token, phrase: Sequence[Token]) -> bool:
    """ "the EastMed pipeline", "Flight 447", "the Brussels metro system", "iPod nano"."""
    whole = head.lemma_.lower() in words("wholes")
    if thing_of(head.lemma_.lower()) or (whole and any(thing_of(t.lemma_.lower()) for t in phrase)):
        return True
    return (whole or _is_name(head)) and any(_PRODUCT.match(t.text) or thing_of(t.lemma_.lower()) for t in phrase)


def _is_launched(head: Token) -> bool:
    """ "launched Sputnik", "Macbook unveiled": a name that nobody bears, of what is made and shown."""
    shown = head.dep_ in ("dobj", "nsubjpass") and head.head.lemma_.lower() in words("launched")
    return shown and head.pos_ == "PROPN" and not head.ent_type_


def _points_back(token: Token) -> bool:
    """ "the plane", with nothing that says which."""
    which = any(c.dep_ in ("relcl", "acl") or (c.dep_ == "prep" and c.lower_ == "of") for c in token.children)
    return token.tag_ == "NN" and bool(token.i) and token.nbor(-1).lower_ in _SAME and not which


def _text(tokens: tuple[Token, ...]) -> str:
    return "".join(t.text_with_ws for t in tokens).strip()
