"""export: the timeline for other tools."""

from __future__ import annotations

import sys
from dataclasses import replace
from pathlib import Path
from typing import Annotated

import typer

from timeline.asking.asked import Asked
from timeline.asking.questions import query_of
from timeline.cli import options
from timeline.cli.filters import filters
from timeline.cli.paging import Page, beyond
from timeline.cli.printing import say
from timeline.model.errors import UsageError


@filters()
def export(
    asked: Asked,
    format_: Annotated[str, typer.Option("--format", "-f", help="csv, json or jsonl.")] = "csv",
    output: Annotated[
        Path | None, typer.Option("--output", "-o", help="File to write (all or nothing); else stdout.")
    ] = None,
    raw: Annotated[
        bool, typer.Option("--raw", help="CSV: leave cells alone that a spreadsheet would run as formulas.")
    ] = False,
    plover: Annotated[
        bool,
        typer.Option("--plover", help="Types as the PLOVER manual codes them: plans folded, statements left out."),
    ] = False,
    db: options.Db = None,
) -> None:
    """Export a timeline for other tools. The columns of CSV are described in docs/csv.md.

    Example: timeline export --country MMR --format csv -o myanmar.csv
    """
    from timeline.exports import exporters
    from timeline.exports.files import write_atomically
    from timeline.exports.plover import as_plover
    from timeline.store import open_store

    known = exporters()
    if format_.lower() not in known:
        raise UsageError(f"{format_!r} is no export format", hint=f"Say {', '.join(known)}")
    with open_store(db, create=False) as store:
        query = query_of(store, asked, say)
        page = Page(store.events(replace(query, limit=beyond(query.limit))), query.limit)
        told = Page(as_plover(page) if plover else page, None)
        pieces = known[format_.lower()].write(told, raw=raw)
        if output is None:
            sys.stdout.writelines(pieces)
        else:
            write_atomically(output, pieces)
            say(f"Wrote {told.shown} event{'' if told.shown == 1 else 's'} to {output}.")
    if page.more:
        say(page.hint)
