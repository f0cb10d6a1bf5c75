"""Which events a question asks for: an EventQuery as conditions of a statement. Every value is bound or a number."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from sqlalchemy import Connection, Select, and_, bindparam, false, or_, select, tuple_

from timeline.model import PlaceExactness
from timeline.model.actor import fold
from timeline.model.globe import Circle
from timeline.store.tables import ActorEntry, EventActor, EventCountry, EventRow
from timeline.store.values import EventQuery, Located, Side

# A region's or a sea's coordinates are its middle: no event is known to have happened there.
_EXACT = (PlaceExactness.SITE.value, PlaceExactness.CITY.value)


def matching(connection: Connection, statement: Select[Any], query: EventQuery) -> Select[Any]:
    """The statement over EventRow with the query's conditions, limit and order apart."""
    conditions: list[Any] = []
    if query.countries:
        conditions.append(EventRow.id.in_(concerned(query.countries, query.by)))
    if query.actors:
        conditions.append(EventRow.id.in_(_taking_part(query.actors)))
    conditions += [_side(side) for side in query.sides]
    if query.places:
        conditions.append(or_(*(_located(connection, place) for place in query.places)))
    if query.near is not None:
        conditions.append(_within(connection, query.near))
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


def concerned(countries: Iterable[str], by: str) -> Select[Any]:
    statement = select(EventCountry.event_id).where(EventCountry.country.in_(tuple(countries)))
    return statement.where(EventCountry.by == by) if by else statement


def _taking_part(keys: Iterable[str]) -> Select[Any]:
    linked = select(EventActor.event_id).join(ActorEntry, EventActor.actor_id == ActorEntry.id)
    return linked.where(ActorEntry.key.in_(tuple(keys)))


def _side(side: Side) -> Any:
    """That a side takes part: itself, or for a country any actor of it."""
    ways: list[Any] = []
    if side.countries:
        ways.append(EventRow.id.in_(concerned(side.countries, "actor")))
    if side.actors:
        ways.append(EventRow.id.in_(_taking_part(side.actors)))
    return or_(false(), *ways)


def _located(connection: Connection, place: Located) -> Any:
    ways: list[Any] = []
    if place.countries:
        ways.append(EventRow.id.in_(concerned(place.countries, "place")))
    if place.references:
        ways.append(EventRow.place_reference.in_(place.references))
    inside = [EventRow.place_country == place.within] if place.within else []
    if place.region:
        ways.append(and_(EventRow.place_region == place.region, *inside))
    if place.names and (spellings := _spellings(connection, place.names)):
        ways.append(and_(EventRow.place_reference == "", EventRow.place_name.in_(spellings), *inside))
    return or_(false(), *ways)


def _spellings(connection: Connection, names: Iterable[str]) -> list[str]:
    """The store's own spellings of folded names, of places that no reference is known for."""
    wanted = set(names)
    return [name for name in unreferenced(connection) if fold(name) in wanted]


def unreferenced(connection: Connection) -> list[str]:
    """The names of the places that no reference is known for."""
    statement = select(EventRow.place_name).where(EventRow.place_reference == "", EventRow.place_name != "")
    return list(connection.scalars(statement.distinct()))


def _within(connection: Connection, circle: Circle) -> Any:
    """In the circle: of the points in a box around it, which an index finds, those that are near enough."""
    south, north, ranges = circle.box()
    lat, lon = EventRow.latitude, EventRow.longitude
    box = and_(lat.between(south, north), or_(*(lon.between(west, east) for west, east in ranges)))
    exact = EventRow.place_exactness.in_(_EXACT)
    points = connection.execute(select(lat, lon).where(box, exact).distinct())
    near = [(y, x) for y, x in points if y is not None and x is not None and circle.has(y, x)]
    if not near:
        return false()
    # Numbers are written into the statement: a wide circle may hold more points than SQLite binds values.
    return and_(exact, tuple_(lat, lon).in_(bindparam("points", near, expanding=True, literal_execute=True)))
