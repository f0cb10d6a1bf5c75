"""What a database's complaint means to its user: a StoreError of one line, and never a password in it."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy.exc import DBAPIError, NoSuchModuleError, SQLAlchemyError

from timeline.model.errors import StoreError

# A part of SQLite's message (lower case) -> what is wrong, what to do next. https://sqlite.org/rescode.html
_SQLITE: tuple[tuple[str, str, str], ...] = (
    ("is locked", "the database is locked by another program", "Wait until it has finished, then try again"),
    ("readonly database", "the database is read-only", "Check its permissions, or use another one with --db"),
    ("disk is full", "the disk is full", "Free some space, then run the same command again; nothing is half done"),
    ("disk i/o error", "the disk refused to read or write", "Check its space and health, then try again"),
    ("malformed", "the database is damaged", "Restore a backup, or import into a new one with --db"),
    ("not a database", "the file is not a timeline database", "Check the path given with --db"),
    ("file is encrypted", "the file is not a timeline database", "Check the path given with --db"),
    ("unable to open", "the database cannot be opened", "Check the path given with --db and its permissions"),
    ("no such table", "the database is no complete timeline store", "Restore a backup, or use another one with --db"),
    ("no such column", "the database is no complete timeline store", "Restore a backup, or use another one with --db"),
)
# SQLSTATE (or its class of two letters) -> the same. https://www.postgresql.org/docs/current/errcodes-appendix.html
_SQLSTATE: dict[str, tuple[str, str]] = {
    "28": ("the server refused the user or the password", "Check both in the database URL"),
    "3D": ("there is no such database on the server", "Create it (createdb), or correct the database URL"),
    "25006": ("the database is read-only", "Use the primary server, or a user who may write"),
    "42501": ("this user may not do that in the database", "Ask its owner for the rights"),
    "42P01": ("the database is no complete timeline store", "Restore a backup, or use another one with --db"),
    "42703": ("the database is no complete timeline store", "Restore a backup, or use another one with --db"),
    "53100": ("the server's disk is full", "Free some space there, then run the same command again"),
    "53": ("the server has no resources left", "Try again later"),
    "55P03": ("the database is locked by another program", "Wait until it has finished, then try again"),
    "40": ("another program changed the same rows", "Run the same command again; nothing is half done"),
    "57": ("the server is shutting down or starting", "Try again in a moment"),
    "XX": ("the database is damaged", "Restore a backup"),
}
# A part of libpq's message (lower case), for failures that come before there is a server to give a SQLSTATE.
_CONNECTING: tuple[tuple[str, str, str], ...] = (
    ("password authentication failed", *_SQLSTATE["28"]),
    ("no password supplied", *_SQLSTATE["28"]),
    ("no pg_hba.conf entry", *_SQLSTATE["28"]),
    ("role ", *_SQLSTATE["28"]),
    ("database ", *_SQLSTATE["3D"]),
    ("", "the database server cannot be reached", "Check host and port in the database URL, and that it runs"),
)


@contextmanager
def translated(where: str) -> Iterator[None]:
    """Turn every error of the database or its driver into a StoreError about `where` (a URL without password)."""
    try:
        yield
    except (SQLAlchemyError, sqlite3.Error, ModuleNotFoundError, UnicodeEncodeError) as error:
        raise store_error(error, where) from error


def store_error(error: Exception, where: str) -> StoreError:
    """The one line that tells a user what `error` means."""
    if isinstance(error, (ModuleNotFoundError, NoSuchModuleError)):
        return _no_driver(error, where)
    orig = error.orig if isinstance(error, DBAPIError) else error
    if isinstance(orig, sqlite3.Error) or (isinstance(error, DBAPIError) and orig is not None):
        what, hint = _meaning(orig)
        return StoreError(what, where=where, hint=hint)
    return StoreError(f"the database refused ({_first_line(error)})", where=where, hint="Check the database URL")


def _no_driver(error: Exception, where: str) -> StoreError:
    if "psycopg" in str(error):
        hint = "Install it with: pip install 'timeline-events[postgresql]'"
        return StoreError("the PostgreSQL driver psycopg is not installed", where=where, hint=hint)
    hint = "Use sqlite:///FILE or postgresql://USER@HOST/DATABASE"
    return StoreError("this kind of database is not supported", where=where, hint=hint)


def _meaning(orig: BaseException) -> tuple[str, str]:
    message = str(orig).lower()
    if type(orig).__module__.startswith("sqlite3"):
        for part, what, hint in _SQLITE:
            if part in message:
                return what, hint
    else:
        state = getattr(orig, "sqlstate", None)
        if state:
            known = _SQLSTATE.get(state) or _SQLSTATE.get(state[:2])
            if known:
                return known
        elif type(orig).__name__ in {"OperationalError", "ConnectionTimeout"}:
            return next((what, hint) for part, what, hint in _CONNECTING if part in message)
    return f"the database refused ({_first_line(orig)})", "Run `timeline db status` to see its state"


def _first_line(error: BaseException) -> str:
    return next(iter(str(error).strip().splitlines()), type(error).__name__)
