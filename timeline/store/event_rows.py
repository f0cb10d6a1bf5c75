"""Writing derived events: of what stays only what is said anew, of the reports only those that are in another one."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, bindparam, delete, insert, select, update

from timeline.model import Event, Participation
from timeline.store import positions, rows
from timeline.store.packing import table_of
from timeline.store.reports import Told, parts
from timeline.store.tables import EventActor, EventCountry, EventRow, ReportRow

Derived = tuple[Event, Sequence[Told]]

_EVENT, _ACTOR, _COUNTRY, _REPORT = map(table_of, (EventRow, EventActor, EventCountry, ReportRow))


def write(
    connection: Connection,
    derived: Sequence[Derived],
    old: Mapping[int, Event],
    same: Collection[str],
    actor_row: Callable[[Participation], int],
) -> None:
    """Write events (each with its reports) in the place of old ones, by row, of which those that are none of them go.

    Of the `same` (their ids) nothing is to be written. `actor_row` gives the row of an actor that takes part.
    """
    known = {event.id: row for row, event in old.items()}
    kept = {
        event.id: row
        for event, _ in derived
        if (row := known.get(event.id)) is not None and (event.id in same or _place(old[row]) == _place(event))
    }
    for part in parts(sorted(old.keys() - kept.values())):
        connection.execute(delete(_EVENT).where(_EVENT.c.id.in_(part)))
    fresh = [event for event, _ in derived if event.id not in kept]
    numbers = kept | _numbers(connection, fresh)
    changed = [event for event, _ in derived if event.id in kept and event.id not in same]
    if fresh:
        connection.execute(insert(_EVENT), [rows.event_columns(event, numbers[event.id]) for event in fresh])
    for event in changed:
        values = rows.event_columns(event, numbers[event.id])
        connection.execute(update(_EVENT).where(_EVENT.c.id == values.pop("id")).values(**values))
    linked = [event for event in changed if _linked(event) != _linked(old[kept[event.id]])]
    for table in (_ACTOR, _COUNTRY):
        for part in parts([numbers[event.id] for event in linked]):
            connection.execute(delete(table).where(table.c.event_id.in_(part)))
    _link(connection, [(numbers[event.id], event) for event in (*fresh, *linked)], actor_row)
    _belong(
        connection,
        (
            (told.row, numbers[event.id])
            for event, members in derived
            for told in members
            if event.id not in kept or told.event != kept[event.id]
        ),
    )


def _place(event: Event) -> int:
    """Where it stands in a timeline: an event that moves is written anew."""
    return positions.position(event.when, event.id)


def _linked(event: Event) -> tuple[object, ...]:
    """All that stands in the links of an event to actors and countries."""
    return event.actors, event.countries, event.kind, rows.weight(event), positions.reach(event.when)


def _belong(connection: Connection, rows_of: Iterable[tuple[int, int]]) -> None:
    """(report, event) for reports that are in another event now."""
    values = [{"report": report, "event": event} for report, event in rows_of]
    if values:
        belongs = update(_REPORT).where(_REPORT.c.id == bindparam("report")).values(event_id=bindparam("event"))
        connection.execute(belongs, values)


def _numbers(connection: Connection, events: Sequence[Event]) -> dict[str, int]:
    """A row number for each event, by its id: its position, or the next free one."""
    wanted = {event.id: _place(event) for event in events}
    taken: set[int] = set()
    for part in parts(sorted(wanted.values())):
        taken.update(connection.scalars(select(_EVENT.c.id).where(_EVENT.c.id.in_(part))))
    for public_id in sorted(wanted):
        number = wanted[public_id]
        while number in taken:
            number += 1
            if connection.scalar(select(_EVENT.c.id).where(_EVENT.c.id == number)) is not None:
                taken.add(number)
        taken.add(number)
        wanted[public_id] = number
    return wanted


def _link(
    connection: Connection, events: Sequence[tuple[int, Event]], actor_row: Callable[[Participation], int]
) -> None:
    actors: list[dict[str, Any]] = []
    countries: list[dict[str, Any]] = []
    for row, event in events:
        beside_all = {"event_id": row, "reach": int(positions.reach(event.when)), "weight": rows.weight(event)}
        for position, p in enumerate(event.actors):
            actors.append({**beside_all, "actor_id": actor_row(p), "position": position, "role": p.role.value})
        countries += [{**beside_all, **columns, "kind": event.kind} for columns in rows.country_columns(event)]
    if actors:
        connection.execute(insert(_ACTOR), actors)
    if countries:
        connection.execute(insert(_COUNTRY), countries)
