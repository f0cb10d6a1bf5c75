"""Compounds with a hyphen before a noun: "Kabul-based" belongs to a place, "anti-Syria" and "Kurdish-led" to none."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from spacy.tokens import Token

_AGAINST = frozenset({"anti", "pro", "non"})
_BESIDE = ("poss", "amod", "compound", "nmod")


def based(token: Token) -> Token:
    """The place of "a Kabul-based group"; any other token itself."""
    places = [c for c in token.children if c.dep_ in ("npadvmod", "compound", "nmod", "amod")]
    return places[0] if token.lower_ == "based" and places else token


def is_against(token: Token) -> bool:
    """ "anti-Syria", "Kurdish-led": words in which a country owns nothing."""
    before = is_opposed(token)
    after = token.i + 1 < len(token.doc) and token.nbor(1).text == "-" and not token.whitespace_
    return before or (after and token.dep_ in ("amod", "npadvmod"))


def is_opposed(token: Token) -> bool:
    """The country of "anti-Syria" and "pro-Russian", which is spoken of and does not act."""
    return token.i > 1 and token.nbor(-1).text == "-" and token.nbor(-2).lower_ in _AGAINST


def is_partisan(noun: Token) -> bool:
    """ "an anti-Syria journalist": a noun with a country that it does not belong to."""
    return any(is_against(c) for c in noun.children if c.dep_ in _BESIDE and c.i < noun.i)
