"""Who does what in a clause: subjects and objects of a predicate, seen through passives, relatives and control."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from timeline.extract.what.lexicon import words
from timeline.extract.what.voice import (
    NAMED,
    OBJECTS,
    PASSIVE_SUBJECTS,
    SUBJECTS,
    agents,
    is_opposed,
    is_passive,
    is_reduced,
)

if TYPE_CHECKING:
    from spacy.tokens import Token

_RELATIVES = frozenset({"who", "which", "that", "whom", "whose"})
_MAX_CLIMB = 8
_SPATIAL = frozenset({"in", "at", "near", "outside"})
_HOMES = frozenset({"ORG", "GPE"})
# "blamed X for leading", "accused X of plotting", "stopped X from leaving".
_JUDGING = frozenset({"for", "of", "from"})
_AFTER = frozenset({",", '"', "”", "''"})


@dataclass(frozen=True, slots=True)
class Clause:
    """A verb with its arguments as heads of noun phrases, in the active sense whatever the voice.

    `sides` holds (preposition, head of its object) for every prepositional phrase of the verb and of its object.
    """

    verb: Token
    doers: tuple[Token, ...]
    objects: tuple[Token, ...]
    datives: tuple[Token, ...]
    sides: tuple[tuple[str, Token], ...]
    passive: bool


def clause_of(verb: Token) -> Clause:
    """The clause of a verb; arguments it leaves out are taken from where English grammar says they are."""
    passive = is_passive(verb) and not is_opposed(verb)
    doers = tuple(agents(verb)) if passive else ()
    first = [c for c in verb.children if c.dep_ in PASSIVE_SUBJECTS] or [c for c in verb.children if c.dep_ in SUBJECTS]
    own = tuple(conjoined(first or _said_by(verb)))
    subjects = tuple(counted(_antecedent(t)) for t in own)
    subjects = subjects or (_counted_before(verb) if passive else ()) or understood_subjects(verb)
    objects = tuple(counted(t) for t in conjoined(_antecedent(c) for c in verb.children if c.dep_ in OBJECTS))
    objects += (*_judged_to_be(verb), *_named_after(verb, objects))
    datives = tuple(conjoined(c for c in verb.children if c.dep_ == "dative" and c.pos_ != "ADP"))
    if passive:
        own_objects = tuple(t for t in objects if t.dep_ not in ("oprd", "attr"))
        return Clause(verb, doers, subjects + own_objects, datives, tuple(sides(verb)), passive)
    if (
        not objects
        and verb.dep_ == "relcl"
        and subjects
        and verb.head not in subjects
        and not _has_relative_subject(verb)
    ):
        objects = (verb.head,)
    return Clause(verb, subjects, objects, datives, tuple(sides(verb)), passive)


def _said_by(verb: Token) -> Iterator[Token]:
    """ "Rebels took the town, Mali's army said": who stands between a comma and a verb of speech without a subject."""
    if verb.lemma_ not in ("say", "report") or verb.i == verb.sent.start:
        return
    before = verb.nbor(-1)
    if before.pos_ not in ("NOUN", "PROPN"):
        return
    first = before.left_edge
    if before.dep_ in ("appos", "conj", "npadvmod") and first.i > verb.sent.start and first.nbor(-1).text in _AFTER:
        yield before


def _judged_to_be(verb: Token) -> tuple[Token, ...]:
    """ "found X negligent", "called X a liar": who is the subject of a clause without a verb."""
    small = [c for c in verb.children if c.dep_ == "ccomp" and c.i > verb.i and c.pos_ in ("ADJ", "NOUN")]
    bare = [c for c in small if not any(g.dep_ in ("aux", "cop", "mark", "punct") for g in c.children)]
    return tuple(conjoined([g for c in bare for g in c.children if g.dep_ == "nsubj" and g.i > verb.i]))


def _named_after(verb: Token, objects: tuple[Token, ...]) -> tuple[Token, ...]:
    """ "expelled three rivals, Mali, Niger and Chad": names after a plural object, which a parser gives to the verb."""
    names = [c for c in verb.children if c.dep_ == "npadvmod" and c.ent_type_ in NAMED]
    if not names or not objects or objects[-1].tag_ != "NNS":
        return ()
    first, end = names[0], objects[-1].right_edge.i
    return tuple(conjoined([first])) if first.left_edge.i == end + 2 and first.doc[end + 1].text == "," else ()


def _counted_before(verb: Token) -> tuple[Token, ...]:
    """ "reported at least 281 killed": the number before a participle is who suffered it."""
    before = verb.nbor(-1) if verb.i > verb.sent.start else None
    return (before,) if before is not None and before.like_num else ()


def counted(noun: Token) -> Token:
    """ "tens of thousands of students", "a group of refugees": the noun that a quantity counts, else the noun."""
    while noun.lemma_.lower() in words("quantities") and noun.pos_ != "PROPN":
        if any(c.dep_ == "appos" and c.ent_type_ in NAMED and _same_side(c, noun) for c in noun.children):
            return noun  # "one of them, X"
        of = next((p for c in noun.children if c.lower_ == "of" and c.dep_ == "prep" for p in c.children), None)
        if of is None or of.dep_ != "pobj":
            return noun
        noun = of
    return noun


def _same_side(token: Token, noun: Token) -> bool:
    """Whether a token stands on its noun's side of the verb that governs the noun."""
    return (token.i < noun.head.i) == (noun.i < noun.head.i)


def understood_subjects(verb: Token) -> tuple[Token, ...]:
    """The subjects of a verb that has none beside it."""
    for _ in range(_MAX_CLIMB):
        head, dep = verb.head, verb.dep_
        if head == verb:
            return ()
        if dep == "advcl" and is_reduced(head):
            head = head.head
        if dep == "acl" and verb.tag_ == "VBG" and (authors := _authors(head)):
            return authors
        if dep == "relcl" or (dep == "acl" and verb.tag_ in ("VBG", "VBN", "VBD")):
            return (head,)
        if dep == "pcomp":
            return _judged(head.head) if head.lower_ in _JUDGING else _subjects_of(head.head)
        if dep in ("xcomp", "ccomp") and head.lemma_ in words("object_control") and (objects := _objects_of(head)):
            return objects
        if dep not in ("conj", "xcomp", "advcl", "ccomp", "dep", "acl", "prep", "acomp"):
            return ()
        if found := _subjects_of(head):
            return found
        verb = head
    return ()


def _authors(noun: Token) -> tuple[Token, ...]:
    """Who says what "a letter accusing ..." or "sent a letter to X accusing ..." says; () for no such noun."""
    document = noun
    if noun.dep_ == "pobj" and noun.head.lower_ == "to":
        governor = noun.head.head
        document = next((c for c in governor.children if c.dep_ == "dobj"), governor)
    if document.lemma_.lower() not in words("documents"):
        return ()
    own = [c for c in document.children if c.dep_ == "poss"]
    own += [t for preposition, t in sides(document) if preposition in ("by", "from")]
    verb = document.head.head if document.dep_ == "pobj" else document.head
    other = verb.lemma_.lower() in words("judging") | words("negative") | words("refusing_documents")
    if own or other or verb.pos_ != "VERB" or document.dep_ not in ("dobj", "pobj", "nsubjpass"):
        return tuple(own)
    agents = [t for c in verb.children if c.dep_ == "agent" for t in c.children if t.dep_ == "pobj"]
    return tuple(agents) if document.dep_ == "nsubjpass" else _subjects_of(verb) or understood_subjects(verb)


def _subjects_of(token: Token) -> tuple[Token, ...]:
    own = conjoined(c for c in token.children if c.dep_ in SUBJECTS | PASSIVE_SUBJECTS)
    return tuple(counted(_antecedent(t)) for t in own)


def _objects_of(token: Token) -> tuple[Token, ...]:
    direct = [c for c in token.children if c.dep_ in OBJECTS | PASSIVE_SUBJECTS]
    called_on = [t for c in token.children if c.dep_ == "prep" and c.lower_ in ("on", "upon", "to") for t in c.children]
    return tuple(conjoined(direct or [t for t in called_on if t.dep_ == "pobj"]))


def _judged(token: Token) -> tuple[Token, ...]:
    """Whose deed it is in "was criticised for overthrowing", "accused him of leading", else the verb's subject."""
    objects = tuple(conjoined(c for c in token.children if c.dep_ in OBJECTS | PASSIVE_SUBJECTS))
    if token.dep_ in ("relcl", "acl") and is_passive(token):
        return (token.head,)
    return tuple(_antecedent(t) for t in objects) or _subjects_of(token)


def _antecedent(token: Token) -> Token:
    """The noun that a relative pronoun stands for; any other token itself."""
    if token.lower_ not in _RELATIVES or token.pos_ not in ("PRON", "DET", "SCONJ"):
        return token
    for ancestor in token.ancestors:
        if ancestor.dep_ == "relcl":
            return _outside(ancestor.head) if ancestor.lemma_.lower() in words("harming") else ancestor.head
    return token


def _outside(noun: Token) -> Token:
    """ "the blasts at offices in Kenya, which killed two": no place kills, but what happened there."""
    while noun.dep_ == "pobj" and noun.head.lower_ in _SPATIAL and noun.head.head.pos_ == "NOUN":
        noun = noun.head.head
    return noun


def _has_relative_subject(verb: Token) -> bool:
    return any(c.dep_ in SUBJECTS | PASSIVE_SUBJECTS and c.lower_ in _RELATIVES for c in verb.children)


def conjoined(tokens: Iterator[Token] | list[Token] | tuple[Token, ...]) -> Iterator[Token]:
    """Each token and the nouns joined to it by "and", "or", a comma."""
    for token in tokens:
        yield token
        if token.dep_ != "conj":
            yield from token.conjuncts
            yield from _beside(token)
            yield from _after_home(token)


def _beside(token: Token) -> Iterator[Token]:
    """ "Lavrov meets Wang, Pezeshkian": two names with a comma between are two people."""
    if token.ent_type_ == "PERSON":
        yield from (c for c in token.children if c.dep_ == "appos" and c.ent_type_ == "PERSON" and c.i > token.i)


def _after_home(token: Token) -> Iterator[Token]:
    """ "A of Mali and B of Chad": a parser joins the second person to the home of the first."""
    if token.ent_type_ != "PERSON":
        return
    for preposition in token.children:
        if preposition.dep_ == "prep" and preposition.lower_ in ("of", "from"):
            for home in preposition.children:
                if home.dep_ == "pobj" and home.ent_type_ in _HOMES:
                    yield from (c for c in home.conjuncts if c.ent_type_ == "PERSON")


def sides(token: Token) -> Iterator[tuple[str, Token]]:
    """(preposition, head of its object) for the prepositional phrases of a token, nested ones too ("along with")."""
    for child in token.children:
        if child.lower_ == "according":
            continue
        if child.dep_ in ("prep", "dative", "agent") and child.pos_ in ("ADP", "SCONJ", "VERB"):
            preposition = child.lower_
            for inner in child.children:
                if inner.dep_ in ("pobj", "pcomp"):
                    for each in conjoined([inner]):
                        yield preposition, each
                elif inner.dep_ == "prep":
                    yield from (
                        (inner.lower_, each) for i in inner.children if i.dep_ == "pobj" for each in conjoined([i])
                    )


def is_accused_of(verb: Token) -> bool:
    """ "accused of planning": a verb after "of" after one of accusing."""
    of = verb.head
    return verb.dep_ == "pcomp" and of.lower_ == "of" and of.head.lemma_.lower() in words("alleging")
