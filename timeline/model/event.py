"""Reports and events: what sources say happened, and what we conclude did."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from timeline.model.actor import Participation, Unresolved
from timeline.model.article import Article, Span
from timeline.model.place import Place
from timeline.model.usage import NO_USAGE, Usage
from timeline.model.when import TimeExpression, When

# The least salience of events that are shown unasked; below lies what an article mentions in passing. The salience of
# `extract` is fitted to this line: whole events F1 66 at 0.35, 70 at 0.40, 74 at 0.45; TimeSET sentences 68, 66, 69;
# SemEval mentions with their date 30, 31, 27.
DEFAULT_SALIENCE = 0.40


class Modality(StrEnum):
    ACTUAL = "actual"
    PLANNED = "planned"
    HYPOTHETICAL = "hypothetical"
    DENIED = "denied"


@dataclass(frozen=True, slots=True)
class CountryLink:
    """A country that an event concerns (ISO 3166 alpha-3) and why.

    `by` is "actor" or "place": a country that takes part and in which it happens has two links. `reason` names every
    actor or place, joined by "; ": "actor Vladimir Putin; actor Sergei Lavrov", "place Vladivostok".
    """

    country: str
    by: str
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Report:
    """What one source says happened: one statement of an article.

    `happening` numbers the happenings of the article: reports that share it tell of one event. `span` is the
    sentence (or clause) and `trigger` the words that name the happening, both in `Article.text`. `context` are the
    countries (ISO3) that the sentence names beside a happening that has none of its own ("since the coup").
    """

    happening: int
    span: Span
    trigger: Span
    sentence: str
    words: str
    title: str
    when: When
    type: str
    kind: str
    modality: Modality
    salience: float
    actors: tuple[Participation, ...] = ()
    place: Place | None = None
    countries: tuple[CountryLink, ...] = ()
    rule: str = ""
    unresolved: tuple[Unresolved, ...] = ()
    context: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class EventReport:
    """A report of an event (by its id) with its source; `key` is the report's own public key.

    `report` reads as judgements have it. `article` is the id of the article or the name of the data set, `title` the
    article's, `url` its address or origin, `extractor` the name and version of what read it.
    """

    event: str
    key: str
    report: Report
    article: str
    title: str = ""
    url: str = ""
    publisher: str = ""
    published: date | None = None
    extractor: str = ""


@dataclass(frozen=True, slots=True)
class Extraction:
    """All that one article gave: its reports in text order, time expressions, persons' names, ISO3 countries.

    `usage` is what it took from an outside service, `refused` holds a reason for each answer of such a service that
    the article does not bear out; `failed` says why there are no reports where the service gave none, "" otherwise.
    """

    article: Article
    reports: tuple[Report, ...]
    times: tuple[TimeExpression, ...]
    persons: tuple[str, ...]
    countries: tuple[str, ...]
    extractor: str
    warnings: tuple[str, ...] = ()
    usage: Usage = NO_USAGE
    refused: tuple[str, ...] = ()
    failed: str = ""


@dataclass(frozen=True, slots=True)
class Event:
    """Something that happened, was planned or denied, derived from its reports.

    `sentence` and `words` come from the report that tells it best. `sources` counts articles and data sets,
    `reports` the statements in them; `urls` are the sources' addresses or origins, sorted. `hidden`, `confirmed` and
    `edited` (some of it is as a person set it) are a person's judgements.
    """

    title: str
    sentence: str
    when: When
    type: str
    kind: str
    modality: Modality
    salience: float
    actors: tuple[Participation, ...] = ()
    place: Place | None = None
    countries: tuple[CountryLink, ...] = ()
    id: str = ""
    reports: int = 1
    sources: int = 1
    urls: tuple[str, ...] = ()
    first_reported: date | None = None
    last_reported: date | None = None
    hidden: bool = False
    confirmed: bool = False
    edited: bool = False

    @property
    def country_codes(self) -> tuple[str, ...]:
        """The countries it concerns, each once, sorted."""
        return tuple(sorted({link.country for link in self.countries}))
