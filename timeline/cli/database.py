"""db: the store's own state."""

from __future__ import annotations

import shlex
from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer

from timeline.cli import options
from timeline.cli.printing import clean, say

app = typer.Typer(help="The state of the database.", no_args_is_help=True)


@app.command()
def status(as_json: options.AsJson = False, db: options.Db = None) -> None:
    """Print where the store is, its schema and its size."""
    from timeline.store import open_store

    with open_store(db, create=False) as store:
        found = store.status()
    if as_json:
        import json

        typer.echo(json.dumps(asdict(found)))
        return
    for name, value in asdict(found).items():
        typer.echo(f"{name:<12} {clean(str(value))}")


@app.command()
def upgrade(
    no_backup: Annotated[bool, typer.Option("--no-backup", help="Make no copy of the SQLite file before.")] = False,
    db: options.Db = None,
) -> None:
    """Bring an older store's schema up to date: all or nothing, with a backup beside the file before.

    On PostgreSQL make one yourself: pg_dump --format=custom DATABASE > FILE
    """
    from timeline.store import upgrade_store
    from timeline.store.engine import parse_url

    def said(file: Path) -> None:
        say(f"The store as it was is kept in {file}")
        say(f"To go back: timeline db restore {shlex.quote(str(file))} --force, with the older version of timeline")

    if parse_url(db).get_backend_name() != "sqlite" and not no_backup:
        say("On PostgreSQL no backup is made here: pg_dump makes one, before an upgrade.")
    before, after = upgrade_store(db, backup=not no_backup, said=said)
    say(f"The schema is {after}." if before == after else f"The schema was {before or 'empty'}, now it is {after}.")


@app.command()
def backup(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="Where to; one file, whole or not at all.")],
    force: Annotated[bool, typer.Option("--force", help="Write over a file that is there.")] = False,
    db: options.Db = None,
) -> None:
    """Copy a SQLite store into a file, as it is at one moment; imports may go on meanwhile.

    Example: timeline db backup before-cleaning.db
    """
    from timeline.store import backup_store

    size = backup_store(db, file, force=force)
    say(f"The store is copied to {file} ({size:,} bytes).")


@app.command()
def restore(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="A backup that 'db backup' or 'db upgrade' made.")],
    force: Annotated[bool, typer.Option("--force", help="Put it in the place of the store that is there.")] = False,
    db: options.Db = None,
) -> None:
    """Put a backup in the place of a SQLite store, in one step; a file that is no sound store is refused.

    Example: timeline db restore before-cleaning.db --force
    """
    from timeline.store import restore_store
    from timeline.store.schema import HEAD

    revision = restore_store(db, file, force=force)
    say(f"The store of {file} is restored.")
    if revision != HEAD:
        say(f"It has the older schema {revision}. Run: timeline db upgrade")
