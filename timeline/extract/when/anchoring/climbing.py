"""The way from an expression up the parse to the happening that it dates, through what a parser tears apart."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from timeline.extract.when.anchoring.happening import Anchorable, Tense, tense_of, word_group

if TYPE_CHECKING:
    from spacy.tokens import Token

_MAX_CLIMB = 12
_CLAUSES = frozenset({"relcl", "ccomp", "advcl", "parataxis"})
_BESIDE_NOUN = frozenset({"compound", "nmod", "amod", "poss", "nummod"})
_SETTING = frozenset({"in", "at", "during", "on", "after", "before", "amid", "by", "following", "of"})


def climb(
    token: Token, owner: Mapping[int, int], items: Sequence[Anchorable], *, opening: bool
) -> tuple[int | Token | None, int, str]:
    """The position of the happening met first on the way up, else the verb where the way ends, with the steps.

    The third is the bounding preposition that the way passes beyond the expression's own. `opening`: the expression
    is an adverbial that opens the sentence ("A day earlier troops left"), so that no noun is named by it.
    """
    via, first = "", token.i
    for steps in range(_MAX_CLIMB):
        if token.head != token and _begins_after(token, first):
            token = token.head
            continue
        if token.i in owner:
            return owner[token.i], steps, via
        if token.pos_ in ("VERB", "AUX"):
            for position, item in enumerate(items):
                if _is_argument(item.head, token, owner) or _is_planned_by(item, token):
                    return position, steps + 1, via
            if token.dep_ in ("relcl", "acl") and any(c.lower_ in word_group("void") for c in token.children):
                return None, steps, via
            if token.dep_ == "relcl" and (noun := _noun_told_of(token, owner)) is not None:
                return noun, steps + 1, via
            if token.head == token or (token.dep_ in _CLAUSES and not _is_adverbial(token)):
                return token, steps, via
        if steps == 0 and token.dep_ == "compound" and _opens_clause(token):
            token = token.head
        if token.head == token or (not opening and _names_its_noun(token, owner, near=steps <= 1)):
            return (token if token.head == token else None), steps, via
        if steps > 1 and token.dep_ == "prep" and token.lower_ in word_group("bounding") and _bounds(token):
            via = token.lower_
        if token.lower_ in word_group("aftermath"):
            via = "after"
        token = token.head
    return None, _MAX_CLIMB, via


def _bounds(preposition: Token) -> bool:
    """Whether it makes a bound of a time further off: "by dawn on Sunday" does, "by rebels on Sunday" does not."""
    return preposition.lower_ != "by" or any(c.lemma_.lower() in word_group("times") for c in preposition.children)


def _begins_after(verb: Token, place: int) -> bool:
    """Whether a clause begins after an expression that the parser put into it: "closed last year after he left"."""
    return verb.pos_ in ("VERB", "AUX") and any(c.dep_ == "mark" and place < c.i < verb.i for c in verb.children)


def _is_planned_by(item: Anchorable, verb: Token) -> bool:
    """ "On Monday he is expected to leave": the day is that of what is to come."""
    return item.told.dep_ == "xcomp" and item.told.head == verb and tense_of(verb) is Tense.PRESENT


def _noun_told_of(verb: Token, owner: Mapping[int, int]) -> int | None:
    """The event noun that a clause only says to be or to be planned: "the visit to Rome that took place in May"."""
    noun = verb.head
    for _ in range(3):
        if verb.lemma_ not in word_group("happens") or noun.pos_ not in ("NOUN", "PROPN", "ADP"):
            return None
        if noun.i in owner:
            return owner[noun.i]
        noun = noun.head
    return None


def _is_adverbial(verb: Token) -> bool:
    """ "Speaking in Paris on Monday, he condemned it": the participle is at the time of its main verb."""
    return verb.dep_ == "advcl" and verb.tag_ == "VBG" and not any(c.dep_ in ("mark", "nsubj") for c in verb.children)


def _opens_clause(date: Token) -> bool:
    """ "In February Mexico left", where the parser made one name of the month and the subject."""
    led = date.i > 0 and date.nbor(-1).lower_ in ("in", "on") and date.nbor(-1).dep_ == "prep"
    return led and date.head.pos_ == "PROPN" and date.head.dep_ in ("nsubj", "nsubjpass")


def _names_its_noun(token: Token, owner: Mapping[int, int], *, near: bool) -> bool:
    """Whether the words up to here belong to a noun that is no happening: "his 1999 novel", "a man born in 1955".

    `near`: the expression itself hangs on `token`.
    """
    noun = token.head
    if noun.i in owner or noun.pos_ not in ("NOUN", "PROPN"):
        return False
    if near and token.dep_ == "prep" and token.lower_ in word_group("origin"):
        return noun.lemma_ not in word_group("times")
    if noun.dep_ == "dobj" and noun.lemma_ in word_group("occasions"):
        return False
    if token.dep_ == "acl" or token.dep_ in _BESIDE_NOUN:
        return not (noun.dep_ == "pobj" and noun.head.lower_ in _SETTING)
    return False


def _is_argument(noun: Token, verb: Token, owner: Mapping[int, int]) -> bool:
    """An event noun inside the subject or object of a verb that is no happening itself ("the meeting was in May")."""
    step = noun
    for _ in range(3):
        if step.head == verb:
            return step.dep_ in ("nsubj", "nsubjpass", "csubj", "dobj", "attr") and noun.pos_ in ("NOUN", "PROPN")
        step = step.head
        if step.i in owner:
            return False
    return False
