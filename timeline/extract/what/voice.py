"""Whether a verb is active or passive, in headlines too, and by whom a thing is done."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from timeline.extract.what.lexicon import words

if TYPE_CHECKING:
    from spacy.tokens import Token

SUBJECTS = frozenset({"nsubj", "csubj"})
PASSIVE_SUBJECTS = frozenset({"nsubjpass", "csubjpass"})
OBJECTS = frozenset({"dobj", "obj", "attr", "oprd"})
# What a verb has that heads a clause of its own.
_OF_A_CLAUSE = frozenset({"aux", "auxpass", "mark", "dobj"})
NAMED = frozenset({"PERSON", "ORG", "GPE", "NORP"})
_COUNTS = frozenset({"CARDINAL", "PERCENT", "QUANTITY", "MONEY", "ORDINAL", "TIME", "DATE"})


def is_opposed(verb: Token) -> bool:
    """ "Israel is opposed to it": a participle that says what its subject does, not what is done to it."""
    return verb.lemma_.lower() in words("adjectival") and any(
        c.dep_ == "prep" and c.lower_ == "to" for c in verb.children
    )


def is_passive(verb: Token) -> bool:
    """ "was arrested", "the man arrested on Monday", "minister shot dead by gunmen"."""
    if any(c.dep_ in ("auxpass", "nsubjpass") or _is_agent(c) for c in verb.children):
        return True
    if _is_bare(verb):
        return True
    if verb.tag_ != "VBN" or any(c.dep_ == "aux" for c in verb.children):
        return False
    if verb.dep_ == "conj" and verb.head.pos_ == "VERB" and not any(c.dep_ in SUBJECTS for c in verb.children):
        return is_passive(verb.head)
    return verb.dep_ in ("acl", "advcl", "ccomp", "ROOT") and not any(
        c.dep_ in OBJECTS | SUBJECTS for c in verb.children
    )


def is_count(noun: Token) -> bool:
    """ "30", "dozens": how many, and not of whom."""
    return noun.like_num or (noun.tag_ == "NNS" and noun.lemma_.lower() in words("quantities"))


def is_reduced(verb: Token) -> bool:
    """ "found a door and a boat marked with its name": a participle of an object that a parser takes for a clause."""
    if verb.dep_ != "ccomp" or verb.tag_ != "VBN" or any(c.dep_ in _OF_A_CLAUSE for c in verb.children):
        return False
    objects = [c for c in verb.head.children if c.dep_ == "dobj" and verb.head.i < c.i < verb.i]
    return bool(objects) and verb.head.pos_ == "VERB"


def agents(verb: Token) -> Iterator[Token]:
    """Who did it: after "by", also after the second verb in "was shot and wounded by gunmen"."""
    own = [t for c in verb.children if _is_agent(c) for t in c.children if t.dep_ == "pobj"]
    if not own:
        joined = [c for c in verb.children if c.dep_ == "conj" and c.tag_ == "VBN" and c.pos_ == "VERB"]
        joined = [c for c in joined if not any(g.dep_ in SUBJECTS | PASSIVE_SUBJECTS | OBJECTS for g in c.children)]
        own = [t for j in joined for c in j.children if _is_agent(c) for t in c.children if t.dep_ == "pobj"]
    yield from own


def _is_bare(verb: Token) -> bool:
    """ "Opposition leader arrested in Harare": a headline's passive, of verbs that always have an object.

    In running text, too, if it is no more than a number: "12 dead and 30 wounded".
    """
    if verb.tag_ not in ("VBN", "VBD") or verb.lemma_ not in words("transitive"):
        return False
    counted = verb.dep_ == "conj" and any(c.dep_ in SUBJECTS and is_count(c) for c in verb.children)
    if not counted and verb.dep_ not in ("ROOT", "ccomp"):
        return False
    own = {c.dep_ for c in verb.children}
    return bool(own & SUBJECTS) and not own & (OBJECTS | _OF_A_CLAUSE | {"ccomp", "xcomp", "dative", "prt"})


def _is_agent(token: Token) -> bool:
    """ "by gunmen", also after "was granted asylum"; not "speak by phone", "won by ten points"."""
    if token.lower_ != "by" or (verb := token.head).tag_ not in ("VBN", "VBD"):
        return False
    doers = [c for c in token.children if c.dep_ == "pobj" and c.ent_type_ not in _COUNTS]
    if token.dep_ == "agent":
        return bool(doers)
    gifts = verb.lemma_.lower() in words("bestowing") and any(c.dep_ in OBJECTS for c in verb.children)
    return token.dep_ == "prep" and gifts and any(c.ent_type_ in NAMED for c in doers)
