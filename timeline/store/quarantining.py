"""What could not be read, kept with its reason."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, delete, func, insert, select, update

from timeline.model.errors import NotFoundError
from timeline.store import ids, noting
from timeline.store.columns import now
from timeline.store.noting import Note, Subject
from timeline.store.packing import State, plain, table_of
from timeline.store.reports import parts
from timeline.store.tables import QuarantineItem
from timeline.store.values import Quarantined, QuarantineQuery

_ITEMS = table_of(QuarantineItem)
_OF = _ITEMS.c

KEPT = 20 * 1024 * 1024  # bytes of one item: twice the longest article


def put_aside(connection: Connection, origin: str, reason: str, data: bytes | None, run: int | None) -> None:
    """Keep it once for each origin and content, with the latest reason; of what is longer than `KEPT` not the bytes."""
    digest = ids.digest(data or b"")
    if data and len(data) > KEPT:
        reason = f"{reason} ({len(data) / 1024 / 1024:.0f} MB, too many to keep)"
        data = None
    same = (_OF.origin == origin) & (_OF.digest == digest)
    known = connection.execute(select(_ITEMS).where(same)).mappings().first()
    before = plain(known, _ITEMS, ("id", "data")) if known else None
    noting.note(connection, run, [Note.of(Subject.QUARANTINE, noting.key_of(digest, origin), before)])
    values = {"reason": reason, "run_id": run, "seen": now()}
    if known:
        connection.execute(update(_ITEMS).where(same).values(**values, attempts=_OF.attempts + 1))
    else:
        connection.execute(insert(_ITEMS).values(origin=origin, digest=digest, data=data, **values))


def listed(connection: Connection, query: QuarantineQuery) -> list[Quarantined]:
    """The items that a query finds, the latest first."""
    statement = select(_ITEMS).order_by(_OF.id.desc()).limit(query.limit)
    for word in query.words:
        statement = statement.where(func.lower(_OF.reason).contains(word.lower(), autoescape=True))
    if query.origin:
        statement = statement.where(func.lower(_OF.origin).contains(query.origin.lower(), autoescape=True))
    if query.run is not None:
        statement = statement.where(_OF.run_id == query.run)
    if query.after is not None:
        statement = statement.where(_OF.id < query.after)
    return [_quarantined(row) for row in connection.execute(statement).mappings()]


def item(connection: Connection, number: int) -> Quarantined:
    """Raises NotFoundError."""
    row = connection.execute(select(_ITEMS).where(_OF.id == number)).mappings().first()
    if row is None:
        hint = "'timeline quarantine' lists the numbers of those that are"
        raise NotFoundError(f"nothing in quarantine has the number {number}", hint=hint)
    return _quarantined(row)


def numbers(connection: Connection, before: datetime | None) -> list[int]:
    """The numbers of all items, or of those that were last met before a moment, rising."""
    statement = select(_OF.id).order_by(_OF.id)
    return list(connection.scalars(statement if before is None else statement.where(_OF.seen < before)))


def tried(connection: Connection, number: int, reason: str, run: int) -> None:
    """An item was tried again in vain, for this reason."""
    row = connection.execute(select(_ITEMS).where(_OF.id == number)).mappings().first()
    if row is None:
        return
    state = plain(row, _ITEMS, ("id", "data"))
    noting.note(connection, run, [Note.of(Subject.QUARANTINE, noting.key_of(row["digest"], row["origin"]), state)])
    values = {"reason": reason, "run_id": run, "retried": now(), "attempts": row["attempts"] + 1}
    connection.execute(update(_ITEMS).where(_OF.id == number).values(**values))


def release(connection: Connection, numbers: Collection[int], run: int | None) -> int:
    """Take items out, noted whole for the run; gives how many there were."""
    gone = 0
    for part in parts(sorted(set(numbers))):
        found = connection.execute(select(_ITEMS).where(_OF.id.in_(part))).mappings().all()
        notes = [Note.of(Subject.QUARANTINE, noting.key_of(row["digest"], row["origin"]), whole(row)) for row in found]
        noting.note(connection, run, notes)
        connection.execute(delete(_ITEMS).where(_OF.id.in_(part)))
        gone += len(found)
    return gone


def left_behind(
    connection: Connection, origins: Collection[str], run: int, answered: Collection[str] = ()
) -> list[int]:
    """The items of these origins, or of a part of one ("FILE#7"), that this run has not met. An origin that is no
    address, such as "stdin", can be anything. Of addresses that only `answered` those that gave nothing before."""
    statement = select(_OF.id, _OF.origin, _OF.digest).where(_OF.run_id.is_distinct_from(run)).order_by(_OF.id)
    read, nothing = {origin for origin in origins if ":" in origin}, ids.digest(b"")
    return [
        number
        for number, origin, digest in connection.execute(statement)
        if origin in read or origin.partition("#")[0] in read or (digest == nothing and origin in answered)
    ]


def whole(row: Mapping[Any, Any]) -> State:
    """An item as a note keeps it where it goes."""
    data = row["data"]
    return plain(row, _ITEMS, ("data",)) | {"data": None if data is None else bytes(data).hex()}


def _quarantined(row: Mapping[Any, Any]) -> Quarantined:
    data = bytes(row["data"]) if row["data"] is not None else None
    told = (row["run_id"], row["seen"], row["retried"], row["attempts"])
    return Quarantined(row["id"], row["origin"], row["reason"], data, *told)
