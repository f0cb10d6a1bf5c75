"""Backups of SQLite stores: whole copies of one moment, made while others write, and put back in one step.

PostgreSQL has tools of its own for it (pg_dump, pg_restore), which know more than a program like this could.
"""

from __future__ import annotations

import os
import sqlite3
from contextlib import closing, suppress
from datetime import datetime
from pathlib import Path

from timeline.model.errors import StoreError
from timeline.store import schema
from timeline.store.engine import BUSY_SECONDS, Database, parse_url
from timeline.store.failures import translated

_MAGIC = b"SQLite format 3\x00"


def backup(url: str | None, file: Path, *, force: bool = False) -> int:
    """Copy a store into a file, whole or not at all; gives its size in bytes. Raises StoreError."""
    database = Database(parse_url(url), readonly=True)
    database.close()
    path = _file_of(database, f"pg_dump --format=custom --file={file.name} {database.where}")
    if not database.is_there():
        raise StoreError("there is no timeline store yet", where=database.where, hint="Check the path given with --db")
    if file.exists() and not force:
        raise StoreError("this file exists already", where=str(file), hint="Name another one, or add --force")
    return _copy(path, file)


def restore(url: str | None, file: Path, *, force: bool = False) -> str:
    """Put a backup in the place of a store; gives its schema's revision. What was there goes only with `force`.

    Raises StoreError when the file is no store of a schema that this program knows, or is damaged.
    """
    database = Database(parse_url(url))
    database.close()
    path = _file_of(database, f"pg_restore --clean --if-exists --dbname={database.where} {file.name}")
    revision = _checked(file)
    if database.is_there() and not force:
        raise StoreError("there is a store already", where=str(path), hint="Add --force to put the backup in its place")
    if path.exists() and path.samefile(file):
        raise StoreError("this is the store itself", where=str(path), hint="Name a backup")
    with translated(str(path)):
        path.parent.mkdir(parents=True, exist_ok=True)
        _let_go(path)
    _copy(file, path, log=True)
    return revision


def before_upgrade(database: Database, revision: str, now: datetime) -> Path | None:
    """A backup beside a store whose schema is about to change; None on PostgreSQL."""
    path = database.path
    if path is None:
        return None
    stem = f"{path.stem}-{revision}-{now:%Y%m%dT%H%M%SZ}"
    file, again = path.with_name(f"{stem}{path.suffix}"), 1
    while file.exists():
        again += 1
        file = path.with_name(f"{stem}-{again}{path.suffix}")
    try:
        _copy(path, file)
    except StoreError as error:
        hint = "Nothing was changed. Free some space, or add --no-backup"
        raise StoreError(f"no backup could be made ({error.what})", where=str(file), hint=hint) from error
    return file


def _file_of(database: Database, command: str) -> Path:
    if database.path is None:
        raise StoreError("this is for SQLite files only", where=database.where, hint=f"Use: {command}")
    return database.path


def _copy(source: Path, target: Path, *, log: bool = False) -> int:
    """Copy a SQLite file as it is at one moment: beside the target first, then in its place. `log`: kept by
    write-ahead logging, as a store is; a plain single file otherwise."""
    part = target.with_name(f".{target.name}.{os.getpid()}.part")
    try:
        with translated(str(target)):
            with closing(_open(source)) as old, closing(sqlite3.connect(part, isolation_level=None)) as new:
                with translated(str(source)):
                    old.execute("SELECT 1 FROM sqlite_master").fetchone()
                old.backup(new)
                new.execute(f"PRAGMA journal_mode={'WAL' if log else 'DELETE'}")
            _keep(part, target)
    except OSError as error:
        hint = "Check the folder's permissions and its disk's space"
        raise StoreError(f"the copy cannot be written ({error.strerror})", where=str(target), hint=hint) from error
    finally:
        for each in (part, *_beside(part)):
            with suppress(OSError):
                each.unlink(missing_ok=True)
    return target.stat().st_size


def _open(path: Path) -> sqlite3.Connection:
    return sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True, timeout=BUSY_SECONDS, isolation_level=None)


def _keep(part: Path, target: Path) -> None:
    """Give a whole file its name, safe from a power cut."""
    with part.open("rb+") as written:
        os.fsync(written.fileno())
    part.replace(target)
    if os.name == "posix":
        folder = os.open(target.parent, os.O_RDONLY)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)


def _beside(path: Path) -> tuple[Path, Path]:
    return Path(f"{path}-wal"), Path(f"{path}-shm")


def _checked(file: Path) -> str:
    """The revision of a backup, if it is one that can be used."""
    where = str(file)
    try:
        with file.open("rb") as opened:
            magic = opened.read(len(_MAGIC))
    except OSError as error:
        raise StoreError(f"the backup cannot be read ({error.strerror})", where=where, hint="Check its path") from error
    hint = "Name a file that 'timeline db backup' or 'timeline db upgrade' has made"
    if magic != _MAGIC:
        raise StoreError("this is no backup of a timeline store", where=where, hint=hint)
    with translated(where), closing(_open(file)) as connection:
        found = connection.execute("SELECT name FROM sqlite_master WHERE name = 'alembic_version'").fetchone()
        version = connection.execute("SELECT version_num FROM alembic_version").fetchone() if found else None
        broken = [line for (line,) in connection.execute("PRAGMA quick_check(1)") if line != "ok"]
    if version is None:
        raise StoreError("this is no backup of a timeline store", where=where, hint=hint)
    if broken:
        raise StoreError(f"the backup is damaged ({broken[0]})", where=where, hint="Use another one")
    revision = str(version[0])
    if revision not in {script.revision for script in schema.scripts().walk_revisions()}:
        hint = "Install the newer version of timeline that wrote it"
        raise StoreError(f"the backup has schema {revision}, which this program does not know", where=where, hint=hint)
    return revision


def _let_go(path: Path) -> None:
    """Take the old store's log into its file, so that none is left for the new one; refused while others use it."""
    if not path.exists():
        return
    try:
        with closing(sqlite3.connect(path, timeout=BUSY_SECONDS, isolation_level=None)) as connection:
            if connection.execute("PRAGMA journal_mode=DELETE").fetchone() != ("delete",):
                raise sqlite3.OperationalError("database is locked")
            connection.execute("BEGIN EXCLUSIVE")
            connection.execute("ROLLBACK")
    except sqlite3.DatabaseError as error:
        if "locked" in str(error):
            raise
    for each in _beside(path):  # of a store that is too damaged to be opened
        each.unlink(missing_ok=True)
