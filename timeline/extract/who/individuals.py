"""Names of single things by the words beside them: "HMS Victory", "a Boeing 737", "the tanker X", "the film X"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING

from timeline.extract.text.parsed import Sentence
from timeline.extract.who.labels import is_organised, known_organisations
from timeline.extract.who.lexicon import thing_of, words

if TYPE_CHECKING:
    from spacy.tokens import Span as Slice
    from spacy.tokens import Token

NUMBER = re.compile(r"[A-Z]{0,3}-?\d{1,5}[A-Z]?")


def is_numbered(sentence: Sentence, piece: Slice) -> bool:
    """A ship by its prefix, or a make with its number: whoever else bears the name, it is a thing here."""
    before, after = _beside(sentence, piece)
    first = piece[0] if len(piece) > 1 else None
    prefixed = any(token is not None and token.text in words("vehicles", "prefixes") for token in (first, before))
    if prefixed and not is_organised(piece.text):
        return True
    return piece.text.lower() in words("vehicles", "makers") and _is_model(after)


def sort_of(name: Sequence[Token]) -> str:
    """The sort of thing that "HMS Victory" and "Boeing 737" are, "" for other names."""
    if name[0].text in words("vehicles", "prefixes"):
        return "ship"
    make = name[0].lower_ in words("vehicles", "makers") and len(name) > 1 and NUMBER.fullmatch(name[-1].text)
    return "aircraft" if make else ""


def is_called_after(sentence: Sentence, piece: Slice) -> bool:
    """A name that nobody known bears, beside what it is a name of: "the tanker X", "the tanker, X", "X, a tanker"."""
    if known_organisations(piece.text):
        return False
    before, _ = _beside(sentence, piece)
    root = piece.root
    nouns = [before] if before is not None and (before.pos_ == "NOUN" or is_ship(before, sentence)) else []
    nouns += [t for t in (root.head,) if root.dep_ == "appos" and t.pos_ == "NOUN"]
    nouns += [c for c in root.children if c.dep_ == "appos" and c.pos_ == "NOUN"]
    return any(_names(noun.lemma_.lower(), piece) for noun in nouns)


def is_ship(token: Token, sentence: Sentence) -> bool:
    """ "Tanker" before a name as the first word of a sentence or headline, which a model takes for a part of it."""
    return token.i == sentence.slice.start and thing_of(token.lower_) == "ship"


def _names(lemma: str, piece: Slice) -> bool:
    if piece[0].ent_type_ == "PERSON":
        return thing_of(lemma) == "ship"  # ships bear such names, and nobody is called so: "the film director X"
    return thing_of(lemma) in words("titled_things", "sorts") or lemma in words("titled_things")


def _is_model(token: Token | None) -> bool:
    """ "737" after a make, counted with it: not "Boeing 20 years ago"."""
    return token is not None and bool(NUMBER.fullmatch(token.text)) and token.head.i < token.i


def _beside(sentence: Sentence, piece: Slice) -> tuple[Token | None, Token | None]:
    doc, first, last = sentence.block.doc, piece.start, piece.end - 1
    before = doc[first - 1] if first > sentence.slice.start else None
    return before, doc[last + 1] if last + 1 < sentence.slice.end else None
