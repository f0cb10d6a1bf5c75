"""What a source has withdrawn: tombstones of reports and articles, set when they go, lifted when they come back."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet

from sqlalchemy import Connection, delete, insert, select, update

from timeline.store import noting
from timeline.store.columns import now
from timeline.store.noting import Note, Subject
from timeline.store.packing import plain, table_of
from timeline.store.reports import parts
from timeline.store.tables import Tombstone

_TOMBSTONES = table_of(Tombstone)


def put(
    connection: Connection,
    gone: Iterable[tuple[str, str]],
    source: str,
    run: int | None,
    stated: Mapping[str, int | None] | None = None,
) -> None:
    """Tombstones of what a source has withdrawn: (key, title) of each; of some keys when, by the source."""
    titles, when = dict(gone), stated or {}
    noting.note(connection, run, [Note(Subject.TOMBSTONE, key) for key in titles])
    if titles:
        beside = {"source": source, "withdrawn": now(), "run_id": run}
        connection.execute(
            insert(_TOMBSTONES),
            [{"key": key, "title": title, "stated": when.get(key), **beside} for key, title in titles.items()],
        )


def expect(
    connection: Connection, keys: AbstractSet[str], stated: Mapping[str, int], source: str, run: int | None
) -> None:
    """Tombstones of rows that are not there and may come from an older file, with the latest time that is `stated`."""
    known = times(connection, keys)
    put(connection, [(key, "") for key in sorted(keys - known.keys())], source, run, stated)
    late = [key for key, time in known.items() if time is None or time < stated[key]]
    for part in parts(late):
        for key in _noted(connection, part, run):
            of = update(_TOMBSTONES).where(_TOMBSTONES.c.key == key)
            connection.execute(of.values(stated=stated[key], run_id=run))


def times(connection: Connection, keys: Collection[str]) -> dict[str, int | None]:
    """When sources withdrew those of some keys that have tombstones."""
    found: dict[str, int | None] = {}
    for part in parts(list(keys)):
        within = select(_TOMBSTONES.c.key, _TOMBSTONES.c.stated).where(_TOMBSTONES.c.key.in_(part))
        found.update({key: time for key, time in connection.execute(within)})
    return found


def lift(connection: Connection, keys: Collection[str], run: int | None) -> None:
    """These are told again."""
    for part in parts(list(keys)):
        if _noted(connection, part, run):
            connection.execute(delete(_TOMBSTONES).where(_TOMBSTONES.c.key.in_(part)))


def _noted(connection: Connection, keys: Sequence[str], run: int | None) -> list[str]:
    """Keep the tombstones of some keys as they are before they change; gives which there are."""
    found = connection.execute(select(_TOMBSTONES).where(_TOMBSTONES.c.key.in_(keys))).mappings().all()
    noting.note(connection, run, [Note.of(Subject.TOMBSTONE, r["key"], plain(r, _TOMBSTONES)) for r in found])
    return [row["key"] for row in found]
