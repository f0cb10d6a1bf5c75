"""The reports of many events with their sources, as judgements have them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Any

from sqlalchemy import Connection, select

from timeline.model import Event, EventReport
from timeline.store import judged
from timeline.store.reports import load_reports
from timeline.store.tables import ArticleRow, EventRow, ReportRow

_PAGE = 500


def reports_of(connection: Connection, events: Iterable[Event]) -> Iterator[EventReport]:
    """In the order of the events, those of one as `load_reports` has them."""
    coming, reading = iter(events), judged.Judged(connection)
    while page := [event.id for event in islice(coming, _PAGE)]:
        found = _told(connection, page, reading)
        for event in page:
            yield from found.get(event, ())


def _told(connection: Connection, events: list[str], reading: judged.Judged) -> dict[str, list[EventReport]]:
    wanted = select(EventRow.id, EventRow.public_id).where(EventRow.public_id.in_(events))
    ids = {row: public for row, public in connection.execute(wanted)}
    within = ReportRow.event_id.in_(ids)
    sources = _sources(connection, within)
    loaded = load_reports(connection, within)
    found: dict[str, list[EventReport]] = defaultdict(list)
    for told, read in zip(loaded, reading.read(told.sourced for told in loaded), strict=True):
        title, publisher, extractor = sources[told.row]
        event = ids[told.event or 0]
        found[event].append(
            EventReport(
                event=event,
                key=told.key,
                report=read.report,
                article=read.source,
                title=title,
                url=read.url,
                publisher=publisher,
                published=read.published,
                extractor=extractor,
            )
        )
    return found


def _sources(connection: Connection, within: Any) -> dict[int, tuple[str, str, str]]:
    """Title and publisher of the article, and the extractor, of each report (row) that fulfils a condition."""
    table = select(ReportRow.id, ArticleRow.title, ArticleRow.publisher, ReportRow.extractor)
    joined = table.outerjoin(ArticleRow, ReportRow.article_id == ArticleRow.id).where(within)
    return {row: (title or "", publisher or "", by) for row, title, publisher, by in connection.execute(joined)}
