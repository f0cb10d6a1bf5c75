"""The news of an article: what its first sentence reports, and the day of it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import TYPE_CHECKING

from timeline.extract.text.parsed import BlockKind
from timeline.extract.when.anchoring.bonds import Order
from timeline.extract.when.anchoring.happening import Anchorable, Tense, word_group
from timeline.extract.when.anchoring.narrative import News, is_name
from timeline.extract.when.anchoring.readings import as_when, within
from timeline.extract.when.anchoring.stretches import joined
from timeline.extract.when.anchoring.telling import Telling
from timeline.model import UNKNOWN_WHEN, Modality, TimeExpression, When

if TYPE_CHECKING:
    from spacy.tokens import Token

# News may tell of last month in its first sentence; a second sentence that names an older day is background.
_NEWS_DAYS = 31
_WEEK = 7
# Sentences at the top of an article that tell its news.
_TOP = 8
_APART = frozenset({"relcl", "advcl", "ccomp"})


def lead_of(tellings: Iterable[Telling], published: date | None) -> News:
    """The news of an article: what its first sentence tells, on the day that it or the next one names.

    Without such a day the news is that of the publication day.
    """
    tellings = list(tellings)
    titles = [t for t in tellings if t.sentence.kind is BlockKind.TITLE]
    body = [t for t in tellings if t.sentence.kind is BlockKind.BODY][:_TOP]
    first = body[0] if body else None
    top = [*titles, *body[:1]]
    told = [item for t in top for item in t.facts]
    retold = _retold(body[1:], told, published)
    speech = bool(told) and all(item.spoken for item in told)
    second = _second(body[1:2], published, speech=speech)
    dates = [*_dates(first, published), *retold, *_reported(first, published), *second]
    day = UNKNOWN_WHEN if published is None else When.of(published.isoformat(), reason="the publication day")
    return News(
        when=next(iter(dates), day),
        reported=bool(dates or any(t.facts for t in titles) or any(item.tense is Tense.PAST for item in told)),
        perfect=any(item.tense is Tense.PERFECT for item in (first.facts if first else ())),
        upheaval=any(_upheaval(t) for t in top),
        names=frozenset(t.text for each in top for t in each.sentence if is_name(t)),
    )


def _upheaval(telling: Telling) -> bool:
    """Whether the news is an attack or a disaster itself; "arrested over last year's attack" is none."""
    for position, item in enumerate(telling.items):
        # "A fire engulfed ten houses": whatever the verb, the news is of the fire.
        if item.main and any(t.lemma_.lower() in word_group("upheaval") for t in item.subjects):
            return True
        bond = telling.bonds.get(position)
        above = telling.items[bond.other] if bond is not None and bond.order is Order.SAME else None
        of_news = item.main or (above is not None and above.main and not (above.spoken or above.verdict))
        if item.upheaval and of_news and item.modality is Modality.ACTUAL:
            return True
    return False


def _dates(telling: Telling | None, published: date | None) -> Iterator[When]:
    """The dates that a first sentence gives its news, the surest first."""
    if telling is None:
        return
    main = [
        when
        for when, item in telling.main_dates(published)
        if item is None or not (_only_tells(telling, item) or _torn_off(item.told))
    ]
    said = [*_said(telling), telling.attached.attribution]
    times = joined(telling.sentence, telling.times)
    loose = [as_when(t) for t in times if t.edtf and t not in said and _is_loose(telling, t)]
    for when in (*main, *loose):
        if within(when, _NEWS_DAYS, published):
            yield when


def _reported(telling: Telling | None, published: date | None) -> Iterator[When]:
    """The day on which the news of a first sentence was told, where nothing names its own."""
    said = () if telling is None else (*_said(telling), telling.attached.attribution)
    for when in (as_when(time) for time in said if time is not None and time.edtf):
        if within(when, _NEWS_DAYS, published):
            yield when


def _said(telling: Telling) -> list[TimeExpression]:
    own = telling.attached.own
    return [own[k] for k, item in enumerate(telling.items) if k in own and _only_tells(telling, item)]


def _only_tells(telling: Telling, item: Anchorable) -> bool:
    """ "Rebels killed ten people, the army said on Monday": who says it is not the news."""
    return item.told.lemma_ in word_group("attribution") and any(
        other is not item and other.main and not other.spoken for other in telling.items
    )


def _retold(body: Iterable[Telling], told: Sequence[Anchorable], published: date | None) -> Iterator[When]:
    """The dates of what the news names again soon after: "... blew up buildings. [...] The blast occurred Friday"."""
    lemmas = {item.head.lemma_.lower() for item in told}
    upheaval = any(item.upheaval for item in told)
    for telling in body:
        for when, item in telling.main_dates(published):
            again = item is not None and (item.head.lemma_.lower() in lemmas or (upheaval and item.upheaval))
            if again and item is not None and not item.spoken and within(when, _WEEK, published):
                yield when


def _second(second: Iterable[Telling], published: date | None, *, speech: bool) -> Iterator[When]:
    """The dates of the second sentence; those of what it quotes only where the news is `speech` itself."""
    for telling in second:
        for when, item in telling.main_dates(published):
            if (item is None or not item.spoken or (speech and item.by_pronoun)) and within(when, _WEEK, published):
                yield when


def _is_loose(telling: Telling, time: TimeExpression) -> bool:
    """Whether an expression stands in the main clause, however the parser hung it there."""
    tokens = telling.tokens_of(time)
    above = (tokens[-1], *tokens[-1].ancestors) if tokens else ()
    return bool(tokens) and not any(_apart(t) or _launched(t, tokens[0]) for t in above)


def _launched(verb: Token, first: Token) -> bool:
    """ "An offensive launched last week": the expression stands right behind a participle of another noun."""
    told = verb.lemma_ in word_group("attribution") | word_group("issued")
    return verb.dep_ == "acl" and verb.tag_ == "VBN" and 0 < first.i - verb.i <= 2 and not told


def _torn_off(verb: Token) -> bool:
    """A clause after "after", which the parser took for a preposition: "has left after he was attacked on Friday"."""
    between = verb.doc[verb.head.i + 1 : verb.i] if verb.dep_ == "ccomp" and verb.head.i < verb.i else ()
    return any(t.lower_ in ("after", "before", "since") and t.dep_ == "prep" for t in between)


def _apart(token: Token) -> bool:
    return token.dep_ in _APART or (token.dep_ in ("compound", "nmod", "amod", "poss") and token.head.pos_ != "NUM")
