"""What linking looks at: one happening of one source, with all that tells it from others."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from timeline.model import Actor, ActorKind, Event, Modality, Participation, Place, Role, Span, When
from timeline.model.actor import acting, fold
from timeline.model.merging import Sourced
from timeline.reference import countries, kinds
from timeline.reference.wording import describes_one, noun_of

# Days: a date vaguer than that links nothing; of what happens once, than this.
LONGEST, YEAR = 62, 366
_PLANS_WITHIN = timedelta(days=6)
_NIGHT = timedelta(hours=6)
_DAY = timedelta(days=1)

_TOKEN = re.compile(r"\d+(?:[.,]\d+)*|[^\W\d_]+")
_ENDS, _CLOSES, _OPENS, _SPEAKS = ".!?:", "\"'”’)", "\"'“‘( \t\n", '"“'
_CLOCK = re.compile(r"T(\d\d):(\d\d)")
# The store knows no language: a word tells by its length, and is the same word by its first letters.
_LONG, _STEM, _NAME = 5, 6, 3
_SENTENCE = 6  # words


# The noun that a body's name or description is built on, and the body's key.
Noun = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Linkable:
    """One happening of one source, as `derive` sees it.

    `key` is the public key of its first report and decides between equals. `source` is the article or data set, which
    tells its own happenings apart; `reader` the extractor. `kinds` are those of its reports: what was done (`kind`)
    and what came of it. `people`, `bodies` (organisations and groups) and `countries` are keys, `doers` and `targets`
    those of the actors, and of their countries, who do it or to whom it is done. `described` are the bodies without a
    name of their own ("an alliance of rebels") and `named` those with one, each with the noun that this is built on.
    `place` is None where no more than the country is known. `words` are folded: numbers, names and the stems of
    longer words that are no part of an actor's or the place's name; `names` the numbers among them and what is
    written like a name; `told` the stems of the words that name the happening; `sentences` those that tell it,
    folded, if they are long enough to be known again; `beside` the countries that its sentences name where it has
    none itself. `things` are keys of things to which it is done. `news` is the day of publication where nothing but
    that dates it. `called` has the readable form of keys and words and takes no part in any decision.
    """

    key: str
    source: str
    kind: str
    kinds: frozenset[str]
    family: str
    modality: Modality
    when: When
    people: frozenset[str] = frozenset()
    bodies: frozenset[str] = frozenset()
    countries: frozenset[str] = frozenset()
    described: frozenset[Noun] = frozenset()
    named: frozenset[Noun] = frozenset()
    place: Place | None = None
    words: frozenset[str] = frozenset()
    names: frozenset[str] = frozenset()
    told: frozenset[str] = frozenset()
    doers: frozenset[str] = frozenset()
    targets: frozenset[str] = frozenset()
    reader: str = ""
    triggers: frozenset[Span] = frozenset()
    published: date | None = None
    beside: frozenset[str] = frozenset()
    things: frozenset[str] = frozenset()
    sentences: frozenset[str] = frozenset()
    news: date | None = None
    called: Mapping[str, str] = field(default_factory=dict, compare=False, repr=False)

    @classmethod
    def of(cls, key: str, event: Event, told: Sequence[Sourced]) -> Linkable:
        """Of a happening's event and the reports that it was derived from; `key` is that of the first of these."""
        family = kinds.get(event.kind).family if event.kind in kinds.all_kinds() else event.kind
        words = _words(event, told)
        told_as = {_stem(word): word for each in told for word in sorted(fold(each.report.words).split())}
        return cls(
            key=key,
            source=told[0].source,
            kind=event.kind,
            kinds=frozenset(each.report.kind for each in told),
            family=family or event.kind,
            modality=event.modality,
            when=event.when,
            people=frozenset(p.actor.key for p in event.actors if p.actor.kind is ActorKind.PERSON),
            bodies=frozenset(p.actor.key for p in event.actors if _is_body(p.actor)),
            countries=frozenset(link.country for link in event.countries),
            described=frozenset(_noun(p.actor) for p in event.actors if _is_described(p.actor)),
            named=frozenset(_noun(p.actor) for p in event.actors if _is_named(p.actor)),
            place=event.place if event.place and event.place.exactness != "country" else None,
            words=frozenset(words),
            names=frozenset(word for word, written in words.items() if word[0].isdigit() or written != written.lower()),
            told=frozenset(told_as),
            doers=_of_role(event, Role.SOURCE),
            targets=_of_role(event, Role.TARGET),
            things=frozenset(p.actor.key for p in event.actors if _is_thing(p)),
            sentences=frozenset(filter(None, (_known_again(each.report.sentence) for each in told))),
            reader=told[0].reader,
            triggers=frozenset(each.report.trigger for each in told),
            published=min((each.published for each in told if each.published), default=None),
            news=_news(event.when, told),
            beside=frozenset() if event.countries else frozenset(c for each in told for c in each.report.context),
            called=words | told_as | {p.actor.key: p.actor.name for p in event.actors},
        )

    @property
    def days(self) -> tuple[date, date] | None:
        """The first and the last day it can lie on, for an open plan those soon after; None where that is open."""
        earliest, latest = self.when.earliest, self.when.latest
        if earliest is not None and latest is None and self.modality is Modality.PLANNED:
            return earliest, date.fromordinal(min(earliest.toordinal() + _PLANS_WITHIN.days, date.max.toordinal()))
        if earliest is None or latest is None:
            return None
        return earliest, latest

    @property
    def clock(self) -> int | None:
        """Minutes after midnight, where the date says so."""
        told = _CLOCK.search(self.when.edtf.partition("/")[0])
        return int(told[1]) * 60 + int(told[2]) if told else None


def _news(when: When, told: Sequence[Sourced]) -> date | None:
    """The day of an article that tells it as its news, without a date. A row of a data set has been dated by people."""
    if when.words or when.earliest is None or when.earliest != when.latest:
        return None
    return when.earliest if any(each.report.span.end and each.published == when.earliest for each in told) else None


def _known_again(sentence: str) -> str:
    """A sentence folded, "" where it is so short that two may say it by chance."""
    words = fold(sentence).split()
    return " ".join(words) if len(words) >= _SENTENCE else ""


def _is_body(actor: Actor) -> bool:
    """An organisation, or a group that is more than "people" or "troops"."""
    if actor.kind is ActorKind.GROUP:
        return bool(actor.id or actor.country or " " in actor.name)
    return actor.kind is ActorKind.ORGANISATION


def _noun(actor: Actor) -> Noun:
    return noun_of(actor.name), actor.key


def _is_described(actor: Actor) -> bool:
    nameless = actor.kind is ActorKind.GROUP and _is_body(actor) and not (actor.id or actor.country)
    return nameless and describes_one(actor.name)


def _is_named(actor: Actor) -> bool:
    return _is_body(actor) and (actor.kind is ActorKind.ORGANISATION or bool(actor.id))


def _is_thing(p: Participation) -> bool:
    return p.actor.kind is ActorKind.THING and p.role is not Role.SOURCE


def _of_role(event: Event, role: Role) -> frozenset[str]:
    found = [p.actor for p in acting(event.actors) if p.role is role]
    return frozenset({actor.key for actor in found} | {actor.country for actor in found if actor.country})


def of_one_night(a: Linkable, b: Linkable) -> bool:
    """Whether two neighbouring days are one night by the time of day that both give."""
    first, second = a.clock, b.clock
    if first is None or second is None or a.when.earliest is None or b.when.earliest is None:
        return False
    between = (a.when.earliest - b.when.earliest) + timedelta(minutes=first - second)
    return abs(between) <= _NIGHT


def as_news(a: Linkable, b: Linkable) -> bool:
    """Whether one is told as the news of a day and the other is dated to the day before by more than that: newspapers
    tell in the morning, and agencies after midnight, what happened on the day before."""
    return _is_news_of(a, b) or _is_news_of(b, a)


def _is_news_of(news: Linkable, other: Linkable) -> bool:
    if news.news is None or other.news is not None or other.days is None or other.days[0] != other.days[1]:
        return False
    return news.news - other.days[0] == _DAY


def place_key(place: Place) -> str:
    return place.id or f"{fold(place.name)} {place.country}".rstrip()


def _words(event: Event, told: Sequence[Sourced]) -> dict[str, str]:
    """The telling words of a happening's sentences, folded, each with how it is written."""
    said = {part for name in _known(event) for part in fold(name).split()}
    said.update(part for each in told for part in fold(each.report.when.words).split())
    found: dict[str, str] = {}
    for sentence in sorted({each.report.sentence for each in told}):
        for word, written in _telling(sentence, said):
            found[word] = min(found.get(word, written), written)
    return found


def _known(event: Event) -> Iterable[str]:
    for p in acting(event.actors):
        yield from (p.actor.name, p.words)
    for code in event.country_codes:
        yield countries.name_of(code)
    if event.place:
        yield from (event.place.name, event.place.words)


def _stem(word: str) -> str:
    return word[:_STEM]


def _telling(sentence: str, said: Collection[str]) -> Iterable[tuple[str, str]]:
    """(folded, as written) of its numbers, names and longer words that are not said by names and date already."""
    tokens = [token for token in _TOKEN.finditer(sentence) if fold(token[0]) not in said]
    headline = sum(token[0][0].isupper() for token in tokens) * 2 > len(tokens)  # there a capital tells nothing
    for token in tokens:
        written = token[0]
        if written[0].isdigit():
            number = re.sub(r"\D", "", written)
            # Four digits may be a year, which the date knows better.
            if len(number) > 1 and not (len(number) == 4 and number == written and "1000" <= number <= "2100"):
                yield number, written
        elif _is_name(written, sentence, token.start(), headline):
            yield fold(written), written
        elif len(written) >= _LONG:
            yield _stem(fold(written)), written.lower()


def _is_name(written: str, sentence: str, start: int, headline: bool) -> bool:
    if written.islower() or len(written) < _NAME:
        return False
    if written[1:] != written[1:].lower():
        return True
    return written[0].isupper() and not headline and not _begins(sentence[:start])


def _begins(before: str) -> bool:
    """Whether a sentence or a quotation begins after these characters: there a capital tells nothing."""
    bare = before.rstrip(_OPENS)
    gap = before[len(bare) :]
    ended = bare.rstrip(_CLOSES)[-1:] in _ENDS and any(c.isspace() for c in gap)
    return not bare or ended or any(c in _SPEAKS for c in gap)
