"""Named actors: the model's entities corrected by reference data, each led to one actor.

Canonical names: a known person, country or organisation has the name and id of the reference data; an institution of
a country is "Military of Myanmar", "Government of Russia"; others keep the article's fullest name.
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from timeline.extract.text.parsed import Parsed, Sentence
from timeline.extract.who.cast import Mention
from timeline.extract.who.homonyms import states_of
from timeline.extract.who.lexicon import given_gender, words
from timeline.extract.who.reading import Reading, bare_name, title_before
from timeline.extract.who.register import Register
from timeline.extract.who.resolving import resolve
from timeline.extract.who.spans import ranges, repeated
from timeline.model import ActorKind
from timeline.model.actor import fold
from timeline.reference import countries, people

if TYPE_CHECKING:
    from spacy.tokens import Doc

Piece = tuple[Sentence, int, int]


def named(parsed: Parsed, published: date | None) -> list[Mention]:
    """Mentions of named actors in text order; places that are no actors have none and the reason "a place"."""
    found: list[Mention] = []
    pieces = _pieces(parsed)
    reading = _reading(pieces, published)
    for full in (True, False):
        for sentence, first, last in pieces:
            if full is not (len(bare_name(sentence.block.doc[first : last + 1].text).split()) > 1):
                continue
            mention = _mention(sentence, first, last, reading)
            if mention.actor is not None and mention.actor.kind in (ActorKind.ORGANISATION, ActorKind.GROUP):
                _introduce(mention, reading.register)
            found.append(mention)
    return sorted(found, key=lambda m: (m.sentence.index, m.first))


def _pieces(parsed: Parsed) -> list[Piece]:
    """Every name, with those that the model sees in one sentence only and that others repeat."""
    pieces = [(s, first, last) for s in parsed.sentences for first, last in ranges(s)]
    names: set[str] = set()
    taken: dict[int, set[int]] = {}
    for sentence, first, last in pieces:
        doc = sentence.block.doc
        taken.setdefault(sentence.index, set()).update(range(first, last + 1))
        text = doc[first : last + 1].text
        personal = doc[last].ent_type_ == "PERSON" or first == last or given_gender(text)
        if personal or title_before(sentence, first, text) or people.lookup(text) or people.lookup(bare_name(text)):
            names.update(t.text for t in doc[first : last + 1] if len(t) > 1)
        if acronym := _bracketed(doc, last):
            names.add(acronym)
    for sentence in parsed.sentences:
        if not names:
            break
        pieces += [(sentence, *each) for each in repeated(sentence, taken.get(sentence.index, set()), names)]
    return pieces


def _reading(pieces: list[Piece], published: date | None) -> Reading:
    """What can be said of the article before any name is read: labels, countries, storms, names that mean states."""
    labels: dict[str, set[str]] = {}
    spoken: set[str] = set()
    storms: set[str] = set()
    texts = []
    for sentence, first, last in pieces:
        doc = sentence.block.doc
        text = doc[first : last + 1].text
        texts.append(text)
        labels.setdefault(fold(text), set()).add(doc[last].ent_type_)
        if (match := countries.lookup(text)) is not None:
            spoken.add(match.country.iso3)
        if words("geography", "storms") & {doc[first].lower_, doc[max(first - 1, 0)].lower_}:
            storms.add(doc[last].text)
    return Reading(Register(), labels, published, frozenset(spoken), frozenset(storms), states_of(pieces, texts))


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


def _mention(sentence: Sentence, first: int, last: int, reading: Reading) -> Mention:
    doc = sentence.block.doc
    piece = doc[first : last + 1]
    actor, reason = resolve(sentence, first, last, reading)
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
