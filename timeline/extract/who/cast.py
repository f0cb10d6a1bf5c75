"""Mentions of actors and the cast of an article: who a noun phrase stands for."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING

from timeline.extract.text.parsed import Sentence
from timeline.extract.who.hyphens import is_partisan
from timeline.extract.who.lexicon import is_machine, words
from timeline.extract.who.offices import Office, after_of, holder
from timeline.model import Actor, ActorKind, Span

if TYPE_CHECKING:
    from spacy.tokens import Token

# How the reason of a mention begins that stands for one of several actors.
COULD_BE = "could be "
# Tags of words that stand for several: "ministers", "three of them".
_SEVERAL = frozenset({"NNS", "NNPS", "CD"})
_JOINING = frozenset({"with", "alongside", "and", "including"})


@dataclass(frozen=True, slots=True)
class Mention:
    """Words that name or point to an actor; `actor` is None where nothing certain is known, `reason` says why.

    `head` is the index of the head token in the block's doc, `first` and `last` those of its outer tokens. An `office`
    ("the Russian president") is held by whom the day of an event decides; `actor` goes by the sentence alone.
    """

    sentence: Sentence
    span: Span
    head: int
    first: int
    last: int
    words: str
    actor: Actor | None
    reason: str
    office: Office | None = None

    @property
    def undecided(self) -> bool:
        """Whether the words stand for an actor, but could be several."""
        return self.actor is None and self.reason.startswith(COULD_BE)

    def on(self, first: date | None, last: date | None, told: bool) -> Mention:
        """The mention in something that happened from a first to a last day; None is open.

        Days that no words of the text have `told` give way to the year of the sentence.
        """
        if self.office is None or (self.office.year and not told):
            return self
        actor, reason = holder(self.office, first, last)
        return replace(self, actor=actor, reason=reason) if reason else self


def is_maker(mention: Mention, noun: str) -> bool:
    """Whether a name before a noun says who built a plane, or what a thing is called, rather than whose it is.

    So does that of an organisation that we do not know: "the Cessna plane", "the TurkStream pipeline".
    """
    actor, vehicle = mention.actor, is_machine(noun)
    if actor is None or actor.kind is not ActorKind.ORGANISATION:
        return False
    if vehicle and mention.words.lower().split()[0] in words("vehicles", "makers"):
        return True
    return not actor.id and not actor.country and (vehicle or noun in words("vehicles", "called"))


def _owning(token: Token) -> Iterator[Token]:
    """Words that may tell whose a noun is: "Russian aircraft", "ISIS-held town", "hospital run by MSF", "arm of X".

    A land that a people holds ("Serb-held") need not be its state's.
    """
    beside = [c for c in token.children if c.dep_ in ("poss", "amod", "compound", "nmod")]
    yield from beside
    for child in beside:
        if child.dep_ == "compound" and child.pos_ == "NOUN":
            yield from (c for c in child.children if c.dep_ == "compound")
        elif child.tag_ == "VBN" and (verb := child.lemma_.lower()) in words("held") | words("held", "led"):
            names = [c for c in child.children if c.dep_ in ("npadvmod", "compound", "nmod")]
            yield from (c for c in names if verb in words("held", "led") or c.ent_type_ != "NORP")
    for kept in (c for c in token.children if c.dep_ == "acl" and c.lemma_.lower() in words("held", "kept")):
        yield from (t for c in kept.children if c.dep_ == "agent" for t in c.children if t.dep_ == "pobj")
    if token.lemma_.lower() in words("parts"):
        yield from after_of(token)


class Cast:
    """All mentions of an article, found by position."""

    def __init__(self, mentions: Iterable[Mention]) -> None:
        self.mentions = tuple(sorted(mentions, key=lambda m: (m.sentence.index, m.first)))
        self._by_token: dict[tuple[int, int], Mention] = {}
        self._by_sentence: dict[int, list[Mention]] = {}
        for mention in self.mentions:
            self._by_sentence.setdefault(mention.sentence.index, []).append(mention)
            for i in range(mention.first, mention.last + 1):
                known = self._by_token.get((id(mention.sentence.block), i))
                if known is None or (known.last - known.first) > (mention.last - mention.first) or i == mention.head:
                    self._by_token[id(mention.sentence.block), i] = mention

    @property
    def persons(self) -> tuple[str, ...]:
        """Canonical names of the persons, each once, in text order."""
        people = (m.actor.name for m in self.mentions if m.actor is not None and m.actor.kind is ActorKind.PERSON)
        return tuple(dict.fromkeys(people))

    def on(self, sentence: Sentence, first: date | None, last: date | None, *, told: bool) -> Cast:
        """The cast of a sentence for what happened from a first to a last day (None: open): offices by holder."""
        mentions = self.of(sentence)
        return Cast(m.on(first, last, told) for m in mentions) if any(m.office for m in mentions) else self

    def of(self, sentence: Sentence) -> tuple[Mention, ...]:
        return tuple(self._by_sentence.get(sentence.index, ()))

    def at(self, sentence: Sentence, token: Token) -> Mention | None:
        """The mention that contains a token."""
        return self._by_token.get((id(sentence.block), token.i))

    def together(self, mention: Mention) -> list[Mention]:
        """All that the words of a mention stand for, itself among them: several for "they"."""
        return [m for m in self.of(mention.sentence) if (m.head, m.first) == (mention.head, mention.first)]

    def actors(self, sentence: Sentence, token: Token) -> tuple[Mention, ...]:
        """All mentions a noun phrase headed by `token` stands for, those joined to it by "along with" included.

        A head that is no actor itself stands for the country or organisation it belongs to ("Russian aircraft").
        """
        found = self._direct(sentence, token)
        beside: list[Mention] = []
        for child in token.children:
            if child.dep_ == "prep" and child.lower_ in _JOINING:
                beside += self._inside(sentence, child)
            elif child.dep_ == "prep" and child.lower_ == "along":
                for inner in child.children:
                    if inner.dep_ == "prep" and inner.lower_ == "with":
                        beside += self._inside(sentence, inner)
        return tuple(dict.fromkeys([*found, *beside]))

    def _inside(self, sentence: Sentence, preposition: Token) -> list[Mention]:
        inner = [t for c in preposition.children if c.dep_ == "pobj" for t in (c, *c.conjuncts)]
        found = [(t, m) for t in inner for m in self._direct(sentence, t)]
        # "all sites, including Saddam's palaces": what is included is no more than a thing of somebody's
        return [m for t, m in found if preposition.lower_ != "including" or m.head == t.i]

    def _direct(self, sentence: Sentence, token: Token) -> list[Mention]:
        mention = self.at(sentence, token)
        if mention is not None:
            return [m for m in self.together(mention) if m.actor is not None or m.undecided]
        if beside := self._apposed(sentence, token) or self._titled(sentence, token):
            return beside
        if token.lemma_.lower() in words("idle"):
            return []
        owners = [
            owner
            for child in _owning(token)
            if not is_partisan(token)
            and (owner := self.at(sentence, child)) is not None
            and owner.actor is not None
            and not is_maker(owner, token.lemma_.lower())
        ]
        return owners[:1]

    def _apposed(self, sentence: Sentence, token: Token) -> list[Mention]:
        """ "his manager, X", "two of them, X and Y": who stands beside a noun and is meant by it."""
        names = [t for c in token.children if c.dep_ == "appos" and c.i > token.i for t in (c, *c.conjuncts)]
        found = [m for t in names if (m := self.at(sentence, t)) is not None and m.actor is not None and m.head == t.i]
        return found if token.tag_ in _SEVERAL else found[:1]

    def _titled(self, sentence: Sentence, token: Token) -> list[Mention]:
        """ "President of Ghana John Mahama": the person whom the parser puts after "of" with the country."""
        if token.lemma_.lower() not in words("persons") or token.tag_ not in ("NN", "NNP"):
            return []
        for name in after_of(token):
            person = self.at(sentence, name)
            if person is None or person.actor is None or person.actor.kind is not ActorKind.PERSON:
                continue
            before = token.doc[person.first - 1]
            land = self.at(sentence, before) if before.pos_ == "PROPN" else None
            if land is not None and land.actor is not None and land.actor.kind is not ActorKind.PERSON:
                return [person]
        return []
