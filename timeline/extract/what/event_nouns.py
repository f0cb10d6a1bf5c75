"""Event nouns: which verb carries one, and what a noun that a verb governs adds to what the verb says."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from timeline.extract.what.around import around_noun
from timeline.extract.what.lexicon import NOTHING, Pattern, match_noun, words

if TYPE_CHECKING:
    from spacy.tokens import Token

    from timeline.extract.what.clauses import Clause
    from timeline.reference.kinds import Kind


def carrier_of(noun: Token) -> Token | None:
    """The verb that carries an event noun: "held talks", "talks were held", "a strike took place", "was in a crash"."""
    top = noun
    while top.dep_ == "conj" and top.head.pos_ in ("NOUN", "PROPN"):
        top = top.head
    head = top.head
    if top.dep_ == "pobj" and head.dep_ == "agent" and head.head.lemma_ in words("befalling"):
        return head.head
    if top.dep_ == "pobj" and head.head.pos_ in ("VERB", "AUX") and head.lower_ in ("in", "on", "with", "out"):
        verb = head.head
        return verb if verb.lemma_ in ("take", "engage", "participate", "carry", "be", "go") and verb != noun else None
    if head.pos_ not in ("VERB", "AUX"):
        return None
    if any(c.dep_ == "oprd" for c in head.children):
        return None  # "called the trial a sham" names no trial
    if top.dep_ in ("dobj", "nsubjpass", "attr") and head.lemma_ in words("light"):
        return head
    if top.dep_ == "nsubj" and head.lemma_ in words("befalling"):
        return head
    if top.dep_ in ("nsubj", "attr") and head.lemma_ in words("happen"):
        return (
            head
            if not any(c.dep_ in ("dobj",) and c.lemma_ not in ("place", "effect") for c in head.children)
            else None
        )
    return None


def is_idle(noun: Token) -> bool:
    """Whether a noun names no happening with the words beside it, though it may with others: "a war on poverty"."""
    pattern = match_noun(noun.lemma_.lower(), around_noun(noun))
    return pattern is not None and pattern.kind.name == NOTHING


def governed(pattern: Pattern, clause: Clause) -> Iterator[Token]:
    """The objects of a verb and of its prepositions that a pattern of the verb asks for."""
    for token in (*clause.objects, *(head for _, head in clause.sides)) if pattern.objects else ():
        if token.lemma_.lower() in pattern.objects:
            yield token


def narrowed(pattern: Pattern, clause: Clause) -> Kind:
    """The kind of a verb's pattern, narrowed by the words beside its object: "gave military aid".

    A verb that says something of its own ("launched a drone attack") is narrowed within its type alone, but where
    the noun says against what ("launched an attack on the budget", "declared war on poverty") the noun decides.
    """
    verb = clause.verb.lemma_.lower()
    carries = any(verb in words(group) for group in ("giving", "furnishing", "receiving", "getting"))
    for token in governed(pattern, clause):
        narrow = match_noun(token.lemma_.lower(), around_noun(token))
        if narrow is None:
            continue
        if narrow.objects or (narrow.modifiers and (carries or narrow.kind.type == pattern.kind.type)):
            return narrow.kind
    return pattern.kind
