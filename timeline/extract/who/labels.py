"""The model's label of a name, corrected by the words around it, given names and what else the article calls it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from timeline.extract.who.lexicon import given_gender, words
from timeline.extract.who.reading import Reading
from timeline.model import ActorKind
from timeline.model.actor import fold
from timeline.reference import organisations, places

if TYPE_CHECKING:
    from spacy.tokens import Span as Slice
    from spacy.tokens import Token

PLACES = frozenset({"GPE", "LOC", "FAC"})


def corrected(label: str, name: str, title: str, piece: Slice, reading: Reading) -> str:
    """PERSON, ORG, NORP, a place's label or "" for a name; `title` is the title or occupation before it."""
    root = piece.root
    several = len(name.split()) > 1
    organised = is_organised(name)
    if label == "PERSON" and organised and (several or name.isupper()):
        return "ORG"
    if label == "PERSON" and name in reading.firms and not given_gender(name) and not reading.register.person(name)[1]:
        return "ORG"
    if label == "PERSON" and not title and not reading.register.person(name)[1] and _is_no_person(name, piece):
        return "FAC" if _is_of_site(root) else "ORG"
    personal = several and not organised and (title or given_gender(name)) and not places.lookup(name)
    if label in ("ORG", "GPE", "FAC", "LOC", "NORP") and personal and not known_organisations(name):
        return "PERSON"
    mixed = reading.labels.get(fold(name), set()) - {""} == {"PERSON", "ORG"}
    if label == "PERSON" and mixed and not several and not title:
        return label if reading.register.person(name)[0] else "ORG"
    if label == "" and several and given_gender(name) and not organised:
        return "PERSON"
    if (
        label in ("ORG", "GPE")
        and several
        and not organised
        and root.dep_ == "conj"
        and root.head.ent_type_ == "PERSON"
    ):
        return label if known_organisations(name) or places.lookup(name) else "PERSON"
    if label == "PERSON" and several and not title and _is_known_group(name) and not reading.register.person(name)[1]:
        return "ORG"
    if label == "PERSON" and not several and not title and known_organisations(name):
        return label if reading.register.person(name)[0] else "ORG"
    if label in ("PERSON", "ORG", "NORP") and not title and _is_place(name, root, reading):
        return "GPE"
    if label in PLACES and not several and _is_surname(name, root, reading):
        return "PERSON"
    return label


def _is_known_group(name: str) -> bool:
    """ "Al Shabaab", which a model takes for somebody called Al."""
    return any(each.kind is ActorKind.GROUP for each in known_organisations(name))


def _is_no_person(name: str, piece: Slice) -> bool:
    """ "The Grey Zone", "the Beatles", "KRIV", "Maalbeek station": people's names have no article and small letters."""
    several = len(name.split()) > 1
    article = any(c.lower_ == "the" for c in piece.root.children if c.dep_ == "det") and not given_gender(name)
    return article or (not several and name.isupper() and len(name) > 2) or (not several and _is_of_site(piece.root))


def _is_of_site(root: Token) -> bool:
    return root.dep_ in ("compound", "nmod") and root.head.lemma_.lower() in words("organised", "sites")


def is_organised(name: str) -> bool:
    """Whether a word of the name makes it an organisation's."""
    return any(w.lower() in words("organised") for w in re.split(r"[\s-]", name))


def is_site(name: str) -> bool:
    """Whether the last word of the name makes it a place of stone: "Friendship Bridge"."""
    return name.split()[-1].lower() in words("organised", "sites")


def known_organisations(name: str) -> tuple[organisations.Organisation, ...]:
    """By the name as it is, else in the other spelling of English ("Organisation")."""
    return organisations.lookup(name) or organisations.lookup(name.replace("rganisation", "rganization"))


def _is_place(name: str, root: Token, reading: Reading) -> bool:
    """A known place after "in" or "from", or called a place elsewhere in the article."""
    if not places.lookup(name) or reading.register.person(name)[0] is not None or organisations.lookup(name):
        return False
    firm = reading.register.organisation(name)
    if firm is not None and root.ent_type_ == "ORG" and firm.name.split()[-1].lower() in words("organised", "forms"):
        return False  # "loaned to Chelsea" after "Chelsea FC"
    located = root.dep_ == "pobj" and root.head.lower_ in words("located")
    return located or bool(reading.labels.get(fold(name), set()) & PLACES)


def _is_surname(name: str, root: Token, reading: Reading) -> bool:
    """The name of somebody named in full, where it does not stand as a place does."""
    if root.dep_ == "pobj" and root.head.lower_ in words("locative"):
        return False
    return bool(reading.register.person(name)[1])
