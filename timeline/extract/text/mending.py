"""What the parser puts wrong in a way that the words alone tell is put right once, for all that read the parse."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

# Entities that never say when, how long or how much.
_NAMES = frozenset({"PERSON", "NORP", "FAC", "ORG", "GPE", "LOC"})
# How the parser hangs a town after a comma, and the subject after the next one.
_MAY_DO = frozenset({"nsubj", "nsubjpass", "appos"})
_BEFORE_A_VERB = frozenset({"aux", "auxpass", "neg", "advmod"})
_RELATING = frozenset({"WP", "WDT"})
_BARE = frozenset({"VBN", "VBD"})  # "held" is either
_NOUNS = frozenset({"NOUN", "PROPN"})
_TIMES = frozenset({"DATE", "TIME"})
_OF_A_CLAUSE = frozenset({"mark", "aux", "auxpass", "nsubj", "nsubjpass"})
_COMPLEMENTS = frozenset({"xcomp", "oprd"})
_VERBS = frozenset({"VBD", "VBZ", "VBP", "VBN"})


def mend(doc: Doc) -> None:
    """Changes the parse of `doc` in place."""
    for token in doc:
        if token.dep_ == "npadvmod" and token.ent_type_ in _NAMES:
            _stand_beside(token)
        elif token.pos_ == "PROPN" and token.dep_ in _MAY_DO:
            _say_where(token)
        elif token.tag_ in _RELATING and token.dep_ in ("nsubj", "nsubjpass"):
            _relate(token)
        elif (token.tag_ in _BARE and token.dep_ == "advcl") or (token.tag_ == "VBN" and token.dep_ in _COMPLEMENTS):
            _describe(token)


def _stand_beside(name: Token) -> None:
    """A name after a comma is what the noun before it is called: "met the head of its government, Min Aung Hlaing".

    Several ("three rivals, Mali, Niger and Chad") are not what one name is, unless it is a person's.
    """
    noun = _before(name)
    if noun is None or (noun.tag_ != "NN" and name.ent_type_ != "PERSON"):
        return
    if name.head.i < noun.i and name.head in noun.ancestors:
        _hang(noun.nbor(), noun, "punct")
        _hang(name, noun, "appos")


def _say_where(name: Token) -> None:
    """ "In the capital, Kyiv, two people were killed": what stands just before the verb is its subject, and no town."""
    noun, verb = _before(name), name.sent.root
    if noun is None or verb.tag_ not in _VERBS or name.i > verb.i or not _opens(noun, verb):
        return
    start = next((t for t in verb.lefts if t.i > name.i and t.dep_ in _BEFORE_A_VERB), verb)
    beside = [c for t in (name, verb) for c in t.children if name.i < c.i < verb.i and c.left_edge.nbor(-1).text == ","]
    subject = next((c for c in beside if c.dep_ in _MAY_DO and c.right_edge.i + 1 == start.i), None)
    if subject is not None:
        _hang(name, noun, "appos")
        _hang(subject, verb, "nsubjpass" if any(c.dep_ == "auxpass" for c in verb.children) else "nsubj")


def _relate(pronoun: Token) -> None:
    """ "Demanded that they free Suu Kyi, who was arrested": a clause of "who" after a comma tells of the noun there."""
    verb, at = pronoun.head, pronoun.i - 2
    if at < pronoun.sent.start or pronoun.nbor(-1).text != "," or verb.dep_ not in ("ccomp", "advcl"):
        return
    noun = pronoun.doc[at]
    if noun.pos_ in _NOUNS and verb.head in noun.ancestors:
        _hang(verb, noun, "relcl")


def _describe(participle: Token) -> None:
    """ "Won the election held on Sunday", "left 40 injured": a bare participle right after an object is told of it."""
    noun = participle.nbor(-1) if participle.i > participle.sent.start else participle
    bare = not any(c.dep_ in _OF_A_CLAUSE for c in participle.children)
    if bare and noun.dep_ in ("dobj", "pobj") and noun.ent_type_ not in _TIMES and participle.head in noun.ancestors:
        _hang(participle, noun, "acl")


def _before(name: Token) -> Token | None:
    """The common noun before a name, with a comma between."""
    at = name.left_edge.i - 2
    noun = name.doc[at] if at >= name.sent.start and name.doc[at + 1].text == "," else None
    return noun if noun is not None and noun.pos_ == "NOUN" else None


def _opens(token: Token, verb: Token) -> bool:
    """Whether a token stands in a phrase before the verb with which the sentence opens: "in the capital"."""
    front = next((t for t in token.ancestors if t.head == verb), None)
    return front is not None and front.dep_ == "prep" and front.left_edge.i == verb.sent.start


def _hang(token: Token, head: Token, dep: str) -> None:
    if token not in (head, *head.ancestors):  # no ring: nothing ends in one
        token.head = head
        token.dep_ = dep
