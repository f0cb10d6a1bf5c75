"""Institutions and groups: the military of a country, police of a town, leaders of a party, Western nations."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from timeline.extract.who.hyphens import is_partisan
from timeline.extract.who.lexicon import institution, people_of, thing_of, words
from timeline.extract.who.ministries import ministry
from timeline.extract.who.offices import after_of, commands, heads_another, title_of
from timeline.extract.who.owners import Lookup, Owner
from timeline.model import Actor, ActorKind
from timeline.reference import countries

if TYPE_CHECKING:
    from spacy.tokens import Token

Resolved = tuple[Actor | None, str]
_NOBODY: Resolved = (None, "")
_ARGUMENTS = ("nsubj", "nsubjpass", "dobj", "pobj", "conj", "dative", "agent", "attr", "ROOT", "appos")
_ANY = ("a", "an", "another", "one")
_BODIES = (ActorKind.ORGANISATION, ActorKind.GROUP)


def of_owner(token: Token, owner: Owner, published: date | None) -> Resolved:
    """The actor of a noun that belongs to an actor, nobody for a noun that stands for none."""
    if _is_torn(token):
        return _NOBODY
    lemma, singular = token.lemma_.lower(), token.tag_ in ("NN", "NNP")
    if lemma == "ministry" and (found := ministry(f"{title_of(token)}", owner.actor.country)) is not None:
        return found, f"{title_of(token)} of {owner.name}"
    if singular and lemma in words("offices") and owner.actor.kind is not ActorKind.PERSON:
        other = owner.far or (owner.actor.kind is ActorKind.COUNTRY and not owner.preposition and heads_another(token))
        return _NOBODY if other else _office(token, owner)
    if owner.actor.kind in _BODIES and not owner.place:
        return _of_body(token, lemma, owner)
    template = institution(lemma)
    if (lemma in words("vehicles") or lemma in words("people", "led")) and any(
        c.lower_ in words("vehicles", "of") for c in token.children
    ):
        template = institution("military")  # "Myanmar's military leaders", "a Japanese navy ship"
    if template:
        return _institution(token, lemma, owner, template, published)
    if owner.actor.kind is ActorKind.PERSON and token.tag_ == "NNS" and lemma in words("groups"):
        return _described(token, owner)
    if owner.actor.kind is not ActorKind.COUNTRY or _is_named_vehicle(token):
        return _NOBODY
    several = lemma in words("groups") or lemma in words("groups", "one") or lemma in words("bodies")
    if several or (lemma in words("unnamed") and not owner.preposition):
        return _described(token, owner)
    return _NOBODY


def _is_torn(token: Token) -> bool:
    """ "The military seized power hours before ...": the parser took a clause for a noun and what it is like."""
    return any(c.dep_ == "amod" and c.tag_ in ("VBD", "VBZ", "VBP") and c.i < token.i for c in token.children)


def _is_named_vehicle(token: Token) -> bool:
    """ "the British tanker X": no tanker besides X."""
    if token.tag_ != "NN" or thing_of(token.lemma_.lower()) not in words("titled_things", "sorts"):
        return False
    return any(c.dep_ == "appos" and c.pos_ == "PROPN" for c in token.children)


def alone(token: Token) -> Resolved:
    """A group by its description: several people, forces with a word that says which, one group among others."""
    lemma = token.lemma_.lower()
    if token.dep_ not in _ARGUMENTS or _is_torn(token):
        return _NOBODY
    if token.tag_ == "NN" and lemma in words("groups", "one"):
        return _one_of_many(token)
    if token.tag_ in ("NN", "NNP") and not is_partisan(token):
        return _NOBODY
    if lemma in words("armed", "machines") and token.dep_ not in ("nsubj", "agent"):
        return _NOBODY  # "supplied fighter jets"
    name = phrase(token)
    if lemma in words("groups") or (lemma in words("armed") and len(name.split()) > 1):
        return Actor(name + _of_what(token), ActorKind.GROUP, ""), "a group by its description"
    return _NOBODY


def _one_of_many(token: Token) -> Resolved:
    """ "a separatist militia", "Rebel alliance", "an alliance of armed groups"; not "the group", nor "a group"."""
    if any((c.dep_ in ("det", "poss") and c.lower_ not in _ANY) or c.lower_ == "with" for c in token.children):
        return _NOBODY  # "an alliance with Peru" is a bond
    name = phrase(token)
    members = [inner for inner in after_of(token) if inner.tag_ == "NNS" and inner.lemma_.lower() in words("groups")]
    if members:
        name = f"{name} of {phrase(members[0])}"
    return (Actor(name, ActorKind.GROUP, ""), "a group by its description") if " " in name else _NOBODY


def bureau(token: Token, lookup: Lookup) -> Resolved:
    """ "the Maryland attorney general's office", "the office of the prosecutor of Athens": a body of that country."""
    if token.lemma_.lower() != "office":
        return _NOBODY
    for holder in (*(c for c in token.children if c.dep_ == "poss"), *after_of(token)):
        owner = lookup.owner(holder) if holder.lemma_.lower() in words("bureaus") else None
        if owner is not None and owner.actor.country:
            name = f"office of the {title_of(holder)} of {owner.name}"
            return Actor(name, ActorKind.ORGANISATION, owner.actor.country), f"{holder.text}'s office"
    return _NOBODY


def _of_what(token: Token) -> str:
    """ " of the diocese" after "leaders": the body they are of, where it is no actor that we know."""
    if token.lemma_.lower() not in words("people", "led"):
        return ""
    inner = after_of(token)
    return f" of the {phrase(inner[0])}" if inner and inner[0].tag_ == "NN" else ""


def _office(token: Token, owner: Owner) -> Resolved:
    """ "the Libyan ambassador": somebody whom we do not know, called by the office."""
    name = f"{title_of(token)} of {owner.name}"
    return Actor(name, ActorKind.GROUP, owner.actor.country), f"{name}, without a name"


def _of_body(token: Token, lemma: str, owner: Owner) -> Resolved:
    """ "Wagner forces" are Wagner itself; "leaders of the party" are those people; "Chechen fighters" as they are."""
    peoples = owner.actor.kind is ActorKind.GROUP and owner.actor.id == "" and people_of(owner.actor.name) is not None
    several = token.tag_ == "NNS" and (lemma in words("groups") or lemma in words("armed"))
    if peoples and (several or institution(lemma) or (lemma in words("groups") and owner.actor.country)):
        return Actor(phrase(token), ActorKind.GROUP, owner.actor.country), f"{lemma} of the {owner.name}"
    if institution(lemma) and lemma not in words("people"):
        return owner.actor, f"{lemma} of {owner.name}"
    if lemma in words("armed"):
        return owner.actor, f"{lemma} of {owner.name}"
    named = any(lemma in words("back", kind) for kind in ("company", "organisation", "group", "bloc"))
    if lemma in words("people") or (lemma in words("groups") and not named):
        return _described(token, owner)
    return _NOBODY


def _described(token: Token, owner: Owner) -> Resolved:
    """A group by its own words and its owner's: "Syrian rebels", "residents of Kabul", "leaders of the party"."""
    name = phrase(token, owner)
    if owner.preposition and owner.name not in name:
        article = "the " if owner.name == owner.actor.name and owner.actor.kind in _BODIES else ""
        name = f"{name} {owner.preposition} {article if owner.preposition == 'of' else ''}{owner.name}"
    elif owner.possessive and owner.name not in name:
        name = f"{name} of {owner.name}"
    return Actor(name, ActorKind.GROUP, owner.actor.country), f"{token.lemma_.lower()} of {owner.name}"


def _institution(token: Token, lemma: str, owner: Owner, template: str, published: date | None) -> Resolved:
    """ "Myanmar's military"; "his army" of one who commands it; "Houston police"; "officials in Texas" as a group."""
    actor = owner.actor
    if not actor.country:
        return _NOBODY
    if actor.kind is ActorKind.PERSON and not commands(actor, published):
        return Actor(f"{phrase(token)} of {actor.name}", ActorKind.GROUP, actor.country), f"{lemma} of {actor.name}"
    if owner.place and lemma in words("people", "placed"):
        return _described(token, owner)
    name = owner.place or countries.name_of(actor.country)
    return Actor(template.format(country=name), ActorKind.ORGANISATION, actor.country), f"{lemma} of {name}"


def phrase(token: Token, owner: Owner | None = None) -> str:
    """The noun with its modifiers, without articles, numbers and owners: "Western nations", "Kurdish-led forces".

    A body before the noun is called as a whole: "European Union foreign ministers".
    """
    kept = {token}
    for child in token.children:
        if (
            child.dep_ in ("amod", "compound", "nmod")
            and child.i < token.i
            and child.pos_ in ("ADJ", "NOUN", "PROPN", "VERB")
        ):
            whole = {child, *_hyphenated(child), *(c for c in child.children if c.dep_ in ("compound", "amod"))}
            if not any(t.like_num or t.lower_ in words("vague") for t in whole):
                kept.update(whole)
    said = _joined(kept)
    if owner is None or owner.actor.kind is not ActorKind.ORGANISATION or owner.preposition or owner.possessive:
        return said
    named = owner.name.split()
    return f"{owner.name} {_joined({t for t in kept if t == token or (t.pos_ != 'PROPN' and t.text not in named)})}"


def _joined(tokens: set[Token]) -> str:
    """The tokens in text order, with spaces but around hyphens."""
    return " ".join(t.text for t in sorted(tokens, key=lambda t: t.i)).replace(" - ", "-")


def _hyphenated(token: Token) -> list[Token]:
    """ "Kurdish", "-" before "led": what a hyphen joins to a word."""
    found: list[Token] = []
    i = token.i
    while i > 1 and token.doc[i - 1].text == "-" and not token.doc[i - 1].whitespace_:
        found += [token.doc[i - 1], token.doc[i - 2]]
        i -= 2
    return found
