"""Reading the reference tables: CSV files of this package, each row a dict of strings."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator
from difflib import get_close_matches
from importlib.resources import files


def rows(name: str) -> Iterator[dict[str, str]]:
    """The rows of `data/<name>`, in order."""
    with files("timeline.reference").joinpath(f"data/{name}").open("r", encoding="utf-8") as file:
        yield from csv.DictReader(file)


def plain_rows(name: str) -> list[list[str]]:
    """The rows of `data/<name>` as lists in the order of its columns: three times as fast for a long table."""
    with files("timeline.reference").joinpath(f"data/{name}").open("r", encoding="utf-8") as file:
        return list(csv.reader(file))[1:]


def split(cell: str) -> tuple[str, ...]:
    """A cell of names joined by "|"."""
    return tuple(part for part in cell.split("|") if part)


def suggestion(wanted: str, names: Iterable[str]) -> str:
    """ "Did you mean A or B?" for the nearest names, "" when none is near."""
    near = get_close_matches(wanted, list(names), n=3, cutoff=0.6)
    return f"Did you mean {' or '.join(near)}?" if near else ""
