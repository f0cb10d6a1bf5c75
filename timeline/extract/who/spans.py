"""Where names stand: the model's entities, cut at brackets and freed of articles and possessives, and known names."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from timeline.extract.text.parsed import BlockKind, Sentence
from timeline.extract.who.individuals import is_ship
from timeline.extract.who.lexicon import given_gender, people_of, words
from timeline.reference import countries, organisations, people, places
from timeline.reference.titles import titles

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

_LONGEST_NAME, _LONGEST_KNOWN = 6, 10  # tokens
_ACTOR_LABELS = frozenset({"PERSON", "ORG", "GPE", "NORP", "LOC", "FAC"})
_CUTTING = frozenset('()[]{}|/;:"“”')
_DASHES = frozenset("-–—")
# "Tomsk in Siberia": two places that the model takes for one name.
_PLACING = frozenset({"in", "near", "outside"})
# "the European Union on Belarus": two names that the model takes for one.
_TURNING = frozenset({"on", "against", "over", "to", "with"})
_ARTICLES = frozenset({"the", "a", "an"})
_AND = frozenset({"and", "&"})

Range = tuple[int, int]


def ranges(sentence: Sentence) -> Iterator[Range]:
    """First and last token of every name: known names by the longest match, else the model's entity."""
    doc, i, end = sentence.block.doc, sentence.slice.start, sentence.slice.end
    entities = {first: last for first, last in _joined(doc, _entities(sentence))}
    inside = {t: (first, last) for first, last in entities.items() for t in range(first, last + 1)}
    while i < end:
        if not _may_begin(doc[i]):
            i += 1
            continue
        known, entity = _known_until(sentence, i), inside.get(i)
        if entity is not None and (known is None or entity[1] > known):
            yield i if known is None and i > entity[0] else max(i, entity[0]), entity[1]
            i = entity[1] + 1
        elif known is not None:
            yield i, known
            i = known + 1
        else:
            i += 1


def repeated(sentence: Sentence, taken: set[int], names: set[str], surnames: set[str]) -> Iterator[Range]:
    """Names that the model left out although the article has a word of them elsewhere, with their neighbours."""
    doc, done = sentence.block.doc, sentence.slice.start
    for token in sentence.slice:
        if token.i < done or token.i in taken or token.text not in names:
            continue
        if not (_like_a_name(token, sentence) or (token.text in surnames and _opens(token, sentence))):
            continue
        last = token.i
        while last + 1 < sentence.slice.end and last + 1 not in taken and _like_a_name(doc[last + 1], sentence):
            last += 1
        yield token.i, last
        done = last + 1


def _like_a_name(token: Token, sentence: Sentence) -> bool:
    title = sentence.kind is BlockKind.TITLE
    named = token.pos_ == "PROPN" or (title and (token.pos_ == "NOUN" or _misread(token)))
    return token.text[:1].isupper() and (named or (token.is_upper and len(token) > 1))


def _opens(token: Token, sentence: Sentence) -> bool:
    """The bare subject at the beginning of a sentence, taken for a common noun ("Jobs resigned")."""
    bare = not any(c.dep_ in ("det", "amod", "compound", "nummod") for c in token.children)
    return token.i == sentence.slice.start and token.pos_ == "NOUN" and token.dep_ in ("nsubj", "nsubjpass") and bare


def _misread(token: Token) -> bool:
    """The first word of a headline, whose capital says nothing, taken for a verb ("Hlaing to visit Minsk")."""
    return token.pos_ == "VERB" and token.i == 0 and len(token) > 4 and token.tag_ in ("VBG", "VBN", "VBD")


def _may_begin(token: Token) -> bool:
    start = token.text[:3]
    return start != start.lower() and token.lower_ not in _ARTICLES


def _entities(sentence: Sentence) -> Iterator[Range]:
    for entity in sentence.slice.ents:
        if entity.label_ not in _ACTOR_LABELS:
            continue
        piece: list[Token] = []
        for token in entity:
            if entity.label_ == "PERSON" and len(piece) > 1 and _acronym(token):
                break
            if _cuts(token, piece):
                yield from _trimmed(piece)
                piece = []
            else:
                piece.append(token)
        if piece and (more := _continued(piece, entity.label_)):
            piece = piece + more
        if len(piece) > 1 and is_ship(piece[0], sentence) and not organisations.lookup(entity.text):
            piece = piece[1:]  # "Ferry Sewol sinks"
        yield from _trimmed(piece)


def _joined(doc: Doc, pieces: Iterator[Range]) -> Iterator[Range]:
    """ "the John and Jane Roe Foundation": two given names of which one body is called are no two names."""
    before: Range | None = None
    for piece in pieces:
        if before is not None and _calls_one_body(doc, before, piece):
            before = (before[0], piece[1])
            continue
        if before is not None:
            yield before
        before = piece
    if before is not None:
        yield before


def _calls_one_body(doc: Doc, first: Range, second: Range) -> bool:
    near = second[0] == first[1] + 2 and doc[first[1] + 1].lower_ in _AND
    given = first[0] == first[1] and all(given_gender(doc[i].text) for i in (first[0], second[0]))
    return near and given and second[1] - second[0] > 1 and doc[second[1]].lower_ in words("organised")


def _cuts(token: Token, piece: list[Token]) -> bool:
    """Brackets, quotes, dashes between spaces, "in" after a known place and "on" after a known body end a name."""
    if token.lower_ in _PLACING and piece:
        return bool(places.lookup(" ".join(t.text for t in piece)))
    if token.lower_ in _TURNING and piece:
        name = " ".join(t.text for t in piece)
        return countries.lookup(name) is not None or bool(organisations.lookup(name))
    return token.text in _CUTTING or (token.text in _DASHES and token.i > 0 and bool(token.nbor(-1).whitespace_))


def _continued(piece: list[Token], label: str) -> list[Token]:
    """The rest of a name that the model cut after a given name or title: "Aleksandr" of "Aleksandr Totkin"."""
    last = piece[-1]
    if label not in ("PERSON", "ORG", "GPE", "NORP") or last.dep_ != "compound" or last.head.i <= last.i:
        return []
    rest = list(last.doc[last.i + 1 : last.head.i + 1])
    text = " ".join(t.text for t in piece)
    begins = given_gender(text) or text.lower().rstrip(".") in titles()
    named = all(t.pos_ == "PROPN" and t.ent_type_ == "" and t.text[:1].isupper() for t in rest)
    return rest if begins and named and len(rest) < _LONGEST_NAME else []


def _acronym(token: Token) -> bool:
    """Capitals after a name in ordinary letters belong to what follows ("Jane Doe BBC correspondent")."""
    return token.is_upper and len(token) > 2 and token.is_alpha and not token.nbor(-1).is_upper


def _trimmed(piece: list[Token]) -> Iterator[Range]:
    """The piece without articles before, and possessives and punctuation at its ends."""
    while piece and (piece[0].lower_ in _ARTICLES or piece[0].is_punct or piece[0].is_space or piece[0].is_quote):
        piece = piece[1:]
    while piece and (
        piece[-1].tag_ == "POS"
        or piece[-1].is_space
        or piece[-1].is_quote
        or (piece[-1].is_punct and piece[-1].text != ".")
    ):
        piece = piece[:-1]
    if piece:
        yield piece[0].i, piece[-1].i


def _known_until(sentence: Sentence, i: int) -> int | None:
    """The last token of the longest known name that begins at token `i`."""
    doc = sentence.block.doc
    tokens = [doc[k] for k in range(i, min(i + _LONGEST_KNOWN, sentence.slice.end))]
    for length in range(len(tokens), 0, -1):
        last = tokens[length - 1]
        end = last.text
        if length > 1 and not (end[:1].isupper() or end[:1].isdigit() or "-" in end[1:]):
            continue
        text = "".join([t.text_with_ws for t in tokens[: length - 1]]) + end
        if text.endswith("$") or any(c in _CUTTING for c in text):
            continue
        if length > 1 and (people.lookup(text) or organisations.lookup(text)):
            return i + length - 1
        if countries.lookup(text) is not None and _may_name_country(sentence, i, length):
            return i + length - 1
        if length == 1 and (text == "West" and _is_the_west(last)):
            return i
        if length == 1 and _is_people(last):
            return i
        if length == 1 and last.pos_ == "PROPN" and _known_alone(text):
            return i
    return None


def _is_the_west(token: Token) -> bool:
    """ "the West" as somebody, not as a part of another name or a direction of something."""
    return (
        bool(token.i)
        and token.nbor(-1).lower_ == "the"
        and token.dep_ in ("nsubj", "nsubjpass", "dobj", "pobj", "poss", "conj")
    )


def _known_alone(text: str) -> bool:
    return len(people.lookup(text)) == 1 or (text.isupper() and bool(organisations.lookup(text)))


def _is_people(token: Token) -> bool:
    """ "Rakhine rebels": a people of one country, not a part of a longer name."""
    if not people_of(token.text) or token.dep_ not in ("amod", "compound", "nmod"):
        return False
    return token.i + 1 == len(token.doc) or token.nbor(1).text != "-"


def _may_name_country(sentence: Sentence, i: int, length: int) -> bool:
    """A single word that the model reads as a verb or a function word names none ("Polish the silver", "US" aside)."""
    token = sentence.block.doc[i]
    return length > 1 or token.pos_ in ("PROPN", "ADJ", "NOUN") or token.ent_type_ != ""
