"""Reading the reference tables: CSV files of this package, and the indexes that find their rows.

An index is a text file beside its table, written by tools/reference/index.py: lines of `key<TAB>row numbers`, in the
order of the code points. A program that asks for a few names reads the file and searches it, and parses the rows it
finds; nothing is folded, sorted or built when it starts.
"""

from __future__ import annotations

import csv
from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator
from difflib import get_close_matches
from functools import cache, cached_property
from importlib.resources import files
from typing import Generic, TypeVar

T = TypeVar("T")


def rows(name: str) -> Iterator[dict[str, str]]:
    """The rows of `data/<name>`, in order."""
    with files("timeline.reference").joinpath(f"data/{name}").open("r", encoding="utf-8") as file:
        yield from csv.DictReader(file)


def plain_rows(name: str) -> list[list[str]]:
    """The rows of `data/<name>` as lists in the order of its columns: three times as fast for a long table."""
    with files("timeline.reference").joinpath(f"data/{name}").open("r", encoding="utf-8") as file:
        return list(csv.reader(file))[1:]


@cache
def _lines(name: str) -> list[bytes]:
    """The lines of `data/<name>` in UTF-8: to decode a long file whole takes longer than to read it."""
    return files("timeline.reference").joinpath(f"data/{name}").read_bytes().removesuffix(b"\n").split(b"\n")


class Index:
    """The row numbers (from 0) of a table by key, as `data/<name>` lists them."""

    def __init__(self, name: str) -> None:
        self._name = name

    @cached_property
    def _sorted(self) -> list[bytes]:
        return _lines(self._name)

    def rows(self, key: str) -> list[int]:
        """The rows of a key in the order of the index, [] for a key of none."""
        start = f"{key}\t".encode(errors="surrogatepass")
        at = bisect_left(self._sorted, start)
        found = self._sorted[at] if at < len(self._sorted) else b""
        return [int(row) for row in found[len(start) :].split()] if found.startswith(start) else []


class Table(Generic[T]):
    """The rows of `data/<name>` as entries, each made when it is first asked for; the first column is the row's id.

    A row is one line, so that the index's row number is the line's.
    """

    def __init__(self, name: str, entry: Callable[[list[str]], T]) -> None:
        self._name = name
        self._entry = entry
        self._made: dict[int, T] = {}

    @cached_property
    def _rows(self) -> list[bytes]:
        return _lines(self._name)[1:]

    @cached_property
    def _ids(self) -> dict[str, int]:
        return {row.partition(b",")[0].decode(): number for number, row in enumerate(self._rows)}

    def entry(self, number: int) -> T:
        """The entry of a row number."""
        if number not in self._made:
            self._made[number] = self._entry(next(csv.reader([self._rows[number].decode()])))
        return self._made[number]

    def of(self, index: Index, key: str) -> tuple[T, ...]:
        """The entries that an index of this table has for a key."""
        return tuple(map(self.entry, index.rows(key)))

    def get(self, id_: str) -> T:
        """The entry of an id. Raises KeyError."""
        return self.entry(self._ids[id_])

    def all(self) -> dict[str, T]:
        """Every entry by id, in the order of the table."""
        return {id_: self.entry(number) for id_, number in self._ids.items()}


def split(cell: str) -> tuple[str, ...]:
    """A cell of names joined by "|"."""
    return tuple(part for part in cell.split("|") if part)


def suggestion(wanted: str, names: Iterable[str]) -> str:
    """ "Did you mean A or B?" for the nearest names, "" when none is near."""
    near = get_close_matches(wanted, list(names), n=3, cutoff=0.6)
    return f"Did you mean {' or '.join(near)}?" if near else ""
