"""Named actors: the model's entities corrected by reference data, each led to one actor.

Canonical names: a known person, country or organisation has the name and id of the reference data; an institution of
a country is "Military of Myanmar", "Government of Russia"; others keep the article's fullest name.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from timeline.extract.text.parsed import BlockKind, Parsed, Sentence
from timeline.extract.who.cast import Mention
from timeline.extract.who.homonyms import states_of
from timeline.extract.who.lexicon import given_gender, words
from timeline.extract.who.nationality import nationality
from timeline.extract.who.reading import Reading, bare_name, title_before
from timeline.extract.who.register import Register
from timeline.extract.who.resolving import resolve
from timeline.extract.who.spans import ranges, repeated
from timeline.model import ActorKind
from timeline.model.actor import fold
from timeline.reference import countries, people

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

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
    return _at_home(sorted(found, key=lambda m: (m.sentence.index, m.first)))


def _pieces(parsed: Parsed) -> list[Piece]:
    """Every name, with those that the model sees in one sentence only and that others repeat."""
    pieces = [(s, first, last) for s in parsed.sentences for first, last in ranges(s)]
    pieces = sorted(_as_in_the_body(parsed, pieces), key=lambda piece: (piece[0].index, piece[1]))
    names: set[str] = set()
    surnames: set[str] = set()
    taken: dict[int, set[int]] = {}
    for sentence, first, last in pieces:
        doc = sentence.block.doc
        taken.setdefault(sentence.index, set()).update(range(first, last + 1))
        text = doc[first : last + 1].text
        personal = doc[last].ent_type_ == "PERSON" or first == last or given_gender(text)
        if personal or title_before(sentence, first, text) or people.lookup(text) or people.lookup(bare_name(text)):
            names.update(t.text for t in doc[first : last + 1] if len(t) > 1)
            surnames.update({doc[last].text} if last > first else ())
        if acronym := _bracketed(doc, last):
            names.add(acronym)
    for sentence in parsed.sentences:
        if not names:
            break
        pieces += [(sentence, *each) for each in repeated(sentence, taken.get(sentence.index, set()), names, surnames)]
    return pieces


def _as_in_the_body(parsed: Parsed, pieces: list[Piece]) -> Iterator[Piece]:
    """The pieces, those of the headline cut as the body cuts the same words ("Real Madrid")."""
    wholes: dict[str, set[tuple[str, ...]]] = {}
    for sentence, first, last in pieces:
        words_of = tuple(t.text for t in sentence.block.doc[first : last + 1])
        if sentence.kind is BlockKind.BODY and len(words_of) > 1:
            wholes.setdefault(words_of[0], set()).add(words_of)
    titles = [s for s in parsed.sentences if s.kind is BlockKind.TITLE]
    mended = {(s.index, i): last for s in titles for i, last in _wholes(s, wholes)}
    covered = {(index, i) for (index, first), last in mended.items() for i in range(first, last + 1)}
    for sentence, first, last in pieces:
        if not covered & {(sentence.index, i) for i in range(first, last + 1)}:
            yield sentence, first, last
    yield from ((s, i, last) for s in titles for (index, i), last in mended.items() if index == s.index)


def _wholes(sentence: Sentence, wholes: dict[str, set[tuple[str, ...]]]) -> Iterator[tuple[int, int]]:
    """First and last token of every whole name of the body in a headline, the longest first."""
    tokens, done = list(sentence.slice), -1
    for n, token in enumerate(tokens):
        if token.i <= done:
            continue
        for whole in sorted(wholes.get(token.text, ()), key=len, reverse=True):
            if tuple(t.text for t in tokens[n : n + len(whole)]) == whole:
                done = tokens[n + len(whole) - 1].i
                yield token.i, done
                break


def _reading(pieces: list[Piece], published: date | None) -> Reading:
    """What can be said of the article before any name is read: labels, countries, storms, names that mean states."""
    labels: dict[str, set[str]] = {}
    spoken: set[str] = set()
    storms: set[str] = set()
    firms: set[str] = set()
    texts: list[str] = []
    for sentence, first, last in pieces:
        doc = sentence.block.doc
        text = doc[first : last + 1].text
        texts.append(text)
        labels.setdefault(fold(text), set()).add(doc[last].ent_type_)
        if (match := countries.lookup(text)) is not None:
            spoken.add(match.country.iso3)
        if _is_of_nature(doc, first, last):
            storms.add(doc[last].text)
        if first == last and _is_traded(doc[first]):
            firms.add(text)
    states = states_of(pieces, texts)
    return Reading(Register(), labels, published, frozenset(spoken), frozenset(storms), states, frozenset(firms))


def _is_of_nature(doc: Doc, first: int, last: int) -> bool:
    """ "Hurricane Maria", "eruption of Krakatoa", "Krakatoa eruption": a name of a storm or volcano."""
    before = {doc[i].lower_ for i in (first, max(first - 1, 0))}
    beside = {doc[max(first - 2, 0)].lower_ if doc[max(first - 1, 0)].lower_ == "of" else ""}
    beside |= {doc[last + 1].lower_} if last + 1 < len(doc) else set()
    return bool(before & words("geography", "storms") or beside & words("geography", "volcanoes"))


def _is_traded(token: Token) -> bool:
    """ "bought Twitter", "the train company Thalys": what a person's name never is."""
    if token.dep_ == "dobj" and token.head.lemma_.lower() in words("organised", "traded"):
        return True
    before = token.nbor(-1).lemma_.lower() if token.i else ""
    return before in words("back", "company") or before in words("back", "organisation")


def _at_home(mentions: list[Mention]) -> list[Mention]:
    """People whom we do not know with the country that any mention of them tells."""
    homes: dict[str, str] = {}
    for mention in mentions:
        actor = mention.actor
        if actor is None or actor.kind is not ActorKind.PERSON or actor.id or actor.country or actor.key in homes:
            continue
        if code := nationality(mention.sentence.block.doc[mention.head]):
            homes[actor.key] = code
    return [
        replace(m, actor=replace(m.actor, country=homes[m.actor.key])) if m.actor and m.actor.key in homes else m
        for m in mentions
    ]


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
