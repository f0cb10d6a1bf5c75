"""Who takes part in a happening that a noun names, where another verb tells of them: "the blast killed two"."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from timeline.extract.what import clauses, voice
from timeline.extract.what.lexicon import words

if TYPE_CHECKING:
    from spacy.tokens import Token

_CAUSES = frozenset({"in", "by", "during"})
_DEEDS = frozenset({"of", "for"})


def harmed(noun: Token) -> Iterator[Token]:
    """Whom a happening harms: "the blast killed two", "the blast tore through Kabul, killing two", "died in it"."""
    top = _first(noun)
    verb = top.head
    if top.dep_ in voice.SUBJECTS and verb.pos_ == "VERB":
        after = (c for c in verb.children if c.dep_ in ("advcl", "conj") and c.i > verb.i)
        for each in (verb, *after):
            if _harms(each) and not voice.is_passive(each):
                yield from (t for t in clauses.clause_of(each).objects if t != noun)
    elif top.dep_ == "pobj" and verb.lower_ in _CAUSES and verb.head.pos_ == "VERB":
        suffers = verb.head
        if suffers.lemma_.lower() in words("perishing"):
            yield from clauses.clause_of(suffers).doers
        elif _harms(suffers) and voice.is_passive(suffers):
            yield from clauses.clause_of(suffers).objects


def aimed_at(verb: Token) -> Iterator[Token]:
    """Whom a deed is aimed at by a participle beside its verb: "carried out a raid, targeting rebels"."""
    for child in verb.children:
        if child.dep_ in ("advcl", "acl") and child.tag_ == "VBG" and child.lemma_.lower() in words("aiming"):
            clause = clauses.clause_of(child)
            yield from clause.objects
            yield from (t for preposition, t in clause.sides if preposition == "at")


def answering(noun: Token) -> Iterator[Token]:
    """Whose deed it is by a verdict or by own words: "was jailed for the attack", "claimed responsibility for it"."""
    top = _first(noun)
    preposition = top.head
    if top.dep_ != "pobj" or preposition.lower_ not in _DEEDS:
        return
    governor = preposition.head
    if governor.lemma_.lower() in words("convicting"):
        yield from clauses.clause_of(governor).objects
    elif governor.lemma_.lower() in words("owned") and governor.dep_ == "dobj":
        yield from clauses.clause_of(governor.head).doers if governor.head.lemma_ in words("owning") else ()


def _first(noun: Token) -> Token:
    """The first of the nouns that are joined to it: "the blasts and the fire killed two"."""
    while noun.dep_ == "conj" and noun.head.pos_ in ("NOUN", "PROPN"):
        noun = noun.head
    return noun


def _harms(verb: Token) -> bool:
    return verb.lemma_.lower() in words("harming")
