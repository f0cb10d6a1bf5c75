"""Which events a question asks for: conditions on one event. Every value is bound or a number of ours.

`walking` chooses where to begin (the events of a country, of a person ...); what is left of the question is tested here
on each event that the walk meets.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import (
    Connection,
    Select,
    Table,
    bindparam,
    column,
    exists,
    false,
    func,
    literal_column,
    or_,
    select,
    table,
    true,
    tuple_,
)

from timeline.model import PlaceExactness
from timeline.model.actor import fold
from timeline.model.globe import Circle
from timeline.store.among import Among, rows_among
from timeline.store.positions import Reach
from timeline.store.tables import (
    ActorEntry,
    ArticleRow,
    Dataset,
    EventActor,
    EventCountry,
    EventRow,
    ReportRow,
)
from timeline.store.values import EventQuery, Located, Side

# A region's or a sea's coordinates are its middle: no event is known to have happened there.
_EXACT = (PlaceExactness.SITE.value, PlaceExactness.CITY.value)
EVENTS: Table = EventRow.__table__  # type: ignore[assignment]
_WORDS = table("event_words", column("rowid"))
# Made once: an alias counts all its columns when it is first asked for one.
_ACTORS, _COUNTRIES = EventActor.__table__.alias("taking_part"), EventCountry.__table__.alias("concerned")


@dataclass(frozen=True, slots=True)
class Tests:
    """What singles an event out; `of_events`: some of it looks at columns of the events themselves."""

    where: tuple[Any, ...]
    of_events: bool


def conditions(connection: Connection, query: EventQuery, number: Any, done: Collection[str] = ()) -> Tests:
    """What an event (`number` is its row, EVENTS its columns) must fulfil, but for the sides that are `done`: those
    that the walk sees to. Days are the walk's in any case."""
    beside = list(_beside(connection, query, number, done))
    own = list(_own(connection, query, number, done))
    return Tests((*beside, *own), bool(own))


def _beside(connection: Connection, query: EventQuery, number: Any, done: Collection[str]) -> Iterator[Any]:
    """Tests of what stands beside an event, which its number leads to."""
    if query.countries and "countries" not in done:
        yield _concerned(number, query.countries, query.by)
    if query.actors and "actors" not in done:
        yield _taking_part(number, actor_rows(connection, query.actors))
    for side in query.sides:
        yield _side(connection, number, side)
    if query.sources:
        yield or_(*(_told_by(number, source) for source in query.sources))
    if query.run is not None:
        yield exists().where(ReportRow.event_id == number, ReportRow.run_id == query.run)


def _own(connection: Connection, query: EventQuery, number: Any, done: Collection[str]) -> Iterator[Any]:
    if query.places and "places" not in done:
        yield or_(*(_located(connection, number, place) for place in query.places))
    if query.near is not None:
        yield _within(connection, query.near)
    if "weight" not in done:
        yield from _weighed(query)
    if query.kinds and "kinds" not in done:
        yield EVENTS.c.kind.in_(query.kinds)
    if query.types:
        yield EVENTS.c.type.in_(query.types)
    if query.modalities:
        yield EVENTS.c.modality.in_([m.value for m in query.modalities])
    if query.exactness:
        yield or_(false(), *(_exact(each.value) for each in query.exactness))
    if query.min_sources > 1:
        yield EVENTS.c.sources >= query.min_sources
    if query.confirmed:
        yield EVENTS.c.confirmed == 1
    if "text" not in done and (words := terms(query.text)):
        yield having_words(connection, number, words)


def _weighed(query: EventQuery) -> list[Any]:
    found: list[Any] = [] if query.hidden else [EVENTS.c.hidden == 0]
    return [*found, EVENTS.c.salience >= query.min_salience] if query.min_salience > 0 else found


def actor_rows(connection: Connection, keys: Sequence[str]) -> list[int]:
    return sorted(row for (row,) in rows_among(connection, _of_keys, keys)) if keys else []


def _of_keys(among: Among) -> Select[Any]:
    return select(ActorEntry.id).where(among(ActorEntry.key))


def _concerned(number: Any, countries: Iterable[str], by: str) -> Any:
    link = _COUNTRIES
    found = exists().where(link.c.country.in_(tuple(countries)), link.c.event_id == number)
    return found.where(link.c[f"{by}_reason"].is_not(None)) if by else found


def _taking_part(number: Any, actors: list[int]) -> Any:
    link = _ACTORS
    return exists().where(link.c.actor_id.in_(actors), link.c.event_id == number) if actors else false()


def _side(connection: Connection, number: Any, side: Side) -> Any:
    """That a side takes part: itself, or for a country any actor of it."""
    ways = [_concerned(number, side.countries, "actor")] if side.countries else []
    return or_(false(), *ways, _taking_part(number, actor_rows(connection, side.actors)))


def _located(connection: Connection, number: Any, place: Located) -> Any:
    ways: list[Any] = []
    if place.countries:
        ways.append(_concerned(number, place.countries, "place"))
    ways += [way for _, way in located(connection, place)]
    return or_(false(), *ways)


def located(connection: Connection, place: Located) -> list[tuple[str, Any]]:
    """The ways in which an event can be at a place, countries apart: the column that names it, and the condition."""
    ways: list[tuple[str, Any]] = []
    if place.references:
        ways += [("place_reference", EVENTS.c.place_reference == reference) for reference in place.references]
    inside = EVENTS.c.place_country == place.within if place.within else true()
    if place.region:
        ways.append(("place_region", (EVENTS.c.place_region == place.region) & inside))
    for spelling in _spellings(connection, place.names) if place.names else ():
        named = (EVENTS.c.place_name == spelling) & (EVENTS.c.place_reference == "") & inside
        ways.append(("place_name", named))
    return ways


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
    lat, lon = EVENTS.c.latitude, EVENTS.c.longitude
    box = lat.between(south, north) & or_(*(lon.between(west, east) for west, east in ranges))
    exact = EVENTS.c.place_exactness.in_(_EXACT)
    points = connection.execute(select(lat, lon).where(box, exact).distinct())
    near = [(y, x) for y, x in points if y is not None and x is not None and circle.has(y, x)]
    if not near:
        return false()
    # Numbers are written into the statement: a wide circle may hold more points than SQLite binds values.
    return exact & tuple_(lat, lon).in_(bindparam("points", near, expanding=True, literal_execute=True))


def _exact(exactness: str) -> Any:
    """An exactness as the form of the EDTF and the reach of the days tell it (`edtf.exactness`)."""
    edtf, reach = EVENTS.c.edtf, EVENTS.c.reach
    bounded = reach.in_([int(Reach.SHORT), int(Reach.LONG)])
    interval = or_(edtf.contains("/"), edtf.startswith("["), edtf.startswith("{"))
    plain = func.replace(func.replace(func.replace(edtf, "~", ""), "?", ""), "%", "")
    month = func.substr(plain, 6, 2)
    no_month = or_(month == "", month == "XX")
    whole = bounded & ~interval
    century, decade = func.substr(plain, 3, 2) == "XX", func.substr(plain, 4, 1) == "X"
    return {
        "day": reach == int(Reach.DAY),
        "open": reach.in_([int(Reach.LATER), int(Reach.EARLIER)]),
        "unknown": reach == int(Reach.NEVER),
        "interval": bounded & interval,
        "century": whole & century,
        "decade": whole & decade & ~century,
        "year": whole & ~decade & no_month,
        "season": whole & ~decade & ~no_month & (month > "12"),
        "month": whole & ~decade & ~no_month & (month <= "12"),
    }[exactness]


def _told_by(number: Any, source: str) -> Any:
    """That an article whose publisher or address has the words, or a data set whose name has them, tells of it."""
    article, dataset = ArticleRow.__table__, Dataset.__table__
    wanted = source.strip().lower()
    if "\0" in wanted:  # no database holds it in a text
        return false()
    columns = (article.c.publisher, article.c.url, article.c.origin, dataset.c.name)
    return exists().where(
        ReportRow.event_id == number,
        or_(
            ReportRow.article_id.in_(
                select(article.c.id).where(or_(*(func.lower(c).contains(wanted, autoescape=True) for c in columns[:3])))
            ),
            ReportRow.dataset_id.in_(
                select(dataset.c.id).where(func.lower(dataset.c.name).contains(wanted, autoescape=True))
            ),
        ),
    )


def terms(words: str) -> list[tuple[str, bool]]:
    """The words of a text search, folded, each with whether it is the beginning of one ("drone*")."""
    found: list[tuple[str, bool]] = []
    for word in words.split():
        folded = fold(word).split()
        found += [(each, False) for each in folded[:-1]]
        found += [(each, word.endswith("*")) for each in folded[-1:]]
    return found


def having_words(connection: Connection, number: Any, words: list[tuple[str, bool]]) -> Any:
    """That an event has all the words: by FTS5 on SQLite, by a tsvector on PostgreSQL."""
    if connection.dialect.name == "sqlite":
        # One look for each event that is met: "number IN" would list all events of the word first.
        looked_up = _WORDS.alias("looked_up")
        found = literal_column("looked_up.event_words").op("MATCH")(fts_query(words))
        return exists().select_from(looked_up).where(found, looked_up.c.rowid == number)
    asked = " & ".join(f"'{word}':*" if begins else f"'{word}'" for word, begins in words)
    return literal_column("events.words").op("@@")(func.to_tsquery("simple", asked))


def fts_query(words: list[tuple[str, bool]]) -> str:
    """Each word quoted, so that none is an operator of FTS5."""
    return " ".join(f'"{word}"*' if begins else f'"{word}"' for word, begins in words)
