"""What is known while the names of one article are read, and the name inside the words of an entity."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import TYPE_CHECKING

from timeline.extract.text.parsed import Sentence
from timeline.extract.who.lexicon import words
from timeline.extract.who.register import Register
from timeline.model import Actor
from timeline.reference import countries
from timeline.reference.titles import strip_title, titles

if TYPE_CHECKING:
    from spacy.tokens import Token

Resolved = tuple[Actor | None, str]
_TITLE_DEPS = ("compound", "amod", "nmod", "appos", "ROOT", "nsubj", "nsubjpass", "poss", "dobj", "pobj", "conj")


@dataclass(frozen=True, slots=True)
class Reading:
    """The article's names so far (`register`), the model's labels of each folded name, the publication date.

    `spoken` are countries (ISO3) named without doubt, `storms` names of storms, `states` names of countries that mean
    a state of another country here ("Georgia"), `firms` what is bought and called a company.
    """

    register: Register
    labels: dict[str, set[str]]
    published: date | None
    spoken: frozenset[str] = frozenset()
    storms: frozenset[str] = frozenset()
    states: frozenset[str] = frozenset()
    firms: frozenset[str] = frozenset()


@lru_cache(maxsize=4096)
def bare(text: str) -> str:
    """The words of an entity without articles, possessives and punctuation."""
    name = re.sub(r"['’]s?$", "", text.strip()).strip(" ,.;:\"'“”()")
    return re.sub(r"^(the|The|a|an)\s+", "", name)


@lru_cache(maxsize=4096)
def bare_name(text: str) -> str:
    """The same without titles, and a nationality before one; "Premier League" has none."""
    first, _, after = bare(text).partition(" ")
    if after and (match := countries.lookup(first)) is not None and match.how == "demonym" and strip_title(after)[0]:
        return strip_title(after)[1]
    rest = strip_title(bare(text))[1]
    return bare(text) if " " not in rest and rest.lower() in words("organised") else rest


def title_before(sentence: Sentence, first: int, text: str) -> str:
    """The title or occupation before a name, inside the entity or just left of it, in lower case: "president"."""
    inside, doc = strip_title(text)[0], sentence.block.doc
    before: list[Token] = []
    for i in range(first - 1, max(sentence.slice.start, first - 4) - 1, -1):
        if doc[i].text == "." or doc[i].dep_ not in _TITLE_DEPS or doc[i].is_punct:
            break
        before.insert(0, doc[i])
    for start in range(len(before)):
        words_before = " ".join(t.text for t in before[start:]).lower().replace(".", "")
        if words_before in titles():
            return f"{words_before} {inside.lower()}".strip()
    if before and not inside and before[-1].tag_ == "NN" and _occupation(before[-1]):
        return before[-1].lower_
    return inside.lower().replace(".", "")


def _occupation(noun: Token) -> bool:
    lemma = noun.lemma_.lower()
    return noun.dep_ in ("compound", "nmod", "amod", "appos") and (
        lemma in words("unnamed") or lemma in words("persons")
    )
