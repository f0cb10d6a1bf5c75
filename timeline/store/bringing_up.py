"""Bringing events up to judgements about actors, a batch a transaction: one who takes part in a million events is
renamed without a lock that lasts, in little memory.

What is due is kept in the store: it outlives a crash, and who writes next goes on with it.
"""

from __future__ import annotations

import json
from collections.abc import Collection
from heapq import merge
from itertools import islice

from sqlalchemy import Connection, delete, insert, select

from timeline.store.engine import Database
from timeline.store.reports import parts
from timeline.store.tables import ActorEntry, ReportActor, Setting

BATCH = 1_000
DUE = "reports to be read again"  # the setting that keeps what is due


def begin(connection: Connection, actors: Collection[str]) -> None:
    """Read again what some actors (keys) take part in: all of it now if that is little, else the first of it."""
    before, _ = _due(connection)
    _note(connection, sorted({*before, *actors}), 0)
    step(connection)


def step(connection: Connection) -> bool:
    """Read a batch of what is due again; whether more is."""
    # Imported here: every command that writes asks whether something is due.
    from timeline.store.changing import Cause
    from timeline.store.events import Deriver

    actors, last = _due(connection)
    if not actors:
        return False
    batch = _batch(connection, actors, last)
    deriver = Deriver(connection, Cause())
    deriver.read_again(batch)
    deriver.derive_touched()
    more = len(batch) == BATCH
    _note(connection, actors if more else [], batch[-1] if more else 0)
    return more


def finish(database: Database) -> None:
    """All that is due, with room for other writers between batches."""
    with database.reading() as connection:
        due = bool(_due(connection)[0])
    while due:
        with database.writing() as connection:
            due = step(connection)


def _batch(connection: Connection, actors: Collection[str], last: int) -> list[int]:
    """The next reports behind the `last`, by number."""
    rows: list[int] = []
    for part in parts(sorted(actors)):
        rows += connection.scalars(select(ActorEntry.id).where(ActorEntry.key.in_(part)))
    found: list[list[int]] = []
    for row in rows:
        # One actor at a time: its index has the reports in order.
        mine = select(ReportActor.report_id).where(ReportActor.actor_id == row, ReportActor.report_id > last).distinct()
        found.append(list(connection.scalars(mine.order_by(ReportActor.report_id).limit(BATCH))))
    return list(islice(dict.fromkeys(merge(*found)), BATCH))


def _due(connection: Connection) -> tuple[list[str], int]:
    """The actors, and the last report that was read again for them."""
    kept = connection.scalar(select(Setting.value).where(Setting.name == DUE))
    if not kept:
        return [], 0
    told = json.loads(kept)
    return told["actors"], told["last"]


def _note(connection: Connection, actors: Collection[str], last: int) -> None:
    connection.execute(delete(Setting).where(Setting.name == DUE))
    if actors:
        value = json.dumps({"actors": list(actors), "last": last})
        connection.execute(insert(Setting).values(name=DUE, value=value))
