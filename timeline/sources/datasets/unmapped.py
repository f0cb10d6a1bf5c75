"""Tables that are of no data set that we know: what they are is said, and how they can be read."""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterator
from itertools import islice
from typing import BinaryIO

from timeline.model import DataSet, Row
from timeline.model.errors import InputError
from timeline.sources import Bad, Column, Fit, Gone
from timeline.sources.containers.packages import package
from timeline.sources.head import Head
from timeline.sources.records.opening import PARQUET, open_records

_SUFFIXES = (".csv", ".tsv", ".xlsx", ".parquet")
_FEWEST, _LONGEST_NAME = 3, 40  # columns of a table without a name, letters of theirs
_ROWS = 20  # that are looked at


class UnmappedReader:
    """Reads no row: it says what to do."""

    name = "table"
    title = "any other table (CSV, TSV, XLSX, Parquet, JSON Lines), through a mapping"
    suffixes = _SUFFIXES
    example = "timeline import incidents.xlsx --mapping mapping.toml"
    extra = needs = ""
    dataset = DataSet("table")
    version = "1"
    source = "docs/mapping.md"
    columns: tuple[Column, ...] = ()

    def fits(self, head: Head) -> Fit:
        if head.data.startswith(PARQUET) or package(head) == "xlsx":
            return Fit.SURE
        named = head.suffix in (".csv", ".tsv") or (not head.suffix and _is_table(head))
        return Fit.NAME if named and head.data.strip() else Fit.NO

    def rows(self, stream: BinaryIO, origin: str, warn: Callable[[str], None]) -> Iterator[Row | Gone | Bad]:
        """Raises InputError: with the format that the columns are of, or how to write a mapping."""
        records = open_records(stream, origin)
        if not records.columns:
            warn("it has no rows")
        yield from ()
        told = {name.casefold() for name in records.columns}
        for name, wanted in known_columns().items():
            if told >= {each.casefold() for each in wanted}:
                raise InputError(f"its columns are those of {name}", where=origin, hint=f"Say --format {name}")
        listed = ", ".join(records.columns[:12]) + ("…" if len(records.columns) > 12 else "")
        raise InputError(
            f"its columns are of no data set that is known ({listed})", where=origin,
            hint="'timeline mapping new FILE' proposes a mapping, --mapping reads it",
        )  # fmt: skip


def _is_table(head: Head) -> bool:
    """Whether something without a name (a pipe) has a head of three names or more, and rows of as many cells."""
    if len(set(head.columns)) < _FEWEST or not all(0 < len(name) <= _LONGEST_NAME for name in head.columns):
        return False
    try:
        rows = list(islice(csv.reader(head.lines, delimiter=head.delimiter), 1, _ROWS + 1))
    except csv.Error:
        return False
    return bool(rows) and all(len(row) == len(head.columns) for row in rows)


def known_columns() -> dict[str, tuple[str, ...]]:
    """The columns by which data sets are told, of those whose readers state them."""
    from timeline.sources.datasets.recorded import Recorded
    from timeline.sources.formats import row_readers

    return {name: each.told for name, each in row_readers().items() if isinstance(each, Recorded)}
