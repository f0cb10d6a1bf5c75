"""The reports of events with their sources, as judgements have them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Any

from sqlalchemy import Connection, RowMapping, select

from timeline.model import Event, EventReport
from timeline.model.merging import Sourced
from timeline.store import judged
from timeline.store.reports import Told, load_reports
from timeline.store.tables import ArticleRow, EventRow, ReportRow
from timeline.store.values import Evidence

_PAGE = 500
_OF_ARTICLE = ("public_id", "title", "url", "origin", "publisher", "published_from", "language")


def evidence(connection: Connection, event: int) -> list[Evidence]:
    """All that is known of each report of an event (row)."""
    return _evidence(connection, ReportRow.event_id == event, judged.Judged(connection))[event]


def evidence_of(connection: Connection, events: Iterable[Event]) -> Iterator[tuple[Event, list[Evidence]]]:
    """The same of each of some events, in their order."""
    reading = judged.Judged(connection)
    for page, row_of in _pages(connection, events):
        found = _evidence(connection, ReportRow.event_id.in_(row_of.values()), reading)
        for event in page:
            yield event, found[row_of[event.id]]


def reports_of(connection: Connection, events: Iterable[Event]) -> Iterator[EventReport]:
    """In the order of the events, those of one as `load_reports` has them."""
    reading = judged.Judged(connection)
    for page, row_of in _pages(connection, events):
        found = _cited(connection, ReportRow.event_id.in_(row_of.values()), reading)
        for event in page:
            for told, read, row in found[row_of[event.id]]:
                yield EventReport(
                    event=event.id,
                    key=told.key,
                    report=read.report,
                    article=read.source,
                    title=row["title"] or "",
                    url=read.url,
                    publisher=row["publisher"] or "",
                    published=read.published,
                    extractor=row["extractor"],
                )


def _pages(connection: Connection, events: Iterable[Event]) -> Iterator[tuple[list[Event], dict[str, int]]]:
    """The events by pages, and the row of each."""
    coming = iter(events)
    while page := list(islice(coming, _PAGE)):
        rows = select(EventRow.public_id, EventRow.id).where(EventRow.public_id.in_([event.id for event in page]))
        yield page, {public: row for public, row in connection.execute(rows)}


def _evidence(connection: Connection, within: Any, reading: judged.Judged) -> dict[int, list[Evidence]]:
    """By event (row)."""
    from timeline.store import publications

    cited = _cited(connection, within, reading)
    articles = {row["article_id"] for found in cited.values() for _, _, row in found} - {None}
    elsewhere = publications.elsewhere(connection, articles)
    return defaultdict(
        list,
        {
            event: [
                Evidence(
                    key=told.key,
                    report=told.sourced.report,
                    article_id=row["public_id"] or "",
                    title=row["title"] or (told.sourced.source if row["public_id"] is None else ""),
                    url=row["url"] or row["row_url"] or "",
                    origin=row["origin"] or "",
                    publisher=row["publisher"] or "",
                    published=told.sourced.published,
                    published_from=row["published_from"] or "",
                    language=row["language"] or "",
                    extractor=row["extractor"],
                    run=row["run_id"],
                    read=read.report,
                    elsewhere=elsewhere.get(row["article_id"], ()),
                )
                for told, read, row in found
            ]
            for event, found in cited.items()
        },
    )


def _cited(
    connection: Connection, within: Any, reading: judged.Judged
) -> dict[int, list[tuple[Told, Sourced, RowMapping]]]:
    """By event (row) each report that fulfils a condition: as it was extracted, as judgements have it, and what is kept
    beside."""
    statement = (
        select(
            ReportRow.id, ReportRow.article_id, ReportRow.extractor, ReportRow.run_id, ReportRow.url.label("row_url")
        )
        .add_columns(*(ArticleRow.__table__.c[name] for name in _OF_ARTICLE))
        .outerjoin(ArticleRow, ReportRow.article_id == ArticleRow.id)
        .where(within)
    )
    beside = {row["id"]: row for row in connection.execute(statement).mappings()}
    loaded = load_reports(connection, within)
    found: dict[int, list[tuple[Told, Sourced, RowMapping]]] = defaultdict(list)
    for told, read in zip(loaded, reading.read(told.sourced for told in loaded), strict=True):
        found[told.event or 0].append((told, read, beside[told.row]))
    return found
