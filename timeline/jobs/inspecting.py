"""What a file is and how it would be read: the way of an import, without a store and only for the first items."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass, field
from itertools import islice
from typing import Any, BinaryIO

from timeline.extract.extractors import DEFAULT, extractor
from timeline.jobs.listening import shown
from timeline.jobs.reading import Reading, Rows, Through, bad, items
from timeline.model import Article, Event, Row
from timeline.model.errors import InputError
from timeline.model.merging import Sourced, derive, happenings
from timeline.sources import Bad, Gone


@dataclass(slots=True)
class Inspected:
    """One item: where it lies, what it is, what it states ("published": "2025-03-03, by its metadata"), the events
    that it tells, what could not be read (origin, reason), and what was warned of."""

    origin: str
    title: str
    read: bool = True
    stated: dict[str, str] = field(default_factory=dict)
    events: list[Event] = field(default_factory=list)
    bad: list[tuple[str, str]] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)

    def object(self) -> dict[str, Any]:
        """As JSON has it."""
        from timeline.exports.objects import event_object

        return {
            "origin": self.origin,
            "what": self.title,
            "states": self.stated,
            "events": [event_object(event) for event in self.events],
            "quarantine": [{"origin": origin, "reason": reason} for origin, reason in self.bad],
            "warnings": self.warnings,
        }


def inspect(path: str, reading: Reading, stdin: BinaryIO | None, most: int) -> Iterator[Inspected]:
    """The first `most` articles that a path names, or files of rows with their first `most` rows.

    Raises InputError where it names nothing.
    """

    def missing(error: InputError) -> None:
        raise error

    found = (item for item in items([path], reading, stdin, missing) if not isinstance(item, Through))
    for item in islice(found, most):
        if isinstance(item, Bad):
            yield Inspected(
                shown(item.origin), "it cannot be read", read=False, bad=[(shown(item.origin), item.reason)]
            )
        elif isinstance(item, Gone):
            yield Inspected(shown(item.native), "a withdrawn article")
        elif isinstance(item, Rows):
            yield _rows(item, most)
        elif isinstance(item, Article):
            yield _article(item)


def _article(article: Article) -> Inspected:
    found = Inspected(shown(article.origin), "an article")
    extraction = next(iter(extractor(DEFAULT).extract_many([article])))
    article = extraction.article
    day = f"{article.published}, by its {article.published_from}" if article.published else "unknown"
    found.stated = {
        key: value
        for key, value in {
            "title": article.title,
            "published": day,
            "publisher": article.publisher,
            "url": article.url,
            "language": article.language,
            "characters": str(len(article.text)),
        }.items()
        if value
    }
    found.events = [derive(Sourced(report) for report in reports) for reports in happenings(extraction.reports)]
    found.warnings = list(extraction.warnings)
    return found


def _rows(item: Rows, most: int) -> Inspected:
    reader, origin = item.reader, item.found.origin
    found = Inspected(shown(origin), reader.title)
    found.stated = {"data set": reader.dataset.name, "columns as in": reader.source}
    try:
        with closing(item.found.open()) as stream:
            for row in islice(reader.rows(stream, origin, found.warnings.append), most):
                if isinstance(row, Row):
                    found.events.append(derive([Sourced(row.report, reader.dataset.name, row.url, row.reported)]))
                elif isinstance(row, Gone):
                    found.stated["withdraws"] = f"{found.stated.get('withdraws', '')} {row.native}".strip()
                else:
                    found.bad.append((shown(row.origin), row.reason))
    except InputError as error:
        found.read, found.bad = False, [*found.bad, (shown(origin), bad(origin, error).reason)]
    return found
