"""db: the store's own state."""

from __future__ import annotations

from dataclasses import asdict

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
def upgrade(db: options.Db = None) -> None:
    """Bring an older store's schema up to date: all or nothing."""
    from timeline.store import upgrade_store

    before, after = upgrade_store(db)
    say(f"The schema is {after}." if before == after else f"The schema was {before or 'empty'}, now it is {after}.")
