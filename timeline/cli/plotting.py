"""plot: pictures of a timeline."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from timeline.asking.asked import Asked
from timeline.asking.heading import about, heading
from timeline.asking.questions import query_of
from timeline.cli import options
from timeline.cli.filters import filters
from timeline.cli.printing import say
from timeline.exports.plots import MOST, PLOTS
from timeline.model.errors import UsageError

if TYPE_CHECKING:
    from timeline.exports.plots import Wanted
    from timeline.store import EventQuery

_STDOUT = Path("-")
_SUFFIXES = ("svg", "png")


@filters()
def plot(
    what: Annotated[str, typer.Argument(metavar="WHAT", help="timeline, months or dyad.")],
    asked: Asked,
    output: Annotated[
        Path | None, typer.Option("--output", "-o", help="File to write, .svg or .png; else, or for -, SVG to stdout.")
    ] = None,
    title: Annotated[str | None, typer.Option("--title", metavar="TEXT", help="What stands at its top.")] = None,
    most: Annotated[
        int, typer.Option("--most", metavar="N", help="timeline: at most so many events with their titles.")
    ] = MOST,
    force: Annotated[bool, typer.Option("--force", help="Write over what exists.")] = False,
    db: options.Db = None,
) -> None:
    """Draw a picture as SVG or PNG. docs/plots.md shows each.

    timeline: events on an axis of time with their titles. months: how many a month, by kind. dyad: how cooperative the
    two sides of --between were with each other.

    Example: timeline plot timeline --country Myanmar --since 2021 -o myanmar.svg
    """
    from timeline.exports import files
    from timeline.exports.plots import draw
    from timeline.store import open_store

    path = None if output == _STDOUT else output
    suffix = _suffix(path)
    _check(what, asked, most)
    if path is not None and not force:
        files.refuse_what_is_there(path)
    with open_store(db, create=False) as store:
        query = query_of(store, asked, say)
        picture = draw(what, store.events(query), _wanted(asked, query, title, most), suffix)
    if path is None:
        sys.stdout.buffer.write(picture)
        sys.stdout.buffer.flush()
    else:
        files.write_atomically(path, [picture])
        say(f"Drew {path}.")


def _check(what: str, asked: Asked, most: int) -> None:
    """Raises UsageError for what cannot be drawn, TimelineError where the library is missing."""
    if what not in PLOTS:
        raise UsageError(f"WHAT: {what!r} is no picture", hint=f"Say {', '.join(PLOTS)}")
    if what == "dyad" and "between" not in asked:
        raise UsageError("dyad: two sides are needed", hint="Add --between A B, such as --between Myanmar Russia")
    if most < 1:
        raise UsageError(f"--most: {most} is not possible", hint="Give a number from 1 on")
    options.needs("drawing", "plot", "matplotlib")


def _suffix(path: Path | None) -> str:
    """What a file is by its name. Raises UsageError."""
    if path is None:
        return "svg"
    suffix = path.suffix.lower().removeprefix(".")
    if suffix not in _SUFFIXES:
        raise UsageError(f"-o: {path.name} is neither .svg nor .png", hint="Name it so")
    return suffix


def _wanted(asked: Asked, query: EventQuery, title: str | None, most: int) -> Wanted:
    from timeline.exports.plots import Wanted
    from timeline.reference.kinds import all_kinds
    from timeline.reference.types import scale

    return Wanted(
        title=heading(asked) if title is None else title,
        about=about(asked),
        since=query.since,
        until=query.until,
        most=most,
        scale={name: scale(kind) for name, kind in all_kinds().items()},
    )
