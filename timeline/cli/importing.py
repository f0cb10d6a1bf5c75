"""import: the way in."""

from __future__ import annotations

import sys
from typing import Annotated

import typer

from timeline.cli import options
from timeline.cli.printing import say
from timeline.cli.progress import progress


def import_(
    paths: Annotated[
        list[str], typer.Argument(metavar="PATH|URL…", help="Files, folders, patterns, addresses, or - for stdin.")
    ],
    published: Annotated[
        str | None, typer.Option(help="Publication date of everything imported, e.g. 2025-03-03.")
    ] = None,
    title: Annotated[str, typer.Option(help="Title of the article.")] = "",
    url: Annotated[str, typer.Option(help="Address of the article.")] = "",
    publisher: Annotated[str, typer.Option(help="Who published it.")] = "",
    published_from: options.PublishedFrom = "name",
    format_: options.Format = "",
    mapping: options.Mapping = "",
    dataset: Annotated[str, typer.Option("--dataset", help="Rows: keep them as the data set of this name.")] = "",
    link: Annotated[
        bool | None,
        typer.Option("--link/--no-link", help="Rows: may be one event with what other sources tell (default: no)."),
    ] = None,
    follow: Annotated[
        bool, typer.Option("--follow", help="Feeds and sitemaps: fetch the articles that they list.")
    ] = False,
    anew: Annotated[
        bool, typer.Option("--anew", help="Fetch again what has not changed since it was imported.")
    ] = False,
    offline: options.Offline = False,
    allow_private: options.AllowPrivate = False,
    contact: options.Contact = "",
    jobs: Annotated[int, typer.Option("--jobs", "-j", min=1, help="Extract in so many processes.")] = 1,
    extractor: options.Extractor = "default",
    db: options.Db = None,
) -> None:
    """Import news articles and event data sets from files, folders, archives, addresses or standard input.

    Formats are told by content; 'timeline sources' lists them, 'timeline inspect FILE' says how one would be read.
    Example: timeline import articles/ --publisher "Example Wire"

    Importing an unchanged article or row again changes nothing; a changed one replaces its reports. What cannot be read
    goes to quarantine with its reason. Exit code 3: done in part.
    """
    from timeline.jobs.importing import import_paths
    from timeline.jobs.listening import Listener, added_up
    from timeline.jobs.reading import Reading
    from timeline.jobs.rows import Keeping
    from timeline.sources.given import Given
    from timeline.store import open_store

    day, by = options.publication_day(published), options.published_from(published_from)
    given = Given(published=day, title=title, url=url, publisher=publisher, published_from=by)
    forced = options.format_of(format_, mapping)
    options.extractor(extractor)
    with (
        open_store(db) as store,
        options.fetching(
            store, offline=offline, allow_private=allow_private, contact=contact, anew=anew, follow=follow
        ) as fetch,
        progress("importing") as step,
    ):
        done = import_paths(
            store,
            paths,
            reading=Reading(given, forced, follow, fetch),
            keeping=Keeping(dataset, link),
            jobs=jobs,
            stdin=sys.stdin.buffer,
            listener=Listener(item=step, rows=step, problem=_say, warning=_say, spent=say),
            name=extractor,
        )
    counts = done.counts
    say(added_up(counts))
    good = counts.read - counts.quarantined
    if counts.quarantined or done.missing:
        raise typer.Exit(3 if good else 1)


def _say(line: str) -> None:
    say(f"timeline: {line}")
