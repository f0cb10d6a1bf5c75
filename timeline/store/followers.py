"""Which new units join an event of a crowd without its crowd being grouped again (`linking.followed`)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection

from sqlalchemy import Connection, or_, select

from timeline.store import near
from timeline.store.linking import Followed, followed
from timeline.store.tables import ArticleCopy, JudgedReport, ReportRow
from timeline.store.units import Units


def followers(connection: Connection, units: Units, new: Collection[int]) -> dict[int, Followed]:
    """Of units that no event has yet, whose blocks are written, those that join one as it is. Rows of data sets never
    do, nor what a judgement is about, nor of one article two."""
    found: dict[int, Followed] = {}
    asked = sorted(unit for unit in new if units.article(unit) and units.event(unit) is None)
    for unit, meeting in near.silent(connection, asked).items():
        joins = _followed(connection, units, unit, meeting)
        if joins is not None:
            found[unit] = joins
    articles = Counter(map(units.article, found))
    return {unit: joins for unit, joins in found.items() if articles[units.article(unit)] == 1}


def _followed(connection: Connection, units: Units, unit: int, meeting: near.Meeting) -> Followed | None:
    beside = units.of(meeting.met(unit))
    events = {other: event for other in beside if (event := units.event(other)) is not None}
    met = units.linkables(sorted(beside)) if events else {}
    joins = followed(units.linkables([unit])[unit], met, events, meeting.meet)
    if joins is None or near.read_by_several(connection, units, [unit, *met]):
        return None
    known = _is_judged(connection, units, unit, joins.event) or _is_told(connection, units, unit, joins.event)
    return None if known else joins


def _is_judged(connection: Connection, units: Units, unit: int, event: int) -> bool:
    """Whether a judgement is about the unit or the event."""
    keys = {told.key for told in units.members([unit])}
    if units.judged.about(keys) or units.judged.beside(keys):
        return True
    named = select(JudgedReport.key).join(ReportRow, ReportRow.key == JudgedReport.key)
    return connection.scalar(named.where(ReportRow.event_id == event).limit(1)) is not None


def _is_told(connection: Connection, units: Units, unit: int, event: int) -> bool:
    """Whether the unit's source may tell of the event already."""
    article = units.article(unit)
    copies = select(ArticleCopy.article_id).where(or_(ArticleCopy.article_id == article, ArticleCopy.of_id == article))
    same = select(ReportRow.id).where(ReportRow.article_id == article, ReportRow.event_id == event)
    return any(connection.scalar(some.limit(1)) is not None for some in (copies, same))
