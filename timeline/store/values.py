"""What the store is asked and what it answers: plain, frozen values without a database behind them."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from timeline.model import Actor, Modality, Report
from timeline.model.edtf import Exactness
from timeline.model.globe import Circle


class Outcome(StrEnum):
    """What became of one article; a run's `read` is the sum of the four."""

    ADDED = "added"
    UPDATED = "updated"
    UNCHANGED = "unchanged"
    QUARANTINED = "quarantined"


class RunStatus(StrEnum):
    RUNNING = "running"
    DONE = "done"
    PARTLY = "partly"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class Side:
    """Somebody who must take part: one of the actors (`Actor.key`s), or any actor of one of the countries (ISO3)."""

    countries: tuple[str, ...] = ()
    actors: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Located:
    """Where an event must have happened, in one of three ways.

    In one of the `countries` (ISO3); at a place of one of the `references` (`Place.id`s), or in the `region` of that
    name; or at a place without reference whose folded name is among `names`. The latter two lie in the country
    `within`, if given.
    """

    countries: tuple[str, ...] = ()
    references: tuple[str, ...] = ()
    names: tuple[str, ...] = ()
    region: str = ""
    within: str = ""


class Sort(StrEnum):
    """By what events are listed; those alike by date."""

    DATE = "date"
    REPORTED = "reported"
    SOURCES = "sources"
    SALIENCE = "salience"


@dataclass(frozen=True, slots=True)
class EventQuery:
    """Which events, all conditions together; the values of one field are alternatives, but every side takes part.

    `countries` are ISO 3166 alpha-3, concerned `by` an "actor", by the "place", or ("") by either; `actors` are
    `Actor.key`s. `near` keeps events at a city or site in the circle. `since` and `until` (both inclusive) keep an
    event when one of the days it may have happened on lies between them; an event about which no day is known at all
    is kept only when neither is given. Each word of `text` must occur as a whole word, without regard to case and
    accents, in the title, the sentences, or the names of its actors and place; a word that ends in * may be the
    beginning of one. `sources` are parts of what an article's publisher, address or origin, or a data set's name must
    hold, without regard to case; `min_sources` counts articles and data sets; `run` is the number of an import that
    brought one of its reports. `min_salience` lies between 0 and 1. What a person hid comes only with `hidden`, what
    no person confirmed only without `confirmed`.

    `sort` by date is the timeline's order, by anything else the most first, those alike as in the timeline; `reverse`
    turns all of it. `after` (a public id) keeps what follows that event in this order, and `limit` counts from there.
    """

    countries: tuple[str, ...] = ()
    by: str = ""
    actors: tuple[str, ...] = ()
    sides: tuple[Side, ...] = ()
    places: tuple[Located, ...] = ()
    near: Circle | None = None
    types: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()
    modalities: tuple[Modality, ...] = ()
    since: date | None = None
    until: date | None = None
    text: str = ""
    min_salience: float = 0.0
    limit: int | None = None
    reverse: bool = False
    exactness: tuple[Exactness, ...] = ()
    min_sources: int = 0
    sources: tuple[str, ...] = ()
    run: int | None = None
    sort: Sort = Sort.DATE
    after: str = ""
    hidden: bool = False
    confirmed: bool = False


@dataclass(frozen=True, slots=True)
class Publication:
    """A place where an article appeared: who published it there, when, under which title; `origin` is what it was found
    by (an address or a file's URI)."""

    publisher: str
    url: str
    published: date | None
    title: str
    origin: str


@dataclass(frozen=True, slots=True)
class Evidence:
    """One report of an event with its source: enough to find the very words again.

    `report` is as it was extracted, `read` as judgements have it. `key` is its own public key, `article_id` leads to
    `Store.article`; `extractor` is the name and version of what read the article, `run` the import that brought it in.
    `elsewhere` is where else the article appeared, in the same or nearly the same words.
    """

    key: str
    report: Report
    article_id: str
    title: str
    url: str
    origin: str
    publisher: str
    published: date | None
    published_from: str
    language: str
    extractor: str
    run: int | None
    read: Report
    elsewhere: tuple[Publication, ...] = ()


@dataclass(frozen=True, slots=True)
class CountryRow:
    """A country (ISO 3166 alpha-3), how many events concern it, and their first and last known day."""

    country: str
    events: int
    first: date | None
    last: date | None


@dataclass(frozen=True, slots=True)
class ActorRow:
    """An actor, every name that articles and judgements give it (sorted), its number of events, their first and last
    day."""

    actor: Actor
    names: tuple[str, ...]
    events: int
    first: date | None
    last: date | None


@dataclass(frozen=True, slots=True)
class Called:
    """An actor as judgements have it, and the key by which a name led to it: its own or that of one merged into it;
    `judged` where the name is a person's word."""

    actor: Actor
    key: str
    judged: bool = False


@dataclass(frozen=True, slots=True)
class Profile:
    """What is known of an actor. `spellings` are the reports' own, `types`, `kinds` and `countries` those of its
    events, `companions` who takes part in these, each with its number, the most frequent first; `first` and `last` are
    the ids of its first and last dated event, "" for none."""

    row: ActorRow
    spellings: tuple[tuple[str, int], ...]
    first: str
    last: str
    types: tuple[tuple[str, int], ...]
    kinds: tuple[tuple[str, int], ...]
    countries: tuple[tuple[str, int], ...]
    companions: tuple[tuple[Actor, int], ...]


@dataclass(frozen=True, slots=True)
class Change:
    """One side of an event (by its public id) that was told otherwise: `what`, before and after.

    "joined": the event is part of another one now, whose id is `new`; "withdrawn": no source tells of it any more;
    "back": it is an event of its own again, and `old` is where its id led, "" where it had been withdrawn.
    """

    event: str
    what: str
    old: str
    new: str


@dataclass(frozen=True, slots=True)
class Changed:
    """A change, when it came, and by which run or judgement (numbers, None for the other)."""

    change: Change
    at: datetime
    run: int | None
    judgement: int | None


@dataclass(frozen=True, slots=True)
class Joining:
    """That two reports (their keys, and the ids of their events) are or may be one event: how likely, from 0 to 1, and
    what speaks for it."""

    one: str
    other: str
    event: str
    other_event: str
    score: float
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Fetch:
    """What a server gave with an address when it was `fetched`: its validators, verbatim, and until when nothing new is
    to be expected."""

    url: str
    etag: str
    last_modified: str
    fetched: datetime
    fresh_until: datetime | None = None


@dataclass(frozen=True, slots=True)
class Counts:
    """What a run did; `read` = added + updated + unchanged + quarantined."""

    added: int = 0
    updated: int = 0
    unchanged: int = 0
    quarantined: int = 0

    @classmethod
    def of(cls, outcomes: Counter[Outcome]) -> Counts:
        """The sum of what became of each article."""
        return cls(*(outcomes[outcome] for outcome in Outcome))

    @property
    def read(self) -> int:
        return self.added + self.updated + self.unchanged + self.quarantined

    def __add__(self, other: Counts) -> Counts:
        return Counts(
            self.added + other.added,
            self.updated + other.updated,
            self.unchanged + other.unchanged,
            self.quarantined + other.quarantined,
        )


@dataclass(frozen=True, slots=True)
class Run:
    """One import: `arguments` as given by the caller, `ended` None while it runs (or after it was killed).

    `usage` is what an outside extractor took, as JSON; None for one that needs nobody. `undone` is the run that undid
    it.
    """

    id: int
    started: datetime
    ended: datetime | None
    status: RunStatus
    arguments: str
    counts: Counts
    usage: str | None = None
    undone: int | None = None


@dataclass(frozen=True, slots=True)
class QuarantineQuery:
    """Which items of the quarantine, the latest first: whose reason has all the `words`, whose origin has `origin` in
    it (both without regard to case), met last by `run`; from below the number `after`, at most `limit`."""

    words: tuple[str, ...] = ()
    origin: str = ""
    run: int | None = None
    after: int | None = None
    limit: int | None = None


@dataclass(frozen=True, slots=True)
class Quarantined:
    """Something that could not be read, kept with its reason; `data` is what was read, bytes or UTF-8 text, `run` and
    `seen` the last import that met it, `attempts` how often it was tried, `retried` when that was last asked for."""

    id: int
    origin: str
    reason: str
    data: bytes | None
    run: int | None
    seen: datetime
    retried: datetime | None
    attempts: int = 1


@dataclass(frozen=True, slots=True)
class Status:
    """The state of a store; `url` shows no password, `head` is the schema revision this program needs."""

    url: str
    revision: str
    head: str
    articles: int
    reports: int
    events: int
    actors: int
    runs: int
    quarantined: int
