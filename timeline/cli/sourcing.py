"""sources, inspect: what can be read, and how a file would be."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from typing import TYPE_CHECKING, Annotated, Any

import typer

from timeline.cli import options
from timeline.cli.printing import clean, listing, shape_of, table

if TYPE_CHECKING:
    from timeline.jobs.inspecting import Inspected

_COLUMNS = ("format", "what", "reads", "suffixes", "missing", "example")


def sources(as_json: options.AsJson = False, as_csv: options.AsCsv = False, as_nl: options.AsNl = False) -> None:
    """List the formats that can be imported, each with an example line.

    A file's format is told by its content; --format of 'timeline import' forces one.
    """
    from timeline.sources import Reader, RowReader, formats

    def reads(each: object) -> str:
        return "articles" if isinstance(each, Reader) else "rows" if isinstance(each, RowReader) else "what it holds"

    rows = [
        {
            "format": name,
            "what": each.title,
            "reads": reads(each),
            "suffixes": list(each.suffixes),
            "missing": formats.missing(each),
            "example": each.example,
        }
        for name, each in sorted(formats.all_formats().items(), key=lambda pair: (reads(pair[1]), pair[0]))
    ]
    shape = shape_of(as_json=as_json, as_csv=as_csv, as_nl=as_nl)
    listing(rows, shape, columns=[name for name in _COLUMNS if name != "missing" or any(r["missing"] for r in rows)])


def inspect(
    path: Annotated[str, typer.Argument(metavar="FILE|URL|-", help="A file, an address, or - for standard input.")],
    format_: options.Format = "",
    mapping: options.Mapping = "",
    rows: Annotated[int, typer.Option("--rows", "-n", min=1, help="So many items are read.")] = 3,
    published: options.Published = None,
    offline: options.Offline = False,
    allow_private: options.AllowPrivate = False,
    contact: options.Contact = "",
    as_json: options.AsJson = False,
) -> None:
    """Say what a file is, how it would be read, its first items as events, and what would go to quarantine.

    Nothing is imported. Example: timeline inspect 20250303.export.CSV
    """
    from timeline.jobs.inspecting import inspect as inspected
    from timeline.jobs.reading import Reading
    from timeline.sources.given import Given

    given, forced = Given(published=options.publication_day(published)), options.format_of(format_, mapping)
    with options.fetching(offline=offline, allow_private=allow_private, contact=contact) as fetch:
        found = list(inspected(path, Reading(given, forced, False, fetch), sys.stdin.buffer, rows))
    if as_json:
        json.dump([each.object() for each in found], sys.stdout, ensure_ascii=False, indent=1)
        sys.stdout.write("\n")
    else:
        for each in found:
            _print(each)
    if not any(each.read for each in found):
        raise typer.Exit(1)


def _print(found: Inspected) -> None:
    lines = [f"{found.origin}: {found.title}"]
    lines += [f"  {key}: {value}" for key, value in found.stated.items()]
    lines += [f"  warning: {warning}" for warning in found.warnings]
    print(*map(clean, lines), sep="\n")
    if events := list(_rows(found)):
        table(events, ("when", "title", "kind", "actors", "place"), set())
    for origin, reason in found.bad:
        print(clean(f"  quarantine: {origin}: {reason}"))


def _rows(found: Inspected) -> Iterator[dict[str, Any]]:
    for event in found.events:
        yield {
            "when": event.when.edtf or "unknown",
            "title": event.title,
            "kind": event.kind,
            "actors": [p.actor.name for p in event.actors],
            "place": event.place.name if event.place else "",
        }
