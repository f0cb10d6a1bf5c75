"""Asking the store: what matches, in pages, and from rows to events."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import replace

from sqlalchemy import Connection, func, select

from timeline.model import CountryLink, Event, Participation
from timeline.model.actor import fold
from timeline.store import judged, rows
from timeline.store.events import parts
from timeline.store.judgements import Resolution
from timeline.store.matching import matching, unreferenced
from timeline.store.tables import (
    ActorEntry,
    ArticleRow,
    EventActor,
    EventCountry,
    EventRow,
    HappeningRow,
)
from timeline.store.values import CountryRow, EventQuery

_PAGE = 500


def events(connection: Connection, query: EventQuery) -> Iterator[Event]:
    """Matching events in timeline order, read in pages."""
    order = (EventRow.sort_day, EventRow.sort_last, EventRow.public_id)
    statement = matching(connection, select(EventRow.id), query)
    statement = (
        statement.order_by(*(column.desc() for column in order)) if query.reverse else statement.order_by(*order)
    )
    if query.limit is not None:
        statement = statement.limit(query.limit)
    numbers = list(connection.scalars(statement))
    for part in [numbers[i : i + _PAGE] for i in range(0, len(numbers), _PAGE)]:
        found = {row: event for row, event in load(connection, part)}
        yield from (found[number] for number in part)


def count(connection: Connection, query: EventQuery) -> int:
    return int(connection.scalar(matching(connection, select(func.count()).select_from(EventRow), query)) or 0)


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
        told = rows.participation_of(row)
        found[row["event_id"]].append(replace(told, actor=reading.shown(row["key"], told.actor)))
    return found


def _countries(connection: Connection, events_: Sequence[int]) -> dict[int, list[CountryLink]]:
    link = EventCountry.__table__
    found: dict[int, list[CountryLink]] = defaultdict(list)
    statement = select(link).where(link.c.event_id.in_(events_)).order_by(link.c.event_id, link.c.country, link.c.by)
    for row in connection.execute(statement).mappings():
        found[row["event_id"]].append(rows.country_of(row))
    return found


def _urls(connection: Connection, events_: Sequence[int]) -> dict[int, list[str]]:
    found: dict[int, set[str]] = defaultdict(set)
    statement = select(HappeningRow.event_id, ArticleRow.url, ArticleRow.origin)
    statement = statement.join(ArticleRow, HappeningRow.article_id == ArticleRow.id).where(
        HappeningRow.event_id.in_(events_)
    )
    for event, url, origin in connection.execute(statement):
        if (url or origin) and event is not None:
            found[event].add(url or origin)
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
