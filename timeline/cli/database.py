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


@app.command()
def export(
    file: Annotated[Path, typer.Argument(metavar="FILE|-", help="Where to; packed where named .gz; - for stdout.")],
    force: Annotated[bool, typer.Option("--force", help="Write over a file that is there.")] = False,
    db: options.Db = None,
) -> None:
    """Write everything that a store holds, as it is at one moment, as lines of JSON that 'db import' takes.

    For moving from SQLite to PostgreSQL or back, and for keeping. Imports may go on meanwhile.

    Example: timeline db export everything.jsonl.gz
    """
    import sys

    from timeline.cli.progress import progress
    from timeline.exports.files import refuse_what_is_there, write_atomically
    from timeline.store import open_store

    with open_store(db, create=False, readonly=True) as store, progress("writing") as step:
        lines = store.lines(packed=file.suffix == ".gz", step=step)
        if str(file) == "-":
            sys.stdout.buffer.writelines(lines)
            return
        if not force:
            refuse_what_is_there(file)
        write_atomically(file, lines)
    say(f"The store is exported to {file} ({file.stat().st_size:,} bytes).")


@app.command("import")
def import_(
    file: Annotated[Path, typer.Argument(metavar="FILE|-", help="What 'db export' wrote; - for standard input.")],
    db: options.Db = None,
) -> None:
    """Take everything that another store held into a new store, on SQLite or PostgreSQL: all or nothing.

    Example: timeline db import everything.jsonl.gz --db postgresql://me@server/timeline
    """
    import sys

    from timeline.cli.progress import progress
    from timeline.model.errors import NotFoundError, refusal
    from timeline.store import open_store

    where = "stdin" if str(file) == "-" else str(file)
    try:
        opened = sys.stdin.buffer if str(file) == "-" else file.open("rb")
    except OSError as error:
        raise NotFoundError(refusal(error), where=where, hint="Check its path") from error
    with opened, open_store(db) as store, progress("reading") as step:
        rows = store.take(opened, where, step=step)
        events = store.count()
    say(f"Took in {rows:,} rows; the store holds {events:,} events.")
