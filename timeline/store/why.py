"""Why reports are one event, and what may be one with it: asked of the rule of linking again, nothing of it is kept."""

from __future__ import annotations

from sqlalchemy import Connection, select

from timeline.store import linking
from timeline.store.event_judged import pairs
from timeline.store.near import near
from timeline.store.reports import parts
from timeline.store.tables import EventRow, ReportRow
from timeline.store.units import Units
from timeline.store.values import Joining


def why(connection: Connection, event: int) -> tuple[list[Joining], list[Joining]]:
    """The links that made an event one, the surest first; and those to other events that were not sure enough."""
    units = Units(connection)
    own = units.of(connection.scalars(select(ReportRow.id).where(ReportRow.event_id == event)))
    judged = pairs(units.judged.grouping, units.keys())
    groups = linking.linked(own, units.linkables, lambda items: near(connection, units, items), *judged)
    made = [each for group in groups if group.members <= own for each in group.links]
    unsure = [each for group in groups if group.members <= own for each in group.unsure]
    return _told(connection, units, made), _told(connection, units, unsure)


def _told(connection: Connection, units: Units, joined: list[linking.Joined]) -> list[Joining]:
    ends = [(units.members([each.first])[0], units.members([each.second])[0]) for each in joined]
    events = sorted({told.event for pair in ends for told in pair if told.event is not None})
    of: dict[int | None, str] = {}
    for part in parts(events):
        found = select(EventRow.id, EventRow.public_id).where(EventRow.id.in_(part))
        of.update({row: public_id for row, public_id in connection.execute(found)})
    return [
        Joining(one.key, other.key, of.get(one.event, ""), of.get(other.event, ""), each.link.score, each.link.reasons)
        for each, (one, other) in zip(joined, ends, strict=True)
    ]
