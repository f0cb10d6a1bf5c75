"""What could not be read, kept with its reason."""

from __future__ import annotations

from datetime import UTC, datetime

from sqlalchemy import Connection, insert, update

from timeline.store import ids
from timeline.store.tables import QuarantineItem


def put_aside(connection: Connection, origin: str, reason: str, data: bytes | None, run: int | None) -> None:
    """Keep it once for each origin and content, with the latest reason."""
    digest = ids.digest(data or b"")
    same = (QuarantineItem.origin == origin) & (QuarantineItem.digest == digest)
    values = {"reason": reason, "run_id": run, "seen": datetime.now(UTC)}
    if connection.execute(update(QuarantineItem).where(same).values(**values)).rowcount == 0:
        connection.execute(insert(QuarantineItem).values(origin=origin, digest=digest, data=data, **values))
