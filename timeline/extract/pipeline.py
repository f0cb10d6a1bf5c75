"""The way through the extractors: an article in, its reports out. Pure: no database, no network, no clock."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Protocol

from timeline.extract.dating import MISSING_DATE, laid_out, times_of
from timeline.extract.text import parse_many
from timeline.extract.text.parsed import Parsed
from timeline.extract.what import reports_of
from timeline.extract.what.reporting import World
from timeline.extract.where import locate
from timeline.extract.who import recognise
from timeline.model import Article, Extraction

NAME = "timeline-default"
VERSION = "8"
EXTRACTOR = f"{NAME} {VERSION}"


class Extractor(Protocol):
    """Turns articles into reports. `name` and `version` are kept with every report."""

    name: str
    version: str

    def extract(self, article: Article) -> Extraction: ...

    def extract_many(self, articles: Iterable[Article]) -> Iterator[Extraction]: ...


class DefaultExtractor:
    """Rules over spaCy's parse, with our reference data. Loads the language model at the first article."""

    name = NAME
    version = VERSION

    def extract(self, article: Article) -> Extraction:
        """All that one article gives. Raises TimelineError when the language model is missing."""
        return next(iter(self.extract_many([article])))

    def extract_many(self, articles: Iterable[Article]) -> Iterator[Extraction]:
        """The same for many articles, in their order, faster."""
        for parsed in parse_many(laid_out(article) for article in articles):
            yield self._extraction(parsed)

    def _extraction(self, parsed: Parsed) -> Extraction:
        article = parsed.article
        world = world_of(parsed)
        reports = reports_of(parsed, world)
        countries = sorted({link.country for report in reports for link in report.countries})
        return Extraction(
            article=article,
            reports=reports,
            times=tuple(world.times),
            persons=world.cast.persons,
            countries=tuple(countries),
            extractor=EXTRACTOR,
            warnings=() if article.published else (MISSING_DATE,),
        )


def world_of(parsed: Parsed) -> World:
    """What the rooms of who, where and when find in an article."""
    article = parsed.article
    cast = recognise(parsed, article.published)
    return World(cast, locate(parsed, cast), times_of(article, parsed.layout), article.published)
