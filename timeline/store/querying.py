"""Asking the store: what matches, in pages, and from rows to events."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from sqlalchemy import Connection, func, select

from timeline.model import CountryLink, Event, Participation
from timeline.model.actor import fold
from timeline.model.errors import AmbiguousError, NotFoundError
from timeline.store import ids, judged, rows
from timeline.store.judgements import Resolution
from timeline.store.matching import unreferenced
from timeline.store.reports import parts
from timeline.store.tables import (
    ActorEntry,
    ArticleRow,
    Dataset,
    EventActor,
    EventCountry,
    EventRedirect,
    EventRow,
    ReportRow,
)
from timeline.store.values import CountryRow, EventQuery, Sort
from timeline.store.walking import Walk

_PAGE = 500
_SHOWN = 4  # ids that an error names
_HEXADECIMAL = re.compile(r"[0-9a-f]+")
_SORTS: dict[Sort, Any] = {
    Sort.REPORTED: EventRow.last_reported,
    Sort.SOURCES: EventRow.sources,
    Sort.SALIENCE: EventRow.salience,
}
_NOTHING: dict[Sort, Any] = {Sort.REPORTED: date.min, Sort.SOURCES: 0, Sort.SALIENCE: 0.0}


def events(connection: Connection, query: EventQuery) -> Iterator[Event]:
    """Matching events in the order asked for, read in pages."""
    if query.sort is not Sort.DATE:
        yield from _loaded(connection, _sorted(connection, query))
        return
    after = row_of(connection, query.after) if query.after else None
    walk, left = Walk(connection, query), query.limit
    while left is None or left > 0:
        size = _PAGE if left is None else min(left, _PAGE)
        page = list(connection.scalars(walk.page(size, after)))
        yield from _loaded(connection, page)
        if len(page) < size:
            return
        after = page[-1]
        left = left - size if left is not None else None


def _loaded(connection: Connection, numbers: Sequence[int]) -> Iterator[Event]:
    for part in [numbers[i : i + _PAGE] for i in range(0, len(numbers), _PAGE)]:
        found = {row: event for row, event in load(connection, part)}
        yield from (found[number] for number in part)


def _sorted(connection: Connection, query: EventQuery) -> list[int]:
    """Rows by another order: the most first, those alike in timeline order; `reverse` turns all of it."""
    column = func.coalesce(_SORTS[query.sort], _NOTHING[query.sort])
    number = EventRow.id
    statement = select(number).where(number.in_(Walk(connection, query).numbers()))
    if query.after:
        last = row_of(connection, query.after)
        told = connection.execute(select(column, number).where(number == last)).one()
        behind = (column > told[0]) if query.reverse else (column < told[0])
        statement = statement.where(
            behind | ((column == told[0]) & (number < last if query.reverse else number > last))
        )
    order = (column.asc(), number.desc()) if query.reverse else (column.desc(), number.asc())
    statement = statement.order_by(*order)
    return list(connection.scalars(statement.limit(query.limit) if query.limit is not None else statement))


def row_of(connection: Connection, event_id: str) -> int:
    """The row of the event of an id, of the beginning of one, or of an id that it once had.

    Raises NotFoundError; AmbiguousError when several ids begin so.
    """
    wanted = event_id.strip().lower()
    row = connection.scalar(select(EventRow.id).where(EventRow.public_id == wanted))
    if row is None:
        row = _led_to(connection, event_id, EventRedirect.old == wanted)
    if row is None and len(wanted) >= ids.SHORTEST_PREFIX and _HEXADECIMAL.fullmatch(wanted):
        last = wanted.ljust(ids.ID_LENGTH, "f")
        begins = select(EventRow.id, EventRow.public_id).where(EventRow.public_id.between(wanted, last))
        found = connection.execute(begins.limit(_SHOWN)).all()
        if len(found) > 1:
            raise AmbiguousError(f"several events begin with {event_id!r}", hint=", ".join(str(r[1]) for r in found))
        row = found[0][0] if found else _led_to(connection, event_id, EventRedirect.old.between(wanted, last))
    if row is None:
        raise NotFoundError(
            f"no event has the id {event_id!r}", hint="'timeline show' prints ids; four characters suffice"
        )
    return int(row)


def _led_to(connection: Connection, event_id: str, old: Any) -> int | None:
    """The row of the event that ids of old lead to, None where there are none. Raises as `row_of` does."""
    new = sorted(connection.scalars(select(EventRedirect.new).where(old).distinct().limit(_SHOWN)))
    if new == [""]:
        raise NotFoundError(f"the event {event_id!r} was withdrawn by its source")
    if len(new) > 1:
        raise AmbiguousError(f"several events had ids that begin with {event_id!r}", hint=", ".join(filter(None, new)))
    return connection.scalar(select(EventRow.id).where(EventRow.public_id == new[0])) if new else None


def load(connection: Connection, numbers: Sequence[int]) -> Iterator[tuple[int, Event]]:
    """(row, event) for event rows, in no order."""
    table = EventRow.__table__
    reading = judged.resolution(connection)
    for part in parts(list(numbers)):
        actors = _actors(connection, part, reading)
        countries = _countries(connection, part)
        urls = _urls(connection, part)
        for row in connection.execute(select(table).where(table.c.id.in_(part))).mappings():
            number = row["id"]
            yield number, rows.event_of(row, actors.get(number, ()), countries.get(number, ()), urls.get(number, ()))


def _actors(connection: Connection, events_: Sequence[int], reading: Resolution) -> dict[int, list[Participation]]:
    link, actor = EventActor.__table__, ActorEntry.__table__
    statement = select(link, actor.c.key, actor.c.name, actor.c.kind, actor.c.country, actor.c.reference)
    statement = statement.join(actor, link.c.actor_id == actor.c.id).where(link.c.event_id.in_(events_))
    found: dict[int, list[Participation]] = defaultdict(list)
    for row in connection.execute(statement.order_by(link.c.event_id, link.c.position)).mappings():
        told = rows.part_of(row)
        shown = reading.shown(row["key"], told.actor)
        found[row["event_id"]].append(told if shown is told.actor else replace(told, actor=shown))
    return found


def _countries(connection: Connection, events_: Sequence[int]) -> dict[int, list[CountryLink]]:
    link = EventCountry.__table__
    found: dict[int, list[CountryLink]] = defaultdict(list)
    statement = select(link).where(link.c.event_id.in_(events_)).order_by(link.c.event_id, link.c.country)
    for row in connection.execute(statement).mappings():
        found[row["event_id"]] += rows.countries_of_row(row)
    return found


def _urls(connection: Connection, events_: Sequence[int]) -> dict[int, list[str]]:
    found: dict[int, set[str]] = defaultdict(set)
    report, article, dataset = ReportRow.__table__, ArticleRow.__table__, Dataset.__table__
    statement = (
        select(report.c.event_id, article.c.url, article.c.origin, report.c.url, dataset.c.url)
        .outerjoin(article, report.c.article_id == article.c.id)
        .outerjoin(dataset, report.c.dataset_id == dataset.c.id)
        .where(report.c.event_id.in_(events_))
    )
    for event, *addresses in connection.execute(statement):
        if address := next(filter(None, addresses), ""):
            found[event].add(address)
    return {event: sorted(each) for event, each in found.items()}


def countries(connection: Connection) -> list[CountryRow]:
    """Countries by falling number of events."""
    events_ = func.count(func.distinct(EventCountry.event_id))
    statement = (
        select(EventCountry.country, events_, func.min(EventRow.earliest), func.max(EventRow.latest))
        .join(EventRow, EventCountry.event_id == EventRow.id)
        .group_by(EventCountry.country)
        .order_by(events_.desc(), EventCountry.country)
    )
    return [CountryRow(*row) for row in connection.execute(statement)]


def place_names(connection: Connection, name: str) -> list[str]:
    """Names of places outside the reference data that are this name, in any case and without accents."""
    return sorted(each for each in unreferenced(connection) if fold(each) == fold(name))
