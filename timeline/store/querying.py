"""Asking the store: from an EventQuery to statements, and from rows to events. Every value is bound."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any

from sqlalchemy import Connection, Select, and_, func, or_, select

from timeline.model import CountryLink, Event, Participation
from timeline.model.actor import fold
from timeline.store import judged, rows
from timeline.store.events import parts
from timeline.store.judgements import Resolution
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
    statement = _matching(select(EventRow.id), query)
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
    return int(connection.scalar(_matching(select(func.count()).select_from(EventRow), query)) or 0)


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


def _matching(statement: Select[Any], query: EventQuery) -> Select[Any]:
    conditions: list[Any] = []
    if query.countries:
        linked = select(EventCountry.event_id).where(EventCountry.country.in_(query.countries))
        conditions.append(EventRow.id.in_(linked))
    if query.actors:
        linked = select(EventActor.event_id).join(ActorEntry, EventActor.actor_id == ActorEntry.id)
        conditions.append(EventRow.id.in_(linked.where(ActorEntry.key.in_(query.actors))))
    if query.types:
        conditions.append(EventRow.type.in_(query.types))
    if query.kinds:
        conditions.append(EventRow.kind.in_(query.kinds))
    if query.modalities:
        conditions.append(EventRow.modality.in_([m.value for m in query.modalities]))
    if query.since or query.until:
        conditions.append(or_(EventRow.earliest.is_not(None), EventRow.latest.is_not(None)))
    if query.since:
        conditions.append(or_(EventRow.latest.is_(None), EventRow.latest >= query.since))
    if query.until:
        conditions.append(or_(EventRow.earliest.is_(None), EventRow.earliest <= query.until))
    if query.min_salience > 0:
        conditions.append(EventRow.salience >= query.min_salience)
    conditions += [EventRow.folded.contains(word, autoescape=True) for word in fold(query.text).split()]
    return statement.where(and_(*conditions)) if conditions else statement


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
    statement = select(link).where(link.c.event_id.in_(events_)).order_by(link.c.event_id, link.c.country)
    for row in connection.execute(statement).mappings():
        found[row["event_id"]].append(CountryLink(row["country"], row["reason"]))
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
    statement = (
        select(EventCountry.country, func.count(), func.min(EventRow.earliest), func.max(EventRow.latest))
        .join(EventRow, EventCountry.event_id == EventRow.id)
        .group_by(EventCountry.country)
        .order_by(func.count().desc(), EventCountry.country)
    )
    return [CountryRow(*row) for row in connection.execute(statement)]
