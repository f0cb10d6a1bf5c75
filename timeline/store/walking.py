"""The way to the events that a question asks for: a walk along one index, in timeline order.

An event's number sorts as the timeline does, and the links to countries and actors are indexed by it: the first page of
a country's timeline is the first rows of one index, whatever the size of the store. A question begins where it is
narrowest (a rare word, a person, a country ...) and tests the rest on each event that it meets.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from sqlalchemy import BigInteger, Connection, column, func, literal_column, select, table, union, union_all

from timeline.store import matching
from timeline.store.matching import EVENTS
from timeline.store.questions import Asked, Bound, asked, rows_for
from timeline.store.reaching import within
from timeline.store.tables import EventActor, EventCountry
from timeline.store.values import EventQuery

# So many rows of each start are passed over before one is chosen; of those that all have more, the one is taken of
# which as many reach farthest along the timeline. Where it has more than the second number, another one that has not is
# safer: a page that cannot be filled walks along all of it.
_ENOUGH, _MANY = 1_000, 4_000
# How much dearer it is to look for words on a walk than to walk along them, on SQLite.
_LOOK = 100
_WORDS = table("event_words", column("rowid"))
_NUMBER: Any = literal_column("number", BigInteger)  # of a part; to ask a subquery for its columns takes long
# Made once: an alias counts all its columns when it is first asked for one.
_ACTORS, _COUNTRIES = EventActor.__table__.alias("walked"), EventCountry.__table__.alias("walked")
_Begin = tuple[str, int]  # the field of a question that a walk begins with, and the place in it


@dataclass(frozen=True, slots=True)
class _Way:
    """Rows in timeline order: `number` is the event's, `reach` how far it reaches, `along` what they lie together by in
    an index, `where` what singles out some of these."""

    table: Any
    number: Any
    reach: Any
    along: tuple[Any, ...] = ()
    where: tuple[Any, ...] = ()


@dataclass(frozen=True, slots=True)
class _Start:
    """Ways that together hold all events of one side of the question, which is `done` by them."""

    ways: tuple[_Way, ...]
    done: frozenset[str]


class Walk:
    """All events of a question, in timeline order: the way is chosen once, whatever number of pages is asked for."""

    def __init__(self, connection: Connection, query: EventQuery) -> None:
        self._connection = connection
        self._asked = asked(connection, query)
        self._begin = _narrowest(connection, self._asked)

    def page(self, limit: int, after: int | None = None) -> list[int]:
        """The rows of at most so many events, those that follow the row `after`."""
        question = self._asked._replace(limit=(limit,), after=() if after is None else (after,))
        return [number for (number,) in rows_for(self._connection, page, question, *self._begin)]

    def count(self) -> int:
        ((events,),) = rows_for(self._connection, _count, self._asked, *self._begin)
        return int(events)

    def numbers(self) -> Any:
        """The rows of all without order, each once: for counting and as a condition."""
        return _numbers(self._asked, *self._begin)

    def alone(self) -> tuple[Any, Any] | None:
        """The one walk that finds all and the column of their rows, None where it takes several."""
        parts = list(_parts(self._asked, *self._begin))
        return parts[0] if len(parts) == 1 else None


def page(question: Asked, field: str, place: int) -> Any:
    """The rows of the events of a page, from the place in a field where the walk begins."""
    reverse = question.form.reverse

    def ordered(statement: Any, number: Any) -> Any:
        return statement.order_by(number.desc() if reverse else number).limit(*question.limit)

    def first(part: Any, number: Any) -> Any:
        for after in question.after:
            part = part.where(number < after if reverse else number > after)
        return ordered(part, number)

    parts = [first(part, number) for part, number in _parts(question, field, place)]
    if len(parts) == 1:
        return parts[0]
    together = _together(question, field, place)(*(select(_NUMBER).select_from(part.subquery()) for part in parts))
    return ordered(select(_NUMBER).select_from(together.subquery()), _NUMBER)


def _count(question: Asked, field: str, place: int) -> Any:
    return select(func.count()).select_from(_numbers(question, field, place).subquery())


def _numbers(question: Asked, field: str, place: int) -> Any:
    parts = [part for part, _ in _parts(question, field, place)]
    return parts[0] if len(parts) == 1 else _together(question, field, place)(*parts)


def _together(question: Asked, field: str, place: int) -> Callable[..., Any]:
    """What makes one of several parts: two ways may hold the same event, two ranges of days on one way do not."""
    return union_all if len(_STARTS[field](question, place).ways) == 1 else union


def _parts(question: Asked, field: str, place: int) -> Iterator[tuple[Any, Any]]:
    """Statements that find the rows of events, with the column of these."""
    start = _STARTS[field](question, place)
    for way in start.ways:
        tests = matching.conditions(question, way.number, start.done)
        for days in within(question, way.number, way.reach):
            statement = _from(way, select(way.number.label("number")), events=tests.of_events or days.of_events)
            yield statement.where(*way.along, *way.where, *days.where, *tests.where), way.number


def _from(way: _Way, statement: Any, *, events: bool) -> Any:
    """The statement over a way's rows, with the events beside them where a condition looks at these."""
    statement = statement.select_from(way.table)
    if way.table is EVENTS or not events:
        return statement
    return statement.join(EVENTS, EVENTS.c.id == way.number)


def _narrowest(connection: Connection, question: Asked) -> _Begin:
    """The start with the fewest rows; where all have many, the one of which as many reach farthest."""
    begins = _begins(question)
    if len(begins) == 1:
        return begins[0]
    words = any(field == "words" for field, _ in begins)
    toil = {begin: _LOOK if words and begin[0] != "words" else 1 for begin in begins}

    def last_of(begin: _Begin, rows: int) -> int | None:
        """The last of so many rows, None where there are fewer."""
        before = question._replace(limit=(max(rows, 1) - 1,))
        found = [last for (last,) in rows_for(connection, _last, before, *begin)]
        return (-found[0] if question.form.reverse else found[0]) if found else None

    best, least, farthest = begins[0], _ENOUGH, None
    for begin in begins:
        last = last_of(begin, -(-least // toil[begin]))  # no further than until it is not the narrowest
        if last is None:
            ((size,),) = rows_for(connection, _size, question, *begin)
            best, least = begin, size * toil[begin]
        elif least == _ENOUGH and (farthest is None or last > farthest):
            best, farthest = begin, last
    if least < _ENOUGH:
        return best
    for begin in sorted(begins, key=lambda each: each != best):
        if last_of(begin, _MANY // toil[begin]) is None:
            return begin
    return best


def _last(question: Asked, field: str, place: int) -> Any:
    """The row behind as many as the limit of the question says, of those on the ways of a start: to pass over rows
    takes a third of the time that counting them does."""
    rows = _along(question, field, place)
    return rows.order_by(_NUMBER.desc() if question.form.reverse else _NUMBER).limit(1).offset(*question.limit)


def _size(question: Asked, field: str, place: int) -> Any:
    """How many rows lie on the ways of a start."""
    return select(func.count()).select_from(_along(question, field, place).subquery())


def _along(question: Asked, field: str, place: int) -> Any:
    parts: list[Any] = []
    for way in _STARTS[field](question, place).ways:
        days = within(question, way.number, way.reach)[0]
        part = _from(way, select(way.number.label("number")), events=days.of_events)
        parts.append(part.where(*way.along, *days.where))
    return parts[0] if len(parts) == 1 else union_all(*parts)


def _begins(question: Asked) -> list[_Begin]:
    """Where a walk can begin, the best guess first; at all events where the question singles none out."""
    fields = {
        "actors": bool(question.actors),
        "sides": len(question.sides),
        # FTS5 gives its rows in their order, which is the timeline's; PostgreSQL chooses by itself.
        "words": bool(question.words) and question.form.dialect == "sqlite",
        "places": bool(question.places),
        "countries": bool(question.countries),
        "kinds": bool(question.kinds) and not question.countries,  # of countries each kind is a walk by itself
    }
    return [(field, place) for field, places in fields.items() for place in range(places)] or [("", 0)]


def _of_all(_question: Asked, _place: int) -> _Start:
    return _Start((_Way(EVENTS, EVENTS.c.id, EVENTS.c.reach),), frozenset())


def _of_actors(question: Asked, _place: int) -> _Start:
    return _Start(tuple(_actor(question, row) for row in question.actors), frozenset({"actors", "weight"}))


def _of_side(question: Asked, place: int) -> _Start:
    """The other sides are tested."""
    countries, actors = question.sides[place]
    ways = [_actor(question, row) for row in actors]
    ways += [_country(question, code, "actor") for code in countries]
    return _Start(tuple(ways) or (_actor(question, 0),), frozenset({f"side {place}", "weight"}))


def _actor(question: Asked, row: Any) -> _Way:
    along = (_ACTORS.c.actor_id == row,)
    return _Way(_ACTORS, _ACTORS.c.event_id, _ACTORS.c.reach, along, tuple(_weighed(question, _ACTORS)))


def _of_countries(question: Asked, _place: int) -> _Start:
    by = question.form.by
    if not question.kinds:
        ways = tuple(_country(question, code, by) for code in question.countries)
        return _Start(ways, frozenset({"countries", "weight"}))
    ways = tuple(_country(question, code, by, (kind,)) for code in question.countries for kind in question.kinds)
    return _Start(ways, frozenset({"countries", "kinds", "weight"}))


def _country(question: Asked, code: Any, by: str, kinds: Bound = ()) -> _Way:
    link = _COUNTRIES
    along = (link.c.country == code, *(link.c.kind == kind for kind in kinds))
    where = _weighed(question, link)
    if by:
        where.append(link.c[f"{by}_reason"].is_not(None))
    return _Way(link, link.c.event_id, link.c.reach, along, tuple(where))


def _weighed(question: Asked, link: Any) -> list[Any]:
    """What is hidden weighs less than nothing."""
    if not question.form.hidden:
        return [link.c.weight >= (question.weight[0] if question.weight else 0.0)]
    return [(link.c.weight >= weight) | (link.c.weight < 0) for weight in question.weight]


def _of_words(question: Asked, _place: int) -> _Start:
    found = literal_column("event_words").op("MATCH")(*question.words)
    return _Start((_Way(_WORDS, _WORDS.c.rowid, EVENTS.c.reach, (found,)),), frozenset({"words"}))


def _of_places(question: Asked, _place: int) -> _Start:
    ways: list[_Way] = []
    for place in question.places:
        ways += [_country(question, code, "place") for code in place.countries]
        ways += [_Way(EVENTS, EVENTS.c.id, EVENTS.c.reach, (where,)) for where in matching.located(place)]
    return _Start(tuple(ways) or (_actor(question, 0),), frozenset({"places"}))


def _of_kinds(question: Asked, _place: int) -> _Start:
    ways = tuple(_Way(EVENTS, EVENTS.c.id, EVENTS.c.reach, (EVENTS.c.kind == kind,)) for kind in question.kinds)
    return _Start(ways, frozenset({"kinds"}))


_STARTS: dict[str, Callable[[Asked, int], _Start]] = {
    "actors": _of_actors,
    "sides": _of_side,
    "words": _of_words,
    "places": _of_places,
    "countries": _of_countries,
    "kinds": _of_kinds,
    "": _of_all,
}
