"""Whether a noun is of somebody who acts: a person, people, a body, a country."""

from __future__ import annotations

from typing import TYPE_CHECKING

from timeline.extract.what.voice import NAMED
from timeline.extract.who.lexicon import institution
from timeline.extract.who.lexicon import words as nouns

if TYPE_CHECKING:
    from spacy.tokens import Token

_TABLES = ("several", "persons", "offices", "armed", "bodies")


def is_somebody(noun: Token) -> bool:
    """A name of one who acts, or a noun that stands for people, an office or a body."""
    lemma = noun.lemma_.lower()
    return noun.ent_type_ in NAMED or any(lemma in nouns(table) for table in _TABLES) or bool(institution(lemma))
