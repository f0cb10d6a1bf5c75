"""How many events a question finds, in all and by month, year, kind, type, country, person or source."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Iterator
from datetime import date
from typing import Any

from sqlalchemy import BigInteger, Connection, column, func, literal_column, select

from timeline.model import ActorKind
from timeline.store import judged, positions
from timeline.store.tables import ActorEntry, ArticleRow, Dataset, EventActor, EventCountry, EventRow, ReportRow
from timeline.store.values import EventQuery
from timeline.store.walking import Walk

Counted = list[tuple[str, int]]
_MONTH = 7
_MOST_STRETCHES = 3_000


def count(connection: Connection, query: EventQuery) -> int:
    return Walk(connection, query).count()


def count_by(connection: Connection, query: EventQuery, by: str) -> Counted:
    """(value, events) by one of BY: months and years ("2021-02", "2021"; "" for no day known) in their order, others by
    falling number. An event counts in the month of its first day, of its last where the start is open; for each of its
    countries, persons and sources."""
    return BY[by](connection, query)


def _by_month(connection: Connection, query: EventQuery) -> Counted:
    return _by_time(connection, query, 7)


def _by_year(connection: Connection, query: EventQuery) -> Counted:
    return _by_time(connection, query, 4)


def _by_time(connection: Connection, query: EventQuery, digits: int) -> Counted:
    """`digits` of an ISO date say which part of it is meant."""
    walk = Walk(connection, query)
    # PostgreSQL, which plans for stretches that it does not know, would look through all countries for each.
    alone = walk.alone() if connection.dialect.name == "sqlite" else None
    found = _by_stretches(connection, *alone, digits) if alone else None
    if found is None:
        found = _by_days(connection, walk, digits)
    return sorted(found, key=lambda each: (each[0] == "", each[0]))


def _by_stretches(connection: Connection, walk: Any, number: Any, digits: int) -> Counted | None:
    """A month is one stretch of a walk, which is counted in a third of the time that sorting days into months takes.

    None where there are too many months to ask for each.
    """
    first = connection.scalar(walk.order_by(number).limit(1))
    if first is None:
        return []
    last = connection.scalar(walk.order_by(number.desc()).limit(1))
    stretches = list(_stretches(first, last, digits))
    if len(stretches) > _MOST_STRETCHES:
        return None
    # One value, whatever number of months: SQLite reads JSON as a table.
    told = func.json_each(json.dumps([(low, high) for _, low, high in stretches]))
    ends = (func.json_extract(column("value"), f"$[{n}]", type_=BigInteger) for n in (0, 1))
    low, high = (end.label(name) for name, end in zip(("low", "high"), ends, strict=True))
    bounds = select(low, high).select_from(told).cte("stretches")
    inside = walk.with_only_columns(func.count()).where(number >= bounds.c.low, number < bounds.c.high)
    statement = select(bounds.c.low, inside.correlate(bounds).scalar_subquery())
    counted = {low: events for low, events in connection.execute(statement)}
    return [(name, counted[low]) for name, low, _ in stretches if counted[low]]


def _stretches(first: int, last: int, digits: int) -> Iterator[tuple[str, int, int]]:
    """The months or years between two event numbers with the numbers that they lie between; "" for no day known."""
    end = positions.start_of_no_day()
    day = positions.day_of(first >> positions.DAY_SHIFT)
    while day is not None and positions.start_of(day) <= last:
        low = day.replace(day=1) if digits == _MONTH else day.replace(month=1, day=1)
        months = 1 if digits == _MONTH else 12
        year, month = divmod(low.year * 12 + low.month - 1 + months, 12)
        day = date(year, month + 1, 1) if year <= date.max.year else None
        yield low.isoformat()[:digits], positions.start_of(low), positions.start_of(day) if day else end
    if last >= end:
        yield "", end, last + 1


def _by_days(connection: Connection, walk: Walk, digits: int) -> Counted:
    """Days are counted by the database, from the numbers alone, and added up here."""
    found = walk.numbers().subquery()
    day = found.c[0].op(">>")(literal_column(str(positions.DAY_SHIFT), BigInteger))
    days = select(day, func.count()).select_from(found).group_by(day)
    counted: Counter[str] = Counter()
    for ordinal, events in connection.execute(days):
        first = positions.day_of(ordinal)
        counted[first.isoformat()[:digits] if first else ""] += events
    return list(counted.items())


def _by_column(name: str) -> Callable[[Connection, EventQuery], Counted]:
    def counted(connection: Connection, query: EventQuery) -> Counted:
        column = EventRow.__table__.c[name]
        matching = EventRow.id.in_(Walk(connection, query).numbers())
        return _most_first(connection, select(column, func.count()).where(matching).group_by(column))

    return counted


def _by_country(connection: Connection, query: EventQuery) -> Counted:
    matching = EventCountry.event_id.in_(Walk(connection, query).numbers())
    statement = select(EventCountry.country, func.count()).where(matching).group_by(EventCountry.country)
    return _most_first(connection, statement)


def _by_person(connection: Connection, query: EventQuery) -> Counted:
    reading = judged.resolution(connection)
    matching = EventActor.event_id.in_(Walk(connection, query).numbers())
    statement = (
        select(ActorEntry.key, ActorEntry.name, func.count())
        .join(EventActor, EventActor.actor_id == ActorEntry.id)
        .where(matching, ActorEntry.kind == ActorKind.PERSON.value)
        .group_by(ActorEntry.key, ActorEntry.name)
    )
    found = [(reading.labels.get(key, name), events) for key, name, events in connection.execute(statement)]
    return sorted(found, key=lambda each: (-each[1], each[0]))


def _by_source(connection: Connection, query: EventQuery) -> Counted:
    """By publisher, by address where there is none, by the data set's name."""
    article, dataset = ArticleRow.__table__, Dataset.__table__
    source = func.coalesce(
        func.nullif(article.c.publisher, ""), func.nullif(article.c.url, ""), article.c.origin, dataset.c.name
    )
    statement = (
        select(source, func.count(func.distinct(ReportRow.event_id)))
        .outerjoin(article, ReportRow.article_id == article.c.id)
        .outerjoin(dataset, ReportRow.dataset_id == dataset.c.id)
        .where(ReportRow.event_id.in_(Walk(connection, query).numbers()))
        .group_by(source)
    )
    return _most_first(connection, statement)


def _most_first(connection: Connection, statement: Any) -> Counted:
    found = [(value or "", events) for value, events in connection.execute(statement)]
    return sorted(found, key=lambda each: (-each[1], each[0]))


BY: dict[str, Callable[[Connection, EventQuery], Counted]] = {
    "month": _by_month,
    "year": _by_year,
    "kind": _by_column("kind"),
    "type": _by_column("type"),
    "country": _by_country,
    "person": _by_person,
    "source": _by_source,
}
