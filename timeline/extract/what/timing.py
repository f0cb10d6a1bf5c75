"""Verbs of going that only say when or why something else happened: "It came as a result of the vote"."""

from __future__ import annotations

from typing import TYPE_CHECKING

from timeline.extract.what.lexicon import words
from timeline.extract.what.somebody import is_somebody
from timeline.extract.what.voice import SUBJECTS
from timeline.extract.who.lexicon import words as nouns

if TYPE_CHECKING:
    from spacy.tokens import Token

_THINGS = frozenset({"it", "this", "that", "these", "which"})


def only_times(verb: Token) -> bool:
    """ "The move came after talks": nobody went anywhere, and the verb has no word for where."""
    if verb.lemma_.lower() != "come":
        return False
    beside = set[str]()
    for child in verb.children:
        if child.dep_ in SUBJECTS and _goes(child):
            return False
        beside.add(child.lower_)
        beside.update(c.lower_ for c in child.children if child.dep_ == "advcl" and c.dep_ in ("mark", "advmod"))
    return bool(beside & words("timing")) and not beside & words("ways")


def _goes(subject: Token) -> bool:
    """Whether a subject can go anywhere: somebody, or what sails, drives or flies."""
    if subject.pos_ == "PRON":
        return subject.lower_ not in _THINGS
    return is_somebody(subject) or subject.lemma_.lower() in nouns("vehicles")
