"""The history of events as the database has it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import Connection, insert, or_, select

from timeline.store.columns import now
from timeline.store.tables import EventChange
from timeline.store.values import Change, Changed


@dataclass(frozen=True, slots=True)
class Cause:
    """Why events are derived again: a run, or a judgement (their numbers)."""

    run: int | None = None
    judgement: int | None = None


def note(connection: Connection, changes: Sequence[Change], cause: Cause) -> None:
    """Keep some changes."""
    if not changes:
        return
    beside = {"changed": now(), "run_id": cause.run, "judgement": cause.judgement}
    told = [{"public_id": c.event, "what": c.what, "old": c.old, "new": c.new, **beside} for c in changes]
    connection.execute(insert(EventChange), told)


def history(connection: Connection, public_ids: Sequence[str]) -> list[Changed]:
    """The changes of the events with these ids, and of those that were joined into them, the earliest first."""
    table = EventChange.__table__
    mine = or_(table.c.public_id.in_(public_ids), (table.c.what == "joined") & table.c.new.in_(public_ids))
    found = connection.execute(select(table).where(mine).order_by(table.c.id)).mappings()
    return [
        Changed(Change(r["public_id"], r["what"], r["old"], r["new"]), r["changed"], r["run_id"], r["judgement"])
        for r in found
    ]
