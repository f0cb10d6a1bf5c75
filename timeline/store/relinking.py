"""Linking everything anew: after a migration that changed the rules, or that could not keep the blocks."""

from __future__ import annotations

from sqlalchemy import Connection, delete, insert

from timeline.store.reports import batches
from timeline.store.schema import LINKED, is_linked
from timeline.store.tables import ReportBlock, ReportRow, Setting

_BATCH = 2_000


def catch_up(connection: Connection) -> None:
    """Link all reports where that is due: a migration says so by forgetting that it was done. Copies come last."""
    if is_linked(connection):
        return
    # Imported here: every command asks whether it is due, hardly any does it.
    from timeline.store import copies

    relink(connection)
    copies.find_all(connection)
    connection.execute(insert(Setting).values(name=LINKED, value="yes"))


def relink(connection: Connection) -> None:
    """Blocks first, for all, so that no neighbour is missed; then the events, batch by batch."""
    from timeline.store.changing import Cause
    from timeline.store.events import Deriver

    connection.execute(delete(ReportBlock))
    for batch in batches(connection, ReportRow.id, _BATCH):
        Deriver(connection, Cause()).write_blocks(batch)
    for batch in batches(connection, ReportRow.id, _BATCH):
        deriver = Deriver(connection, Cause())
        deriver.revisit(batch)
        deriver.derive_touched()
