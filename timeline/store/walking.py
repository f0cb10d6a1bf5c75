"""The way to the events that a question asks for: a walk along one index, in timeline order.

An event's number sorts as the timeline does, and the links to countries and actors are indexed by it: the first page of
a country's timeline is the first rows of one index, whatever the size of the store. A question begins where it is
narrowest (a rare word, a person, a country ...) and tests the rest on each event that it meets.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from sqlalchemy import BigInteger, Connection, column, func, literal_column, select, table, union

from timeline.store import matching
from timeline.store.matching import EVENTS
from timeline.store.reaching import within
from timeline.store.tables import EventActor, EventCountry
from timeline.store.values import EventQuery

# So many rows are counted of each start before the narrowest is chosen, more only where none has less than that: in ten
# million events, a page of those that a start of 8,000 shares with another lies within some 60,000 rows of either.
_ENOUGH = (2_000, 8_000)
# Where words are asked for on SQLite, and how much dearer it is to look for them on a walk than to walk along them.
_ENOUGH_OF_WORDS, _LOOK = 64_000, 16
_WORDS = table("event_words", column("rowid"))
_NUMBER: Any = literal_column("number", BigInteger)  # of a part; to ask a subquery for its columns takes long
# Made once: an alias counts all its columns when it is first asked for one.
_ACTORS, _COUNTRIES = EventActor.__table__.alias("walked"), EventCountry.__table__.alias("walked")


@dataclass(frozen=True, slots=True)
class _Way:
    """Rows in timeline order: `number` is the event's, `reach` how far it reaches, `where` what singles them out."""

    table: Any
    number: Any
    reach: Any
    where: tuple[Any, ...]


@dataclass(frozen=True, slots=True)
class _Start:
    """Ways that together hold all events of one side of the question, which is `done` by them."""

    ways: tuple[_Way, ...]
    done: frozenset[str]


class Walk:
    """All events of a question, in timeline order: the way is chosen once, whatever number of pages is asked for."""

    def __init__(self, connection: Connection, query: EventQuery) -> None:
        self._reverse = query.reverse
        self._parts = list(_parts(connection, query))

    def page(self, limit: int, after: int | None = None) -> Any:
        """The rows of at most so many events, those that follow the row `after`."""
        parts = [self._first(part, number, limit, after) for part, number in self._parts]
        if len(parts) == 1:
            return parts[0]
        together = union(*(select(_NUMBER).select_from(part.subquery()) for part in parts)).subquery()
        return self._ordered(select(_NUMBER).select_from(together), _NUMBER).limit(limit)

    def numbers(self) -> Any:
        """The rows of all without order, each once: for counting and as a condition."""
        parts = [part for part, _ in self._parts]
        return parts[0] if len(parts) == 1 else union(*parts)

    def alone(self) -> tuple[Any, Any] | None:
        """The one walk that finds all and the column of their rows, None where it takes several."""
        return self._parts[0] if len(self._parts) == 1 else None

    def _first(self, part: Any, number: Any, limit: int, after: int | None) -> Any:
        if after is not None:
            part = part.where(number < after if self._reverse else number > after)
        return self._ordered(part, number).limit(limit)

    def _ordered(self, statement: Any, number: Any) -> Any:
        return statement.order_by(number.desc() if self._reverse else number)


def _parts(connection: Connection, query: EventQuery) -> Iterator[tuple[Any, Any]]:
    """Statements that find the rows of events, with the column of these."""
    start = _start(connection, query)
    for way in start.ways:
        tests = matching.conditions(connection, query, way.number, start.done)
        for days in within(query, way.number, way.reach):
            statement = _from(way, select(way.number.label("number")), events=tests.of_events or days.of_events)
            yield statement.where(*way.where, *days.where, *tests.where), way.number


def _from(way: _Way, statement: Any, *, events: bool) -> Any:
    """The statement over a way's rows, with the events beside them where a condition looks at these."""
    statement = statement.select_from(way.table)
    if way.table is EVENTS or not events:
        return statement
    return statement.join(EVENTS, EVENTS.c.id == way.number)


def _start(connection: Connection, query: EventQuery) -> _Start:
    starts = list(_starts(connection, query))
    if len(starts) == 1:
        return starts[0]
    words = any("text" in start.done for start in starts)
    dear = [_LOOK if words and "text" not in start.done else 1 for start in starts]
    best = 0
    for enough in (*_ENOUGH, _ENOUGH_OF_WORDS) if words else _ENOUGH:
        sizes = [_size(connection, query, start, enough) for start in starts]
        best = min(range(len(starts)), key=lambda n: sizes[n] * dear[n])
        if sizes[best] < enough:
            break
    return starts[best]


def _size(connection: Connection, query: EventQuery, start: _Start, enough: int) -> int:
    """How many events a start holds, counted no further than is `enough` to choose."""
    total = 0
    for way in start.ways:
        days = within(query, way.number, way.reach)[0]
        some = _from(way, select(way.number), events=days.of_events).where(*way.where, *days.where)
        counted = select(func.count()).select_from(some.limit(enough).subquery())
        total += int(connection.scalar(counted) or 0)
        if total >= enough:
            return enough
    return total


def _starts(connection: Connection, query: EventQuery) -> Iterator[_Start]:
    """Where a walk can begin, the best guess first; all events where the question singles none out."""
    found = False
    for start in (
        _of_actors(connection, query),
        *_of_sides(connection, query),
        _of_text(connection, query),
        _of_places(connection, query),
        _of_countries(query),
        _of_kinds(query),
    ):
        if start is not None:
            found = True
            yield start
    if not found:
        yield _Start((_Way(EVENTS, EVENTS.c.id, EVENTS.c.reach, ()),), frozenset())


def _of_actors(connection: Connection, query: EventQuery) -> _Start | None:
    if not query.actors:
        return None
    rows = matching.actor_rows(connection, query.actors)
    return _Start(tuple(_actor(query, row) for row in rows or [0]), frozenset({"actors", "weight"}))


def _of_sides(connection: Connection, query: EventQuery) -> Iterator[_Start]:
    """Each side; all sides are tested again."""
    for side in query.sides:
        ways = [_actor(query, row) for row in matching.actor_rows(connection, side.actors)]
        ways += [_country(query, code, "actor") for code in side.countries]
        yield _Start(tuple(ways) or (_actor(query, 0),), frozenset({"weight"}))


def _actor(query: EventQuery, row: int) -> _Way:
    where = (_ACTORS.c.actor_id == row, *_weighed(query, _ACTORS))
    return _Way(_ACTORS, _ACTORS.c.event_id, _ACTORS.c.reach, where)


def _of_countries(query: EventQuery) -> _Start | None:
    if not query.countries:
        return None
    if not query.kinds:
        ways = tuple(_country(query, code, query.by) for code in query.countries)
        return _Start(ways, frozenset({"countries", "weight"}))
    ways = tuple(_country(query, code, query.by, kind) for code in query.countries for kind in query.kinds)
    return _Start(ways, frozenset({"countries", "kinds", "weight"}))


def _country(query: EventQuery, code: str, by: str, kind: str = "") -> _Way:
    link = _COUNTRIES
    where = [link.c.country == code, *_weighed(query, link)]
    if by:
        where.append(link.c[f"{by}_reason"].is_not(None))
    if kind:
        where.append(link.c.kind == kind)
    return _Way(link, link.c.event_id, link.c.reach, tuple(where))


def _weighed(query: EventQuery, link: Any) -> list[Any]:
    """What is hidden weighs less than nothing."""
    if query.hidden and query.min_salience <= 0:
        return []
    if query.hidden:
        return [(link.c.weight >= query.min_salience) | (link.c.weight < 0)]
    return [link.c.weight >= query.min_salience]


def _of_text(connection: Connection, query: EventQuery) -> _Start | None:
    """FTS5 gives its rows in their order, which is the timeline's; PostgreSQL chooses by itself."""
    words = matching.terms(query.text)
    if not words or connection.dialect.name != "sqlite":
        return None
    found = literal_column("event_words").op("MATCH")(matching.fts_query(words))
    return _Start((_Way(_WORDS, _WORDS.c.rowid, EVENTS.c.reach, (found,)),), frozenset({"text"}))


def _of_places(connection: Connection, query: EventQuery) -> _Start | None:
    if not query.places:
        return None
    ways: list[_Way] = []
    for place in query.places:
        ways += [_country(query, code, "place") for code in place.countries]
        ways += [
            _Way(EVENTS, EVENTS.c.id, EVENTS.c.reach, (where,)) for _, where in matching.located(connection, place)
        ]
    return _Start(tuple(ways) or (_actor(query, 0),), frozenset({"places"}))


def _of_kinds(query: EventQuery) -> _Start | None:
    if not query.kinds or query.countries:  # of countries each kind is a walk by itself
        return None
    ways = tuple(_Way(EVENTS, EVENTS.c.id, EVENTS.c.reach, (EVENTS.c.kind == kind,)) for kind in query.kinds)
    return _Start(ways, frozenset({"kinds"}))
