"""Named actors: the model's entities corrected by reference data, each led to one actor.

Canonical names: a known person, country or organisation has the name and id of the reference data; an institution of
a country is "Military of Myanmar", "Government of Russia"; others keep the article's fullest name.
"""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING

from timeline.extract.text.parsed import Parsed, Sentence
from timeline.extract.who.cast import Mention
from timeline.extract.who.lexicon import describes, given_gender, people_of, words
from timeline.extract.who.nationality import country_inside, nationality
from timeline.extract.who.register import Register
from timeline.extract.who.spans import ranges, repeated
from timeline.model import Actor, ActorKind
from timeline.model.actor import fold
from timeline.reference import countries, organisations, people, places
from timeline.reference.titles import role_of, strip_title, titles

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

_PLACE_LABELS = frozenset({"GPE", "LOC", "FAC"})
_RULING = ("head_of_state", "head_of_government", "de_facto_leader")
_CITY = 500_000
Resolved = tuple[Actor | None, str]


def named(parsed: Parsed, published: date | None) -> list[Mention]:
    """Mentions of named actors in text order; places that are no actors have none and the reason "a place"."""
    found: list[Mention] = []
    register = Register()
    pieces = _pieces(parsed)
    seen = _labels(pieces)
    for full in (True, False):
        for sentence, first, last in pieces:
            if full is not (len(_name_of(sentence.block.doc[first : last + 1].text).split()) > 1):
                continue
            mention = _mention(sentence, first, last, _Reading(register, seen, published))
            if mention.actor is not None and mention.actor.kind in (ActorKind.ORGANISATION, ActorKind.GROUP):
                _introduce(mention, register)
            found.append(mention)
    return sorted(found, key=lambda m: (m.sentence.index, m.first))


def _pieces(parsed: Parsed) -> list[tuple[Sentence, int, int]]:
    """Every name, with those that the model sees in one sentence only and that others repeat."""
    pieces = [(s, first, last) for s in parsed.sentences for first, last in ranges(s)]
    names: set[str] = set()
    taken: dict[int, set[int]] = {}
    for sentence, first, last in pieces:
        doc = sentence.block.doc
        taken.setdefault(sentence.index, set()).update(range(first, last + 1))
        if doc[last].ent_type_ == "PERSON" or first == last:
            names.update(t.text for t in doc[first : last + 1] if len(t) > 1)
        if acronym := _bracketed(doc, last):
            names.add(acronym)
    for sentence in parsed.sentences:
        pieces += [(sentence, *each) for each in repeated(sentence, taken.get(sentence.index, set()), names)]
    return pieces


def _labels(pieces: list[tuple[Sentence, int, int]]) -> dict[str, set[str]]:
    """Which labels the model gives to each name in the article."""
    seen: dict[str, set[str]] = {}
    for sentence, first, last in pieces:
        doc = sentence.block.doc
        seen.setdefault(fold(doc[first : last + 1].text), set()).add(doc[last].ent_type_)
    return seen


class _Reading:
    """What is known while the names of one article are read."""

    def __init__(self, register: Register, labels: dict[str, set[str]], published: date | None) -> None:
        self.register, self.labels, self.published = register, labels, published


def _introduce(mention: Mention, register: Register) -> None:
    """ "World Health Organization (WHO)": the acronym in brackets is the same actor."""
    acronym = _bracketed(mention.sentence.block.doc, mention.last)
    if acronym and mention.actor is not None:
        register.alias(acronym, mention.actor)


def _bracketed(doc: Doc, last: int) -> str:
    """The acronym in brackets just after a token, "" without one."""
    if last + 3 >= len(doc) or doc[last + 1].text != "(" or doc[last + 3].text != ")":
        return ""
    return doc[last + 2].text if doc[last + 2].text[:2].isupper() else ""


def _name_of(text: str) -> str:
    bare = re.sub(r"['’]s?$", "", text.strip()).strip(" ,.;:\"'“”()")
    bare = re.sub(r"^(the|The|a|an)\s+", "", bare)
    return strip_title(bare)[1]


def _mention(sentence: Sentence, first: int, last: int, reading: _Reading) -> Mention:
    doc = sentence.block.doc
    piece = doc[first : last + 1]
    actor, reason = _resolve(sentence, first, last, reading)
    return Mention(
        sentence=sentence,
        span=sentence.span_of(doc[first], doc[last]),
        head=piece.root.i,
        first=first,
        last=last,
        words=piece.text,
        actor=actor,
        reason=reason,
    )


def _resolve(sentence: Sentence, first: int, last: int, reading: _Reading) -> Resolved:
    doc, register = sentence.block.doc, reading.register
    piece = doc[first : last + 1]
    name = _name_of(piece.text)
    title = _title_before(sentence, first, piece.text)
    if not name:
        return None, "no name"
    if name == "West" and first and doc[first - 1].lower_ == "the":
        return Actor("Western nations", ActorKind.GROUP), "the West"
    if describes(name):
        return None, "part of the world, no actor"
    if match := countries.lookup(piece.text) or countries.lookup(name):
        return _country(match, piece.root)
    if (introduced := register.introduced(name)) is not None and name.isupper():
        return introduced, f"introduced in brackets or by its initials: {introduced.name}"
    if (known := people.lookup(name)) and (len(name.split()) > 1 or len(known) == 1):
        return _known_person(known, name, title, reading)
    if (home := people_of(name)) is not None and not title:
        return Actor(name, ActorKind.GROUP, home), "a people or faith"
    label = _label(piece[0].ent_type_ or doc[last].ent_type_, name, title, piece.root, reading)
    if label != "PERSON" and (known_organisations := _organisations(name)):
        found = known_organisations[0]
        actor = Actor(found.name, found.kind, found.country, found.id)
        register.see_organisation(actor, found.name, *found.names)
        return actor, "known by name"
    if label == "PERSON":
        return _person(name, title, piece.root, reading)
    if label == "ORG" and name.split()[-1].lower() in words("things"):
        return None, "a law, treaty or prize"
    if label == "ORG":
        return _organisation(name, piece.root, register)
    if label == "NORP":
        short, reason = register.person(name)
        if reason:
            return short, reason
        if places.lookup(name):
            return None, "a place or a group"
        return Actor(name, ActorKind.GROUP, ""), "named group"
    if label in _PLACE_LABELS:
        entries = places.lookup(name)
        return None, f"a place in {countries.name_of(entries[0].country)}" if entries and entries[
            0
        ].country else "a place"
    known_person, reason = register.person(name)
    return (
        (known_person, reason) if reason else (register.organisation(name), "short for an organisation named in full")
    )


def _organisations(name: str) -> tuple[organisations.Organisation, ...]:
    """By the name as it is, else in the other spelling of English ("Organisation")."""
    return organisations.lookup(name) or organisations.lookup(name.replace("rganisation", "rganization"))


def _title_before(sentence: Sentence, first: int, text: str) -> str:
    """The title before a name, inside the entity or just left of it, in lower case: "president"."""
    inside, doc = strip_title(text)[0], sentence.block.doc
    before: list[str] = []
    for i in range(first - 1, max(sentence.slice.start, first - 4) - 1, -1):
        if doc[i].text == "." or doc[i].dep_ not in ("compound", "amod", "nmod", "appos", "ROOT", "nsubj", "poss"):
            break
        before.insert(0, doc[i].text)
    for start in range(len(before)):
        words_before = " ".join(before[start:]).lower().replace(".", "")
        if words_before in titles():
            return f"{words_before} {inside.lower()}".strip()
    return inside.lower()


def _label(label: str, name: str, title: str, root: Token, reading: _Reading) -> str:
    """The model's label, corrected by the words before the name, given names and what else it is called."""
    several = len(name.split()) > 1
    organised = any(w.lower() in words("organised") for w in re.split(r"[\s-]", name))
    if label == "PERSON" and organised and several:
        return "ORG"
    personal = several and not organised and (title or given_gender(name)) and not places.lookup(name)
    if label in ("ORG", "GPE", "FAC", "LOC") and personal:
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
        return label if _organisations(name) or places.lookup(name) else "PERSON"
    if label == "PERSON" and not several and not title and _organisations(name):
        return label if reading.register.person(name)[0] else "ORG"
    if label in ("PERSON", "ORG", "NORP") and not title and _is_place(name, root, reading):
        return "GPE"
    return label


def _is_place(name: str, root: Token, reading: _Reading) -> bool:
    """A known place after "in" or "from", or called a place elsewhere in the article."""
    if not places.lookup(name) or reading.register.person(name)[0] is not None or organisations.lookup(name):
        return False
    located = root.dep_ == "pobj" and root.head.lower_ in words("located")
    return located or bool(reading.labels.get(fold(name), set()) & _PLACE_LABELS)


def _known_person(known: tuple[people.Person, ...], name: str, title: str, reading: _Reading) -> Resolved:
    chosen = known[0] if len(known) == 1 else _curated(known) or _in_office(known, title, reading.published)
    if len(name.split()) == 1:
        full, _ = reading.register.person(name)
        if full is not None and (chosen is None or full.id != chosen.id):
            return full, f"short for {full.name}"
    if chosen is None:
        return None, f"could be {' or '.join(p.name for p in known[:3])}"
    actor = Actor(chosen.name, ActorKind.PERSON, chosen.country, chosen.id)
    reading.register.see_person(actor, chosen.name, *chosen.names, name)
    return actor, "known by name"


def _curated(known: tuple[people.Person, ...]) -> people.Person | None:
    curated = [p for p in known if any(o.source == "curated" for o in people.offices(p.id))]
    return curated[0] if len(curated) == 1 else None


def _in_office(known: tuple[people.Person, ...], title: str, published: date | None) -> people.Person | None:
    """The one of several people who rules on the day of publication, in the office that a title tells."""
    if published is None or "former" in title or "ex" in title.split():
        return None
    wanted = role_of(title)
    fitting = [
        p
        for p in known
        if any(
            o.held_on(published) and o.start and o.role in ((wanted,) if wanted else _RULING)
            for o in people.offices(p.id)
        )
    ]
    return fitting[0] if len(fitting) == 1 else None


def _rulers(surname: str) -> tuple[people.Person, ...]:
    """People with a known term at the head of a country, by their last name."""
    known = people.surnamed(surname)
    return tuple(p for p in known if any(o.role in _RULING and o.start for o in people.offices(p.id)))


def _country(match: countries.CountryMatch, root: Token) -> Resolved:
    country = match.country
    actor = Actor(country.name, ActorKind.COUNTRY, country.iso3, country.iso3)
    if match.how == "metonym":
        if root.dep_ == "pobj" and (root.head.lower_ in words("locative") or _moved_on(root)):
            return None, f"a place in {country.name}"
        if root.dep_ == "dobj" and root.head.lemma_.lower() in words("politics", "visited"):
            return None, f"a place in {country.name}"
        if _in_dateline(root):
            return None, f"a place in {country.name}"
        if root.dep_ in ("appos", "npadvmod", "compound") and root.head.lemma_.lower() not in words(
            "politics", "owned"
        ):
            return None, f"a place in {country.name}"
        if root.dep_ == "poss" and root.head.lemma_.lower() not in words("politics", "owned"):
            return None, f"a place in {country.name}"
        return actor, f"seat of the government of {country.name}"
    if match.how == "demonym" and root.tag_ in ("NNS", "NNPS"):
        return Actor(root.text, ActorKind.GROUP, country.iso3), f"people of {country.name}"
    return actor, {"name": "country by name", "demonym": "nationality"}.get(match.how, match.how)


def _in_dateline(root: Token) -> bool:
    """ "BONN, Germany", "NAIROBI, August 21": a capital in capitals or with its country just after it is the town."""
    doc, i = root.doc, root.i
    if root.is_upper and len(root) > 3 and i + 1 < len(doc) and doc[i + 1].text in (",", "(", "-", "–", "—", "_"):
        return True
    return i + 2 < len(doc) and doc[i + 1].text == "," and country_inside(root.text) == country_inside(doc[i + 2].text)


def _moved_on(root: Token) -> bool:
    """ "advance on Moscow": after "on" a capital is a place where somebody moves."""
    return root.head.lower_ == "on" and root.head.head.lemma_.lower() in words("politics", "moving")


def _person(name: str, title: str, root: Token, reading: _Reading) -> Resolved:
    register = reading.register
    single = len(name.split()) == 1
    short, reason = register.person(name)
    if short is not None or (single and reason):
        return short, reason
    if single:
        ruling = _in_office(_rulers(name), title, reading.published)
        if ruling is not None and (title or root.dep_ in ("compound", "poss")):
            actor = Actor(ruling.name, ActorKind.PERSON, ruling.country, ruling.id)
            register.see_person(actor, ruling.name)
            return actor, f"in office on {reading.published}"
        entries = places.lookup(name)
        if entries and not title and entries[0].population > _CITY:
            return None, f"a place in {countries.name_of(entries[0].country)}"
    actor = Actor(name, ActorKind.PERSON, nationality(root))
    register.see_person(actor, name)
    return actor, "named person"


def _organisation(name: str, root: Token, register: Register) -> Resolved:
    if len(name.split()) == 1:
        actor, reason = register.person(name)
        if actor is not None:
            return actor, reason
    if (known := register.organisation(name)) is not None:
        return known, f"short for {known.name}"
    actor = Actor(name, ActorKind.ORGANISATION, country_inside(name) or nationality(root))
    register.see_organisation(actor, name)
    return actor, "named organisation"
