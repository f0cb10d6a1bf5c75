"""What a source has withdrawn: tombstones of reports and articles, set when they go, lifted when they come back."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from sqlalchemy import Connection, delete, insert, select

from timeline.store import noting
from timeline.store.columns import now
from timeline.store.noting import Note, Subject
from timeline.store.packing import plain, table_of
from timeline.store.reports import parts
from timeline.store.tables import Tombstone

_TOMBSTONES = table_of(Tombstone)


def put(connection: Connection, gone: Iterable[tuple[str, str]], source: str, run: int | None) -> None:
    """Tombstones of what a source has withdrawn: (key, title) of each."""
    titles = dict(gone)
    noting.note(connection, run, [Note(Subject.TOMBSTONE, key) for key in titles])
    if titles:
        beside = {"source": source, "withdrawn": now(), "run_id": run}
        connection.execute(
            insert(_TOMBSTONES), [{"key": key, "title": title, **beside} for key, title in titles.items()]
        )


def lift(connection: Connection, keys: Collection[str], run: int | None) -> None:
    """These are told again."""
    for part in parts(list(keys)):
        within = _TOMBSTONES.c.key.in_(part)
        found = connection.execute(select(_TOMBSTONES).where(within)).mappings().all()
        if found:
            noting.note(connection, run, [Note.of(Subject.TOMBSTONE, r["key"], plain(r, _TOMBSTONES)) for r in found])
            connection.execute(delete(_TOMBSTONES).where(within))
