"""Articles in tables: CSV, TSV and JSON whose columns plainly are those of articles, without a mapping."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from io import BytesIO

from timeline.model import Article
from timeline.model.errors import InputError
from timeline.sources import Bad, Fit
from timeline.sources.datasets import days
from timeline.sources.decoding import LARGEST
from timeline.sources.head import Head
from timeline.sources.jsonlines import article
from timeline.sources.published import publication_day
from timeline.sources.records import Record, bad_record
from timeline.sources.records.opening import open_records

_PUBLISHED = (
    "published", "published_at", "publication_date", "publish_date", "date_published", "date_publish", "pubdate",
    "publicationdate", "publishedat", "published_date",
)  # fmt: skip
# What no table of articles has: one that does is of events.
_OF_EVENTS = (
    "latitude", "longitude", "lat", "lon", "event_type", "event_date", "actor1", "actor_1", "source_actor",
    "fatalities",
)  # fmt: skip
# What columns of articles are called, the surest name first.
NAMES: dict[str, tuple[str, ...]] = {
    "text": ("text", "body", "content", "article_text", "full_text", "fulltext", "maintext", "article_body"),
    "title": ("title", "headline", "article_title"),
    "published": (*_PUBLISHED, "date", "datetime", "timestamp"),
    "url": ("url", "link", "article_url", "web_url"),
    "publisher": (
        "publisher", "source", "outlet", "newspaper", "publication", "source_name", "domain", "source_domain",
    ),
    "language": ("language", "lang"),
    "id": ("id", "article_id", "guid", "uuid"),
}  # fmt: skip


class ArticleTableReader:
    name = "articles"
    title = "a table of articles (CSV, TSV, XLSX, JSON)"
    suffixes = (".csv", ".tsv", ".json")
    example = "timeline import articles.csv"
    extra = needs = ""
    lists = False

    def fits(self, head: Head) -> Fit:
        """By its columns: a text, and a title or a date of publication."""
        if head.start.startswith("["):
            start = head.text.casefold()
            there = {name for names in (*NAMES.values(), _OF_EVENTS) for name in names if f'"{name}":' in start}
        else:
            there = {_plain(column) for column in head.columns}
        is_one = not there.isdisjoint(NAMES["text"]) and not there.isdisjoint((*NAMES["title"], *_PUBLISHED))
        return Fit.CONTENT if is_one and there.isdisjoint(_OF_EVENTS) else Fit.NO

    def read(self, data: bytes, origin: str) -> Iterator[Article | Bad]:
        """An article a row. Raises InputError where no column is a text."""
        records = open_records(BytesIO(data), origin)
        names = told(records.columns)
        if "text" not in names:
            raise InputError(
                "no column is the text of an article", where=origin, hint="A mapping can say which: --mapping"
            )
        for each in records.rows:
            if isinstance(each, Bad):
                yield each
                continue
            try:
                yield article_of(each, names, "", origin)
            except ValueError as error:
                yield bad_record(origin, each, str(error))


def told(columns: tuple[str, ...]) -> dict[str, str]:
    """The columns that are what an article has, by their names."""
    there = {_plain(column): column for column in reversed(columns)}
    return {key: there[name] for key, names in NAMES.items() for name in reversed(names) if name in there}


def _plain(column: str) -> str:
    return column.strip().casefold().replace(" ", "_")


def article_of(record: Record, names: dict[str, str], form: str, origin: str) -> Article:
    """A row's article; `form` says how its day is written, "" as metadata writes it. Raises ValueError."""
    said = {key: record.cells.get(column, "") for key, column in names.items() if column}
    text = said.get("text", "")
    if not text.strip():
        raise ValueError("it has no text")
    if len(text) > LARGEST:
        raise ValueError("its text is too long for one article")
    words, language = said.get("published", ""), said.get("language", "")
    day = _day(words, language, form) if words else None
    return article(said, day, origin, record.number)


def _day(words: str, language: str, form: str) -> date:
    if form:
        return days.day_of(words, form)
    try:
        return publication_day(words, language)
    except ValueError as error:
        raise ValueError(f"the date {words[:40]!r} {error}") from error
