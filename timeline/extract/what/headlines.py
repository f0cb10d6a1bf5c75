"""Verbs of headlines that a parser takes for nouns, with their subject and object by position."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from timeline.extract.text.parsed import Sentence
from timeline.extract.what.clauses import Clause, sides
from timeline.extract.what.lexicon import Pattern, Surroundings, match_verb

if TYPE_CHECKING:
    from spacy.tokens import Token


def verbs(sentence: Sentence) -> Iterator[tuple[Clause, Pattern]]:
    """The verb of a headline that was taken for a noun ("Minister resigns"): a form in -s that the lexicon knows."""
    for token in sentence:
        text = token.lower_
        if token.i == sentence.slice.start or not text.endswith("s") or token.pos_ not in ("NOUN", "PROPN"):
            continue
        for lemma in _verb_lemmas(text):
            following = frozenset(t.lemma_.lower() for t in token.doc[token.i + 1 : token.i + 8])
            if pattern := match_verb(lemma, Surroundings(words=following, objects=following)):
                yield _flat_clause(token), pattern
                return


def _verb_lemmas(form: str) -> Iterator[str]:
    yield form[:-1]
    if form.endswith("es"):
        yield form[:-2]
    if form.endswith("ies"):
        yield form[:-3] + "y"


def _flat_clause(token: Token) -> Clause:
    """Subject and object of a headline verb by position: noun phrase heads just before and after it."""
    before = [t for t in token.doc[: token.i] if t.pos_ in ("NOUN", "PROPN")]
    after = [t for t in token.doc[token.i + 1 :] if t.pos_ in ("NOUN", "PROPN")]
    return Clause(token, tuple(before[-1:]), tuple(after[:1]), (), tuple(sides(token)), passive=False)
