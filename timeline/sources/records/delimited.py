"""Rows of comma, semicolon or tab separated text, with a header."""

from __future__ import annotations

from collections.abc import Iterator
from typing import BinaryIO

from timeline.model.errors import InputError
from timeline.sources import Bad
from timeline.sources.head import Head
from timeline.sources.records import Record, Records
from timeline.sources.tables import Numbered, quoted_rows, wrong_width

MOST_COLUMNS = 2_000


def delimited(stream: BinaryIO, origin: str, head: Head) -> Records:
    """Rows by the header's names. Raises InputError where the first row is none."""
    delimiter = head.delimiter or ","
    rows = quoted_rows(stream, origin, delimiter)
    first = next(rows, None)
    if first is None or isinstance(first, Bad):
        why = first.reason if first is not None else "it holds no row"
        raise InputError(f"the header cannot be read: {why}", where=origin)
    names = names_of(first[1], origin)
    return Records(names, _rows(rows, names, origin, delimiter))


def names_of(cells: list[str], origin: str) -> tuple[str, ...]:
    """The columns of a header: an empty name is "column 3", a name that stands twice "name (2)". Raises InputError for
    what is no header."""
    if len(cells) > MOST_COLUMNS:
        raise InputError(f"more than {MOST_COLUMNS} columns", where=origin, hint="Is it a table?")
    names: dict[str, int] = {}
    for at, cell in enumerate(cells, start=1):
        name = cell.strip().lstrip("\ufeff") or f"column {at}"
        count = 2
        while name in names:
            name, count = f"{name.removesuffix(f' ({count - 1})')} ({count})", count + 1
        names[name] = at
    return tuple(names)


def _rows(
    rows: Iterator[Numbered | Bad], names: tuple[str, ...], origin: str, delimiter: str
) -> Iterator[Record | Bad]:
    width = len(names)
    for row in rows:
        if isinstance(row, Bad):
            yield row
            continue
        number, cells = row
        if len(cells) > width and not any(cell.strip() for cell in cells[width:]):
            cells = cells[:width]  # spreadsheets write delimiters after the last column
        if len(cells) != width:
            yield wrong_width(origin, number, cells, (width,), delimiter)
        else:
            yield Record(number, {name: cell.strip() for name, cell in zip(names, cells, strict=True)})
