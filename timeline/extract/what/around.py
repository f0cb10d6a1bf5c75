"""What stands around a verb or noun that the patterns of the lexicon may ask about."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from timeline.extract.what.clauses import sides
from timeline.extract.what.lexicon import Surroundings, words
from timeline.extract.what.somebody import is_somebody
from timeline.extract.what.voice import NAMED, SUBJECTS
from timeline.reference import places

if TYPE_CHECKING:
    from spacy.tokens import Token

    from timeline.extract.what.clauses import Clause

_WHEN = frozenset({"on", "in", "at", "by", "for"})
_SORTS = NAMED | {"MONEY"}
_UNLIKE_TOWNS = frozenset({"", "PERSON"})


def around_verb(clause: Clause) -> Surroundings:
    """What a verb pattern may ask about."""
    near: set[str] = set()
    governed = {t.lemma_.lower() for t in (*clause.objects, *clause.datives)}
    governed.update(sort for t in (*clause.objects, *clause.datives) for sort in _sorts(t))
    children = list(clause.verb.children)
    for child in children:
        if child.dep_ == "prep" and child.lower_ in _WHEN and _dated(child):
            continue  # "was fired on Tuesday"
        if child.dep_ in ("prt", "prep", "advmod", "acomp", "neg", "xcomp", "ccomp", "oprd", "mark", "agent"):
            near.add(child.lemma_.lower())
            near.add(child.lower_)
        if child.dep_ == "prep":  # "stormed out of talks"
            near.update(c.lower_ for c in child.children if c.dep_ == "prep" and c.lower_ == "of")
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
        subjects=frozenset(word for t in clause.doers for word in (t.lemma_.lower(), *_sorts(t), *_called(t))),
        phrases=frozenset(_phrases(clause.sides)),
    )


def _phrases(sides: Iterable[tuple[str, Token]]) -> Iterator[tuple[str, str]]:
    for preposition, head in sides:
        yield from ((preposition, word) for word in (head.lemma_.lower(), *_sorts(head)))


def _sorts(noun: Token) -> Iterator[str]:
    """The sorts of thing that a noun is of, in capitals as the lexicon writes them."""
    if noun.ent_type_ in _SORTS:
        yield noun.ent_type_
    if noun.ent_type_ in _UNLIKE_TOWNS and _is_alone(noun) and places.lookup(noun.text):
        yield "GPE"  # a town that the model does not know
    if is_somebody(noun):
        yield "SOMEBODY"


def _called(name: Token) -> Iterator[str]:
    """ "Hurricane Maria", "Judge Jane Doe": what a name says that it is the name of."""
    if name.pos_ == "PROPN":
        yield from (c.lemma_.lower() for c in name.children if c.dep_ == "compound")


def _is_alone(name: Token) -> bool:
    return name.pos_ == "PROPN" and not any(c.dep_ in ("compound", "flat") for c in name.children)


def _dated(preposition: Token) -> bool:
    return any(c.dep_ == "pobj" and c.ent_type_ in ("DATE", "TIME") for c in preposition.children)


def around_noun(noun: Token) -> Surroundings:
    """What a noun pattern may ask about: its modifiers, "of X" as words and object, its own prepositional phrases.

    The preposition before it modifies it too: "under fire".
    """
    modifiers = {c.lemma_.lower() for c in noun.children if c.dep_ in ("compound", "amod", "nmod", "poss", "nummod")}
    modifiers |= {c.lower_ for c in noun.children if c.dep_ in ("compound", "amod", "nmod")}
    beside = tuple(sides(noun))
    of = {head.lemma_.lower() for preposition, head in beside if preposition == "of"}
    return Surroundings(
        words=frozenset(of | {preposition for preposition, _ in beside}),
        objects=frozenset(of),
        modifiers=frozenset(modifiers | of | ({noun.head.lower_} if noun.dep_ == "pobj" else set())),
        phrases=frozenset(_phrases(beside)),
    )


def is_called_for(verb: Token) -> bool:
    """ "called for Peru to withdraw": what somebody is to do, which a parser takes for a side clause."""
    if verb.dep_ != "advcl" or verb.i < verb.head.i:
        return False
    return {"for", "to"} <= {c.lower_ for c in verb.children if c.dep_ in ("mark", "aux")}


def givers(clause: Clause) -> Iterator[Token]:
    """Who stands after "from", with the verb or with what it has as its object: "got a pledge of aid from X"."""
    under = (head for preposition, head in clause.sides if preposition == "under")  # "came under attack from X"
    for item in (clause.verb, *clause.objects, *under):
        yield from (token for preposition, token in sides(item) if preposition == "from")
        for of in (token for preposition, token in sides(item) if preposition == "of" and item != clause.verb):
            yield from (token for preposition, token in sides(of) if preposition == "from")
