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


def evidence(connection: Connection, event: int) -> Iterator[Evidence]:
    """All that is known of each report of an event (row)."""
    from timeline.store import publications

    found = list(_cited(connection, ReportRow.event_id == event, judged.Judged(connection)))
    articles = {row["article_id"] for _, _, row in found} - {None}
    elsewhere = publications.elsewhere(connection, articles)
    for told, read, row in found:
        sourced = told.sourced
        yield Evidence(
            key=told.key,
            report=sourced.report,
            article_id=row["public_id"] or "",
            title=row["title"] or (sourced.source if row["public_id"] is None else ""),
            url=row["url"] or row["row_url"] or "",
            origin=row["origin"] or "",
            publisher=row["publisher"] or "",
            published=sourced.published,
            published_from=row["published_from"] or "",
            language=row["language"] or "",
            extractor=row["extractor"],
            run=row["run_id"],
            read=read.report,
            elsewhere=elsewhere.get(row["article_id"], ()),
        )


def reports_of(connection: Connection, events: Iterable[Event]) -> Iterator[EventReport]:
    """In the order of the events, those of one as `load_reports` has them."""
    coming, reading = iter(events), judged.Judged(connection)
    while page := [event.id for event in islice(coming, _PAGE)]:
        found = _by_event(connection, page, reading)
        for event in page:
            yield from found.get(event, ())


def _by_event(connection: Connection, events: list[str], reading: judged.Judged) -> dict[str, list[EventReport]]:
    wanted = select(EventRow.id, EventRow.public_id).where(EventRow.public_id.in_(events))
    ids = {row: public for row, public in connection.execute(wanted)}
    found: dict[str, list[EventReport]] = defaultdict(list)
    for told, read, row in _cited(connection, ReportRow.event_id.in_(ids), reading):
        event = ids[told.event or 0]
        found[event].append(
            EventReport(
                event=event,
                key=told.key,
                report=read.report,
                article=read.source,
                title=row["title"] or "",
                url=read.url,
                publisher=row["publisher"] or "",
                published=read.published,
                extractor=row["extractor"],
            )
        )
    return found


def _cited(connection: Connection, within: Any, reading: judged.Judged) -> Iterator[tuple[Told, Sourced, RowMapping]]:
    """Each report that fulfils a condition, as it was extracted, as judgements have it, and what is kept beside."""
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
    for told, read in zip(loaded, reading.read(told.sourced for told in loaded), strict=True):
        yield told, read, beside[told.row]
