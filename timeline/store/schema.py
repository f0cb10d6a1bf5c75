"""The schema's versions: creating it, bringing it up to date, refusing what is older or newer than this program."""

from __future__ import annotations

from importlib.resources import files
from typing import TYPE_CHECKING

from sqlalchemy import inspect, text

from timeline.model.errors import StoreError
from timeline.store.engine import Database, begin, broken_links, without_foreign_keys
from timeline.store.failures import translated

if TYPE_CHECKING:
    from alembic.config import Config
    from alembic.script import ScriptDirectory
    from sqlalchemy import Connection

# The newest revision of migrations/versions. Written here so that a program that only reads need not import Alembic
# (0.3 s); a test holds the two together.
HEAD = "0006"
LINKED = "linked"  # the setting that says so


def scripts() -> ScriptDirectory:
    from alembic.script import ScriptDirectory

    return ScriptDirectory.from_config(config())


def config() -> Config:
    """Alembic's configuration for an installed program; alembic.ini at the top level is for developers."""
    from alembic.config import Config

    settings = Config()
    settings.set_main_option("script_location", str(files("timeline.store").joinpath("migrations")))
    settings.set_main_option("path_separator", "os")
    return settings


def current(connection: Connection) -> str:
    """The revision of a database, "" for one without our tables."""
    if not inspect(connection).has_table("alembic_version"):
        return ""
    return str(connection.scalar(text("SELECT version_num FROM alembic_version")) or "")


def check(database: Database) -> None:
    """Raises StoreError when the schema is not this program's."""
    with database.reading() as connection:
        revision = current(connection)
        empty = _has_no_tables(connection)
        finished = revision != HEAD or is_linked(connection)
    if not finished:
        hint = "Run: timeline db upgrade"
        raise StoreError("the last upgrade of the store was not finished", where=database.where, hint=hint)
    if revision == HEAD:
        return
    if not revision:
        what = "there is no timeline store yet" if empty else "the database holds other tables, no timeline store"
        raise StoreError(what, where=database.where, hint="Import something, or check the path given with --db")
    if revision not in {script.revision for script in scripts().walk_revisions()}:
        hint = "Install the newer version of timeline that wrote it"
        raise StoreError(
            f"the store has schema {revision}, which this program does not know", where=database.where, hint=hint
        )
    raise StoreError(
        f"the store has the older schema {revision}", where=database.where, hint="Run: timeline db upgrade"
    )


def is_linked(connection: Connection) -> bool:
    """Whether all reports are linked by today's rules (`relinking`)."""
    return connection.scalar(text("SELECT value FROM settings WHERE name = :name"), {"name": LINKED}) is not None


def require(database: Database) -> None:
    """Raises StoreError when there is no store, or its schema is not this program's."""
    if not database.is_there():
        hint = "Import something first, or name another store with --db"
        raise StoreError("there is no timeline store yet", where=database.where, hint=hint)
    check(database)


def is_empty(database: Database) -> bool:
    with database.reading() as connection:
        return _has_no_tables(connection)


def _has_no_tables(connection: Connection) -> bool:
    """No table but Alembic's own, which a migration down to nothing leaves behind."""
    return set(inspect(connection).get_table_names()) <= {"alembic_version"}


def migrate(database: Database, target: str = "head") -> None:
    """Bring the schema to a revision: one transaction, all or nothing, no row lost to a rebuilt parent table."""
    from alembic import command

    with (
        translated(database.where),
        database.engine.connect() as connection,
        without_foreign_keys(connection),
        connection.begin(),
    ):
        begin(connection, writes=True)
        is_new = _has_no_tables(connection)
        settings = config()
        settings.attributes["connection"] = connection
        if target == "head" or not _is_down(connection, target):
            command.upgrade(settings, target)
        else:
            command.downgrade(settings, target)
        if is_new and target == "head":  # with nothing to link: whoever is killed now leaves a whole store
            connection.execute(text("INSERT INTO settings (name, value) VALUES (:name, 'yes')"), {"name": LINKED})
        if broken := broken_links(connection):
            raise StoreError(
                f"the migration would leave {broken} broken links; nothing was changed", where=database.where
            )


def _is_down(connection: Connection, target: str) -> bool:
    if target == "base":
        return True
    now = current(connection)
    return bool(now) and target in {r.revision for r in scripts().iterate_revisions(now, "base")} and target != now
