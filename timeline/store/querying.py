"""Asking the store: what matches, in pages, and from rows to events."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator, Sequence
from datetime import date
from typing import Any, TypeVar

from sqlalchemy import Connection, Select, func, select

from timeline.model import Event
from timeline.model.actor import fold
from timeline.model.errors import AmbiguousError, NotFoundError
from timeline.model.flat import FlatEvent
from timeline.store import ids
from timeline.store.among import Among, rows_among
from timeline.store.assembling import Assembler
from timeline.store.flattening import Flattener
from timeline.store.questions import unreferenced
from timeline.store.reports import parts
from timeline.store.tables import EventCountry, EventRedirect, EventRow
from timeline.store.values import CountryRow, EventQuery, Sort
from timeline.store.walking import Walk

_PAGE = 500
_SHOWN = 4  # ids that an error names
_HEXADECIMAL = re.compile(r"[0-9a-f]+")
_SORTS: dict[Sort, Any] = {
    Sort.REPORTED: EventRow.last_reported,
    Sort.SOURCES: EventRow.sources,
    Sort.SALIENCE: EventRow.salience,
}
_Item = TypeVar("_Item")
# (row, item) for rows, in no order.
_Load = Callable[[Sequence[int]], Iterator[tuple[int, _Item]]]
_NOTHING: dict[Sort, Any] = {Sort.REPORTED: date.min, Sort.SOURCES: 0, Sort.SALIENCE: 0.0}


def events(connection: Connection, query: EventQuery) -> Iterator[Event]:
    """Matching events in the order asked for, read in pages."""
    return _read(connection, query, Assembler(connection).load)


def flat_events(connection: Connection, query: EventQuery, wanted: Collection[str]) -> Iterator[FlatEvent]:
    """The same as tables hold them; of `actors`, `countries` and `urls` those that are wanted."""
    return _read(connection, query, Flattener(connection, wanted).flat)


def _read(connection: Connection, query: EventQuery, load: _Load[_Item]) -> Iterator[_Item]:
    if query.sort is not Sort.DATE:
        yield from _loaded(load, _sorted(connection, query))
        return
    after = row_of(connection, query.after) if query.after else None
    walk, left = Walk(connection, query), query.limit
    while left is None or left > 0:
        size = _PAGE if left is None else min(left, _PAGE)
        page = walk.page(size, after)
        yield from _loaded(load, page)
        if len(page) < size:
            return
        after = page[-1]
        left = left - size if left is not None else None


def _loaded(load: _Load[_Item], numbers: Sequence[int]) -> Iterator[_Item]:
    for part in parts(numbers):
        found = dict(load(part))
        yield from map(found.__getitem__, part)


def _sorted(connection: Connection, query: EventQuery) -> list[int]:
    """Rows by another order: the most first, those alike in timeline order; `reverse` turns all of it."""
    column = func.coalesce(_SORTS[query.sort], _NOTHING[query.sort])
    number = EventRow.id
    statement = select(number).where(number.in_(Walk(connection, query).numbers()))
    if query.after:
        last = row_of(connection, query.after)
        told = connection.execute(select(column, number).where(number == last)).one()
        behind = (column > told[0]) if query.reverse else (column < told[0])
        statement = statement.where(
            behind | ((column == told[0]) & (number < last if query.reverse else number > last))
        )
    order = (column.asc(), number.desc()) if query.reverse else (column.desc(), number.asc())
    statement = statement.order_by(*order)
    return list(connection.scalars(statement.limit(query.limit) if query.limit is not None else statement))


def row_of(connection: Connection, event_id: str) -> int:
    """The row of the event of an id, of the beginning of one, or of an id that it once had.

    Raises NotFoundError; AmbiguousError when several ids begin so.
    """
    wanted = event_id.strip().lower()
    same = [row for (row,) in rows_among(connection, _of_ids, [wanted])]
    row = same[0] if same else None
    if row is None:
        row = _led_to(connection, event_id, EventRedirect.old == wanted)
    if row is None and len(wanted) >= ids.SHORTEST_PREFIX and _HEXADECIMAL.fullmatch(wanted):
        last = wanted.ljust(ids.ID_LENGTH, "f")
        begins = select(EventRow.id, EventRow.public_id).where(EventRow.public_id.between(wanted, last))
        found = connection.execute(begins.limit(_SHOWN)).all()
        if len(found) > 1:
            raise AmbiguousError(f"several events begin with {event_id!r}", hint=", ".join(str(r[1]) for r in found))
        row = found[0][0] if found else _led_to(connection, event_id, EventRedirect.old.between(wanted, last))
    if row is None:
        raise NotFoundError(
            f"no event has the id {event_id!r}", hint="'timeline show' prints ids; four characters suffice"
        )
    return int(row)


def _of_ids(among: Among) -> Select[Any]:
    return select(EventRow.id).where(among(EventRow.public_id))


def _led_to(connection: Connection, event_id: str, old: Any) -> int | None:
    """The row of the event that ids of old lead to, None where there are none. Raises as `row_of` does."""
    new = sorted(connection.scalars(select(EventRedirect.new).where(old).distinct().limit(_SHOWN)))
    if new == [""]:
        raise NotFoundError(f"the event {event_id!r} was withdrawn by its source")
    if len(new) > 1:
        raise AmbiguousError(f"several events had ids that begin with {event_id!r}", hint=", ".join(filter(None, new)))
    return connection.scalar(select(EventRow.id).where(EventRow.public_id == new[0])) if new else None


def load(connection: Connection, numbers: Sequence[int]) -> Iterator[tuple[int, Event]]:
    """(row, event) for event rows, in no order."""
    return Assembler(connection).load(numbers)


def countries(connection: Connection) -> list[CountryRow]:
    """Countries by falling number of events."""
    events_ = func.count(func.distinct(EventCountry.event_id))
    statement = (
        select(EventCountry.country, events_, func.min(EventRow.earliest), func.max(EventRow.latest))
        .join(EventRow, EventCountry.event_id == EventRow.id)
        .group_by(EventCountry.country)
        .order_by(events_.desc(), EventCountry.country)
    )
    return [CountryRow(*row) for row in connection.execute(statement)]


def place_names(connection: Connection, name: str) -> list[str]:
    """Names of places outside the reference data that are this name, in any case and without accents."""
    return sorted(each for each in unreferenced(connection) if fold(each) == fold(name))
