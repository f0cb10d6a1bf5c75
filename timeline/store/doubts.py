"""What the store is not sure of and a person can judge: pairs that may be one event, words that could be several
actors. What was judged is never asked again."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Connection, or_, select

from timeline.model import Event, Unresolved
from timeline.model.merging import Sourced, best
from timeline.store import event_judged, event_judgements, querying
from timeline.store.event_edits import taking_of
from timeline.store.event_judgements import EventAction
from timeline.store.reports import Told, load_reports
from timeline.store.tables import ArticleRow, Dataset, EventCountry, EventRow, ReportRow, ReportUnresolved, UnsureLink
from timeline.store.units import Units


@dataclass(frozen=True, slots=True)
class Side:
    """One of two that may be one event: its event, the keys of the reports that were compared, the sentence that tells
    it best there, and who published that when."""

    event: Event
    keys: tuple[str, ...]
    sentence: str
    source: str
    published: date | None


@dataclass(frozen=True, slots=True)
class Doubt:
    """Two that may be one event, why, and how much speaks for it."""

    one: Side
    other: Side
    reason: str
    score: float


@dataclass(frozen=True, slots=True)
class Unnamed:
    """Words of a report (key) that could be several actors, with the event and the sentence."""

    event: Event
    report: str
    sentence: str
    source: str
    published: date | None
    unresolved: Unresolved


def unsure(connection: Connection, country: str | None, since: date | None) -> list[tuple[int, int]]:
    """The stored pairs, the surest first."""
    statement = select(UnsureLink.one, UnsureLink.other).order_by(
        UnsureLink.score.desc(), UnsureLink.one, UnsureLink.other
    )
    if country or since:
        meant = _meant(country, since)
        statement = statement.where(or_(UnsureLink.one.in_(meant), UnsureLink.other.in_(meant)))
    return [(one, other) for one, other in connection.execute(statement)]


def doubt(connection: Connection, pair: tuple[int, int]) -> Doubt | None:
    """None where the two are one event by now, where one of them was hidden, or where people judged them."""
    link = connection.execute(
        select(UnsureLink.score, UnsureLink.reason).where(UnsureLink.one == pair[0], UnsureLink.other == pair[1])
    ).first()
    units = Units(connection)
    members = [units.members(units.of([row])) for row in pair]
    events = [told[0].event for told in members if told]
    if link is None or len(events) < 2 or None in events or events[0] == events[1]:
        return None
    grouping = units.judged.grouping
    keys = [event_judged.keys_of(connection, event) for event in events if event is not None]
    if any(grouping.parted(a, b) for a in keys[0] for b in keys[1]):
        return None
    sides = [_side(connection, told) for told in members]
    if any(side.event.hidden for side in sides):
        return None
    return Doubt(sides[0], sides[1], link.reason, link.score)


def _side(connection: Connection, members: Sequence[Told]) -> Side:
    told = best(each.sourced for each in members)
    event = next(event for _, event in querying.load(connection, [members[0].event or 0]))
    keys = tuple(each.key for each in members)
    return Side(event, keys, told.report.sentence, _source(connection, members, told), told.published)


def _source(connection: Connection, members: Sequence[Told], told: Sourced) -> str:
    """The publisher, else the title of the article, else the name of the data set, else its address."""
    key = next(each.key for each in members if each.sourced is told)
    statement = select(ArticleRow.publisher, ArticleRow.title, Dataset.name).select_from(ReportRow)
    statement = statement.outerjoin(ArticleRow, ReportRow.article_id == ArticleRow.id)
    statement = statement.outerjoin(Dataset, ReportRow.dataset_id == Dataset.id)
    names = connection.execute(statement.where(ReportRow.key == key)).one()
    return next((name for name in names if name), told.url)


def unnamed(connection: Connection, country: str | None, since: date | None) -> list[tuple[int, int]]:
    """(report, position) of words that could be several actors, those of the most salient events first."""
    statement = (
        select(ReportUnresolved.report_id, ReportUnresolved.position)
        .join(ReportRow, ReportUnresolved.report_id == ReportRow.id)
        .join(EventRow, ReportRow.event_id == EventRow.id)
        .where(EventRow.hidden == 0)
        .order_by(EventRow.salience.desc(), EventRow.id, ReportRow.key, ReportUnresolved.position)
    )
    if country or since:
        statement = statement.where(ReportUnresolved.report_id.in_(_meant(country, since)))
    return [(report, position) for report, position in connection.execute(statement)]


def unnamed_words(connection: Connection, which: tuple[int, int]) -> Unnamed | None:
    """None where they are gone, or where people judged who they are."""
    found = load_reports(connection, ReportRow.id == which[0])
    if not found or found[0].event is None or which[1] >= len(found[0].sourced.report.unresolved):
        return None
    told = found[0]
    words = told.sourced.report.unresolved[which[1]]
    for judgement in event_judgements.counting(event_judged.load(connection)):
        if judgement.action is EventAction.EDIT and judgement.field == "actors" and told.key in judgement.keys:
            taking = taking_of(judgement.value)
            if taking.words == words.words and taking.role is words.role:
                return None
    event = next(event for _, event in querying.load(connection, [told.event or 0]))
    source = _source(connection, found, told.sourced)
    return Unnamed(event, told.key, told.sourced.report.sentence, source, told.sourced.published, words)


def _meant(country: str | None, since: date | None) -> Any:
    """The reports of events that concern a country and may have happened since a day."""
    statement = select(ReportRow.id).join(EventRow, ReportRow.event_id == EventRow.id)
    if country:
        concerned = select(EventCountry.event_id).where(EventCountry.country == country)
        statement = statement.where(EventRow.id.in_(concerned))
    if since:
        statement = statement.where(or_(EventRow.latest.is_(None), EventRow.latest >= since))
    return statement
