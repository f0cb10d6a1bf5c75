"""Tidying a store: what nothing mentions any more goes, and the space it took. Notes of runs stay, and hold all that an
undo needs."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable

from sqlalchemy import Connection, delete, select, update
from sqlalchemy.orm import aliased

from timeline.store import beings
from timeline.store.engine import Database
from timeline.store.packing import table_of
from timeline.store.records import Tidied
from timeline.store.reports import batches
from timeline.store.tables import ActorEntry, ActorName, EventRedirect

_BATCH = 500
_LONGEST = 32  # how many redirects may lead to each other
_ENTRIES, _NAMES = table_of(ActorEntry), table_of(ActorName)
Step = Callable[[str], None]


def tidy(database: Database, step: Step = lambda _what: None) -> Tidied:
    """See `Store.vacuum`."""
    before = database.size()
    with database.writing() as connection:
        step("actors")
        actors = connection.execute(delete(_ENTRIES).where(beings.unmentioned())).rowcount
        step("names")
        names = _names(connection)
        step("redirects")
        redirects = _redirects(connection)
    step("space")
    _compact(database)
    return Tidied(actors, names, redirects, before, database.size())


def _names(connection: Connection) -> int:
    """Remove names that no report gives to their actor any more; names that people gave are kept elsewhere."""
    removed = 0
    for page in batches(connection, _ENTRIES.c.id, _BATCH):
        mentioned = beings.mentions(connection, page)
        found = select(_NAMES.c.actor_id, _NAMES.c.name).where(_NAMES.c.actor_id.in_(page))
        for actor, name in connection.execute(found).all():
            if actor in mentioned and name not in mentioned[actor]:
                connection.execute(delete(_NAMES).where(_NAMES.c.actor_id == actor, _NAMES.c.name == name))
                removed += 1
    return removed


def _redirects(connection: Connection) -> int:
    """Shorten redirects that lead to redirects; gives how many there were."""
    shortened: set[str] = set()
    onward = aliased(EventRedirect)
    statement = select(EventRedirect.old, onward.new).join(onward, EventRedirect.new == onward.old)
    for _ in range(_LONGEST):
        steps = [(old, new) for old, new in connection.execute(statement) if old != new]
        for old, new in steps:
            connection.execute(update(EventRedirect).where(EventRedirect.old == old).values(new=new))
        shortened.update(old for old, _ in steps)
        if not steps:
            break
    return len(shortened)


def _compact(database: Database) -> None:
    """Give space back and let the database learn how its tables are filled; outside any transaction."""
    with database.alone() as run:
        if not database.is_sqlite:
            run("VACUUM (ANALYZE)")
            return
        try:
            run("INSERT INTO event_words (event_words, rank) VALUES ('integrity-check', 1)")
        except sqlite3.DatabaseError:
            run("INSERT INTO event_words (event_words) VALUES ('rebuild')")
        run("INSERT INTO event_words (event_words) VALUES ('optimize')")
        for statement in ("VACUUM", "ANALYZE", "PRAGMA optimize", "PRAGMA wal_checkpoint(TRUNCATE)"):
            run(statement)
