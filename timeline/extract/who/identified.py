"""Who "a man" is when the article says it later: "the gunman was named as X", "a judge ... Judge X"."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from timeline.extract.text.parsed import BlockKind, Parsed
from timeline.extract.who.cast import Mention
from timeline.extract.who.lexicon import words
from timeline.model import Actor, ActorKind

if TYPE_CHECKING:
    from spacy.tokens import Token

_SAYING = ("identify", "name")
_NEAR = 5  # sentences from "a judge" to the name
_ONE = frozenset({"a", "an", "another", "one"})


def identified(parsed: Parsed, named: Sequence[Mention]) -> dict[tuple[int, int], Actor]:
    """The actor of each token (by its block's identity and index) that speaks of a person named only later.

    Only where the article introduces one such person: of two men nobody can say which one was identified.
    """
    return _titled_later(parsed, named) | _named_later(parsed, named)


def _named_later(parsed: Parsed, named: Sequence[Mention]) -> dict[tuple[int, int], Actor]:
    """By a verb that says it: "police identified the man as X"."""
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


def _titled_later(parsed: Parsed, named: Sequence[Mention]) -> dict[tuple[int, int], Actor]:
    """ "a judge ruled", or "Judge rules" in the headline, where the only one with that title is named soon after."""
    titled = _titled(named)
    if not titled:
        return {}
    found: dict[tuple[int, int], Actor] = {}
    for lemma, mention in titled.items():
        speaking = [(s, t) for s in parsed.sentences for t in s.slice if t.lemma_.lower() == lemma and t.tag_ == "NN"]
        first = [(s, t) for s, t in speaking if any(c.dep_ == "det" and c.lower_ in _ONE for c in t.children)]
        if len(first) != 1 or not 0 < mention.sentence.index - first[0][0].index <= _NEAR or _sets_apart(first[0][1]):
            continue
        headline = [(s, t) for s, t in speaking if s.kind is BlockKind.TITLE]
        if mention.actor is not None:
            found.update({(id(s.block), t.i): mention.actor for s, t in (*headline, *first)})
    return found


def _titled(named: Sequence[Mention]) -> dict[str, Mention]:
    """The first mention of the only person of each title that is also a noun for one: "Judge X"."""
    people: dict[str, dict[str, Mention]] = {}
    for mention in named:
        doc, start = mention.sentence.block.doc, mention.first
        for word in doc[max(start - 1, 0) : start + 1]:
            title = word.lower_
            if mention.actor is None or mention.actor.kind is not ActorKind.PERSON or title not in words("titled"):
                continue
            if word.text[:1].isupper():
                people.setdefault(title, {}).setdefault(mention.actor.key, mention)
    return {title: next(iter(found.values())) for title, found in people.items() if len(found) == 1}


def _sets_apart(noun: Token) -> bool:
    """ "a former judge", "a judge named X": more than one who is named later."""
    named = any(c.dep_ == "appos" or (c.dep_ in ("acl", "relcl") and c.lemma_ in _SAYING) for c in noun.children)
    return named or any(c.lower_ in words("office", "other") for c in noun.children)


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
