"""Offices without a name: "the Russian president", "Myanmar's junta chief", "the head of the military government"."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from timeline.extract.who.lexicon import words
from timeline.model import Actor, ActorKind
from timeline.reference import countries, people
from timeline.reference.titles import role_of

if TYPE_CHECKING:
    from spacy.tokens import Token

# Offices by which the leader of a country may be meant.
_SAME = {"de_facto_leader": ("head_of_state", "head_of_government")}
_ARMED = frozenset({"military", "army", "armed", "junta"})


def holder(token: Token, owner: Actor, published: date | None) -> tuple[Actor | None, str]:
    """Who holds the office that a noun phrase names, on the day it speaks of; None and why not."""
    modifiers = _modifiers(token)
    if others := modifiers & words("office", "other"):
        return None, f"{sorted(others)[0]}: no office of the day"
    title = title_of(token)
    on = _day(token, published)
    role = role_of(title)
    for each in [role] if role else _roles_of_head(token):
        for wanted in (each, *_SAME.get(each, ())):
            held = people.holders(owner.country, wanted, on)
            if len(held) == 1:
                person = held[0]
                reason = f"{title} of {owner.name}" + (f" on {on}" if on else "")
                return Actor(person.name, ActorKind.PERSON, person.country, person.id), reason
            if len(held) > 1:
                return None, f"{title} of {owner.name}: could be {' or '.join(p.name for p in held[:3])}"
    return None, ""


_COMMANDING = frozenset(
    {"head_of_state", "head_of_government", "de_facto_leader", "military_chief", "defence_minister"}
)


def commands(person: Actor, published: date | None) -> bool:
    """Whether a person rules or leads the forces of the country on a day, so that "his army" is the country's."""
    held = people.offices(person.id) if person.id else ()
    return any(o.role in _COMMANDING and (published is None or o.held_on(published)) for o in held)


def _modifiers(token: Token) -> set[str]:
    return {c.lower_.rstrip("-") for c in token.subtree if c.head == token or c.head.head == token if c.i < token.i}


def _day(token: Token, published: date | None) -> date | None:
    """The day an office is meant for: the middle of the one year of its sentence, else the publication's."""
    years = {
        int(t.text) for t in token.sent if t.shape_ == "dddd" and t.ent_type_ == "DATE" and 1900 < int(t.text) < 2100
    }
    if len(years) == 1 and (year := years.pop()) and (published is None or year < published.year):
        return date(year, 7, 1)
    return published


def title_of(token: Token) -> str:
    """The office in words: compounds before the noun, "of ..." after "head"."""
    before = [
        c.text
        for c in token.children
        if c.dep_ in ("compound", "amod", "nmod")
        and c.i < token.i
        and c.lower_ not in words("office", "same")
        and not countries.lookup(c.text)
    ]
    after = ""
    for child in token.children:
        if child.dep_ == "prep" and child.lower_ == "of":
            after = " of " + " ".join(
                t.text for p in child.children for t in p.subtree if not countries.lookup(t.text) and t.dep_ != "case"
            )
    if token.lemma_.lower() == "head":
        return f"head{after}".replace(" the ", " ").strip().lower()
    plain = " ".join([*before, token.text]).lower()
    military = " ".join(c.lower_ for c in token.children if c.lower_ in ("military", "top"))
    return f"{military} {plain}" if military and role_of(f"{military} {plain}") else plain


def _roles_of_head(token: Token) -> list[str]:
    """ "the head of the military government", "army chief": by the words inside the phrase."""
    inside = {t.lemma_.lower() for t in token.subtree}
    if token.lemma_.lower() not in ("head", "chief", "leader", "ruler"):
        return []
    if "junta" in inside or ("government" in inside and inside & _ARMED):
        return ["de_facto_leader"]
    if inside & _ARMED:
        return ["military_chief"]
    if "government" in inside:
        return ["head_of_government"]
    return ["head_of_state"] if "state" in inside else []
