"""What stands around a verb or noun that the patterns of the lexicon may ask about."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from timeline.extract.what.clauses import sides
from timeline.extract.what.lexicon import Surroundings, words
from timeline.extract.what.voice import SUBJECTS

if TYPE_CHECKING:
    from spacy.tokens import Token

    from timeline.extract.what.clauses import Clause

_WHEN = frozenset({"on", "in", "at", "by"})


def around_verb(clause: Clause) -> Surroundings:
    """What a verb pattern may ask about."""
    near: set[str] = set()
    governed = {t.lemma_.lower() for t in (*clause.objects, *clause.datives)}
    governed.update(t.ent_type_ for t in clause.objects if t.ent_type_ == "PERSON")
    children = list(clause.verb.children)
    for child in children:
        if child.dep_ == "prep" and child.lower_ in _WHEN and _dated(child):
            continue  # "was fired on Tuesday"
        if child.dep_ in ("prt", "prep", "advmod", "acomp", "neg", "xcomp", "ccomp", "oprd", "mark", "agent"):
            near.add(child.lemma_.lower())
            near.add(child.lower_)
    for child in children:
        if is_called_for(child):
            near.add("for")
        if child.dep_ == "ccomp":
            governed.update(c.lemma_.lower() for c in child.children if c.dep_ in SUBJECTS)
            near.update(c.lower_ for c in child.children if c.dep_ == "mark")
        if child.pos_ == "ADJ" and child.dep_ in ("ccomp", "oprd", "acomp"):  # "found X not guilty"
            near.add(child.lower_)
            near.update(c.lower_ for c in child.children if c.dep_ == "neg")
        if child.dep_ == "oprd":
            near.add("oprd")
    for item in clause.objects:
        governed.update(c.lemma_.lower() for c in item.children if c.dep_ == "compound")
    verb = clause.verb.lemma_.lower()
    if (verb in words("getting") or verb in words("receiving")) and any(givers(clause)):
        near.add("from*")
    return Surroundings(
        words=frozenset(near),
        objects=frozenset(governed),
        subjects=frozenset(t.lemma_.lower() for t in clause.doers),
        phrases=frozenset((preposition, head.lemma_.lower()) for preposition, head in clause.sides),
    )


def _dated(preposition: Token) -> bool:
    return any(c.dep_ == "pobj" and c.ent_type_ in ("DATE", "TIME") for c in preposition.children)


def around_noun(noun: Token) -> Surroundings:
    """What a noun pattern may ask about: its modifiers, and "of X" as words and object."""
    modifiers = {c.lemma_.lower() for c in noun.children if c.dep_ in ("compound", "amod", "nmod", "poss", "nummod")}
    modifiers |= {c.lower_ for c in noun.children if c.dep_ in ("compound", "amod", "nmod")}
    of = {head.lemma_.lower() for preposition, head in sides(noun) if preposition == "of"}
    return Surroundings(
        words=frozenset(of | ({"of"} if of else set())), objects=frozenset(of), modifiers=frozenset(modifiers | of)
    )


def is_called_for(verb: Token) -> bool:
    """ "called for Peru to withdraw": what somebody is to do, which a parser takes for a side clause."""
    if verb.dep_ != "advcl" or verb.i < verb.head.i:
        return False
    return {"for", "to"} <= {c.lower_ for c in verb.children if c.dep_ in ("mark", "aux")}


def givers(clause: Clause) -> Iterator[Token]:
    """Who stands after "from", with the verb or with what it has as its object: "got a pledge of aid from X"."""
    for item in (clause.verb, *clause.objects):
        yield from (token for preposition, token in sides(item) if preposition == "from")
        for of in (token for preposition, token in sides(item) if preposition == "of" and item != clause.verb):
            yield from (token for preposition, token in sides(of) if preposition == "from")
