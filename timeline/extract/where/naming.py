"""Names that may be places, each with what its sentence says beside it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from timeline.extract.text.parsed import Parsed, Sentence
from timeline.extract.where.lexicon import words
from timeline.model import ActorKind, Span
from timeline.model.actor import fold
from timeline.reference import countries, places, regions
from timeline.reference.regions import Region

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

    from timeline.extract.who import Cast, Mention

_SURE_LABELS = frozenset({"GPE", "LOC", "FAC"})
_LABELS = _SURE_LABELS | {"PERSON", "ORG"}
_CITY = 100_000
_POSSESSIVE = re.compile(r"['’]s?$")
_ARTICLE = re.compile(r"^the\s+", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Beside:
    """The country (ISO3) or state that a sentence names beside a place; "" and None where it names none."""

    country: str = ""
    region: Region | None = None


@dataclass(frozen=True, slots=True)
class Name:
    """Words that may name a place. `article` tells whether "the" goes before, `surely` whether they name a place at
    all even if we do not know it, `called` the noun that introduces it ("the state of"), `seat` the country (ISO3)
    whose government they rather stand for."""

    words: str
    span: Span
    sentence: Sentence | None = None
    head: int = -1
    beside: Beside = field(default_factory=Beside)
    article: bool = False
    surely: bool = False
    called: str = ""
    seat: str = ""

    @property
    def explained(self) -> bool:
        """Whether its sentence says where it lies."""
        return bool(self.beside.country or self.beside.region)

    @property
    def bare(self) -> str:
        """Without possessive and article."""
        return _ARTICLE.sub("", _POSSESSIVE.sub("", self.words.strip()))

    @property
    def key(self) -> str:
        return fold(self.bare)


def names(parsed: Parsed, cast: Cast) -> Iterator[Name]:
    """Every name of the article that may be a place, in text order of its sentences."""
    persons = _surnames(parsed)
    for sentence in parsed.sentences:
        taken: set[int] = set()
        for mention in cast.of(sentence):
            if mention.first in taken or not _may_be_place(sentence, mention, persons):
                continue
            name = _name(sentence, mention.first, mention.last, mention.head)
            root = sentence.block.doc[name.head]
            if root.ent_type_ == "PERSON" and not (name.explained or _located(root, "surely") or _is_city(name)):
                continue
            taken.update(range(mention.first, mention.last + 1))
            acts = mention.actor is not None and not _located(root, "surely")
            yield replace(name, seat=_seat_of(name)) if acts else name
        acting = _tokens(m for m in cast.of(sentence) if m.actor is not None)
        people = _tokens(m for m in cast.of(sentence) if m.actor is not None and m.actor.kind is ActorKind.PERSON)
        for entity in sentence.slice.ents:
            own = set(range(entity.start, entity.end))
            if entity.label_ not in _LABELS or own & taken or (entity.label_ == "PERSON" and own & people):
                continue
            if (entity.label_ in _SURE_LABELS and entity.start not in acting) or _located(entity.root):
                yield _name(sentence, entity.start, entity.end - 1, entity.root.i)


def _tokens(mentions: Iterable[Mention]) -> set[int]:
    return {i for m in mentions for i in range(m.first, m.last + 1)}


def dateline(parsed: Parsed) -> Name | None:
    """The place of the article's dateline: "TRIPOLI, Lebanon"."""
    layout = parsed.layout
    if layout.dateline is None or not layout.dateline_place:
        return None
    town, _, rest = layout.dateline_place.partition(",")
    start = parsed.article.text.find(town, layout.dateline.start)
    span = Span(start, start + len(town)) if start >= 0 else layout.dateline
    spoken = town.title() if town.isupper() else town
    return Name(spoken, span, beside=_beside(rest.strip(" ,./"), town), surely=True)


def _surnames(parsed: Parsed) -> frozenset[str]:
    """Last words of the people that the article names with several."""
    people = (
        e
        for s in parsed.sentences
        for e in s.slice.ents
        if e.label_ == "PERSON" and len(e) > 1 and " of " not in e.text
    )
    return frozenset(fold(e.text).split()[-1] for e in people if fold(e.text))


def _may_be_place(sentence: Sentence, mention: Mention, persons: frozenset[str]) -> bool:
    """A country, or a name that no actor bears; neither a nationality nor a person's surname."""
    root = sentence.block.doc[mention.head]
    if root.pos_ == "PRON" or (mention.actor is not None and mention.actor.kind is not ActorKind.COUNTRY):
        return False
    match = countries.lookup(_ARTICLE.sub("", _POSSESSIVE.sub("", mention.words)))
    if match is not None and match.how == "demonym":
        return False
    return not (fold(mention.words) in persons and mention.first == mention.last and not _located(root))


def _seat_of(name: Name) -> str:
    """The country (ISO3) whose government is told by its seat, "" for other names."""
    match = countries.lookup(name.bare)
    return match.country.iso3 if match is not None and match.how == "metonym" else ""


def _is_city(name: Name) -> bool:
    """Whether a city is called just so, which a name taken for a person's must be to be a place."""
    return any(entry.name == name.bare and entry.population > _CITY for entry in places.lookup(name.bare))


def _located(root: Token, *how: str) -> bool:
    """Whether a noun, or one that it is joined to, goes after a preposition of place, of these groups or of any, or
    stands beside one that says what it is: "in the capital, Nairobi"."""
    groups = how or ("surely", "going", "loosely")
    if root.dep_ == "appos" and root.head.lemma_.lower() in words("called"):
        root = root.head
    while root.dep_ == "conj" and root.head.pos_ == "PROPN":
        root = root.head
    return root.dep_ == "pobj" and any(root.head.lower_ in words("locating", group) for group in groups)


def _name(sentence: Sentence, first: int, last: int, head: int) -> Name:
    """A name from its first to its last token, cut at a comma and freed of the article: "Washington" of
    "Washington, D.C."."""
    doc = sentence.block.doc
    first += doc[first].lower_ == "the" and first < last
    last = next((i - 1 for i in range(first + 1, last) if doc[i].text == ","), last)
    head = head if first <= head <= last else doc[first : last + 1].root.i
    before = _before(sentence, first)
    beside = _after(sentence, last)
    token = doc[head]
    return Name(
        words=doc[first : last + 1].text,
        span=sentence.span_of(doc[first], doc[last]),
        sentence=sentence,
        head=head,
        beside=beside if beside.country or beside.region else before[0],
        article=first > sentence.slice.start and doc[first - 1].lower_ == "the",
        surely=token.ent_type_ in _SURE_LABELS and token.pos_ == "PROPN",
        called=before[1],
    )


def _before(sentence: Sentence, first: int) -> tuple[Beside, str]:
    """What goes before: "Lebanon's Tripoli", "Indian-administered Kashmir", "the Lebanese port city of Tripoli"."""
    doc, start = sentence.block.doc, sentence.slice.start
    i, called = first - 1, ""
    if i - 1 >= start and doc[i].lower_ == "of" and doc[i - 1].lower_ in words("called"):
        called = doc[i - 1].lower_
        i -= 2
        while i >= start and (doc[i].lower_ in words("called") or doc[i].lower_ in words("directions")):
            i -= 1
    for length in (3, 2, 1):
        if i - length + 1 >= start and doc[i].is_alpha | (doc[i].tag_ == "POS"):
            found = _nation(_POSSESSIVE.sub("", doc[i - length + 1 : i + 1].text).strip(), named=doc[i].tag_ == "POS")
            if found.country or found.region:
                return (
                    (found, called) if called or doc[i].tag_ == "POS" or doc[i].head.i >= first else (Beside(), called)
                )
    return _held(doc, start, first), called


def _held(doc: Doc, start: int, first: int) -> Beside:
    """ "Indian-administered", as one token or as three."""
    i = first - 1
    if i - 2 >= start and doc[i - 1].text == "-" and doc[i].lower_ in words("held"):
        return _nation(doc[i - 2].text)
    whose, _, how = doc[i].text.partition("-") if i >= start else ("", "", "")
    return _nation(whose) if how in words("held") else Beside()


def _nation(text: str, *, named: bool = False) -> Beside:
    """The country of a nationality ("Lebanese"), or of its name or a state's before a possessive."""
    match = countries.lookup(text)
    if match is not None and (match.how == "demonym" or (named and match.how == "name") or match.how == "code"):
        return Beside(country=match.country.iso3)
    region = regions.lookup(text) if text[:1].isupper() and named else None
    return Beside(region=region)


def _after(sentence: Sentence, last: int) -> Beside:
    """The country or state named after a place: "Yangon, Myanmar", "Tripoli, in northern Lebanon", "Paris in Texas"."""
    doc, end = sentence.block.doc, sentence.slice.end
    i, comma = last + 1, False
    if i < end and doc[i].text in (",", "("):
        i, comma = i + 1, True
    inside = i < end and doc[i].lower_ == "in"
    i += inside
    while i < end and doc[i].lower_ in words("directions") and not _names_more(doc[i : i + 2].text):
        i, inside = i + 1, inside or comma
    if i < end and doc[i].lower_ == "the":
        i += 1
    if not (comma or inside) or i >= end or not doc[i].text[:1].isupper():
        return Beside()
    for length in (3, 2, 1):
        if i + length > end or doc[i + length - 1].dep_ in ("nsubj", "nsubjpass"):
            continue
        if i + length < end and doc[i + length].tag_ == "POS":
            continue
        found = _beside(doc[i : i + length].text.strip(" ,;)"), doc[last].text)
        if found.region is not None and comma and not inside and _listed(doc, i, i + length, end, found.region):
            return Beside()
        if found.country or found.region:
            return found
    return Beside()


def _names_more(text: str) -> bool:
    """Whether a direction begins a name: "North Kivu", "South Carolina", "North Korea"."""
    return text[:1].isupper() and (regions.lookup(text, beside=True) or countries.lookup(text)) is not None


def _listed(doc: Doc, first: int, after: int, end: int, region: Region) -> bool:
    """Whether a region stands among other places, not beside its town: "in Herat, Helmand and Farah".

    News names the towns of some states so that others may follow: "Paris, Texas and Athens, Georgia".
    """
    if regions.is_state(region):
        return False
    if any(token.dep_ == "conj" for token in doc[first:after]):
        return True
    follows = doc[after : min(after + 2, end)]
    if len(follows) < 2 or follows[0].text not in (",", "and", "or") or not follows[1].is_title:
        return False
    match = countries.lookup(follows[1].text)
    return match is None or match.country.iso3 != region.country


def _beside(text: str, town: str) -> Beside:
    """The state or country that words beside a town name; a name of both is the one that has such a town."""
    region = regions.lookup(text, beside=True) if text[:1].isupper() else None
    match = countries.lookup(text)
    if region is not None and (match is None or _town_of(town, region.country, match.country.iso3)):
        return Beside(region=region)
    return Beside(country=match.country.iso3) if match is not None and match.how == "name" else Beside()


def _town_of(name: str, country: str, other: str) -> bool:
    """Whether a country has a town of a name that the other has not ("Atlanta, Georgia")."""
    homes = {entry.country for entry in places.lookup(name)}
    return country in homes and other not in homes
