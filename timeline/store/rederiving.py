"""Deriving every event again beside what is stored of it; the caller rolls back what is written on the way."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from sqlalchemy import Connection, select

from timeline.model import Event
from timeline.store import changes, querying
from timeline.store.changing import Cause
from timeline.store.events import Deriver
from timeline.store.reports import batches
from timeline.store.tables import ReportRow

_BATCH = 500


def otherwise(connection: Connection, step: Callable[[str], None]) -> Iterator[str]:
    """What a derivation of today tells otherwise than the store does."""
    for batch in batches(connection, ReportRow.id, _BATCH):
        before = _events(connection, batch)
        deriver = Deriver(connection, Cause())
        deriver.revisit(batch)
        deriver.derive_touched()
        now = _events(connection, batch)
        yield from (f"the event {gone} would be part of another one" for gone in sorted(before.keys() - now.keys()))
        yield from (f"the event {new} would come of reports of others" for new in sorted(now.keys() - before.keys()))
        for public_id in sorted(before.keys() & now.keys()):
            if before[public_id] != now[public_id]:
                told = (f"{c.what} {c.old!r} → {c.new!r}" for c in changes.between(before[public_id], now[public_id]))
                yield f"the event {public_id} would be derived otherwise: {', '.join(told) or 'another wording'}"
        step("events derived again")


def _events(connection: Connection, reports: Sequence[int]) -> dict[str, Event]:
    rows = set(connection.scalars(select(ReportRow.event_id).where(ReportRow.id.in_(reports)).distinct()))
    return {event.id: event for _, event in querying.load(connection, sorted(row for row in rows if row is not None))}
