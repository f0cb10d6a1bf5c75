"""show: the timeline, or how many events of it."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from dataclasses import replace
from typing import TYPE_CHECKING, Annotated, Any

import typer

from timeline.asking.asked import Asked
from timeline.asking.questions import By, one_of, query_of
from timeline.cli import options
from timeline.cli.filters import filters
from timeline.cli.paging import Page, beyond
from timeline.cli.printing import Shape, listing, many, say, shape_of
from timeline.exports.objects import event_object
from timeline.model import Event
from timeline.model.errors import UsageError

if TYPE_CHECKING:
    from timeline.store import EventQuery
    from timeline.store.store import Store

_COLUMNS = ("date", "event", "who", "where", "src", "id")
_SCREEN = 500  # events on a terminal, unless --limit says otherwise


@filters()
def show(
    asked: Asked,
    sentences: Annotated[
        bool, typer.Option("--sentences", "-s", help="Print the sentence that tells each event.")
    ] = False,
    count: Annotated[bool, typer.Option("--count", help="Print only how many events there are.")] = False,
    count_by: Annotated[
        str | None,
        typer.Option("--count-by", metavar="WHAT", help="Count by month, year, kind, type, country, person or source."),
    ] = None,
    as_json: options.AsJson = False,
    as_csv: options.AsCsv = False,
    as_nl: options.AsNl = False,
    db: options.Db = None,
) -> None:
    """Print a timeline.

    Examples: timeline show --country Myanmar --since 2021 --until 2022-06

    timeline show --person Putin --count-by year

    Dates are EDTF: 2021-02 is a month, 2025-03-03/.. is on or after that day, ../2025-03-03 at the latest on it. An
    event is shown when one of the days that it may have happened on lies between --since and --until; one of which no
    day is known, only without them. It is counted in the month of its first such day, of its last if it is open at
    the start.
    """
    from timeline.store import open_store

    shape = shape_of(as_json=as_json, as_csv=as_csv, as_nl=as_nl)
    by = one_of(By, count_by, "--count-by") if count_by is not None else None
    if (count or by) and (("after" in asked) or (count and by)):
        raise UsageError("give only one of --count, --count-by and --after")
    with open_store(db, create=False) as store:
        query = query_of(store, asked, say)
        if count:
            number = store.count(query)
            sys.stdout.write(f"{number}\n")
            _tell_hidden(store, query, number)
        elif by:
            _print_counts(store.count_by(query, by.value), query, shape)
            _tell_hidden(store, query, None)
        else:
            _print(store, query, shape, sentences=sentences)


def _print(store: Store, query: EventQuery, shape: Shape, *, sentences: bool) -> None:
    """Events as they are read: only a table holds some of them, to be as wide as they need."""
    on_screen = shape is Shape.TABLE and sys.stdout.isatty()
    limit = _SCREEN if on_screen and query.limit is None else query.limit
    page = Page(store.events(replace(query, limit=beyond(limit))), limit)
    if shape is Shape.CSV:
        from timeline.exports.csv import CsvExporter

        sys.stdout.writelines(piece.decode() for piece in CsvExporter().write(page))
    elif shape is Shape.TABLE:
        columns = ("date", "event", "sentence", "src", "id") if sentences else _COLUMNS
        listing(map(_row, page), shape, columns=columns, numbers=("src",), empty="No events match.")
    else:
        listing(map(event_object, page), shape, columns=())
    if page.more:
        say(page.hint)
    if shape is Shape.TABLE:
        _tell_hidden(store, query, None if page.more or query.after else page.shown)


def _tell_hidden(store: Store, query: EventQuery, shown: int | None) -> None:
    """That events below the least salience are left out; how many, if it is known how many are not."""
    if query.min_salience <= 0:
        return
    if shown is None:
        say("Lesser events are hidden; --all shows them.")
    elif hidden := store.count(replace(query, min_salience=0.0)) - shown:
        say(f"{many(hidden, 'lesser event')} hidden; --all shows them.")


def _print_counts(counted: Iterable[tuple[str, int]], query: EventQuery, shape: Shape) -> None:
    """--reverse turns the order, --limit keeps the first rows of it."""
    rows = [{"value": value or None, "events": events} for value, events in counted]
    rows = (rows[::-1] if query.reverse else rows)[: query.limit]
    if shape is Shape.TABLE:
        rows = [{**row, "value": row["value"] or "?"} for row in rows]
    listing(rows, shape, columns=("value", "events"), numbers=("events",), empty="No events match.")


def _row(event: Event) -> dict[str, Any]:
    return {
        "date": event.when.edtf or "?",
        "event": event.title,
        "who": "; ".join(p.actor.name for p in event.actors),
        "where": event.place.name if event.place else "",
        "src": event.sources,
        "id": event.id[:8],
        "sentence": event.sentence,
    }
