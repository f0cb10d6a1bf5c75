"""Asking the store: from an EventQuery to statements, and from rows to events. Every value is bound."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import Any

from sqlalchemy import Connection, Select, and_, func, or_, select

from timeline.model import CountryLink, Event, Participation
from timeline.model.actor import fold
from timeline.store import rows
from timeline.store.events import parts
from timeline.store.tables import (
    ActorEntry,
    ActorName,
    ArticleRow,
    EventActor,
    EventCountry,
    EventRow,
    HappeningRow,
)
from timeline.store.values import ActorRow, CountryRow, EventQuery

_PAGE = 500


def events(connection: Connection, query: EventQuery) -> Iterator[Event]:
    """Matching events in timeline order, read in pages."""
    order = (EventRow.sort_day, EventRow.sort_last, EventRow.public_id)
    statement = matching(select(EventRow.id), query)
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
    return int(connection.scalar(matching(select(func.count()).select_from(EventRow), query)) or 0)


def load(connection: Connection, numbers: Sequence[int]) -> Iterator[tuple[int, Event]]:
    """(row, event) for event rows, in no order."""
    table = EventRow.__table__
    for part in parts(list(numbers)):
        actors = _actors(connection, part)
        countries = _countries(connection, part)
        urls = _urls(connection, part)
        for row in connection.execute(select(table).where(table.c.id.in_(part))).mappings():
            number = row["id"]
            yield number, rows.event_of(row, actors.get(number, ()), countries.get(number, ()), urls.get(number, ()))


def matching(statement: Select[Any], query: EventQuery) -> Select[Any]:
    """A statement over events narrowed to those that a query asks for."""
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


def _actors(connection: Connection, events_: Sequence[int]) -> dict[int, list[Participation]]:
    link, actor = EventActor.__table__, ActorEntry.__table__
    statement = select(link, actor.c.key, actor.c.name, actor.c.kind, actor.c.country, actor.c.reference)
    statement = statement.join(actor, link.c.actor_id == actor.c.id).where(link.c.event_id.in_(events_))
    found: dict[int, list[Participation]] = defaultdict(list)
    for row in connection.execute(statement.order_by(link.c.event_id, link.c.position)).mappings():
        found[row["event_id"]].append(rows.participation_of(row))
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


def actors(connection: Connection, kind: str | None, country: str | None) -> list[ActorRow]:
    """Actors with events, by falling number of them."""
    statement = (
        select(
            ActorEntry.__table__,
            func.count(func.distinct(EventActor.event_id)),
            func.min(EventRow.earliest),
            func.max(EventRow.latest),
        )
        .join(EventActor, EventActor.actor_id == ActorEntry.id)
        .join(EventRow, EventActor.event_id == EventRow.id)
        .group_by(*ActorEntry.__table__.columns)
        .order_by(func.count(func.distinct(EventActor.event_id)).desc(), ActorEntry.name)
    )
    if kind:
        statement = statement.where(ActorEntry.kind == kind)
    if country:
        statement = statement.where(ActorEntry.country == country)
    found = connection.execute(statement).all()
    names = _names(connection, [row[0] for row in found])
    return [
        ActorRow(rows.actor_of(row._mapping), tuple(names.get(row[0], ())), row[-3], row[-2], row[-1]) for row in found
    ]


def _names(connection: Connection, numbers: Sequence[int]) -> dict[int, list[str]]:
    found: dict[int, list[str]] = defaultdict(list)
    for part in parts(list(numbers)):
        statement = select(ActorName.actor_id, ActorName.name).where(ActorName.actor_id.in_(part))
        for actor, name in connection.execute(statement.order_by(ActorName.actor_id, ActorName.name)):
            found[actor].append(name)
    return found


def find_actors(connection: Connection, name: str, kind: str | None) -> list[ActorRow]:
    """Actors that some article calls so, in any case and without accents."""
    wanted = select(ActorName.actor_id).where(ActorName.folded == fold(name))
    keys = set(connection.scalars(select(ActorEntry.key).where(ActorEntry.id.in_(wanted))))
    return [row for row in actors(connection, kind, None) if row.actor.key in keys]
