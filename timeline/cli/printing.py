"""Printing: tables for people, CSV and JSON for programs. Nothing that a text says can act on the terminal."""

from __future__ import annotations

import csv
import io
import json
import sys
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from enum import StrEnum
from itertools import chain, islice
from typing import Any

from timeline.exports.safety import harmless

# Bidirectional controls reorder what follows them on the screen (Unicode TR36, "Trojan Source").
_BIDI = frozenset("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")


_PAGE = 500  # rows of a table that are as wide as each other; a longer table comes in several, each with its header


class Shape(StrEnum):
    """How a listing is printed: --json one array, --nl an object a line, --csv; a table otherwise."""

    TABLE = "table"
    JSON = "json"
    NL = "nl"
    CSV = "csv"


def shape_of(*, as_json: bool, as_csv: bool, as_nl: bool) -> Shape:
    """The shape that the options ask for. Raises UsageError when they contradict each other."""
    from timeline.model.errors import UsageError

    chosen = [shape for shape, wanted in ((Shape.JSON, as_json), (Shape.CSV, as_csv), (Shape.NL, as_nl)) if wanted]
    if len(chosen) > 1:
        raise UsageError("give only one of --json, --csv and --nl")
    return chosen[0] if chosen else Shape.TABLE


def clean(text: str) -> str:
    """The text on one line without control characters: they can neither move the cursor nor name a colour."""
    if text.isprintable():  # nearly all is, and 10,000 rows of a listing come here
        return text
    return "".join(
        " " if c in "\t\n\r" else "\ufffd" if unicodedata.category(c) == "Cc" or c in _BIDI else c for c in text
    )


def say(line: str) -> None:
    """A message to the person: stderr."""
    print(clean(line), file=sys.stderr)


def many(number: int, thing: str) -> str:
    """ "1 event", "3 events"."""
    return f"{number} {thing}{'' if number == 1 else 's'}"


def listing(
    rows: Iterable[Mapping[str, Any]],
    shape: Shape,
    *,
    columns: Sequence[str],
    numbers: Iterable[str] = (),
    empty: str = "",
) -> None:
    """Rows as a table of `columns`, or whole as CSV or JSON, as they come. `empty` is said in place of a table without
    rows."""
    coming = iter(rows)
    first = list(islice(coming, 1))
    if empty and not first and shape is Shape.TABLE:
        say(empty)
        return
    every, out = chain(first, coming), sys.stdout
    if shape is Shape.JSON:
        out.writelines(_json_pieces(every))
    elif shape is Shape.NL:
        out.writelines(json.dumps(row, ensure_ascii=False) + "\n" for row in every)
    elif shape is Shape.CSV:
        out.writelines(csv_lines(every, list(first[0]) if first else columns))
    else:
        while page := list(islice(every, _PAGE)):
            table(page, columns, set(numbers))


def _json_pieces(rows: Iterable[Mapping[str, Any]]) -> Iterator[str]:
    """One array, written as `json.dumps` with an indent of 1 would."""
    before = "[\n "
    for row in rows:
        yield before + json.dumps(row, ensure_ascii=False, indent=1).replace("\n", "\n ")
        before = ",\n "
    yield "[]\n" if before == "[\n " else "\n]\n"


def csv_lines(rows: Iterable[Mapping[str, Any]], names: Sequence[str]) -> Iterator[str]:
    """The lines of a CSV file with these columns, as the rows come; cells that a spreadsheet would run are disarmed."""
    buffer = io.StringIO()
    writer = csv.writer(buffer, lineterminator="\r\n")
    for cells in chain([list(names)], ([harmless(_cell(row[name])) for name in names] for row in rows)):
        writer.writerow(cells)
        yield buffer.getvalue()
        buffer.seek(0)
        buffer.truncate()


def _cell(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, (list, tuple)):
        return "; ".join(_cell(each) for each in value)
    if isinstance(value, dict):
        return str(value.get("name", ""))
    return str(value)


def table(rows: Sequence[Mapping[str, Any]], columns: Sequence[str], numbers: set[str]) -> None:
    """A plain table as wide as the terminal, or as it needs to be when piped."""
    from rich import box
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    console = Console(
        file=sys.stdout, highlight=False, markup=False, emoji=False, width=None if sys.stdout.isatty() else 160
    )
    made = Table(box=box.SIMPLE_HEAD, pad_edge=False, expand=False)
    for name in columns:
        made.add_column(
            name, justify="right" if name in numbers else "left", overflow="fold", no_wrap=name in ("id", "date")
        )
    for row in rows:
        made.add_row(*(Text(clean(_cell(row.get(name)))) for name in columns))
    console.print(made)
