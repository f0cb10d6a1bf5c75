"""Offices without a name: "the Russian president", "Myanmar's junta chief", "the head of the military government".

Which office words mean is read here from the noun phrase; who held it is decided twice: with the year of the sentence
when the article's people are gathered, and with the date of the event when the event is told.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from timeline.extract.who.lexicon import words
from timeline.model import Actor, ActorKind
from timeline.reference import countries, people
from timeline.reference.titles import role_of

if TYPE_CHECKING:
    from spacy.tokens import Token

# Offices by which the leader of a country may be meant, first the one that rules; those of one line rule side by side.
_SAME = {
    "de_facto_leader": (("de_facto_leader",), ("supreme_leader", "head_of_state"), ("head_of_government",)),
    "monarch": (("monarch",), ("head_of_state",)),
}
_ARMED = frozenset({"military", "army", "armed", "junta"})
# Offices whose holder meets the holder of the same office abroad: his or her counterpart.
_COUNTERPARTS = ("head_of_state", "head_of_government", "foreign_minister", "defence_minister")
_COMMANDING = frozenset(
    {"head_of_state", "head_of_government", "de_facto_leader", "military_chief", "defence_minister"}
)
_SHOWN = 3


@dataclass(frozen=True, slots=True)
class Office:
    """An office as words of a text name it: of a country (ISO 3166 alpha-3), by a title.

    `roles` are tried in their order; those that stand together are held side by side. Heads of an international
    organisation have its name for the country. `year` is the one that the sentence tells, 0 for none.
    """

    country: str
    title: str
    roles: tuple[tuple[str, ...], ...]
    year: int = 0

    @property
    def words(self) -> str:
        return f"{self.title} of {countries.name_of(self.country)}"


def office_of(token: Token, country: str) -> Office | None:
    """The office of a country that a noun phrase names, None for another noun or for one held no more."""
    if modifiers_of(token) & words("office", "other"):
        return None
    title = title_of(token)
    if token.tag_ == "NNS":  # "the presidents of Kenya and Uganda"
        title = title.replace(token.lower_, token.lemma_.lower())
    if " of " not in title and heads_another(token):
        return None
    role = role_of(title) or _role_of_head(token)
    return Office(country, title, _SAME.get(role, ((role,),))) if role else None


def heads_another(token: Token) -> bool:
    """ "the American leader of a team": what follows "of" is neither a country nor what a country's head is head of."""
    return any(p.lemma_.lower() not in words("office", "of") and not countries.lookup(p.text) for p in after_of(token))


def after_of(token: Token) -> list[Token]:
    """What stands after "of" behind a noun: "the president of France"."""
    return [p for c in token.children if c.dep_ == "prep" and c.lower_ == "of" for p in c.children if p.dep_ == "pobj"]


def head_of(token: Token, organisation: Actor) -> Office | None:
    """The head of an organisation whose heads we know: "the UN secretary-general", "the NATO chief"."""
    if modifiers_of(token) & words("office", "other") or token.lemma_.lower() not in words("office", "heads"):
        return None
    said = [c.lower_ for c in token.children if c.dep_ in ("compound", "amod") and c.pos_ != "PROPN"]
    if any(word not in words("office", "plain") for word in said):
        return None  # "the UN human rights chief" heads something else
    title = token.text + (" general" if any(c.lower_ == "general" for c in token.children) else "")
    office = Office(organisation.name, title.lower(), (("organisation_head",),))
    return office if people.terms(office.country, "organisation_head", None, None) else None


def counterpart(person: Actor, country: str, on: date | None) -> Office | None:
    """The office abroad that is a person's own: "his Greek counterpart"; None for people without such an office."""
    held = {o.role for o in people.offices(person.id) if on is None or o.held_on(on)} if person.id else set()
    roles = [role for role in _COUNTERPARTS if role in held]
    return Office(country, f"counterpart of {person.name}", tuple((role,) for role in roles)) if roles else None


def holder(office: Office, first: date | None, last: date | None) -> tuple[Actor | None, str]:
    """Who held an office from a first to a last day (None: open); None and why where it is nobody or several.

    Of several in that time, or of one who did not hold it all the time, nobody can say who is meant.
    """
    for roles in office.roles:
        terms = [term for role in roles for term in people.terms(office.country, role, first, last)]
        held = list(dict.fromkeys(term.person for term in terms))
        if not held:
            continue
        names = [people.get(person).name for person in held]
        if len(held) > 1:
            return None, f"could be {' or '.join(names[:_SHOWN])}, {office.words}"
        if not any(term.held_through(first, last) for term in terms):
            return None, f"could be {names[0]} or another, {office.words}"
        person = people.get(held[0])
        return Actor(person.name, ActorKind.PERSON, person.country, person.id), f"{office.words} {_spoken(first, last)}"
    return None, ""


def _spoken(first: date | None, last: date | None) -> str:
    if first == last:
        return f"on {first}" if first else ""
    return f"from {first} to {last}" if first and last else f"since {first}" if first else f"until {last}"


def commands(person: Actor, published: date | None) -> bool:
    """Whether a person rules or leads the forces of the country on a day, so that "his army" is the country's."""
    held = people.offices(person.id) if person.id else ()
    return any(o.role in _COMMANDING and (published is None or o.held_on(published)) for o in held)


def modifiers_of(token: Token) -> set[str]:
    """The words before a noun in its phrase, in lower case; "ex" of "ex-president" among them."""
    found = {c.lower_.rstrip("-") for c in token.subtree if c.head == token or c.head.head == token if c.i < token.i}
    if token.i > 1 and token.nbor(-1).text == "-":
        found.add(token.nbor(-2).lower_)
    prefix, hyphen, _ = token.lower_.partition("-")
    return found | {prefix} if hyphen else found


def year_of(token: Token, published: date | None) -> int:
    """The one year of a sentence if it is past, else 0."""
    years = {
        int(t.text) for t in token.sent if t.shape_ == "dddd" and t.ent_type_ == "DATE" and 1900 < int(t.text) < 2100
    }
    if len(years) == 1 and (year := years.pop()) and (published is None or year < published.year):
        return year
    return 0


def by_sentence(office: Office, published: date | None) -> tuple[Actor | None, str]:
    """The holder by the sentence alone: in its year, else on the day of publication."""
    if office.year:
        return holder(office, date(office.year, 1, 1), date(office.year, 12, 31))
    return holder(office, published, published)


def title_of(token: Token) -> str:
    """The office in words: compounds before the noun, "of ..." after it where that makes an office."""
    before = [
        c.text
        for c in token.children
        if c.dep_ in ("compound", "amod", "nmod")
        and c.i < token.i
        and c.lower_ not in words("office", "same")
        and c.ent_type_ not in ("GPE", "NORP")
        and not countries.lookup(c.text)
    ]
    after = ""
    for child in token.children:
        if child.dep_ == "prep" and child.lower_ in ("of", "for"):
            inner = (t for p in child.children for t in p.subtree)
            after += f" {child.lower_} " + " ".join(
                t.text for t in inner if not countries.lookup(t.text) and t.dep_ not in ("case", "det")
            )
    noun = token.lower_.removeprefix("ex-")
    plain = " ".join([*before, noun]).lower()
    whole = f"{plain}{after}".strip().lower()
    if noun == "head" or role_of(whole):
        return whole
    first = next((t for t in after.split() if t in ("of", "for")), "")
    for end in range(len(after.split()), 1, -1):
        shorter = f"{plain} {' '.join(after.split()[:end])}".lower()
        if first and role_of(shorter):
            return shorter
    military = " ".join(c.lower_ for c in token.children if c.lower_ in ("military", "top"))
    return f"{military} {plain}" if military and role_of(f"{military} {plain}") else plain


def _role_of_head(token: Token) -> str:
    """ "the head of the military government", "army chief": by the words inside the phrase, "" for none."""
    inside = {t.lemma_.lower() for t in token.subtree}
    if token.lemma_.lower() not in ("head", "chief", "leader", "ruler"):
        return ""
    if "junta" in inside or ("government" in inside and inside & _ARMED):
        return "de_facto_leader"
    if inside & _ARMED:
        return "military_chief"
    if "government" in inside:
        return "head_of_government"
    return "head_of_state" if "state" in inside else ""
