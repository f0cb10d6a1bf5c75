"""A question as statements are made of it: what the database had to be asked for first (rows of actors, spellings of
places, points in a circle) is known, days are numbers of events.

Questions of one shape differ in their values alone, and one statement serves them all: it is made of a question whose
values are marks, and asked with the values of others.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import count
from typing import Any, NamedTuple

from sqlalchemy import Connection, Select, bindparam, or_, select

from timeline.model import PlaceExactness
from timeline.model.actor import fold
from timeline.model.edtf import Exactness
from timeline.model.globe import Circle
from timeline.store import positions
from timeline.store.among import Among, rows_among
from timeline.store.packing import table_of
from timeline.store.prepared import ready, rows_of
from timeline.store.tables import ActorEntry, EventRow
from timeline.store.values import EventQuery, Located

# A region's or a sea's coordinates are its middle: no event is known to have happened there.
EXACT = (PlaceExactness.SITE.value, PlaceExactness.CITY.value)
_EVENT, _ACTOR = table_of(EventRow), table_of(ActorEntry)
# What is bound; where nothing is asked for, there is none. Of a statement's own question these are its marks.
Bound = tuple[Any, ...]


@dataclass(frozen=True, slots=True)
class Form:
    """What decides how a statement reads. `points` are those of a circle, None without one: numbers are written into
    the statement, since a wide circle may hold more points than SQLite binds values."""

    dialect: str
    by: str = ""
    hidden: bool = False
    confirmed: bool = False
    reverse: bool = False
    exactness: tuple[Exactness, ...] = ()
    points: tuple[tuple[float, float], ...] | None = None


class Spot(NamedTuple):
    """A `Located`; `names` are the store's own spellings."""

    countries: Bound
    references: Bound
    region: Bound
    names: Bound
    within: Bound


class Asked(NamedTuple):
    """The fields of an `EventQuery`; those of one value hold it in a tuple.

    `actors` are rows, a side is countries and rows, `sources` are patterns (none where nothing can be called so). Days
    are numbers of events: `days` the widest range of them; `since` the lowest number from which a short event reaches
    it, the number below which an event is an earlier one, and the first day as ordinal and as date; `until` the numbers
    that an event with an open start must lie behind.
    """

    form: Form
    countries: Bound = ()
    actors: Bound = ()
    sides: tuple[tuple[Bound, Bound], ...] = ()
    places: tuple[Spot, ...] = ()
    types: Bound = ()
    kinds: Bound = ()
    modalities: Bound = ()
    days: Bound = ()
    since: Bound = ()
    until: Bound = ()
    words: Bound = ()
    weight: Bound = ()
    min_sources: Bound = ()
    sources: tuple[Bound, ...] = ()
    run: Bound = ()
    after: Bound = ()
    limit: Bound = ()


def asked(connection: Connection, query: EventQuery) -> Asked:
    """The question, with what the store knows of what it names."""
    points = _points(connection, query.near) if query.near is not None else None
    dialect = connection.dialect.name
    return Asked(
        Form(dialect, query.by, query.hidden, query.confirmed, query.reverse, tuple(query.exactness), points),
        tuple(query.countries),
        tuple(_rows(connection, query.actors) or [0]) if query.actors else (),
        tuple((tuple(side.countries), tuple(_rows(connection, side.actors))) for side in query.sides),
        tuple(_spot(connection, place) for place in query.places),
        tuple(query.types),
        tuple(query.kinds),
        tuple(modality.value for modality in query.modalities),
        *_days(query.since, query.until),
        _searched(dialect, query.text),
        (query.min_salience,) if query.min_salience > 0 else (),
        (query.min_sources,) if query.min_sources > 1 else (),
        tuple(map(_pattern, query.sources)),
        () if query.run is None else (query.run,),
    )


def rows_for(
    connection: Connection, make: Callable[..., Select[Any]], question: Asked, *more: Any
) -> Iterator[tuple[Any, ...]]:
    """What the statement that `make` makes of a question (and of more, by which it is told apart) finds."""
    values: list[Any] = []
    shape = _shape(question, values)
    keep = question.form.points is None
    made = ready(connection, (make, shape, *more), lambda: make(_marked(question, count()), *more), keep=keep)
    return rows_of(connection, made, dict(zip(map(_name, range(len(values))), values, strict=True)))


def _shape(value: Any, values: list[Any]) -> Any:
    """A question without its values, which are put into a list."""
    if isinstance(value, tuple):
        return tuple([_shape(each, values) for each in value]) if value else ()
    if isinstance(value, Form):
        return value
    values.append(value)
    return None


def _marked(value: Any, numbers: Iterator[int]) -> Any:
    """A question with marks for its values, in the order of `_shape`."""
    if isinstance(value, tuple):
        kind: Any = type(value)
        made = [_marked(each, numbers) for each in value]
        return tuple(made) if kind is tuple else kind(*made)
    return value if isinstance(value, Form) else bindparam(_name(next(numbers)), required=False)


def _name(number: int) -> str:
    return f"v{number}"


def _rows(connection: Connection, keys: Sequence[str]) -> list[int]:
    return sorted(row for (row,) in rows_among(connection, _of_keys, keys)) if keys else []


def _of_keys(among: Among) -> Select[Any]:
    return select(_ACTOR.c.id).where(among(_ACTOR.c.key))


def _days(since: date | None, until: date | None) -> tuple[Bound, Bound, Bound]:
    """See `Asked`."""
    if since is None and until is None:
        return (), (), ()
    first = positions.start_of(since) if since else 0
    last = positions.end_of(until or date.max)
    before: Bound = ()
    if since:
        low = positions.start_of(positions.before_by(since, positions.SHORT_DAYS))
        before = (low, min(first, last + 1), since.toordinal(), since)
    return (first, last), before, (last, first) if until else ()


def _spot(connection: Connection, place: Located) -> Spot:
    names = _spellings(connection, place.names) if place.names else ()
    region, within = ((value,) if value else () for value in (place.region, place.within))
    return Spot(tuple(place.countries), tuple(place.references), region, names, within)


def _spellings(connection: Connection, names: Iterable[str]) -> Bound:
    """The store's own spellings of folded names, of places that no reference is known for."""
    wanted = set(names)
    return tuple(name for name in unreferenced(connection) if fold(name) in wanted)


def unreferenced(connection: Connection) -> list[str]:
    """The names of the places that no reference is known for."""
    statement = select(_EVENT.c.place_name).where(_EVENT.c.place_reference == "", _EVENT.c.place_name != "")
    return list(connection.scalars(statement.distinct()))


def _points(connection: Connection, circle: Circle) -> tuple[tuple[float, float], ...]:
    """Of the points in a box around a circle, which an index finds, those that are near enough."""
    south, north, ranges = circle.box()
    lat, lon = _EVENT.c.latitude, _EVENT.c.longitude
    box = lat.between(south, north) & or_(*(lon.between(west, east) for west, east in ranges))
    found = connection.execute(select(lat, lon).where(box, _EVENT.c.place_exactness.in_(EXACT)).distinct())
    return tuple((y, x) for y, x in found if y is not None and x is not None and circle.has(y, x))


def _pattern(source: str) -> Bound:
    wanted = source.strip().lower()
    if "\0" in wanted:  # no database holds it in a text
        return ()
    for special in "/%_":
        wanted = wanted.replace(special, f"/{special}")
    return (f"%{wanted}%",)


def terms(words: str) -> list[tuple[str, bool]]:
    """The words of a text search, folded, each with whether it is the beginning of one ("drone*")."""
    found: list[tuple[str, bool]] = []
    for word in words.split():
        folded = fold(word).split()
        found += [(each, False) for each in folded[:-1]]
        found += [(each, word.endswith("*")) for each in folded[-1:]]
    return found


def _searched(dialect: str, text: str) -> Bound:
    """The words as FTS5 takes them, or PostgreSQL: each quoted, so that none is an operator."""
    words = terms(text)
    if not words:
        return ()
    if dialect == "sqlite":
        return (" ".join(f'"{word}"*' if begins else f'"{word}"' for word, begins in words),)
    return (" & ".join(f"'{word}':*" if begins else f"'{word}'" for word, begins in words),)
