"""Rows and articles as a mapping reads them, before anything is imported."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import closing

from timeline.model import Article, Row
from timeline.sources import Bad, Gone, Link, Reader, RowReader
from timeline.sources.finding import Found


def tried(
    reader: Reader | RowReader, found: Found, warn: Callable[[str], None]
) -> Iterator[Row | Gone | Article | Link | Bad]:
    """What a reader makes of a file. Raises InputError."""
    if isinstance(reader, RowReader):
        with closing(found.open()) as stream:
            yield from reader.rows(stream, found.origin, warn)
    else:
        yield from reader.read(found.read(), found.origin)


def line_of(item: Row | Gone | Article | Link) -> str:
    """An item as one line: "2021-02-14  Myanmar clashes with Arakan Army  [clash] Paletwa, MMR"."""
    if isinstance(item, Article):
        return f"{item.published or 'no date'}  {item.title or item.text[:60]}  [article] {item.publisher}".rstrip()
    if not isinstance(item, Row):
        return str(item)
    report = item.report
    actors = ", ".join(f"{p.actor.name} ({p.role.value})" for p in report.actors)
    place = report.place
    where = ", ".join(filter(None, (place.name, place.country))) if place else ""
    return "  ".join(filter(None, (report.when.edtf, report.title, f"[{report.kind}]", actors, where)))
