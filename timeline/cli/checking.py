"""check, vacuum: the store's health."""

from __future__ import annotations

from typing import Annotated

import typer

from timeline.cli import options
from timeline.cli.printing import clean, say
from timeline.cli.progress import progress


def check(
    deep: Annotated[
        bool, typer.Option("--deep", help="Derive every event again and compare; imports wait meanwhile.")
    ] = False,
    db: options.Db = None,
) -> None:
    """See whether the store is whole: one line for each thing that is not. Nothing is changed.

    Looked at are the file itself, links between tables, that the words of every report stand in its article, what
    events count, places in the timeline, the text index, redirects, runs. Exit code 1: something is not as it must be.
    """
    from timeline.store import open_store

    found = 0
    with open_store(db, create=False) as store, progress("checking") as step:
        for line in store.check(deep=deep, step=step):
            typer.echo(clean(line))
            found += 1
    if found:
        raise typer.Exit(1)
    say("The store is whole.")


def vacuum(db: options.Db = None) -> None:
    """Tidy the store and give space back: actors and names that nothing mentions any more, detours, free pages.

    Whatever an undo of a run needs stays.
    """
    from timeline.store import open_store

    with open_store(db, create=False) as store, progress("tidying") as step:
        done = store.vacuum(step=step)
    say(f"{done.actors} actors, {done.names} names and {done.redirects} detours of redirects are gone.")
    say(f"The store took {done.before:,} bytes, now {done.after:,}: {done.before - done.after:,} are free.")
