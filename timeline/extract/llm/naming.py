"""The actors and the place of a model's event: names that stand in the article, led to actors by our own reference."""

from __future__ import annotations

import re

from timeline.extract.llm.answers import DraftActor
from timeline.extract.llm.locating import Words
from timeline.extract.text.parsed import Parsed
from timeline.extract.where import Places
from timeline.extract.where.choosing import Context, choose
from timeline.extract.where.naming import Name
from timeline.extract.who import Cast, Mention
from timeline.model import Actor, ActorKind, Participation, Place, Span, Unresolved
from timeline.reference import countries, organisations, people, seats
from timeline.reference.titles import strip_title

_ARTICLE = re.compile(r"^(the|a|an)\s+", re.IGNORECASE)


class Names:
    """The names of an article, found by the words that a model gives."""

    def __init__(self, parsed: Parsed, words: Words, cast: Cast, places: Places) -> None:
        self._parsed, self._words, self._cast, self._places = parsed, words, cast, places
        self._context = Context.of(cast, ())

    def actors(self, draft: DraftActor, *near: Span) -> tuple[Participation | Unresolved, ...]:
        """Who takes part, several for "the two leaders"; Unresolved for a name of several actors; nobody when the
        words name nobody in the article."""
        span = self._words.find(draft.words, *near)
        if span is None:
            return ()
        words = span.of(self._parsed.article.text)
        if mentioned := self._mentions(span):
            return tuple(
                Participation(m.actor, draft.role, words, span, m.reason) for m in mentioned if m.actor is not None
            )
        found = _known(words, draft.kind, named=self._is_name(span))
        if isinstance(found, Actor):
            return (Participation(found, draft.role, words, span, "named by the model, found in the text"),)
        return (Unresolved(words, draft.role, span, found),) if found else ()

    def place(self, name: str, *near: Span) -> Place | None:
        """Where it happened; None when the words name no place that we know, or none in the article."""
        span = self._words.find(name, *near)
        if span is None:
            return None
        for sentence in self._parsed.sentences:
            for place, _ in self._places.of(sentence) if sentence.span.overlaps(span) else ():
                if place.span is not None and place.span.overlaps(span):
                    return place
        return choose(Name(span.of(self._parsed.article.text), span), self._context)

    def _is_name(self, span: Span) -> bool:
        """Whether some words hold a name, and not that of a day or month; scripts without capitals tell neither."""
        if any(c.isalpha() and c.lower() == c.upper() for c in span.of(self._parsed.article.text)):
            return True
        tokens = [token for sentence in self._parsed.sentences for token in sentence.tokens_in(span)]
        return any(token.pos_ == "PROPN" and token.ent_type_ not in ("DATE", "TIME") for token in tokens)

    def _mentions(self, span: Span) -> list[Mention]:
        """The mentions of actors that cover most of some words: one, or those that one description stands for."""
        found = [m for m in self._cast.mentions if m.actor is not None and m.span.overlaps(span)]
        if not found:
            return []
        best = max(found, key=lambda m: min(m.span.end, span.end) - max(m.span.start, span.start))
        return [m for m in found if (m.sentence, m.head, m.first) == (best.sentence, best.head, best.first)]


def _known(words: str, kind: ActorKind, *, named: bool) -> Actor | str:
    """The actor of a name; why it is none for sure; "" for words that are no name."""
    bare = re.sub(r"['’]s?$", "", _ARTICLE.sub("", " ".join(words.split())))
    name = strip_title(bare)[1]
    if (seat := seats.lookup(bare)) is not None and not seat.of_government:
        body = organisations.get(seat.organisation)
        return Actor(body.name, body.kind, body.country, body.id)
    if match := countries.lookup(bare):
        country = match.country
        return Actor(country.name, ActorKind.COUNTRY, country.iso3, country.iso3)
    known = people.lookup(name)
    if len(known) == 1:
        return Actor(known[0].name, ActorKind.PERSON, known[0].country, known[0].id)
    listed = organisations.lookup(bare)
    if not known and listed:
        return Actor(listed[0].name, listed[0].kind, listed[0].country, listed[0].id)
    if known:
        return f"could be {' or '.join(person.name for person in known[:3])}"
    return Actor(name, kind) if named and kind is not ActorKind.COUNTRY else ""
