"""Whom or what a name means: what the reference data knows of it, what the article called so before, or a new actor."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING

from timeline.extract.text.parsed import BlockKind, Sentence
from timeline.extract.who import homonyms
from timeline.extract.who.hyphens import is_opposed
from timeline.extract.who.individuals import is_called_after, is_numbered
from timeline.extract.who.known import actor_of, known, led, open_surname, ruling
from timeline.extract.who.labels import PLACES, corrected, is_organised, is_site, known_organisations
from timeline.extract.who.lexicon import describes, given_gender, people_of, words
from timeline.extract.who.ministries import ministry
from timeline.extract.who.nationality import country_inside, home_inside, nationality, owner_of
from timeline.extract.who.reading import Reading, Resolved, bare, bare_name, title_before
from timeline.extract.who.register import Register
from timeline.extract.who.seats import body_at, country_of
from timeline.model import Actor, ActorKind
from timeline.model.actor import fold
from timeline.reference import countries, holidays, places
from timeline.reference.titles import gender_of

if TYPE_CHECKING:
    from spacy.tokens import Span as Slice
    from spacy.tokens import Token

    from timeline.reference.organisations import Organisation

_CITY = 500_000
# "iPhone", "eBook": names of things that are sold.
_PRODUCT = re.compile(r"[a-z][A-Z]")
# A surname of so many known people that a bare one, taken for an organisation, is sooner a person's.
_COMMON = 5


def resolve(sentence: Sentence, first: int, last: int, reading: Reading) -> Resolved:
    """The actor of a name and the reason, None and why not; the surest knowledge goes first."""
    doc = sentence.block.doc
    piece = doc[first : last + 1]
    name = bare_name(piece.text)
    title = title_before(sentence, first, piece.text)
    if not name:
        return None, "no name"
    if name == "West" and first and doc[first - 1].lower_ == "the":
        return Actor("Western nations", ActorKind.GROUP), "the West"
    if is_opposed(piece[0]):
        return None, "spoken of, no actor"
    if (found := _of_the_world(name, piece.text, piece.root, reading)) is not None:
        return found
    if is_numbered(sentence, piece):
        return None, "a ship, a film or the like"
    if (introduced := reading.register.introduced(name)) is not None and name.isupper():
        return introduced, f"introduced in brackets or by its initials: {introduced.name}"
    before = f"{doc[first - 1].text} {name}" if first > sentence.slice.start else name
    if (person := known((bare(piece.text), before, name), title, reading)) is not None:
        return person
    if (home := people_of(name)) is not None and not title:
        if (movement := known_organisations(name)) and movement[0].kind is ActorKind.GROUP:
            return _known_body(name, movement, piece.root, reading.register)
        return Actor(name, ActorKind.GROUP, home), "a people or faith"
    if is_called_after(sentence, piece):
        return None, "a ship, a film or the like"
    label = corrected(_label(sentence, piece, reading), name, title, piece, reading)
    return _labelled(label, name, title, piece.root, reading)


def _label(sentence: Sentence, piece: Slice, reading: Reading) -> str:
    """The model's label of a name; in a headline the one that it gives in the body."""
    label = piece[0].ent_type_ or piece[-1].ent_type_
    if sentence.kind is BlockKind.TITLE:
        others = reading.labels.get(fold(piece.text), set()) - {"", label}
        return min(others) if others else label
    return label


def _of_the_world(name: str, text: str, root: Token, reading: Reading) -> Resolved | None:
    """Countries, and what is called as a country or a person and is none; None for other names."""
    if _PRODUCT.match(name):
        return None, "a product"
    if name.split()[-1] in reading.storms or name.split()[0].lower() in words("geography", "storms"):
        return None, "a storm or a volcano"
    if (half := homonyms.half(name, reading.spoken, root)) is not None:
        return half
    if describes(name):
        return None, "part of the world, no actor"
    if homonyms.is_water_or_land(name, root):
        return None, "a place"
    if name in reading.states:
        return None, "a place: a state called as a country"
    match = countries.lookup(text) or countries.lookup(name)
    if match is not None and match.how == "name" and _is_surname(name, root, reading):
        return reading.register.person(name)
    if (shared := homonyms.shared(name, reading.spoken, root)) is not None:
        return shared
    if (body := body_at(name, root, reading.spoken, reading.labels)) is not None:
        return body
    return country_of(match, name, root) if match is not None else None


def _is_surname(name: str, root: Token, reading: Reading) -> bool:
    """A country's name that is the surname of somebody in the article, not standing as a place does."""
    located = root.dep_ == "pobj" and root.head.lower_ in words("locative")
    return len(name.split()) == 1 and not located and reading.register.person(name)[0] is not None


def _labelled(label: str, name: str, title: str, root: Token, reading: Reading) -> Resolved:
    register = reading.register
    if label != "PERSON" and (found := known_organisations(name)):
        return _known_body(name, _spoken_of(found, reading.spoken), root, register)
    if label == "PERSON":
        return _person(name, title, root, reading)
    if label == "ORG" and holidays.rows_of(name):
        return None, "a holiday"
    if label == "ORG" and name.partition(" for ")[0].split()[-1].lower() in words("things"):
        return None, "a law, treaty or prize"
    if label == "ORG":
        return _organisation(name, title, root, reading)
    if label == "NORP":
        short, reason = register.person(name)
        if reason:
            return short, reason
        if places.lookup(name):
            return None, "a place or a group"
        return Actor(name, ActorKind.GROUP, ""), "named group"
    if label in PLACES:
        if label == "GPE" and is_organised(name) and not is_site(name) and not places.lookup(name):
            return _organisation(name, title, root, reading)
        return _place(name)
    person, reason = register.person(name)
    if reason:
        return person, reason
    return register.organisation(name), "short for an organisation named in full"


def _known_body(name: str, found: Sequence[Organisation], root: Token, register: Register) -> Resolved:
    """The first of the organisations of a name; of "Congress" and the like that of the country that owns it here."""
    if _is_generic(name):
        home = owner_of(root)
        if not home and (same := register.organisation(name)) is not None and not same.id:
            return same, f"short for {same.name}"
        if home and home != found[0].country:
            found = [each for each in found if each.country == home] or _body_of(name, home)
            if not found:
                actor = Actor(f"{name} of {countries.name_of(home)}", ActorKind.ORGANISATION, home)
                register.see_organisation(actor, name, actor.name)
                return actor, f"the {name} of {countries.name_of(home)}"
    actor = Actor(found[0].name, found[0].kind, found[0].country, found[0].id)
    register.see_organisation(actor, found[0].name, *found[0].names)
    return actor, "known by name"


def _spoken_of(found: Sequence[Organisation], spoken: frozenset[str]) -> Sequence[Organisation]:
    """Of several of one name ("ADF") the one of a country that the article speaks of, else all."""
    near = [each for each in found if each.country in spoken]
    return near if len(near) == 1 and found[0].country else found


def _body_of(name: str, home: str) -> list[Organisation]:
    """What we know by a country's name or nationality with another name: "Peruvian Congress", "Congress of Peru"."""
    land = countries.get(home)
    called = (f"{name} of {land.name}", f"{land.name} {name}", *(f"{demonym} {name}" for demonym in land.demonyms))
    return [each for words_ in called for each in known_organisations(words_) if each.country == home]


def _place(name: str) -> Resolved:
    entries = places.lookup(name)
    return None, f"a place in {countries.name_of(entries[0].country)}" if entries and entries[0].country else "a place"


def _person(name: str, title: str, root: Token, reading: Reading) -> Resolved:
    register = reading.register
    single = len(name.split()) == 1
    short, reason = register.person(name, gender_of(title))
    if short is not None or (single and reason):
        return short, reason
    if single:
        if root.dep_ == "compound" and root.head.lemma_.lower() in words("politics", "rule") and (code := led(name)):
            return homonyms.country(code), f"the country that {name} led"
        ruler = ruling(name, title, nationality(root), reading)
        if ruler is not None and (title or root.dep_ in ("compound", "poss")):
            actor = actor_of(ruler)
            register.see_person(actor, ruler.name)
            return actor, f"in office on {reading.published}"
        entries = places.lookup(name)
        if entries and not title and entries[0].population > _CITY:
            return _place(name)
        if (many := open_surname(name)) and not given_gender(name):
            return None, many
    actor = Actor(name, ActorKind.PERSON, nationality(root))
    register.see_person(actor, name)
    return actor, "named person"


def _organisation(name: str, title: str, root: Token, reading: Reading) -> Resolved:
    register = reading.register
    if len(name.split()) == 1:
        person, reason = register.person(name, gender_of(title))
        if reason:
            return person, reason
    if (same := register.organisation(name)) is not None:
        return same, f"short for {same.name}"
    if (people := _of_person(name, register)) is not None:
        return people, f"those of {people.name.partition(' of ')[2]}"
    if (actor := ministry(name, _owner(name, root))) is not None:
        register.see_organisation(actor, name, actor.name)
        return actor, "a ministry by its name"
    if len(name.split()) == 1 and not name.isupper() and (many := open_surname(name, _COMMON)):
        return None, many
    home, short = _owner(name, root) or home_inside(name), _without_owner(name)
    land = countries.name_of(home)
    if home and _is_generic(short) and land not in short:
        short = f"{short} of {land}"
    actor = Actor(short, ActorKind.ORGANISATION, home)
    register.see_organisation(actor, name, short, _without_owner(name))
    return actor, "named organisation"


def _without_owner(name: str) -> str:
    """ "Supreme Court" of "Kenya's Supreme Court"; other names as they are."""
    owner, _, rest = name.replace("’", "'").partition("'s ")
    return rest if rest[:1].isupper() and countries.lookup(owner) is not None else name


def _is_generic(name: str) -> bool:
    """Whether many countries have a body of this name: "Supreme Court"."""
    return set(name.lower().replace("’", "'").split()) <= words("organised", "generic")


def _of_person(name: str, register: Register) -> Actor | None:
    """ "Associates of Navalny", taken for a name: a group of somebody whom the article names."""
    first, of, rest = name.partition(" of ")
    person = register.person(rest)[0] if of and first.endswith("s") and " " not in first else None
    return Actor(f"{first.lower()} of {person.name}", ActorKind.GROUP, person.country) if person else None


def _owner(name: str, root: Token) -> str:
    """ISO3 of the country in an organisation's name, beside it, or after "of": "Ministry of Defence of Russia"."""
    return country_inside(name) or nationality(root) or _after(root)


def _after(root: Token) -> str:
    ends = [t for t in root.subtree if t.dep_ == "pobj" and t.head.lower_ in ("of", "in")]
    return next((match.country.iso3 for t in ends if (match := countries.lookup(t.text)) and match.how == "name"), "")
