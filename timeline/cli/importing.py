"""import: the way in."""

from __future__ import annotations

import sys
from typing import Annotated

import typer

from timeline.cli import options
from timeline.cli.printing import say
from timeline.cli.progress import progress


def import_(
    paths: Annotated[list[str], typer.Argument(metavar="PATH…", help="Files, folders, or - for standard input.")],
    published: Annotated[
        str | None, typer.Option(help="Publication date of everything imported, e.g. 2025-03-03.")
    ] = None,
    title: Annotated[str, typer.Option(help="Title of the article.")] = "",
    url: Annotated[str, typer.Option(help="Address of the article.")] = "",
    publisher: Annotated[str, typer.Option(help="Who published it.")] = "",
    published_from: options.PublishedFrom = "name",
    jobs: Annotated[int, typer.Option("--jobs", "-j", min=1, help="Extract in so many processes.")] = 1,
    extractor: options.Extractor = "default",
    db: options.Db = None,
) -> None:
    """Import news articles: plain text or JSON Lines, in files, folders or from standard input.

    Example: timeline import articles/ --publisher "Example Wire"

    Importing an unchanged article again changes nothing; a changed one replaces its reports. What cannot be read goes
    to quarantine with its reason. Exit code 3: done in part.
    """
    from timeline.jobs.importing import Listener, import_paths
    from timeline.sources.given import Given
    from timeline.store import open_store

    day, by = options.publication_day(published), options.published_from(published_from)
    given = Given(published=day, title=title, url=url, publisher=publisher, published_from=by)
    options.extractor(extractor)
    with open_store(db) as store, progress("importing") as step:
        listener = Listener(item=step, problem=_say, warning=_say, spent=say)
        counts, missing = import_paths(
            store, paths, given=given, jobs=jobs, stdin=sys.stdin.buffer, listener=listener, name=extractor
        )
    told = f"{counts.added} added + {counts.updated} updated + {counts.unchanged} unchanged"
    say(f"read {counts.read} = {told} + {counts.quarantined} quarantined")
    good = counts.read - counts.quarantined
    if counts.quarantined or missing:
        raise typer.Exit(3 if good else 1)


def _say(line: str) -> None:
    say(f"timeline: {line}")
