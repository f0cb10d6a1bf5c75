"""Which events a question asks for: conditions on one event. Every value is bound or a number of ours.

`walking` chooses where to begin (the events of a country, of a person ...); what is left of the question is tested here
on each event that the walk meets.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from typing import Any

from sqlalchemy import (
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

from timeline.store.positions import Reach
from timeline.store.questions import EXACT, Asked, Bound, Spot
from timeline.store.tables import ArticleRow, Dataset, EventActor, EventCountry, EventRow, ReportRow

EVENTS: Table = EventRow.__table__  # type: ignore[assignment]
_WORDS = table("event_words", column("rowid"))
# Made once: an alias counts all its columns when it is first asked for one.
_ACTORS, _COUNTRIES = EventActor.__table__.alias("taking_part"), EventCountry.__table__.alias("concerned")


@dataclass(frozen=True, slots=True)
class Tests:
    """What singles an event out; `of_events`: some of it looks at columns of the events themselves."""

    where: tuple[Any, ...]
    of_events: bool


def conditions(asked: Asked, number: Any, done: Collection[str] = ()) -> Tests:
    """What an event (`number` is its row, EVENTS its columns) must fulfil, but for the fields of the question that are
    `done`: those that the walk sees to, of sides each ("side 0"). Days are the walk's in any case."""
    beside = list(_beside(asked, number, done))
    own = list(_own(asked, number, done))
    return Tests((*beside, *own), bool(own))


def _beside(asked: Asked, number: Any, done: Collection[str]) -> Iterator[Any]:
    """Tests of what stands beside an event, which its number leads to."""
    if asked.countries and "countries" not in done:
        yield _concerned(number, asked.countries, asked.form.by)
    if asked.actors and "actors" not in done:
        yield _taking_part(number, asked.actors)
    for place, (countries, actors) in enumerate(asked.sides):
        if f"side {place}" not in done:
            yield _side(number, countries, actors)
    if asked.sources:
        yield or_(false(), *(_told_by(number, pattern) for source in asked.sources for pattern in source))
    for run in asked.run:
        yield exists().where(ReportRow.event_id == number, ReportRow.run_id == run)


def _own(asked: Asked, number: Any, done: Collection[str]) -> Iterator[Any]:
    form = asked.form
    if asked.places and "places" not in done:
        yield or_(*(_located(number, place) for place in asked.places))
    if form.points is not None:
        yield _within(form.points)
    if "weight" not in done:
        if not form.hidden:
            yield EVENTS.c.hidden == 0
        for weight in asked.weight:
            yield EVENTS.c.salience >= weight
    if asked.kinds and "kinds" not in done:
        yield EVENTS.c.kind.in_(asked.kinds)
    if asked.types:
        yield EVENTS.c.type.in_(asked.types)
    if asked.modalities:
        yield EVENTS.c.modality.in_(asked.modalities)
    if form.exactness:
        yield or_(false(), *(_exact(each.value) for each in form.exactness))
    for sources in asked.min_sources:
        yield EVENTS.c.sources >= sources
    if form.confirmed:
        yield EVENTS.c.confirmed == 1
    if "words" not in done:
        for words in asked.words:
            yield _having_words(number, words, form.dialect)


def _concerned(number: Any, countries: Bound, by: str) -> Any:
    link = _COUNTRIES
    found = exists().where(link.c.country.in_(countries), link.c.event_id == number)
    return found.where(link.c[f"{by}_reason"].is_not(None)) if by else found


def _taking_part(number: Any, actors: Bound) -> Any:
    link = _ACTORS
    return exists().where(link.c.actor_id.in_(actors), link.c.event_id == number) if actors else false()


def _side(number: Any, countries: Bound, actors: Bound) -> Any:
    """That a side takes part: itself, or for a country any actor of it."""
    ways = [_concerned(number, countries, "actor")] if countries else []
    return or_(false(), *ways, _taking_part(number, actors))


def _located(number: Any, place: Spot) -> Any:
    ways = [_concerned(number, place.countries, "place")] if place.countries else []
    return or_(false(), *ways, *located(place))


def located(place: Spot) -> Iterator[Any]:
    """The ways in which an event can be at a place, countries apart."""
    for reference in place.references:
        yield EVENTS.c.place_reference == reference
    inside = EVENTS.c.place_country == place.within[0] if place.within else true()
    for region in place.region:
        yield (EVENTS.c.place_region == region) & inside
    for name in place.names:
        yield (EVENTS.c.place_name == name) & (EVENTS.c.place_reference == "") & inside


def _within(points: tuple[tuple[float, float], ...]) -> Any:
    if not points:
        return false()
    near: Any = bindparam("points", points, expanding=True, literal_execute=True)
    return EVENTS.c.place_exactness.in_(EXACT) & tuple_(EVENTS.c.latitude, EVENTS.c.longitude).in_(near)


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


def _told_by(number: Any, pattern: Any) -> Any:
    """That an article whose publisher or address has the words, or a data set whose name has them, tells of it."""
    article, dataset = ArticleRow.__table__, Dataset.__table__

    def like(each: Any) -> Any:
        return func.lower(each).like(pattern, escape="/")

    articles = select(article.c.id).where(or_(*map(like, (article.c.publisher, article.c.url, article.c.origin))))
    datasets = select(dataset.c.id).where(like(dataset.c.name))
    return exists().where(
        ReportRow.event_id == number, or_(ReportRow.article_id.in_(articles), ReportRow.dataset_id.in_(datasets))
    )


def _having_words(number: Any, words: Any, dialect: str) -> Any:
    """That an event has all the words: by FTS5 on SQLite, by a tsvector on PostgreSQL."""
    if dialect == "sqlite":
        # One look for each event that is met: "number IN" would list all events of the word first.
        looked_up = _WORDS.alias("looked_up")
        found = literal_column("looked_up.event_words").op("MATCH")(words)
        return exists().select_from(looked_up).where(found, looked_up.c.rowid == number)
    return literal_column("events.words").op("@@")(func.to_tsquery("simple", words))
