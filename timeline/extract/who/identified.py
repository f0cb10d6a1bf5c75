"""Who "a man" is when the article says it later: "police identified the man as X", "the gunman was named as X"."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from timeline.extract.text.parsed import Parsed
from timeline.extract.who.cast import Mention
from timeline.extract.who.lexicon import words
from timeline.model import Actor, ActorKind

if TYPE_CHECKING:
    from spacy.tokens import Token

_SAYING = ("identify", "name")
_ONE = frozenset({"a", "an", "another", "one"})


def identified(parsed: Parsed, named: Sequence[Mention]) -> dict[tuple[int, int], Actor]:
    """The actor of each token (by its block's identity and index) that speaks of a person named only later.

    Only where the article introduces one such person: of two men nobody can say which one was identified.
    """
    text = parsed.article.text
    if " as " not in text or not ("identified" in text or "named" in text):
        return {}
    at = {(id(m.sentence.block), m.head): m.actor for m in named if m.actor is not None}
    found: dict[str, Actor] = {}
    nouns: dict[str, list[tuple[tuple[int, int], Token]]] = {}
    for sentence in parsed.sentences:
        block = id(sentence.block)
        for token in sentence.slice:
            lemma = token.lemma_.lower()
            if token.pos_ == "NOUN" and lemma in words("unnamed"):
                nouns.setdefault(lemma, []).append(((block, token.i), token))
            elif lemma in _SAYING and token.pos_ == "VERB":
                for noun, name in _said_of(token):
                    actor = at.get((block, name.i))
                    if actor is not None and actor.kind is ActorKind.PERSON:
                        found.setdefault(noun.lemma_.lower(), actor)
    return {
        place: actor
        for lemma, actor in found.items()
        for place, token in nouns.get(lemma, ())
        if _introduces_one([t for _, t in nouns[lemma]]) and not _apposed_other(token, actor, at, place[0])
    }


def _said_of(verb: Token) -> Iterator[tuple[Token, Token]]:
    """(noun, name) for "identified the man as X" and "the man was identified as X"."""
    nouns = [c for c in verb.children if c.dep_ in ("dobj", "nsubjpass") and c.tag_ == "NN"]
    names = [p for c in verb.children if c.dep_ == "prep" and c.lower_ == "as" for p in c.children if p.dep_ == "pobj"]
    names += [p for n in nouns for c in n.children if c.dep_ == "prep" and c.lower_ == "as" for p in c.children]
    yield from ((noun, name) for noun in nouns[:1] for name in names[:1])


def _introduces_one(tokens: list[Token]) -> bool:
    """Whether all speak of one person: introduced once, never counted."""
    first = [t for t in tokens if any(c.lower_ in _ONE for c in t.children if c.dep_ in ("det", "nummod"))]
    return len(first) <= 1 and all(t.tag_ == "NN" for t in tokens)


def _apposed_other(token: Token, actor: Actor, at: dict[tuple[int, int], Actor], block: int) -> bool:
    beside = [at.get((block, c.i)) for c in token.children if c.dep_ == "appos"]
    return any(a is not None and a.key != actor.key for a in beside)
