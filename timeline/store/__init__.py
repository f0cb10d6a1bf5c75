"""The event store: articles and their reports in, events out, on SQLite or PostgreSQL.

    with open_store(url) as store:
        run = store.begin_run("import articles")
        store.save(extraction, run)
        store.finish_run(run)
        for event in store.events(EventQuery(countries=("MMR",))): ...

SQLAlchemy is imported when a store is opened, not with this package.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from timeline.store.judgements import Action, Judgement
from timeline.store.values import (
    ActorRow,
    Called,
    CountryRow,
    Counts,
    EventQuery,
    Evidence,
    Outcome,
    Profile,
    Quarantined,
    QuarantineQuery,
    Run,
    RunStatus,
    Status,
)

if TYPE_CHECKING:
    from collections.abc import Callable
    from contextlib import AbstractContextManager
    from pathlib import Path

    from timeline.store.job_store import JobStore
    from timeline.store.store import Store

__all__ = [
    "Action",
    "ActorRow",
    "Called",
    "CountryRow",
    "Counts",
    "EventQuery",
    "Evidence",
    "Judgement",
    "Outcome",
    "Profile",
    "QuarantineQuery",
    "Quarantined",
    "Run",
    "RunStatus",
    "Status",
    "backup_store",
    "open_jobs",
    "open_store",
    "restore_store",
    "upgrade_store",
]


def open_store(url: str | None = None, *, create: bool = True, readonly: bool = False) -> Store:
    """The store at a database URL or file path; without one, a file in the user's data directory.

    A store that is not there yet is created with today's schema, unless `create` is False or `readonly` is True.
    Use it in a `with` statement, or call `close`. Raises StoreError when there is no store, when the database cannot
    be opened, or when its schema is older (`Store.upgrade` follows, see `open_for_upgrade`) or newer than this program.
    """
    from timeline.store.store import Store

    return Store.open(url, create=create, readonly=readonly)


def open_jobs(url: str | None = None) -> AbstractContextManager[JobStore]:
    """Only the scheduled imports of a store that is there, for reading: it opens faster. Raises as `open_store`."""
    from timeline.store.job_store import open_jobs as opened

    return opened(url)


def upgrade_store(
    url: str | None = None, *, backup: bool = True, said: Callable[[Path], None] = lambda _file: None
) -> tuple[str, str]:
    """Bring an existing store's schema up to date; gives the revisions before and after. Raises StoreError.

    A SQLite store whose schema changes is copied to a file beside it before, unless `backup` is False; `said` is called
    with that file.
    """
    from timeline.store.store import upgrade

    return upgrade(url, backup=backup, said=said)


def backup_store(url: str | None, file: Path, *, force: bool = False) -> int:
    """Copy a SQLite store into a file, as it is at one moment, while others use it; gives its size in bytes.

    Raises StoreError, also where the file is there already and `force` is not given.
    """
    from timeline.store.backing import backup

    return backup(url, file, force=force)


def restore_store(url: str | None, file: Path, *, force: bool = False) -> str:
    """Put a backup in the place of a SQLite store; gives the revision of its schema.

    Raises StoreError when the file is no sound store of a known schema, or when there is a store already and `force` is
    not given.
    """
    from timeline.store.backing import restore

    return restore(url, file, force=force)
