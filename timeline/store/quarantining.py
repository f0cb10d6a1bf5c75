"""What could not be read, kept with its reason."""

from __future__ import annotations

from sqlalchemy import Connection, insert, select, update

from timeline.store import ids, noting
from timeline.store.columns import now
from timeline.store.noting import Note, Subject
from timeline.store.packing import plain, table_of
from timeline.store.tables import QuarantineItem


def put_aside(connection: Connection, origin: str, reason: str, data: bytes | None, run: int | None) -> None:
    """Keep it once for each origin and content, with the latest reason."""
    table, digest = table_of(QuarantineItem), ids.digest(data or b"")
    same = (table.c.origin == origin) & (table.c.digest == digest)
    known = connection.execute(select(table).where(same)).mappings().first()
    before = plain(known, table, ("id", "data")) if known else None
    noting.note(connection, run, [Note.of(Subject.QUARANTINE, noting.key_of(digest, origin), before)])
    values = {"reason": reason, "run_id": run, "seen": now()}
    if known:
        connection.execute(update(table).where(same).values(**values))
    else:
        connection.execute(insert(table).values(origin=origin, digest=digest, data=data, **values))
