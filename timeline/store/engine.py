"""One door to the database: its URL, its connections and its transactions. Nothing here knows what is stored.

SQLite: the driver's own transaction handling loses updates and half-applies migrations, so it is switched off and
`BEGIN` is written here: `BEGIN IMMEDIATE` for writers, which then wait for each other instead of failing in the
middle, and plain `BEGIN` for readers, which never wait in WAL mode. `synchronous=FULL`: an acknowledged import
survives a power cut (NORMAL only survives a killed process), at one fsync a batch.
PostgreSQL: writers take one advisory lock for the length of their transaction, so that two imports linking the same
happening see each other's reports; extraction, which takes the time, happens outside. Readers take one snapshot each.
"""

from __future__ import annotations

import os
import random
import sqlite3
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import quote

from sqlalchemy import URL, Connection, Engine, create_engine, event, make_url, text
from sqlalchemy.exc import ArgumentError, DBAPIError

from timeline.model.errors import StoreError
from timeline.store.failures import translated

BUSY_SECONDS = 30  # that another program may have the database for itself
_ASKING = (0.001, 0.01)  # seconds between two looks whether a writer has ended
CONNECT_SECONDS = 10
WRITER_LOCK = 0x71AE11E0  # any number that every writer shares
# KiB of a SQLite file that a connection keeps in mind, of which a page of a large store takes a third; SQLite's own
# choice, a quarter of it, is too little for the next page to find much of the last one's.
_CACHE = 8_192


def default_url() -> str:
    """The URL of the store in the user's data directory."""
    import platformdirs

    directory = platformdirs.user_data_path("timeline", appauthor=False)
    return URL.create("sqlite", database=str(directory / "timeline.db")).render_as_string()


def parse_url(url: str | None) -> URL:
    """A database URL, or the path of a SQLite file, with our drivers. Raises StoreError for anything else."""
    given = (url or "").strip() or default_url()
    if "://" not in given:
        return URL.create("sqlite", database=str(Path(given).expanduser()))
    try:
        parsed = make_url(given)
    except (ArgumentError, ValueError) as error:
        hint = "Use sqlite:///FILE or postgresql://USER@HOST/DATABASE"
        raise StoreError("this is no database URL", where="--db", hint=hint) from error
    backend = parsed.get_backend_name()
    if backend in {"postgresql", "postgres"}:
        return parsed.set(drivername="postgresql+psycopg")
    if backend == "sqlite":
        if parsed.database in {None, "", ":memory:"}:
            raise StoreError("a store needs a file", where="--db", hint="Use sqlite:///FILE")
        return parsed.set(drivername="sqlite")
    hint = "Use sqlite:///FILE or postgresql://USER@HOST/DATABASE"
    raise StoreError("this kind of database is not supported", where=parsed.render_as_string(), hint=hint)


class Database:
    """Connections to one database. `where` names it in messages, without a password."""

    def __init__(self, url: URL, *, readonly: bool = False) -> None:
        self.url = url
        self.readonly = readonly
        self.is_sqlite = url.get_backend_name() == "sqlite"
        self.path = Path(url.database or "") if self.is_sqlite else None
        self.where = str(self.path) if self.path else url.render_as_string(hide_password=True)
        self._closed = False
        self._at_hand: list[Connection] = []  # to read with, of SQLite, one at most
        with translated(self.where):
            self.engine = self._sqlite_engine() if self.is_sqlite else self._postgres_engine()

    def _sqlite_engine(self) -> Engine:
        if self.readonly:
            uri = f"file:{quote(str(self.path))}?mode=ro{self._immutable()}&uri=true"
            engine = create_engine(f"sqlite:///{uri}", connect_args={"timeout": BUSY_SECONDS})
        else:
            engine = create_engine(self.url, connect_args={"timeout": BUSY_SECONDS})
        event.listen(engine, "connect", _prepare_sqlite)
        return engine

    def _immutable(self) -> str:
        """A store on read-only media has nowhere for WAL's shared memory; without a log there is nobody to share."""
        path = self.path or Path()
        writable = os.access(path.parent, os.W_OK)
        return "" if writable or Path(f"{path}-wal").exists() else "&immutable=1"

    def _postgres_engine(self) -> Engine:
        return create_engine(self.url, connect_args={"connect_timeout": CONNECT_SECONDS}, pool_pre_ping=True)

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """A transaction that reads. Errors of the database come out as StoreError."""
        with translated(self.where), self._reader() as connection, connection.begin():
            begin(connection)
            yield connection

    @contextmanager
    def _reader(self) -> Iterator[Connection]:
        """A connection to read with. SQLite's readers see one state of the store for the length of their transaction,
        PostgreSQL's when asked to. To get one of SQLite's from the pool and give it back takes half as long as a small
        question, so the last one stays at hand; PostgreSQL's may be lost meanwhile, which the pool finds out."""
        if not self.is_sqlite:
            with self._connected() as connection:
                yield connection.execution_options(isolation_level="REPEATABLE READ", postgresql_readonly=True)
            return
        try:
            connection = self._at_hand.pop()
        except IndexError:
            connection = self._connected()
        try:
            yield connection
        except BaseException:
            connection.close()
            raise
        if self._at_hand or self._closed:
            connection.close()
        else:
            self._at_hand.append(connection)

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """A transaction that writes, alone: committed at the end, rolled back on any error."""
        self._refuse_readonly()
        with translated(self.where), self._connected() as connection:
            with connection.begin():
                begin(connection, writes=True)
                yield connection

    @contextmanager
    def trying(self) -> Iterator[Connection]:
        """A transaction that may write, alone, and whose changes are all taken back at its end."""
        self._refuse_readonly()
        with translated(self.where), self._connected() as connection:
            transaction = connection.begin()
            try:
                begin(connection, writes=True)
                yield connection
            finally:
                transaction.rollback()

    @contextmanager
    def alone(self) -> Iterator[Callable[[str], None]]:
        """A function that runs one statement outside any transaction, such as VACUUM."""
        self._refuse_readonly()
        with translated(self.where), self._connected() as connection:
            if not self.is_sqlite:
                free = connection.execution_options(isolation_level="AUTOCOMMIT")
                yield lambda statement: free.exec_driver_sql(statement).close()
                return
            raw = connection.connection.driver_connection
            if raw is not None:
                yield lambda statement: raw.execute(statement).close()

    def size(self) -> int:
        """How many bytes the database takes, its write-ahead log included."""
        if self.path is not None:
            return sum(each.stat().st_size for each in (self.path, Path(f"{self.path}-wal")) if each.exists())
        with self.reading() as connection:
            return int(connection.scalar(text("SELECT pg_database_size(current_database())")) or 0)

    def is_there(self) -> bool:
        """False only for a SQLite file that does not exist or is empty; a server is always there, or an error."""
        return self.path is None or (self.path.exists() and self.path.stat().st_size > 0)

    def keep_log(self) -> None:
        """Set a new SQLite file to write-ahead logging, which lasts. It is also safe, only slower, without."""
        if self.path is not None:
            raw = self.engine.raw_connection()
            try:
                raw.cursor().execute("PRAGMA journal_mode=WAL")
            finally:
                raw.close()

    def close(self) -> None:
        """Whoever asks it for anything from now on gets a StoreError."""
        self._closed = True
        while self._at_hand:
            self._at_hand.pop().close()
        self.engine.dispose()

    def _refuse_readonly(self) -> None:
        if self.readonly:
            raise StoreError("the store was opened for reading only", where=self.where, hint="Open it for writing")

    def _connected(self) -> Connection:
        if self._closed:
            raise StoreError("the store was closed", where=self.where, hint="Open it again")
        return self.engine.connect()


def _prepare_sqlite(raw: Any, _record: object) -> None:
    raw.isolation_level = None
    cursor = raw.cursor()
    cursor.execute("PRAGMA foreign_keys=ON")
    cursor.execute("PRAGMA synchronous=FULL")
    cursor.execute(f"PRAGMA cache_size=-{_CACHE}")
    cursor.close()


def begin(connection: Connection, *, writes: bool = False) -> None:
    """What a transaction that SQLAlchemy has begun begins with. It is no listener of the engine's: connections of an
    engine with one take twice as long to be had."""
    if connection.dialect.name == "sqlite":
        raw: Any = connection.connection.driver_connection
        if writes:
            _take_turn(raw)
        else:
            raw.execute("BEGIN")
    elif writes:
        connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": WRITER_LOCK})


def _take_turn(raw: sqlite3.Connection) -> None:
    """Begin to write as soon as nobody else does. SQLite's own waiting ends up asking ten times a second: beside seven
    writers that never rest one went without for half a minute. Whoever asks often gets the turn after few others."""
    until = time.monotonic() + BUSY_SECONDS
    raw.execute("PRAGMA busy_timeout=0")
    try:
        while True:
            try:
                raw.execute("BEGIN IMMEDIATE")
                return
            except sqlite3.OperationalError as error:
                if error.sqlite_errorcode & 0xFF != sqlite3.SQLITE_BUSY or time.monotonic() > until:
                    raise
            time.sleep(random.uniform(*_ASKING))  # noqa: S311 - so that two do not ask in step
    finally:
        raw.execute(f"PRAGMA busy_timeout={1000 * BUSY_SECONDS:.0f}")


@contextmanager
def without_foreign_keys(connection: Connection) -> Iterator[None]:
    """Foreign keys off for a transaction to come: a migration that rebuilds a SQLite table would delete its children.

    Enter before the transaction begins (inside one the switch does nothing); `broken_links` checks before commit.
    """
    if connection.dialect.name != "sqlite":
        yield
        return
    raw = connection.connection.driver_connection
    if raw is None:
        raise StoreError("the connection was closed", where="migration")
    raw.execute("PRAGMA foreign_keys=OFF")
    try:
        yield
    finally:
        raw.execute("PRAGMA foreign_keys=ON")


def broken_links(connection: Connection) -> int:
    """How many rows of a SQLite database point at a row that is not there; 0 on PostgreSQL, which sees to it."""
    if connection.dialect.name != "sqlite":
        return 0
    return len(connection.exec_driver_sql("PRAGMA foreign_key_check").fetchall())


__all__ = ["BUSY_SECONDS", "DBAPIError", "Database", "broken_links", "default_url", "parse_url", "without_foreign_keys"]
