"""Rows of a table with a head, each as its cells by the names of its columns."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Sequence
from typing import BinaryIO

from timeline.model.errors import InputError
from timeline.sources import Bad, Column
from timeline.sources.finding import joined
from timeline.sources.tables import Numbered, bad, header, plain_rows, quoted_rows, wrong_width

Named = tuple[int, dict[str, str]]


def headed(
    stream: BinaryIO,
    origin: str,
    columns: Sequence[Column],
    needed: Collection[str],
    warn: Callable[[str], None],
    delimiter: str = "\t",
    quoted: bool | None = None,
) -> Iterator[Named | Bad]:
    """(number of the line, cells by column), new columns by the names that they have. Whether a quotation mark encloses
    cells is seen by the head, unless `quoted` says so. Raises InputError without a head or a column that is needed."""
    first = stream.readline(1_000_000)
    read = quoted_rows if (b'"' in first if quoted is None else quoted) else plain_rows
    table: Iterator[Numbered | Bad] = read(joined(first, stream), origin, delimiter)
    head = next(table, None)
    if head is None:
        raise InputError("there are no rows in it", where=origin)
    if isinstance(head, Bad):
        raise InputError(f"its head cannot be read: {head.reason}", where=origin)
    names = [cell.strip().lstrip("\ufeff") for cell in head[1]]
    found = {at: name for name, at in header(names, columns, needed, origin, warn).items()}
    called = [found.get(at, name or f"column {at + 1}") for at, name in enumerate(names)]
    number = 0
    for each in table:
        if isinstance(each, Bad):
            yield each
            continue
        number, cells = each
        if len(cells) != len(called):
            yield wrong_width(origin, number, cells, (len(called),), delimiter)
            continue
        if any(cells):
            yield number, dict(zip(called, map(str.strip, cells), strict=True))
        else:
            yield bad(origin, number, "the row is empty", cells, delimiter)
    if not number:
        warn("there are no rows below the head")
