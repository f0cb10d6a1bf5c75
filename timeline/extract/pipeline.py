"""The way through the extractors: an article in, its reports out. Pure: no database, no network, no clock."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Protocol

from timeline.extract.text import layout_of, parse_many
from timeline.extract.text.layout import Layout
from timeline.extract.text.parsed import Parsed
from timeline.extract.what import reports_of
from timeline.extract.what.reporting import World
from timeline.extract.when import tag
from timeline.extract.where import locate
from timeline.extract.who import recognise
from timeline.model import Article, Extraction

NAME = "timeline-default"
VERSION = "1"
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
        for parsed in parse_many(_laid_out(articles)):
            yield self._extraction(parsed)

    def _extraction(self, parsed: Parsed) -> Extraction:
        article = parsed.article
        spans = [sentence.block.span for sentence in parsed.sentences]
        times = tag(article.text, published=article.published, spans=list(dict.fromkeys(spans)))
        cast = recognise(parsed, article.published)
        world = World(cast, locate(parsed, cast), times, article.published)
        reports = reports_of(parsed, world)
        countries = sorted({link.country for report in reports for link in report.countries})
        return Extraction(
            article=article,
            reports=reports,
            times=tuple(times),
            persons=cast.persons,
            countries=tuple(countries),
            extractor=EXTRACTOR,
            warnings=() if article.published else (MISSING_DATE,),
        )


MISSING_DATE = "no publication date: relative dates stay open; give --published"


def _laid_out(articles: Iterable[Article]) -> Iterator[tuple[Article, Layout]]:
    """Each article with its layout, its publication date and title taken from the text where nobody gave them."""
    for article in articles:
        layout = layout_of(article.text, title=article.title)
        if article.published is None and layout.published is not None:
            article = replace(article, published=layout.published, published_from=layout.published_from or "text")
        if not article.title and layout.title is not None:
            article = replace(article, title=" ".join(layout.title.of(article.text).split()))
        yield article, layout
